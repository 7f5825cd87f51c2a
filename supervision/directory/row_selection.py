"""Rows (行的取舍): keep most rows of big columns without copying them; pandas to Arrow and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

FEW_RUNS = 1024


def as_arrow(values: pd.Series[Any]) -> Any:
    """Return a str column as a pyarrow large_string ChunkedArray (转为 Arrow), without a copy."""
    array = pa.array(values, type=pa.large_string(), from_pandas=True)
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def as_text(values: Any) -> pd.Series[Any]:
    """Return a pyarrow large_string ChunkedArray as a str column (转为文字列), without a copy."""
    return pd.Series(pd.array(values, dtype="str"))


def keep_series(values: pd.Series[Any], keep: Flags) -> pd.Series[Any]:
    """Return the rows of a column where `keep` is true (保留的行), numbered from 0, text uncopied if possible."""
    if keep.all():
        return values
    if values.dtype == "str":
        return as_text(keep_rows(as_arrow(values), keep))
    return values[keep].reset_index(drop=True)


def keep_rows(values: Any, keep: Flags) -> Any:
    """Return the rows of a pyarrow ChunkedArray where `keep` (bool, one per row) is true (保留的行).

    Up to `FEW_RUNS` runs of kept rows are zero-copy slices of the original; more are copied.
    """
    if keep.all():
        return values
    edges = np.flatnonzero(np.diff(np.concatenate(([False], keep, [False])).astype(np.int8)))
    starts, ends = edges[::2], edges[1::2]
    if len(starts) > FEW_RUNS:
        return pc.filter(values, pa.array(keep))
    chunks = [
        chunk for start, end in zip(starts, ends, strict=True) for chunk in values.slice(start, end - start).chunks
    ]
    return pa.chunked_array(chunks, values.type)
