"""What a change would be (变更方案): which visits move and who goes, worked out and not kept.

Whoever says yes sees this first; what is kept afterwards is the same, or nothing (`Proposal.fingerprint`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json
from supervision.domain.visits import AFTERNOON, MORNING, PARTS, HalfDay, units_of_visits
from supervision.errors import CannotHold, UsageError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendar_making import Finished, finished, inputs, make, not_before
from supervision.month.calendars import change_time, changes, chosen_units, last_event, standing_now
from supervision.month.change_effects import change_orders
from supervision.month.change_order import ABSENT, BLOCKED, CLOSED, OFFICE, URGENT, Aims, Asked, ChangeOrder
from supervision.month.change_replay import compare, rows_of
from supervision.month.drawn_calendar import held_places, least_change, urgent_by_lot, wanted_places
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import last_day_told, people, people_day
from supervision.month.urgent_caps import within_caps
from supervision.planner.plan import Budget, Plan
from supervision.planner.replan.change import Event
from supervision.sampling.protocol.records import Change
from supervision.tables import tuples

NOON = 12
OF_MOMENT = {"at", "evidence", "reviewed_by"}  # what says when and by whom a change was approved, not what it is
STEPS = (Step.PLAN, Step.ROSTER, Step.ABANDON_ROSTER, Step.MATCH, Step.REPLAN)


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """A change as it would be (变更方案).

    `order` as it would be kept, with `rows` that it adds to changes.json; before inspectors are drawn `made`, the
    calendar planned anew, stands in the place of the rows, `kept` what its certificate and list of unheld units say.
    `counted`: what urgent visits use up of the year's caps.
    """

    order: ChangeOrder
    counted: Sequence[Message]
    rows: tuple[Change, ...] = ()
    made: Plan | None = None
    kept: Finished | None = None

    @property
    def fingerprint(self) -> str:
        """What the change is, whoever approves it and when (方案指纹), SHA-256 in hex."""
        order = asdict(self.order)
        order["asked"] = {name: value for name, value in order["asked"].items() if name != "reviewed_by"}
        del order["at"]
        rows = [{name: value for name, value in asdict(row).items() if name not in OF_MOMENT} for row in self.rows]
        body: dict[str, Any] = {"order": order, "rows": rows}
        if self.made is not None and self.kept is not None:
            tables = {"calendar": self.made.calendar, "unheld": self.kept.unheld}
            body["made"] = {name: table.astype("str").to_csv(index=False) for name, table in tables.items()}
        return hashlib.sha256(canonical_json(body)).hexdigest()


def on_record(round: Round, asked: Asked) -> ChangeOrder | None:
    """Return the order in which this happening is on record already (已登记的同一变更), or None."""
    return next((order for order in change_orders(round) if _event(order.asked) == _event(asked)), None)


def _event(asked: Asked) -> tuple[object, ...]:
    return asked.kind, asked.subject, asked.half_days, asked.urgent


def state_of(round: Round) -> str:
    """Return what a change rests on in the round (变更所依状态), SHA-256 in hex: quick to ask before a long work.

    Steps that make or change calendars, and the first half-days that may change now and are told by now.
    """
    steps = {step.stored: round.finished.get(step, []) for step in STEPS}
    digests = round.city.store.digests(round.key)
    body: dict[str, Any] = {"steps": steps, "changes": digests.get(files.CHANGES.path(), "")}
    if round.has(Step.MATCH):
        at = change_time(round, round.read(files.REVEAL_ROSTER, round.count(Step.MATCH)))
        body["first"] = [_first(round, at), _notice(round, at)]
    return hashlib.sha256(canonical_json(body)).hexdigest()


def propose(round: Round, asked: Asked, *, budget: Budget) -> Proposal:
    """Return the least change of a round's calendar by what happened (求最小变更方案); nothing is kept.

    An urgent visit that would take a unit over a yearly cap is refused; visits that move stay within the year.
    """
    round.need(Step.PLAN, "plan")
    committed, drawn = round.count(Step.ROSTER), round.count(Step.MATCH)
    if committed in round.planned_numbers and committed not in round.drawn_numbers:
        at = round.read(files.ROSTER_COMMITMENT, committed).last_event
        raise UsageError("month.replan_waits", round=round.id, at=at)
    counted = within_caps(round, asked.urgent)
    number = round.count(Step.REPLAN) + 1
    found = _changed(round, asked, number) if drawn else _planned_anew(round, asked, number, budget)
    return replace(found, counted=counted)


def _planned_anew(round: Round, asked: Asked, no: int, budget: Budget) -> Proposal:
    """Make the draft of the calendar anew; nobody was drawn yet."""
    number = round.count(Step.PLAN)
    if number not in round.planned_numbers:  # its roster commitment was given up
        raise UsageError("month.step_missing", round=round.id, step=Step.PLAN.stored, command="plan")
    calendar = round.read(files.CALENDAR, number)
    if calendar.empty:
        raise UsageError("month.replan_nothing", round=round.id)
    roster, recused = people(round)
    known = set(roster["inspector_id"])
    _known_subject(round, asked, known, set(units_of_visits(calendar["visit_id"])))
    leave: dict[str, tuple[str, ...]] = {}
    if asked.kind == ABSENT:
        leave = {asked.subject: asked.half_days}
    elif asked.kind == OFFICE:
        leave = dict.fromkeys(roster.loc[roster["office"] == asked.subject, "inspector_id"], asked.half_days)
    elif asked.kind == URGENT:
        leave = urgent_by_lot(round, asked.urgent, roster, recused)
    order = ChangeOrder(asked=asked, at=round.at, first=min((*asked.half_days, "")), no=no, leave=leave)
    made = make(round, inputs(round, not_before(round), [order]), budget)
    lost = _newly_lost(round.table(files.UNHELD_ROWS, number=number), made.unheld)
    kept = finished(round, made, [order])
    return Proposal(order=replace(order, lost=lost), counted=(), made=made, kept=kept)


def _newly_lost(before: pd.DataFrame, after: pd.DataFrame) -> dict[str, str]:
    """Unit → reason of what the calendar does not hold any more."""
    columns = ["unit_id", "office", "items"]
    known = set(tuples(before, *columns))
    rows = tuples(after, *columns, "reason")
    return {unit: reason for unit, office, items, reason in rows if (unit, office, items) not in known}


def _changed(round: Round, asked: Asked, no: int) -> Proposal:
    """Change a calendar whose inspectors are drawn, as little as can be."""
    matched, before, now = round.count(Step.MATCH), changes(round), standing_now(round)
    at = change_time(round, round.read(files.REVEAL_ROSTER, matched))
    first, notice = _first(round, at), _notice(round, at)
    visits = {one.place.unit_id for one in now.held.values() if one.place.half_days[0] >= first}
    people_there = {one.inspector_id: one.office for one in now.people}
    _known_subject(round, asked, set(people_there), visits)
    ahead = tuple(half_day for half_day in asked.half_days if half_day >= first)
    if asked.half_days and not ahead:
        raise UsageError("month.replan_begun", half_days=" ".join(asked.half_days), first=first)
    away = [asked.subject] if asked.kind == ABSENT else []
    if asked.kind == OFFICE:
        away = [who for who, office in people_there.items() if office == asked.subject]
    for who in away:
        now.enter_leave(who, ahead)
    table = held_places(now)
    found = least_change(round, now, _as_event(asked, ahead), first=first, notice=notice)
    going = found.changes[found.changes["kind"] == "leave"]
    if (going["inspector_id"] == "").any():
        raise CannotHold("month.urgent_nobody", office=going["office"].iloc[0], half_days=" ".join(asked.half_days))
    order = ChangeOrder(
        asked=asked,
        at=at,
        first=first,
        no=no,
        notice=notice,
        frozen=tuple(half_day for half_day in asked.half_days if half_day < first),
        leave=dict.fromkeys(sorted(away), ahead),
        aims=Aims(lost=found.lost, told=found.told, moved=found.moved, people=found.people, days=found.days),
        least=found.least,
        lost=dict(found.why),
    )
    made = rows_of(now, order, found.acts, start=len(before) + 1)
    compare(now, table, found.changes)
    order = replace(order, rows=(len(before) + 1, len(before) + len(made)))
    return Proposal(order=order, counted=(), rows=tuple(made))


def _as_event(asked: Asked, ahead: Sequence[str]) -> Event:
    days = {half_day[:10] for half_day in ahead}
    whole = {day for day in days if {f"{day}{part}" for part in PARTS} <= set(asked.half_days)}
    return Event(
        cancelled=frozenset({asked.subject}) if asked.kind == CLOSED else frozenset(),
        blocked={asked.subject: frozenset(ahead)} if asked.kind == BLOCKED else {},
        closed=frozenset((asked.subject, day) for day in whole) if asked.kind == OFFICE else frozenset(),
        urgent=wanted_places(asked.urgent) if asked.kind == URGENT else (),
    )


def _first(round: Round, at: str) -> str:
    """The first half-day that may change: it has not begun, and it is after the day of the last draw."""
    if round.is_rehearsal:
        return str(HalfDay(day=round.name.first_day, part=MORNING))
    now, drawn = datetime.fromisoformat(at), datetime.fromisoformat(last_event(round)).date()
    today, morrow = now.date(), now.date() + timedelta(days=1)
    begun = HalfDay(day=today, part=AFTERNOON) if now.hour < NOON else HalfDay(day=morrow, part=MORNING)
    return str(max(begun, HalfDay(day=drawn + timedelta(days=1), part=MORNING)))


def _notice(round: Round, at: str) -> str:
    """The first half-day after the notice period; in a rehearsal, which has no clock, of the day before its month."""
    today = round.name.first_day - timedelta(days=1) if round.is_rehearsal else datetime.fromisoformat(at).date()
    return str(HalfDay(day=last_day_told(round, today) + timedelta(days=1), part=MORNING))


def _known_subject(round: Round, asked: Asked, people_there: set[str], units: set[str]) -> None:
    """Refuse an inspector, or a unit, whom the calendar does not know, saying what is known of them."""
    if asked.kind == ABSENT and asked.subject not in people_there:
        known = round.city.register("inspectors", on=people_day(round), columns=["inspector_id"])
        if asked.subject in set(known["inspector_id"]):
            raise UsageError("month.replan_not_in_roster", inspector=asked.subject, round=round.id)
        raise UsageError("month.replan_inspector", inspector=asked.subject)
    if asked.kind in (CLOSED, BLOCKED) and asked.subject not in units:
        if asked.subject in set(chosen_units(round)["unit_id"]):
            raise UsageError("month.replan_no_visit", unit=asked.subject, round=round.id)
        raise UsageError("month.replan_not_drawn", unit=asked.subject, round=round.id)
