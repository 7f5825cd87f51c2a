"""Reading register files (读取登记表文件): a workbook or CSV becomes a table of texts under English column names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.reading.csv_files import read_csv
from supervision.directory.reading.encodings import without_private
from supervision.directory.reading.file_formats import format_of
from supervision.directory.reading.grid import Grid
from supervision.directory.reading.header_words import meaning
from supervision.directory.reading.remarks import numbers, problem_list
from supervision.directory.reading.same_columns import columns_of
from supervision.directory.reading.workbooks import read_workbook
from supervision.directory.register import Register, kinds, register
from supervision.directory.row_selection import as_arrow, as_text, keep_rows
from supervision.directory.table import SHEET_LINES, Table
from supervision.errors import DirectoryError
from supervision.messages import Message

__all__ = ["Table", "read_as", "read_table"]


def read_table(kind: str, name: str, source: bytes | BinaryIO) -> Table:
    """Return a register file as a table of texts (读取登记表): see `Table`.

    `name` is the file's name for messages; `source` its bytes or an open file. The format is told from the bytes,
    never from the name. Example rows and empty rows are left out; rows that are not whole, or say two things, are
    listed as rejected. Raises DirectoryError for a file that cannot be read at all.
    """
    if kind not in kinds():
        raise DirectoryError("directory.unknown_kind", kind=kind, kinds="、".join(kinds()))
    return read_as(register(kind), name, source)


def read_as(definition: Register, name: str, source: bytes | BinaryIO) -> Table:
    """Return a file as a table of texts as `read_table` does (按定义读取), by a definition that may be one's own."""
    data = source if isinstance(source, bytes) else source.read()
    form = format_of(name, data)
    grids = [read_csv(definition, name, data)] if form == "csv" else read_workbook(definition, name, data, form)
    sheets = tuple(grid.sheet for grid in grids) if len(grids) > 1 else ()
    return _joined([_table(definition, name, grid, at) for at, grid in enumerate(grids)], definition, sheets)


def _table(definition: Register, name: str, grid: Grid, at: int) -> Table:
    """Return a grid as a table (整理为表), without its example and empty rows; `at` is its place among the sheets."""
    columns, seconds, notes = columns_of(definition, grid)
    keep = ~_empty_rows(columns, len(grid.line))
    notes = [*grid.heading.notes, *grid.notes, *notes] if not grid.sheet else [*grid.notes, *notes]
    if grid.examples:
        keep &= ~np.isin(grid.line, grid.examples)
        notes.append(Message.of("directory.note_example", lines=numbers(grid.examples)))
    again = _repeated_header(definition, grid, columns)
    if again.any():
        keep &= ~again
        notes.append(Message.of("directory.note_header_again", lines=numbers(grid.line[again].tolist())))
    if not keep.any() and not grid.faults:
        notes.append(Message.of("directory.note_empty"))
    line = grid.line if keep.all() else grid.line[keep]
    frame: dict[str, Any] = {}
    for column, values in columns.items():
        kept, said = without_private(keep_rows(values, keep), line, definition.column(column).title)
        frame[column] = as_text(kept)
        notes += said
    left_out = set(grid.examples)
    told = [fault for fault in grid.faults if fault.line not in left_out]
    seconds = seconds[seconds["line"].isin(line)]
    headers = {column: grid.heading.headers[places[0]] for column, places in grid.heading.positions.items()}
    return Table(
        kind=definition.kind,
        name=name,
        frame=pd.DataFrame(frame, copy=False),
        line=line + at * SHEET_LINES if at else line,
        headers=headers,
        rejected=problem_list([replace(fault, line=fault.line + at * SHEET_LINES) for fault in told]),
        notes=tuple(notes),
        seconds=seconds.assign(line=seconds["line"] + at * SHEET_LINES),
    )


def _repeated_header(definition: Register, grid: Grid, columns: dict[str, Any]) -> np.ndarray[Any, Any]:
    """Tell which rows repeat the header (重复的表头), as tables that were made for print have it on every page."""
    first = next(name for name in (*definition.key, *columns) if name in columns)
    header = grid.heading.headers[grid.heading.positions[first][0]]
    repeated = np.asarray(pc.fill_null(pc.equal(pc.utf8_trim_whitespace(columns[first]), header), False))
    for row in np.flatnonzero(repeated).tolist():
        texts = [values[row].as_py() or "" for values in columns.values()]
        repeated[row] = all(meaning(definition, text) for text in texts if text.strip())
    return repeated


def _joined(tables: list[Table], definition: Register, sheets: tuple[str, ...]) -> Table:
    """Return the tables of several sheets as one (多工作表合一)."""
    if len(tables) == 1:
        return tables[0]
    names = [column for column in definition.names if any(column in table.frame for table in tables)]
    frame = {name: as_text(pa.chunked_array(_chunks(tables, name), pa.large_string())) for name in names}
    headers = {name: next(table.headers[name] for table in tables if name in table.headers) for name in names}
    return Table(
        kind=definition.kind,
        name=tables[0].name,
        frame=pd.DataFrame(frame, copy=False),
        line=np.concatenate([table.line for table in tables]),
        headers=headers,
        rejected=pd.concat([table.rejected for table in tables], ignore_index=True),
        notes=_once([note for table in tables for note in table.notes]),
        sheets=sheets,
        seconds=pd.concat([table.seconds for table in tables], ignore_index=True),
    )


def _chunks(tables: list[Table], name: str) -> list[Any]:
    chunks: list[Any] = []
    for table in tables:
        if name in table.frame:
            chunks += as_arrow(table.frame[name]).chunks
        else:
            chunks.append(pa.nulls(len(table.line), pa.large_string()))
    return chunks


def _once(notes: list[Message]) -> tuple[Message, ...]:
    """Return notes without those that another sheet had as well (相同提示只说一次)."""
    return tuple({str(said): said for said in notes}.values())


def _empty_rows(columns: dict[str, Any], rows: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which rows have no filled cell in any known column (空行)."""
    empty = np.ones(rows, dtype=np.bool_)
    for values in columns.values():
        empty &= blank_cells(values)
        if not empty.any():
            break
    return empty
