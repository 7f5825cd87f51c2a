"""Workbooks (电子表格): which sheets of a workbook are the register, and their rows as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from supervision.directory.reading.grid import Grid
from supervision.directory.reading.header_remarks import with_remarks
from supervision.directory.reading.header_rows import (
    EXAMPLE_ROWS,
    SEARCHED_ROWS,
    HeaderRows,
    example_rows,
    find_header,
    lacking,
    named,
)
from supervision.directory.reading.headers import Heading, find_heading, heading_of, rows_above
from supervision.directory.reading.merged_cells import MergedDown, spread
from supervision.directory.reading.remarks import Fault, decides, numbers
from supervision.directory.reading.sheets import Sheet, sheets_of
from supervision.directory.reading.xlsx_cells import Row
from supervision.directory.register import Column, Register
from supervision.domain.uscc import is_valid
from supervision.errors import DirectoryError
from supervision.messages import Label, Message, say

BATCH = 20_000
SHIFT_1904 = 1462
_SERIAL = re.compile(r"\d{4,6}(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a first look at a sheet shows (初看工作表): its first filled rows, their numbers, and their header."""

    sheet: Sheet
    rows: list[list[str]]
    numbers: list[int]
    header: HeaderRows
    lacks: tuple[Label, ...]


def read_workbook(definition: Register, name: str, data: bytes, form: str) -> list[Grid]:
    """Return the cells of every visible sheet that is a register of this kind (读电子表格).

    Hidden sheets are not read, and named; so are visible ones that do not fit. Raises DirectoryError for a file that
    is no workbook, has a password, or has no fitting header on a visible sheet.
    """
    looks = [look for sheet in sheets_of(name, data, form) if (look := look_at(definition, sheet)).rows]
    if not looks:
        raise DirectoryError("directory.empty", name=name)
    hidden = [look for look in looks if look.sheet.state != "visible"]
    shown = [look for look in looks if look.sheet.state == "visible"]
    fitting = [look for look in shown if not look.lacks]
    if not fitting:
        _refuse(definition, name, shown, hidden)
    own = {say("directory.template_choices", lang) for lang in ("zh", "en")}
    others = [look for look in shown if look.lacks and look.sheet.title not in own]
    left = [look for look in others if _holds_units(definition, look)]
    hidden = [look for look in hidden if look.sheet.title not in own]
    notes = _said_of_sheets(fitting, [look for look in others if look not in left], hidden)
    grids = [_grid(definition, name, look) for look in fitting]
    return [_with_notes(grids[0], notes), *grids[1:], *(_left_out(grids[0], look) for look in left)]


def _holds_units(definition: Register, look: Look) -> bool:
    """Tell whether a sheet that does not fit has rows of this register (是否含主体数据): it names the key, or codes."""
    key = definition.column(definition.key[0])
    if key.dtype == "unit_id":
        return any(is_valid(cell.strip().upper()) for row in look.rows for cell in row)
    return look.header.score > 1 and key.name in named(definition, look.header.cells)


def _left_out(first: Grid, look: Look) -> Grid:
    """Return a sheet that is handed back whole (整表退回): no rows, and one fault that says why."""
    reason = Message.of("directory.other_sheet", sheet=look.sheet.title, lacking=look.lacks)
    fault = Fault(line=look.numbers[0], column="", value=look.sheet.title, reason=reason)
    return Grid(
        heading=first.heading,
        cells={place: values.slice(0, 0) for place, values in first.cells.items()},
        line=first.line[:0],
        faults=(fault,),
        examples=(),
        notes=(),
        sheet=look.sheet.title,
    )


def look_at(definition: Register, sheet: Sheet) -> Look:
    """Return what the first rows of a sheet show (初看一张工作表)."""
    first = list(islice(sheet.rows(None), SEARCHED_ROWS + EXAMPLE_ROWS))
    rows = [(row.number, _dense(row)) for row in first]
    if rows:
        spread(rows, sheet.merges())
    cells = [cells for _, cells in rows]
    header = with_remarks(definition, cells, find_header(definition, cells))
    return Look(
        sheet=sheet,
        rows=[row for row in cells if any(cell.strip() for cell in row)] and cells,
        numbers=[number for number, _ in rows],
        header=header,
        lacks=lacking(definition, header),
    )


def _dense(row: Row) -> list[str]:
    cells = [""] * (max(row.cells, default=-1) + 1)
    for place, text in row.cells.items():
        cells[place] = text
    return cells


def _refuse(definition: Register, name: str, shown: Sequence[Look], hidden: Sequence[Look]) -> None:
    """Refuse a workbook without a visible register (没有可导入的工作表)."""
    if fitting := [look for look in hidden if not look.lacks]:
        raise DirectoryError("directory.only_hidden", name=name, sheets=_titles(fitting))
    if not shown:
        raise DirectoryError("directory.empty", name=name)
    best = max(shown, key=lambda look: look.header.score)
    find_heading(definition, best.rows, name=name, numbers=best.numbers)


def _said_of_sheets(fitting: Sequence[Look], others: Sequence[Look], hidden: Sequence[Look]) -> list[Message]:
    notes = []
    if len(fitting) > 1:
        notes.append(Message.of("directory.note_sheets", count=len(fitting), sheets=_titles(fitting)))
    if hidden:
        notes.append(Message.of("directory.note_hidden_sheets", sheets=_titles(hidden)))
    said = [Message.of("directory.note_other_sheet", sheet=look.sheet.title, lacking=look.lacks) for look in others]
    return [*notes, *said]


def _titles(looks: Sequence[Look]) -> str:
    return "、".join(f"“{look.sheet.title}”" for look in looks)


def _with_notes(grid: Grid, notes: list[Message]) -> Grid:
    return Grid(**{**vars(grid), "notes": (*notes, *grid.notes)})


class _Gathered:
    """What is gathered while a sheet's rows go by (逐行汇集)."""

    def __init__(self, places: Sequence[int]) -> None:
        self.chunks: dict[int, list[Any]] = {place: [] for place in places}
        self.waiting: list[dict[int, str]] = []
        self.line: list[int] = []
        self.hidden: list[int] = []
        self.shifted: list[int] = []
        self.unsaved: dict[int, list[int]] = {}
        self.faults: list[Fault] = []

    def add(self, row: Row) -> None:
        self.waiting.append(row.cells)
        self.line.append(row.number)
        if len(self.waiting) == BATCH:
            self.pack()

    def pack(self) -> None:
        for place, chunks in self.chunks.items():
            chunks.append(pa.array([cells.get(place) for cells in self.waiting], pa.large_string()))
        self.waiting.clear()

    def cells(self) -> dict[int, Any]:
        self.pack()
        return {place: pa.chunked_array(parts, pa.large_string()) for place, parts in self.chunks.items()}


def _grid(definition: Register, name: str, look: Look) -> Grid:
    heading = heading_of(definition, look.header, name=name, number=look.numbers[look.header.last])
    columns = {place: definition.column(column) for column, places in heading.positions.items() for place in places}
    after = look.numbers[heading.row]
    merged = MergedDown(look.sheet.merges(), after=after, places=columns)
    gathered = _Gathered(sorted(columns))
    days = frozenset(place for place, column in columns.items() if column.dtype == "date")
    for row in look.sheet.rows(heading.places):
        if row.number > after:
            merged.fill(row)
            if look.sheet.from_1904 and days:
                _shift(row, days, columns, gathered)
            _note_unsaved(row, columns, gathered)
            if row.hidden:
                gathered.hidden.append(row.number)
            gathered.add(row)
    return Grid(
        heading=heading,
        cells=gathered.cells(),
        line=np.array(gathered.line, dtype=np.int64),
        faults=(*gathered.faults, *rows_above(definition, look.rows, heading, look.numbers)),
        examples=tuple(look.numbers[place] for place in example_rows(look.rows, heading.row)),
        notes=tuple(_said_of_rows(look, heading, columns, merged, gathered)),
        sheet=look.sheet.title,
    )


def _shift(row: Row, days: frozenset[int], columns: dict[int, Column], gathered: _Gathered) -> None:
    """Bring plain serial numbers of the 1904 system to the usual one (1904 日期序号换算)."""
    for place in days & row.cells.keys():
        text = row.cells[place]
        if not _SERIAL.fullmatch(text.strip()):
            continue
        if place in row.typed:
            whole, point, rest = text.partition(".")
            row.cells[place] = f"{int(whole) + SHIFT_1904}{point}{rest}"
            gathered.shifted.append(row.number)
        else:
            gathered.faults.append(
                Fault(
                    line=row.number,
                    column=columns[place].name,
                    value=text,
                    reason=Message.of("directory.serial_as_text"),
                )
            )


def _note_unsaved(row: Row, columns: dict[int, Column], gathered: _Gathered) -> None:
    for place in row.unsaved:
        if decides(columns[place]):
            gathered.faults.append(
                Fault(
                    line=row.number,
                    column=columns[place].name,
                    value="",
                    reason=Message.of("directory.unsaved_formula"),
                )
            )
        gathered.unsaved.setdefault(place, []).append(row.number)


def _said_of_rows(
    look: Look, heading: Heading, columns: dict[int, Column], merged: MergedDown, gathered: _Gathered
) -> list[Message]:
    """Return the notes on a sheet's rows (工作表提示): nothing that was filled in, hidden or lost goes unsaid."""
    sheet = look.sheet.title
    notes = list(heading.notes)
    hidden = sorted(look.sheet.hidden_columns() & columns.keys())
    if hidden:
        headers = "、".join(heading.headers[place] for place in hidden)
        notes.append(Message.of("directory.note_hidden_columns", sheet=sheet, headers=headers))
    if gathered.hidden:
        lines = numbers(gathered.hidden)
        notes.append(Message.of("directory.note_hidden_rows", sheet=sheet, count=len(gathered.hidden), lines=lines))
    for code, found in (("note_merged", merged.filled), ("note_unsaved", gathered.unsaved)):
        for place, lines_of in sorted(found.items()):
            header = heading.headers[place]
            notes.append(
                Message.of(
                    f"directory.{code}", sheet=sheet, header=header, count=len(lines_of), lines=numbers(lines_of)
                )
            )
    for code, lines_found in (("note_merged_across", merged.across), ("note_1904", gathered.shifted)):
        if lines_found:
            several = sorted(set(lines_found))
            notes.append(Message.of(f"directory.{code}", sheet=sheet, count=len(several), lines=numbers(several)))
    return notes
