"""The first calendar (贪心初排): one visit after the other into the best half-day that is left, a few orders tried."""

from __future__ import annotations

from collections.abc import Sequence

from supervision.planner.district import District
from supervision.planner.ledger import Ledger
from supervision.planner.objective import Score, score


def start(district: District) -> tuple[Ledger, Score]:
    """Return the best of four greedy calendars (贪心初排): risk or scarcity first, early or level."""
    best: tuple[Score, int, Ledger] | None = None
    scarce = scarcity(district)
    numbers = range(len(district.jobs))
    by_risk = sorted(numbers, key=lambda n: (-district.jobs[n].weight, -scarce[n], len(district.jobs[n].starts), n))
    by_scarcity = sorted(numbers, key=lambda n: (-scarce[n], len(district.jobs[n].starts), -district.jobs[n].weight, n))
    for order in (by_risk, by_scarcity):
        for early in (True, False):
            ledger = Ledger(district)
            fill(ledger, order, early=early)
            found = score(district, ledger.slot_of)
            if best is None or (found, len(order)) < (best[0], best[1]):
                best = (found, len(order), ledger)
    if best is None:
        return Ledger(district), score(district, [])
    return best[2], best[0]


def scarcity(district: District) -> list[int]:
    """Return for each job the greatest load of its offices, per mille (最紧机构的负荷, ‰)."""
    load = [1000 * n // max(1, crew.half_days) for n, crew in zip(district.needed, district.crews, strict=True)]
    return [max(load[o] for o in job.offices) for job in district.jobs]


def fill(ledger: Ledger, order: Sequence[int], *, early: bool) -> None:
    """Place jobs in an order (依次安排); with `early` each goes to its first free day, else only those at risk do."""
    trips: dict[tuple[int, int], list[int]] = {}
    for number in order:
        job = ledger.district.jobs[number]
        free = [int(s) for s in ledger.open_slots(number).nonzero()[0]]
        tightness = _tightness(ledger, number) if free else []

        def rank(slot: int, tightness: Sequence[int] = tightness, number: int = number) -> tuple[int, int, int, int]:
            job = ledger.district.jobs[number]
            halves = trips.get((job.trip, slot // 2), [0, 0])
            new_trip = 0 if halves[slot % 2] < halves[1 - slot % 2] else 1
            day = slot // 2 if early or job.weight else 0
            return (day, new_trip, tightness[slot], slot)

        for slot in sorted(free, key=rank):
            if ledger.safe(number, slot):
                ledger.add(number, slot)
                halves = trips.setdefault((job.trip, slot // 2), [0, 0])
                halves[slot % 2] += 1
                halves[1] += job.whole_day
                break


def _tightness(ledger: Ledger, number: int) -> list[int]:
    """Greatest share of its offices' people in use, per mille, for every slot."""
    rows = ledger.shares[number].rows
    morning = (1000 * ledger.morning[rows] // ledger.morning_room[rows].clip(min=1)).max(axis=0)
    used = ledger.afternoon[rows] + ledger.long[rows]
    afternoon = (1000 * used // ledger.afternoon_room[rows].clip(min=1)).max(axis=0)
    return [int(v) for pair in zip(morning, afternoon, strict=True) for v in pair]
