"""The learned cards on Chicago's food inspections: python benchmarks/risk_chicago.py DATA_FOLDER SCORES.csv.

Learns from the published training split (integer points; the inspector group explains and never scores, weather is not
used) and writes one score for each of the 1,637 test inspections, for the protocol script that stands beside the data.
The stepped ridge and, beside it, the boosted trees are first compared on four windows inside the training months. A
unit's past is counted from all inspections before the day, for the rows asked about before their first day.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.risk.findings import Findings, expected_findings
from supervision.risk.indicators import Indicator
from supervision.risk.measures import auc
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training import fit
from supervision.risk.training_set import Training
from supervision.risk.transforms import Age
from supervision.risk.wording import Wording

BLANK = ("", "")
WORDS = Wording(label=BLANK, reason=BLANK, unknown=BLANK)
PLAIN = {"age_months": 0, "tobacco": 0, "on_premises": 0, "tavern": 0, "burglary": 1, "garbage": 1, "sanitation": 1,
         "risk": 0, "restaurant": 0, "days_since": 1, "past_visits": 0}  # fmt: skip
FOUND = {"critical": ("criticalCount", 0), "serious": ("seriousCount", 0), "minor": ("minorCount", 2),
         "failed": ("fail_flag", 0)}  # fmt: skip
SIGNS = PLAIN | {f"{whose}_{kind}": 1 for whose in ("own", "brand") for kind in FOUND}
PRIOR = {"own": 500, "brand": 1500}
WINDOWS = (("2013-05-01", "2013-07-01"), ("2013-09-01", "2013-11-01"), ("2014-01-01", "2014-03-01"),
           ("2014-03-01", "2014-04-17"))  # fmt: skip
GENERIC = r"\b(INC|LLC|LTD|CORP|CO|THE|RESTAURANT|STORE|FOOD|FOODS)\b"


def indicators() -> list[Indicator]:
    """The columns that score, with their signs."""
    return [
        Indicator(name=name, family="supervision", sign=sign, recipe=Age("established"), wording=WORDS)
        for name, sign in SIGNS.items()
    ]


def brands(names: pd.Series) -> pd.Series:
    """The first two words of a name, without what every name says."""
    plain = names.fillna("").str.upper().str.replace(r"[^A-Z ]", "", regex=True).str.replace(GENERIC, "", regex=True)
    return plain.str.split().str[:2].str.join(" ")


def days(column: pd.Series) -> np.ndarray:
    """Day numbers."""
    return column.to_numpy().astype("datetime64[D]").astype(np.int64)


def ratios(frame: pd.DataFrame, everything: pd.DataFrame, start: int) -> dict[str, np.ndarray]:
    """What visits found at the licence and at others of its brand, against what such visits find, known by `start`."""
    rows = everything.merge(frame[["Inspection_ID", "sanitarian"]], on="Inspection_ID", how="left")
    rows = rows[days(rows["Inspection_Date"]) < start]
    visited, on = days(rows["Inspection_Date"]), np.minimum(days(frame["Inspection_Date"]), start) - 1
    licences = np.concatenate([rows["License"].fillna(-1).astype("int64"), frame["License"].astype("int64")])
    unit, asked = np.split(pd.factorize(licences)[0].astype(np.int64), [len(rows)])
    brand = brands(rows["DBA_Name"])
    last = pd.Series(brand.to_numpy(), index=unit)
    mine = last[~last.index.duplicated(keep="last")].reindex(asked).fillna("")
    both = pd.factorize(np.concatenate([brand.to_numpy(), mine.to_numpy()]))[0].astype(np.int64)
    brand_unit, brand_asked = np.split(both, [len(rows)])
    team = pd.factorize(rows["sanitarian"].astype(object).fillna("?"))[0].astype(np.int64)
    table, many = {"past_visits": np.zeros(0)}, int(max(unit.max(), asked.max())) + 1
    for kind, (column, more) in FOUND.items():
        found = (rows[column].fillna(0) > more).to_numpy().astype(np.int64)
        usual = expected_findings(found, np.zeros(len(found), dtype=np.int64), team, visited=visited, day=visited)
        findings = Findings(unit=unit, day=visited, found=found, expected=usual)
        own = findings.sums(unit, asked, on)
        shared = findings.sums(brand_unit, brand_asked, on)
        left = findings.sums(brand_unit * many + unit, brand_asked * many + asked, on)
        table[f"own_{kind}"] = percent(*own, PRIOR["own"])
        table[f"brand_{kind}"] = percent(shared[0] - left[0], shared[1] - left[1], PRIOR["brand"])
    ones = Findings(unit=unit, day=visited, found=np.ones(len(rows), dtype=np.int64), expected=usual)
    table["past_visits"] = ones.sums(unit, asked, on)[0] // 2000
    return table


def percent(found: np.ndarray, expected: np.ndarray, prior: int) -> np.ndarray:
    """The ratio in percent, drawn towards 100; −1 where nothing is expected."""
    return np.where(expected > 0, 100 * (found + 4 * prior) // (expected + 4 * prior), -1)


def features(frame: pd.DataFrame, everything: pd.DataFrame, start: int) -> pd.DataFrame:
    """The columns that score, int32, −1 unknown."""

    def whole(column: str, times: float = 1.0) -> np.ndarray:
        return np.rint(frame[column].fillna(-1).to_numpy(dtype=float) * times).clip(-1)

    table = {
        "age_months": whole("ageAtInspection", 12), "tobacco": whole("tobacco_retail_over_counter"),
        "on_premises": whole("consumption_on_premises_incidental_activity"), "tavern": whole("tavern"),
        "burglary": whole("heat_burglary"), "garbage": whole("heat_garbage"), "sanitation": whole("heat_sanitation"),
        "risk": frame["Risk"].str.extract(r"(\d)")[0].astype(float).fillna(-1).to_numpy(),
        "restaurant": (frame["Facility_Type"] == "Restaurant").to_numpy(), "days_since": whole("timeSinceLast", 365),
    }  # fmt: skip
    return pd.DataFrame(table | ratios(frame, everything, start)).fillna(-1).astype("int32")[list(SIGNS)]


def training(frame: pd.DataFrame, table: pd.DataFrame, chosen: np.ndarray) -> Training:
    """The chosen rows to learn from."""
    day = frame["Inspection_Date"].to_numpy().astype("datetime64[s]")[chosen]
    who = frame.loc[chosen, ["sanitarian"]].rename(columns={"sanitarian": "inspector"}).reset_index(drop=True)
    return Training(features=table[chosen].reset_index(drop=True), date=day, known=day,
                    found=frame["criticalFound"].to_numpy(dtype=np.int8)[chosen], nuisance=who.astype("str"),
                    past=np.zeros(len(day)))  # fmt: skip


def within(frame: pd.DataFrame, chosen: np.ndarray, score: np.ndarray) -> float:
    """AUC inside each inspector group, weighted by its pairs."""
    told = pd.DataFrame({"team": frame.loc[chosen, "sanitarian"].to_numpy(), "score": score,
                         "found": frame.loc[chosen, "criticalFound"].to_numpy(dtype=np.int8)})  # fmt: skip
    total = pairs = 0.0
    for _, part in told.groupby("team", observed=True):
        weight = float(part["found"].sum() * (1 - part["found"]).sum())
        total += weight * (auc(part["score"].to_numpy(), part["found"].to_numpy()) or 0.0)
        pairs += weight
    return total / pairs


def main() -> None:
    """Compare both ways inside the training months, then score the test inspections with the ridge."""
    folder = Path(sys.argv[1])
    frame = pd.read_parquet(folder / "published_frame.parquet").sort_values("Inspection_Date", kind="stable")
    frame = frame.reset_index(drop=True)
    everything, test = pd.read_parquet(folder / "inspections_all_27600.parquet"), frame["Test"].to_numpy(dtype=bool)
    day, ways = days(frame["Inspection_Date"]), {
        "ridge": lambda rows: fit_ridge(rows, indicators=indicators()),
        "boosted": lambda rows: fit(rows, seed=1, indicators=indicators()),
    }  # fmt: skip
    for name, way in ways.items():
        told = []
        for first, end in WINDOWS:
            low, high = (int(np.datetime64(text, "D").astype(np.int64)) for text in (first, end))
            table, asked = features(frame, everything, low), (day >= low) & (day < high)
            card = way(training(frame, table, day < low))
            told.append(within(frame, asked, card.score(table[asked])[0]))
        print(f"{name}: AUC within inspectors {np.mean(told):.4f} ({' '.join(f'{one:.3f}' for one in told)})")
    table = features(frame, everything, int(day[test].min()))
    card = ways["ridge"](training(frame, table, ~test))
    score, _ = card.score(table[test])
    rows = {"Inspection_ID": frame.loc[test, "Inspection_ID"], "score": score, "probability": card.probability(score)}
    pd.DataFrame(rows).to_csv(sys.argv[2], index=False)
    print(f"learned from {card.rows} inspections, {card.found} with critical violations; {int(test.sum())} scored")


if __name__ == "__main__":
    main()
