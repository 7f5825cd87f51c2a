"""What an office's day can fill (机构一天的容量), whoever is drawn: draw protocol 2, section 7.

Whole-day places are drawn first and repaired among themselves: they fill exactly when every set of them has as many
people (Hall 1935). They may then have taken anybody of their masks. Morning and afternoon are drawn together, so that
for unions u of the morning places' masks and v of the afternoon's

    m(u) + w(u) ≤ |u|,   a(v) + w(v) ≤ |v|,   the sum of both ≤ |u| + |v| − |u ∩ v ∩ limited|

with m, a the places whose mask lies in the union, w the whole-day places whose mask meets it, and `limited` those with
one half-day left. A day within these fills in every possible lottery.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

UNIONS = 4096  # a day with more different sets of people than this is treated as full


class Group(NamedTuple):
    """Places of one kind (同类名额): `people` of them for inspectors of `mask`, for one half-day or the whole day."""

    mask: int
    whole: bool
    people: int


class Day(NamedTuple):
    """Who of an office is there on a day (当日到岗): masks of the morning, the afternoon, and of two half-days."""

    first: int
    second: int
    twice: int


class Need(NamedTuple):
    """What a team asks of a day (一组名额的需求): people for the whole day, its morning and its afternoon.

    `least_…`: how many are in the smallest set that places are for, `EVERYBODY` where there are none.
    """

    whole: int
    first: int
    second: int
    least_whole: int
    least_first: int
    least_second: int


EVERYBODY = 1 << 30
Places = Mapping[int, int]  # mask of inspectors who are there → number of places


def fits(day: Day, morning: Iterable[Group], afternoon: Iterable[Group]) -> bool:
    """Return whether every lottery fills an office's day (当天是否必能派满), groups by the half they begin in."""
    morning, afternoon = list(morning), list(afternoon)
    needs = need_of(day, morning), need_of(day, afternoon, after_noon=True)
    return roomy(day, needs) or fits_by_sets(day, morning, afternoon)


def fits_by_sets(day: Day, morning: Iterable[Group], afternoon: Iterable[Group]) -> bool:
    """Return what `fits` does from all unions of sets (逐并集核对), for a day that is not `roomy`."""
    both, limited = day.first & day.second & day.twice, day.first & day.second & ~day.twice
    out, am, pm = (defaultdict[int, int](int) for _ in range(3))
    for group in morning:
        side, there = (out, both) if group.whole else (am, day.first)
        side[group.mask & there] += group.people
    for group in afternoon:
        pm[group.mask & day.second] += group.people
    unions_out, unions_am, unions_pm = unions(out), unions(am), unions(pm)
    if unions_out is None or unions_am is None or unions_pm is None:
        return False
    if any(_inside(out, u) > u.bit_count() for u in unions_out):
        return False
    first = [(u, _inside(am, u) + _meeting(out, u)) for u in unions_am]
    second = [(v, _inside(pm, v) + _meeting(out, v)) for v in unions_pm]
    if any(needed > u.bit_count() for u, needed in (*first, *second)):
        return False
    return not limited or all(
        n + k <= u.bit_count() + v.bit_count() - (u & v & limited).bit_count() for u, n in first for v, k in second
    )


def unions(masks: Iterable[int]) -> list[int] | None:
    """Return all unions of one or more of some sets (集合的所有并集), ascending; None when they are too many."""
    found: set[int] = set()
    for mask in sorted(set(masks)):
        found |= {mask} | {mask | other for other in found}
        if len(found) > UNIONS:
            return None
    return sorted(found)


def need_of(day: Day, groups: Iterable[Group], *, after_noon: bool = False) -> Need:
    """Return what places that begin in the same half ask of a day (同一半天开始的名额的需求)."""
    people, least = [0, 0, 0], [EVERYBODY] * 3
    there = (day.first & day.second & day.twice, day.first, day.second)
    for group in groups:
        side = 2 if after_noon else 0 if group.whole else 1
        people[side] += group.people
        least[side] = min(least[side], (group.mask & there[side]).bit_count())
    return Need(*people, *least)


def roomy(day: Day, needs: Iterable[Need]) -> bool:
    """Return whether even the smallest sets have room for everything (明显有余); most free days are seen by this."""
    whole = first = second = 0
    least_whole = least_first = least_second = EVERYBODY
    for need in needs:
        whole, first, second = whole + need[0], first + need[1], second + need[2]
        least_whole, least_first = min(least_whole, need[3]), min(least_first, need[4])
        least_second = min(least_second, need[5])
    limited = (day.first & day.second & ~day.twice).bit_count()
    return (
        whole <= least_whole
        and first + whole <= least_first
        and second + whole <= least_second
        and (not first or not second or first + second + 2 * whole + limited <= least_first + least_second)
    )


def _inside(places: Places, union: int) -> int:
    return sum(people for mask, people in places.items() if mask & ~union == 0)


def _meeting(places: Places, union: int) -> int:
    return sum(people for mask, people in places.items() if mask & union)
