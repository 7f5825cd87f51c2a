"""One enterprise under two ids (同一主体两个编号): by its credit code, and by the number that it had before.

The number before is the one that a row gives as its old number, or the tax number that stands in the code itself
(characters 3 to 17). Two ids would be two chances in a draw.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import problems
from supervision.directory.table import Checked
from supervision.messages import Message

CODE = 18
GONE = "注销"
COLUMNS = ("unit_id", "old_number", "status")


def without_same(checked: Checked, stored: Callable[[], pd.DataFrame]) -> Checked:
    """Return checked entities without rows that are another row's enterprise (同一主体的行退回).

    A row under an old number leaves where the file or the store has the enterprise under its code; a row under a code
    where the store has it under an old number and not as deregistered. `stored` gives the store's unit_id, old_number,
    status; it is asked at most once, and only where ids or old numbers call for it.
    """
    ids, before = checked.good["unit_id"], checked.good["old_number"]
    plain = ids.str.len().to_numpy() != CODE
    if not plain.any() and not before.notna().any():
        return checked
    known = stored()
    known_plain = known["unit_id"].str.len().to_numpy() != CODE
    columns = ["unit_id", "old_number"]
    codes = pd.concat([checked.good.loc[~plain, columns], known.loc[~known_plain, columns]])
    of_numbers = _codes_of(codes, set(ids[plain]))
    there = known.loc[known_plain & (known["status"] != GONE).to_numpy(), "unit_id"]
    of_codes = {code: number for number, code in _codes_of(checked.good.loc[~plain], set(there)).items()}
    faults = [
        _faults(ids, of_numbers, lambda other: Message.of("directory.same_enterprise", other=other)),
        _faults(ids, of_codes, lambda other: Message.of("directory.same_as_stored", other=other)),
    ]
    return checked.without(pd.concat(faults, ignore_index=True))


def _codes_of(rows: pd.DataFrame, numbers: set[str]) -> dict[str, str]:
    """Return number → code (原编号对应的代码) for those of some numbers that a row had before."""
    if not numbers:
        return {}
    before = rows["old_number"].str.replace(r"[^0-9A-Za-z]", "", regex=True)
    within = rows["unit_id"].str.slice(2, 17)
    found: dict[str, str] = {}
    for number_of in (before, within):
        named = number_of.isin(numbers).to_numpy()
        found |= dict(zip(number_of[named], rows["unit_id"][named], strict=True))
    return found


def _faults(ids: pd.Series[str], others: dict[str, str], reason: Callable[[str], Message]) -> pd.DataFrame:
    """Return the faults of rows whose enterprise stands under another id (另有编号的行)."""
    rows = np.flatnonzero(ids.isin(list(others)).to_numpy()) if others else np.zeros(0, np.int64)
    own = ids.iloc[rows].tolist()
    return problems(line=rows, column="unit_id", value=own, reason=[reason(others[one]) for one in own])
