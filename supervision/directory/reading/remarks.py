"""Remarks (读取提示): notes on a whole file, and faults of single rows that were found while reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import Column
from supervision.directory.table import Note
from supervision.messages import say

LONGEST_SHOWN = 500
MOST_LINES = 10


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why one row is handed back (退回原因): `column` is an English name, or "" for the whole row."""

    line: int
    column: str
    value: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def note(code: str, **params: object) -> Note:
    """Return a note on a file (文件提示)."""
    return Note.of(code, **params)


def problem_list(faults: Sequence[Fault]) -> pd.DataFrame:
    """Return faults as `Table.rejected` wants them (退回清单)."""
    if not faults:
        return no_problems()
    frames = [
        problems(
            line=np.array([fault.line for fault in faults if fault.column == column], dtype=np.int64),
            column=column,
            value=[fault.value[:LONGEST_SHOWN] for fault in faults if fault.column == column],
            code=[fault.code for fault in faults if fault.column == column],
            reason_zh=[say(fault.code, "zh", **fault.params) for fault in faults if fault.column == column],
            reason_en=[say(fault.code, "en", **fault.params) for fault in faults if fault.column == column],
        )
        for column in dict.fromkeys(fault.column for fault in faults)
    ]
    return pd.concat(frames, ignore_index=True)


def numbers(lines: Sequence[object]) -> str:
    """Return row numbers as a short list (行号列举): the first `MOST_LINES`, then "…"."""
    return "、".join(str(line) for line in lines[:MOST_LINES]) + ("…" if len(lines) > MOST_LINES else "")


def decides(column: Column) -> bool:
    """Tell whether a column's value decides anything (关键列): a required, typed or linked one; free text does not."""
    return column.required or column.dtype != "text" or column.pattern is not None or column.link is not None
