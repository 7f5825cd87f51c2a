"""CSV files (文本表格): UTF-8 with or without BOM, GB18030 or UTF-16, comma, semicolon or tab, read as text."""

from __future__ import annotations

import codecs
import csv
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from supervision.directory.reading.headers import SEARCHED_ROWS, Heading, example_lines, find_heading, find_row
from supervision.directory.reading.workbooks import Grid
from supervision.directory.register import Register
from supervision.errors import DirectoryError
from supervision.messages import Message

DELIMITERS = (",", "\t", ";", "|")
HEAD = 1 << 18
BLOCK = 4 << 20


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a CSV is written (文本表格写法): its encoding, what stands between cells, whether any cell is quoted."""

    encoding: str
    delimiter: str
    quotes: bool


def read_csv(register: Register, name: str, data: bytes) -> Grid:
    """Return the cells of a CSV file (读文本表格).

    Rows with too few or too many cells are listed in `ragged` and left out. Raises DirectoryError for an unknown
    encoding, for a file that cannot be split into rows, and for a header that does not fit.
    """
    data, encoding = _decodable(name, data)
    ends, rows, delimiter = _head(register, data, encoding)
    heading = find_heading(register, rows, name=name)
    start = _offset(data, ends[heading.row])
    body = pa.py_buffer(data).slice(start)
    form = Form(encoding=encoding, delimiter=delimiter, quotes=data.find(b'"', start) >= 0)
    table, ragged = _read(name, body, heading, form)
    first = heading.row + 2
    line = first + np.arange(table.num_rows + len(ragged), dtype=np.int64)
    if ragged:
        line = np.delete(line, [number - 1 for number, _, _ in ragged])
    columns = {column: table.column(f"c{position}") for column, position in heading.positions.items()}
    lines = [(first + number - 1, text, actual) for number, text, actual in ragged]
    notes = () if encoding == "utf8" else (Message.of("directory.note_encoding", encoding=encoding),)
    return Grid(
        heading=heading, columns=columns, line=line, ragged=lines, examples=example_lines(rows, heading), notes=notes
    )


def _decodable(name: str, data: bytes) -> tuple[bytes, str]:
    """Return the bytes without a byte order mark, and the encoding by trial (判断编码): "utf8" or "gb18030"."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16").encode(), "utf8"
        except UnicodeDecodeError as error:
            raise _unreadable(name, Message.of("directory.detail_encoding")) from error
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    if b"\n" not in data[:HEAD] and b"\r" in data[:HEAD]:
        data = data.replace(b"\r", b"\n")
    for encoding in ("utf8", "gb18030"):
        try:
            codecs.getincrementaldecoder(encoding)().decode(data[:HEAD])
        except UnicodeDecodeError:
            continue
        return data, encoding
    raise _unreadable(name, Message.of("directory.detail_encoding"))


def _unreadable(name: str, detail: object) -> DirectoryError:
    return DirectoryError("directory.unreadable", name=name, detail=detail)


def _head(register: Register, data: bytes, encoding: str) -> tuple[list[int], list[list[str]], str]:
    """Return the first rows split by the delimiter that fits best (文件开头几行), and the line each row ends in."""
    text = codecs.getincrementaldecoder(encoding)().decode(data[:HEAD])
    lines = [f"{line}\n" for line in text.split("\n")]
    best: tuple[int, list[int], list[list[str]], str] | None = None
    for delimiter in DELIMITERS:
        ends, rows = _split(lines, delimiter)
        score = find_row(register, rows)[1]
        if best is None or score > best[0]:
            best = (score, ends, rows, delimiter)
    return best[1:] if best else ([], [], ",")


def _split(lines: list[str], delimiter: str) -> tuple[list[int], list[list[str]]]:
    reader = csv.reader(iter(lines), delimiter=delimiter)
    ends: list[int] = []
    rows: list[list[str]] = []
    try:
        for row in islice(reader, SEARCHED_ROWS):
            ends.append(reader.line_num)
            rows.append(row)
    except csv.Error:
        pass
    return ends, rows


def _offset(data: bytes, lines: int) -> int:
    """Return where so many lines end (前几行的字节数)."""
    place = -1
    for _ in range(lines):
        place = data.find(b"\n", place + 1)
        if place < 0:
            return len(data)
    return place + 1


def _read(name: str, body: Any, heading: Heading, form: Form) -> tuple[Any, list[tuple[int, str, int]]]:
    """Return the columns wanted as a pyarrow table and the ragged rows (number from 1, text, cells found)."""
    wanted = {f"c{position}": pa.large_string() for position in heading.positions.values()}
    if body.size < HEAD and not body.to_pybytes().strip():
        return pa.table({column: pa.array([], pa.large_string()) for column in wanted}), []
    for trial in dict.fromkeys((form.encoding, "gb18030")) if _ascii_header(heading) else (form.encoding,):
        try:
            return _parse(body, heading, wanted, replace(form, encoding=trial))
        except UnicodeDecodeError as error:
            reason: Exception = error
        except pa.ArrowInvalid as error:
            reason = error
            if "UTF8" not in str(error):
                break
    by_encoding = "UTF8" in str(reason) or isinstance(reason, UnicodeError)
    raise _unreadable(name, Message.of("directory.detail_encoding") if by_encoding else reason) from reason


def _ascii_header(heading: Heading) -> bool:
    return all(header.isascii() for header in heading.headers.values())


def _parse(body: Any, heading: Heading, wanted: dict[str, Any], form: Form) -> tuple[Any, list[tuple[int, str, int]]]:
    """Parse the body (解析正文): on all cores, and once more on one where ragged rows must be numbered."""
    for threads in (True, False):
        ragged: list[tuple[int, str, int]] = []

        def skip(row: Any, ragged: list[tuple[int, str, int]] = ragged) -> str:
            ragged.append((row.number, row.text, row.actual_columns))
            return "skip"

        table = pc.read_csv(
            pa.BufferReader(body),
            read_options=pc.ReadOptions(
                use_threads=threads,
                block_size=BLOCK,
                column_names=[f"c{position}" for position in range(heading.width)],
                encoding=form.encoding,
            ),
            parse_options=pc.ParseOptions(
                delimiter=form.delimiter,
                newlines_in_values=form.quotes,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pc.ConvertOptions(
                column_types=wanted,
                include_columns=list(wanted),
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
                null_values=[""],
            ),
        )
        if not ragged:
            break
    return table, ragged
