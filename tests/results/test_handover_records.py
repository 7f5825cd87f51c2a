"""Records of a hand-over (移交记录): acts and results from rows of the store, and what goes out as i, u or d."""

from datetime import date

import pandas as pd
import pytest
from handovers import FORMS, LISTS

from supervision.domain.items import Task
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.results.handover.check_actions import Known, check_actions
from supervision.results.handover.random_checks import random_checks, task_ids
from supervision.results.handover.records import Handed, Record, outgoing
from supervision.results.item_results import agreeing

KNOWN = Known(
    offices={"m1": {"name": "虎丘局", "uscc": "91110000600037341L"}, "f1": {"name": "虎丘消防", "uscc": ""}},
    items={
        "reg": {"name": "登记检查", "implement_code": "99000001000000", "check_code": "21"},
        "food": {"name": "食品检查", "implement_code": "99000001000000", "check_code": "21"},
        "scale": {"name": "计量检查", "implement_code": "99000002000000", "check_code": "22"},
        "fire": {"name": "消防检查", "implement_code": "", "check_code": ""},
    },
    units={"U1": {"name": "甲公司", "type": "企业", "region": "320505", "address": "一路"}},
    people={"p1": {"name": "张三", "cert_no": "A1"}, "p2": {"name": "李四", "cert_no": "A2"}},
)
OWED = pd.DataFrame(
    [("U1~1", "U1", item, office) for item, office in (("reg", "m1"), ("food", "m1"), ("scale", "m1"), ("fire", "f1"))],
    columns=["visit_id", "unit_id", "item_id", "office_id"],
    dtype="str",
)


def results(**answers):
    """Return results: item → (result, item result, day, method, follow-up)."""
    rows = [
        dict(zip(("result", "item_result", "inspected_on", "method", "follow_up"), answer, strict=True))
        | {"visit_id": "U1~1", "unit_id": "U1", "item_id": item, "inspectors": "p2 p1" if item == "food" else "p1 p2"}
        | {"office_id": "f1" if item == "fire" else "m1"}
        for item, answer in answers.items()
    ]
    return pd.DataFrame(rows).astype("str")


def acts(frame):
    """Return the acts of the results and how many wait."""
    return check_actions(OWED, frame, known=KNOWN, lists=LISTS, round_id="2026-12", plan_id="P")


GOOD = ("1", "passed", "2026-12-03", "on_site", "none")


def test_items_of_one_code_are_one_act_with_their_results():
    """Two items of a code are one act: its gravest result, last day, all people once; each item has its own result."""
    found, waiting = acts(results(reg=GOOD, food=("E", "failed", "2026-12-04", "desk on_site", "order")))
    assert waiting == 2
    (one,) = found
    cells = one.cells
    assert (cells["check_action_name"], cells["check_result"], cells["check_mode"]) == (
        "对甲公司的食品检查、登记检查",
        "02",
        "01,02",
    )
    assert (cells["check_date"], cells["check_personnel"], cells["check_personnel_code"]) == (
        "2026-12-04 00:00:00",
        "李四,张三",
        "A2,A1",
    )
    assert (cells["supervise_item_check_icode"], cells["administrative_cp_na"], cells["area_number"]) == (
        "91110000600037341L21",
        "2",
        "320505",
    )
    assert [(part["item_id"], part["item_result"]) for part in one.parts] == [("food", "不合格"), ("reg", "合格")]
    assert {part["check_action_code"] for part in one.parts} == {cells["check_action_code"]}
    assert set(cells) == {
        name for name, column in FORMS["jianguan"].tables["check_action"].columns.items() if not column.stamp
    }


def test_what_is_not_known_stays_blank_and_a_number_stays_the_same():
    """Codes nobody gave and an item result nobody filled in are blank; the number depends on no result."""
    scale = ("A", "failed", "2026-12-03", "on_site", "transfer")
    found, waiting = acts(results(scale=scale, fire=("7", float("nan"), "2026-12-03", "on_site", "none")))
    assert waiting == 1
    by_office = {one.cells["implement_institution"]: one for one in found}
    fire, market = by_office["虎丘消防"], by_office["虎丘局"]
    blank = ("supervise_item_implement_code", "supervise_item_check_icode", "implement_institution_code")
    assert [fire.cells[name] for name in blank] == ["", "", ""]
    assert (fire.parts[0]["item_result"], fire.cells["check_result"], market.cells["check_result"]) == ("", "06", "06")
    again, _ = acts(results(scale=GOOD))
    assert again[0].cells["check_action_code"] == market.cells["check_action_code"]
    assert len({one.cells["check_action_code"] for one in found}) == 2


@pytest.mark.parametrize(
    ("result", "follow_up", "code"),
    [
        ("1", "none", "01"),
        ("F", "none", "01"),
        ("E", "none", "02"),
        ("A", "none", "06"),
        ("A", "order", "02"),
        ("8", "transfer", "06"),
        ("7", "none", "06"),
        ("1", "order", "01"),
    ],
)
def test_result_of_an_act(result, follow_up, code):
    """A problem counts by its result and by what follows; who was clean stays so, whatever was picked beside it."""
    (one,), _ = acts(results(scale=(result, "passed", "2026-12-03", "on_site", follow_up)))
    assert one.cells["check_result"] == code


@pytest.mark.parametrize(
    ("result", "allowed"),
    [
        ("1", "passed not_applicable"),
        ("F", "not_inspected not_applicable"),
        ("E", "failed"),
        ("A", "failed"),
        ("8", "failed not_inspected"),
        ("6", "not_inspected"),
        ("9", "not_inspected"),
    ],
)
def test_item_results_that_go_with_a_result(result, allowed):
    """Who found a problem did not pass; where nobody could look, nothing was inspected."""
    assert agreeing(result, LISTS) == tuple(allowed.split())


def action(number, result="01", parts=()):
    """Return a record of an act with little in it."""
    return Record(table="check_action", cells={"check_action_code": number, "check_result": result}, parts=parts)


def handed(number, result="01", operation="i", parts=()):
    """Return the same as it was handed over."""
    cells = {"check_action_code": number, "check_result": result}
    return Handed(table="check_action", cells=cells, parts=parts, batch="1", operation=operation)


def test_what_goes_out():
    """New is i, changed (itself or a part) is u, gone is d, the same stays; gone stays gone, come back is new."""
    before = {
        "check_action|same": handed("same", parts=[{"a": "1"}]),
        "check_action|changed": handed("changed"),
        "check_action|part": handed("part", parts=[{"a": "1"}]),
        "check_action|gone": handed("gone"),
        "check_action|was gone": handed("was gone", operation="d"),
        "check_action|back": handed("back", operation="d"),
        "check_action|updated": handed("updated", operation="u"),
    }
    there = [
        action("same", parts=[{"a": "1"}]),
        action("changed", "02"),
        action("part", parts=[{"a": "2"}]),
        action("back"),
        action("updated"),
        action("new"),
    ]
    found = [
        (one.record.cells["check_action_code"], one.operation) for one in outgoing(FORMS["jianguan"], there, before)
    ]
    assert found == [("back", "i"), ("changed", "u"), ("gone", "d"), ("new", "i"), ("part", "u")]


def task(task_id, *, population="*", disclosure="after_visit", start=date(2026, 12, 5)):
    """Return a task of the round."""
    return Task(
        task_id=task_id, name=f"任务{task_id}", round="2026-12", items=("reg", "food"), lead="market", start=start,
        end=date(2026, 12, 31), population=population, regime="random", ratio="3%", access="sealed",
        disclosure=disclosure,
    )  # fmt: skip


def test_plan_tasks_and_results_of_the_publicity_system():
    """Ids as the public data has them, results nested by item, nothing of a task that is never disclosed."""
    rows = pd.DataFrame(
        [
            ("T1", "U1", "m1", "reg", "none_found", "2026-12-07"),
            ("T1", "U1", "m1", "food", "corrected", "2026-12-08"),
            ("T1", "U2", "m1", "reg", "none_found", "2026-12-08"),
        ],
        columns=["task_id", "unit_id", "office_id", "item_id", "category", "inspected_on"],
    )
    found, late = random_checks(
        rows,
        waiting={("U2", "m1")},
        tasks=[task("T1"), task("T0", population="type=企业"), task("T2", disclosure="never")],
        units={"U1": "甲公司"},
        offices={"m1": "虎丘局"},
        items={"reg": "登记检查", "food": "食品检查"},
        lists=LISTS,
        name=RoundId.parse("2026-12"),
        region="320500",
        city="苏州市",
    )
    assert late == 1
    assert [(one.table, *list(one.cells.values())[:4]) for one in found] == [
        ("plan", "32050020260001", "苏州市2026年度“双随机、一公开”抽查工作计划", "苏州市"),
        ("task", "320500202612050002", "任务T1", "32050020260001", "不定向"),
        ("task", "320500202612050001", "任务T0", "32050020260001", "定向"),
        ("result", "320500202612050002", "任务T1", "32050020260001", "不定向"),
    ]
    result = found[-1]
    assert (result.cells["insDate"], result.cells["entName"], result.under) == (
        "2026-12-08",
        "甲公司",
        "task|320500202612050002",
    )
    assert [(p["seqno"], p["raninsItemName"], p["raninsCheckResName"]) for p in result.parts] == [
        ("1", "食品检查", "发现问题已责令改正"),
        ("2", "登记检查", "未发现问题"),
    ]


def test_numbers_of_tasks():
    """A round of the month counts from 0001, its extra round b from 2001, and more than 999 have no numbers."""
    tasks = [task("T2"), task("T10")]
    assert task_ids(RoundId.parse("2026-12"), "320500", tasks) == {
        "T10": "320500202612050001",
        "T2": "320500202612050002",
    }
    assert task_ids(RoundId.parse("2026-12-b"), "320500", tasks)["T2"] == "320500202612052002"
    many = [task(f"T{n}") for n in range(1000)]
    assert len(set(task_ids(RoundId.parse("2026-12"), "320500", many[:999]).values())) == 999
    with pytest.raises(SupervisionError) as caught:
        task_ids(RoundId.parse("2026-12"), "320500", many)
    assert caught.value.code == "results.handover.tasks"
