"""Enough people, whoever is drawn (人够不够): Hall's condition for one office on one day.

The inspectors are drawn after the calendar is fixed (draw protocol 7): first the morning's places, together with the
whole-day ones, then the afternoon's. Within a half-day the draw repairs itself by augmenting paths, so it fills all
places exactly when every set of places has at least as many people (Hall 1935). It never looks ahead, so the
afternoon must bear every outcome of the morning: of the people who could serve a set of afternoon places, as many may
be gone as whole-day places could have taken and as one-half-day inspectors may have reached their daily limit.
A day without a shortage here is filled by every possible draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from supervision.planner.crew import Crew, Grid

UNIONS = 4096  # a half-day with more different sets of people than this is treated as full


class Group(NamedTuple):
    """Places of one kind (同类名额): `people` of them, for inspectors of `mask`, one or two half-days long."""

    mask: int
    whole_day: bool
    people: int


class Shortage(NamedTuple):
    """A set of places with too few people (人员不足): half 0 or 1, places, people, and of those counted as away."""

    half: int
    needed: int
    available: int
    all_day: int
    at_limit: int
    mask: int


def shortage(crew: Crew, day: int, morning: Sequence[Group], afternoon: Sequence[Group]) -> Shortage | None:
    """Return the first set of places the office cannot fill for certain on a day, or None (当天是否缺人).

    `morning` groups begin in the morning and may last the whole day, `afternoon` groups begin in the afternoon.
    """
    first, second = crew.present[2 * day], crew.present[2 * day + 1]
    short = _morning(first, first & second & crew.twice, morning)
    if short is None and afternoon:
        short = _afternoon(second, first & second & ~crew.twice, crew.twice & first & second, morning, afternoon)
    return short


def group_of(crew: Crew, items: frozenset[str], half_days: int, people: int, recused: frozenset[str]) -> Group:
    """Return the group of places for items (名额组): whole-day ones want inspectors with two half-days a day."""
    mask = crew.covering(items, recused)
    return Group(mask & crew.twice if half_days == 2 else mask, half_days == 2, people)


def alone(crew: Crew, grid: Grid, groups: tuple[Group, ...]) -> frozenset[int]:
    """Return the slots in which the office can do these places if it had nothing else to do (单独可行的半天)."""
    whole_day = any(g.whole_day for g in groups)
    found = set()
    for s in grid.open:
        if whole_day and (s % 2 == 1 or not grid.is_open[s + 1]):
            continue
        if shortage(crew, s // 2, groups if s % 2 == 0 else (), groups if s % 2 else ()) is None:
            found.add(s)
    return frozenset(found)


def _morning(present: int, all_day: int, places: Sequence[Group]) -> Shortage | None:
    able = [(g.mask & (all_day if g.whole_day else present), g.people) for g in places]
    total = sum(people for _, people in able)
    if all(total <= mask.bit_count() for mask, _ in able):
        return None
    sets = unions(mask for mask, _ in able)
    if sets is None:
        least = min((mask for mask, _ in able), key=lambda m: (m.bit_count(), m))
        return Shortage(0, total, least.bit_count(), 0, 0, least)
    for union in sets:
        needed = sum(people for mask, people in able if mask & ~union == 0)
        if needed > union.bit_count():
            return Shortage(0, needed, union.bit_count(), 0, 0, union)
    return None


def _afternoon(
    present: int, limited: int, all_day: int, morning: Sequence[Group], afternoon: Sequence[Group]
) -> Shortage | None:
    able = [(g.mask & present, g.people) for g in afternoon]
    sets = unions(mask for mask, _ in able)
    if sets is None:
        return Shortage(1, sum(g.people for g in afternoon), 0, 0, 0, 0)
    for union in sets:
        needed = sum(people for mask, people in able if mask & ~union == 0)
        out = sum(g.people for g in morning if g.whole_day and g.mask & all_day & union)
        tired = sum(g.people for g in morning if not g.whole_day and g.mask & limited & union)
        tired = min(tired, (limited & union).bit_count())
        if needed + out + tired > union.bit_count():
            return Shortage(1, needed, max(0, union.bit_count() - out - tired), out, tired, union)
    return None


def unions(masks: Iterable[int]) -> list[int] | None:
    """Return all unions of some sets (集合的所有并集), ascending by size; None when there are more than UNIONS."""
    found: set[int] = set()
    for mask in sorted(set(masks)):
        found |= {mask} | {mask | other for other in found}
        if len(found) > UNIONS:
            return None
    return sorted(found, key=lambda m: (m.bit_count(), m))
