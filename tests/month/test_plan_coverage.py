"""A yearly plan and what it must fulfil: coverage duties within the year, off-site plans that open no door, ids."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest
from annual_year import HEAD, SHEET, Town

from supervision.month.annual_merging import merge
from supervision.month.annual_plan import read_merged
from supervision.month.city import City
from supervision.month.importing import import_file
from supervision.notice.formats.plan_workbook import EVERY, MANUAL

FOOD, EVER = "JH26-market-food", "1-12"
DUTY = """id: shared/coverage
title: {{zh: 覆盖, en: coverage}}
unit: duties
values:
  - from: 2024-01-01
    value:
      food: {{rule: market/food, items: [market-food], population: "{population}", begins: 2024-01-01,
             months: {months}}}
    basis: 演示
    verified: false
    review_by: 2027-12-31
"""


def under(
    year: Town, *, months: str = "[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]", population: str = "tags=餐饮,食品经营"
) -> Town:
    """The town with a duty: food operators once in two years since 2024, drawn in some months."""
    place = year.city.store.path.parent / "rules/shared/coverage.yaml"
    place.write_text(DUTY.format(months=months, population=population), encoding="utf-8")
    year.city = City.open(year.city.store.path, who="planner", now=year.clock)
    return year


def key_item(year: Town) -> None:
    """Food is no general item any more: its ratio has no limit."""
    rows = list(csv.DictReader((year.inputs / "items.csv").open(encoding="utf-8-sig")))
    row = next(row for row in rows if row["事项编号"] == "market-food")
    row |= {"事项类别": "重点检查事项", "抽查比例": "根据实际情况确定", "知悉日期": "2026-01-26"}
    place = year.file("items-new.csv")
    with place.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(row))
        writer.writeheader()
        writer.writerow(row)
    assert import_file(year.city, "items", place, as_of=None).inserted == 1


def found(year: Town) -> dict[str, dict[str, object]]:
    """What the merge says of duties, by code; the workbook says the same."""
    report = merge(year.city, 2026, year.file("plan.xlsx"))
    told = [one for one in report.lines if one.code in ("month.plan_uncovered", "month.plan_coverage_limit")]
    beyond = any(one.code == "month.plan_excess" for one in report.lines)
    assert report.exit_code == (4 if told or beyond else 0)
    assert [one["duty"] for one in report.facts["uncovered"]] == [one.params["duty"] for one in told]  # type: ignore[attr-defined]
    sheet = openpyxl.load_workbook(year.file("plan.xlsx"))[MANUAL]
    lines = [str(row[0]) for row in sheet.iter_rows(values_only=True)]
    assert all(one.text("zh") in lines for one in told)
    return {one.code: dict(one.params) for one in told}


def months_of(told: dict[str, dict[str, object]]) -> set[object]:
    """The months in which somebody has no batch."""
    missed = told.get("month.plan_uncovered", {"months": ()})
    return {one.params["month"] for one in missed["months"]}  # type: ignore[attr-defined]


def test_months_without_a_batch_leave_a_duty_unfulfilled(year: Town) -> None:
    """A plan of one batch: who has the last chance in another month is counted, by month, and the limit is named."""
    told = found(under(year))
    missed = told["month.plan_uncovered"]
    held = read_merged(year.city, 2026).months[FOOD]
    months = [one.params["month"] for one in missed["months"]]  # type: ignore[attr-defined]
    assert months == sorted(months)
    assert f"2026-{held[0]:02}" not in months
    assert missed["units"] == sum(one.params["units"] for one in missed["months"])  # type: ignore[attr-defined]
    limit = told["month.plan_coverage_limit"]
    assert (limit["plan"], limit["item"], limit["limit"]) == (FOOD, "market-food", "10%")
    assert limit["units"] > limit["most"]  # type: ignore[operator]


def test_a_batch_in_every_month_of_the_duty_fulfils_it(year: Town) -> None:
    """Food as a key item with a batch a month: nothing is missed; with a narrower population the others are."""
    year.clock.set("2026-01-26T09:00")
    key_item(under(year))
    year.change(FOOD, 计划开展月份="2-12", 批次数="11", 抽查比例="1%", 抽查对象范围="tags=餐饮,食品经营")
    assert found(year) == {}
    year.clock.set("2026-01-27T09:00")
    year.change(FOOD, 计划开展月份="2-12", 批次数="11", 抽查比例="1%", 抽查对象范围="tags=餐饮", 知悉日期="2026-01-27")
    assert list(found(year)) == ["month.plan_uncovered"]


def test_months_that_the_duty_does_not_name_need_no_batch(year: Town) -> None:
    """Drawn in April and October alone: two batches do; only whose date is before April's end has no batch left."""
    year.clock.set("2026-01-26T09:00")
    key_item(under(year, months="[4, 10]"))
    terms = {"抽查比例": "1%", "抽查对象范围": "tags=餐饮,食品经营"}
    year.change(FOOD, 计划开展月份="4、10", 批次数="2", **terms)
    assert months_of(found(year)) <= {"2026-02"}
    year.clock.set("2026-01-27T09:00")
    year.change(FOOD, 计划开展月份="4", 批次数="1", 知悉日期="2026-01-27", **terms)
    assert "2026-10" in months_of(found(year)) <= {"2026-02", "2026-10"}


def test_nobody_plans_the_item(year: Town) -> None:
    """A withdrawn plan leaves the whole duty unfulfilled."""
    year.clock.set("2026-01-26T09:00")
    under(year)
    year.change(FOOD, 是否撤销="是")
    assert list(found(year)) == ["month.plan_uncovered"]


def test_an_off_site_plan_opens_no_door(year: Town) -> None:
    """The year-end reports are read at the desk: no figure of doors, no proposal, and the workbook says so."""
    before = merge(year.city, 2026, year.file("plan.xlsx")).facts["figures"]
    year.clock.set("2026-01-26T09:00")
    desk = {"计划编号": "JH26-report", "抽查事项": "market-report", "抽查任务名称": "年度报告书面核查"}
    year.change("JH26-market-disclosure", **desk)
    report = merge(year.city, 2026, year.file("plan.xlsx"))
    for name in ("alone", "joint"):
        assert report.facts["figures"][name] == before[name]  # type: ignore[index]
    assert all("JH26-report" not in own for own in read_merged(year.city, 2026).proposals.values())
    rows = list(openpyxl.load_workbook(year.file("plan.xlsx"))[EVERY].iter_rows(min_row=HEAD, values_only=True))
    row = next(dict(zip(rows[0], one, strict=True)) for one in rows if "JH26-report" in one)
    assert row["单独入企（次/年）"] == "非现场，不入企"
    assert SHEET in openpyxl.load_workbook(year.file("plan.xlsx")).sheetnames


def test_an_id_of_another_year_goes_back(year: Town, tmp_path: Path) -> None:
    """The plan of 2026 stays as it is; the row of 2027 with its id is rejected, with the year that has it."""
    rows = list(csv.DictReader((year.inputs / "plans.csv").open(encoding="utf-8-sig")))
    place = tmp_path / "plans-2027.csv"
    with place.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]))
        writer.writeheader()
        writer.writerow(rows[0] | {"年度": "2027", "知悉日期": "2026-01-25"})
        writer.writerow(rows[1] | {"年度": "2027", "计划编号": "JH27-new", "知悉日期": "2026-01-25"})
    taken = import_file(year.city, "plans", place, as_of=None)
    assert (taken.inserted, taken.rejected) == (1, 1)
    assert taken.rejects_file is not None
    cells = openpyxl.load_workbook(taken.rejects_file).worksheets[0].iter_rows(values_only=True)
    assert any("已用于 2026 年的计划" in str(cell) for row in cells for cell in row)


@pytest.fixture(autouse=True)
def _little_effort(monkeypatch: pytest.MonkeyPatch) -> None:
    """Months need not be the best here."""
    monkeypatch.setattr("supervision.month.annual_merging.EFFORT", 0.2)
