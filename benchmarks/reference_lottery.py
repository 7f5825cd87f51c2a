"""The lottery of draw protocol 2, section 7, in its shortest form, to try calendars on: one office's day at a time.

A place is (key, half-days of the day as numbers, who could hold it before anything is held); a key is what stands
before the inspector in R. Hashes, order, loads and augmenting paths are those of the protocol.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Place(NamedTuple):
    """A place of an office's day: `halves` (0,), (1,) or (0, 1); `able`: who is there, certified, not recused."""

    key: bytes
    halves: tuple[int, ...]
    able: frozenset[str]


def number(seed: bytes, place: Place, who: str = "") -> bytes:
    """P(place), or R(place, inspector)."""
    return hashlib.sha256(seed + place.key + who.encode()).digest()


def office_day(
    places: Sequence[Place], limits: Mapping[str, int], load: dict[str, int], seed: bytes
) -> tuple[dict[bytes, str], list[Place]]:
    """Draw an office's day: (key → inspector, places left open). `load` grows; `limits`: half-days a day."""
    holder: dict[bytes, str] = {}
    taken: dict[str, set[int]] = {}
    left = []
    for stage in (True, False):
        own = [p for p in places if (len(p.halves) == 2) == stage]
        spent = {who: set(halves) for who, halves in taken.items()}
        able = {p.key: frozenset(w for w in p.able if _could(p, limits.get(w, 0), spent.get(w, set()))) for p in own}
        for place in sorted(own, key=lambda p: number(seed, p)):
            free = [w for w in able[place.key] if _could(place, limits[w], taken.get(w, set()))]
            if free:
                least = min(load.get(w, 0) for w in free)
                chosen = min((w for w in free if load.get(w, 0) <= least + 2), key=lambda w: number(seed, place, w))
                _hold(place, chosen, holder, taken, load)
            elif not _path(place, own, able, limits, spent, holder, taken, load, seed):
                left.append(place)
    return holder, left


def _could(place: Place, limit: int, held: set[int]) -> bool:
    return not held & set(place.halves) and len(held) + len(place.halves) <= limit


def _hold(place: Place, who: str, holder: dict[bytes, str], taken: dict[str, set[int]], load: dict[str, int]) -> None:
    holder[place.key] = who
    taken.setdefault(who, set()).update(place.halves)
    load[who] = load.get(who, 0) + len(place.halves)


def _release(place: Place, holder: dict[bytes, str], taken: dict[str, set[int]], load: dict[str, int]) -> None:
    who = holder.pop(place.key)
    taken[who] -= set(place.halves)
    load[who] -= len(place.halves)


def _path(start, own, able, limits, spent, holder, taken, load, seed) -> bool:  # type: ignore[no-untyped-def]
    """An augmenting path among the places of the stage, breadth first."""
    by_key = {p.key: p for p in own}

    def node(place: Place, who: str) -> tuple[str, tuple[int, ...]]:
        one = len(place.halves) == 2 or limits[who] - len(spent.get(who, set())) == 1
        return who, () if one else place.halves

    at = {node(by_key[k], w): by_key[k] for k, w in holder.items() if k in by_key}
    seen: set[tuple[str, tuple[int, ...]]] = set()
    came: dict[bytes, tuple[Place, str]] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        for who in sorted(able[place.key], key=lambda w: (load.get(w, 0), number(seed, place, w))):
            mine = node(place, who)
            if mine in seen:
                continue
            seen.add(mine)
            if mine in at:
                came[at[mine].key] = (place, who)
                queue.append(at[mine])
                continue
            moves = [(place, who)]
            while moves[-1][0] is not start:
                moves.append(came[moves[-1][0].key])
            for moved, _ in moves:
                if moved.key in holder:
                    _release(moved, holder, taken, load)
            for moved, taker in moves:
                _hold(moved, taker, holder, taken, load)
            return True
    return False
