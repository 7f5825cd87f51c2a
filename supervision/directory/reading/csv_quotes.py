"""Quotes of a CSV (引号): cells that are quoted in a way that leaves open what they hold.

A quote inside a quoted cell is written twice (RFC 4180, 2.7). Where it stands alone, readers go on in ways of their own
and drop it or others; where white space comes before the first one, it is no mark but part of the cell.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

import numpy as np

from supervision.directory.reading.remarks import Fault
from supervision.messages import Message

PIECE = 1 << 24
QUOTE, BREAK, RETURN = ord('"'), ord("\n"), ord("\r")


def misquoted_rows(data: bytes, start: int, delimiter: str, encoding: str, first: int) -> list[Fault]:
    """Return the faults of rows with a cell that is quoted wrongly (引号有误的行), from byte `start` on.

    `first` is the line of the row that begins there. Only rows with a quote that neither opens nor closes a cell, nor
    is doubled, are looked at.
    """
    lines = _lines_at(data, start, _odd_quotes(data, start, ord(delimiter)))
    wrong = {number: text for number, text in lines.items() if _is_wrong(text.decode(encoding, "replace"), delimiter)}
    if not wrong:
        return []
    reason = Message.of("directory.misquoted")
    return [
        Fault(line=first + row, column="", value=text.decode(encoding, "replace"), reason=reason)
        for row, text in _rows_of(data, start, delimiter, encoding, wrong)
    ]


def _odd_quotes(data: bytes, start: int, delimiter: int) -> Iterator[int]:
    """Yield the places of quotes inside a cell (单元格中间的引号), piece by piece."""
    edges = np.zeros(256, dtype=np.bool_)
    edges[[delimiter, BREAK, RETURN, QUOTE]] = True
    whole = np.frombuffer(data, dtype=np.uint8)
    for low in range(start, len(data), PIECE):
        places = np.flatnonzero(whole[low : low + PIECE] == QUOTE) + low
        places = places[(places > start) & (places < len(data) - 1)]
        yield from places[~(edges[whole[places - 1]] | edges[whole[places + 1]])].tolist()


def _lines_at(data: bytes, start: int, places: Iterator[int]) -> dict[int, bytes]:
    """Return the lines that hold some places (所在行), by number from 0 at `start`."""
    found: dict[int, bytes] = {}
    number, begin, end = 0, start, -1
    for place in places:
        if place < end:
            continue
        before = data.rfind(b"\n", start, place) + 1 or start
        number += data.count(b"\n", begin, before)
        begin = before
        end = data.find(b"\n", place)
        end = len(data) if end < 0 else end
        found[number] = data[before:end].rstrip(b"\r")
    return found


def _is_wrong(text: str, delimiter: str) -> bool:
    mark = re.escape(delimiter)
    if re.search(rf"(?:^|{mark})[ \u3000]+\"", text):
        return True
    without_space = re.sub(rf"\"[ \u3000]+(?={mark}|$)", '"', text)
    try:
        list(csv.reader([without_space], delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "unexpected end" not in str(error)
    return False


def _rows_of(
    data: bytes, start: int, delimiter: str, encoding: str, lines: dict[int, bytes]
) -> Iterator[tuple[int, bytes]]:
    """Yield the rows in which lines stand (行所在的记录): a row with line breaks in its cells takes several lines."""
    waiting = sorted(lines)[::-1]
    source = io.TextIOWrapper(io.BytesIO(memoryview(data)[start:]), encoding=encoding, errors="replace", newline="")
    reader = csv.reader(source, delimiter=delimiter)
    try:
        for row, _ in enumerate(reader):
            while waiting and waiting[-1] < reader.line_num:
                yield row, lines[waiting.pop()]
            if not waiting:
                return
    except csv.Error:  # a cell longer than any should be: from there on lines count as rows
        yield from ((line, lines[line]) for line in waiting)
