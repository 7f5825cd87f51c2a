"""Bad input of a calendar: each is told with what, where and what to do; what can be held is held all the same."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.messages import say
from supervision.planner.check.calendar import check


def refused(world: Any) -> str:
    """Return what is said of a world that has no calendar."""
    with pytest.raises(SupervisionError) as error:
        world.solve()
    assert error.value.text("en")
    return error.value.text("zh")


def told(world: Any) -> dict[str, str]:
    """Return the words of each cause of a calendar that still is the best there is."""
    plan = world.solve()
    assert check(world.inputs(), plan) == []
    return {cause.code: say(f"planner.{cause.code}", **dict(cause.params)) for cause in plan.causes}


def test_no_working_day_is_left(small: Any) -> None:
    """A month of quiet days, and one whose inspectors are drawn on its last day."""
    days, small.days = small.days, []
    assert refused(small).startswith("本月从 - 起没有可排的工作半天。请检查工作日历、安静期和第二次抽取的时间")
    small.days, small.earliest = days, "2027-01-01T1"
    assert "从 2027-01-01T1 起没有可排的工作半天" in refused(small)


def test_an_office_without_people(small: Any) -> None:
    """Its duties are told with the number of people; the other office's are all held."""
    small.roster = [row for row in small.roster if row[1] == "M"]
    assert told(small) == {"office_small": "F 在册检查人员 0 人，事项 f1 需 2 人。请补充人员或由上级承担。"}
    assert small.solve().calendar["office"].unique().tolist() == ["M"]
    assert small.solve().certificate["total"]["held"] == 2


def test_a_visit_longer_than_a_day(small: Any, kit: SimpleNamespace) -> None:
    """An item of three half-days has no visit: the item is named, and what may stand there."""
    small.items["m1"] = kit.item("m1", "market", half_days=3)
    assert refused(small) == (
        "抽查事项“m1”需 3 个半天；一次检查只能占一个半天或一整天（1 或 2）。请在 items 中更正 half_days。"
    )


def test_windows_that_contradict_each_other(small: Any, kit: SimpleNamespace) -> None:
    """A task that ends before it begins is refused; a window that the unit's own days leave empty is a reason."""
    good = small.tasks["m"]
    small.tasks["m"] = kit.task("m", "m1", 3, 2)
    assert refused(small) == ("任务“m”的结束日期 2026-12-02 早于开始日期 2026-12-03。请在 tasks 中更正起止日期。")
    small.tasks["m"] = good
    small.units[0] = ("U1", "320505", "S1", "2026-12-01 2026-12-02 2026-12-03")
    assert list(told(small)) == ["no_common_half_day"]
    assert "请调整其中之一" in told(small)["no_common_half_day"]
    assert small.solve().certificate["total"]["held"] == 3


def test_a_calendar_that_was_edited_by_hand(small: Any) -> None:
    """A visit moved to a day off, one moved out of its window, a place struck out: each is named with its visit."""
    plan = small.solve()
    moved = plan.calendar.assign(
        half_days=[
            "2026-12-06T1" if visit == "U2~2" else text
            for visit, text in zip(plan.calendar["visit_id"], plan.calendar["half_days"], strict=True)
        ]
    )
    first = check(small.inputs(), replace(plan, calendar=moved))[0]
    assert first.code == "planner.check.not_a_half_day"
    assert "U2~2 占用 2026-12-06T1，该半天不可排" in first.text()
    fewer = plan.calendar[(plan.calendar["visit_id"] != "U1~1") | (plan.calendar["place"] == 1)]
    codes = {one.code.removeprefix("planner.check.") for one in check(small.inputs(), replace(plan, calendar=fewer))}
    assert codes >= {"too_few_people"}
