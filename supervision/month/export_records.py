"""What a round has to tell national systems (应移交的记录), all from the store: nothing is typed a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from supervision.domain.people import Office
from supervision.month.calendars import chosen_units
from supervision.month.city import City
from supervision.month.public_results import shown_results
from supervision.month.round import Round
from supervision.month.round_people import units_of
from supervision.month.round_results import FAR, expected, results_of
from supervision.results.handover.check_actions import Known, check_actions
from supervision.results.handover.random_checks import plan_id, random_checks, region_of
from supervision.results.handover.records import Record
from supervision.tables import tuples

KEY = ["visit_id", "item_id"]
NEVER = "never"
CITY_RULE = "shared/city"


def records_of(round: Round, target: str) -> tuple[list[Record], int]:
    """Return a round's records for a system, "gsxt" or "jianguan" (本轮应移交的记录), and how many wait for results."""
    return _random_checks(round) if target == "gsxt" else _check_actions(round)


def _check_actions(round: Round) -> tuple[list[Record], int]:
    owed, results, city = expected(round), results_of(round), round.city
    results = results.merge(owed[[*KEY, "office_id"]], on=KEY)
    results = results.assign(inspected_on=results["inspected_on"].dt.strftime("%Y-%m-%d"))
    known = Known(
        offices=_rows(city, "offices", ["office_id", "name", "uscc"]),
        items=_rows(city, "items", ["item_id", "name", "implement_code", "check_code"]),
        units=_rows(city, "entities", ["unit_id", "name", "type", "region", "address"], of=owed["unit_id"]),
        people=_rows(city, "inspectors", ["inspector_id", "name", "cert_no"]),
    )
    plan = plan_id(round.name, _region(round.offices))
    return check_actions(owed, results, known=known, lists=city.code_lists, round_id=round.id, plan_id=plan)


def _random_checks(round: Round) -> tuple[list[Record], int]:
    owed = expected(round)
    rows = shown_results(round).rows
    shown = owed.iloc[:0].assign(category="") if rows is None else rows
    shown = shown.drop(columns="office_id", errors="ignore").merge(owed[[*KEY, "office_id"]], on=KEY)
    shown = shown.assign(inspected_on=pd.to_datetime(shown["inspected_on"]).dt.strftime("%Y-%m-%d"))
    pairs = [(task.task_id, item) for task in round.tasks if task.disclosure != NEVER for item in task.items]
    drawn_items = chosen_units(round).merge(pd.DataFrame(pairs, columns=["task_id", "item_id"], dtype="str"))
    missing = owed.merge(results_of(round)[KEY], on=KEY, how="left", indicator=True)
    missing = missing[missing["_merge"] == "left_only"]
    return random_checks(
        shown.merge(drawn_items, on=["unit_id", "item_id"]),
        waiting=set(tuples(missing, "unit_id", "office_id")),
        tasks=round.tasks,
        units=dict(tuples(units_of(round, owed["unit_id"], ["name"]))),
        offices={name: office.name for name, office in round.offices.items()},
        items={name: item.name for name, item in round.items.items()},
        lists=round.city.code_lists,
        name=round.name,
        region=_region(round.offices),
        city=round.law.value(CITY_RULE)["zh"],
    )


def _region(offices: Mapping[str, Office]) -> str:
    return region_of(sorted(office.region for office in offices.values()))


def _rows(
    city: City, kind: str, columns: Sequence[str], *, of: pd.Series[str] | None = None
) -> dict[str, dict[str, str]]:
    """Return rows of a register as known now (登记表现值), id → column → text: a code filled in today counts today."""
    found = city.register(kind, on=FAR, columns=list(columns), of=None if of is None else set(of))
    frame = found.astype("str").fillna("")
    return {row[columns[0]]: {str(name): text for name, text in row.items()} for row in frame.to_dict("records")}
