"""A first look at a source's file (初看文件): its header, the rows under it, and what stands above it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from supervision.directory.mapping.fields import fields
from supervision.directory.reading.csv_files import head_rows
from supervision.directory.reading.encodings import decodable
from supervision.directory.reading.file_formats import format_of
from supervision.directory.reading.header_rows import HeaderRows, find_header
from supervision.directory.reading.header_words import header_key
from supervision.directory.reading.sheets import sheets_of
from supervision.directory.reading.workbooks import look_at
from supervision.directory.register import Register, register
from supervision.law.code_lists import CodeLists

WORDS = "header_"


@dataclass(frozen=True, kw_only=True)
class FirstLook:
    """What the first rows of a file show (初看): `headers`, the cells under each, and the texts above them.

    `score` says how many fields the headers name; 0 = no header was found.
    """

    headers: tuple[str, ...]
    examples: tuple[tuple[str, ...], ...]
    above: tuple[str, ...]
    score: int


def wide_register(kind: str, lists: CodeLists) -> Register:
    """Return a register that also knows the headers of public files (含公开文件列名的定义), and needs none of them.

    The words are those of the code list `header_<kind>`, where there is one; a word of the register goes first.
    """
    definition = register(kind)
    known = lists.by_name.get(f"{WORDS}{kind}")
    words = {code: (row.label.zh, *row.aliases) for code, row in known.codes.items()} if known else {}
    columns = tuple(
        replace(column, required=False, aliases=(*column.aliases, *words.get(column.name, ())))
        for column in fields(kind)
    )
    return replace(definition, columns=columns)


def first_look(definition: Register, name: str, data: bytes) -> FirstLook:
    """Return what the first rows of a file show (初看文件): of a workbook, its visible sheet with the best header.

    Raises DirectoryError for a file that cannot be read at all.
    """
    form = format_of(name, data)
    if form == "csv":
        text, encoding = decodable(name, data)
        _, rows, _ = head_rows(definition, text, encoding)
        return _seen(rows, find_header(definition, rows))
    sheets = [sheet for sheet in sheets_of(name, data, form) if sheet.state == "visible"]
    looks = [look for sheet in sheets if (look := look_at(definition, sheet)).rows]
    seen = [_seen(look.rows, find_header(definition, look.rows), look.sheet.title) for look in looks]
    return max(seen, key=lambda one: one.score, default=_seen([], find_header(definition, [])))


def _seen(rows: list[list[str]], header: HeaderRows, title: str = "") -> FirstLook:
    headers = tuple(cell.replace("\n", "").replace("\r", "").strip() for cell in header.cells)
    below = rows[header.last + 1 :]
    examples = tuple(
        tuple(dict.fromkeys(row[place].strip() for row in below if place < len(row) and row[place].strip()))
        for place in range(len(headers))
    )
    above = tuple(cell.strip() for row in rows[: header.first] for cell in row if cell.strip())
    return FirstLook(headers=headers, examples=examples, above=(title, *above) if title else above, score=header.score)


def is_named(header: str) -> bool:
    """Tell whether a header says anything (列名非空)."""
    return bool(header_key(header))
