"""Grids (读出的单元格): what a CSV file or a sheet gives before it becomes a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from supervision.directory.reading.headers import Heading
from supervision.directory.reading.remarks import Fault
from supervision.messages import Message

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The cells under one header (一个表头下的单元格).

    `cells` maps a column's place to a pyarrow ChunkedArray (large_string); `line` (int64) are row numbers in the file,
    ascending. `faults` are rows that are handed back: those that are not in `cells`, and those that are. `examples` are
    the lines of example rows; `sheet` is the sheet's title, where there is one.
    """

    heading: Heading
    cells: dict[int, Any]
    line: Lines
    faults: tuple[Fault, ...]
    examples: tuple[int, ...]
    notes: tuple[Message, ...]
    sheet: str = ""
