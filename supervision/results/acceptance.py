"""Which results are accepted (结果受理): those that a visit owes, held by who was drawn, reviewed by another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from supervision.domain.nobody import is_nobody
from supervision.domain.people import Office
from supervision.domain.visits import days_of_half_days, units_of_visits
from supervision.messages import Message
from supervision.results.people import People, is_one_of
from supervision.tables import tuples

Owes = tuple[str, str, str, str]  # visit_id, item_id, agency, unit_id
EXPECTED = ["visit_id", "unit_id", "agency", "item_id", "office_id", "inspected_on"]
KEY = ["visit_id", "item_id"]


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who may report a visit's item (检查组): ids of who holds the office's places, and how many must have gone.

    Of an off-site check: who of the office may do it, how many at least, and the `methods` that it may name.
    """

    holders: frozenset[str]
    least: int
    methods: frozenset[str] = frozenset()

    @property
    def off_site(self) -> bool:
        """Tell whether nobody goes there (是否非现场检查)."""
        return bool(self.methods)


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What a round's visits owe (应报结果): (visit_id, item_id, agency, unit_id) → its team; first and last day."""

    teams: Mapping[Owes, Team]
    first: date
    last: date

    @cached_property
    def by_item(self) -> Mapping[tuple[str, str], Team]:
        """The teams by (visit_id, item_id) alone (检查组), which say who may report them."""
        return {(visit, item): team for (visit, item, _, _), team in self.teams.items()}


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


def teams(expected: pd.DataFrame, places: pd.DataFrame, *, least: int, wanted: Mapping[str, int]) -> dict[Owes, Team]:
    """Return who may report what (各次检查的检查组), by (visit_id, item_id, agency, unit_id).

    `expected`: see `expected_results`; `places`: visit_id, office, inspector_id, who holds each place now – whoever
    stepped in for somebody stands here in their stead; `least`: the fewest inspectors an office sends; `wanted`: item
    → how many inspectors it needs. Nobody is asked for more people than hold places.
    """
    held = places.dropna(subset=["inspector_id"])
    holders = held.groupby(["visit_id", "office"])["inspector_id"].agg(frozenset).to_dict()
    found = {}
    columns = ["visit_id", "item_id", "agency", "unit_id", "office_id"]
    for visit, item, agency, unit, office in tuples(expected, *columns):
        people = holders[visit, office]
        needed = max(least, min(wanted.get(item, least), len(people)))
        found[visit, item, agency, unit] = Team(holders=people, least=needed)
    return found


def known_day(inspected: pd.Series[Any], *, first: date, last: date) -> date:
    """Return the day on which a rehearsal's results become known (演练结果知悉日), whose days may lie ahead.

    `inspected`: days, datetime64. It is the last of them within the month, its last day where there is none.
    """
    days = inspected[(inspected >= pd.Timestamp(first)) & (inspected <= pd.Timestamp(last))]
    return days.max().date() if len(days) else last


def faults(
    rows: pd.DataFrame,
    *,
    owed: Mapping[str, Owed],
    people: People,
    known_ended: Collection[tuple[str, str]],
    ending: Collection[str],
) -> list[Fault]:
    """Return why rows may not be accepted (不予受理的行), in order, with all reasons of each.

    `rows`: the register `results`, typed, `inspectors` ids; `owed`: round → what it owes, for every round of `rows`;
    `ending`: result codes that say that a unit's registration ended, `known_ended`: (unit_id, code) that the registers
    know as such.
    """
    found = []
    for place, row in enumerate(rows.to_dict("records")):
        team = owed[row["round"]].teams.get((row["visit_id"], row["item_id"], row["agency"], row["unit_id"]))
        if team is None:
            reason = Message.of("results.not_in_calendar", item=row["item_id"])
            found.append(Fault(row=place, column="visit_id", value=row["visit_id"], reason=reason))
            continue
        said = [*_days(row, owed[row["round"]]), *_team(row, team), *_method(row, team), *_reviewers(row, people)]
        if row["result"] in ending and (row["unit_id"], row["result"]) not in known_ended:
            said.append(("result", row["result"], Message.of("results.status_unknown")))
        found += [Fault(row=place, column=column, value=value, reason=reason) for column, value, reason in said]
    return found


Said = tuple[str, str, Message]


def _days(row: Mapping[Any, Any], owed: Owed) -> Iterator[Said]:
    day = row["inspected_on"].date()
    if day > owed.last:
        yield "inspected_on", str(day), Message.of("results.in_future")
    if day < owed.first:
        yield "inspected_on", str(day), Message.of("results.before_month")


def _team(row: Mapping[Any, Any], team: Team) -> Iterator[Said]:
    """Say whether the right people went (检查组是否相符): only who holds a place, and enough of them."""
    went = row["inspectors"].split() if isinstance(row["inspectors"], str) else []
    strangers = [one for one in went if one not in team.holders]
    if strangers:
        code = "results.off_site_stranger" if team.off_site else "results.not_drawn"
        yield "inspectors", " ".join(strangers), Message.of(code, who="、".join(strangers))
    if len(set(went) & team.holders) < team.least:
        reason = Message.of("results.too_few", count=len(set(went) & team.holders), least=team.least)
        yield "inspectors", " ".join(went), reason


def _method(row: Mapping[Any, Any], team: Team) -> Iterator[Said]:
    """Say whether an off-site check was one (是否非现场方式): it names its method, and none that needs a visit."""
    if not team.off_site:
        return
    named = row["method"].split() if isinstance(row["method"], str) else []
    if not named:
        yield "method", "", Message.of("results.off_site_unsaid")
    others = [one for one in named if one not in team.methods]
    if others:
        yield "method", " ".join(others), Message.of("results.off_site_method", known=" ".join(sorted(team.methods)))


def _reviewers(row: Mapping[Any, Any], people: People) -> Iterator[Said]:
    """Say whether a second person reviewed (是否由另一人审核): the result, and a correction of it."""
    inspectors = set(row["inspectors"].split()) if isinstance(row["inspectors"], str) else set()
    if is_nobody(row["reviewer"]):
        yield "reviewer", "", Message.of("results.unreviewed")
    for column in ("reviewer", "correction_reviewer"):
        if is_nobody(row[column]):
            continue
        code = is_one_of(row[column], inspectors, people)
        if code:
            yield column, row[column], Message.of(code, who=row[column])
