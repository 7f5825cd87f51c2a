"""Scanning text columns (文字列扫描): find the few cells that need a second look, by bytes, without touching the rest.

A cell that is not found here is what `cells.parse` would return for it unchanged: NFC, one line, no white space at its
ends, no control or invisible character, no failed formula, no number in scientific notation, not too long.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Bytes = np.ndarray[tuple[int], np.dtype[np.uint8]]
Offsets = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

LONG = 32767
_LOOK = np.zeros(256, dtype=np.bool_)
_LOOK[:0x20] = _LOOK[0x7F] = True
_LOOK[ord("+")] = _LOOK[ord("?")] = True
_LOOK[0xC2] = _LOOK[0xE2] = _LOOK[0xE3] = _LOOK[0xEF] = True
_LOOK[0xC4:0xE2] = True
_LOOK[0xEA:0xEF] = _LOOK[0xF0:] = True


def parts(chunk: Any) -> tuple[Offsets, Bytes]:
    """Return the offsets (int64, n + 1) and bytes of a pyarrow large_string array (偏移与字节), without a copy."""
    _, offsets, data = chunk.buffers()
    start = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
    if data is None or start[-1] == start[0]:
        return start - start[0], np.zeros(0, np.uint8)
    return start - start[0], np.frombuffer(data, dtype=np.uint8)[start[0] : start[-1]]


def _odd_places(data: Bytes) -> Offsets:
    """Return where a byte stands that may need care (可疑字节位置).

    Harmless: ASCII, Latin-1 letters (C3), middle dot, general punctuation, Chinese punctuation, CJK ideographs,
    full-width forms. A "+" counts only after an e, as in 9.1E+17; a "?" only before another.
    """
    place: Offsets = np.flatnonzero(_LOOK[data]).astype(np.int64)
    if not len(place):
        return place
    lead, last = data[place], len(data) - 1
    second, third = data[np.minimum(place + 1, last)], data[np.minimum(place + 2, last)]
    before = data[np.maximum(place - 1, 0)] | 0x20
    harmless = (lead == 0xC2) & (second == 0xB7)
    harmless |= (lead == 0xE2) & (second == 0x80) & (third >= 0x90) & (third <= 0xA7)
    harmless |= (lead == 0xEF) & ((second == 0xBC) | (second == 0xBD))
    wide = (second == 0x80) & ((third == 0x80) | ((third >= 0xAA) & (third <= 0xAF)))
    harmless |= (lead == 0xE3) & ~wide & ~((second == 0x82) & ((third == 0x99) | (third == 0x9A)))
    harmless |= (lead == ord("+")) & (before != ord("e"))
    harmless |= (lead == ord("?")) & (second != ord("?"))
    found: Offsets = place[~harmless]
    return found


def odd_rows(chunk: Any) -> Rows:
    """Return the rows of a pyarrow large_string array that need a second look (需细看的行), sorted; nulls never do."""
    offsets, data = parts(chunk)
    length = np.diff(offsets)
    odd = (length == 0) | (length > LONG)
    filled = np.flatnonzero(length)
    if len(filled):
        first, last = data[offsets[filled]], data[offsets[filled + 1] - 1]
        odd[filled] |= (first <= 0x20) | (last <= 0x20) | (first == ord("#"))
        places = _odd_places(data)
        odd[np.searchsorted(offsets, places, side="right") - 1] = True
    if chunk.null_count:
        odd &= np.asarray(chunk.is_valid())
    return np.flatnonzero(odd)


def of_length(chunk: Any, length: int) -> tuple[Rows, np.ndarray[tuple[int, int], np.dtype[np.uint8]]]:
    """Return the rows whose text has so many bytes, and those bytes as a matrix (定长矩阵), uint8 (rows, length)."""
    offsets, data = parts(chunk)
    rows = np.flatnonzero(np.diff(offsets) == length)
    if not len(rows):
        return rows, np.zeros((0, length), np.uint8)
    if len(rows) == len(offsets) - 1:
        return rows, data.reshape(len(rows), length)
    return rows, data[offsets[rows][:, None] + np.arange(length)]


def rows_among(chunk: Any, words: Any) -> Rows:
    """Return the rows of a pyarrow large_string array that are one of some words (属于给定写法的行), sorted."""
    offsets, data = parts(chunk)
    length, begins = np.diff(offsets), _beginnings(words)
    few = np.flatnonzero((length > 0) & (length <= pc.max(pc.binary_length(words)).as_py()))
    few = np.asarray(few[begins[data[offsets[few]]]], dtype=np.int64)
    if not len(few):
        return few
    found: Rows = few[np.asarray(pc.is_in(chunk.take(pa.array(few)), value_set=words))]
    return found


def _beginnings(words: Any) -> Flags:
    """Tell which bytes some words begin with (首字节), an array of 256 flags."""
    first = np.zeros(256, dtype=np.bool_)
    first[[word.encode()[0] for word in words.to_pylist()]] = True
    return first


def blank_cells(values: Any) -> Flags:
    """Tell which cells of a pyarrow large_string ChunkedArray are missing or only white space (空白单元格)."""
    blank = [np.zeros(0, dtype=np.bool_)]
    for chunk in values.chunks:
        offsets, data = parts(chunk)
        flags = np.diff(offsets) == 0
        filled = np.flatnonzero(~flags)
        first = data[offsets[filled]]
        doubtful = filled[(first <= 0x20) | (first == 0xC2) | ((first >= 0xE1) & (first <= 0xE3))]
        doubtful = doubtful[np.diff(offsets)[doubtful] < 32]
        flags[doubtful] = [not text.strip() for text in chunk.take(pa.array(doubtful)).to_pylist()]
        blank.append(flags)
    return np.concatenate(blank)
