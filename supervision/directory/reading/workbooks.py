"""Workbooks (电子表格): xlsx, xlsx named xls, old xls and ods, read as text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any

import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from supervision.directory.reading.headers import (
    SEARCHED_ROWS,
    Heading,
    example_lines,
    find_heading,
    find_row,
    is_complete,
)
from supervision.directory.register import Register
from supervision.errors import DirectoryError
from supervision.messages import Message

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
BATCH = 20_000
PIECE = 8 << 20
_SAFE_INTEGER = 10**15
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)(\d+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>(#[^<]*)<', re.S
)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A file's cells under its header (读出的单元格).

    `columns` maps English names to pyarrow ChunkedArrays (large_string); `line` are row numbers as a list or array;
    `ragged` are (line, text, cells found) of rows that could not be split, `examples` the lines of example rows.
    """

    heading: Heading
    columns: dict[str, Any]
    line: Any
    ragged: list[tuple[int, str, int]]
    examples: list[int]
    notes: tuple[Message, ...]


def text_of(value: object) -> str | None:
    """Return a cell's value as text (单元格转文字).

    Days are ISO; whole numbers have no decimal point; numbers of 16 digits and more, of which a spreadsheet keeps 15,
    are written as `9.13205000000000E+17`, which `cells` knows for lost digits.
    """
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float | int):
        if abs(value) >= _SAFE_INTEGER:
            return f"{value:.14E}"
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    return str(value)


def read_workbook(register: Register, name: str, data: bytes) -> Grid:
    """Return the cells of the sheet whose header fits best (读电子表格).

    Raises DirectoryError for a file that is no workbook, has a password, or has no fitting header.
    """
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [(title, book.get_sheet_by_name(title)) for title in book.sheet_names]
    except PasswordError as error:
        detail = Message.of("directory.detail_password")
        raise DirectoryError("directory.unreadable", name=name, detail=detail) from error
    except (CalamineError, OSError, ValueError) as error:
        raise DirectoryError("directory.unreadable", name=name, detail=error) from error
    filled = [(title, sheet, sheet.start) for title, sheet in sheets if sheet.start is not None]
    if not filled:
        raise DirectoryError("directory.empty", name=name)
    heads = [_head(sheet) for _, sheet, _ in filled]
    scores = [find_row(register, head)[1] for head in heads]
    at = scores.index(max(scores))
    title, sheet, start = filled[at]
    # The reader's rows begin with the sheet's first, or, by its version, with the first filled one.
    top = 1 if not any(heads[at][0]) else start[0] + 1
    heading = find_heading(register, heads[at], name=name, first_row=top)
    notes: list[Message] = []
    if sum(any(is_complete(register, row) for row in head) for head in heads) > 1:
        notes.append(Message.of("directory.note_sheet", sheet=title))
    failed = _failed_formulas(data, book.sheet_names.index(title))
    rows = islice(sheet.iter_rows(), heading.row + 1, None)
    first = top + heading.row + 1
    columns, count = _columns(rows, heading, failed, first_line=first, first_column=start[1])
    return Grid(
        heading=heading,
        columns=columns,
        line=range(first, first + count),
        ragged=[],
        examples=example_lines(heads[at], heading, first_row=top),
        notes=tuple(notes),
    )


def _head(sheet: Any) -> list[list[str]]:
    """Return the first rows of a sheet as texts (工作表开头几行)."""
    return [[text_of(cell) or "" for cell in row] for row in islice(sheet.iter_rows(), SEARCHED_ROWS)]


def _columns(
    rows: Iterator[Sequence[Any]],
    heading: Heading,
    failed: dict[tuple[int, int], str],
    *,
    first_line: int,
    first_column: int,
) -> tuple[dict[str, Any], int]:
    """Return the named columns as text, and the number of rows (按列取文字), batch by batch to spare memory."""
    chunks: dict[str, list[Any]] = {name: [] for name in heading.positions}
    count = 0
    while batch := list(islice(rows, BATCH)):
        turned = list(zip(*batch, strict=True))
        for name, position in heading.positions.items():
            texts = [value or None if type(value) is str else text_of(value) for value in turned[position]]
            if failed:
                for place in range(len(texts)):
                    texts[place] = failed.get((first_line + count + place, first_column + position), texts[place])
            chunks[name].append(pa.array(texts, pa.large_string()))
        count += len(batch)
    return {name: pa.chunked_array(parts, pa.large_string()) for name, parts in chunks.items()}, count


def _failed_formulas(data: bytes, index: int) -> dict[tuple[int, int], str]:
    """Return the failed formulas of an xlsx sheet (公式出错的单元格): (row from 1, column from 0) → text such as #N/A.

    The reader gives such cells as blanks, so they are looked up in the sheet's own XML; other formats have none here.
    """
    if not data.startswith(SIGNATURES[0]):
        return {}
    failed: dict[tuple[int, int], str] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        path = _sheet_path(archive, index)
        if path is None:
            return {}
        tail = b""
        with archive.open(path) as stream:
            while piece := stream.read(PIECE):
                text = tail + piece
                if b't="e"' in text:
                    for letters, row, value in _ERROR_CELL.findall(text):
                        failed[(int(row), _number_of(letters.decode()))] = value.decode()
                tail = text[-1024:]
    return failed


def _sheet_path(archive: zipfile.ZipFile, index: int) -> str | None:
    """Return where the n-th sheet stands in an xlsx archive (工作表在压缩包中的路径); None for other formats."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    ids = re.findall(rb'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"', archive.read("xl/workbook.xml"))
    relations = archive.read("xl/_rels/workbook.xml.rels")
    for relation in re.findall(rb"<(?:\w+:)?Relationship\b[^>]*>", relations):
        if index < len(ids) and b'Id="' + ids[index] + b'"' in relation:
            target = re.search(rb'Target="/?(?:xl/)?([^"]+)"', relation)
            path = f"xl/{target.group(1).decode()}" if target else ""
            return path if path in names else None
    return None


def _number_of(letters: str) -> int:
    """Return the place of a spreadsheet column (列序号), from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
