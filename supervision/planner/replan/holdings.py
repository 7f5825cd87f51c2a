"""Who holds what (承担情况) once inspectors are drawn: places with their holders, and who else could take them.

The rule is that of draw protocol 2, section 7: who takes a place is decided as if it were drawn alone with all holdings
of the moment. The lottery's choice among the eligible is a function that is passed in; the planner draws nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from supervision.domain.visits import PARTS
from supervision.planner.check.people import Inspector, Place


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
    """The standing calendar with its holders (现行日程与承担人).

    `staff` by office; `visits`: visit → its places by office and number; `busy`: inspector → half-days held; `urgent`:
    urgent places with who goes; `acts`: what was done.
    """

    staff: dict[str, list[Inspector]]
    choose: Choose
    visits: dict[str, list[Place]] = field(default_factory=dict)
    busy: dict[str, list[str]] = field(default_factory=dict)
    urgent: list[Place] = field(default_factory=list)
    acts: list[Act] = field(default_factory=list)

    def copy(self) -> Holdings:
        """Return holdings that can be tried on (试排副本): lists within them are replaced, never changed."""
        own = {name: getattr(self, name).copy() for name in ("staff", "visits", "busy", "urgent", "acts")}
        return replace(self, **own)

    def office_day(self, office: str, day: str) -> list[Place]:
        """Return the places that an office has on a day (机构当日的名额), by visit and number."""
        own = [p for places in self.visits.values() for p in places if (p.office, p.day) == (office, day)]
        return sorted(own, key=lambda p: p.key)

    def put(self, places: Sequence[Place]) -> None:
        """Put a visit on the calendar (登记一次检查), where it stands already with other half-days or holders."""
        self.remove(places[0].visit_id)
        self.visits[places[0].visit_id] = list(places)
        for place in places:
            if place.holder:
                self.busy[place.holder] = [*self.busy.get(place.holder, ()), *place.half_days]

    def remove(self, visit_id: str) -> None:
        """Take a visit off the calendar (撤下一次检查)."""
        for place in self.visits.pop(visit_id, ()):
            if place.holder:
                held = self.busy[place.holder] = self.busy[place.holder].copy()
                for half_day in place.half_days:
                    held.remove(half_day)

    def give(self, place: Place, holder: str) -> Place:
        """Change a place's holder (换人), "" for none; return the place as it is then."""
        given = replace(place, holder=holder)
        self.put([given if p.key == place.key else p for p in self.visits[place.visit_id]])
        return given

    def take_out(self, urgent: Place, who: str) -> None:
        """Take an inspector out of the day for an urgent place (抽调): from then on he counts as on leave.

        Who works one half-day a day only is out for the whole day.
        """
        one = next(i for i in self.staff[urgent.office] if i.who == who)
        days = tuple(f"{urgent.day}{part}" for part in PARTS)
        away = urgent.half_days if one.limit > len(urgent.half_days) else days
        gone = replace(one, absent=one.absent.union(away))
        self.staff[urgent.office] = [gone if i is one else i for i in self.staff[urgent.office]]
        self.urgent.append(replace(urgent, holder=who, half_days=away))
        self.acts.append(Act("leave", "", inspector_id=who, half_days=away))

    def eligible(self, place: Place) -> list[str]:
        """Return who could take a place now, by id (可承担的人)."""
        return [i.who for i in self.staff.get(place.office, ()) if self._free(i, place) and i.may(place)]

    def able(self, place: Place) -> bool:
        """Whether the holder of a place is still there for it (原承担人能否到岗)."""
        return any(i.who == place.holder and i.may(place) for i in self.staff.get(place.office, ()))

    def chosen(self, place: Place, free: Sequence[str]) -> str:
        """Return whom the lottery chooses among the eligible (抽取替补人员)."""
        return self.choose(place, free, {who: len(self.busy.get(who, ())) for who in free})

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

    def _free(self, one: Inspector, place: Place) -> bool:
        held = [half_day for half_day in self.busy.get(one.who, ()) if half_day.startswith(place.day)]
        return len(held) + len(place.half_days) <= one.limit and not set(held).intersection(place.half_days)
