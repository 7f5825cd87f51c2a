"""A district's demand (一个区的检查需求): units, their duties, and what each duty asks; districts are independent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.staff import Staff
from supervision.planner.visits.teams import Item, Way, ways


class Ask(NamedTuple):
    """One item for one unit (一项检查内容): the tasks that ask for it and the half-days in which all of them may."""

    item: Item
    tasks: tuple[str, ...]
    slots: int


class Part(NamedTuple):
    """Asks of one duty that are held together (同到的检查内容): office number and the asks' positions in the duty."""

    office: int
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

    def ways(self, office: int, items: Iterable[Item], away: frozenset[str]) -> tuple[Way, ...]:
        """Return how an office can hold items together (派员方式), remembered."""
        staff, asked = self.staffs[office], frozenset(items)
        recused = away.intersection(staff.inspectors)
        key = (office, asked, recused)
        if key not in self.found:
            self.found[key] = ways(staff, self.grid, asked, self.least, recused)
        return self.found[key]

    def slots(self, unit: Unit, duty: Duty, asks: Iterable[int]) -> int:
        """Return the slots in which some asks of a duty could be held together, the month being empty (可行半天)."""
        mask, items = self.grid.open, []
        for number in asks:
            mask &= duty.asks[number].slots
            items.append(duty.asks[number].item)
        able = 0
        for way in self.ways(duty.office, items, unit.away):
            able |= way.slots
        return mask & able
