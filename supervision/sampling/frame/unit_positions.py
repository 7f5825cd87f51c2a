"""Where identifiers stand in a long column (标识定位), without building an index over millions of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Rows = npt.NDArray[np.int64]


def rows_of(unit_id: pd.Series[Any], wanted: pd.Series[Any]) -> Rows:
    """Return for each of `wanted` its row in `unit_id` (定位): int64 (len(wanted),), −1 where it is not there.

    Both are text columns; `unit_id` holds each identifier once. Only the distinct wanted ones are put in a table.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    if unit_id.empty or wanted.empty:
        return np.full(len(wanted), -1, dtype=np.int64)
    sought = _plain(pa.array(wanted))
    table = pc.unique(sought)
    hit = pc.fill_null(pc.index_in(_plain(pa.array(unit_id)), value_set=table), -1).to_numpy(zero_copy_only=False)
    place = np.full(len(table) + 1, -1, dtype=np.int64)
    found = np.flatnonzero(hit >= 0)
    place[hit[found]] = found
    code = pc.fill_null(pc.index_in(sought, value_set=table), -1).to_numpy(zero_copy_only=False)
    found_rows: Rows = place[code]
    return found_rows


def are_among(wanted: pd.Series[Any], unit_id: pd.Series[Any]) -> npt.NDArray[np.bool_]:
    """Return whether each of `wanted` stands in `unit_id` (是否在列): bool (len(wanted),); both are text columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = pc.is_in(_plain(pa.array(wanted)), value_set=_plain(pa.array(unit_id)))
    among: npt.NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return among


def same(left: pd.Series[Any], right: pd.Series[Any]) -> bool:
    """Return whether two text columns hold the same values row by row (是否逐行相同)."""
    return len(left) == len(right) and bool((left.reset_index(drop=True) == right.reset_index(drop=True)).all())


def _plain(values: Any) -> Any:
    import pyarrow as pa

    joined = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    return joined.cast(pa.large_string())
