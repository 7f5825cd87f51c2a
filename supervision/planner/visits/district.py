"""A district's demand (一个区的检查需求): units, their duties, and what each duty asks; districts are independent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from supervision.domain.items import Item
from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.staff import Staff
from supervision.planner.visits.teams import Way, ways


class Ask(NamedTuple):
    """One item for one unit (一项检查内容): the tasks that ask for it and the half-days in which all of them may."""

    item: Item
    tasks: tuple[str, ...]
    slots: int


class Part(NamedTuple):
    """Asks of one duty that are held together (同到的检查内容): numbers of the duty of a unit, and of its asks."""

    duty: int
    asks: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What one office must inspect at one unit (一个机构对一户的检查任务): office number and its asks, by item."""

    office: int
    asks: tuple[Ask, ...]


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A drawn unit (检查对象): `tie` its 32 bytes T of draw protocol 7; `doors` the fewest visits that hold everything.

    Each door is a tuple of parts. `prices`: (duty, ask) of asks of which no half-day serves two: no division has fewer
    doors.
    """

    unit_id: str
    tie: bytes
    street: str
    away: frozenset[str]
    duties: tuple[Duty, ...]
    doors: tuple[tuple[Part, ...], ...] = ()
    prices: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class District:
    """A district's demand (一个区的检查需求): units sorted by unit_id, offices sorted by id.

    `least`: people an office sends at least.
    """

    region: str
    grid: Grid
    staffs: tuple[Staff, ...]
    units: tuple[Unit, ...]
    least: int
    found: dict[tuple[object, ...], tuple[Way, ...]] = field(default_factory=dict, repr=False, compare=False)

    def ways(self, unit: Unit, duty: Duty, asks: Sequence[int]) -> list[Way]:
        """Return how some asks of a duty could be held together, the month being empty (可行的派员方式和半天)."""
        staff, mask = self.staffs[duty.office], self.grid.open
        items = frozenset(duty.asks[n].item.item_id for n in asks)
        for n in asks:
            mask &= duty.asks[n].slots
        recused = unit.away.intersection(staff.inspectors) if unit.away else unit.away
        key = (duty.office, items, recused)
        if key not in self.found:
            self.found[key] = ways(staff, self.grid, [duty.asks[n].item for n in asks], self.least, recused)
        return [Way(way.teams, way.groups, way.slots & mask) for way in self.found[key] if way.slots & mask]

    def slots(self, unit: Unit, duty: Duty, asks: Sequence[int]) -> int:
        """Return the slots in which some asks of a duty could be held together, the month being empty (可行半天)."""
        return sum(way.slots for way in self.ways(unit, duty, asks))  # the slots of ways are disjoint
