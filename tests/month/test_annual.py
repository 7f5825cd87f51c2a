"""The year's plan from the departments' files to drawn months: merged, decided, approved, published, followed."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from annual_year import DecidedBy, Town, fill

from supervision.directory.plan_rows import plans
from supervision.errors import SupervisionError, UsageError
from supervision.month import annual_publishing, line
from supervision.month.annual_approving import Approval, approve
from supervision.month.annual_inputs import items_of_year
from supervision.month.annual_merging import decide, merge, unlawful
from supervision.month.annual_plan import read_approved, read_merged
from supervision.month.annual_progress import progress
from supervision.month.annual_publishing import publish_plan
from supervision.month.overseeing import oversee_year
from supervision.month.round_files import DRAWN, Step

APPROVAL = Approval(by="市人民政府", on=date(2026, 1, 25), number="演政发〔2026〕1号", filed_with="市司法局")


def codes(report: object) -> list[str]:
    """The codes of a report's lines."""
    return [one.code for one in report.lines]  # type: ignore[attr-defined]


def test_merge_proposes_and_says_what_it_saves(year: Town) -> None:
    """Doors alone ≥ joint ≥ months chosen ≥ bound; every proposal is a line in the workbook; a repeat is the same."""
    report = merge(year.city, 2026, year.file("plan.xlsx"))
    figures = [float(report.facts["figures"][name]) for name in ("alone", "joint", "months", "bound")]  # type: ignore[index]
    assert figures == sorted(figures, reverse=True)
    assert figures[0] > 1.5 * figures[2]
    merged = read_merged(year.city, 2026)
    assert merged.first == 2
    assert all(len(own) == (2 if plan in year.twice else 1) for plan, own in merged.months.items())
    lines = fill(year.file("plan.xlsx"), None, {})
    assert [(row["建议编号"], row["计划编号"]) for row in lines] == [
        (number, plan) for number, own in merged.proposals.items() for plan in own
    ]
    assert all(len({tuple(merged.months[p]) for p in own if p not in year.twice}) == 1 for own in merged.groups)
    before = year.file("plan.xlsx").read_bytes()
    merge(year.city, 2026, year.file("again.xlsx"))
    assert year.file("again.xlsx").read_bytes() == before


def test_a_year_from_plan_to_progress(year: Town) -> None:
    """Decided line by line, approved, published in time; a month is drawn from the plan's tasks and counted."""
    year.merged()
    first = next(iter(read_merged(year.city, 2026).proposals.values()))
    with pytest.raises(SupervisionError) as caught:
        approve(year.city, 2026, APPROVAL)
    assert caught.value.code == "month.plan_undecided"
    decided = year.decided({first[-1]: "单独开展"})
    assert ("month.plan_refused", first[-1]) in [(one.code, one.params.get("plan")) for one in decided.lines]
    merged = read_merged(year.city, 2026)
    assert merged.undecided == []
    assert all(first[-1] not in own for own in merged.groups)
    report = approve(year.city, 2026, APPROVAL)
    assert codes(report) == ["month.plan_approved", "month.plan_not_filed"]
    tasks = year.city.register("tasks", on=date(2026, 1, 25)).set_index("task_id")
    for plan, months in merged.months.items():
        if f"{plan}.1" in tasks.index:
            own = tasks.loc[[f"{plan}.{batch}" for batch in range(1, len(months) + 1)]]
            assert [int(name[5:]) for name in own["round"]] == months
            assert (own["cause"] == "2026年度抽查计划（演政发〔2026〕1号）").all()
    assert publish_plan(year.city, 2026, year.file("out")).exit_code == 0
    table = list(csv.DictReader((year.file("out") / "public/annual/2026/plan.csv").open(encoding="utf-8")))
    assert len(table) == len({name.rpartition(".")[0] for name in read_approved(year.city, 2026).tasks})
    page = (year.file("out") / "public/annual/2026/index.html").read_text(encoding="utf-8")
    assert "A=2%" not in page
    assert "迟于期限" not in page
    rounds = tasks.loc[read_approved(year.city, 2026).tasks, "round"]
    drawn = year.draw(min(name for name in rounds if name > "2026-02"))  # February has the demo's own tasks, too
    assert {task.task_id for task in drawn.tasks} <= set(read_approved(year.city, 2026).tasks)
    units = len(drawn.table(DRAWN).query("role == 'drawn'"))
    assert pd.DataFrame(progress(year.city, 2026).facts["departments"])["begun"].sum() == 0
    told = progress(year.city, 2026, rehearsal=True)
    found = pd.DataFrame(told.facts["departments"])
    assert found["begun"].sum() == sum(len(task.items) for task in drawn.tasks)
    assert found["drawn"].sum() >= units > 0
    assert told.facts["late"] == []
    yearly = oversee_year(year.city, 2026, rehearsal=True).facts
    lists = year.city.code_lists
    shown = {row["name"]: (row["batches_planned"], row["begun"], row["drawn"]) for row in yearly["tables"]["plan"]}  # type: ignore[index]
    assert shown == {
        lists.label("department", row["department"]): (row["planned"], row["begun"], row["drawn"])
        for row in told.facts["departments"]  # type: ignore[attr-defined]
    }
    year.clock.set(f"2026-{drawn.name.number + 3:02}-01T09:00")
    late = progress(year.city, 2026, rehearsal=True)
    assert late.exit_code == 4
    assert {one["task"] for one in late.facts["late"]}.isdisjoint(task.task_id for task in drawn.tasks)  # type: ignore[attr-defined]


def test_a_plan_that_has_begun_cannot_be_approved_anew(year: Town) -> None:
    """Once a real month with a task of the plan is committed, later months change by tasks of their own."""
    year.merged()
    year.decided({})
    approve(year.city, 2026, APPROVAL)
    rounds = year.city.register("tasks", on=date(2026, 1, 25)).set_index("task_id")["round"]
    month = min(name for name in rounds[read_approved(year.city, 2026).tasks] if name > "2026-02")
    year.clock.set("2026-02-26T09:00")
    line.commit(year.city, month, accept_unverified="演示")
    with pytest.raises(SupervisionError) as caught:
        approve(year.city, 2026, Approval(by="市人民政府", on=date(2026, 2, 20), number="2号"))
    assert (caught.value.code, caught.value.params["round"]) == ("month.plan_begun", month)
    found = pd.DataFrame(progress(year.city, 2026).facts["departments"])
    assert found["begun"].sum() > 0
    assert found["sample"].sum() > 0
    assert found["drawn"].sum() == 0


def test_late_and_filed_late_are_named(year: Town) -> None:
    """Published after the end of March: exit code 4, and the page says so; the first day stays when it is repeated."""
    year.merged()
    year.decided({})
    year.clock.set("2026-04-02T09:00")
    filed = Approval(**vars(APPROVAL) | {"filed_on": date(2026, 4, 1)})
    assert codes(approve(year.city, 2026, filed)) == ["month.plan_approved", "month.plan_filed_late"]
    assert publish_plan(year.city, 2026, year.file("out")).exit_code == 4
    year.clock.set("2026-04-05T09:00")
    again = publish_plan(year.city, 2026, year.file("out"))
    assert (again.exit_code, again.facts["on"]) == (4, "2026-04-02")
    page = (year.file("out") / "public/annual/2026/index.html").read_text(encoding="utf-8")
    assert "本计划应于 2026-03-31 前公布，迟于期限" in page
    assert "2026-04-01 报市司法局备案" in page


@pytest.mark.parametrize("wrong", [{"filed_on": date(2026, 1, 24)}, {"filed_on": APPROVAL.on, "filed_with": " "}])
def test_a_filing_before_the_approval_or_with_nobody_is_refused(year: Town, wrong: dict[str, object]) -> None:
    """Nothing is approved then."""
    year.merged()
    year.decided({})
    with pytest.raises(UsageError) as caught:
        approve(year.city, 2026, Approval(**vars(APPROVAL) | wrong))
    assert caught.value.code == "month.plan_filing"


def test_a_public_plan_with_a_denied_field_is_not_written(year: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last look at public tables is taken of the plan's as well."""
    year.merged()
    year.decided({})
    approve(year.city, 2026, APPROVAL)
    monkeypatch.setattr(annual_publishing, "annual_files", lambda *args, **more: {"plan.json": b'{"phone":"1"}'})
    with pytest.raises(SupervisionError) as caught:
        publish_plan(year.city, 2026, year.file("out"))
    assert (caught.value.code, caught.value.params["field"]) == ("notice.denied", "phone")
    assert not (year.file("out") / "public" / "annual").exists()


def test_a_plan_that_its_regime_forbids_is_named(year: Town) -> None:
    """What a commitment would refuse is said of the plan already, however it is spaced; the city's own are fine."""
    year.merged()
    own, law = plans(year.city.register("plans", on=date(2026, 1, 25)), year=2026), year.city.rules.on(date(2026, 1, 1))
    items = items_of_year(year.city, 2026)
    assert unlawful(own, items, law) == []
    flight = replace(own[0], name="医保基金飞行 检查", department="medicare", level="city")
    assert "sampling.regime_level" in {message.code for message in unlawful([*own, flight], items, law)}


def test_approved_anew_tasks_are_withdrawn_and_moved(year: Town) -> None:
    """A plan that is withdrawn loses its task on the next approval; other tasks keep their ids."""
    year.merged()
    year.decided({})
    approve(year.city, 2026, APPROVAL)
    before = set(read_approved(year.city, 2026).tasks)
    year.clock.set("2026-01-27T09:00")
    year.change("JH26-fire-premises", 是否撤销="是")
    with pytest.raises(SupervisionError) as caught:
        publish_plan(year.city, 2026, year.file("out"))
    assert caught.value.code == "month.plan_approved_other"
    year.merged()
    year.decided({})
    with pytest.raises(SupervisionError) as caught:
        approve(year.city, 2026, APPROVAL)
    assert caught.value.code == "month.plan_approved_before"
    approve(year.city, 2026, Approval(by="市人民政府", on=date(2026, 1, 26), number="2号"))
    now = set(year.city.register("tasks", on=date(2026, 1, 27))["task_id"])
    assert "JH26-fire-premises.1" in before
    assert "JH26-fire-premises.1" not in now
    assert set(read_approved(year.city, 2026).tasks) <= now


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"抽查比例": "30%"}, "month.plan_above_limit"),
        ({"批次数": "3", "计划开展月份": "3-5", "抽查比例": "n=1"}, None),
        ({"批次数": "2", "计划开展月份": "1-2"}, "month.plan_months_gone"),
        ({"抽查对象范围": "tags=餐饮;region=999999"}, "annual.nobody"),
        ({"抽查事项": "market-food"}, "annual.item_department"),
        ({"检查类型": "专项"}, "annual.special_unapproved"),
    ],
)
def test_bad_plans_are_named_and_nothing_is_proposed(year: Town, change: dict[str, str], code: str | None) -> None:
    """What cannot be reached or contradicts is said with its plan; no workbook, no merged plan."""
    year.clock.set("2026-01-27T09:00")
    year.change("JH26-fire-premises", **change)
    report = merge(year.city, 2026, year.file("plan.xlsx"))
    if code is None:
        assert read_merged(year.city, 2026).months["JH26-fire-premises"] == [3, 4, 5]
        return
    assert report.exit_code == 4
    named = [(one.code, one.params["plan"]) for one in report.lines[1:] if "plan" in one.params]
    assert (code, "JH26-fire-premises") in named
    assert not year.file("plan.xlsx").exists()
    with pytest.raises(SupervisionError) as caught:
        read_merged(year.city, 2026)
    assert caught.value.code == "month.plan_not_merged"


def test_a_ratio_beyond_the_cap_is_named(year: Town) -> None:
    """A key item at 100 % twice a year: each unit more often than the law's one visit of a department."""
    year.clock.set("2026-01-27T09:00")
    year.change("JH26-market-equipment", 抽查比例="100%", 批次数="2")
    report = merge(year.city, 2026, year.file("plan.xlsx"))
    found = {one.code: one.params for one in report.lines}
    assert found["month.plan_above_frequency"]["visits"] == "2"
    assert found["month.plan_above_cap"]["visits"] == "2"
    assert found["month.plan_above_cap"]["plans"] == "JH26-market-equipment"


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda rows: rows[2].update(意见="大概"), "notice.plan_decision"),
        (lambda rows: rows[2].update(意见="不同意", 理由=""), "notice.plan_reason"),
        (lambda rows: rows[1].update(rows[0]), "notice.plan_twice"),
        (lambda rows: rows[0].update(计划编号="JH-other"), "month.plan_line_unknown"),
        (lambda rows: rows[-1].update(建议编号="", 计划编号=""), "month.plan_line_missing"),
    ],
)
def test_a_workbook_that_cannot_be_read(year: Town, edit: DecidedBy, code: str) -> None:
    """A word that is no answer, a no without reason, a line twice, of another merge or missing: nothing changes."""
    year.merged()
    before = read_merged(year.city, 2026)
    fill(year.file("plan.xlsx"), year.file("filled.xlsx"), {}, edit)
    with pytest.raises(SupervisionError) as caught:
        decide(year.city, 2026, year.file("filled.xlsx"), year.file("out.xlsx"))
    assert caught.value.code == code
    assert read_merged(year.city, 2026) == before


def test_another_file_is_no_workbook(year: Town, tmp_path: Path) -> None:
    """Text, and a workbook without the sheet."""
    year.merged()
    body = BytesIO()
    openpyxl.Workbook().save(body)
    for content in (b"text", body.getvalue()):
        (tmp_path / "x.xlsx").write_bytes(content)
        with pytest.raises(SupervisionError) as caught:
            decide(year.city, 2026, tmp_path / "x.xlsx", tmp_path / "y.xlsx")
        assert caught.value.code == "notice.plan_workbook"


def test_rounds_do_not_see_the_year(year: Town) -> None:
    """The scope of a yearly plan is no round, and a round goes on beside it."""
    year.merged()
    assert [round.id for round in year.city.rounds()] == ["2026-02"]
    report = line.preview(year.city, "2026-02", rehearsal=True)
    assert report.facts["expected_visits"] > 0  # type: ignore[operator]
    assert year.city.round("2026-02", rehearsal=True).has(Step.SCORE)
