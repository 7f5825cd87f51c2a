"""Problems (问题清单): every faulty cell with its reason in Chinese and English."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from supervision.directory.register import Column, Register
from supervision.messages import say

PROBLEM_COLUMNS = ("line", "column", "value", "code", "reason_zh", "reason_en")


def problems(
    *,
    line: np.ndarray[tuple[int], np.dtype[np.int64]],
    column: str,
    value: str | list[str],
    code: str | list[str],
    reason_zh: str | list[str],
    reason_en: str | list[str],
) -> pd.DataFrame:
    """Return rows of `PROBLEM_COLUMNS` (问题清单) for one column; each argument is one value or one per line."""
    frame = pd.DataFrame({"line": np.asarray(line, dtype=np.int64)})
    frame["column"] = column
    for name, values in (("value", value), ("code", code), ("reason_zh", reason_zh), ("reason_en", reason_en)):
        frame[name] = values
    return frame.astype(dict.fromkeys(PROBLEM_COLUMNS[1:], "str"))


def no_problems() -> pd.DataFrame:
    """Return an empty list of problems (空问题清单)."""
    return problems(line=np.zeros(0, np.int64), column="", value=[], code=[], reason_zh=[], reason_en=[])


def problem(
    rows: np.ndarray[Any, Any], column: Column, value: str | list[str], code: str, **params: object
) -> pd.DataFrame:
    """Return the same problem of several rows (同一问题的各行)."""
    return problems(
        line=rows,
        column=column.name,
        value=value,
        code=code,
        reason_zh=say(code, "zh", **params),
        reason_en=say(code, "en", **params),
    )


def in_order(definition: Register, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Return lists of problems as one (合并问题清单), by line and the register's order of columns."""
    merged = pd.concat([no_problems(), *frames], ignore_index=True)
    order = {name: place for place, name in enumerate(definition.names)}
    places = merged["column"].map(order).fillna(-1).to_numpy(dtype=np.int64)
    return merged.iloc[np.lexsort((places, merged["line"].to_numpy()))].reset_index(drop=True)
