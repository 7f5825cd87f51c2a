"""Repair of a drawn calendar (修复日程): an office's day at a time, with the proof that nothing less would do.

Of the visits of a day whose places cannot all be filled some must leave it. Sets of visits are tried in the order of
the aims – such as have no half-day elsewhere, told ones, all – so so the first with which the day stands bounds all.
If their visits go straight to other half-days the bound is met; if none does, one more visit at least has to move.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import NamedTuple

from supervision.planner.replan.holdings import Act, Holdings, Place, office_day, visit_of
from supervision.planner.visits.halfdays import Grid, slots_of

SETS = 2_000  # sets of visits to leave a day that are tried, the least first
OPTIONS = 40  # sets of the least kind that are laid out in full
ROOM = 80  # visits that are tried to make room for another

Aims = tuple[int, int, int]
Option = tuple[str, ...]
Day = tuple[str, str, Sequence[Place]]  # office, date, urgent places
Destination = tuple[int, int, str, list[Place]]


class Laid(NamedTuple):
    """A set of visits laid out elsewhere (改期方案): aims (lost, told, moved), then (people, days, visits) for ties."""

    aims: Aims
    ties: tuple[int | str, ...]
    state: Holdings
    moved: list[str]
    lost: list[str]


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a change must keep (变更约束).

    `grids` by unit, `slots` by visit: half-days that it could take; `told` visits; `fixed` ones, moved before;
    `first` the first half-day that may change; `closed` (office, date).
    """

    grids: Mapping[str, Grid]
    slots: Mapping[str, int]
    told: frozenset[str]
    fixed: frozenset[str]
    first: str
    closed: frozenset[tuple[str, str]]


@dataclass(kw_only=True)
class Repair:
    """A change under construction (变更过程): `least` (lost, told, moved) is proven so far; `why` visits are lost."""

    case: Case
    state: Holdings
    moved: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    least: Aims = (0, 0, 0)
    why: dict[str, str] = field(default_factory=dict)

    def days(self, urgent: Sequence[Place]) -> None:
        """Repair every office's day that does not stand, in time order (逐日修复)."""
        touched = {(p.half_days[0][:10], p.office) for p in urgent}
        for place in self.state.places.values():
            day = place.half_days[0][:10]
            if place.half_days[0] >= self.case.first and (
                (place.office, day) in self.case.closed or not self.state.able(place)
            ):
                touched.add((day, place.office))
        for day, office in sorted(touched):
            own = [p for p in urgent if (p.half_days[0][:10], p.office) == (day, office)]
            if not self._stand(self.state, office, day, own):
                options, exact = self._options(office, day, own)
                self.leave(options, (office, day, own), exact=exact)

    def leave(self, options: Sequence[Option], of: Day | None = None, *, exact: bool = True) -> None:
        """Lay out the sets of visits that leave a day, and keep the one that changes least (腾出并改期).

        `exact`: the sets are all of the least kind, so that their aims are a bound.
        """
        least = self._rank(options[0]) if exact else (0, 0, 0)
        best = min((self._laid(option, of, deep=False) for option in options[:OPTIONS]), key=_aims)
        if best.aims > least:
            if exact and len(options) <= OPTIONS and all(self._blocked(option, of) for option in options):
                least = min(best.aims, (least[0], least[1], least[2] + 1))
            best = min(best, *(self._laid(option, of, deep=True) for option in options[:OPTIONS]), key=_aims)
        self.why |= {visit: self._why(visit) for visit in best.lost}
        self.state.become(best.state)
        self.moved.extend(best.moved)
        self.lost.extend(best.lost)
        self.least = (self.least[0] + least[0], self.least[1] + least[1], self.least[2] + least[2])

    def _options(self, office: str, day: str, urgent: Sequence[Place]) -> tuple[list[Option], bool]:
        """The sets of visits without which a day stands, of the least kind that there is; whether all were tried."""
        own = office_day(self.state, office, day)
        here = sorted({p.visit_id for p in own if p.half_days[0] >= self.case.first})
        if (office, day) in self.case.closed:
            return [tuple(here)], True
        kinds = {v: (not self._somewhere(v), v in self.case.told) for v in here}
        tried = 0
        for aims in _kinds(kinds):
            found: list[Option] = []
            for option in combinations(here, aims[0] + aims[2]):
                if self._rank(option, kinds) == aims:
                    tried += 1
                    if tried > SETS:
                        return found or [tuple(here)], False
                    if self._stand(self.state.copy(), office, day, urgent, option):
                        found.append(option)
            if found:
                return found, True
        return [tuple(here)], False

    def _fast(self, visit: str) -> bool:
        """Whether a visit may not be moved any more (不可再改期)."""
        return visit in self.case.fixed or visit in self.moved

    def _rank(self, option: Option, kinds: Mapping[str, tuple[bool, bool]] | None = None) -> Aims:
        """What a set of visits costs at least: (lost, told and moved, moved)."""
        known = kinds or {v: (not self._somewhere(v), v in self.case.told) for v in option}
        lost = sum(known[v][0] for v in option)
        return lost, sum(known[v][1] and not known[v][0] for v in option), len(option) - lost

    def _stand(
        self, state: Holdings, office: str, day: str, urgent: Sequence[Place], without: Sequence[str] = ()
    ) -> bool:
        """Whether an office's day stands without some visits; if so the substitutes are entered."""
        trial = state.copy()
        for visit in without:
            trial.remove(visit)
        own = office_day(trial, office, day)
        own = [p for p in own if p.half_days[0] >= self.case.first]
        if (office, day) in self.case.closed:
            return not own and not urgent
        opened = [trial.give(p, "") for p in own if not trial.able(p)]
        for place in urgent:
            free = trial.eligible(place)
            if free:
                trial.take_out(place, trial.choose(place, free, trial.load(free)))
            elif not self._release(trial, place, opened):
                return False
        if not _filled(trial, opened):
            return False
        state.become(trial)
        return True

    def _release(self, trial: Holdings, urgent: Place, opened: list[Place]) -> bool:
        """Take somebody off his places for an urgent one, where others can take them over; these open then, too."""
        own = office_day(trial, urgent.office, urgent.half_days[0][:10])
        for who in sorted({p.holder for p in own if p.holder}):
            copy = trial.copy()
            mine = [p for p in own if p.holder == who and set(p.half_days) & set(urgent.half_days)]
            more = [copy.give(p, "") for p in mine]
            if all(p.half_days[0] >= self.case.first for p in mine) and who in copy.eligible(urgent):
                copy.take_out(urgent, who)
                if _filled(copy.copy(), [*opened, *more]):
                    trial.become(copy)
                    opened.extend(more)
                    return True
        return False

    def _cleared(self, option: Option, of: Day | None) -> tuple[Holdings, dict[str, list[Place]]]:
        """The holdings without some visits, the day repaired where it stands then; and the visits' places."""
        trial = self.state.copy()
        own = {visit: visit_of(trial, visit) for visit in option}
        for visit in option:
            trial.remove(visit)
        if of is not None:
            self._stand(trial, *of)
        return trial, own

    def _blocked(self, option: Option, of: Day | None) -> bool:
        """Whether some visit of a set can go nowhere although all of the set are out of the way."""
        trial, own = self._cleared(option, of)
        return any(not self._fast(visit) and not self._destinations(trial, own[visit]) for visit in option)

    def _laid(self, option: Option, of: Day | None, *, deep: bool) -> Laid:
        """What comes of a set of visits leaving a day: where each can go, then all of it in the protocol's order."""
        trial, own = self._cleared(option, of)
        moves: dict[str, list[str]] = {}
        lost: list[str] = []
        for visit in option:
            found = [] if self._fast(visit) else self._destinations(trial, own[visit])
            steps = found[:1] or (self._room(trial, own[visit]) if deep and not self._fast(visit) else [])
            if not steps:
                lost.append(visit)
            for _, _, _, places in steps:
                name = places[0].visit_id
                if name in trial.visits:
                    trial.remove(name)
                for place in places:
                    trial.add(place)
                moves[name] = list(max((len(p.half_days), p.half_days) for p in places)[1])
        return self._in_order(lost, moves, of, option) or self._given_up(option, of)

    def _in_order(
        self, lost: Sequence[str], moves: Mapping[str, list[str]], of: Day | None, option: Option
    ) -> Laid | None:
        """Cancel, move and substitute one after the other with all holdings of the moment, as the protocol replays it.

        None where it does not come out so.
        """
        trial = self._without(lost)
        people = days = 0
        for visit, names in moves.items():
            own = visit_of(trial, visit)
            trial.remove(visit)
            places = _seated(trial, own, names)
            changed = sum(a.holder != b.holder for a, b in zip(own, places or (), strict=False))
            if places is None or 2 * changed > len(own):
                return None
            for place in places:
                trial.add(place)
            trial.acts.append(Act("moved", visit, half_day=names[0]))
            people, days = people + changed, days + _shift(own[0].half_days[0], names[0])
        if of is not None and not self._stand(trial, *of):
            return None
        told = sum(v in self.case.told for v in moves)
        return Laid((len(lost), told, len(moves)), (people, days, *option), trial, list(moves), list(lost))

    def _given_up(self, option: Option, of: Day | None) -> Laid:
        """All of a set lost: what is left where no order of moves comes out; urgent places may stay open then."""
        trial = self._without(option)
        if of is not None:
            self._stand(trial, *of)
        return Laid((len(option), 0, 0), (0, 0, *option), trial, [], list(option))

    def _without(self, lost: Sequence[str]) -> Holdings:
        trial = self.state.copy()
        for visit in lost:
            trial.remove(visit)
            trial.acts.append(Act("cancelled", visit))
        return trial

    def _room(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Another visit that goes elsewhere so that one fits, untold ones tried first: where both go."""
        grid, offices = self.case.grids[own[0].unit], {p.office for p in own}
        days = {grid.name(s)[:10] for s in slots_of(self.case.slots[own[0].visit_id])}
        near = {
            p.visit_id
            for p in trial.places.values()
            if p.office in offices
            and p.half_days[0][:10] in days
            and p.half_days[0] >= self.case.first
            and not self._fast(p.visit_id)
        }
        for other in sorted(near, key=lambda v: (v in self.case.told, v))[:ROOM]:
            copy = trial.copy()
            gone = visit_of(copy, other)
            copy.remove(other)
            found = self._destinations(copy, own)
            if found:
                for place in found[0][3]:
                    copy.add(place)
                onward = self._destinations(copy, gone)
                if onward:
                    return [onward[0], found[0]]
        return []

    def _why(self, visit: str) -> str:
        """Why a visit has no half-day left (未能改期的原因)."""
        if self._fast(visit):
            return "moved_before"
        return "nobody_free" if self._somewhere(visit) else "no_half_day"

    def _somewhere(self, visit: str) -> bool:
        """Whether a visit would have a half-day if nobody had anything else on (空日程下是否有半天)."""
        alone = Holdings(staff=self.state.staff, choose=self.state.choose)
        return not self._fast(visit) and bool(self._destinations(alone, visit_of(self.state, visit)))

    def _destinations(self, trial: Holdings, own: Sequence[Place]) -> list[Destination]:
        """Where a visit that is out can go: (people changed, days of shift, half-day, its places), least first."""
        grid, now = self.case.grids[own[0].unit], own[0].half_days[0]
        whole = any(len(p.half_days) == 2 for p in own)
        busy = {h for p in trial.places.values() if p.unit == own[0].unit for h in p.half_days}
        found: list[Destination] = []
        for slot in slots_of(self.case.slots[own[0].visit_id] & (grid.mornings if whole else grid.open)):
            names = [grid.name(s) for s in ((slot, slot + 1) if whole else (slot,))]
            shut = any((p.office, names[0][:10]) in self.case.closed for p in own)
            if names[0] == now or shut or busy.intersection(names):
                continue
            places = _seated(trial, own, names)
            changed = sum(a.holder != b.holder for a, b in zip(own, places or (), strict=False))
            if places and 2 * changed <= len(own):
                found.append((changed, _shift(now, names[0]), names[0], places))
        return sorted(found, key=lambda destination: destination[:3])


def _shift(before: str, after: str) -> int:
    """Days between two half-days (相隔天数)."""
    return abs((date.fromisoformat(after[:10]) - date.fromisoformat(before[:10])).days)


def _filled(trial: Holdings, opened: Sequence[Place]) -> bool:
    """Fill open places as the lottery would (逐个替补) and note it; tell whether each found somebody."""
    filled = trial.fill(opened)
    for place in filled or ():
        trial.acts.append(Act("substituted", place.visit_id, place.office, place.number))
    return filled is not None


def _aims(laid: Laid) -> tuple[Aims, tuple[int | str, ...]]:
    return laid.aims, laid.ties


def _kinds(kinds: Mapping[str, tuple[bool, bool]]) -> Iterator[Aims]:
    """(lost, told, moved) of sets of visits, the least first."""
    hopeless = sum(one for one, _ in kinds.values())
    told = sum(two and not one for one, two in kinds.values())
    for lost in range(hopeless + 1):
        for known in range(told + 1):
            for others in range(len(kinds) - hopeless - told + 1):
                if lost + known + others:
                    yield lost, known, known + others


def _seated(trial: Holdings, own: Sequence[Place], names: Sequence[str]) -> list[Place] | None:
    """A visit's places in other half-days: holders stay where they can, the others are substituted; None if not."""
    there = [replace(p, half_days=tuple(names[: len(p.half_days)])) for p in own]
    there = [p if p.holder in trial.eligible(p) else replace(p, holder="") for p in there]
    for place in there:
        trial.add(place)
    filled = trial.fill([p for p in there if not p.holder])
    seated = visit_of(trial, own[0].visit_id)
    trial.remove(own[0].visit_id)
    return None if filled is None else seated
