"""Teams (派员要求): how an office's items in one visit are laid on its places, and in which half-days that can be.

Everybody sent covers all the items, wherever enough people can. In the other half-days the items are split: each place
carries what one certified inspector covers, until every item is carried by as many places as it needs people and no
fewer people come than the law asks for. The witness inspectors only shape the places; who goes is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from supervision.domain.items import Item
from supervision.planner.visits.capacity import Group, fits
from supervision.planner.visits.halfdays import Grid, slots_of
from supervision.planner.visits.staff import Staff


class Team(NamedTuple):
    """Places of one office in a visit with the same items (一组名额)."""

    people: int
    half_days: int
    items: tuple[str, ...]


class Way(NamedTuple):
    """One way to hold some items (一种派员方式): its teams, the same as groups of places, and the mask of slots."""

    teams: tuple[Team, ...]
    groups: tuple[Group, ...]
    slots: int


def ways(
    staff: Staff, grid: Grid, items: Iterable[Item], least: int, away: frozenset[str] = frozenset()
) -> tuple[Way, ...]:
    """Return how an office with nothing else to do can hold some items together (可行的派员方式).

    `least`: people who come at least; `away`: who is recused. The ways' slots are disjoint and within the grid.
    """
    asked = {i.item_id: i for i in items}
    people, half_days = max(least, *(i.inspectors for i in asked.values())), max(i.half_days for i in asked.values())
    mask, whole = staff.covering(asked, away), (Team(people, half_days, tuple(sorted(asked))),)
    found: dict[tuple[Team, ...], int] = {whole: 0}
    for slot in slots_of(grid.starts(grid.open, half_days)):
        if staff.holders(mask, slot, half_days).bit_count() >= people:
            found[whole] |= 1 << slot
        elif teams := _split(staff, slot, asked, people, away):
            groups = _groups(staff, teams, away)
            if fits(staff.day(slot >> 1), *(((), groups) if slot & 1 else (groups, ()))):
                found[teams] = found.get(teams, 0) | 1 << slot
    return tuple(Way(teams, _groups(staff, teams, away), slots) for teams, slots in found.items() if slots)


def _groups(staff: Staff, teams: tuple[Team, ...], away: frozenset[str]) -> tuple[Group, ...]:
    return tuple(Group(staff.covering(t.items, away), t.half_days == 2, t.people) for t in teams)


def _split(staff: Staff, slot: int, asked: Mapping[str, Item], people: int, away: frozenset[str]) -> tuple[Team, ...]:
    """Items laid on the people of one slot, () if they cannot: first who adds most, then who covers most."""
    holders = {n: staff.holders(staff.covering([n], away), slot, item.half_days) for n, item in asked.items()}
    left = {who: {n for n in asked if holders[n] >> i & 1} for i, who in enumerate(staff.inspectors)}
    left = {who: own for who, own in left.items() if own}
    missing = {n: item.inspectors for n, item in asked.items()}
    chosen: Counter[tuple[str, ...]] = Counter()
    while left and (missing or chosen.total() < people):
        who = min(left, key=lambda w: (-len(left[w] & missing.keys()), -len(left[w]), w))
        own = left.pop(who)
        chosen[tuple(sorted(own))] += 1
        missing = {n: k - (n in own) for n, k in missing.items() if k > (n in own)}
    if missing or chosen.total() < people:
        return ()
    order = sorted(chosen, key=lambda own: (-len(own), own))
    return tuple(Team(chosen[own], max(asked[n].half_days for n in own), own) for own in order)
