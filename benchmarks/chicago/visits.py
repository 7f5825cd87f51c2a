"""The published inspections of Chicago, and what was known of each licence on a day."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from supervision.risk.findings import Findings, expected_findings, percent
from supervision.risk.indicators import Indicator
from supervision.risk.name_words import name_index
from supervision.risk.training_set import Training
from supervision.risk.transforms import Age
from supervision.risk.wording import Wording

DATA = Path(__file__).parents[3] / "shared" / "data" / "chicago_food"
BLANK = ("", "")
PLAIN = {"age_months": 0, "first": 0, "tobacco": 0, "on_premises": 0, "tavern": 0, "burglary": 1, "garbage": 1,
         "sanitation": 1, "risk": 0, "restaurant": 0, "grocery": 0, "past_visits": 0}  # fmt: skip
GRADES = {"critical": ("criticalCount", 1.0), "serious": ("seriousCount", 3.0), "minor": ("minorCount", 10.0),
          "failed": ("fail_flag", 1.0)}  # fmt: skip
"""What a visit can find, and of how many of it a visit counts in full (`minor` by the logarithm)."""
SIGNS = PLAIN | {f"{whose}_{kind}": 1 for whose in ("own", "name") for kind in GRADES}
PRIOR = {"own": 500, "name": 3_000}


@dataclass(frozen=True)
class Visits:
    """`frame`: the published rows by day; `everything`: all inspections, with the inspector group where published."""

    frame: pd.DataFrame
    everything: pd.DataFrame

    @property
    def day(self) -> np.ndarray:
        """Day numbers of the published rows."""
        return days(self.frame["Inspection_Date"])

    @property
    def test(self) -> np.ndarray:
        """The rows of the published test."""
        return self.frame["Test"].to_numpy(dtype=bool)


def read(folder: Path) -> Visits:
    """Read both files."""
    order = ["Inspection_Date", "Inspection_ID"]
    frame = pd.read_parquet(folder / "published_frame.parquet").sort_values(order, ignore_index=True)
    everything = pd.read_parquet(folder / "inspections_all_27600.parquet").sort_values(order, ignore_index=True)
    told = everything.drop_duplicates("Inspection_ID").set_index("Inspection_ID")
    frame["name"] = told["DBA_Name"].reindex(frame["Inspection_ID"]).fillna("").to_numpy()
    team = frame[["Inspection_ID", "sanitarian"]]
    return Visits(frame=frame, everything=everything.merge(team, on="Inspection_ID", how="left"))


def days(column: pd.Series) -> np.ndarray:
    """Day numbers."""
    return column.to_numpy().astype("datetime64[D]").astype(np.int64)


def whole(frame: pd.DataFrame, column: str, times: float = 1.0) -> np.ndarray:
    """A published column in whole numbers, −1 unknown."""
    return np.rint(frame[column].fillna(-1).to_numpy(dtype=float) * times).clip(-1)


def features(visits: Visits, start: int) -> pd.DataFrame:
    """The columns that score, int32, −1 unknown; rows from `start` on know what was known on its eve."""
    frame = visits.frame
    table = {
        "age_months": whole(frame, "ageAtInspection", 12), "first": whole(frame, "firstRecord"),
        "tobacco": whole(frame, "tobacco_retail_over_counter"), "tavern": whole(frame, "tavern"),
        "on_premises": whole(frame, "consumption_on_premises_incidental_activity"),
        "burglary": whole(frame, "heat_burglary"), "garbage": whole(frame, "heat_garbage"),
        "sanitation": whole(frame, "heat_sanitation"),
        "risk": frame["Risk"].str.extract(r"(\d)")[0].astype(float).fillna(-1).to_numpy(),
        "restaurant": (frame["Facility_Type"] == "Restaurant").to_numpy(),
        "grocery": (frame["Facility_Type"] == "Grocery_Store").to_numpy(),
    }  # fmt: skip
    return pd.DataFrame(table | _ratios(visits, start)).fillna(-1).astype("int32")[list(SIGNS)]


def _ratios(visits: Visits, start: int) -> dict[str, np.ndarray]:
    """What visits found at the licence, and at others with words of its name, against what such visits find."""
    rows = visits.everything[days(visits.everything["Inspection_Date"]) < start]
    visited, on = days(rows["Inspection_Date"]), np.minimum(visits.day, start) - 1
    licences = np.concatenate([rows["License"].fillna(-1).astype("int64"), visits.frame["License"].astype("int64")])
    unit, asked = np.split(pd.factorize(licences)[0].astype(np.int64), [len(rows)])
    team = pd.factorize(rows["sanitarian"].astype(object).fillna("?"))[0].astype(np.int64)
    names = pd.concat([rows["DBA_Name"], visits.frame["name"]], ignore_index=True).astype("str")
    rows_of = np.split(np.arange(len(names)), [len(rows)])
    one, table = np.zeros(len(rows), dtype=np.int64), {}
    for kind, (column, most) in GRADES.items():
        many = np.minimum(rows[column].fillna(0).to_numpy(dtype=float), most)
        share = np.log1p(many) / np.log1p(most) if kind == "minor" else many / most
        found = np.rint(1000 * share).astype(np.int64)
        usual = expected_findings(found, one, one, team, visited=visited, day=visited)
        findings = Findings(unit=unit, day=visited, found=found, expected=usual)
        table[f"own_{kind}"] = percent(*findings.sums(unit, asked, on), PRIOR["own"])
        table[f"name_{kind}"] = name_index(findings, names, rows_of[0], asked=rows_of[1], unit=asked, on=on,
                                           prior=PRIOR["name"])  # fmt: skip
    ones = Findings(unit=unit, day=visited, found=np.ones(len(rows), dtype=np.int64), expected=usual)
    table["past_visits"] = np.minimum(ones.sums(unit, asked, on)[0], 20)
    return table


def indicators(signs: dict[str, int]) -> list[Indicator]:
    """Columns as indicators, with their signs."""
    words = Wording(label=BLANK, reason=BLANK, unknown=BLANK)
    return [
        Indicator(name=name, family="supervision", sign=sign, recipe=Age("established"), wording=words, basis="")
        for name, sign in signs.items()
    ]


def training(visits: Visits, table: pd.DataFrame, chosen: np.ndarray, *, team: bool = True) -> Training:
    """The chosen rows to learn from; with `team` the inspector group explains what was found and does not score."""
    day = visits.frame["Inspection_Date"].to_numpy().astype("datetime64[s]")[chosen]
    who = visits.frame.loc[chosen, "sanitarian"].astype("str") if team else pd.Series("all", index=day)
    return Training(features=table[chosen].reset_index(drop=True), date=day, known=day,
                    found=visits.frame["criticalFound"].to_numpy(dtype=np.int8)[chosen],
                    nuisance=pd.DataFrame({"inspector": who.to_numpy()}, dtype="str"),
                    past=np.zeros(len(day)))  # fmt: skip
