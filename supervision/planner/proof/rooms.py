"""What an office can hold at most (机构容量上界), counted generously, so that an excess over it is a proof.

To hold a duty an office must hold its largest item in some part, with the people that item needs and no fewer than the
law's least number, however the items are divided into visits: that is the duty's need. For a set of inspectors a day
bounds the needs that only they can meet:

    morning + whole ≤ |there|,   afternoon + whole ≤ |there|,   whole ≤ |there for both|,
    morning + afternoon + 2 · whole ≤ |there in the morning| + |in the afternoon| − |those of both with one half-day|.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from supervision.planner.visits.district import Ask, District, Duty
from supervision.planner.visits.doors import ever

SETS = 8  # sets of inspectors that are looked at for one office


class Need(NamedTuple):
    """The least a duty takes (一项任务的最低需求): people for a half-day or a day from one of the slots."""

    slots: int
    people: int
    whole: bool


class There(NamedTuple):
    """People of a set on a day (当日人数): in the morning, in the afternoon, for both, and half-days in all."""

    first: int
    second: int
    both: int
    half_days: int


@dataclass(frozen=True, kw_only=True)
class Room:
    """A set of an office's inspectors (一组检查人员): the needs that only they can meet, and who is there.

    `item`: the item whose holders they are, "" everybody. `needs`: need → number of duties. `days`: one a day.
    """

    office: str
    item: str
    needs: Mapping[Need, int]
    days: tuple[There, ...]


def rooms(district: District, office: int) -> list[Room]:
    """Return the sets of an office's inspectors with their needs (机构各组人员的需求与容量): everybody first."""
    staff = district.staffs[office]
    asked = sorted({a.item.item_id for u in district.units for d in u.duties if d.office == office for a in d.asks})
    sets = {(1 << len(staff.inspectors)) - 1: ""}
    for item in asked:
        if len(sets) < SETS:
            sets.setdefault(staff.covering([item]), item)
    there = [staff.day(t) for t in range(len(district.grid.days))]
    return [
        Room(
            office=staff.office,
            item=item,
            needs=Counter(_needs(district, office, mask if item else None)),
            days=tuple(_there(day.first & mask, day.second & mask, day.twice) for day in there),
        )
        for mask, item in sets.items()
    ]


def _needs(district: District, office: int, mask: int | None) -> Iterator[Need]:
    """The needs of an office's duties; with a mask only of those whose largest item nobody outside it holds."""
    for unit in district.units:
        for duty in unit.duties:
            if duty.office == office:
                ask, slots = _largest(district, duty, ever(district, unit, duty))
                people, whole = ask.item.inspectors, ask.item.half_days == 2
                if mask is None:
                    yield Need(slots, people if whole else max(people, district.least), whole)
                elif not district.staffs[office].covering([ask.item.item_id]) & ~mask:
                    yield Need(slots, people, whole)


def _largest(district: District, duty: Duty, masks: list[int]) -> tuple[Ask, int]:
    """The item that takes most inspector-half-days; of equal ones the one with fewest slots."""

    def size(pair: tuple[Ask, int]) -> tuple[int, int, str]:
        item = pair[0].item
        return -max(item.inspectors, district.least) * item.half_days, pair[1].bit_count(), item.item_id

    return min(zip(duty.asks, masks, strict=True), key=size)


def _there(first: int, second: int, twice: int) -> There:
    return There(
        first.bit_count(),
        second.bit_count(),
        (first & second & twice).bit_count(),
        first.bit_count() + second.bit_count() - (first & second & ~twice).bit_count(),
    )


def lost_at_least(room: Room, prices: Mapping[Need, int], scale: int) -> int:
    """Return how many duties cannot be held at least (至少无法安排的任务数): weak duality, exact in integers.

    Any prices from 0 to `scale` prove it: a need that is met pays its price to the month and keeps the rest; no day can
    keep more than its dearest pattern of needs.
    """
    most = sum(count * prices.get(need, scale) for need, count in room.needs.items())
    most += sum(pattern(room, t, prices, scale)[0] for t in range(len(room.days)))
    return max(0, sum(room.needs.values()) - most // scale)


def pattern(room: Room, day: int, prices: Mapping[Need, int], scale: int) -> tuple[int, dict[Need, int]]:
    """Return the dearest needs that a day can meet together (一天价值最高的安排): their value and their numbers."""
    there = room.days[day]
    open_ = [(need, count, scale - prices.get(need, scale)) for need, count in room.needs.items()]
    whole, first, second = (
        _knapsack([o for o in open_ if o[2] > 0 and o[0].whole == long and o[0].slots >> 2 * day + half & 1], people)
        for long, half, people in ((True, 0, there.both), (False, 0, there.first), (False, 1, there.second))
    )
    best, needs = 0, tuple[Need, ...]()
    for out in range(min(there.both, there.first, there.second) + 1):
        for am in range(there.first - out + 1):
            pm = min(there.second - out, there.half_days - 2 * out - am)
            value = whole[out][0] + first[am][0] + second[pm][0] if pm >= 0 else 0
            if value > best:
                best, needs = value, (*whole[out][1], *first[am][1], *second[pm][1])
    return best, Counter(needs)


def _knapsack(open_: list[tuple[Need, int, int]], people: int) -> list[tuple[int, tuple[Need, ...]]]:
    """For 0 … people the greatest value of needs that so many can meet, and the needs; each need up to its count."""
    table: list[tuple[int, tuple[Need, ...]]] = [(0, ())] * (people + 1)
    for need, count, value in open_:
        for _ in range(min(count, people // need.people)):
            for size in range(people, need.people - 1, -1):
                before, own = table[size - need.people]
                if before + value > table[size][0]:
                    table[size] = (before + value, (*own, need))
    return table
