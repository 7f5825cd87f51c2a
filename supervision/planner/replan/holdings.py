"""Who holds what (承担情况) once inspectors are drawn: places with their holders, and who else could take them.

The rule is that of draw protocol 2, section 7: who takes a place is decided as if it were drawn alone with all holdings
of the moment. The lottery's choice among the eligible is a function that is passed in; the planner draws nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from supervision.domain.visits import PARTS
from supervision.errors import SupervisionError
from supervision.planner.check.people import Inspector, inspectors
from supervision.planner.check.people import Place as Wanted


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place of a visit (一个名额) with its holder, "" while it is open."""

    visit_id: str
    unit: str
    office: str
    number: int
    half_days: tuple[str, ...]
    items: frozenset[str]
    holder: str

    @property
    def key(self) -> tuple[str, str, int]:
        """Visit, office and number (名额标识)."""
        return self.visit_id, self.office, self.number


class Act(NamedTuple):
    """One thing that is done to a calendar (一项变更操作), in the order in which draw protocol 2 replays it.

    `kind`: cancelled or moved, of a whole visit (office "", place 0), substituted, of one place, or leave, of an
    inspector who goes to an urgent visit; `half_day`: where a visit moves to, `half_days`: of the leave.
    """

    kind: str
    visit_id: str
    office: str = ""
    place: int = 0
    half_day: str = ""
    inspector_id: str = ""
    half_days: tuple[str, ...] = ()


Choose = Callable[[Place, Sequence[str], Mapping[str, int]], str]
"""The lottery's choice: a place, the eligible by id, and the half-days each holds in the round → who takes it."""


@dataclass(kw_only=True)
class Holdings:
    """The standing calendar with its holders (现行日程与承担人): `places` by key, `busy` inspector → half-days.

    `gone`: half-days for which an urgent visit took an inspector out, `urgent` who goes to it; `acts` what was done.
    """

    staff: Mapping[str, Sequence[Inspector]]
    choose: Choose
    places: dict[tuple[str, str, int], Place] = field(default_factory=dict)
    visits: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    busy: dict[str, dict[str, int]] = field(default_factory=dict)
    gone: dict[str, frozenset[str]] = field(default_factory=dict)
    urgent: dict[tuple[str, str, int], Place] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def copy(self) -> Holdings:
        """Return holdings that can be tried on (试排副本)."""
        busy = {who: dict(own) for who, own in self.busy.items()}
        return replace(
            self,
            places=dict(self.places),
            visits=dict(self.visits),
            busy=busy,
            gone=dict(self.gone),
            urgent=dict(self.urgent),
            acts=list(self.acts),
        )

    def become(self, other: Holdings) -> None:
        """Take over what was tried (采用试排结果)."""
        self.places, self.visits, self.busy = other.places, other.visits, other.busy
        self.gone, self.urgent, self.acts = other.gone, other.urgent, other.acts

    def take_out(self, urgent: Place, who: str) -> None:
        """Take an inspector out of the day for an urgent place (抽调): from then on he counts as on leave.

        Who works one half-day a day only is out for the whole day.
        """
        limit = next(i.limit for i in self.staff[urgent.office] if i.who == who)
        day = urgent.half_days[0][:10]
        away = urgent.half_days if limit > len(urgent.half_days) else tuple(f"{day}{part}" for part in PARTS)
        self.gone[who] = self.gone.get(who, frozenset()) | frozenset(away)
        self.urgent[urgent.key] = replace(urgent, holder=who, half_days=away)
        self.acts.append(Act("leave", "", inspector_id=who, half_days=away))

    def add(self, place: Place) -> None:
        """Put a place on the calendar (登记名额)."""
        if place.key not in self.places:
            self.visits[place.visit_id] = [*self.visits.get(place.visit_id, []), place.key]
        self.places[place.key] = place
        self._count(place, 1)

    def give(self, place: Place, holder: str) -> Place:
        """Change a place's holder (换人), "" for none; return the place as it is then."""
        return self._put(place, replace(place, holder=holder))

    def remove(self, visit_id: str) -> list[Place]:
        """Take a visit off the calendar (撤下一次检查) and return its places."""
        own = [self.places.pop(key) for key in self.visits.pop(visit_id)]
        for place in own:
            self._count(place, -1)
        return own

    def eligible(self, place: Place) -> list[str]:
        """Return who could take a place now, by id (可承担的人)."""
        return [i.who for i in self.staff.get(place.office, ()) if self._free(i, place) and self._may(i, place)]

    def able(self, place: Place) -> bool:
        """Whether the holder of a place is still there for it (原承担人能否到岗)."""
        return any(i.who == place.holder and self._may(i, place) for i in self.staff.get(place.office, ()))

    def fill(self, places: Iterable[Place]) -> list[Place] | None:
        """Fill open places one after the other as the lottery would (逐个替补); None where one has nobody."""
        done = []
        for place in sorted(places, key=lambda p: (p.half_days[0], p.visit_id, p.office, p.number)):
            found = self.eligible(place)
            if not found:
                return None
            done.append(self.give(place, self.choose(place, found, self.load(found))))
        return done

    def load(self, people: Iterable[str]) -> dict[str, int]:
        """Return the half-days that each holds in the round (本轮已承担半天数)."""
        return {who: sum(self.busy.get(who, {}).values()) for who in people}

    def _may(self, one: Inspector, place: Place) -> bool:
        wanted = Wanted(office=place.office, unit=place.unit, half_days=place.half_days, items=place.items)
        return one.may(wanted) and self.gone.get(one.who, frozenset()).isdisjoint(place.half_days)

    def _put(self, before: Place, after: Place) -> Place:
        self._count(before, -1)
        self.places[after.key] = after
        self._count(after, 1)
        return after

    def _free(self, one: Inspector, place: Place) -> bool:
        held, day = self.busy.get(one.who, {}), place.half_days[0][:10]
        if any(held.get(half) for half in place.half_days):
            return False
        return sum(held.get(f"{day}{part}", 0) for part in PARTS) + len(place.half_days) <= one.limit

    def _count(self, place: Place, sign: int) -> None:
        if place.holder:
            own = self.busy.setdefault(place.holder, {})
            for half in place.half_days:
                own[half] = own.get(half, 0) + sign


def holdings(standing: pd.DataFrame, roster: pd.DataFrame, recusals: pd.DataFrame | None, choose: Choose) -> Holdings:
    """Return the holdings of a drawn calendar (由日程与抽取结果生成承担情况).

    `standing`: visit_id, unit_id, office, place, half_days, items, inspector_id; `roster` and `recusals` as they stand
    now. A place without a holder or twice in the table: SupervisionError.
    """
    found = Holdings(staff=inspectors(roster, recusals), choose=choose)
    columns = ["visit_id", "unit_id", "office", "place", "half_days", "items", "inspector_id"]
    for visit, unit, office, number, half_days, items, who in standing[columns].itertuples(index=False, name=None):
        place = Place(
            visit_id=visit,
            unit=unit,
            office=office,
            number=int(number),
            half_days=tuple(half_days.split()),
            items=frozenset(items.split()),
            holder=who if isinstance(who, str) else "",
        )
        if not place.holder or not place.half_days or place.key in found.places:
            raise SupervisionError("planner.standing", visit=visit, office=office, place=number)
        found.add(place)
    return found


def office_day(state: Holdings, office: str, day: str) -> list[Place]:
    """Return the places that an office has on a day (机构当日的名额), by key."""
    own = (p for p in state.places.values() if p.office == office and p.half_days[0][:10] == day)
    return sorted(own, key=lambda p: p.key)


def visit_of(state: Holdings, visit_id: str) -> list[Place]:
    """Return the places of a visit (一次检查的名额), by office and number."""
    return sorted((state.places[key] for key in state.visits[visit_id]), key=lambda p: p.key)
