"""Rows of many chunks as one frame (分块读取后合并): each chunk is made small at once, so that none need stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from supervision.spare_memory import give_back
from supervision.store.arrow_columns import series, without_blanks
from supervision.store.layout import DATE, TEXT

MANY = 1_000_000  # rows from which the memory that reading took is worth giving back


def collected(chunks: Iterable[pa.Table], columns: Mapping[str, str], *, key: Collection[str] = (),
              coded: Collection[str] = ()) -> pd.DataFrame:  # fmt: skip
    """Return stored cells as a frame (合并为数据框) with the given pandas dtypes, columns in the order of `columns`.

    Blanks of the columns `key` become missing. Texts of the columns `coded` stand once each and their rows as codes
    (a dictionary of Arrow): for columns of which only what is the same is asked.
    """
    rows = 0
    parts: dict[str, list[pa.ChunkedArray]] = {name: [] for name in columns}
    for chunk in chunks:
        cells = without_blanks(chunk.select(list(columns)), key)
        for name, dtype in columns.items():
            parts[name].append(_small(cells[name], dtype, coded=name in coded))
        rows += len(cells)
    if rows > MANY:
        del chunk, cells
        give_back()  # the driver's own cells
    found = {name: _joined(parts.pop(name), dtype, coded=name in coded) for name, dtype in columns.items()}
    return pd.DataFrame(found, copy=False)


def _small(column: pa.ChunkedArray, dtype: str, *, coded: bool) -> pa.ChunkedArray:
    if dtype == DATE:
        return column.cast(pa.date32())
    if dtype != TEXT:
        return column
    return column.dictionary_encode() if coded else column.cast(pa.large_string())


def _joined(parts: list[pa.ChunkedArray], dtype: str, *, coded: bool) -> Any:
    """One column; its chunks are let go, as their buffers may be longer than what stands in them."""
    whole = pa.chunked_array([chunk for part in parts for chunk in part.chunks], parts[0].type)
    parts.clear()
    if coded:
        return pd.Series(pd.arrays.ArrowExtensionArray(whole.unify_dictionaries().combine_chunks()))
    return series(pa.chunked_array([whole.combine_chunks()]) if whole.num_chunks else whole, dtype)
