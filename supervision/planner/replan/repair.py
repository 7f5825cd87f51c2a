"""Repair of a drawn calendar (修复日程): an office's day at a time, with the proof that nothing less would do.

Of the visits of a day whose places cannot all be filled some must leave it. Sets of visits are tried in the order of
the aims – such as have no half-day elsewhere, told ones, all – so the first with which the day stands bounds all.
If their visits go straight to other half-days the bound is met; if none does, one more visit at least has to move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

from supervision.planner.replan.holdings import Act, Holdings, Place
from supervision.planner.visits.halfdays import Grid, slots_of

SETS = 2_000  # sets of visits to leave a day that are tried, the least first
OPTIONS = 40  # sets of the least kind that are laid out in full
ROOM = 80  # visits that are tried to make room for another

Aims = tuple[int, int, int]
Option = tuple[str, ...]
Day = tuple[str, str, Sequence[Place]]  # office, date, urgent places


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
    moved: list[str]
    lost: list[str]


@dataclass(kw_only=True)
class Repair:
    """A change under construction (变更过程), and what it must keep.

    `grids` by unit, `slots` by visit: half-days that it could take; `told` visits; `fixed` ones, moved before;
    `first` the first half-day that may change; `closed` (office, date). `least` (lost, told, moved) is proven so far;
    `why` visits are lost.
    """

    grids: Mapping[str, Grid]
    slots: Mapping[str, int]
    told: frozenset[str]
    fixed: frozenset[str]
    first: str
    closed: frozenset[tuple[str, str]]
    state: Holdings
    moved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    least: Aims = (0, 0, 0)
    why: dict[str, str] = field(default_factory=dict)

    def days(self, urgent: Sequence[Place]) -> None:
        """Repair every office's day that does not stand, in time order (逐日修复)."""
        standing = [p for p in self.state.places.values() if p.first >= self.first]
        broken = [p for p in standing if (p.office, p.day) in self.closed or not self.state.able(p)]
        for day, office in sorted({(p.day, p.office) for p in (*urgent, *broken)}):
            own = [p for p in urgent if (p.day, p.office) == (day, office)]
            stood = self._stood(self.state, (office, day, own))
            if stood is None:
                options, exact = self._options((office, day, own))
                self.leave(options, (office, day, own), exact=exact)
            else:
                self.state = stood

    def leave(self, options: Sequence[Option], of: Day | None = None, *, exact: bool = True) -> None:
        """Lay out the sets of visits that leave a day, and keep the one that changes least (腾出并改期).

        `exact`: the sets are all of the least kind, so that their aims are a bound.
        """
        least = self._rank(options[0]) if exact else (0, 0, 0)
        best = min((self._laid(option, of, deep=False) for option in options[:OPTIONS]), key=lambda laid: laid[:2])
        if best.aims > least:
            if exact and len(options) <= OPTIONS and all(self._blocked(option, of) for option in options):
                least = min(best.aims, (least[0], least[1], least[2] + 1))
            deep = (self._laid(option, of, deep=True) for option in options[:OPTIONS])
            best = min(best, *deep, key=lambda laid: laid[:2])
        self.why |= {visit: self._why(visit) for visit in best.lost}
        self.state = best.state
        self.moved.extend(best.moved)
        self.lost.extend(best.lost)
        self.least = (self.least[0] + least[0], self.least[1] + least[1], self.least[2] + least[2])

    def _options(self, of: Day) -> tuple[list[Option], bool]:
        """The sets of visits without which a day stands, of the least kind that there is; whether all were tried."""
        office, day, _ = of
        here = sorted({p.visit_id for p in self.state.office_day(office, day) if p.first >= self.first})
        if (office, day) in self.closed:
            return [tuple(here)], True
        ranks = {visit: self._rank((visit,)) for visit in here}
        kinds = {rank: sum(own == rank for own in ranks.values()) for rank in ((1, 0, 0), (0, 1, 1), (0, 0, 1))}
        tried = 0
        for lost, told, others in product(*(range(count + 1) for count in kinds.values())):
            found: list[Option] = []
            for option in combinations(here, lost + told + others):
                if option and _sum(ranks[visit] for visit in option) == (lost, told, told + others):
                    tried += 1
                    if tried > SETS:
                        return found or [tuple(here)], False
                    if self._stood(self.state, of, option) is not None:
                        found.append(option)
            if found:
                return found, True
        return [tuple(here)], False

    def _rank(self, option: Option) -> Aims:
        """What a set of visits costs at least: (lost, told and moved, moved)."""
        somewhere = [visit for visit in option if self._somewhere(visit)]
        return len(option) - len(somewhere), sum(visit in self.told for visit in somewhere), len(somewhere)

    def _stood(self, state: Holdings, of: Day, without: Sequence[str] = ()) -> Holdings | None:
        """An office's day without some visits, with all its substitutes; None where it does not stand."""
        office, day, urgent = of
        trial = state.copy()
        for visit in without:
            trial.remove(visit)
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

    def _cleared(self, option: Option, of: Day | None) -> Holdings:
        """The holdings without some visits, the day repaired where it stands then."""
        trial = self.state.copy()
        for visit in option:
            trial.remove(visit)
        return (of and self._stood(trial, of)) or trial

    def _fast(self, visit: str) -> bool:
        """Whether a visit may not be moved any more (不可再改期)."""
        return visit in self.fixed or visit in self.moved

    def _blocked(self, option: Option, of: Day | None) -> bool:
        """Whether some visit of a set can go nowhere although all of the set are out of the way."""
        trial = self._cleared(option, of)
        return any(not self._fast(visit) and not self._destinations(trial, self.state.visit(visit)) for visit in option)

    def _laid(self, option: Option, of: Day | None, *, deep: bool) -> Laid:
        """What comes of a set of visits leaving a day: where each can go, then all of it in the protocol's order."""
        trial = self._cleared(option, of)
        moves: dict[str, tuple[str, ...]] = {}
        lost: list[str] = []
        for visit in option:
            own = self.state.visit(visit)
            steps = [] if self._fast(visit) else self._destinations(trial, own)[:1]
            if not steps and deep and not self._fast(visit):
                steps = self._room(trial, own)
            if not steps:
                lost.append(visit)
            for step in steps:
                name = step.places[0].visit_id
                if name in trial.visits:
                    trial.remove(name)
                for place in step.places:
                    trial.add(place)
                moves[name] = step.half_days
        return self._in_order(lost, moves, of, option) or self._given_up(option, of)

    def _in_order(
        self, lost: list[str], moves: Mapping[str, tuple[str, ...]], of: Day | None, option: Option
    ) -> Laid | None:
        """Cancel, move and substitute one after the other with all holdings of the moment, as the protocol replays it.

        None where it does not come out so.
        """
        trial = self.state.copy()
        for visit in lost:
            trial.cancel(visit)
        people = days = 0
        for visit, names in moves.items():
            own = trial.visit(visit)
            trial.remove(visit)
            found = _seated(trial, own, names)
            if found is None:
                return None
            for place in found.places:
                trial.add(place)
            trial.acts.append(Act("moved", visit, half_day=names[0]))
            people, days = people + found.people, days + found.days
        stood = trial if of is None else self._stood(trial, of)
        if stood is None:
            return None
        told = sum(visit in self.told for visit in moves)
        return Laid((len(lost), told, len(moves)), (people, days, *option), stood, list(moves), lost)

    def _given_up(self, option: Option, of: Day | None) -> Laid:
        """All of a set lost: what is left where no order of moves comes out; urgent places may stay open then."""
        trial = self.state.copy()
        for visit in option:
            trial.cancel(visit)
        stood = (of and self._stood(trial, of)) or trial
        return Laid((len(option), 0, 0), (0, 0, *option), stood, [], list(option))

    def _room(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Another visit that goes elsewhere so that one fits, untold ones tried first: where both go."""
        grid, offices = self.grids[own[0].unit], {p.office for p in own}
        days = {grid.name(s)[:10] for s in slots_of(self.slots[own[0].visit_id])}
        near = {
            p.visit_id
            for p in trial.places.values()
            if p.office in offices and p.day in days and p.first >= self.first and not self._fast(p.visit_id)
        }
        for other in sorted(near, key=lambda v: (v in self.told, v))[:ROOM]:
            copy, gone = trial.copy(), trial.visit(other)
            copy.remove(other)
            found = self._destinations(copy, own)[:1]
            for place in found[0].places if found else ():
                copy.add(place)
            onward = self._destinations(copy, gone)[:1] if found else []
            if onward:
                return onward + found
        return []

    def _why(self, visit: str) -> str:
        """Why a visit has no half-day left (未能改期的原因)."""
        if self._fast(visit):
            return "moved_before"
        return "nobody_free" if self._somewhere(visit) else "no_half_day"

    def _somewhere(self, visit: str) -> bool:
        """Whether a visit would have a half-day if nobody had anything else on (空日程下是否有半天)."""
        alone = Holdings(staff=self.state.staff, choose=self.state.choose)
        return not self._fast(visit) and bool(self._destinations(alone, self.state.visit(visit)))

    def _destinations(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Where a visit that is out can go, the least change first."""
        grid, long = self.grids[own[0].unit], max(len(p.half_days) for p in own)
        busy = {h for p in trial.places.values() if p.unit == own[0].unit for h in p.half_days}
        found = []
        for slot in slots_of(self.slots[own[0].visit_id] & grid.starts(grid.open, long)):
            names = tuple(grid.name(s) for s in range(slot, slot + long))
            shut = any((p.office, names[0][:10]) in self.closed for p in own)
            if names[0] != own[0].first and not shut and busy.isdisjoint(names):
                found.append(_seated(trial, own, names))
        return sorted((one for one in found if one), key=lambda one: one[:3])


def _seated(trial: Holdings, own: Sequence[Place], names: Sequence[str]) -> Destination | None:
    """A visit in other half-days: holders stay where they can, the others are substituted.

    None where a place stays open or most people would change.
    """
    there = [replace(p, half_days=tuple(names[: len(p.half_days)])) for p in own]
    there = [p if p.holder in trial.eligible(p) else replace(p, holder="") for p in there]
    for place in there:
        trial.add(place)
    filled = trial.fill([p for p in there if not p.holder], noted=False)
    seated = trial.visit(own[0].visit_id)
    trial.remove(own[0].visit_id)
    changed = sum(a.holder != b.holder for a, b in zip(own, seated, strict=True))
    days = abs((date.fromisoformat(names[0][:10]) - date.fromisoformat(own[0].day)).days)
    return Destination(changed, days, tuple(names), seated) if filled and 2 * changed <= len(own) else None


def _sum(ranks: Iterator[Aims]) -> Aims:
    lost, told, moved = map(sum, zip((0, 0, 0), *ranks, strict=True))
    return lost, told, moved
