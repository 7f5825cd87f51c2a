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
from supervision.planner.check.people import Inspector
from supervision.planner.check.people import Place as Wanted

Key = tuple[str, str, int]


@dataclass(frozen=True, kw_only=True)
class Place(Wanted):
    """A place of a visit (一个名额) with its holder, "" while it is open."""

    visit_id: str
    number: int
    holder: str

    @property
    def key(self) -> Key:
        """Visit, office and number (名额标识)."""
        return self.visit_id, self.office, self.number

    @property
    def first(self) -> str:
        """Its first half-day (首个半天)."""
        return self.half_days[0]

    @property
    def day(self) -> str:
        """Its day (日期)."""
        return self.half_days[0][:10]


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
    places: dict[Key, Place] = field(default_factory=dict)
    visits: dict[str, list[Key]] = field(default_factory=dict)
    busy: dict[str, dict[str, int]] = field(default_factory=dict)
    gone: dict[str, frozenset[str]] = field(default_factory=dict)
    urgent: dict[Key, Place] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)

    def copy(self) -> Holdings:
        """Return holdings that can be tried on (试排副本)."""
        own = {name: getattr(self, name).copy() for name in ("places", "visits", "gone", "urgent", "acts")}
        return replace(self, busy={who: dict(halves) for who, halves in self.busy.items()}, **own)

    def visit(self, visit_id: str) -> list[Place]:
        """Return the places of a visit (一次检查的名额), by office and number."""
        return sorted((self.places[key] for key in self.visits[visit_id]), key=lambda p: p.key)

    def office_day(self, office: str, day: str) -> list[Place]:
        """Return the places that an office has on a day (机构当日的名额), by key."""
        return sorted((p for p in self.places.values() if (p.office, p.day) == (office, day)), key=lambda p: p.key)

    def add(self, place: Place) -> None:
        """Put a place on the calendar (登记名额)."""
        self.visits[place.visit_id] = [*self.visits.get(place.visit_id, []), place.key]
        self.places[place.key] = place
        self._count(place, 1)

    def give(self, place: Place, holder: str) -> Place:
        """Change a place's holder (换人), "" for none; return the place as it is then."""
        self._count(place, -1)
        self.places[place.key] = place = replace(place, holder=holder)
        self._count(place, 1)
        return place

    def remove(self, visit_id: str) -> None:
        """Take a visit off the calendar (撤下一次检查)."""
        for key in self.visits.pop(visit_id):
            self._count(self.places.pop(key), -1)

    def cancel(self, visit_id: str) -> None:
        """Take a visit off the calendar for good (取消一次检查)."""
        self.remove(visit_id)
        self.acts.append(Act("cancelled", visit_id))

    def take_out(self, urgent: Place, who: str) -> None:
        """Take an inspector out of the day for an urgent place (抽调): from then on he counts as on leave.

        Who works one half-day a day only is out for the whole day.
        """
        limit = next(i.limit for i in self.staff[urgent.office] if i.who == who)
        away = urgent.half_days if limit > len(urgent.half_days) else tuple(f"{urgent.day}{part}" for part in PARTS)
        self.gone[who] = self.gone.get(who, frozenset()) | frozenset(away)
        self.urgent[urgent.key] = replace(urgent, holder=who, half_days=away)
        self.acts.append(Act("leave", "", inspector_id=who, half_days=away))

    def eligible(self, place: Place) -> list[str]:
        """Return who could take a place now, by id (可承担的人)."""
        return [i.who for i in self.staff.get(place.office, ()) if self._free(i, place) and self._may(i, place)]

    def able(self, place: Place) -> bool:
        """Whether the holder of a place is still there for it (原承担人能否到岗)."""
        return any(i.who == place.holder and self._may(i, place) for i in self.staff.get(place.office, ()))

    def chosen(self, place: Place, free: Sequence[str]) -> str:
        """Return whom the lottery chooses among the eligible (抽取替补人员)."""
        return self.choose(place, free, {who: sum(self.busy.get(who, {}).values()) for who in free})

    def fill(self, places: Iterable[Place], *, noted: bool) -> bool:
        """Fill open places one after the other as the lottery would (逐个替补); tell whether each found somebody.

        `noted`: as substitutions among the acts.
        """
        for place in sorted(places, key=lambda p: (p.first, *p.key)):
            free = self.eligible(place)
            if not free:
                return False
            self.give(place, self.chosen(place, free))
            if noted:
                self.acts.append(Act("substituted", place.visit_id, place.office, place.number))
        return True

    def _may(self, one: Inspector, place: Place) -> bool:
        return one.may(place) and self.gone.get(one.who, frozenset()).isdisjoint(place.half_days)

    def _free(self, one: Inspector, place: Place) -> bool:
        held = self.busy.get(one.who, {})
        taken = sum(held.get(f"{place.day}{part}", 0) for part in PARTS)
        return not any(held.get(half) for half in place.half_days) and taken + len(place.half_days) <= one.limit

    def _count(self, place: Place, sign: int) -> None:
        if place.holder:
            own = self.busy.setdefault(place.holder, {})
            for half in place.half_days:
                own[half] = own.get(half, 0) + sign


def places_of(standing: pd.DataFrame) -> list[Place]:
    """Return the places of a drawn calendar (由日程与抽取结果取得名额).

    `standing`: visit_id, unit_id, office, place, half_days, items, inspector_id. A place without a holder or half-day
    or twice in the table: SupervisionError.
    """
    found: dict[Key, Place] = {}
    halves = {text: tuple(text.split()) for text in standing["half_days"].unique()}
    listed = {text: frozenset(text.split()) for text in standing["items"].unique()}
    columns = ["visit_id", "unit_id", "office", "place", "half_days", "items", "inspector_id"]
    for visit, unit, office, number, half_days, items, who in standing[columns].to_numpy().tolist():
        place = Place(
            visit_id=visit,
            unit=unit,
            office=office,
            number=int(number),
            half_days=halves[half_days],
            items=listed[items],
            holder=who if isinstance(who, str) else "",
        )
        if not place.holder or not place.half_days or place.key in found:
            raise SupervisionError("planner.standing", visit=visit, office=office, place=number)
        found[place.key] = place
    return list(found.values())
