"""Repair of a drawn calendar (修复日程): an office's day at a time, with the proof that nothing less would do.

Of the visits of a day whose places cannot all be filled some must leave it. Sets of visits are tried in the order of
the aims – such as have no half-day elsewhere, told ones, all – so the first with which the day stands bounds all.
If their visits go straight to other half-days the bound is met; if none does, one more visit at least has to move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from supervision.planner.check.people import Place
from supervision.planner.replan.holdings import Act, Holdings

SETS = 2_000  # sets of visits to leave a day that are tried, the least first
OPTIONS = 40  # sets of the least kind that are laid out in full
ROOM = 80  # visits that are tried to make room for another

Aims = tuple[int, int, int]  # lost, told and moved, moved
NOTHING: Aims = (0, 0, 0)
Option = tuple[str, ...]
Day = tuple[str, str, Sequence[Place]]  # office, date, urgent places
NO_DAY: Day = ("", "", ())


class Destination(NamedTuple):
    """Where a visit that is out can go (可改至的半天), the least change first."""

    people: int
    days: int
    half_days: tuple[str, ...]
    places: list[Place]


class Laid(NamedTuple):
    """A set of visits laid out elsewhere (改期方案): aims (lost, told, moved), then (people, days, visits) for ties."""

    aims: Aims
    ties: tuple[int | str, ...]
    state: Holdings
    moved: Sequence[str]
    lost: Sequence[str]


@dataclass(kw_only=True)
class Repair:
    """A change under construction (变更过程), and what it must keep.

    `free`: visit → the half-days that it could take; `told` visits; `fixed` ones, moved before; `first` the first
    half-day that may change; `closed` (office, date); `alone` an empty calendar. `least` (lost, told, moved) is proven
    so far; `why` visits are lost.
    """

    free: Mapping[str, Sequence[tuple[str, ...]]]
    told: frozenset[str]
    fixed: frozenset[str]
    first: str
    closed: frozenset[tuple[str, str]]
    alone: Holdings
    state: Holdings
    moved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    least: Aims = NOTHING
    why: dict[str, str] = field(default_factory=dict)

    def days(self, urgent: Sequence[Place]) -> None:
        """Repair every office's day that does not stand, in time order (逐日修复)."""
        standing = [p for own in self.state.visits.values() for p in own if p.first >= self.first]
        broken = [p for p in standing if (p.office, p.day) in self.closed or not self.state.able(p)]
        for day, office in sorted({(p.day, p.office) for p in (*urgent, *broken)}):
            of = office, day, [p for p in urgent if (p.day, p.office) == (day, office)]
            stood = self._stood(self.state, of)
            if stood is None:
                self.leave(*self._options(of), of)
            else:
                self.state = stood

    def leave(self, options: Sequence[Option], least: Aims = NOTHING, of: Day = NO_DAY) -> None:
        """Lay out the sets of visits that leave a day, and keep the one that changes least (腾出并改期).

        `least`: what is lost, told and moved at least, where the sets are all of the least kind.
        """
        best = min((self._laid(option, of, deep=False) for option in options[:OPTIONS]), key=lambda laid: laid[:2])
        if best.aims > least:
            if least > NOTHING and len(options) <= OPTIONS and all(self._stuck(option, of) for option in options):
                least = min(best.aims, (least[0], least[1], least[2] + 1))
            deep = (self._laid(option, of, deep=True) for option in options[:OPTIONS])
            best = min(best, *deep, key=lambda laid: laid[:2])
        self.why |= {visit: self._why(visit) for visit in best.lost}
        self.state = best.state
        self.moved.extend(best.moved)
        self.lost.extend(best.lost)
        self.least = _sum(self.least, least)

    def rank(self, option: Option) -> Aims:
        """Return what a set of visits costs at least (至少的代价): (lost, told and moved, moved)."""
        somewhere = [visit for visit in option if self._somewhere(visit)]
        return len(option) - len(somewhere), sum(visit in self.told for visit in somewhere), len(somewhere)

    def _options(self, of: Day) -> tuple[list[Option], Aims]:
        """The sets of visits without which a day stands, of the least kind that there is, and their rank.

        Where not all of that kind were tried the rank is nothing.
        """
        office, day, _ = of
        here = tuple(sorted({p.visit_id for p in self.state.office_day(office, day) if p.first >= self.first}))
        if (office, day) in self.closed:
            return [here], self.rank(here)
        ranks = {visit: self.rank((visit,)) for visit in here}
        kinds, tried = Counter(ranks.values()), 0
        for numbers in product(*(range(kinds[rank] + 1) for rank in ((1, 0, 0), (0, 1, 1), (0, 0, 1)))):
            lost, told, untold = numbers
            found: list[Option] = []
            for option in combinations(here, sum(numbers)):
                if option and _sum(*(ranks[visit] for visit in option)) == (lost, told, told + untold):
                    tried += 1
                    if tried > SETS:
                        return found or [here], NOTHING
                    if self._stood(self._without(option), of) is not None:
                        found.append(option)
            if found:
                return found, (lost, told, told + untold)
        return [here], NOTHING

    def _without(self, option: Option) -> Holdings:
        trial = self.state.copy()
        for visit in option:
            trial.remove(visit)
        return trial

    def _stood(self, state: Holdings, of: Day) -> Holdings | None:
        """An office's day with all its substitutes; None where it does not stand."""
        office, day, urgent = of
        trial = state.copy()
        own = [p for p in trial.office_day(office, day) if p.first >= self.first]
        if (office, day) in self.closed:
            return None if own or urgent else trial
        opened = [trial.give(p, "") for p in own if not trial.able(p)]
        for place in urgent:
            free = trial.eligible(place)
            if free:
                trial.take_out(place, trial.chosen(place, free))
            else:
                released = self._released(trial, place, opened)
                if released is None:
                    return None
                trial = released
        return trial if trial.fill(opened, noted=True) else None

    def _released(self, trial: Holdings, urgent: Place, opened: list[Place]) -> Holdings | None:
        """Take somebody off his places for an urgent one, where others can take them over; these open then, too."""
        own = trial.office_day(urgent.office, urgent.day)
        for who in sorted({p.holder for p in own if p.holder}):
            copy = trial.copy()
            mine = [p for p in own if p.holder == who and set(p.half_days) & set(urgent.half_days)]
            more = [copy.give(p, "") for p in mine]
            if all(p.first >= self.first for p in mine) and who in copy.eligible(urgent):
                copy.take_out(urgent, who)
                if copy.copy().fill([*opened, *more], noted=False):
                    opened.extend(more)
                    return copy
        return None

    def _cleared(self, option: Option, of: Day) -> Holdings:
        """The holdings without some visits, the day repaired where it stands then."""
        trial = self._without(option)
        return self._stood(trial, of) or trial

    def _moved_before(self, visit: str) -> bool:
        """Whether a visit may not be moved any more (不可再改期)."""
        return visit in self.fixed or visit in self.moved

    def _stuck(self, option: Option, of: Day) -> bool:
        """Whether some visit of a set can go nowhere although all of the set are out of the way."""
        trial, own = self._cleared(option, of), [visit for visit in option if not self._moved_before(visit)]
        return not all(self._destinations(trial, self.state.visits[visit]) for visit in own)

    def _laid(self, option: Option, of: Day, *, deep: bool) -> Laid:
        """What comes of a set of visits leaving a day: where each can go, then all of it in the protocol's order."""
        trial = self._cleared(option, of)
        moves: dict[str, tuple[str, ...]] = {}
        lost: list[str] = []
        for visit in option:
            own, steps = self.state.visits[visit], list[Destination]()
            if not self._moved_before(visit):
                steps = self._destinations(trial, own)[:1] or (self._room(trial, own) if deep else [])
            for step in steps:
                trial.put(step.places)
                moves[step.places[0].visit_id] = step.half_days
            if not steps:
                lost.append(visit)
        return self._in_order(option, of, lost, moves)

    def _in_order(self, option: Option, of: Day, lost: Sequence[str], moves: Mapping[str, tuple[str, ...]]) -> Laid:
        """Cancel, move and substitute one after the other with all holdings of the moment, as the protocol replays it.

        Where it does not come out so all of the set is lost; urgent places may stay open then.
        """
        trial = self.state.copy()
        for visit in lost:
            trial.remove(visit)
            trial.acts.append(Act("cancelled", visit))
        people = days = 0
        for visit, names in moves.items():
            own = trial.visits[visit]
            trial.remove(visit)
            found = _seated(trial, own, names)
            if found is None:
                return self._in_order(option, of, option, {})
            trial.put(found.places)
            trial.acts.append(Act("moved", visit, half_day=names[0]))
            people, days = people + found.people, days + found.days
        stood = self._stood(trial, of)
        if stood is None and moves:
            return self._in_order(option, of, option, {})
        told = sum(visit in self.told for visit in moves)
        return Laid((len(lost), told, len(moves)), (people, days, *option), stood or trial, list(moves), lost)

    def _room(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Another visit that goes elsewhere so that one fits, untold ones tried first: where both go."""
        offices, days = {p.office for p in own}, {names[0][:10] for names in self.free[own[0].visit_id]}
        near = {
            p.visit_id
            for places in trial.visits.values()
            for p in places
            if p.office in offices and p.day in days and p.first >= self.first and not self._moved_before(p.visit_id)
        }
        for other in sorted(near, key=lambda v: (v in self.told, v))[:ROOM]:
            copy = trial.copy()
            copy.remove(other)
            for found in self._destinations(copy, own)[:1]:
                copy.put(found.places)
                for onward in self._destinations(copy, trial.visits[other])[:1]:
                    return [onward, found]
        return []

    def _why(self, visit: str) -> str:
        """Why a visit has no half-day left (未能改期的原因)."""
        if self._moved_before(visit):
            return "moved_before"
        return "nobody_free" if self._somewhere(visit) else "no_half_day"

    def _somewhere(self, visit: str) -> bool:
        """Whether a visit would have a half-day if nobody had anything else on (空日程下是否有半天)."""
        return not self._moved_before(visit) and bool(self._destinations(self.alone, self.state.visits[visit]))

    def _destinations(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Where a visit that is out can go, the least change first."""
        unit = [places for places in trial.visits.values() if places[0].unit == own[0].unit]
        busy = {own[0].first, *(half_day for places in unit for p in places for half_day in p.half_days)}
        found = [_seated(trial, own, names) for names in self.free[own[0].visit_id] if busy.isdisjoint(names)]
        return sorted((one for one in found if one), key=lambda one: one[:3])


def _seated(trial: Holdings, own: Sequence[Place], names: Sequence[str]) -> Destination | None:
    """A visit in other half-days: holders stay where they can, the others are substituted.

    None where a place stays open or most people would change.
    """
    there = [replace(p, half_days=tuple(names[: len(p.half_days)])) for p in own]
    there = [p if p.holder in trial.eligible(p) else replace(p, holder="") for p in there]
    trial.put(there)
    filled = trial.fill([p for p in there if not p.holder], noted=False)
    seated = trial.visits[own[0].visit_id]
    trial.remove(own[0].visit_id)
    changed = sum(a.holder != b.holder for a, b in zip(own, seated, strict=True))
    days = abs((date.fromisoformat(names[0][:10]) - date.fromisoformat(own[0].day)).days)
    return Destination(changed, days, tuple(names), seated) if filled and 2 * changed <= len(own) else None


def _sum(*ranks: Aims) -> Aims:
    lost, told, moved = map(sum, zip(*ranks, strict=True))
    return lost, told, moved
