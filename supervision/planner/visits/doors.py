"""Doors (进门次数): the fewest visits in which all of a unit's duties could be held, and the proof of it.

Asks with a common half-day can share a visit, so a unit needs as many visits as half-days are needed to hit every
ask's set of half-days. The proof is a packing: asks of which no half-day serves two need a visit each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from supervision.planner.visits.district import District, Duty, Part, Unit
from supervision.planner.visits.halfdays import mask_of, slots_of
from supervision.planner.visits.matching import matched

SPLIT = 6  # a duty with more asks is divided ask by ask only


def with_doors(district: District, unit: Unit) -> Unit:
    """Return a unit with the fewest doors that hold all of its duties in an empty month (最少进门次数).

    First on the fewest half-days that serve every single ask; a duty whose asks cannot be held so goes beyond them.
    """
    asks = [(d, n, mask) for d, duty in enumerate(unit.duties) for n, mask in enumerate(ever(district, unit, duty))]
    masks = [mask for _, _, mask in asks]
    chosen, prices = fewest_slots(masks), tuple(asks[number][:2] for number in packing(masks))
    found: dict[int, list[Part]] = {}
    for d, duty in enumerate(unit.duties):
        laid = division(district, unit, duty, mask_of(chosen))
        if sum(map(len, laid.values())) < len(duty.asks):
            laid = division(district, unit, duty, first=mask_of(found))
        for slot, own in laid.items():
            found.setdefault(slot, []).append(Part(d, own))
    return replace(unit, doors=tuple(tuple(sorted(own)) for _, own in sorted(found.items())), prices=prices)


def ever(district: District, unit: Unit, duty: Duty) -> list[int]:
    """Return for each ask the slots in which it could be held, alone or in company (每项内容可行的半天).

    Company helps only an item that needs fewer people than the law's least number.
    """
    numbers = tuple(range(len(duty.asks)))
    masks = [district.slots(unit, duty, (n,)) for n in numbers]
    for n in numbers if len(numbers) <= SPLIT else ():
        if duty.asks[n].item.inspectors < district.least:
            others = tuple(m for m in numbers if m != n)
            for more in (c for size in range(1, len(others) + 1) for c in combinations(others, size)):
                masks[n] |= district.slots(unit, duty, (n, *more))
    return masks


def division(
    district: District, unit: Unit, duty: Duty, within: int = -1, first: int = 0
) -> dict[int, tuple[int, ...]]:
    """Return slot → asks of a duty that could be held there (可行的拆分): most asks, then fewest parts.

    Parts of one duty never share a half-day: they would be one part. `within`: slots that may be used; `first`: those
    that are taken first. Asks in no part cannot be held by any calendar.
    """
    able: dict[tuple[int, ...], list[int]] = {}
    best: dict[int, tuple[int, ...]] = {}

    def slots(own: tuple[int, ...]) -> list[int]:
        if own not in able:
            mask = district.slots(unit, duty, own) & within
            able[own] = [*slots_of(mask & first), *slots_of(mask & ~first)]
        return able[own]

    def search(left: tuple[int, ...], found: list[tuple[int, ...]]) -> None:
        nonlocal best
        owner = matched([slots(own) for own in found])
        held = sum(map(len, found))
        if len(owner) == len(found) and (-held, len(found)) < _rank(best):
            best = {slot: found[number] for slot, number in owner.items()}
        if left and (-held - len(left), len(found) + 1) < _rank(best):
            for own in subsets(left):
                if slots(own):
                    search(tuple(n for n in left if n not in own), [*found, own])
            search(left[1:], found)

    every = tuple(range(len(duty.asks)))
    whole = district.slots(unit, duty, every) & within if every else 0
    if whole:
        return {next(slots_of(whole & first or whole)): every}
    search(every, [])
    return best


def _rank(found: Mapping[int, tuple[int, ...]]) -> tuple[int, int]:
    return -sum(map(len, found.values())), len(found)


def even_share(district: District) -> list[int]:
    """Return the people a half-day that an even month takes from each office (均衡人数).

    Of all duties as the fewest doors hold them; rounded up, and no less than the office's largest team.
    """
    needed, largest = [0] * len(district.staffs), [0] * len(district.staffs)
    for unit in district.units:
        for d, asks in (part for door in unit.doors for part in door):
            office, teams = unit.duties[d].office, district.ways(unit, unit.duties[d], asks)[0].teams
            needed[office] += sum(team.people * team.half_days for team in teams)
            largest[office] = max(largest[office], sum(team.people for team in teams))
    open_ = [sum(1 for s in slots_of(district.grid.open) if staff.present[s]) for staff in district.staffs]
    return [max(most, -(-n // max(1, s))) for most, n, s in zip(largest, needed, open_, strict=True)]


def packing(masks: Sequence[int]) -> tuple[int, ...]:
    """Return numbers of masks of which no slot lies in two (互不同时的检查内容), as many as a greedy search finds."""
    chosen, taken = [], 0
    for number in sorted(range(len(masks)), key=lambda n: (masks[n].bit_length(), masks[n].bit_count(), n)):
        if masks[number] and not masks[number] & taken:
            chosen.append(number)
            taken |= masks[number]
    return tuple(sorted(chosen))


def fewest_slots(masks: Sequence[int]) -> tuple[int, ...]:
    """Return the fewest slots, ascending, that hit every mask (最少的半天); no mask may be 0. Early slots first."""
    needed = [m for m in sorted(set(masks)) if not any(o != m and o & ~m == 0 for o in masks)]
    hits: dict[int, int] = {}
    for slot in sorted({slot for mask in needed for slot in slots_of(mask)}):
        hits.setdefault(sum(1 << n for n, mask in enumerate(needed) if mask >> slot & 1), slot)
    useful = sorted(slot for hit, slot in hits.items() if not any(o != hit and hit & ~o == 0 for o in hits))
    tried = (own for count in range(len(needed) + 1) for own in combinations(useful, count))
    return next(own for own in tried if all(mask & mask_of(own) for mask in needed))


def subsets(asks: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the ways to begin a division: the first ask with any others, largest first (含首项的子集)."""
    first, others = asks[0], asks[1:]
    sizes = range(len(others), -1, -1) if len(asks) <= SPLIT else (len(others), 0)
    return [(first, *more) for size in sizes for more in combinations(others, size)]
