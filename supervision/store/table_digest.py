"""Digests of tables (表摘要): H over the canonical CSV of stored cells, made and hashed chunk by chunk.

Draw protocol 2, section 0: UTF-8, LF, quotes only where RFC 4180 needs them. Dates stand as 2026-12-03, truth values
as 1 and 0, numbers with the fewest digits that give the same double back (no `.0`; exponents only below 1e-5 and
from 1e15), missing values as nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from supervision.canonical import csv_bytes, digest

SPECIAL = b'",\r\n'
_LETTER = {letter: pa.scalar(letter, pa.large_string()) for letter in ("", ",", '"', "\n")}


class TableDigest:
    """A digest that grows with the rows of a table (逐块累计的表摘要).

    `header` names the columns in the order they are written; `hash_name` is sha256 or sm3.
    """

    def __init__(self, header: tuple[str, ...], *, hash_name: str) -> None:
        digest(hash_name)  # refuses a name or a library that will not do
        self._header = header
        self._state = hashlib.new(hash_name)
        self._state.update(csv_bytes(header, ()))

    def update(self, table: pa.Table) -> None:
        """Add the rows of stored cells (追加若干行); columns may stand in any order."""
        if len(table):
            self._state.update(csv_rows(table.select(self._header)))

    def hexdigest(self) -> str:
        """Return the digest as hex (十六进制摘要)."""
        return self._state.hexdigest()


def table_digest(header: tuple[str, ...], chunks: Iterable[pa.Table], *, hash_name: str) -> str:
    """Return the hex digest of a table that comes in chunks (分块表的摘要)."""
    state = TableDigest(header, hash_name=hash_name)
    for chunk in chunks:
        state.update(chunk)
    return state.hexdigest()


def csv_rows(table: pa.Table) -> memoryview:
    """Return the rows of a chunk of stored cells as canonical CSV without a header (规范 CSV 数据行)."""
    columns = [_text(table[name].combine_chunks()) for name in table.column_names]
    lines = pc.binary_join_element_wise(*columns, _LETTER[","], null_handling="replace", null_replacement="")
    ended = pc.binary_join_element_wise(lines, _LETTER[""], _LETTER["\n"])
    return _letters(ended)


def _letters(column: pa.Array) -> memoryview:
    """Return the texts of a large_string column one after the other (各行文字首尾相接), as Arrow keeps them."""
    _, offsets, letters = column.buffers()
    if letters is None:
        return memoryview(b"")
    ends = memoryview(offsets).cast("q")
    return memoryview(letters)[ends[column.offset] : ends[column.offset + len(column)]]


def _text(column: pa.Array) -> pa.Array:
    if pa.types.is_floating(column.type):
        column = pc.add(column, 0.0)  # -0 is 0
        return column.cast(pa.large_string())
    if pa.types.is_integer(column.type):
        return column.cast(pa.large_string())
    column = column.cast(pa.large_string())
    letters = bytes(_letters(column))
    if not any(letter in letters for letter in SPECIAL):  # seldom; looking row by row costs ten times as much
        return column
    special = pc.match_substring_regex(column, f"[{SPECIAL.decode()}]")
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise(_LETTER['"'], doubled, _LETTER['"'], _LETTER[""]), column)
