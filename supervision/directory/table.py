"""Tables on their way in (导入中的表): what was read, and what came of checking it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import in_order, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.row_selection import keep_series
from supervision.messages import Message
from supervision.tables import tuples

SHEET_LINES = 10_000_000  # more than any sheet has rows

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]


def place_of_line(line: int, sheets: tuple[str, ...]) -> str:
    """Return how a row is named to a user (行的说法): its number, or sheet and number where several sheets were read.

    >>> place_of_line(7, ()), place_of_line(10_000_007, ("虎丘区", "吴中区"))
    ('7', '吴中区!7')
    """
    sheet, row = divmod(line, SHEET_LINES)
    return f"{sheets[sheet]}!{row}" if sheets else str(line)


def no_seconds() -> pd.DataFrame:
    """Return an empty list of second values (空列表): see `Table.seconds`."""
    texts = {name: pd.Series([], dtype="str") for name in ("column", "header", "value")}
    return pd.DataFrame({"line": pd.Series([], dtype="int64"), **texts})


@dataclass(frozen=True, kw_only=True)
class Table:
    """A register file as it was read (读入的表).

    `frame` has one row per filled row of the file and one `str` column per recognised column, named in English, all
    text, missing = NaN. `line` (int64) is each row's number in the file, as a spreadsheet shows it. `headers` gives the
    header each column had. `rejected` holds rows that are handed back already, in `frame` or not: those that could not
    be split into cells, and those with cells that cannot be read (see `Checked.rejected`). `notes` say what was left
    out and why.

    Where several sheets were read, `sheets` are their titles, and the rows of the n-th, from 0, have n × `SHEET_LINES`
    added to their numbers; `place_of_line` names a row. Where several columns of the file mean one, `seconds` lists the
    values of the later ones that differ from the first's: line (int64), column, header, value.
    """

    kind: str
    name: str
    frame: pd.DataFrame
    line: Lines
    headers: dict[str, str]
    rejected: pd.DataFrame
    notes: tuple[Message, ...] = ()
    sheets: tuple[str, ...] = ()
    seconds: pd.DataFrame = field(default_factory=no_seconds)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked register file (校验结果).

    `good` has every column of the register, typed as `Column.storage` says, with `known_on`; `lines` are its row
    numbers in the file. `rejected` lists every faulty cell: line (int64), column (English name, "" for a whole row),
    value, reason (Message); sorted by line, then by the register's column order. `sheets` as in `Table`.
    """

    kind: str
    name: str
    good: pd.DataFrame
    lines: Lines
    rejected: pd.DataFrame
    notes: tuple[Message, ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def rejected_lines(self) -> int:
        """How many rows were rejected (退回行数)."""
        return int(self.rejected["line"].nunique())

    def without(self, faults: pd.DataFrame) -> Checked:
        """Return the file with more faults (追加问题), whose `line` is a position in `good`; those rows leave."""
        if not len(faults):
            return self
        keep = np.ones(len(self.good), dtype=np.bool_)
        keep[faults["line"].to_numpy()] = False
        found = faults.assign(line=self.lines[faults["line"].to_numpy()])
        return Checked(
            kind=self.kind,
            name=self.name,
            good=pd.DataFrame({name: keep_series(values, keep) for name, values in self.good.items()}, copy=False),
            lines=self.lines[keep],
            rejected=in_order(register(self.kind), [self.rejected, found]),
            notes=self.notes,
            sheets=self.sheets,
        )

    def with_conflicts(self, conflicts: pd.DataFrame) -> Checked:
        """Return the file without the rows that the store refused (与库中不符的行退回).

        `conflicts` has one row per differing cell, all text: the key columns and `known_on` (dates as 2026-01-05, blank
        = ""), column, stored, offered.
        """
        if not len(conflicts):
            return self
        version = [*register(self.kind).key, KNOWN_ON.name]
        near = np.flatnonzero(self.good[version[0]].pipe(_as_written).isin(conflicts[version[0]]).to_numpy())
        rows = pd.DataFrame({name: _as_written(self.good[name].iloc[near]).to_numpy() for name in version})
        place: dict[Hashable, int] = dict(zip(tuples(rows), near.tolist(), strict=True))
        told = conflicts.fillna("")
        at = [place[key] for key in tuples(told[version])]
        faults = problems(
            line=np.array(at, dtype=np.int64),
            column="",
            value=told["offered"].tolist(),
            reason=[Message.of("directory.conflict", stored=stored) for stored in told["stored"]],
        )
        return self.without(faults.assign(column=told["column"].to_numpy()))


def _as_written(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return key values as text (主键转文字): dates as 2026-01-05, blanks as ""."""
    if values.dtype == "str":
        return values.fillna("")
    days: pd.Series[Any] = values.dt.strftime("%Y-%m-%d").fillna("")
    return days
