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


Places = Mapping[int, int]  # mask of inspectors who are there → number of places


def fits(day: Day, morning: Iterable[Group], afternoon: Iterable[Group]) -> bool:
    """Return whether every lottery fills an office's day (当天是否必能派满), groups by the half they begin in."""
    both, limited = day.first & day.second & day.twice, day.first & day.second & ~day.twice
    out, am, pm = (defaultdict[int, int](int) for _ in range(3))
    for group in morning:
        side, there = (out, both) if group.whole else (am, day.first)
        side[group.mask & there] += group.people
    for group in afternoon:
        pm[group.mask & day.second] += group.people
    if _roomy(out, am, pm, limited.bit_count()):
        return True
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


def _roomy(out: Places, am: Places, pm: Places, limited: int) -> bool:
    """Whether even the smallest sets have room for everything; most days are seen to be free by this alone."""
    whole, first, second = sum(out.values()), sum(am.values()), sum(pm.values())
    least_am = min((mask.bit_count() for mask in am), default=first + whole)
    least_pm = min((mask.bit_count() for mask in pm), default=second + whole)
    return (
        all(whole <= mask.bit_count() for mask in out)
        and first + whole <= least_am
        and second + whole <= least_pm
        and (not first or not second or first + second + 2 * whole + limited <= least_am + least_pm)
    )


def _inside(places: Places, union: int) -> int:
    return sum(people for mask, people in places.items() if mask & ~union == 0)


def _meeting(places: Places, union: int) -> int:
    return sum(people for mask, people in places.items() if mask & union)
