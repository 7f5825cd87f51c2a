"""What a better calendar is (日程优劣): integers in this order – not held, delay of risk, unevenness, trips."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from supervision.planner.district import District


class Score(NamedTuple):
    """A district calendar's objective, smaller is better (目标值).

    `not_held` visits; `delay` Σ class weight × day number from 0, a visit not held counting as the day after the last,
    so that it is never better to leave out a risky one; `uneven` people above the office's even share, summed
    over half-days; `trips` Σ over street, set of offices and day of max(morning visits, afternoon visits).
    """

    not_held: int
    delay: int
    uneven: int
    trips: int


def score(district: District, slot_of: Sequence[int]) -> Score:
    """Return the objective of a calendar (计算目标值): `slot_of[job]` first slot, −1 not held."""
    share = district.even_share
    load: dict[tuple[int, int], int] = {}
    trips: dict[tuple[int, int], list[int]] = {}
    not_held = delay = 0
    for job, slot in zip(district.jobs, slot_of, strict=True):
        if slot < 0:
            not_held += 1
            delay += job.weight * len(district.grid.days)
            continue
        delay += job.weight * (slot // 2)
        for office, group in job.groups:
            for s in (slot, slot + 1) if group.whole_day else (slot,):
                load[office, s] = load.get((office, s), 0) + group.people
        halves = trips.setdefault((job.trip, slot // 2), [0, 0])
        halves[slot % 2] += 1
        halves[1] += job.whole_day
    uneven = sum(max(0, people - share[office]) for (office, _), people in load.items())
    return Score(not_held, delay, uneven, sum(max(halves) for halves in trips.values()))
