"""Header rows (表头行): which of the first rows of a file are its header; it may take several rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from supervision.directory.reading.header_words import OWN, header_key, meaning
from supervision.directory.register import Register
from supervision.messages import Label, Message

SEARCHED_ROWS = 20
EXAMPLE_ROWS = 5
MOST_HEADER_ROWS = 3
_WORD = r"\s*[【\[（(]?\s*(案例|示例|样例|example)\s*[】\])）]?\s*"
_EXAMPLE = re.compile(_WORD, re.IGNORECASE)
_EXAMPLE_TO_DELETE = re.compile(_WORD + r"[（(【\[]?[^）)]{0,12}(删除|delete)", re.IGNORECASE)

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, kw_only=True)
class HeaderRows:
    """The header of a file (表头): `first` and `last` count from 0 among the rows looked at.

    `cells` are its headers, one a column; `score` is how many columns of the register they name; `notes` say what was
    read beside it.
    """

    first: int
    last: int
    cells: tuple[str, ...]
    score: int
    notes: tuple[Message, ...] = ()


def find_header(definition: Register, rows: Rows) -> HeaderRows:
    """Return the header among the first rows (查找表头): the rows that name most columns; a score of 0 = none.

    A header of several rows is one where the lower row names columns and holds nothing under the columns that the upper
    one names but such names. Of equals, fewer rows win, then the earlier ones.
    """
    best = HeaderRows(first=0, last=0, cells=tuple(rows[0]) if rows else (), score=0)
    for depth in range(1, MOST_HEADER_ROWS + 1):
        for first in range(min(len(rows), SEARCHED_ROWS) - depth + 1):
            cells = _joined(definition, rows[first : first + depth])
            score = len(named(definition, cells)) if cells else 0
            if cells and score > best.score:
                best = HeaderRows(first=first, last=first + depth - 1, cells=cells, score=score)
    return _with_translations(definition, rows, best)


def named(definition: Register, cells: Sequence[str]) -> set[str]:
    """Return the columns of the register that headers name (命中的列)."""
    meant = (meaning(definition, cell) for cell in cells)
    return {found.column.name for found in meant if found} & set(definition.names)


def lacking(definition: Register, header: HeaderRows) -> tuple[Label, ...]:
    """Return the required columns that a header does not name (缺少的必填列)."""
    there = named(definition, header.cells)
    return tuple(column.title for column in definition.needed if column.name not in there)


def example_rows(rows: Rows, header: int) -> list[int]:
    """Return the places of example rows (示例行) among the first rows under the header, which ends in row `header`.

    A row is one if its first filled cell is 案例, 示例, 样例 or "example", or if any cell says so and to delete it.
    """
    start = header + 1
    return [
        place
        for place, row in enumerate(rows[start : start + EXAMPLE_ROWS], start=start)
        if (filled := [cell for cell in row if cell.strip()])
        and (_EXAMPLE.fullmatch(filled[0]) or any(_EXAMPLE_TO_DELETE.match(cell) for cell in filled))
    ]


def _joined(definition: Register, rows: Rows) -> tuple[str, ...]:
    """Return rows of a header as one (多行表头合一); nothing where they are not one header."""
    cells = tuple(rows[0])
    for row in rows[1:]:
        if not any(cells) or not _continues(definition, cells, row):
            return ()
        cells = _merged(definition, cells, row)
    if len(rows) > 1 and not any(meaning(definition, cell) for cell in rows[-1]):
        return cells if named(definition, cells) - named(definition, _joined(definition, rows[:-1])) else ()
    return cells


def _continues(definition: Register, upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether a row can go on with the header above it (能否为下一行表头): only headers stand under headers."""
    for above, cell in zip(upper, lower, strict=False):
        if cell.strip() and meaning(definition, above) and not meaning(definition, cell):
            grouped = meaning(definition, above + cell)
            if not grouped and header_key(cell) != header_key(above):
                return False
    return True


def _merged(definition: Register, upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Return each column's header from a row and the row under it (上下两行的列名).

    A group stands over its first column, or over all of them; "许可证" over "名称" is 许可证名称 before it is 名称.
    """
    width = max(len(upper), len(lower))
    tops = [*upper, *[""] * (width - len(upper))]
    bottoms = [*lower, *[""] * (width - len(lower))]
    merged: list[str] = []
    group = ""
    for above, below in zip(tops, bottoms, strict=True):
        if above.strip():
            group = above
        if not below.strip():
            group = above if above.strip() else ""
            merged.append(above)
        elif (meant := meaning(definition, above)) and meant == meaning(definition, below):
            merged.append(above)
        else:
            known = (word for word in (group + below, below, above) if word.strip() and meaning(definition, word))
            merged.append(next(known, below if header_key(below) not in OWN else above or below))
    return tuple(merged)


def _with_translations(definition: Register, rows: Rows, header: HeaderRows) -> HeaderRows:
    """Return the header with a row under it that only repeats it, such as its English names (含重复列名的下一行)."""
    under = header.last + 1
    if not header.score or under >= len(rows) or header.last - header.first + 1 >= MOST_HEADER_ROWS:
        return header
    filled = [(above, cell) for above, cell in zip(header.cells, rows[under], strict=False) if cell.strip()]
    same = [meaning(definition, above) for above, cell in filled if _same(definition, above, cell)]
    if len(filled) < 2 or len(same) < len(filled):
        return header
    return HeaderRows(first=header.first, last=under, cells=header.cells, score=header.score)


def _same(definition: Register, above: str, cell: str) -> bool:
    upper, lower = meaning(definition, above), meaning(definition, cell)
    return bool(upper and lower and upper.column is lower.column) or header_key(above) == header_key(cell)
