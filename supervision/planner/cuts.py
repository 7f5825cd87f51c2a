"""Window cuts (时间窗瓶颈): an office and a stretch of half-days with more work bound to it than it can do.

All visits whose window lies within the stretch must be held there, or not at all. What the office can do is counted
generously, so that a cut is a proof: in each half-day the most people that whole visits can use (sums of their sizes),
and no day more than its inspectors' daily limits. Any calendar, whoever goes, leaves the excess out.
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
    mornings = {sum(g.people for g in groups) for groups in own.values()}
    sizes = frozenset((mornings | {sum(g.people for g in groups if g.whole_day) for groups in own.values()}) - {0})
    room = _room(crew, union, sizes)
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


def _room(crew: Crew, union: int, sizes: frozenset[int]) -> list[int]:
    """Most inspector-half-days on each day that whole visits of these sizes can use."""
    room = []
    for slot in range(0, len(crew.present), 2):
        first, second = crew.present[slot] & union, crew.present[slot + 1] & union
        day = (first | second).bit_count() + (first & second & crew.twice).bit_count()
        room.append(min(day, reachable(sizes, first.bit_count()) + reachable(sizes, second.bit_count())))
    return room


@cache
def reachable(sizes: frozenset[int], people: int) -> int:
    """Return the greatest sum of sizes, each any number of times, up to `people` (最多可用人数)."""
    sums = {0}
    for total in range(1, people + 1):
        if any(total - size in sums for size in sizes):
            sums.add(total)
    return max(sums)


def _day_start(job: Job) -> int:
    return job.window[0] // 2


def _day_end(job: Job) -> int:
    return job.window[1] // 2
