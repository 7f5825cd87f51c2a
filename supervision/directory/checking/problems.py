"""Problems (问题清单): every faulty cell with its reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.register import Column, Register
from supervision.messages import Message

PROBLEM_COLUMNS = ("line", "column", "value", "reason")


def problems(
    *,
    line: np.ndarray[tuple[int], np.dtype[np.int64]],
    column: str,
    value: str | list[str],
    reason: Message | list[Message],
) -> pd.DataFrame:
    """Return rows of `PROBLEM_COLUMNS` (问题清单) for one column; value and reason are one, or one per line.

    `line` is int64, `column` and `value` str, `reason` object: a Message in no language yet.
    """
    frame = pd.DataFrame({"line": np.asarray(line, dtype=np.int64)})
    frame["column"] = pd.Series(column, index=frame.index, dtype="str")
    frame["value"] = pd.Series(value, index=frame.index, dtype="str")
    reasons = reason if isinstance(reason, list) else [reason] * len(frame)
    frame["reason"] = pd.Series(reasons, index=frame.index, dtype="object")
    return frame


def no_problems() -> pd.DataFrame:
    """Return an empty list of problems (空问题清单)."""
    return problems(line=np.zeros(0, np.int64), column="", value=[], reason=[])


def problem(
    rows: np.ndarray[Any, Any], column: Column, value: str | list[str], code: str, **params: object
) -> pd.DataFrame:
    """Return the same problem of several rows (同一问题的各行)."""
    return problems(line=rows, column=column.name, value=value, reason=Message.of(code, **params))


def in_order(definition: Register, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return lists of problems as one (合并问题清单), by line and the register's order of columns."""
    merged = pd.concat([no_problems(), *frames], ignore_index=True)
    order = {name: place for place, name in enumerate(definition.names)}
    places = merged["column"].map(order).fillna(-1).to_numpy(dtype=np.int64)
    return merged.iloc[np.lexsort((places, merged["line"].to_numpy()))].reset_index(drop=True)
