"""Bounds of partitions (分区界): the first ids of all partitions but one, ascending."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd


def even_bounds(unit_id: pd.Series[str], partitions: int) -> list[str]:
    """Return the first ids of the second partition and of those behind it (分区界), for partitions of equal size."""
    ordered = unit_id.sort_values().tolist()
    starts = sorted({len(ordered) * number // partitions for number in range(1, partitions)} - {0})
    return [ordered[start] for start in starts]


def sliced(frame: pd.DataFrame, bounds: Sequence[str]) -> Iterator[pd.DataFrame]:
    """Yield the rows of each partition (按分区取行) of a register, in their order; `bounds` as `cut` takes them."""
    edges = np.array(bounds, dtype=object)
    own = np.searchsorted(edges, frame["unit_id"].to_numpy(dtype=object), side="right")
    for number in range(len(edges) + 1):
        yield frame[own == number].reset_index(drop=True)
