"""Columns that mean the same (同义列): several columns of a file make one column of the register."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.reading.grid import Grid
from supervision.directory.reading.remarks import decides, numbers
from supervision.directory.register import Column, Register
from supervision.directory.table import no_seconds
from supervision.messages import Message


def columns_of(definition: Register, grid: Grid) -> tuple[dict[str, Any], pd.DataFrame, list[Message]]:
    """Return the register's columns from a grid's (同义列合一): name → pyarrow ChunkedArray, `Table.seconds`, notes.

    Of several columns the first one's value counts, a later one fills its blanks. Where two values differ: lists that
    take any word (tags) are put together; free text keeps the first and says how many; in all other columns the later
    value is kept as a second one, for the check to compare.
    """
    columns: dict[str, Any] = {}
    seconds = [no_seconds()]
    notes: list[Message] = []
    for name, places in grid.heading.positions.items():
        column = definition.column(name)
        values = grid.cells[places[0]]
        for place in places[1:]:
            values, found, said = _joined(column, values, grid.cells[place], grid, place)
            seconds += found
            notes += said
        columns[name] = values
    return columns, pd.concat(seconds, ignore_index=True), notes


def _joined(
    column: Column, first: Any, second: Any, grid: Grid, place: int
) -> tuple[Any, list[pd.DataFrame], list[Message]]:
    blank, empty = blank_cells(first), blank_cells(second)
    joined = pc.if_else(pa.array(blank), second, first)
    differ = np.flatnonzero(~blank & ~empty & np.asarray(pc.fill_null(pc.not_equal(first, second), False)))
    if not len(differ):
        return joined, [], []
    values, header = second.take(pa.array(differ)).to_pylist(), grid.heading.headers[place]
    if column.dtype == "list" and (column.open_codes or not decides_list(column)):
        texts = joined.to_pylist()
        for row, value in zip(differ.tolist(), values, strict=True):
            texts[row] = f"{texts[row]}、{value}"
        return pa.chunked_array([pa.array(texts, pa.large_string())]), [], []
    lines = grid.line[differ]
    if not decides(column):
        told = {"column": column.title, "header": header, "count": len(differ), "lines": numbers(lines.tolist())}
        return joined, [], [Message.of("directory.note_differ", **told)]
    found = pd.DataFrame({"line": lines, "column": column.name, "header": header, "value": values})
    return joined, [found.astype(dict.fromkeys(("column", "header", "value"), "str"))], []


def decides_list(column: Column) -> bool:
    """Tell whether a list names things that are listed elsewhere (列表是否受限): codes, ids, items."""
    return column.code_list is not None or column.pattern is not None or column.link is not None
