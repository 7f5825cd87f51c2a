"""Splits (拆分检查): the fewest half-days that serve every part of a unit's inspection.

A part (one item of one task) can be held in some slots only: those of its task's window in which its office has enough
certified people. Parts with a common slot can share a visit, so a unit needs as many visits as slots are needed to hit
every part's set of slots. The search is exact; no plan that holds all the parts has fewer visits.
"""

from __future__ import annotations

from collections.abc import Sequence


def slot_mask(slots: Sequence[int]) -> int:
    """Return slots as a bit mask (半天集合)."""
    return sum(1 << s for s in slots)


def slots_of(mask: int) -> list[int]:
    """Return the slots of a bit mask, ascending (集合中的半天)."""
    return [s for s in range(mask.bit_length()) if mask >> s & 1]


def fewest_slots(parts: Sequence[int]) -> list[int]:
    """Return the fewest slots, ascending, that hit every part's mask of slots (最少的半天).

    No mask may be empty. Among equals those found first, early slots first.
    """
    needed = [m for m in sorted(set(parts)) if not any(o != m and o & ~m == 0 for o in set(parts))]
    signature: dict[int, int] = {}
    for slot in slots_of(sum(1 << s for s in {s for m in needed for s in slots_of(m)})):
        hits = sum(1 << n for n, m in enumerate(needed) if m >> slot & 1)
        signature.setdefault(hits, slot)
    useful = {h: s for h, s in signature.items() if not any(o != h and h & ~o == 0 for o in signature)}
    for count in range(len(needed) + 1):
        found = _hit((1 << len(needed)) - 1, useful, count)
        if found is not None:
            return sorted(found)
    raise ValueError("a part without any slot")


def _hit(left: int, useful: dict[int, int], count: int) -> list[int] | None:
    """Slots that hit all of `left` with at most `count`, or None: branch on the part with the fewest slots."""
    if not left:
        return []
    if not count:
        return None
    parts = [n for n in range(left.bit_length()) if left >> n & 1]
    part = min(parts, key=lambda n: (sum(h >> n & 1 for h in useful), n))
    for hits, slot in sorted(useful.items(), key=lambda pair: pair[1]):
        if hits >> part & 1:
            rest = _hit(left & ~hits, useful, count - 1)
            if rest is not None:
                return [slot, *rest]
    return None
