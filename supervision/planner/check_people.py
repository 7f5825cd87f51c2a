"""Enough people, told by names (人手复核): a second way to the same answer as the planner's, without its code.

Morning and whole-day places of an office are matched to its inspectors one by one (augmenting paths); where that
fails, the places reached from the open one are a set with too few people (Hall 1935). The afternoon must do with
those whom no outcome of the morning's draw can take away.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place to be filled (一个名额)."""

    office: str
    unit: str
    half_days: tuple[str, ...]
    items: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Short:
    """Too few people (人员不足): `needed` places against the inspectors `available` to them in a half-day."""

    office: str
    half_day: str
    needed: int
    available: int
    all_day: int
    at_limit: int
    items: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class _Inspector:
    who: str
    start: str
    end: str
    scope: frozenset[str]
    limit: int
    absent: frozenset[str]
    recused: frozenset[str]

    def there(self, half_days: Sequence[str]) -> bool:
        """Whether he may work these half-days of one day."""
        return len(half_days) <= self.limit and all(
            self.start <= h[:10] <= self.end and h not in self.absent for h in half_days
        )

    def may(self, place: Place) -> bool:
        """Whether he may fill the place if he has nothing else that day."""
        return place.items <= self.scope and place.unit not in self.recused and self.there(place.half_days)


def shortages(places: Sequence[Place], roster: pd.DataFrame, recusals: pd.DataFrame | None) -> Iterator[Short]:
    """Yield one shortage for every office and half-day that has one (逐机构逐半天核对)."""
    people = _inspectors(roster, recusals)
    days: dict[tuple[str, str], list[Place]] = {}
    for place in places:
        days.setdefault((place.office, place.half_days[0][:10]), []).append(place)
    for (office, day), own in sorted(days.items()):
        crew = people.get(office, [])
        morning = [p for p in own if p.half_days[0].endswith("T1")]
        afternoon = [p for p in own if p.half_days[0].endswith("T2")]
        yield from _morning(office, f"{day}T1", morning, crew)
        yield from _afternoon(office, f"{day}T2", morning, afternoon, crew)


def _morning(office: str, half_day: str, places: Sequence[Place], crew: Sequence[_Inspector]) -> Iterator[Short]:
    able = [frozenset(i.who for i in crew if i.may(p)) for p in places]
    holder: dict[str, int] = {}
    for number in range(len(places)):
        seen: set[str] = set()
        if not _augment(number, able, holder, seen):
            needy = {number} | {holder[w] for w in seen}
            items = frozenset().union(*(places[n].items for n in needy))
            yield Short(
                office=office,
                half_day=half_day,
                needed=len(needy),
                available=len(seen),
                all_day=0,
                at_limit=0,
                items=items,
            )
            return


def _augment(number: int, able: Sequence[frozenset[str]], holder: dict[str, int], seen: set[str]) -> bool:
    for who in sorted(able[number] - seen):
        if who in seen:
            continue
        seen.add(who)
        if who not in holder or _augment(holder[who], able, holder, seen):
            holder[who] = number
            return True
    return False


def _afternoon(
    office: str, half_day: str, morning: Sequence[Place], afternoon: Sequence[Place], crew: Sequence[_Inspector]
) -> Iterator[Short]:
    able = [frozenset(i.who for i in crew if i.may(p)) for p in afternoon]
    sets: set[frozenset[str]] = set()
    for one in set(able):
        sets |= {one} | {one | other for other in sets}
    whole_day = [frozenset(i.who for i in crew if i.may(p)) for p in morning if len(p.half_days) == 2]
    single = [frozenset(i.who for i in crew if i.limit == 1 and i.may(p)) for p in morning if len(p.half_days) == 1]
    limited = {i.who for i in crew if i.limit == 1 and i.there([half_day[:10] + "T1"])}
    for union in sorted(sets, key=lambda s: (len(s), sorted(s))):
        inside = [n for n, one in enumerate(able) if one <= union]
        all_day = sum(1 for one in whole_day if one & union)
        at_limit = min(len(limited & union), sum(1 for one in single if one & union))
        available = max(0, len(union) - all_day - at_limit)
        if len(inside) + all_day + at_limit > len(union):
            items = frozenset().union(*(afternoon[n].items for n in inside))
            yield Short(
                office=office,
                half_day=half_day,
                needed=len(inside),
                available=available,
                all_day=all_day,
                at_limit=at_limit,
                items=items,
            )
            return


def _inspectors(roster: pd.DataFrame, recusals: pd.DataFrame | None) -> dict[str, list[_Inspector]]:
    recused: dict[str, set[str]] = {}
    if recusals is not None:
        for who, unit in recusals[["inspector_id", "unit_id"]].itertuples(index=False, name=None):
            recused.setdefault(who, set()).add(unit)
    office_name = "office" if "office" in roster.columns else "office_id"
    found: dict[str, list[_Inspector]] = {}
    columns = ["inspector_id", office_name, "from", "until", "scopes", "daily_limit", "absent"]
    for who, office, start, end, scopes, limit, absent in roster[columns].itertuples(index=False, name=None):
        found.setdefault(office, []).append(
            _Inspector(
                who=who,
                start=start,
                end=end,
                scope=frozenset(scopes.split() if isinstance(scopes, str) else ()),
                limit=int(limit),
                absent=frozenset(absent.split() if isinstance(absent, str) else ()),
                recused=frozenset(recused.get(who, ())),
            )
        )
    return found
