"""Records of an old xls file (旧版工作簿记录): what the reader of its cells does not tell.

Source: [MS-XLS] 2.4.28 BoundSheet8, 2.4.77 Date1904, 2.4.117 FilePass, 2.4.168 MergeCells, 2.4.221 Row.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from supervision.directory.reading.ole_files import Container

DATE_1904, FILE_PASS, BOUND_SHEET, ROW = 0x0022, 0x002F, 0x0085, 0x0208
HIDDEN_ROW = 0x20
BOOKS = ("Workbook", "Book")


@dataclass(frozen=True, kw_only=True)
class XlsFacts:
    """What a workbook's records say (工作簿情况): sheets stand in the order of the file, rows are numbered from 1."""

    locked: bool
    from_1904: bool
    hidden_rows: tuple[frozenset[int], ...]


def xls_facts(container: Container) -> XlsFacts:
    """Return what the records of an xls file say (读旧版工作簿记录)."""
    stream = container.read(next(name for name in BOOKS if name in container.streams))
    locked = from_1904 = False
    starts: list[int] = []
    for code, body in _records(stream, 0):
        if code == FILE_PASS:
            locked = True
        elif code == DATE_1904 and len(body) >= 2:
            from_1904 = body[:2] == b"\x01\x00"
        elif code == BOUND_SHEET and len(body) >= 6:
            starts.append(struct.unpack_from("<I", body)[0])
        elif code == 0x000A:
            break
    hidden = () if locked else tuple(frozenset(_hidden_rows(stream, start)) for start in starts)
    return XlsFacts(locked=locked, from_1904=from_1904, hidden_rows=hidden)


def _hidden_rows(stream: bytes, start: int) -> Iterator[int]:
    depth = 0
    for code, body in _records(stream, start):
        if code in (0x0809, 0x0409, 0x0209, 0x0009):
            depth += 1  # charts stand inside a sheet as sheets of their own
        elif code == 0x000A:
            depth -= 1
            if depth <= 0:
                return
        elif code == ROW and depth == 1 and len(body) >= 14 and body[12] & HIDDEN_ROW:
            yield struct.unpack_from("<H", body)[0] + 1


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    while at + 4 <= len(stream):
        code, length = struct.unpack_from("<HH", stream, at)
        yield code, stream[at + 4 : at + 4 + length]
        at += 4 + length
