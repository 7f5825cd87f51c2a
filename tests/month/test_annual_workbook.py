"""The workbook of proposed joint tasks: what it rests on stands in it, and an edited locked cell is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from annual_year import HEAD, SHEET, Town, fill

from supervision.errors import SupervisionError
from supervision.month.annual_merging import decide, merge
from supervision.month.annual_plan import read_merged
from supervision.notice.formats.plan_workbook import EVERY, MANUAL

FIRST = HEAD + 1


def edited(source: Path, target: Path, sheet: str, title: str, value: object, row: int = FIRST) -> str:
    """Write a value into a cell of a filled workbook, and return its name."""
    book = openpyxl.load_workbook(source)
    place = next(cell.column for cell in book[sheet][HEAD] if cell.value == title)
    cell = book[sheet].cell(row, place)
    cell.value = value
    book.save(target)
    return str(cell.coordinate)


@pytest.fixture
def filled(year: Town) -> Callable[[Town], Path]:
    """A workbook with a yes in every line."""

    def make(town: Town) -> Path:
        town.merged()
        fill(town.file("plan.xlsx"), town.file("filled.xlsx"), {})
        return town.file("filled.xlsx")

    return make


@pytest.mark.parametrize(
    ("sheet", "title", "value"),
    [
        (SHEET, "建议月份", "12"),
        (SHEET, "建议月份", None),
        (SHEET, "抽查比例（每批）", "1%"),
        (SHEET, "本建议减少（次/年）", "0.0"),
        (SHEET, "牵头/配合", "配合"),
        (EVERY, "建议月份", "12"),
        (EVERY, "可用月份", "1-12"),
        (EVERY, "批次数", 9),
    ],
)
def test_an_edited_locked_cell_is_refused(year: Town, filled: Any, sheet: str, title: str, value: object) -> None:
    """Sheet, row, cell, what it says and what was written are named; nothing is decided."""
    source = filled(year)
    before = read_merged(year.city, 2026)
    cell = edited(source, year.file("edited.xlsx"), sheet, title, value)
    with pytest.raises(SupervisionError) as caught:
        decide(year.city, 2026, year.file("edited.xlsx"), year.file("out.xlsx"))
    told = caught.value.params
    assert (caught.value.code, told["sheet"], told["cell"]) == ("notice.plan_locked", sheet, cell)
    assert (told["line"], told["title"], told["value"]) == (FIRST, title, "" if value is None else str(value))
    assert str(told["written"]) in caught.value.message.text("zh")
    assert read_merged(year.city, 2026) == before
    assert not year.file("out.xlsx").exists()


def test_figures_that_registers_move_and_figures_typed_anew_are_no_edit(year: Town, filled: Any) -> None:
    """The number of units is counted again; a number of batches typed as a number says the same."""
    source = filled(year)
    edited(source, year.file("units.xlsx"), SHEET, "对象数", "1")
    book = openpyxl.load_workbook(year.file("units.xlsx"))
    place = next(cell.column for cell in book[SHEET][HEAD] if cell.value == "批次数")
    book[SHEET].cell(FIRST, place).value = int(book[SHEET].cell(FIRST, place).value)
    book.save(year.file("units.xlsx"))
    assert decide(year.city, 2026, year.file("units.xlsx"), year.file("out.xlsx")).facts["decisions"]


def test_a_workbook_from_before_other_months_is_refused(year: Town) -> None:
    """A no moves months; the workbook from before says other months than were written last."""
    year.merged()
    merged = read_merged(year.city, 2026)
    fill(year.file("plan.xlsx"), year.file("first.xlsx"), {own[-1]: "单独开展" for own in merged.proposals.values()})
    decide(year.city, 2026, year.file("first.xlsx"), year.file("plan.xlsx"))
    assert read_merged(year.city, 2026).months != merged.months
    with pytest.raises(SupervisionError) as caught:
        decide(year.city, 2026, year.file("first.xlsx"), year.file("plan.xlsx"))
    assert caught.value.code == "notice.plan_locked"
    again = year.decided({})
    assert again.facts["months"] == read_merged(year.city, 2026).months


def test_whose_scores_were_taken_stands_on_screen_and_in_the_workbook(year: Town) -> None:
    """The round and the day of its evidence, after the merge and after the decisions."""
    said = "各类别户数取自轮次 2026-02.rehearsal 的评分（证据截至 2026-01-"
    for report in (merge(year.city, 2026, year.file("plan.xlsx")), year.decided({})):
        assert sum(said in line.text("zh") for line in report.lines) == 1
        sheet = openpyxl.load_workbook(year.file("plan.xlsx"))[MANUAL]
        assert sum(said in str(row[0]) for row in sheet.iter_rows(values_only=True)) == 1
