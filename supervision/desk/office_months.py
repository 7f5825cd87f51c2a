"""An office's month for its pages (机构当月检查): what its workbook holds, kept until a step of the round changes it.

Results come in all day; the calendar rarely changes. So the month is kept apart from what is on record of it, and only
the latter is read anew after each result.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
from flask import abort

from supervision.desk.context import desk, lately
from supervision.desk.receptions import month_stamp, owed_of, reception_of
from supervision.messages import Message
from supervision.month.internal_files import office_month, office_months
from supervision.month.page_heading import heading
from supervision.month.result_review import recorded_results, unreviewed_of
from supervision.month.round import Round
from supervision.month.round_results import can_report
from supervision.month.visit_states import VisitState, visit_states
from supervision.notice.office_content import ADVICE_COLUMNS, OfficeContent
from supervision.notice.recorded_answers import ANSWER_COLUMNS
from supervision.notice.site.data import records
from supervision.results.acceptance import Team
from supervision.tables import tuples

WHILE_MADE = 60.0  # seconds that a month may be shown as it was, while it is made anew
Row = Mapping[str, str]
Key = tuple[str, str]  # visit_id, item_id


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one visit owes of one item (一个事项): who may report it, and by which methods the item is checked."""

    item_id: str
    item: str
    agency: str
    people: tuple[tuple[str, str], ...]
    methods: tuple[str, ...]
    team: Team


@dataclass(frozen=True, kw_only=True, eq=False)
class OfficeMonth:
    """An office's month (机构当月检查).

    Attributes
    ----------
    content
        What its workbook is made of, without what is on record.
    visits
        visit_id → what its sheet says of it, in calendar order; checks without a visit after them, `off_site` "1".
    duties
        visit_id → what it owes, an entry an item.
    people
        visit_id → who goes, ids and names.
    points
        visit_id → what is looked at, a row an item.
    places
        unit_id → longitude and latitude, of units that have them.
    """

    content: OfficeContent
    visits: Mapping[str, Row]
    duties: Mapping[str, list[Duty]]
    people: Mapping[str, list[tuple[str, str]]]
    points: Mapping[str, list[Row]]
    places: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, kw_only=True, eq=False)
class OnRecord:
    """What is on record of a round (已录入情况): how far visits are, latest results, what a second person said."""

    states: Mapping[tuple[str, str], VisitState]
    results: Mapping[Key, Mapping[str, str]]
    sent_back: Mapping[Key, tuple[str, str]]


def round_keys() -> list[str]:
    """Return the rounds whose visits offices carry (已抽取人员的轮次), sorted."""

    def make() -> list[str]:
        with desk().city("desk") as city:
            return [round.key for round in city.rounds() if can_report(round)]

    return desk().kept("office-rounds", desk().stamp, make, since=lately())


def default_round(keys: list[str], today: date) -> str:
    """Return the round that is shown first (默认轮次): a real one of this month or the next to come, else the latest.

    >>> default_round(["2026-11", "2026-12", "2027-01.rehearsal"], date(2026, 12, 3))
    '2026-12'
    >>> default_round(["2026-12.rehearsal"], date(2026, 12, 3)), default_round([], date(2026, 12, 3))
    ('2026-12.rehearsal', '')
    """
    real = [key for key in keys if "." not in key] or keys
    coming = [key for key in real if key[:7] >= f"{today:%Y-%m}"]
    return coming[0] if coming else real[-1] if real else ""


def month_of(key: str, office: str) -> OfficeMonth | None:
    """Return an office's month (取机构当月检查), None where it has none; an unknown round is not found."""
    if key not in round_keys():
        abort(404)

    since = time.time() - WHILE_MADE
    return desk().kept(("office-months", key), month_stamp(desk(), key), lambda: _months(key), since=since).get(office)


def on_record(key: str, *, after: float = 0.0, hurry: bool = False) -> OnRecord:
    """Return what is on record of a round (取已录入情况), at least what was at the time `after`.

    Others' results may be some seconds behind while somebody works with the store; in a `hurry`, always.
    """
    today = desk().settings.now().date()

    def make() -> OnRecord:
        with desk().city("desk") as city:
            return _on_record(city.round(key), today, owed_of(desk(), key))

    stamp = (desk().stamp, today, desk().rules_stamp)
    return desk().kept(("on-record", key), stamp, make, since=max(after, lately()), hurry=hurry)


def _months(key: str) -> dict[str, OfficeMonth]:
    with desk().city("desk") as city:
        round = city.round(key)
        month = office_month(round)
        month = replace(
            month,
            answers=pd.DataFrame(columns=list(ANSWER_COLUMNS), dtype="str"),
            advice=pd.DataFrame(columns=["agency", *ADVICE_COLUMNS], dtype="str"),
        )
        contents = list(office_months(round, heading(round), month))
        reception = reception_of(desk(), key)
        owed = reception.owed(key)
        teams = {} if isinstance(owed, Message) else owed.by_item
        places = _places(round, contents)
        names = reception.people.names
        return {one.office.office_id: _month(round, one, teams, names, places) for one in contents}


def _places(round: Round, contents: list[OfficeContent]) -> dict[str, tuple[float, float]]:
    units = {unit for one in contents for unit in (*one.visits["unit_id"], *one.off_site["unit_id"])}
    rows = round.register("entities", ["unit_id", "lon", "lat"], of=units).dropna()
    return {unit: (float(lon), float(lat)) for unit, lon, lat in tuples(rows)}


def _month(
    round: Round,
    content: OfficeContent,
    teams: Mapping[Key, Team],
    names: Mapping[str, str],
    places: Mapping[str, tuple[float, float]],
) -> OfficeMonth:
    visits: dict[str, Row] = {}
    for row in records(content.visits.merge(content.details, on="visit_id", validate="1:1")):
        visits[row["visit_id"]] = {**row, "off_site": ""}
    for row in records(content.off_site):
        one = visits.setdefault(row["visit_id"], {**_OFF_SITE, **row, "date": row["correct_by"], "items": ""})
        visits[row["visit_id"]] = {**one, "items": "、".join(filter(None, [one["items"], row["item"]]))}
    duties: dict[str, list[Duty]] = defaultdict(list)
    for form in records(content.forms):
        team = teams.get((form["visit_id"], form["item_id"]))
        if team is None:
            continue  # nobody was drawn for it: it owes nothing until somebody is
        duties[form["visit_id"]].append(
            Duty(
                item_id=form["item_id"],
                item=form["item"],
                agency=form["agency"],
                people=tuple((who, names.get(who, who)) for who in sorted(team.holders, key=str.encode)),
                methods=tuple(round.items[form["item_id"]].method),
                team=team,
            )
        )
    points: dict[str, list[Row]] = defaultdict(list)
    for row in records(content.points):
        points[row["visit_id"]].append(row)
    people: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in records(content.people):
        if (row["inspector_id"], row["name"]) not in people[row["visit_id"]]:
            people[row["visit_id"]].append((row["inspector_id"], row["name"]))
    return OfficeMonth(content=content, visits=visits, duties=duties, people=people, points=points, places=places)


_OFF_SITE = {
    "off_site": "1",
    **dict.fromkeys(("half", "half_days", "address", "street", "inspectors", "partners", "joint", "lead"), ""),
    **dict.fromkeys(("used", "contact", "phone", "legal_rep", "certificates", "earlier", "token", "ground"), ""),
}


def _on_record(round: Round, today: date, owed: pd.DataFrame) -> OnRecord:
    results: dict[Key, Mapping[str, str]] = {}
    for row in recorded_results(round).to_dict("records"):
        results[row["visit_id"], row["item_id"]] = {str(name): _text(value) for name, value in row.items()}
    waits = unreviewed_of(round)
    back = waits[waits["state"] == "sent_back"]
    columns = ["visit_id", "item_id", "sent_back_by", "reason"]
    return OnRecord(
        states=visit_states(round, on=today, owed=owed),
        results=results,
        sent_back={(v, i): (by, why) for v, i, by, why in tuples(back, *columns)},
    )


def _text(value: Any) -> str:
    if pd.isna(value):
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)
