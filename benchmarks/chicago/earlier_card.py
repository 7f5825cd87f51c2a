"""The card before this one: boosted trees on raw counts, the time since the last visit, ward and place."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.chicago.visits import Visits, days, whole

SIGNS = {
    "pastFail": 1, "pastCritical": 1, "pastSerious": 1, "pastMinor": 1, "days_since": 1, "age_months": 0,
    "tobacco": 0, "on_premises": 0, "patio": 0, "tavern": 0, "burglary": 1, "garbage": 1, "sanitation": 1,
    "risk": 0, "restaurant": 0, "ward": 0, "past_visits": 0, "past_fails": 1, "past_critical": 1, "past_serious": 1,
    "place_critical": 1, "north": 0, "east": 0,
}  # fmt: skip
COLUMNS = {
    "tobacco": "tobacco_retail_over_counter", "on_premises": "consumption_on_premises_incidental_activity",
    "patio": "outdoor_patio", "tavern": "tavern", "burglary": "heat_burglary", "garbage": "heat_garbage",
    "sanitation": "heat_sanitation", "ward": "WARD",
}  # fmt: skip


def features(visits: Visits, start: int) -> pd.DataFrame:
    """The columns of that card, int32, −1 unknown; rows from `start` on know what was known on its eve."""
    frame = visits.frame
    table = {name: whole(frame, name) for name in ("pastFail", "pastCritical", "pastSerious", "pastMinor")}
    table |= {name: whole(frame, column) for name, column in COLUMNS.items()}
    table |= {
        "days_since": whole(frame, "timeSinceLast", 365), "age_months": whole(frame, "ageAtInspection", 12),
        "risk": frame["Risk"].str.extract(r"(\d)")[0].astype(float).fillna(-1).to_numpy(),
        "restaurant": (frame["Facility_Type"] == "Restaurant").to_numpy(),
        "north": np.rint((frame["Latitude"].to_numpy() - 41.6) * 500),
        "east": np.rint((frame["Longitude"].to_numpy() + 88.0) * 500),
    }  # fmt: skip
    seen = np.minimum(visits.day, start)
    table |= _own(visits, seen) | {"place_critical": _ward(visits, seen)}
    return pd.DataFrame(table).fillna(-1).astype("int32")[list(SIGNS)]


def _own(visits: Visits, seen: np.ndarray) -> dict[str, np.ndarray]:
    """Counts of a licence's own earlier inspections."""
    everything = visits.everything
    on, licence = days(everything["Inspection_Date"]), everything["License"].fillna(-1).astype("int64").to_numpy()
    order = np.lexsort((on, licence))
    key = licence[order] * 100_000 + on[order]
    asked = visits.frame["License"].to_numpy() * 100_000
    low, high = np.searchsorted(key, asked), np.searchsorted(key, asked + seen, side="left")
    counts = {"past_visits": high - low}
    for name, column in (("past_fails", "fail_flag"), ("past_critical", "criticalCount"),
                         ("past_serious", "seriousCount")):  # fmt: skip
        total = np.concatenate(([0], np.cumsum(everything[column].fillna(0).to_numpy()[order] > 0)))
        counts[name] = total[high] - total[low]
    return counts


def _ward(visits: Visits, seen: np.ndarray) -> np.ndarray:
    """The share of critical ones in the ward a year before, in percent."""
    place = visits.frame["WARD"].fillna(-1).astype(int).to_numpy()
    found, day, share = visits.frame["criticalFound"].to_numpy(), visits.day, np.full(len(visits.frame), -1)
    for number in np.unique(place):
        rows = np.flatnonzero(place == number)
        total = np.concatenate(([0], np.cumsum(found[rows])))
        first = np.searchsorted(day[rows], seen[rows] - 365)
        last = np.searchsorted(day[rows], seen[rows], side="left")
        share[rows] = np.where(last - first > 20, 100 * (total[last] - total[first]) // np.maximum(1, last - first), -1)
    return share
