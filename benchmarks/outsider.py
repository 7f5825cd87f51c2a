"""What an outsider has of a year of rounds (局外人所见): published files, turned into a table of visited units.

`lists_only` is exact Bayes on who was drawn for what: an outsider who knows every frame's units, the ratios of the
classes and their shares – more than is public – and the rule of the draw: in a round tasks of one group share a number,
so a unit of the tasks F is drawn for exactly the tasks S with max(0, min of π over S − max of π over the rest of F).

`public_features` takes everything else that the public folder says of a visited unit and its round: days, places in the
files, items, departments, categories, corrections, counts of oversight and of changes, estimates. `inside_features`
adds what the public does not see: half-days, teams, how they were composed, what was moved.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.visits import units_of_visits
from supervision.month import round_files as files
from supervision.store.store import Store

CLASSES = ("A", "B", "C", "D")
LEAST = 1e-4  # unequal sizes in a stratum make the shares of a class approximate
NAME = re.compile("[ABCD]+")

Floats = npt.NDArray[np.float64]


def classes(store_file: Path) -> pd.DataFrame:
    """Return the class of every unit in each round: unit_id, columns of rounds (分类)."""
    with Store.open(store_file) as store:
        told = {one: store.table(one, files.SCORES, ["unit_id", "class"]) for one in store.rounds()}
    return pd.DataFrame({one: table.set_index("unit_id")["class"] for one, table in told.items()})


def scores(store_file: Path, round_id: str) -> pd.Series:
    """Return the score of every unit in a round (评分)."""
    with Store.open(store_file) as store:
        return store.table(round_id, files.SCORES, ["unit_id", "score"]).set_index("unit_id")["score"]


def lists_only(audit: Path, shares: dict[str, float]) -> pd.DataFrame:
    """Return the posterior of each framed unit's class from the lists alone (仅凭名单的后验): unit_id, `CLASSES`."""
    known: dict[str, Floats] = {}
    for folder in sorted(audit.iterdir()):
        for unit, likelihood in _round_likelihoods(folder).items():
            known[unit] = known.get(unit, np.zeros(len(CLASSES))) + np.log(likelihood)
    logs = np.array(list(known.values())) + np.log([shares[name] for name in CLASSES])
    found = np.exp(logs - logs.max(axis=1, keepdims=True))
    return pd.DataFrame(
        found / found.sum(axis=1, keepdims=True), index=pd.Index(known, name="unit_id"), columns=list(CLASSES)
    )


def _round_likelihoods(folder: Path) -> dict[str, Floats]:
    """P(drawn for these tasks and no others | class) of each framed unit of a round."""
    groups = {task["task_id"]: task["group"] for task in _json(folder, "public", "commitment.json")["tasks"]}
    keys = pd.read_csv(folder / "strata_keys.csv", dtype=str)
    framed: dict[tuple[str, str], list[tuple[Floats, bool]]] = {}
    for task, group in groups.items():
        chances = _chances(folder, task, keys)
        if chances is None:
            continue
        units = pd.read_csv(folder / "tasks" / task / "frame.csv", usecols=["unit_id"], dtype=str)["unit_id"]
        order = pd.read_csv(folder / "tasks" / task / "order.csv", usecols=["unit_id", "role"], dtype=str)
        drawn = set(order.loc[order["role"] == "drawn", "unit_id"])
        for unit in units:
            framed.setdefault((unit, group), []).append((chances, unit in drawn))
    found: dict[str, Floats] = {}
    for (unit, _), tasks in framed.items():
        least = np.min([chance for chance, drawn in tasks if drawn] or [np.ones(len(CLASSES))], axis=0)
        most = np.max([chance for chance, drawn in tasks if not drawn] or [np.zeros(len(CLASSES))], axis=0)
        found[unit] = found.get(unit, np.ones(len(CLASSES))) * np.maximum(least - most, LEAST)
    return found


def _chances(folder: Path, task: str, keys: pd.DataFrame) -> Floats | None:
    """A task's chance for each class, None where it is the same for all: such a task says nothing."""
    named = dict(keys.loc[keys["task_id"] == task, ["stratum", "key"]].itertuples(index=False, name=None))
    path = folder / "tasks" / task / "strata.json"
    if not named or not path.is_file():
        return None
    units, sample = dict.fromkeys(CLASSES, 0), dict.fromkeys(CLASSES, 0)
    for stratum in json.loads(path.read_bytes()):
        told = NAME.match(named[stratum["stratum"]])
        for name in told[0] if told else CLASSES:
            units[name] += stratum["units"]
            sample[name] += stratum["sample"]
    found = np.array([sample[name] / units[name] if units[name] else LEAST for name in CLASSES])
    return None if len(set(found)) == 1 else found


def public_features(public: Path) -> pd.DataFrame:
    """Return a row a unit and round with a published result (公开特征): unit_id, round, day and numbers."""
    parts = [
        _of_round(folder, folder.name) for folder in sorted(public.iterdir()) if (folder / "results.json").exists()
    ]
    return pd.concat([part for part in parts if len(part)], ignore_index=True)


def _of_round(folder: Path, name: str) -> pd.DataFrame:
    told = json.loads((folder / "results.json").read_bytes())
    rows = pd.DataFrame(told["results"])
    if rows.empty:
        return rows
    listed = json.loads((folder / "draw.json").read_bytes())["lists"]
    rows["place_in_file"] = np.arange(len(rows)) / len(rows)
    rows["day"] = rows["inspected_on"].str[8:].astype(int)
    grouped = rows.groupby("unit_id", sort=True)
    found = grouped.agg(
        day=("day", "min"),
        days=("day", "nunique"),
        place_in_file=("place_in_file", "min"),
        items=("item", "nunique"),
        departments=("agency", "nunique"),
        corrected=("correction", lambda texts: (texts != "").sum()),
    )
    found["tasks_listed"] = pd.Series([row["unit_id"] for row in listed]).value_counts().reindex(found.index).fillna(0)
    for table, column in ((rows["category"], "category"), (rows["agency"], "agency"), (rows["item"], "item")):
        for value in sorted(table.unique()):
            found[f"{column}:{value}"] = rows[table == value].groupby("unit_id").size().reindex(found.index).fillna(0)
    region = found.index.str[2:8]
    found["region"] = region
    for part in ("day", "place_in_file"):  # who comes first in the round, in the district
        found[f"{part}_rank"] = found[part].rank(pct=True)
        found[f"{part}_rank_in_district"] = found.groupby(region)[part].rank(pct=True)
    found["on_day"] = found.groupby("day")["day"].transform("size")
    for kind, value in _district_counts(folder).items():
        found[kind] = pd.Series(region, index=found.index).map(value).fillna(0.0)
    return found.reset_index().assign(round=name)


def _district_counts(folder: Path) -> dict[str, dict[str, float]]:
    """Published shares of a round by district: oversight by kind, changes, estimates."""
    found: dict[str, dict[str, float]] = {}
    counts = pd.DataFrame(json.loads((folder / "oversight.json").read_bytes())["counts"])
    counts["region"] = counts["office"].str.extract(r"(\d{6})", expand=False)
    for kind, rows in counts.groupby("kind"):
        summed = rows.groupby("region")[["number", "of"]].sum()
        found[f"oversight:{kind}"] = (summed["number"] / summed["of"].clip(lower=1)).to_dict()
    offices = dict(zip(counts["name"], counts["region"], strict=True))
    changes: dict[str, float] = {}
    for row in json.loads((folder / "index.json").read_bytes()).get("changes", []):
        region = offices.get(row["office"], "")
        changes[region] = changes.get(region, 0) + row["substituted"] + row["moved"] + row["cancelled"]
    found["changes"] = changes
    return found


def inside_features(audit: Path) -> pd.DataFrame:
    """Return what the public does not see of a visit (非公开特征): unit_id, round and numbers."""
    parts = []
    for folder in sorted(audit.iterdir()):
        places = pd.read_csv(folder / "calendar.csv", dtype={"visit_id": str, "office": str})
        drawn = pd.DataFrame(json.loads((folder / "roster.json").read_bytes()))
        if drawn.empty:
            continue
        places = places.merge(drawn, on=["visit_id", "office", "place"], how="left")
        places["unit_id"] = units_of_visits(places["visit_id"])
        places["half_day"] = pd.factorize(places["half_days"].str[:12], sort=True)[0]
        places["length"] = places["half_days"].str.count(" ") + 1
        places["who"] = places["inspector_id"].str[-2:].astype(float)
        places["visits_of_person"] = places.groupby("inspector_id")["visit_id"].transform("size")
        places["nth_of_person"] = places.groupby("inspector_id")["half_day"].rank()
        changed = {row["visit_id"] for row in json.loads((folder / "changes.json").read_bytes())}
        table = places.groupby("unit_id").agg(
            half_day=("half_day", "min"),
            length=("length", "max"),
            people=("inspector_id", "nunique"),
            candidates=("candidates", "min"),
            lowest_number=("who", "min"),
            highest_number=("who", "max"),
            visits_of_person=("visits_of_person", "mean"),
            nth_of_person=("nth_of_person", "mean"),
        )
        table["changed"] = table.index.map(lambda unit, them=changed: float(f"{unit}~1" in them))
        table["half_day_rank"] = table["half_day"].rank(pct=True)
        parts.append(table.reset_index().assign(round=folder.name))
    return pd.concat(parts, ignore_index=True)


def _json(audit_folder: Path, part: str, name: str) -> Any:
    return json.loads((audit_folder.parent.parent / part / audit_folder.name / name).read_bytes())
