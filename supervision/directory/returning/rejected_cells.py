"""Rejected cells (退回的单元格) as data: each rejected row as it was, each faulty cell with its reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.directory.register import register
from supervision.directory.table import Checked, Table, place_of_line
from supervision.messages import Label, Message
from supervision.tables import tuples


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell of a rejected row (退回行的单元格): its text, and why it is refused, nothing where it is not."""

    text: str
    why: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RejectedRow:
    """A rejected row (退回的行): `place` as a person finds it, its cells under the file's headers.

    `why`: what is wrong with a field that the file has no column for (with its title), or with the row as a whole
    (no title; then `said` is the row's own text where it could not be split into cells).
    """

    place: str
    cells: Sequence[Cell]
    why: Sequence[tuple[Label | None, Message, str]]


def rejected_cells(table: Table, checked: Checked, *, most: int) -> tuple[list[str], list[RejectedRow]]:
    """Return the file's headers and its first `most` rejected rows (退回明细), in the file's order."""
    headers = list(table.headers.values())
    column_at = {name: place for place, name in enumerate(table.headers)}
    titles = {column.name: column.title for column in register(checked.kind).columns}
    faults: dict[int, list[tuple[str, str, Message]]] = {}
    for line, column, value, reason in tuples(checked.rejected.sort_values("line", kind="stable")):
        if int(line) not in faults and len(faults) == most:
            break
        faults.setdefault(int(line), []).append((column, str(value), reason))
    rows = []
    for line, found in faults.items():
        texts = _cells(table, line)
        why: dict[int, list[Message]] = {}
        other: list[tuple[Label | None, Message, str]] = []
        for column, value, reason in found:
            if texts and column in column_at:
                why.setdefault(column_at[column], []).append(reason)
            else:
                other.append((titles.get(column), reason, "" if texts else value))
        cells = [Cell(text=text, why=tuple(why.get(place, ()))) for place, text in enumerate(texts)]
        rows.append(RejectedRow(place=place_of_line(line, table.sheets), cells=cells, why=other))
    return headers, rows


def _cells(table: Table, line: int) -> list[str]:
    """The row's own texts, none where it could not be split into cells."""
    at = int(np.searchsorted(table.line, line))
    if at == len(table.line) or table.line[at] != line:
        return []
    return ["" if pd.isna(value) else str(value) for value in table.frame.iloc[at][list(table.headers)]]
