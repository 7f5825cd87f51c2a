"""Rows of a CSV that do not fit (不齐的行): cells left out at the end, too many commas, quotes that swallow rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa

from supervision.directory.reading.grid import Lines
from supervision.directory.reading.remarks import Fault
from supervision.messages import Message

_BREAK = ord("\n")


@dataclass(frozen=True)
class RaggedRow:
    """A row with more or fewer cells than the header (格数不符的行): `number` counts from 1 below the header."""

    number: int
    text: str
    actual: int


@dataclass(frozen=True, kw_only=True)
class Shape:
    """What a row should look like (行的形状).

    `width` is how many cells the header has, `usual` how many the rows have, `required` the places that must be filled.
    """

    width: int
    usual: int
    delimiter: str
    required: tuple[int, ...]


def taken_in(rows: Sequence[RaggedRow], shape: Shape, first: int) -> tuple[dict[int, list[str]], list[Fault]]:
    """Return ragged rows that are whole all the same, by number, and the faults of the others (不齐行的取舍).

    Blank cells beyond the header are cut off. Cells left out at the end count as blank, as spreadsheets leave them out,
    if none of them is required. Two short rows, one under the other, that make up one row and a line break are the
    pieces of one row and both handed back. `first` is the line of number 1.
    """
    torn = _torn(rows, shape.width)
    whole: dict[int, list[str]] = {}
    faults: list[Fault] = []
    for row in rows:
        cells = _cells(row.text, shape.delimiter)
        swallowed = max((_rows_in(cell, place, len(cells), shape) for place, cell in enumerate(cells)), default=0)
        line = first + row.number - 1
        if swallowed or (row.text.strip().count("\n") and row.text.count('"') % 2):
            count = max(swallowed, row.text.strip().count("\n"))
            faults.append(_fault(line, "", row.text, "directory.swallowed", rows=count))
        elif not any(cell.strip() for cell in cells):
            continue
        elif row.number not in torn and _is_whole(cells, shape):
            whole[row.number] = [*cells, *[""] * (shape.width - len(cells))][: shape.width]
        else:
            params = {"actual": row.actual, "expected": shape.width}
            faults.append(_fault(line, "", row.text, "directory.ragged", **params))
    return whole, faults


def _is_whole(cells: Sequence[str], shape: Shape) -> bool:
    if len(cells) >= shape.width:
        return not any(cell.strip() for cell in cells[shape.width :])
    return all(place < len(cells) for place in shape.required)


def _torn(rows: Sequence[RaggedRow], width: int) -> set[int]:
    """Return the numbers of short rows that are pieces of one row (断行)."""
    torn: set[int] = set()
    for upper, lower in pairwise(rows):
        if lower.number == upper.number + 1 and upper.actual + lower.actual == width + 1:
            torn |= {upper.number, lower.number}
    return torn


def with_rows(cells: dict[int, Any], numbers: Lines, rows: dict[int, list[str]]) -> tuple[dict[int, Any], Lines]:
    """Return the columns and row numbers with more rows (补入的行), in the order of the file."""
    if not rows:
        return cells, numbers
    together = np.concatenate([numbers, np.fromiter(rows, dtype=np.int64, count=len(rows))])
    order = np.argsort(together, kind="stable")
    joined = {}
    for place, values in cells.items():
        more = pa.array([row[place] or None for row in rows.values()], pa.large_string())
        joined[place] = pa.chunked_array([*values.chunks, more], pa.large_string()).take(pa.array(order))
    return joined, together[order]


def swallowed_rows(cells: dict[int, Any], line: Lines, names: dict[int, str], shape: Shape) -> list[Fault]:
    """Return the faults of cells that hold further rows (引号吞掉的行): a quote opened here, closed further down.

    `names` gives the register's column of each place. Only cells with a line break are looked at.
    """
    faults: list[Fault] = []
    for place, name in names.items():
        start = 0
        for chunk in cells[place].chunks:
            for row in _with_break(chunk):
                text = chunk[int(row)].as_py()
                if rows := _rows_in(text, place, shape.usual, shape):
                    faults.append(_fault(int(line[start + row]), name, text, "directory.swallowed", rows=rows))
            start += len(chunk)
    return faults


def open_quote(data: bytes, first: int) -> int:
    """Return the line in which the quote opens that stays open longest (未闭合引号行); `first` is the first line."""
    longest = (0, first)
    opened: int | None = None
    number = first
    for number, text in enumerate(data.split(b"\n"), start=first):
        if text.count(b'"') % 2:
            if opened is not None:
                longest = max(longest, (number - opened, opened))
            opened = None if opened is not None else number
    if opened is not None:
        longest = max(longest, (number - opened, opened))
    return longest[1]


def _with_break(chunk: Any) -> list[int]:
    """Return the rows of a text array with a line break inside (含换行的行)."""
    _, offsets, data = chunk.buffers()
    if data is None:
        return []
    starts = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    span = np.frombuffer(data, dtype=np.uint8)[starts[0] : starts[-1]]
    breaks = np.flatnonzero(span == _BREAK) + starts[0]
    rows: list[int] = np.unique(np.searchsorted(starts, breaks, side="right") - 1).tolist()
    return rows


def _rows_in(text: str, place: int, cells: int, shape: Shape) -> int:
    """Return how many rows a cell has swallowed (被吞行数): 0 for a cell that merely has several lines.

    It has where a line inside has the marks of a whole row, or where its first line has those that follow the cell in
    its row and its last those that go before the place where the quote closed, which the row's number of cells gives.
    """
    if "\n" not in text:
        return 0
    marks = [line.count(shape.delimiter) for line in text.split("\n") if line.strip()]
    whole = shape.usual - 1
    if len(marks) < 2 or whole < 1:
        return 0
    closed = shape.usual + place - cells
    ends = marks[0] == whole - place and marks[-1] == closed and all(mark == whole for mark in marks[1:-1])
    return len(marks) - 1 if ends or whole in marks[1:-1] or marks[-1] == whole else 0


def _cells(text: str, delimiter: str) -> list[str]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return text.split(delimiter)
    return [cell for row in rows for cell in row]


def _fault(line: int, column: str, text: str, code: str, **params: object) -> Fault:
    return Fault(line=line, column=column, value=text, reason=Message.of(code, **params))
