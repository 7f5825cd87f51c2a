"""Features (风险特征): integers computed from what was known about a unit on a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from supervision.risk.evidence import Evidence, Moment
from supervision.risk.indicators import INDICATORS, LARGEST


def build_features(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                   outcomes: Mapping[str, str]) -> pd.DataFrame:  # fmt: skip
    """Return the features of every unit (风险特征), known on a day.

    One row a row of `entities`, its index and order; one int32 column an indicator, −1 = unknown, at most 9,999.
    Only rows with known_on ≤ `on` that had happened by then count, in any order. `outcomes` maps each result code to
    clean, problem or could_not; another code raises SupervisionError `risk.result_unknown`.
    """
    evidence = Evidence.of(entities, events, history, outcomes=outcomes)
    day = np.full(len(entities), np.datetime64(on, "D").astype(np.int64))
    return tabulate(evidence.at(evidence.unit, day, backfill=False), index=entities.index)


def tabulate(moment: Moment, *, index: pd.Index) -> pd.DataFrame:
    """Return the features of a moment (特征表): int32, one column an indicator, rows as its questions."""
    columns = {row.name: np.minimum(row.recipe.values(moment), LARGEST).astype(np.int32) for row in INDICATORS}
    return pd.DataFrame(columns, index=index, copy=False)
