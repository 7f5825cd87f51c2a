"""Rows (行的取舍): keep most rows of big columns without copying them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

FEW_RUNS = 1024


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
