"""Teams (派员要求): how an office's items in one visit are laid on its places.

Every person sent covers all the items, unless fewer people than are needed can do that. Then the items are split:
as many places as are needed, each with the items that one certified inspector covers, together covering them all.
The witness inspectors only shape the places; who goes is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from supervision.planner.crew import Crew


class Team(NamedTuple):
    """Places of one office in a visit with the same items (一组名额)."""

    people: int
    items: frozenset[str]


def team(crew: Crew, items: frozenset[str], people: int, able: int) -> list[Team] | None:
    """Return the places for `people` inspectors over `items` (名额划分), or None when the crew cannot do it.

    `able` is the mask of inspectors who may be sent at all (on duty some time in the window, not recused).
    """
    full = crew.covering(items) & able
    if full.bit_count() >= people:
        return [Team(people, items)]
    parts = [(who, scope & items) for who, scope in zip(crew.inspectors, crew.scopes, strict=True)]
    chosen = _witnesses([part for i, part in enumerate(parts) if able >> i & 1], items, people)
    if chosen is None:
        return None
    counted: dict[frozenset[str], int] = {}
    for part in chosen:
        counted[part] = counted.get(part, 0) + 1
    return [Team(counted[part], part) for part in sorted(counted, key=lambda p: (-len(p), sorted(p)))]


def _witnesses(
    people_items: Sequence[tuple[str, frozenset[str]]], items: frozenset[str], people: int
) -> list[frozenset[str]] | None:
    """Greedy cover: first who adds most items, then who covers most; ties by id."""
    left = {who: part for who, part in people_items if part}
    open_items = items
    chosen: list[frozenset[str]] = []
    while left and (open_items or len(chosen) < people):
        who = min(left, key=lambda w: (-len(left[w] & open_items), -len(left[w]), w))
        open_items -= left[who]
        chosen.append(left.pop(who))
    return chosen if not open_items and len(chosen) >= people else None
