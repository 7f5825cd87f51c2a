"""Window cuts (时间窗瓶颈): an office and a stretch of half-days with more work bound to it than it can do.

All items of tasks whose window lies within the stretch must be inspected there, or not at all, in whichever visit. What
the office can do is counted generously, so that a cut is a proof: on each day the most that whole teams can use of its
people, mornings, afternoons and whole days in the best mixture that `safety` allows. Any calendar that every draw can
fill leaves the excess out, and so does any other division of the items into visits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from supervision.planner.crew import Crew
from supervision.planner.district import Ask, District


@dataclass(frozen=True, kw_only=True)
class Cut:
    """A proven excess (瓶颈): inspector-half-days `needed` by `takes` (job → its share) against those `available`."""

    office: int
    start: int
    end: int
    needed: int
    available: int
    takes: Mapping[int, int]


def cuts(district: District) -> list[Cut]:
    """Return every window cut of a district, greatest excess first (全部瓶颈)."""
    found = []
    for office, crew in enumerate(district.crews):
        asking = {n: [a for a in j.asks if a.office == office] for n, j in enumerate(district.jobs) if j.starts}
        asking = {n: asks for n, asks in asking.items() if asks}
        plain = _plain(district, asking)
        masks = {a.mask for asks in asking.values() for a in asks}
        everybody = 0
        for mask in masks:
            everybody |= mask
        for union in sorted(masks | {everybody}):
            own = {n: [a for a in asks if a.mask & ~union == 0] for n, asks in asking.items()}
            own = {n: asks for n, asks in own.items() if asks}
            if own:
                found.extend(_cuts_of(district, office, crew, union, own, plain))
    return sorted(found, key=lambda c: (c.available - c.needed, c.office, c.start, c.end))


def _plain(district: District, asking: Mapping[int, Sequence[Ask]]) -> frozenset[str]:
    """Units whose items an office always sends one team to, however they are split: of two items one leads the other.

    The leading item's team is then the team of any visit. Other units may come with teams of any size.
    """
    asks: dict[str, set[Ask]] = {}
    for number, own in asking.items():
        asks.setdefault(district.jobs[number].unit, set()).update(own)
    return frozenset(
        unit
        for unit, own in asks.items()
        if all(a.people == a.team for a in own) and all(a.leads(b) or b.leads(a) for a, b in combinations(own, 2))
    )


def _cuts_of(
    district: District, office: int, crew: Crew, union: int, own: Mapping[int, Sequence[Ask]], plain: frozenset[str]
) -> list[Cut]:
    """Cuts of the items that only the inspectors in `union` can cover."""
    sure = all(district.jobs[n].unit in plain for n in own)
    asks = {a for own_asks in own.values() for a in own_asks}
    room = [_room(crew, union, day, asks, sure) for day in range(len(district.grid.days))]
    found = []
    for start in sorted({a.window[0] // 2 for a in asks}):
        for end in sorted({a.window[1] // 2 for a in asks}):
            if end < start:
                continue
            inside = _inside(district, own, start, end)
            needed = sum(inside.values())
            available = sum(room[start : end + 1])
            if needed > available:
                slots = (2 * start, 2 * end + 1)
                found.append(
                    Cut(office=office, start=slots[0], end=slots[1], needed=needed, available=available, takes=inside)
                )
    return found


def _inside(district: District, own: Mapping[int, Sequence[Ask]], start: int, end: int) -> dict[int, int]:
    """Job → inspector-half-days it takes within some days at least: those of its largest item bound to them.

    Items of one unit could share a visit; two of its visits both count only where their items' windows are disjoint.
    """
    found: dict[int, int] = {}
    counted: dict[str, list[tuple[int, int]]] = {}
    for number, asks in own.items():
        before = counted.setdefault(district.jobs[number].unit, [])
        bound = [
            a
            for a in asks
            if start <= a.window[0] // 2
            and a.window[1] // 2 <= end
            and all(a.window[1] < first or last < a.window[0] for first, last in before)
        ]
        if bound:
            largest = max(bound, key=lambda a: (a.amount, a))
            found[number] = largest.amount
            before.append(largest.window)
    return found


def _room(crew: Crew, union: int, day: int, asks: Collection[Ask], sure: bool) -> int:
    """Most inspector-half-days on a day that teams for these items can use; of any size where that is not `sure`.

    People with one half-day count as gone after a morning only where every two teams could both want one of them.
    """
    first, second = crew.present[2 * day] & union, crew.present[2 * day + 1] & union
    limited = first & second & ~crew.twice
    masks = {a.mask for a in asks if a.half_days == 1}
    met = sure and all(a & b & limited for a in masks for b in masks)
    return most(
        frozenset(a.team for a in asks if a.half_days == 1) if sure else frozenset({1}),
        frozenset(a.team for a in asks if a.half_days == 2) if sure else frozenset({1}),
        first.bit_count(),
        second.bit_count(),
        (first & second & crew.twice).bit_count(),
        limited.bit_count() if met else 0,
    )


@cache
def most(teams: frozenset[int], whole: frozenset[int], first: int, second: int, both: int, limited: int) -> int:
    """Return the most inspector-half-days of a day (一天最多可用人·半天).

    `teams`, `whole`: sizes of teams for a half-day and for the whole day; `first`, `second`, `both`: people there in
    the morning, the afternoon, and free for both; `limited`: those with one half-day who may be gone after a morning.
    """
    best = 0
    for all_day in reachable(whole, min(first, second, both)):
        for morning in reachable(teams, first - all_day):
            afternoon = max(reachable(teams, second - all_day - min(limited, morning)), default=0)
            best = max(best, 2 * all_day + morning + afternoon)
    return best


@cache
def reachable(sizes: frozenset[int], people: int) -> tuple[int, ...]:
    """Return the sums of sizes, each any number of times, up to `people`, ascending (可凑成的人数)."""
    sums: list[int] = []
    for total in range(people + 1):
        if total == 0 or any(total - size in sums for size in sizes):
            sums.append(total)
    return tuple(sums)
