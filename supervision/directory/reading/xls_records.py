"""Records of an old xls file (旧版工作簿记录): what the reader of its cells does not tell.

Source: [MS-XLS] 2.4.28 BoundSheet8, 2.4.77 Date1904, 2.4.90 Dimensions, 2.4.117 FilePass, 2.4.168 MergeCells,
2.4.221 Row.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from supervision.directory.reading.ole_files import Container, DamagedContainer

DATE_1904, FILE_PASS, BOUND_SHEET, ROW = 0x0022, 0x002F, 0x0085, 0x0208
DIMENSIONS = 0x0200
HIDDEN_ROW = 0x20
MOST_ROWS, MOST_COLUMNS = 1 << 16, 1 << 8
# Records of one cell, and of several in a row: 2.4.20 Blank, 2.4.24 BoolErr, 2.4.127 Formula, 2.4.148 Label, 2.4.149
# LabelSst, 2.4.174 MulBlank, 2.4.175 MulRk, 2.4.180 Number, 2.4.220 RK, 2.4.226 RString
ONE_CELL = frozenset({0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00FD, 0x027E, 0x00D6, 0x0406, 0x0003, 0x0004})
SEVERAL_CELLS = frozenset({0x00BD, 0x00BE})
BOOKS = ("Workbook", "Book")


@dataclass(frozen=True, kw_only=True)
class XlsFacts:
    """What a workbook's records say (工作簿情况): sheets stand in the order of the file, rows are numbered from 1.

    `cells` is how many cells lie between the first and the last filled ones of all sheets.
    """

    locked: bool
    from_1904: bool
    hidden_rows: tuple[frozenset[int], ...]
    cells: int


def xls_facts(container: Container) -> XlsFacts:
    """Return what the records of an xls file say (读旧版工作簿记录)."""
    stream = container.read(next(name for name in BOOKS if name in container.streams))
    locked = from_1904 = False
    starts: list[int] = []
    for code, body in _records(stream, 0, len(stream)):
        if code == FILE_PASS:
            locked = True
        elif code == DATE_1904 and len(body) >= 2:
            from_1904 = body[:2] == b"\x01\x00"
        elif code == BOUND_SHEET and len(body) >= 6:
            starts.append(struct.unpack_from("<I", body)[0])
        elif code == 0x000A:
            break
    # sheets stand one behind the other: those that share their records would be read over and over
    looks = [] if locked else [_look(stream, start, end) for start, end in _spans(stream, starts)]
    return XlsFacts(
        locked=locked,
        from_1904=from_1904,
        hidden_rows=tuple(hidden for hidden, _ in looks),
        cells=sum(cells for _, cells in looks),
    )


def _spans(stream: bytes, starts: list[int]) -> Iterator[tuple[int, int]]:
    """Yield where each sheet begins, and where the next one in the stream does (工作表起止)."""
    if len(set(starts)) < len(starts):
        raise DamagedContainer("two sheets at one place")
    follows = dict(pairwise([*sorted(starts), len(stream)]))
    for start in starts:
        yield start, follows[start]


def _look(stream: bytes, start: int, end: int) -> tuple[frozenset[int], int]:
    """Return a sheet's hidden rows and how many cells its extent has (隐藏行与范围)."""
    hidden: set[int] = set()
    top, left, bottom, right = 1 << 16, 1 << 16, -1, -1
    for code, body in _of_sheet(stream, start, end):
        if code == ROW and len(body) >= 14 and body[12] & HIDDEN_ROW:
            hidden.add(struct.unpack_from("<H", body)[0] + 1)
        elif code == DIMENSIONS:
            _check_extent(body)
        elif (code in ONE_CELL or code in SEVERAL_CELLS) and len(body) >= 6:
            row, column = struct.unpack_from("<HH", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if code in SEVERAL_CELLS else column
            top, bottom = min(top, row), max(bottom, row)
            left, right = min(left, column), max(right, column, last)
    return frozenset(hidden), max(bottom - top + 1, 0) * max(right - left + 1, 0)


def _check_extent(body: bytes) -> None:
    """Refuse an extent that no sheet has (核对声明的范围): the reader of its cells takes memory by it, unasked.

    First row, the one behind the last, first column, the one behind the last; rows in 16 bits before Excel 97.
    """
    if len(body) in (10, 14):
        first, end, left, right = struct.unpack_from("<4H" if len(body) == 10 else "<2I2H", body)
        if not (first <= end <= MOST_ROWS and left <= right <= MOST_COLUMNS):
            raise DamagedContainer("the extent of a sheet")


def _of_sheet(stream: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of a sheet itself (工作表自身的记录)."""
    depth = 0
    for code, body in _records(stream, start, end):
        if code in (0x0809, 0x0409, 0x0209, 0x0009):
            depth += 1  # charts stand inside a sheet as sheets of their own
        elif code == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield code, body


def _records(stream: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= end:
        code, length = struct.unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + length]
        at += 4 + length
