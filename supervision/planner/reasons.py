"""Reasons (未安排原因): why an item or a duty is not held, with figures, and what would lift it.

For an item that no calendar can hold each condition is lifted by itself, in a fixed order: the first without which the
item could be held is the reason. For a duty that did not fit, the days in which its office is short are named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from supervision.domain.items import Item
from supervision.domain.people import ALL_ITEMS
from supervision.planner.proof.rooms import Room
from supervision.planner.visits.demand import Impossible, Inputs, blocked_by_unit, grid_of, half_slots
from supervision.planner.visits.halfdays import Grid, slots_of
from supervision.planner.visits.staff import Staff, recused_by_unit, staffs
from supervision.planner.visits.teams import ways

LIFTED: Mapping[str, Mapping[str, str]] = {  # cells of the roster by which a condition is lifted; a recusal has none
    "recusal": {},
    "leave": {"absent": ""},
    "certificate": {"from": "", "until": "9999-12-31"},
    "scope": {"scopes": ALL_ITEMS},
    "daily_limit": {"daily_limit": "2"},
}

Params = tuple[tuple[str, str | int], ...]
Why = tuple[str, Params]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One cause of something not held (未安排的原因), shared by `units` units: a code of texts/planner with params."""

    code: str
    params: Params
    units: int


def cause_of(code: str, **params: str | int) -> Why:
    """Return a code with its parameters in a fixed order (原因代码与参数)."""
    return code, tuple(sorted(params.items()))


class Impediments:
    """Why items can never be held (永远无法检查的原因); what several units share is found once."""

    def __init__(self, given: Inputs) -> None:
        self.given = given
        self.recused, self.blocked = recused_by_unit(given.recusals), blocked_by_unit(given)
        self.grids = {region: grid_of(given, region) for region in given.half_days}
        there = given.roster[given.roster["daily_limit"].astype(int) > 0]
        self.nobody, self.rosters = there.iloc[:0], dict(iter(there.groupby("office")))
        self.staffs: dict[tuple[str, str], Staff] = {}

    def why(self, lost: Impossible) -> Why:
        """Return the reason of one item that no calendar can hold (无法检查的原因)."""
        given = self.given
        if not lost.office:
            return cause_of("no_office", department=lost.department, region=lost.region)
        if lost.department in given.other_level.get(lost.unit_id, ()):
            return cause_of("other_level", department=lost.department)
        item = given.items[lost.item]
        start = max(given.tasks[name].start for name in lost.tasks).isoformat()
        end = min(given.tasks[name].end for name in lost.tasks).isoformat()
        grid, dates = self.grids.get(lost.region, Grid.of(())), {"start": start, "end": end}
        window = grid.between(start, end)
        if not window:
            if Grid.of(given.half_days.get(lost.region, ())).between(start, end):
                return cause_of("too_early", earliest=given.earliest, **dates)
            return cause_of("no_half_day", region=lost.region, **dates)
        free = window & ~grid.listed(self.blocked[lost.unit_id]) & half_slots(given, grid, lost.item)
        free = grid.starts(free, item.half_days)
        if not free:
            return cause_of("no_common_half_day", item=lost.item, half_days=item.half_days, **dates)
        return self._people(lost, item, grid, free, dates)

    def _people(self, lost: Impossible, asked: Item, grid: Grid, free: int, dates: Mapping[str, str]) -> Why:
        """The first of leave, certificates and the like without which enough people would be there at once."""
        staff, away = self._staff(lost.office, grid), self.recused.get(lost.unit_id, frozenset())
        needed, mask = max(self.given.least, asked.inspectors), staff.covering([lost.item], away)
        figures: dict[str, str | int] = {
            "office": lost.office,
            "item": lost.item,
            "needed": needed,
            "available": max(staff.holders(mask, slot, asked.half_days).bit_count() for slot in slots_of(free)),
            **dates,
        }
        if len(staff.inspectors) < needed:
            return cause_of("office_small", **{**figures, "available": len(staff.inspectors)})
        for code in LIFTED:
            lifted, still_away = self._staff(lost.office, grid, code), away if code != "recusal" else frozenset[str]()
            if any(way.slots & free for way in ways(lifted, grid, [asked], self.given.least, still_away)):
                return cause_of(code, **figures)
        return cause_of("several", **figures)

    def _staff(self, office: str, grid: Grid, lifted: str = "") -> Staff:
        """An office's staff, one condition lifted."""
        if (office, lifted) not in self.staffs:
            own = self.rosters.get(office, self.nobody).assign(**LIFTED.get(lifted, {}))
            self.staffs[office, lifted] = staffs(own, grid, [office])[office]
        return self.staffs[office, lifted]


def shortage(days: Sequence[str], sets: Sequence[Room], slots: int, proven: int) -> Why:
    """Return why a duty that some calendar could hold is not held in this one (机构人手不足的原因).

    `sets`: those of its office's inspectors, everybody first; `slots`: where the duty could be held in an empty month;
    `proven`: duties that the office loses in any calendar.
    """
    name = sets[0].office
    short = [(room, window) for room in sets for window in windows(room, slots)]
    if short:
        room, (first, last, needed, there) = max(short, key=lambda pair: pair[1][2] - pair[1][3])
        figures: dict[str, str | int] = {"office": name, "needed": needed, "available": there}
        figures |= {"start": days[first], "end": days[last]}
        if room.item:
            return cause_of("specialists_short", item=room.item, **figures)
        return cause_of("office_short", **figures)
    if proven:
        duties = sum(sets[0].needs.values())
        return cause_of("office_full", office=name, duties=duties, lost=proven, start=days[0], end=days[-1])
    return cause_of("office_taken", office=name, half_days=slots.bit_count())


def windows(room: Room, slots: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches of days in which more is bound than there is (人手不足的时段), all around a duty's slots.

    (first day, last day, inspector-half-days needed, available).
    """
    inside = [(*_span(need.slots), count * need.people * (1 + need.whole)) for need, count in room.needs.items()]
    low, high = _span(slots)
    for first in sorted({start for start, _, _ in inside if start <= low}):
        for last in sorted({end for _, end, _ in inside if end >= high}):
            needed = sum(size for start, end, size in inside if first <= start and end <= last)
            available = sum(there.half_days for there in room.days[first : last + 1])
            if needed > available:
                yield first, last, needed, available


def _span(slots: int) -> tuple[int, int]:
    """First and last day of some slots."""
    return ((slots & -slots).bit_length() - 1) >> 1, (slots.bit_length() - 1) >> 1
