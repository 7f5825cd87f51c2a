"""Rows of many chunks as one frame (分块读取后合并): each chunk is made small at once, so that none need stay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pandas as pd
import pyarrow as pa

from supervision.spare_memory import give_back_beside
from supervision.store.arrow_columns import series, without_blanks
from supervision.store.layout import DATE, TEXT

READERS = 2  # the database's driver lets go of the interpreter while it reads

Parts = dict[str, list[pa.ChunkedArray]]


def collected(readings: Sequence[Iterable[pa.Table]], columns: Mapping[str, str], *, key: Collection[str] = (),
              coded: Collection[str] = ()) -> pd.DataFrame:  # fmt: skip
    """Return stored cells as a frame (合并为数据框) with the given pandas dtypes, columns in the order of `columns`.

    `readings`: chunks of the rows, one reading after the other; two are read at once. The first has a chunk at least.
    Blanks of the columns `key` become missing. Texts of the columns `coded` stand once each and their rows as codes
    (a dictionary of Arrow): for columns of which only what is the same is asked.
    """
    with ThreadPoolExecutor(READERS) as pool:
        read = list(pool.map(lambda chunks: _parts(chunks, columns, key, coded), readings))
        rows = sum(many for _, many in read)
        parts: Parts = {name: [chunk for part, _ in read for chunk in part.pop(name)] for name in columns}

        def joined(name: str) -> Any:
            give_back_beside(rows)  # of the driver, and of the columns before
            return _joined(parts.pop(name), columns[name], coded=name in coded)

        order = sorted(columns, key=lambda name: name not in coded)  # the others grow as they are joined
        found = dict(zip(order, pool.map(joined, order), strict=True))
    give_back_beside(rows)
    return pd.DataFrame({name: found[name] for name in columns}, copy=False)


def _parts(chunks: Iterable[pa.Table], columns: Mapping[str, str], key: Collection[str],
           coded: Collection[str]) -> tuple[Parts, int]:  # fmt: skip
    """The parts of each column, and how many rows they are."""
    rows = 0
    parts: Parts = {name: [] for name in columns}
    for chunk in chunks:
        cells = without_blanks(chunk.select(list(columns)), key)
        for name, dtype in columns.items():
            parts[name].append(_small(cells[name], dtype, coded=name in coded))
        rows += len(cells)
    return parts, rows


def _small(column: pa.ChunkedArray, dtype: str, *, coded: bool) -> pa.ChunkedArray:
    if dtype == DATE:
        return column.cast(pa.date32())
    if dtype == "boolean":
        return column.cast(pa.bool_())
    if dtype != TEXT:
        return column
    return column.dictionary_encode() if coded else column


def _joined(parts: list[pa.ChunkedArray], dtype: str, *, coded: bool) -> Any:
    """One column; its chunks are let go, as their buffers may be longer than what stands in them."""
    whole = pa.chunked_array([chunk for part in parts for chunk in part.chunks], parts[0].type)
    parts.clear()
    if coded:
        return pd.Series(pd.arrays.ArrowExtensionArray(whole.unify_dictionaries().combine_chunks()))
    if dtype == TEXT:
        whole = whole.cast(pa.large_string())  # not before: places of 64 bits are as large as a short text
    return series(pa.chunked_array([whole.combine_chunks()]) if whole.num_chunks else whole, dtype)
