"""Headers (表头): which row of a file is the header, and which column of the register each cell of it means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from supervision.directory.register import Column, Register
from supervision.errors import DirectoryError
from supervision.law.code_lists import normal
from supervision.messages import Message

SEARCHED_ROWS = 20
EXAMPLE_ROWS = 5
OWN = frozenset({"行号", "原因", "序号", "line", "reason", "no", "no."})
_MARKS = re.compile(r"[*]|\((?:必填|选填|可不填|可多选|多选|required|optional)\)|^\((?:必填|选填)\)")
_WORD = r"\s*[【\[（(]?\s*(案例|示例|样例|example)\s*[】\])）]?\s*"
_EXAMPLE = re.compile(_WORD, re.I)
_EXAMPLE_TO_DELETE = re.compile(_WORD + r"[（(【\[]?[^）)]{0,12}(删除|delete)", re.I)


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The header that was found (已识别的表头).

    `row` counts from 0 among the rows looked at; `positions` maps a column's English name to its place in the row (from
    0), `headers` to its header; `width` is the number of cells.
    """

    row: int
    width: int
    positions: dict[str, int]
    headers: dict[str, str]
    notes: tuple[Message, ...]


def header_key(header: str) -> str:
    """Return a header as headers are compared (表头比对用写法): no white space, marks of obligation, width or case."""
    return _MARKS.sub("", normal(header))


def _meanings(register: Register) -> dict[str, tuple[Column, int]]:
    """Return header key → column and rank (表头含义): 0 for a column's own name, then aliases.

    The aliases of a required column are of one rank, since of two neither may be passed over; those of an optional
    column go before one another in their order.
    """
    meanings: dict[str, tuple[Column, int]] = {}
    for own in (True, False):
        for column in (*register.columns, *register.private):
            words = (column.name, column.zh, column.en) if own else column.aliases
            for place, word in enumerate(words, start=1):
                rank = 0 if own else 1 if column.required else place
                meanings.setdefault(header_key(word), (column, rank))
    return meanings


def score(register: Register, row: Sequence[str]) -> int:
    """Return how many columns of the register a row names (命中的列数)."""
    meanings = _meanings(register)
    named = {meanings[key][0].name for cell in row if (key := header_key(cell)) in meanings}
    return len(named & set(register.names))


def find_row(register: Register, rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Return the header's place among the first rows and its score (查找表头行); a score of 0 = none."""
    scores = [score(register, row) for row in rows[:SEARCHED_ROWS]]
    best = max(scores, default=0)
    return (scores.index(best) if best else 0), best


def is_complete(register: Register, row: Sequence[str]) -> bool:
    """Tell whether a row names all required columns of the register (必填列是否齐全)."""
    meanings = _meanings(register)
    named = {meanings[key][0].name for cell in row if (key := header_key(cell)) in meanings}
    return {column.name for column in register.columns if column.required} <= named


def find_heading(register: Register, rows: Sequence[Sequence[str]], *, name: str, first_row: int = 1) -> Heading:
    """Return the header of a file (识别表头) from its first rows; `first_row` is the number of the first of them.

    Raises DirectoryError where no row names any column, a required column is not there, or two say the same.
    """
    at, best = find_row(register, rows)
    required = [column for column in register.columns if column.required]
    if not best:
        raise DirectoryError(
            "directory.no_header",
            name=name,
            rows=SEARCHED_ROWS,
            title=register.title,
            wanted=tuple(column.title for column in required),
        )
    return _read_row(register, rows[at], row=at, name=name, number=first_row + at)


def _read_row(register: Register, cells: Sequence[str], *, row: int, name: str, number: int) -> Heading:
    meanings = _meanings(register)
    found: dict[str, list[tuple[int, int]]] = {}
    unknown: list[str] = []
    private: list[str] = []
    for position, cell in enumerate(cells):
        key = header_key(cell)
        if key not in meanings:
            if key and key not in OWN:
                unknown.append(cell.strip())
        elif (meaning := meanings[key])[0].private:
            private.append(cell.strip())
        else:
            found.setdefault(meaning[0].name, []).append((meaning[1], position))
    notes: list[Message] = []
    positions: dict[str, int] = {}
    for column in register.columns:
        if column.name in found:
            positions[column.name] = _choose(column, found[column.name], cells, name=name, number=number, notes=notes)
    _refuse_missing(register, positions, cells, name=name, number=number)
    for code, left_out in (("directory.note_unknown", unknown), ("directory.note_private", private)):
        if left_out:
            notes.append(Message.of(code, headers="、".join(left_out)))
    headers = {column: cells[position].strip() for column, position in positions.items()}
    return Heading(row=row, width=len(cells), positions=positions, headers=headers, notes=tuple(notes))


def _choose(
    column: Column,
    found: list[tuple[int, int]],
    cells: Sequence[str],
    *,
    name: str,
    number: int,
    notes: list[Message],
) -> int:
    """Return the position of a column named several times (同义列取其一): its own name goes before aliases."""
    best = [position for rank, position in found if rank == min(found)[0]]
    if len(best) > 1:
        headers = "、".join(f"{letters(position)}“{cells[position].strip()}”" for position in best)
        raise DirectoryError("directory.header_twice", name=name, row=number, column=column.title, headers=headers)
    if len(found) > 1:
        others = "、".join(cells[position].strip() for _, position in found if position != best[0])
        taken = cells[best[0]].strip()
        notes.append(Message.of("directory.note_twice", column=column.title, header=taken, others=others))
    return best[0]


def _refuse_missing(
    register: Register, positions: dict[str, int], cells: Sequence[str], *, name: str, number: int
) -> None:
    missing = [column for column in register.columns if column.required and column.name not in positions]
    if not missing:
        return
    free = [cell.strip() for place, cell in enumerate(cells) if place not in positions.values() and cell.strip()]
    by_key = {header_key(cell): cell for cell in free}
    closest: list[str] = []
    for column in missing:
        for word in (column.zh, column.en, column.name, *column.aliases):
            closest += get_close_matches(header_key(word), list(by_key), n=1, cutoff=0.5)
    named = "、".join(f"“{by_key[key]}”" for key in dict.fromkeys(closest)) or "—"
    raise DirectoryError(
        "directory.missing_header",
        name=name,
        row=number,
        missing=tuple(column.title for column in missing),
        closest=named,
    )


def example_lines(rows: Sequence[Sequence[str]], heading: Heading, *, first_row: int = 1) -> list[int]:
    """Return the lines of example rows (示例行) among the first rows under the header.

    A row is one if its first filled cell is 案例, 示例, 样例 or "example", or if any cell says so and to delete it.
    """
    lines = []
    start = heading.row + 1
    for place, row in enumerate(rows[start : start + EXAMPLE_ROWS], start=start):
        filled = [cell for cell in row if cell.strip()]
        if filled and (_EXAMPLE.fullmatch(filled[0]) or any(_EXAMPLE_TO_DELETE.match(cell) for cell in filled)):
            lines.append(first_row + place)
    return lines


def letters(position: int) -> str:
    """Return a spreadsheet's name of a column (列字母), counted from 0.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
