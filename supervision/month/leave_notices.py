"""What leave in the register means for planned visits (请假触及的检查): which, and the command that changes them."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date

from supervision.directory.roster import half_days_of
from supervision.domain.visits import units_of_visits
from supervision.messages import Message
from supervision.month.calendars import drafts, standing_now
from supervision.month.city import City
from supervision.month.round import Round
from supervision.month.round_files import CALENDAR, ROSTER, ROSTER_COMMITMENT, Step
from supervision.month.round_people import people
from supervision.planner.check.people import places_of, shortages
from supervision.tables import tuples

FAR = date(9999, 12, 31)
SHOWN = 10


def touched_visits(city: City) -> Iterator[Message]:
    """Yield what leave on record does to real rounds' visits that are still to come (请假触及的检查), with commands.

    Once inspectors are drawn: the visits of who is away. Before, while the calendar is a draft: office-days that are
    short of people now. A round that waits for its draw cannot change; the draw says whom of those it took.
    """
    for round in city.rounds():
        if round.has(Step.PLAN):
            yield from touched_in(round)


def touched_in(round: Round) -> Iterator[Message]:
    """Yield what leave on record does to one round's visits that are still to come (本轮请假触及的检查)."""
    if round.is_rehearsal or round.name.last_day < round.city.now().date():
        return
    away = half_days_of(
        round.city.register("leave", on=FAR), "inspector_id", start=round.name.first_day, end=round.name.last_day
    )
    if round.has(Step.MATCH):
        yield from _of_holders(round, away)
    elif drafts(round):
        yield from _of_offices(round, away)
    number = round.count(Step.ROSTER)
    if number in round.planned_numbers and number not in round.drawn_numbers:
        yield from _of_roster(round, number, away)


def _of_roster(round: Round, number: int, away: dict[str, set[str]]) -> Iterator[Message]:
    """Who is in a committed roster and away although it does not say so: the draw does not know it."""
    roster = round.read(ROSTER, number)
    known = {who: set(absent.split()) for who, absent in zip(roster["inspector_id"], roster["absent"], strict=True)}
    late = sorted(who for who, half_days in away.items() if half_days - known.get(who, half_days))
    if late:
        at = round.read(ROSTER_COMMITMENT, number).last_event
        named = " ".join(late[:SHOWN]) + (" …" if len(late) > SHOWN else "")
        yield Message.of("month.leave_waits", round=round.id, inspectors=named, count=len(late), at=at)


def _of_holders(round: Round, away: dict[str, set[str]]) -> Iterator[Message]:
    today = round.city.now().date().isoformat()
    held = [one for _, one in sorted(standing_now(round).held.items()) if one.place.day >= today]
    for who, half_days in sorted(away.items()):
        mine = [one.place for one in held if one.inspector_id == who and half_days & set(one.place.half_days)]
        if mine:
            visits = sorted({place.visit_id for place in mine})
            named = " ".join(visits[:SHOWN]) + (" …" if len(visits) > SHOWN else "")
            yield Message.of("month.leave_touches", round=round.id, inspector=who, count=len(visits), visits=named)
            yield from _offers(round, who, {half_day for half_day in half_days if half_day[:10] >= today})


def _of_offices(round: Round, away: dict[str, set[str]]) -> Iterator[Message]:
    roster, recused = people(round)
    table = round.read(CALENDAR, round.count(Step.PLAN))
    offices = dict(tuples(roster, "inspector_id", "office"))
    places = places_of(table.assign(unit_id=units_of_visits(table["visit_id"])))
    for short in shortages(places, roster, recused):
        there = table[(table["office"] == short.office) & table["half_days"].str.startswith(short.day)]
        visits = " ".join(sorted(set(there["visit_id"]))[:SHOWN])
        told = {"needed": short.needed, "available": short.available, "visits": visits}
        yield Message.of("month.leave_short", round=round.id, office=short.office, day=short.day, **told)
        for who, half_days in sorted(away.items()):
            mine = {half_day for half_day in half_days if half_day[:10] == short.day}
            if offices.get(who) == short.office and mine:
                yield from _offers(round, who, mine)


def _offers(round: Round, who: str, half_days: set[str]) -> Iterator[Message]:
    """Yield the command of each unbroken span of leave, ready to be run by a second person."""
    for since, until in _spans(sorted(half_days)):
        words = ["supervision", "--as", "NAME", "replan", round.id, "--absent", who, "--from", since, "--until", until]
        yield Message.of("month.leave_offer", command=shlex.join([*words, "--by", round.city.who, "--reason", "请假"]))


def _spans(half_days: list[str]) -> Iterator[tuple[str, str]]:
    """Yield first and last half-day of spans without a gap."""
    start = before = ""
    for half_day in half_days:
        if before and _number(half_day) != _number(before) + 1:
            yield start, before
            start = half_day
        start, before = start or half_day, half_day
    if before:
        yield start, before


def _number(half_day: str) -> int:
    return 2 * date.fromisoformat(half_day[:10]).toordinal() + int(half_day[-1])
