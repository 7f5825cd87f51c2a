"""Reasons (未安排原因): why an item or a duty is not held, with figures, and what would lift it.

For an item that no calendar can hold each condition is lifted by itself, in a fixed order: the first without which the
item could be held is the reason. For a duty that did not fit, the days in which its office is short are named.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from supervision.planner.proof.rooms import Room, rooms
from supervision.planner.visits.demand import Impossible, Inputs, grid_of, half_slots
from supervision.planner.visits.district import District, Unit
from supervision.planner.visits.halfdays import Grid, even
from supervision.planner.visits.staff import Staff, recused_by_unit, staffs, texts
from supervision.planner.visits.teams import Item, ways

Params = tuple[tuple[str, str | int], ...]


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One cause of something not held (未安排的原因), shared by `units` units: a code of texts/planner with params."""

    code: str
    params: Params
    units: int


def cause_of(code: str, **params: str | int) -> tuple[str, Params]:
    """Return a code with its parameters in a fixed order (原因代码与参数)."""
    return code, tuple(sorted(params.items()))


class Impediments:
    """Why items can never be held (永远无法检查的原因); what several units share is found once."""

    def __init__(self, given: Inputs) -> None:
        self.given = given
        self.recused = recused_by_unit(given.recusals)
        self.grids: dict[str, Grid] = {}
        self.staffs: dict[tuple[str, str], Staff] = {}
        blocked = given.units["blocked"] if "blocked" in given.units.columns else [""] * len(given.units)
        self.blocked = dict(zip(given.units["unit_id"], blocked, strict=True))

    def why(self, lost: Impossible) -> tuple[str, Params]:
        """Return the reason of one item that no calendar can hold (无法检查的原因)."""
        given = self.given
        if not lost.office:
            return cause_of("no_office", department=lost.department, region=lost.region)
        if lost.department in given.other_level.get(lost.unit_id, ()):
            return cause_of("other_level", department=lost.department)
        item = given.items[lost.item]
        start = max(given.tasks[name].start for name in lost.tasks).isoformat()
        end = min(given.tasks[name].end for name in lost.tasks).isoformat()
        grid = self._grid(lost.region)
        window = grid.between(start, end)
        dates = {"start": start, "end": end}
        if not window:
            every = Grid.of(given.half_days.get(lost.region, ()))
            if every.between(start, end):
                return cause_of("too_early", earliest=given.earliest, **dates)
            return cause_of("no_half_day", region=lost.region, **dates)
        free = window & ~grid.listed(texts(self.blocked.get(lost.unit_id)))
        free &= half_slots(given, grid, lost.item)
        if not (free & free >> 1 & even(len(grid.days)) if item.half_days == 2 else free):
            return cause_of("no_common_half_day", item=lost.item, half_days=item.half_days, **dates)
        asked = Item(lost.item, item.inspectors, item.half_days)
        return self._people(lost, asked, free, dates)

    def _people(self, lost: Impossible, asked: Item, free: int, dates: Mapping[str, str]) -> tuple[str, Params]:
        staff, grid = self._staff(lost.region, lost.office), self._grid(lost.region)
        away = self.recused.get(lost.unit_id, frozenset()).intersection(staff.inspectors)
        needed = max(self.given.least, asked.people)
        mask = staff.covering([asked.item], away)
        most = max(
            (
                staff.holders(mask, slot, asked.half_days).bit_count()
                for slot in range(2 * len(grid.days))
                if free >> slot & 1 and (asked.half_days == 1 or slot % 2 == 0)
            ),
            default=0,
        )
        figures: dict[str, str | int] = {
            "office": lost.office,
            "item": lost.item,
            "needed": needed,
            "available": most,
            **dates,
        }
        if len(staff.inspectors) < needed:
            return cause_of("office_small", **{**figures, "available": len(staff.inspectors)})
        for code, lift in LIFTS:
            changed, still_away = lift(staff, away, grid)
            if any(way.slots & free for way in ways(changed, grid, [asked], self.given.least, still_away)):
                return cause_of(code, **figures)
        return cause_of("several", **figures)

    def _grid(self, region: str) -> Grid:
        if region not in self.grids:
            self.grids[region] = grid_of(self.given, region)
        return self.grids[region]

    def _staff(self, region: str, office: str) -> Staff:
        if (region, office) not in self.staffs:
            self.staffs[region, office] = staffs(self.given.roster, self._grid(region), [office])[office]
        return self.staffs[region, office]


Lift = Callable[[Staff, frozenset[str], Grid], tuple[Staff, frozenset[str]]]


def _all(staff: Staff) -> int:
    return (1 << len(staff.inspectors)) - 1


def _no_recusal(staff: Staff, away: frozenset[str], grid: Grid) -> tuple[Staff, frozenset[str]]:
    return staff, frozenset()


def _no_leave(staff: Staff, away: frozenset[str], grid: Grid) -> tuple[Staff, frozenset[str]]:
    present = tuple(c if grid.open >> s & 1 else 0 for s, c in enumerate(staff.certified))
    return replace(staff, present=present), away


def _certified(staff: Staff, away: frozenset[str], grid: Grid) -> tuple[Staff, frozenset[str]]:
    present = tuple(_all(staff) & ~a if grid.open >> s & 1 else 0 for s, a in enumerate(staff.absent))
    return replace(staff, present=present), away


def _any_scope(staff: Staff, away: frozenset[str], grid: Grid) -> tuple[Staff, frozenset[str]]:
    return replace(staff, scopes=(frozenset("*"),) * len(staff.scopes)), away


def _no_limit(staff: Staff, away: frozenset[str], grid: Grid) -> tuple[Staff, frozenset[str]]:
    return replace(staff, twice=_all(staff)), away


LIFTS: tuple[tuple[str, Lift], ...] = (
    ("recusal", _no_recusal),
    ("leave", _no_leave),
    ("certificate", _certified),
    ("scope", _any_scope),
    ("daily_limit", _no_limit),
)


def shortage(
    district: District, unit: Unit, office: int, slots: int, known: dict[int, list[Room]], proven: Mapping[str, int]
) -> tuple[str, Params]:
    """Return why a duty that some calendar could hold is not held in this one (机构人手不足的原因).

    `slots`: where the duty could be held in an empty month. `known`: rooms by office, filled as they are asked for;
    `proven`: office → duties that it loses in any calendar.
    """
    if office not in known:
        known[office] = rooms(district, office)
    days = district.grid.days
    name = district.staffs[office].office
    best: tuple[int, str, Params] | None = None
    for room in known[office]:
        for first, last, needed, available in windows(room, slots):
            figures: dict[str, str | int] = {
                "office": name,
                "needed": needed,
                "available": available,
                "start": days[first],
                "end": days[last],
            }
            code, params = (
                cause_of("specialists_short", item=room.item, **figures)
                if room.item
                else cause_of("office_short", **figures)
            )
            if best is None or needed - available > best[0]:
                best = needed - available, code, params
    if best is not None:
        return best[1], best[2]
    duties = sum(known[office][0].needs.values())
    if proven.get(name, 0):
        return cause_of("office_full", office=name, duties=duties, lost=proven[name], start=days[0], end=days[-1])
    return cause_of("office_taken", office=name, half_days=slots.bit_count())


def windows(room: Room, slots: int) -> Sequence[tuple[int, int, int, int]]:
    """Return stretches of days in which more is bound than there is (人手不足的时段), all around a duty's slots.

    (first day, last day, inspector-half-days needed, available).
    """
    inside = [(need, count, _span(need.slots)) for need, count in room.needs.items()]
    low, high = _span(slots)
    found = []
    for first in sorted({span[0] for _, _, span in inside if span[0] <= low}):
        for last in sorted({span[1] for _, _, span in inside if span[1] >= high}):
            needed = sum(
                count * need.people * (2 if need.whole else 1)
                for need, count, span in inside
                if first <= span[0] and span[1] <= last
            )
            available = sum(there.half_days for there in room.days[first : last + 1])
            if needed > available:
                found.append((first, last, needed, available))
    return found


def _span(slots: int) -> tuple[int, int]:
    """First and last day of some slots."""
    return ((slots & -slots).bit_length() - 1) >> 1, (slots.bit_length() - 1) >> 1
