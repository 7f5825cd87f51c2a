"""Doors (进门次数): the fewest visits in which all of a unit's duties could be held, and the proof of it.

Asks with a common half-day can share a visit, so a unit needs as many visits as half-days are needed to hit every
ask's set of half-days. The proof is a packing: asks of which no half-day serves two need a visit each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from supervision.planner.visits.district import District, Duty, Part, Unit
from supervision.planner.visits.halfdays import slots_of

SPLIT = 6  # a duty with more asks is divided ask by ask only


def doors(district: District, unit: Unit) -> tuple[tuple[Part, ...], ...]:
    """Return the fewest doors that hold all of a unit's duties in an empty month (最少进门次数), by first half-day.

    First with the fewest half-days that serve every single ask; where some duty's asks cannot be held so, with the
    duties kept as whole as they can be.
    """
    found = _laid(district, unit, fewest_slots([m for d in unit.duties for m in ever(district, unit, d)]))
    if found is None:
        found = _laid_whole(district, unit)
    return tuple(tuple(sorted(own)) for _, own in sorted(found.items()))


def ever(district: District, unit: Unit, duty: Duty) -> list[int]:
    """Return for each ask the slots in which it could be held, alone or in company (每项内容可行的半天).

    Company helps only an item that needs fewer people than the law's least number.
    """
    numbers = tuple(range(len(duty.asks)))
    masks = [district.slots(unit, duty, (n,)) for n in numbers]
    for n in numbers if len(numbers) <= SPLIT else ():
        if duty.asks[n].item.people < district.least:
            others = tuple(m for m in numbers if m != n)
            for more in (c for size in range(1, len(others) + 1) for c in combinations(others, size)):
                masks[n] |= district.slots(unit, duty, (n, *more))
    return masks


def division(district: District, unit: Unit, duty: Duty) -> list[tuple[int, ...]]:
    """Return the duty's asks in parts with a half-day each (可行的拆分): most asks, then fewest parts.

    Asks in no part cannot be held by any calendar. Parts of one duty never share a half-day: they would be one part.
    """
    able = {own: district.slots(unit, duty, own) for own in _every_subset(len(duty.asks))}
    best: list[tuple[int, ...]] = []

    def search(left: tuple[int, ...], found: list[tuple[int, ...]]) -> None:
        nonlocal best
        if _apart([able[own] for own in found]) and _rank(found) < _rank(best):
            best = list(found)
        if left and (-sum(map(len, best)), len(best)) > (-sum(map(len, found)) - len(left), len(found) + 1):
            for own in subsets(left):
                if able.get(own):
                    search(tuple(n for n in left if n not in own), [*found, own])
            search(left[1:], found)

    search(tuple(range(len(duty.asks))), [])
    return best


def _rank(found: Sequence[tuple[int, ...]]) -> tuple[int, int]:
    return -sum(map(len, found)), len(found)


def _every_subset(count: int) -> list[tuple[int, ...]]:
    sizes = range(1, count + 1) if count <= SPLIT else (1, *range(2, count), count)
    return [own for size in sizes for own in combinations(range(count), size)]


def _apart(masks: Sequence[int]) -> bool:
    """Whether every mask can have a slot of its own (能否各得一个半天)."""
    owner: dict[int, int] = {}

    def place(number: int, seen: set[int]) -> bool:
        for slot in slots_of(masks[number]):
            if slot not in seen:
                seen.add(slot)
                if slot not in owner or place(owner[slot], seen):
                    owner[slot] = number
                    return True
        return False

    return all(place(number, set()) for number in range(len(masks)))


def even_share(district: District) -> list[int]:
    """Return the people a half-day that an even month takes from each office (均衡人数).

    Of all duties as the fewest doors hold them; rounded up, and no less than the office's largest team.
    """
    needed, largest = [0] * len(district.staffs), [0] * len(district.staffs)
    for unit in district.units:
        for part in (p for door in unit.doors for p in door):
            duty = next(d for d in unit.duties if d.office == part.office)
            items, slots = [duty.asks[n].item for n in part.asks], district.slots(unit, duty, part.asks)
            way = next(w for w in district.ways(part.office, items, unit.away) if w.slots & slots)
            needed[part.office] += sum(team.people * team.half_days for team in way.teams)
            largest[part.office] = max(largest[part.office], sum(team.people for team in way.teams))
    open_ = [sum(1 for s in slots_of(district.grid.open) if staff.present[s]) for staff in district.staffs]
    return [max(most, -(-n // max(1, s))) for most, n, s in zip(largest, needed, open_, strict=True)]


def packing(masks: Sequence[int]) -> tuple[int, ...]:
    """Return numbers of masks of which no slot lies in two (互不同时的检查内容), as many as a greedy search finds."""
    chosen: list[int] = []
    taken = 0
    for number in sorted(range(len(masks)), key=lambda n: (masks[n].bit_length(), masks[n].bit_count(), n)):
        if masks[number] and not masks[number] & taken:
            chosen.append(number)
            taken |= masks[number]
    return tuple(sorted(chosen))


def fewest_slots(masks: Sequence[int]) -> list[int]:
    """Return the fewest slots, ascending, that hit every mask (最少的半天); no mask may be 0. Early slots first."""
    needed = [m for m in sorted(set(masks)) if not any(o != m and o & ~m == 0 for o in set(masks))]
    every = 0
    for mask in needed:
        every |= mask
    signature: dict[int, int] = {}
    for slot in slots_of(every):
        hits = sum(1 << n for n, m in enumerate(needed) if m >> slot & 1)
        signature.setdefault(hits, slot)
    useful = sorted((s, h) for h, s in signature.items() if not any(o != h and h & ~o == 0 for o in signature))
    count = 0
    while (found := _hit((1 << len(needed)) - 1, useful, count)) is None:
        count += 1
    return sorted(found)


def _hit(left: int, useful: Sequence[tuple[int, int]], count: int) -> list[int] | None:
    """Slots that hit all of `left` with at most `count`, or None: branch on the mask with the fewest slots."""
    if not left:
        return []
    if not count:
        return None
    part = min(slots_of(left), key=lambda n: (sum(h >> n & 1 for _, h in useful), n))
    for slot, hits in useful:
        if hits >> part & 1:
            rest = _hit(left & ~hits, useful, count - 1)
            if rest is not None:
                return [slot, *rest]
    return None


def _laid(district: District, unit: Unit, chosen: Sequence[int]) -> dict[int, list[Part]] | None:
    """Every duty's asks on the chosen slots, as whole as they can be, or None where they cannot."""
    found: dict[int, list[Part]] = {}
    for duty in unit.duties:
        laid = _lay(district, unit, duty, chosen)
        if laid is None:
            return None
        for slot, own in laid.items():
            found.setdefault(slot, []).append(Part(duty.office, own))
    return found


def _lay(district: District, unit: Unit, duty: Duty, chosen: Sequence[int]) -> dict[int, tuple[int, ...]] | None:
    """Slot → asks of one duty, with the fewest parts, or None."""
    every = tuple(range(len(duty.asks)))
    able: dict[tuple[int, ...], int] = {}

    def slot_for(own: tuple[int, ...], taken: frozenset[int]) -> int | None:
        if own not in able:
            able[own] = district.slots(unit, duty, own)
        return next((s for s in chosen if s not in taken and able[own] >> s & 1), None)

    def lay(left: tuple[int, ...], taken: frozenset[int], most: int) -> dict[int, tuple[int, ...]] | None:
        if not left:
            return {}
        if not most:
            return None
        for own in subsets(left):
            slot = slot_for(own, taken)
            if slot is not None:
                rest = lay(tuple(n for n in left if n not in own), taken | {slot}, most - 1)
                if rest is not None:
                    return {slot: own, **rest}
        return None

    for parts in range(1, len(chosen) + 1):
        found = lay(every, frozenset(), parts)
        if found is not None:
            return found
    return None


def subsets(asks: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return the ways to begin a division: the first ask with any others, largest first (含首项的子集)."""
    first, others = asks[0], asks[1:]
    sizes = range(len(others), -1, -1) if len(asks) <= SPLIT else (len(others), 0)
    return [(first, *more) for size in sizes for more in combinations(others, size)]


def _laid_whole(district: District, unit: Unit) -> dict[int, list[Part]]:
    """Every duty in its fewest parts, on the fewest half-days; parts of one duty in different ones."""
    atoms = [(d, own, district.slots(unit, d, own)) for d in unit.duties for own in division(district, unit, d)]
    chosen = fewest_slots([mask for _, _, mask in atoms])
    found: dict[int, list[Part]] = {}
    for duty, own, mask in sorted(atoms, key=lambda atom: atom[2].bit_count()):
        free = [s for s in slots_of(mask) if all(p.office != duty.office for p in found.get(s, []))]
        slot = min(free or slots_of(mask), key=lambda s: (s not in chosen, s))
        found.setdefault(slot, []).append(Part(duty.office, own))
    return found
