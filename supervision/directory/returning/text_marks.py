"""Marks of texts (文字标记): what went out with a spreadsheet's apostrophe comes in without it."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pyarrow.compute as pc

from supervision.directory.row_selection import as_arrow, as_text
from supervision.directory.table import Table
from supervision.spreadsheet_text import MARK, exact


def without_marks(table: Table) -> Table:
    """Return a file as it was read, its texts without the marks that made them neutral (去除文字标记).

    Columns without a marked text, nearly all of them, share their memory with `table`.
    """
    columns = {name: _exact(values) for name, values in table.frame.items()}
    return replace(table, frame=pd.DataFrame(columns, index=table.frame.index, copy=False))


def _exact(values: pd.Series[str]) -> pd.Series[str]:
    if not pc.any(pc.starts_with(as_arrow(values), MARK), min_count=0).as_py():
        return values
    texts: pd.Series[str] = as_text(as_arrow(values.map(exact, na_action="ignore")))
    return texts.set_axis(values.index)
