"""Tables on their way in (导入中的表): what was read, and what came of checking it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import in_order, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.row_selection import keep_series
from supervision.messages import Message

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True)
class Table:
    """A register file as it was read (读入的表).

    `frame` has one row per filled row of the file and one `str` column per recognised column, named in English, all
    text, missing = NaN. `line` (int64) is each row's number in the file, as a spreadsheet shows it. `headers` gives the
    header each column had. `rejected` holds rows that could not even be split into cells (see `Checked.rejected`).
    `notes` say what was left out and why.
    """

    kind: str
    name: str
    frame: pd.DataFrame
    line: Lines
    headers: dict[str, str]
    rejected: pd.DataFrame
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked register file (校验结果).

    `good` has every column of the register, typed as `Column.storage` says, with `known_on`; `lines` are its row
    numbers in the file. `rejected` lists every faulty cell: line (int64), column (English name, "" for a whole row),
    value, reason (Message); sorted by line, then by the register's column order.
    """

    kind: str
    name: str
    good: pd.DataFrame
    lines: Lines
    rejected: pd.DataFrame
    notes: tuple[Message, ...] = ()

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
        place: dict[Hashable, int] = dict(zip(rows.itertuples(index=False, name=None), near.tolist(), strict=True))
        told = conflicts.fillna("")
        at = [place[key] for key in told[version].itertuples(index=False, name=None)]
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
