"""What a draw is expected to give (抽取的期望): chances of units over all tasks together, before any seed exists."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from supervision.sampling.frame.frame import Frame


def chances(frames: Sequence[Frame]) -> pd.DataFrame:
    """Return every framed unit's chance to be drawn at all (被抽中的概率): unit_id str (sorted), probability float64.

    Tasks of a group share a unit's number: the greatest of its chances counts. Groups draw apart: a unit stays undrawn
    where it is drawn in none.
    """
    parts = [frame.inclusion().assign(group=frame.task.number_group) for frame in frames]
    joined = pd.concat(parts, ignore_index=True)
    greatest = joined.groupby(["unit_id", "group"], as_index=False, sort=True)["probability"].max()
    missed = greatest.assign(missed=1 - greatest["probability"]).groupby("unit_id", sort=True)["missed"].prod()
    return pd.DataFrame({"unit_id": missed.index.array, "probability": 1 - missed.to_numpy(dtype=np.float64)})
