"""Tables on their way in (导入中的表): what was read, and what came of checking it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

PROBLEM_COLUMNS = ("line", "column", "value", "code", "reason_zh", "reason_en")


@dataclass(frozen=True, kw_only=True)
class Table:
    """A register file as it was read (读入的表).

    `frame` has one row per filled row of the file and one `str` column per recognised column, named in English, all
    text, missing = NaN. `line` (int64) is each row's number in the file, as a spreadsheet shows it. `headers` gives the
    header each column had. `rejected` holds rows that could not even be split into cells (see `Checked.rejected`).
    `notes` are pairs (zh, en): what was left out and why.
    """

    kind: str
    name: str
    frame: pd.DataFrame
    line: np.ndarray[tuple[int], np.dtype[np.int64]]
    headers: dict[str, str]
    rejected: pd.DataFrame
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A checked register file (校验结果).

    `good` has every column of the register, typed as `Column.storage` says, with `known_on`; `lines` are its row
    numbers in the file. `rejected` lists every faulty cell: line (int64), column (English name, "" for a whole row),
    value, code, reason_zh, reason_en; sorted by line, then by the register's column order. `notes` are pairs (zh, en).
    """

    kind: str
    name: str
    good: pd.DataFrame
    lines: np.ndarray[tuple[int], np.dtype[np.int64]]
    rejected: pd.DataFrame
    notes: tuple[tuple[str, str], ...] = field(default=())

    @property
    def rejected_lines(self) -> int:
        """How many rows were rejected (退回行数)."""
        return int(self.rejected["line"].nunique())


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
