"""Enough people, told by names (人手复核): draw protocol 2, section 7, by a second way without the planner's code.

Whole-day places of an office are matched to its inspectors one by one (augmenting paths); the half-days must do with
those whom no outcome of that draw can take away, in every union of the sets of people that their places could take.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import pandas as pd

from supervision.domain.people import ALL_ITEMS, ROSTER

People = frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place of a visit (一个名额) with its holder, "" while it is open."""

    office: str
    unit: str
    half_days: tuple[str, ...]
    items: frozenset[str]
    visit_id: str = ""
    number: int = 0
    holder: str = ""

    @property
    def key(self) -> tuple[str, str, int]:
        """Visit, office and number (名额标识)."""
        return self.visit_id, self.office, self.number

    @property
    def first(self) -> str:
        """Its first half-day (首个半天), "" without any."""
        return min(self.half_days, default="")

    @property
    def day(self) -> str:
        """Its day (日期)."""
        return self.first[:10]


class Short(NamedTuple):
    """Too few people (人员不足): `needed` places, whole-day places that may take them counted, against `available`."""

    office: str
    day: str
    needed: int
    available: int
    items: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Inspector:
    """An inspector with leave, limit and recusals (检查人员)."""

    who: str
    start: str
    end: str
    scope: frozenset[str]
    limit: int
    absent: frozenset[str]
    recused: frozenset[str]

    def there(self, half_days: Sequence[str]) -> bool:
        """Whether he may work these half-days of one day (能否到岗)."""
        return len(half_days) <= self.limit and all(
            self.start <= h[:10] <= self.end and h not in self.absent for h in half_days
        )

    def suits(self, items: frozenset[str], half_days: Sequence[str]) -> bool:
        """Whether he covers these items and may work these half-days of one day (事项与时间是否合适)."""
        return (ALL_ITEMS in self.scope or items <= self.scope) and self.there(half_days)

    def may(self, place: Place) -> bool:
        """Whether he may fill the place if he has nothing else that day (能否承担)."""
        return place.unit not in self.recused and self.suits(place.items, place.half_days)


def shortages(places: Sequence[Place], roster: pd.DataFrame, recusals: pd.DataFrame | None) -> Iterator[Short]:
    """Yield one shortage for every office and day that has one (逐机构逐日核对)."""
    people = inspectors(roster, recusals)
    days: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        days.setdefault((place.office, place.half_days[0][:10]), []).append(place)
    for (office, day), own in sorted(days.items()):
        for short in islice(_short(day, own, people.get(office, [])), 1):
            yield Short(office, day, *short)


def _short(day: str, places: Sequence[Place], people: Sequence[Inspector]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Each way in which a day is short: places, people for them, and their items."""
    able = list(_able(places, people))
    whole = [(p, own) for p, own in able if len(p.half_days) == 2]
    yield from _unmatched(whole)
    both = frozenset(i.who for i in people if i.limit == 1 and all(i.there([f"{day}{h}"]) for h in ("T1", "T2")))
    sums = [_sums([(p, own) for p, own in able if p.half_days == (f"{day}{h}",)], whole) for h in ("T1", "T2")]
    for union, needed, items in (*sums[0], *sums[1]):
        if needed > len(union):
            yield needed, len(union), items
    for u, n, first in sums[0] if both else ():
        for v, k, second in sums[1]:
            there = len(u) + len(v) - len(u & v & both)
            if n + k > there:
                yield n + k, there, first | second


def _able(places: Sequence[Place], people: Sequence[Inspector]) -> Iterator[tuple[Place, People]]:
    """Each place with all who may fill it; those who suit the same items at the same time are looked for once."""
    suited: dict[tuple[frozenset[str], tuple[str, ...]], list[Inspector]] = {}
    for place in places:
        key = place.items, place.half_days
        if key not in suited:
            suited[key] = [one for one in people if one.suits(*key)]
        yield place, frozenset(one.who for one in suited[key] if place.unit not in one.recused)


def _sums(
    half: Sequence[tuple[Place, People]], whole: Sequence[tuple[Place, People]]
) -> list[tuple[People, int, frozenset[str]]]:
    """For every union of the half-day's sets: the places inside and the whole-day places that may take from it."""
    unions: set[People] = set()
    for able in {able for _, able in half}:
        unions |= {able} | {able | other for other in unions}
    found = []
    for union in sorted(unions, key=lambda s: (len(s), sorted(s))):
        inside = [p for p, able in half if able <= union]
        out = sum(1 for _, able in whole if able & union)
        found.append((union, len(inside) + out, frozenset().union(*(p.items for p in inside))))
    return found


def _unmatched(whole: Sequence[tuple[Place, People]]) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Each set of whole-day places with fewer people than places: how many of both, and the items."""
    holder: dict[str, int] = {}

    def place(number: int, seen: set[str]) -> bool:
        for who in sorted(whole[number][1] - seen):
            if who not in seen:
                seen.add(who)
                if who not in holder or place(holder[who], seen):
                    holder[who] = number
                    return True
        return False

    for number in range(len(whole)):
        seen: set[str] = set()
        if not place(number, seen):
            needy = {number} | {holder[who] for who in seen}
            yield len(needy), len(seen), frozenset().union(*(whole[n][0].items for n in needy))


def inspectors(roster: pd.DataFrame, recusals: pd.DataFrame | None) -> dict[str, list[Inspector]]:
    """Return the inspectors of each office (各机构检查人员); columns of roster.csv and recusals.csv."""
    recused: dict[str, set[str]] = {}
    if recusals is not None:
        for who, unit in recusals[["inspector_id", "unit_id"]].to_numpy().tolist():
            recused.setdefault(who, set()).add(unit)
    found: dict[str, list[Inspector]] = {}
    for who, office, start, end, scopes, limit, absent in roster[ROSTER].to_numpy().tolist():
        scope, away = (frozenset(cell.split() if isinstance(cell, str) else ()) for cell in (scopes, absent))
        own = frozenset(recused.get(who, ()))
        one = Inspector(who=who, start=start, end=end, scope=scope, limit=int(limit), absent=away, recused=own)
        found.setdefault(office, []).append(one)
    return found


def places_of(table: pd.DataFrame) -> list[Place]:
    """Return the places of a calendar (日程中的名额).

    `table`: visit_id, unit_id, office, place, half_days, items and, once inspectors are drawn, inspector_id.
    """
    columns = ["visit_id", "unit_id", "office", "place", "half_days", "items"]
    holders = table["inspector_id"] if "inspector_id" in table.columns else [""] * len(table)
    return [
        Place(
            office=office,
            unit=unit,
            half_days=tuple(half_days.split()),
            items=frozenset(items.split()),
            visit_id=visit,
            number=int(number),
            holder=holder if isinstance(holder, str) else "",
        )
        for (visit, unit, office, number, half_days, items), holder in zip(
            table[columns].to_numpy().tolist(), holders, strict=True
        )
    ]
