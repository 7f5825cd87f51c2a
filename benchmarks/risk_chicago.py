"""The learned card on Chicago's food inspections: python benchmarks/risk_chicago.py DATA_FOLDER SCORES.csv.

Learns from the published training split with this project's `fit` (additive, monotone, integer points; the inspector
group explains and never scores, weather is not used) and writes one score for each of the 1,637 test inspections, for
the protocol script that stands beside the data. A unit's own past is counted from all inspections before the day, for
test rows before the first test day, since the order of the test days is what the scores decide.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.risk.indicators import Indicator
from supervision.risk.training import fit
from supervision.risk.training_set import Training
from supervision.risk.transforms import Age
from supervision.risk.wording import Wording

BLANK = ("", "")
WORDS = Wording(label=BLANK, reason=BLANK, unknown=BLANK)
SIGNS = {
    "pastFail": 1, "pastCritical": 1, "pastSerious": 1, "pastMinor": 1, "days_since": 1, "age_months": 0,
    "tobacco": 0, "on_premises": 0, "patio": 0, "tavern": 0, "burglary": 1, "garbage": 1, "sanitation": 1,
    "risk": 0, "restaurant": 0, "ward": 0, "past_visits": 0, "past_fails": 1, "past_critical": 1, "past_serious": 1,
    "place_critical": 1, "north": 0, "east": 0,
}  # fmt: skip


def indicators():
    return [
        Indicator(name=name, family="supervision", sign=sign, recipe=Age("established"), wording=WORDS)
        for name, sign in SIGNS.items()
    ]


def past(frame, everything):
    """Counts of a licence's own earlier inspections, and the share of critical ones in its ward a year before."""
    all_days = everything["Inspection_Date"].to_numpy().astype("datetime64[D]").astype(int)
    licence = everything["License"].fillna(-1).astype("int64").to_numpy()
    order = np.lexsort((all_days, licence))
    key = licence[order] * 100_000 + all_days[order]
    days = frame["Inspection_Date"].to_numpy().astype("datetime64[D]").astype(int)
    test = frame["Test"].to_numpy(dtype=bool)
    seen = np.where(test, days[test].min(), days)
    asked = frame["License"].to_numpy() * 100_000
    low, high = np.searchsorted(key, asked), np.searchsorted(key, asked + seen, side="left")
    counts = {"past_visits": high - low}
    for name, column in (("past_fails", "fail_flag"), ("past_critical", "criticalCount"),
                         ("past_serious", "seriousCount")):  # fmt: skip
        hits = everything[column].fillna(0).to_numpy()[order] > 0
        total = np.concatenate(([0], np.cumsum(hits)))
        counts[name] = total[high] - total[low]
    place = frame["WARD"].fillna(-1).astype(int).to_numpy()
    found = frame["criticalFound"].to_numpy()
    share = np.full(len(frame), -1)
    for number in np.unique(place):
        rows = np.flatnonzero(place == number)
        rows = rows[np.argsort(days[rows], kind="stable")]
        total = np.concatenate(([0], np.cumsum(found[rows])))
        first = np.searchsorted(days[rows], seen[rows] - 365)
        last = np.searchsorted(days[rows], seen[rows], side="left")
        share[rows] = np.where(last - first > 20, 100 * (total[last] - total[first]) // np.maximum(1, last - first), -1)
    return counts | {"place_critical": share}


def features(frame, everything):
    def whole(column, times=1.0):
        return np.rint(frame[column].fillna(-1).to_numpy(dtype=float) * times).clip(-1)

    table = {name: whole(name) for name in ("pastFail", "pastCritical", "pastSerious", "pastMinor")}
    table |= {
        "days_since": whole("timeSinceLast", 365), "age_months": whole("ageAtInspection", 12),
        "tobacco": whole("tobacco_retail_over_counter"),
        "on_premises": whole("consumption_on_premises_incidental_activity"),
        "patio": whole("outdoor_patio"), "tavern": whole("tavern"),
        "burglary": whole("heat_burglary"), "garbage": whole("heat_garbage"), "sanitation": whole("heat_sanitation"),
        "risk": frame["Risk"].str.extract(r"(\d)")[0].astype(float).fillna(-1).to_numpy(),
        "restaurant": (frame["Facility_Type"] == "Restaurant").to_numpy(), "ward": whole("WARD"),
        "north": np.rint((frame["Latitude"].to_numpy() - 41.6) * 500), "east":
        np.rint((frame["Longitude"].to_numpy() + 88.0) * 500),
    }  # fmt: skip
    table |= past(frame, everything)
    return pd.DataFrame(table).fillna(-1).astype("int32")[list(SIGNS)]


def main():
    folder = Path(sys.argv[1])
    frame = pd.read_parquet(folder / "published_frame.parquet").sort_values("Inspection_Date", kind="stable")
    frame = frame.reset_index(drop=True)
    table = features(frame, pd.read_parquet(folder / "inspections_all_27600.parquet"))
    test = frame["Test"].to_numpy(dtype=bool)
    day = frame["Inspection_Date"].to_numpy().astype("datetime64[s]")
    training = Training(features=table[~test].reset_index(drop=True), date=day[~test], known=day[~test],
                        found=frame["criticalFound"].to_numpy(dtype=np.int8)[~test],
                        nuisance=frame.loc[~test, ["sanitarian"]].reset_index(drop=True).astype("str"))  # fmt: skip
    card = fit(training, seed=1, indicators=indicators())
    score, _ = card.score(table[test])
    rows = {"Inspection_ID": frame.loc[test, "Inspection_ID"], "score": score, "probability": card.probability(score)}
    pd.DataFrame(rows).to_csv(sys.argv[2], index=False)
    print(f"learned from {card.rows} inspections, {card.found} with critical violations; {int(test.sum())} scored")


if __name__ == "__main__":
    main()
