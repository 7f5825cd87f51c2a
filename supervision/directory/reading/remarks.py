"""Remarks (读取提示): faults of single rows that were found while reading, and how rows are listed in notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import Column
from supervision.messages import Message

LONGEST_SHOWN = 500
MOST_LINES = 10


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why one row is handed back (退回原因): `column` is an English name, or "" for the whole row."""

    line: int
    column: str
    value: str
    reason: Message


def problem_list(faults: Sequence[Fault]) -> pd.DataFrame:
    """Return faults as `Table.rejected` wants them (退回清单)."""
    if not faults:
        return no_problems()
    frames = [
        problems(
            line=np.array([fault.line for fault in faults if fault.column == column], dtype=np.int64),
            column=column,
            value=[fault.value[:LONGEST_SHOWN] for fault in faults if fault.column == column],
            reason=[fault.reason for fault in faults if fault.column == column],
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
