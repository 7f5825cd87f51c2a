"""Which results are accepted (结果受理): those that a visit of the round owes, dated within it, reviewed by another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from supervision.domain.people import Office
from supervision.domain.visits import days_of_half_days, units_of_visits
from supervision.messages import Message

EXPECTED = ["visit_id", "unit_id", "agency", "item_id", "office_id", "inspected_on"]
KEY = ["visit_id", "item_id"]


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a round's visits owe (应报结果): `visits` (visit_id, item_id, agency, unit_id), first and last day."""

    visits: Collection[tuple[str, str, str, str]]
    first: date
    last: date


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Why a row is not accepted (退回原因): its position in the table, the column, the value, and the reason."""

    row: int
    column: str
    value: str
    reason: Message


def expected_results(places: pd.DataFrame, offices: Mapping[str, Office]) -> pd.DataFrame:
    """Return what visits should report (应报结果), one row a visit and item: `EXPECTED`, inspected_on as planned.

    `places`: visit_id, office, half_days, items, inspector_id of all places that stand; places nobody was drawn for
    owe nothing.
    """
    held = places.dropna(subset=["inspector_id"]).drop_duplicates(["visit_id", "office", "items"])
    rows = held.assign(item_id=held["items"].str.split(" ")).explode("item_id")
    departments = {name: office.department for name, office in offices.items()}
    rows = rows.assign(
        unit_id=units_of_visits(rows["visit_id"]),
        agency=rows["office"].map(departments),
        inspected_on=days_of_half_days(rows["half_days"]),
    )
    rows = rows.rename(columns={"office": "office_id"})
    return rows[EXPECTED].drop_duplicates(KEY).reset_index(drop=True)


def known_day(inspected: pd.Series[Any], *, first: date, last: date) -> date:
    """Return the day on which a rehearsal's results become known (演练结果知悉日), whose days may lie ahead.

    It is the last day of inspection within the month, its last day where there is none.
    """
    days = pd.to_datetime(inspected, errors="coerce")
    days = days[(days >= pd.Timestamp(first)) & (days <= pd.Timestamp(last))]
    return days.max().date() if len(days) else last


def faults(rows: pd.DataFrame, *, owed: Mapping[str, Owed], names: Mapping[str, str]) -> list[Fault]:
    """Return the rows that may not be accepted (不予受理的行), in order, each with its first reason.

    `rows`: the register `results`, typed; `owed`: round → what it owes; `names`: inspector_id → name.
    """
    found = []
    for place, row in enumerate(rows.to_dict("records")):
        fault = _fault(place, row, owed[row["round"]], names)
        if fault is not None:
            found.append(fault)
    return found


def _fault(place: int, row: Mapping[Any, Any], owed: Owed, names: Mapping[str, str]) -> Fault | None:
    day = row["inspected_on"].date()
    if (row["visit_id"], row["item_id"], row["agency"], row["unit_id"]) not in owed.visits:
        reason = Message.of("results.not_in_calendar", item=row["item_id"])
        return Fault(row=place, column="visit_id", value=row["visit_id"], reason=reason)
    if day > owed.last:
        return Fault(row=place, column="inspected_on", value=str(day), reason=Message.of("results.in_future"))
    if day < owed.first:
        return Fault(row=place, column="inspected_on", value=str(day), reason=Message.of("results.before_month"))
    if isinstance(row["reviewer"], str) and row["reviewer"] in _people(row["inspectors"], names):
        return Fault(row=place, column="reviewer", value=row["reviewer"], reason=Message.of("results.own_reviewer"))
    return None


def _people(inspectors: object, names: Mapping[str, str]) -> set[str]:
    """Ids and names of a visit's inspectors."""
    ids = inspectors.split() if isinstance(inspectors, str) else []
    return {*ids, *(names[one] for one in ids if one in names)}
