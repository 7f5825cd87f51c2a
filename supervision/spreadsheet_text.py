"""Texts in spreadsheets (表格软件中的文字): no cell that people open begins like a formula, and none is changed.

A spreadsheet runs what begins with = + - @, a tab or a line break, also in its full-width form and after spaces (CSV
injection). Such a text gets the apostrophe with which spreadsheets themselves mark a text; reading takes it off again,
so that what comes back is exactly what was sent. Files that a protocol hashes, and JSON, hold the text as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Protocol

from supervision.canonical import csv_bytes

MARK = "'"
_PADDING = "\\s\u200b-\u200f\u2060\ufeff"
_STARTS = f"(?:[\\t\\r\\n]|[{_PADDING}]*[=+@\uff1d\uff0b\uff20\uff0d-])"
_LIVE = re.compile(_STARTS)
_MARKED = re.compile(f"{MARK}+{_STARTS}")


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet might take a text for a formula (是否会被当作公式).

    >>> is_live("=1+1"), is_live("\\t苏州"), is_live(" +1"), is_live("苏州-1")
    (True, True, True, False)
    """
    return _LIVE.match(text) is not None


def neutral(text: str) -> str:
    """Return a text as a cell that people open may hold it (中和公式): marked where it begins like a formula.

    >>> neutral("=HYPERLINK(0)"), neutral("苏州=1")
    ("'=HYPERLINK(0)", '苏州=1')
    """
    return f"{MARK}{text}" if is_live(text) or _MARKED.match(text) else text


def exact(text: str) -> str:
    """Return the text that `neutral` was given (还原文字).

    >>> exact("'=HYPERLINK(0)"), exact("'苏州'"), exact(neutral("'=1"))
    ('=HYPERLINK(0)', "'苏州'", "'=1")
    """
    return text[len(MARK) :] if _MARKED.match(text) else text


def open_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as a CSV file that people may open (可打开的 CSV): `csv_bytes` with every text neutral."""
    return csv_bytes(
        [neutral(name) for name in header],
        ([neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows),
    )


class ReadableSheet(Protocol):
    """A sheet as the reader of registers gives it (可读的工作表), to stages that do not know that reader.

    `rows` yields filled rows, of the columns wanted or of all: each has its `number` from 1 and its `cells`, texts by
    column from 0. `merges` gives areas: `top` and `bottom` rows from 1, `left` and `right` columns from 0, both ends
    included.
    """

    @property
    def title(self) -> str:
        """The sheet's name (表名)."""

    @property
    def rows(self) -> Callable[[frozenset[int] | None], Iterator[Any]]:
        """Yield the rows (各行)."""

    @property
    def merges(self) -> Callable[[], Sequence[Any]]:
        """Give the merged cells (合并单元格)."""
