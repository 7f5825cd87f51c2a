"""Columns that mean the same (同义列): several columns of a file make one column of the register."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking.cells import parse
from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.reading.grid import Grid
from supervision.directory.reading.remarks import Fault, decides, note, numbers
from supervision.directory.register import Column, Register
from supervision.directory.table import Note
from supervision.errors import SupervisionError


def columns_of(definition: Register, grid: Grid) -> tuple[dict[str, Any], list[Fault], list[Note]]:
    """Return the register's columns from a grid's (同义列合一): name → pyarrow ChunkedArray, faults, notes.

    Of several columns the first one's value counts, a later one fills its blanks. Where two values differ: free lists
    (tags) are put together; free text keeps the first and says how many; in all other columns the row is handed back.
    """
    columns: dict[str, Any] = {}
    faults: list[Fault] = []
    notes: list[Note] = []
    for name, places in grid.heading.positions.items():
        column = definition.column(name)
        values = grid.cells[places[0]]
        for place in places[1:]:
            values, found, said = _joined(column, values, grid.cells[place], grid, place)
            faults += found
            notes += said
        columns[name] = values
    return columns, faults, notes


def _joined(column: Column, first: Any, second: Any, grid: Grid, place: int) -> tuple[Any, list[Fault], list[Note]]:
    blank, empty = blank_cells(first), blank_cells(second)
    joined = pc.if_else(pa.array(blank), second, first)
    differ = np.flatnonzero(~blank & ~empty & np.asarray(pc.fill_null(pc.not_equal(first, second), False)))
    if not len(differ):
        return joined, [], []
    pairs = [(int(row), first[int(row)].as_py(), second[int(row)].as_py()) for row in differ]
    lines = {row: int(grid.line[row]) for row, _, _ in pairs}
    if _is_free_list(column):
        texts = joined.to_pylist()
        for row, one, other in pairs:
            texts[row] = f"{one}、{other}"
        return pa.chunked_array([pa.array(texts, pa.large_string())]), [], []
    other_header = grid.heading.headers[place]
    if not decides(column):
        told = {"zh": column.zh, "en": column.en, "header": other_header}
        shown = numbers(list(lines.values()))
        return joined, [], [note("directory.note_differ", count=len(pairs), lines=shown, **told)]
    faults = [
        Fault(
            line=lines[row],
            column=column.name,
            value=f"{one} ≠ {other}",
            code="directory.contradicts",
            params={"header": other_header, "value": other},
        )
        for row, one, other in pairs
        if not _same(column, one, other)
    ]
    return joined, faults, []


def _is_free_list(column: Column) -> bool:
    return column.dtype == "list" and not column.choices and column.pattern is None and column.link is None


def _same(column: Column, one: str, other: str) -> bool:
    """Tell whether two writings mean one value (写法不同而值相同)."""
    try:
        return parse(column, one) == parse(column, other)
    except SupervisionError:
        return False
