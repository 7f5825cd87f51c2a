"""Headers (表头): where each column of the register stands in a file, and what else its header says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from supervision.directory.reading.header_remarks import with_remarks
from supervision.directory.reading.header_rows import SEARCHED_ROWS, HeaderRows, find_header
from supervision.directory.reading.header_words import BRACKETED, OWN, header_key, meaning
from supervision.directory.reading.remarks import Fault
from supervision.directory.register import Column, Register
from supervision.errors import DirectoryError
from supervision.messages import Message


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The header that was found (已识别的表头).

    `first` and `row` are its first and last row, from 0 among the rows looked at; `width` is the number of cells.
    `positions` maps a column's English name to its places in the row (from 0), the one that goes first before the
    others, `headers` a place to its header.
    """

    first: int
    row: int
    width: int
    positions: dict[str, tuple[int, ...]]
    headers: dict[int, str]
    notes: tuple[Message, ...]

    @property
    def places(self) -> frozenset[int]:
        """All places that are read (要读的列)."""
        return frozenset(self.headers)


def find_heading(
    definition: Register, rows: Sequence[Sequence[str]], *, name: str, numbers: Sequence[int] | None = None
) -> Heading:
    """Return the header of a file (识别表头) from its first rows, whose numbers in the file are `numbers`, or 1, 2, ….

    Raises DirectoryError where no row names any column, a required column is not there, or two say the same.
    """
    header = with_remarks(definition, rows, find_header(definition, rows))
    if not header.score:
        required = [column for column in definition.columns if column.required]
        raise DirectoryError(
            "directory.no_header",
            name=name,
            rows=SEARCHED_ROWS,
            title=definition.title,
            wanted=tuple(column.title for column in required),
        )
    return heading_of(definition, header, name=name, number=numbers[header.last] if numbers else header.last + 1)


def heading_of(definition: Register, header: HeaderRows, *, name: str, number: int) -> Heading:
    """Return where each column stands (各列位置); `number` is the header's row in the file."""
    cells = [cell.replace("\n", "").replace("\r", "").strip() for cell in header.cells]
    found: dict[str, list[tuple[int, int]]] = {}
    unknown: list[str] = []
    private: list[str] = []
    bracketed: list[str] = []
    for position, cell in enumerate(cells):
        meant = meaning(definition, cell)
        if meant is None:
            if header_key(cell) and header_key(cell) not in OWN:
                unknown.append(cell)
        elif meant.column.private:
            private.append(cell)
        else:
            found.setdefault(meant.column.name, []).append((meant.rank, position))
            if meant.rank >= BRACKETED:
                bracketed.append(f"{cell} → {meant.column.zh}")
    notes: list[Message] = list(header.notes)
    positions: dict[str, tuple[int, ...]] = {}
    for column in definition.columns:
        if column.name in found:
            _refuse_twice(definition, column, found[column.name], cells, name=name, number=number)
            positions[column.name] = tuple(position for _, position in sorted(found[column.name]))
            notes += _said_of_several(column, positions[column.name], cells)
    _refuse_missing(definition, positions, cells, name=name, number=number)
    said = (("note_unknown", unknown), ("note_private", private), ("note_bracketed", bracketed))
    notes += [Message.of(f"directory.{code}", headers="、".join(headers)) for code, headers in said if headers]
    headers = {position: cells[position] for several in positions.values() for position in several}
    return Heading(
        first=header.first, row=header.last, width=len(cells), positions=positions, headers=headers, notes=tuple(notes)
    )


def rows_above(
    definition: Register, rows: Sequence[Sequence[str]], heading: Heading, numbers: Sequence[int] | None = None
) -> list[Fault]:
    """Return the faults of rows above the header that look like data (表头上方的数据行): they are not read.

    In such a row all required columns are filled, each with something else, and some with digits, which no title has.
    """
    places = [heading.positions[column.name][0] for column in definition.columns if column.required]
    faults = []
    for at, row in enumerate(rows[: heading.first]):
        texts = [row[place].strip() if place < len(row) else "" for place in places]
        if all(texts) and len(set(texts)) == len(texts) > 1 and any(sign.isdigit() for text in texts for sign in text):
            line = numbers[at] if numbers else at + 1
            value = " ".join(cell for cell in row if cell.strip())
            faults.append(Fault(line=line, column="", value=value, reason=Message.of("directory.above_header")))
    return faults


def _refuse_twice(
    definition: Register,
    column: Column,
    found: list[tuple[int, int]],
    cells: Sequence[str],
    *,
    name: str,
    number: int,
) -> None:
    """Refuse a column that is needed and stands twice under the same header (必填列重名)."""
    best = [position for rank, position in sorted(found) if rank == min(found)[0]]
    if column not in definition.needed or len(best) == 1:
        return
    headers = "、".join(f"{letters(position)}“{cells[position]}”" for position in best)
    raise DirectoryError("directory.header_twice", name=name, row=number, column=column.title, headers=headers)


def _said_of_several(column: Column, positions: tuple[int, ...], cells: Sequence[str]) -> list[Message]:
    if len(positions) == 1:
        return []
    order = "、".join(f"“{cells[position]}”" for position in positions)
    return [Message.of("directory.note_twice", column=column.title, headers=order)]


def _refuse_missing(
    definition: Register, positions: dict[str, tuple[int, ...]], cells: Sequence[str], *, name: str, number: int
) -> None:
    missing = [column for column in definition.needed if column.name not in positions]
    if not missing:
        return
    taken = {position for several in positions.values() for position in several}
    by_key = {header_key(cell): cell for place, cell in enumerate(cells) if place not in taken and cell}
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
