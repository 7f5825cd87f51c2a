"""CSV files (文本表格): UTF-8 with or without BOM, GB18030 or UTF-16, comma, semicolon or tab, read as text."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.reading.csv_quotes import misquoted_rows
from supervision.directory.reading.csv_rows import RaggedRow, Shape, open_quote, swallowed_rows, taken_in, with_rows
from supervision.directory.reading.encodings import HEAD, decodable, is_utf8, refuse_mixed, unknown_encoding
from supervision.directory.reading.grid import Grid, Lines
from supervision.directory.reading.header_rows import EXAMPLE_ROWS, SEARCHED_ROWS, example_rows, find_header
from supervision.directory.reading.headers import Heading, find_heading, rows_above
from supervision.directory.reading.refusals import damaged
from supervision.directory.register import Register
from supervision.directory.row_selection import keep_rows
from supervision.errors import DirectoryError
from supervision.messages import Message

DELIMITERS = (",", "\t", ";", "|")
BLOCK = 4 << 20


@dataclass(frozen=True, kw_only=True)
class Form:
    """How a CSV is written (文本表格写法): encoding, mark between cells, whether any is quoted, cells in a row."""

    encoding: str
    delimiter: str
    quotes: bool
    width: int


def read_csv(definition: Register, name: str, data: bytes) -> Grid:
    """Return the cells of a CSV file (读文本表格).

    Rows that are not whole are faults and left out; a row whose quotes swallowed others is a fault too. Raises
    DirectoryError for an unknown encoding, for a file that cannot be split into rows, and for a header that does not
    fit.
    """
    data, encoding = decodable(name, data)
    ends, rows, delimiter = head_rows(definition, data, encoding)
    heading = find_heading(definition, rows, name=name)
    start = _offset(data, ends[heading.row])
    width = _usual_width(rows[heading.row + 1 :], heading.width)
    form = Form(encoding=encoding, delimiter=delimiter, quotes=data.find(b'"', start) >= 0, width=width)
    first = heading.row + 2
    table, ragged, encoding = _read(name, data, start, heading, form, first)
    required = [column.name for column in definition.columns if column.required]
    places = tuple(heading.positions[column][0] for column in required)
    shape = Shape(width=heading.width, usual=width, delimiter=delimiter, required=places)
    cells, numbers, ragged = _cells(table, heading, form, ragged)
    whole, faults = taken_in(ragged, shape, first)
    cells, numbers = with_rows(cells, numbers, whole)
    line = numbers + (first - 1)
    if form.quotes and data.count(b"\n", start) > table.num_rows:
        names = {place: column for column, places in heading.positions.items() for place in places}
        faults += swallowed_rows(cells, line, names, shape)
    if form.quotes:
        faults += misquoted_rows(data, start, form.delimiter, encoding, first)
    faults += rows_above(definition, rows, heading)
    notes = () if encoding == "utf8" else (Message.of("directory.note_encoding", encoding=encoding),)
    examples = tuple(place + 1 for place in example_rows(rows, heading.row))
    return Grid(heading=heading, cells=cells, line=line, faults=tuple(faults), examples=examples, notes=notes)


def head_rows(definition: Register, data: bytes, encoding: str) -> tuple[list[int], list[list[str]], str]:
    """Return the first rows split by the delimiter that fits best (文件开头几行), and the line each row ends in."""
    text = codecs.getincrementaldecoder(encoding)().decode(data[:HEAD])
    lines = [f"{line}\n" for line in text.split("\n")]
    best: tuple[int, list[int], list[list[str]], str] | None = None
    for delimiter in DELIMITERS:
        ends, rows = _split(lines, delimiter)
        score = find_header(definition, rows).score
        if best is None or score > best[0]:
            best = (score, ends, rows, delimiter)
    return best[1:] if best else ([], [], ",")


def _split(lines: list[str], delimiter: str) -> tuple[list[int], list[list[str]]]:
    reader = csv.reader(iter(lines), delimiter=delimiter)
    ends: list[int] = []
    rows: list[list[str]] = []
    try:
        for row in islice(reader, SEARCHED_ROWS + EXAMPLE_ROWS):
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


def _usual_width(rows: Sequence[Sequence[str]], width: int) -> int:
    """Return how many cells the first rows have, where all have as many (通常格数), else as many as the header.

    A row with a line break does not count: a quote that is never closed makes one cell of all that follows.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    widths = {len(row) for row in filled}
    if len(widths) == 1 and min(widths) < width and any("\n" in cell for row in filled for cell in row):
        return width
    return widths.pop() if len(widths) == 1 and min(widths) > 1 else width


def _read(
    name: str, data: bytes, start: int, heading: Heading, form: Form, first: int
) -> tuple[Any, list[RaggedRow], str]:
    """Return the rows from a byte on as a pyarrow table (读取正文), the ragged rows, and the encoding they were in.

    Its columns are c0, c1, …; `first` is the first row's line.
    """
    body = pa.py_buffer(data).slice(start)
    if body.size < HEAD and not body.to_pybytes().strip():
        return (
            pa.table({f"c{place}": pa.array([], pa.large_string()) for place in range(form.width)}),
            [],
            form.encoding,
        )
    encoding = form.encoding
    if encoding == "utf8" and not is_utf8(body):
        if not _ascii_header(heading):
            raise unknown_encoding(name, data)
        encoding = "gb18030"
    if encoding == "gb18030":
        refuse_mixed(name, data)
    try:
        return *_parse(body, heading, replace(form, encoding=encoding)), encoding
    except UnicodeDecodeError as error:
        raise unknown_encoding(name, data) from error
    except pa.ArrowInvalid as error:
        if form.quotes and "straddling" in str(error):
            line = open_quote(body.to_pybytes(), first)
            raise DirectoryError("directory.open_quote", name=name, line=line) from error
        raise damaged(name, error) from error


def _ascii_header(heading: Heading) -> bool:
    return all(header.isascii() for header in heading.headers.values())


def _parse(body: Any, heading: Heading, form: Form) -> tuple[Any, list[RaggedRow]]:
    """Parse the body (解析正文): on all cores, and once more on one where ragged rows must be numbered.

    Rows with cells beyond the header are read whole, others only in the columns wanted.
    """
    places = range(form.width) if form.width > heading.width else sorted(heading.places)
    wanted = {f"c{place}": pa.large_string() for place in places if place < form.width}
    for threads in (True, False):
        ragged: list[RaggedRow] = []

        def skip(row: Any, ragged: list[RaggedRow] = ragged) -> str:
            ragged.append(RaggedRow(row.number, row.text, row.actual_columns))
            return "skip"

        table = pc.read_csv(
            pa.BufferReader(body),
            read_options=pc.ReadOptions(
                use_threads=threads,
                block_size=BLOCK,
                column_names=[f"c{place}" for place in range(form.width)],
                encoding=form.encoding,
            ),
            parse_options=pc.ParseOptions(
                delimiter=form.delimiter,
                newlines_in_values=form.quotes,
                ignore_empty_lines=False,
                invalid_row_handler=skip,
            ),
            convert_options=pc.ConvertOptions(
                check_utf8=False,  # it is UTF-8 from end to end, or turned into it
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


def _cells(
    table: Any, heading: Heading, form: Form, ragged: list[RaggedRow]
) -> tuple[dict[int, Any], Lines, list[RaggedRow]]:
    """Return the columns wanted by place, the rows' numbers, and all ragged rows (取所需列).

    Columns beyond the rows' cells are blank; rows with filled cells beyond the header are ragged as well.
    """
    numbers = np.arange(1, table.num_rows + len(ragged) + 1, dtype=np.int64)
    numbers = np.delete(numbers, [row.number - 1 for row in ragged])
    blank = pa.chunked_array([pa.nulls(table.num_rows, pa.large_string())])
    cells = {place: table.column(f"c{place}") if place < form.width else blank for place in sorted(heading.places)}
    over = np.zeros(table.num_rows, dtype=np.bool_)
    for place in range(heading.width, form.width):
        over |= ~blank_cells(table.column(f"c{place}"))
    if over.any():
        for at in np.flatnonzero(over).tolist():
            texts = [value or "" for value in table.slice(at, 1).to_pylist()[0].values()]
            ragged.append(RaggedRow(int(numbers[at]), form.delimiter.join(texts), form.width))
        cells = {place: keep_rows(values, ~over) for place, values in cells.items()}
        numbers = numbers[~over]
    return cells, numbers, sorted(ragged, key=lambda row: row.number)
