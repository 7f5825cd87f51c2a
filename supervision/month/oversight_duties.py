"""What the draw asked for and what came of it (抽查任务完成情况): a row a unit and item, and a row a door."""

from __future__ import annotations

from typing import Any

import pandas as pd

from supervision.domain.visits import units_of_visits
from supervision.month.calendars import chosen_units, standing, step_ins
from supervision.month.round import Round
from supervision.month.round_files import SCORES
from supervision.month.round_people import units_of
from supervision.month.round_results import clock_of, results_of
from supervision.results.outcomes import item_outcomes

DONE, PLANNED, UNPLANNED = "done", "planned", "unplanned"
DUTIES = ("unit_id", "item_id", "department", "region", "office", "field", "type", "class", "state", "outcome")
DOORS = ("visit_id", "unit_id", "office", "department", "region", "offices")


def duties_of(round: Round) -> pd.DataFrame:
    """Return what drawn units are inspected for (应查事项), `DUTIES`: a row a unit and item, however many tasks ask.

    `state`: done with a result on record, planned in a calendar, unplanned in none; `outcome` "" before a result. The
    outcomes are those that the estimates rest on.
    """
    chosen = chosen_units(round)
    pairs = pd.DataFrame([(one.task_id, item) for one in round.tasks for item in one.items],
                         columns=["task_id", "item_id"]).astype("str")  # fmt: skip
    asked = chosen.merge(pairs, on="task_id")
    replaced = pd.DataFrame([(one.task_id, one.out) for one in step_ins(round)], columns=["task_id", "unit_id"])
    outcomes = item_outcomes(
        results_of(round), tasks=round.tasks, chosen=chosen, replaced=replaced.astype("str"), codes=round.code_lists
    )
    found = asked.merge(outcomes, on=["task_id", "unit_id", "item_id"], how="left")
    # an inspection that two tasks ask for has one outcome, and a unit that was replaced in one may stand in the other
    found = found.sort_values(["unit_id", "item_id", "outcome"]).drop_duplicates(["unit_id", "item_id"])
    held = pd.MultiIndex.from_frame(_held(round))
    there = pd.MultiIndex.from_frame(found[["unit_id", "item_id"]]).isin(held)
    state = pd.Series(UNPLANNED, index=found.index).mask(there, PLANNED).mask(found["outcome"].notna(), DONE)
    items = round.items
    return _described(round, found).assign(
        outcome=found["outcome"].fillna("").to_numpy(),
        state=state.to_numpy(),
        field=[items[item].field for item in found["item_id"]],
    )[list(DUTIES)]


def doors_of(round: Round) -> pd.DataFrame:
    """Return the visits that stand (入企安排), `DOORS`: a row a visit and office, `offices` how many come together."""
    places = standing(round)[["visit_id", "office"]].drop_duplicates().reset_index(drop=True)
    together = places.groupby("visit_id")["office"].transform("size")
    return places.assign(
        unit_id=units_of_visits(places["visit_id"]),
        department=[round.offices[one].department for one in places["office"]],
        region=[round.offices[one].region for one in places["office"]],
        offices=together.astype("int64"),
    )[list(DOORS)]


def published_of(round: Round) -> pd.DataFrame | None:
    """Return the clock of publication (公示期限) with region and `days` from inspection to publication, if it runs."""
    table = clock_of(round)
    if table is None:
        return None
    region = units_of(round, table["unit_id"], ["region"]).set_index("unit_id")["region"]
    days = (table["published_on"] - table["ended"]).dt.days
    return table.assign(region=table["unit_id"].map(region), days=days)


def _held(round: Round) -> pd.DataFrame:
    places = standing(round)
    rows = pd.DataFrame({"unit_id": units_of_visits(places["visit_id"]), "item_id": places["items"].str.split(" ")})
    return rows.explode("item_id").drop_duplicates()


def _described(round: Round, found: pd.DataFrame) -> pd.DataFrame:
    """Department, district, office, type and class of each row; "" where it is not said, or where there is none."""
    units = found["unit_id"].drop_duplicates()
    told: pd.DataFrame = found[["unit_id", "item_id"]]
    parts = (
        units_of(round, units, ["region"]),
        round.register("entities", ["unit_id", "type"], of=set(units)),
        round.table(SCORES, ["unit_id", "class"]),
    )
    for part in parts:
        told = told.merge(part[part["unit_id"].isin(units)].drop_duplicates("unit_id"), on="unit_id", how="left")
    departments = [round.items[item].department for item in told["item_id"]]
    offices = {(one.department, one.region): one.office_id for one in round.offices.values()}
    places = zip(departments, told["region"], strict=True)
    texts: dict[str, Any] = {name: told[name].astype("str").fillna("") for name in ("region", "type", "class")}
    return told.assign(department=departments, office=[offices.get(place, "") for place in places], **texts)
