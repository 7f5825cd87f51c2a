"""Changes after a lottery (变更): leave, substitution, a visit moved or cancelled; draw protocol 2, section 7.

A person is never chosen by hand: a place that loses its holder goes to the least lot among those eligible at that
moment, by the seed of the draw that filled it, and no path is looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from supervision.domain.visits import PARTS, HalfDay
from supervision.errors import SupervisionError
from supervision.sampling.inspectors.holdings import Holdings
from supervision.sampling.inspectors.positions import Inspector, Place
from supervision.sampling.protocol.records import Change

Key = tuple[str, str, int]


@dataclass(frozen=True, kw_only=True)
class Holding:
    """A place and who holds it (岗位与担任者), None while it is open; `seed` is that of the draw that filled it."""

    place: Place
    inspector_id: str | None
    seed: bytes


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a change did to one place (变更结果): who held it before and who holds it now, in which half-days."""

    place: Place
    out: str | None
    inspector_id: str | None


@dataclass(kw_only=True)
class Standing:
    """Who holds what in a round (现时担任情况), as later changes find it.

    `people` is the roster of the latest draw; `leave` takes half-days from it since; `recusals` are those of the latest
    draw.
    """

    hash_name: str
    people: Sequence[Inspector]
    recusals: frozenset[tuple[str, str]]
    held: dict[Key, Holding]
    leave: dict[str, set[str]] = field(default_factory=dict)
    moved: set[str] = field(default_factory=set)

    def holdings(self) -> Iterable[tuple[str, Place]]:
        """Yield (inspector_id, place) of every filled place (已有人担任的岗位)."""
        return ((one.inspector_id, one.place) for one in self.held.values() if one.inspector_id is not None)

    def places(self, visit_id: str) -> list[Holding]:
        """Return the places of a visit (该次检查的岗位), by office and place; a visit without any is refused."""
        found = [one for key, one in sorted(self.held.items()) if key[0] == visit_id]
        if not found:
            raise SupervisionError("sampling.visit_unknown", visit=visit_id)
        return found

    def enter_leave(self, inspector_id: str, half_days: Iterable[str]) -> None:
        """Enter leave (登记请假): it only removes people; who is not in the roster is refused."""
        if inspector_id not in {one.inspector_id for one in self.people}:
            raise SupervisionError("sampling.inspector_unknown", inspector=inspector_id)
        self.leave.setdefault(inspector_id, set()).update(half_days)

    def substitute(self, visit_id: str, office: str, place: int) -> Outcome:
        """Take a place from its holder and give it to the one whom the lot gives (替补), None when nobody can."""
        before = self.held.get((visit_id, office, place))
        if before is None:
            raise SupervisionError("sampling.place", visit=visit_id, office=office, place=place)
        self.held[before.place.key] = replace(before, inspector_id=None)
        return self._fill(before, before.inspector_id)

    def move(self, visit_id: str, target: str) -> list[Outcome] | None:
        """Move a visit to another half-day (改期), at most once; None when it is sent back instead.

        Every holder is taken off and stays where eligible in the new half-days; then the open places are substituted.
        With more than half of its team – its holders, open places do not count – replaced the visit is sent back, and
        all its places are released.
        """
        if visit_id in self.moved:
            raise SupervisionError("sampling.moved_before", visit=visit_id)
        before = self.places(visit_id)
        moved = [replace(one, place=_at(one.place, target)) for one in before]
        for one in moved:
            self.held[one.place.key] = replace(one, inspector_id=None)
        opened = []
        for one in moved:
            if one.inspector_id is not None and one.inspector_id in self._eligible(one):
                self.held[one.place.key] = one
            else:
                opened.append(one)
        for one in opened:
            self._fill(one, one.inspector_id)
        self.moved.add(visit_id)
        team = sum(one.inspector_id is not None for one in before)
        if 2 * sum(one.inspector_id is not None for one in opened) > team:
            self.cancel(visit_id)
            return None
        return [
            Outcome(place=one.place, out=old.inspector_id, inspector_id=self.held[one.place.key].inspector_id)
            for old, one in zip(before, moved, strict=True)
        ]

    def cancel(self, visit_id: str) -> list[Outcome]:
        """Release all places of a visit (取消检查)."""
        before = self.places(visit_id)
        for one in before:
            del self.held[one.place.key]
        return [Outcome(place=one.place, out=one.inspector_id, inspector_id=None) for one in before]

    def _fill(self, open_place: Holding, away: str | None) -> Outcome:
        """Give an open place by its lot; who is `away` is not eligible."""
        eligible = [one for one in self._eligible(open_place) if one != away]
        taker = self._state(open_place.seed).choose(open_place.place, eligible) if eligible else None
        self.held[open_place.place.key] = replace(open_place, inspector_id=taker)
        return Outcome(place=open_place.place, out=away, inspector_id=taker)

    def _eligible(self, one: Holding) -> list[str]:
        """Who could take a place as if it were drawn alone, with all holdings of the moment."""
        state = self._state(one.seed)
        here = [_less(person, self.leave) for person in self.people if person.office == one.place.office]
        return [person.inspector_id for person in here if state.barred(person, one.place) is None]

    def _state(self, seed: bytes) -> Holdings:
        state = Holdings(recusals=self.recusals, seed=seed, hash_name=self.hash_name)
        for who, place in self.holdings():
            state.hold(who, place)
        return state


def replay(now: Standing, change: Change) -> None:
    """Bring who holds what to the state after one row of changes.json (重放变更)."""
    if change.kind == "leave":
        now.enter_leave(str(change.inspector_id), change.half_days)
        return
    key = (str(change.visit_id), str(change.office), int(change.place or 0))
    before = now.held.pop(key)
    if change.kind == "cancelled":
        return
    now.held[key] = replace(
        before, place=replace(before.place, half_days=change.half_days), inspector_id=change.inspector_id
    )
    if change.kind == "moved":
        now.moved.add(key[0])


def _less(person: Inspector, leave: Mapping[str, set[str]]) -> Inspector:
    """The inspector less the leave entered since the draw."""
    away = leave.get(person.inspector_id)
    return replace(person, absent=person.absent | away) if away else person


def _at(place: Place, target: str) -> Place:
    """A place in another half-day; a whole-day place stays whole-day."""
    start = HalfDay.parse(target)
    if not place.is_whole_day:
        return replace(place, half_days=(str(start),))
    if not start.is_morning:
        raise SupervisionError("sampling.whole_day", visit=place.visit_id, half_day=target)
    return replace(place, half_days=tuple(str(HalfDay(day=start.day, part=part)) for part in PARTS))
