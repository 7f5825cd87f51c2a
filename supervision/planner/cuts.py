"""Window cuts (时间窗瓶颈): an office and a stretch of half-days with more work bound to it than it can do.

All visits whose window lies within the stretch must be held there, or not at all. What the office can do is counted
generously, so that a cut is a proof: on each day the most that whole teams can use of its people, mornings, afternoons
and whole days in the best mixture that `safety` allows. Any calendar that every draw can fill leaves the excess out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from supervision.planner.crew import Crew
from supervision.planner.district import District, Job
from supervision.planner.safety import Group


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
        asking = {n: [g for o, g in j.groups if o == office] for n, j in enumerate(district.jobs) if j.starts}
        asking = {n: groups for n, groups in asking.items() if groups}
        masks = {g.mask for groups in asking.values() for g in groups}
        everybody = 0
        for mask in masks:
            everybody |= mask
        for union in sorted(masks | {everybody}):
            own = {n: [g for g in groups if g.mask & ~union == 0] for n, groups in asking.items()}
            own = {n: groups for n, groups in own.items() if groups}
            if own:
                found.extend(_cuts_of(district, office, crew, union, own))
    return sorted(found, key=lambda c: (c.available - c.needed, c.office, c.start, c.end))


def _cuts_of(
    district: District, office: int, crew: Crew, union: int, own: Mapping[int, Sequence[Group]]
) -> list[Cut]:
    """Cuts of the places that only the inspectors in `union` can fill."""
    room = [_room(crew, union, day, own) for day in range(len(district.grid.days))]
    jobs = district.jobs
    amounts = {n: sum(g.people * (2 if g.whole_day else 1) for g in groups) for n, groups in own.items()}
    starts = sorted({_day_start(jobs[n]) for n in own})
    ends = sorted({_day_end(jobs[n]) for n in own})
    found = []
    for start in starts:
        for end in ends:
            if end < start:
                continue
            inside = {n: a for n, a in amounts.items() if start <= _day_start(jobs[n]) and _day_end(jobs[n]) <= end}
            needed = sum(inside.values())
            available = sum(room[start : end + 1])
            if needed > available:
                slots = (2 * start, 2 * end + 1)
                found.append(Cut(office=office, start=slots[0], end=slots[1], needed=needed, available=available,
                                 takes=inside))
    return found


def _room(crew: Crew, union: int, day: int, own: Mapping[int, Sequence[Group]]) -> int:
    """Most inspector-half-days on a day that teams of these sizes can use."""
    first, second = crew.present[2 * day] & union, crew.present[2 * day + 1] & union
    limited = first & second & ~crew.twice
    masks = {g.mask for groups in own.values() for g in groups if not g.whole_day}
    return most(
        _sizes(own, whole_day=False),
        _sizes(own, whole_day=True),
        first.bit_count(),
        second.bit_count(),
        (first & second & crew.twice).bit_count(),
        limited.bit_count() if all(mask & limited for mask in masks) else 0,
    )


def _sizes(own: Mapping[int, Sequence[Group]], *, whole_day: bool) -> frozenset[int]:
    """Sizes of the teams for one half-day, or for the whole day."""
    sizes = {sum(g.people for g in groups if g.whole_day == whole_day) for groups in own.values()}
    return frozenset(sizes - {0})


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


def _day_start(job: Job) -> int:
    return job.window[0] // 2


def _day_end(job: Job) -> int:
    return job.window[1] // 2
