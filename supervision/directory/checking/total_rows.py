"""Rows of totals (合计行) at the end of a table: they are no units, tasks or people, and are left out with a note."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from supervision.directory.register import Register
from supervision.directory.table import Table

_TOTAL = re.compile(r"\s*([合总小共累]\s*计|(grand |sub)?total|sum)\s*([:：(（].*)?", re.IGNORECASE)

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]


def total_rows(definition: Register, table: Table, faults: list[pd.DataFrame]) -> Rows:
    """Return the positions of rows of totals (合计行的位置), sorted, among the faulty ones.

    A row is one if its key is faulty and its key's first cell says so; or if that is blank and another cell does.
    """
    key = definition.key[0]
    faulty = [fault.loc[fault["column"] == key, "line"] for fault in faults]
    suspects = {int(row) for rows in faulty for row in rows}
    found = []
    for row in sorted(suspects):
        cells = [text for text in table.frame.iloc[row] if isinstance(text, str) and text.strip()]
        own = table.frame[key].iloc[row]
        looked_at = [own] if isinstance(own, str) and own.strip() else cells
        if any(_TOTAL.fullmatch(text) for text in looked_at):
            found.append(row)
    return np.array(found, dtype=np.int64)
