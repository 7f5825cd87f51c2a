"""Teams (派员要求): how an office's items in one visit are laid on its places, and in which half-days that can be.

Everybody sent covers all the items, wherever enough people can. In the other half-days the items are split: each place
carries what one certified inspector covers, until every item is carried by as many places as it needs people and no
fewer people come than the law asks for. The witness inspectors only shape the places; who goes is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from supervision.planner.visits.capacity import Day, Group, fits_groups
from supervision.planner.visits.halfdays import Grid, slots_of
from supervision.planner.visits.staff import Staff


class Item(NamedTuple):
    """What an item asks of an office (单项要求): people who must cover it, and half-days (1 or 2)."""

    item: str
    people: int
    half_days: int


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
    asked = {i.item: i for i in items}
    long = frozenset(name for name, i in asked.items() if i.half_days == 2)
    people = max(least, *(i.people for i in asked.values()))
    mask, half_days = staff.covering(asked, away), 2 if long else 1
    starts = grid.mornings if long else grid.open
    whole = Team(people, half_days, tuple(sorted(asked)))
    together = 0
    for slot in slots_of(starts):
        if staff.holders(mask, slot, half_days).bit_count() >= people:
            together |= 1 << slot
    found: dict[tuple[Team, ...], int] = {(whole,): together} if together else {}
    for slot in slots_of(starts & ~together):
        teams = _split(staff, slot, asked, people, long, away)
        if teams and _alone(staff, slot, _groups(staff, teams, away)):
            found[teams] = found.get(teams, 0) | 1 << slot
    return tuple(Way(teams, _groups(staff, teams, away), slots) for teams, slots in found.items())


def day_of(staff: Staff, day: int) -> Day:
    """Return who is there on a day (当日到岗)."""
    return Day(staff.present[2 * day], staff.present[2 * day + 1], staff.twice)


def _alone(staff: Staff, slot: int, groups: tuple[Group, ...]) -> bool:
    day = day_of(staff, slot >> 1)
    return fits_groups(day, () if slot & 1 else groups, groups if slot & 1 else ())


def _groups(staff: Staff, teams: tuple[Team, ...], away: frozenset[str]) -> tuple[Group, ...]:
    return tuple(Group(staff.covering(t.items, away), t.half_days == 2, t.people) for t in teams)


def _split(
    staff: Staff, slot: int, asked: Mapping[str, Item], people: int, long: frozenset[str], away: frozenset[str]
) -> tuple[Team, ...] | None:
    """Items laid on the people of one slot, or None: first who adds most items still short, then who covers most."""
    left = {}
    for i, who in enumerate(staff.inspectors):
        own = {
            n
            for n, item in asked.items()
            if staff.covering([n], away) >> i & 1 and staff.holders(1 << i, slot, item.half_days)
        }
        if own:
            left[who] = own
    missing = {n: item.people for n, item in asked.items()}
    chosen: list[tuple[str, ...]] = []
    while left and (missing or len(chosen) < people):
        who = min(left, key=lambda w: (-len(left[w] & missing.keys()), -len(left[w]), w))
        own = left.pop(who)
        chosen.append(tuple(sorted(own)))
        missing = {n: k - (n in own) for n, k in missing.items() if k > (n in own)}
    if missing or len(chosen) < people:
        return None
    sizes = {own: chosen.count(own) for own in chosen}
    return tuple(
        Team(sizes[own], 2 if long.intersection(own) else 1, own)
        for own in sorted(sizes, key=lambda own: (-len(own), own))
    )
