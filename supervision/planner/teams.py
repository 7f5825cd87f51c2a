"""Teams (派员要求): how an office's items in one visit are laid on its places.

Every person sent covers all the items, unless fewer people than are needed can do that. Then the items are split:
each place carries what one certified inspector covers, until every item is carried by as many places as it needs
people and no fewer people come than the law asks for. The witness inspectors only shape the places; who goes is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from supervision.planner.crew import Crew


class Team(NamedTuple):
    """Places of one office in a visit with the same items (一组名额)."""

    people: int
    items: frozenset[str]


def team(
    crew: Crew, asked: Mapping[str, int], least: int, able: int, long: frozenset[str] = frozenset(), able_long: int = 0
) -> list[Team] | None:
    """Return the places (名额划分) for items and the people each needs (`asked`), or None when the crew cannot do it.

    `least` people come at least. `able` is the mask of inspectors who may be sent at all (on duty some time in the
    window, not recused), `able_long` of those who may be sent for a whole day, as `long` items need.
    """
    items, people = frozenset(asked), max(least, *asked.values())
    full = crew.covering(items) & (able_long if items & long else able)
    if full.bit_count() >= people:
        return [Team(people, items)]
    parts = []
    for i, (who, scope) in enumerate(zip(crew.inspectors, crew.scopes, strict=True)):
        if able >> i & 1:
            parts.append((who, scope & items if able_long >> i & 1 else (scope & items) - long))
    chosen = _witnesses(parts, asked, people)
    if chosen is None:
        return None
    counted: dict[frozenset[str], int] = {}
    for part in chosen:
        counted[part] = counted.get(part, 0) + 1
    return [Team(counted[part], part) for part in sorted(counted, key=lambda p: (-len(p), sorted(p)))]


def _witnesses(
    people_items: Sequence[tuple[str, frozenset[str]]], asked: Mapping[str, int], people: int
) -> list[frozenset[str]] | None:
    """Greedy cover: first who adds most items still short of people, then who covers most; ties by id."""
    left = {who: part for who, part in people_items if part}
    missing = dict(asked)
    chosen: list[frozenset[str]] = []
    while left and (missing or len(chosen) < people):
        who = min(left, key=lambda w: (-len(left[w] & missing.keys()), -len(left[w]), w))
        chosen.append(left.pop(who))
        missing = {item: n - (item in chosen[-1]) for item, n in missing.items() if n > (item in chosen[-1])}
    return chosen if not missing and len(chosen) >= people else None
