"""Reading register files (读取登记表文件): a workbook or CSV becomes a table of texts under English column names."""

from __future__ import annotations

import re
from typing import BinaryIO

import numpy as np
import pandas as pd

from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.checking.text_scan import blank_cells
from supervision.directory.reading.csv_files import read_csv
from supervision.directory.reading.workbooks import SIGNATURES, Grid, read_workbook
from supervision.directory.register import Register, kinds, register
from supervision.directory.row_selection import as_text, keep_rows
from supervision.directory.table import Table
from supervision.errors import DirectoryError
from supervision.messages import Message

__all__ = ["Table", "read_table"]

_NOTHING = b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"
_PAGE = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|meta|table|\?xml)", re.I)


def read_table(kind: str, name: str, source: bytes | BinaryIO) -> Table:
    """Return a register file as a table of texts (读取登记表): see `Table`.

    `name` is the file's name for messages; `source` its bytes or an open file. The format is told from the bytes,
    never from the name. Example rows and empty rows are left out, ragged CSV rows are listed as rejected. Raises
    DirectoryError for a file that cannot be read at all.
    """
    if kind not in kinds():
        raise DirectoryError("directory.unknown_kind", kind=kind, kinds="、".join(kinds()))
    definition = register(kind)
    data = source if isinstance(source, bytes) else source.read()
    if not data[:65536].strip(_NOTHING) and not data.strip(_NOTHING):
        raise DirectoryError("directory.empty", name=name)
    if data.startswith(SIGNATURES):
        grid = read_workbook(definition, name, data)
    elif _PAGE.match(data):
        raise DirectoryError("directory.unreadable", name=name, detail=Message.of("directory.detail_html"))
    else:
        grid = read_csv(definition, name, data)
    return _table(definition, name, grid)


def _table(definition: Register, name: str, grid: Grid) -> Table:
    """Return a grid as a table (整理为表), without its example and empty rows."""
    line = np.asarray(grid.line, dtype=np.int64)
    notes = [*grid.heading.notes, *grid.notes]
    keep = ~_empty_rows(grid, len(line))
    if grid.examples:
        keep &= ~np.isin(line, grid.examples)
        lines = "、".join(str(number) for number in grid.examples)
        notes.append(Message.of("directory.note_example", lines=lines))
    columns = {column: as_text(keep_rows(values, keep)) for column, values in grid.columns.items()}
    if not keep.any() and not grid.ragged:
        notes.append(Message.of("directory.note_empty"))
    return Table(
        kind=definition.kind,
        name=name,
        frame=pd.DataFrame(columns, copy=False),
        line=line if keep.all() else line[keep],
        headers=grid.heading.headers,
        rejected=_ragged(grid),
        notes=tuple(notes),
    )


def _empty_rows(grid: Grid, rows: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which rows have no filled cell in any known column (空行)."""
    empty = np.ones(rows, dtype=np.bool_)
    for values in grid.columns.values():
        empty &= blank_cells(values)
        if not empty.any():
            break
    return empty


def _ragged(grid: Grid) -> pd.DataFrame:
    if not grid.ragged:
        return no_problems()
    width = grid.heading.width
    return problems(
        line=np.array([line for line, _, _ in grid.ragged], dtype=np.int64),
        column="",
        value=[text[:500] for _, text, _ in grid.ragged],
        reason=[Message.of("directory.ragged", actual=actual, expected=width) for _, _, actual in grid.ragged],
    )
