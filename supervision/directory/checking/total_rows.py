"""Rows that are no data (合计与表尾): totals, and remarks under a table, are left out with a note."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from supervision.directory.register import Register
from supervision.directory.table import Table

_COUNTED = r"\s*[:：]?\s*[\d,]+\s*[户家个条人项件次]?"
_TOTAL = re.compile(rf"\s*([合总小共累]\s*计|总数|共|(grand |sub)?total|sum)\s*([:：(（].*|{_COUNTED})?", re.IGNORECASE)
_FOOTER = re.compile(
    r"\s*[(（]?((制表|填表|填报|报送|审核|复核|审批|经办|单位|主管)[^:：]{0,10}[:：]|(备注|说明|注|联系电话|联系人|日期)\s*[:：]|第\s*\d+\s*页"
    r"|以下(空白|无正文)|(单位)?盖章).*"
)

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]


def is_no_data(text: str) -> bool:
    """Tell whether a row's first cell says that the row is no data (是否合计或表尾).

    >>> is_no_data("合计：12户"), is_no_data("制表人：张三"), is_no_data("合计科技有限公司")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(text) or _FOOTER.fullmatch(text))


def footer_rows(definition: Register, table: Table, faults: list[pd.DataFrame]) -> Rows:
    """Return the positions of remarks under a table (表尾说明的位置), sorted: who made it, notes, numbers of pages.

    A row is one if its first cell says so and none of its required columns holds anything else.
    """
    required = [column.name for column in definition.columns if column.required and column.name in table.frame]
    rows, found = _suspects(definition, faults), []
    held, asked = _texts(table.frame, rows), _texts(table.frame[required], rows)
    for row, cells, needed in zip(rows, held, asked, strict=True):
        if cells and all(_FOOTER.fullmatch(text) for text in [cells[0], *needed]):
            found.append(row)
    return np.array(found, dtype=np.int64)


def total_rows(definition: Register, table: Table, faults: list[pd.DataFrame]) -> Rows:
    """Return the positions of rows of totals (合计行的位置), sorted, among the faulty ones.

    A row is one if its key is faulty and its key's first cell says so; or if that is blank and another cell does.
    """
    rows, found = _suspects(definition, faults), []
    keys = _texts(table.frame[[definition.key[0]]], rows)
    for row, own, cells in zip(rows, keys, _texts(table.frame, rows), strict=True):
        looked_at = own or cells
        if any(_TOTAL.fullmatch(text) for text in looked_at):
            found.append(row)
    return np.array(found, dtype=np.int64)


def _texts(frame: pd.DataFrame, rows: list[int]) -> list[list[str]]:
    """Return the cells of some rows that say something (有内容的单元格); all rows at once, for they may be most."""
    columns = [frame.iloc[rows, place].tolist() for place in range(frame.shape[1])]
    cells = zip(*columns, strict=True) if columns else ([] for _ in rows)
    return [[text for text in row if isinstance(text, str) and text.strip()] for row in cells]


def _suspects(definition: Register, faults: list[pd.DataFrame]) -> list[int]:
    """Return the positions of rows with a faulty key (主键有误的行), sorted."""
    faulty = [fault.loc[fault["column"] == definition.key[0], "line"] for fault in faults]
    return sorted({int(row) for rows in faulty for row in rows})
