"""Tiny worlds against an exhaustive search over all divisions of all duties in all half-days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest

from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.check.people import Place, inspectors, shortages
from supervision.planner.visits.demand import demand
from supervision.planner.visits.district import District, Duty, Unit
from supervision.planner.visits.halfdays import slots_of

WORLDS = 500


def divisions(asks: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """All ways to divide asks into parts."""
    if not asks:
        yield []
    for size in range(len(asks)):
        for more in combinations(asks[1:], size):
            own = (asks[0], *more)
            for rest in divisions(tuple(n for n in asks if n not in own)):
                yield [own, *rest]


def options(district: District, unit: Unit, duty: Duty) -> list[list[tuple[int, bool, tuple[Any, ...]]]]:
    """Every way to hold a duty whole: parts as (slot, whole day, groups), each in a slot of its own."""
    found = []
    for division in divisions(tuple(range(len(duty.asks)))):
        laid: list[list[tuple[int, bool, tuple[Any, ...]]]] = [[]]
        for own in division:
            items = [duty.asks[n].item for n in own]
            ways = district.ways(unit, duty, own)
            grown = []
            for slot in slots_of(district.slots(unit, duty, own)):
                way = next(w for w in ways if w.slots >> slot & 1)
                part = (slot, any(i.half_days == 2 for i in items), way.teams)
                grown.extend([*before, part] for before in laid if all(slot != s for s, _, _ in before))
            laid = grown
        found.extend(laid)
    return found


class Exhaustive:
    """The most duties of a district that a calendar can hold."""

    def __init__(self, world: Any, district: District) -> None:
        self.district, self.known = district, {}
        self.given = world.inputs()
        self.crews = inspectors(self.given.roster, self.given.recusals)
        self.duties = [
            (u, d, options(district, unit, duty))
            for u, unit in enumerate(district.units)
            for d, duty in enumerate(unit.duties)
        ]
        self.best = 0
        self.days: dict[tuple[int, int], tuple[Any, ...]] = {}
        self.at: dict[int, list[tuple[int, bool]]] = {}
        self.search(0, 0)

    def fills(self, office: int, day: int, held: tuple[Any, ...]) -> bool:
        """Whether the day fills, told by names."""
        key = (office, day, held)
        if key not in self.known:
            name, grid = self.district.staffs[office].office, self.district.grid
            places = [
                Place(
                    office=name,
                    unit=unit,
                    items=frozenset(team.items),
                    half_days=tuple(grid.name(slot + n) for n in range(team.half_days)),
                )
                for slot, unit, teams in held
                for team in teams
                for _ in range(team.people)
            ]
            self.known[key] = not list(shortages(places, self.given.roster, self.given.recusals))
        return bool(self.known[key])

    def clash(self, unit: int, slot: int, whole: bool) -> bool:
        """Whether a part would meet another door of its unit."""
        return any(
            (other == slot + 1 and whole) or (slot == other + 1 and long) for other, long in self.at.get(unit, [])
        )

    def search(self, number: int, held: int) -> None:
        """Hold or leave out one duty after the other."""
        self.best = max(self.best, held)
        if number == len(self.duties) or held + len(self.duties) - number <= self.best:
            return
        unit, duty, ways = self.duties[number]
        noun = self.district.units[unit]
        office = noun.duties[duty].office
        for way in ways:
            before = dict(self.days)
            for slot, _, teams in way:
                key = (office, slot >> 1)
                self.days[key] = tuple(sorted((*self.days.get(key, ()), (slot, noun.unit_id, teams))))
            days = {(office, slot >> 1) for slot, _, _ in way}
            free = all(not self.clash(unit, slot, whole) for slot, whole, _ in way)
            if free and all(self.fills(*key, self.days[key]) for key in days):
                self.at.setdefault(unit, []).extend((slot, whole) for slot, whole, _ in way)
                self.search(number + 1, held + 1)
                del self.at[unit][-len(way) :]
            self.days = before
            if held + len(self.duties) - number <= self.best:
                return
        self.search(number + 1, held)


@pytest.mark.parametrize("block", range(10))
def test_no_tiny_world_is_below_the_exhaustive_maximum(random_world: Callable[..., Any], block: int) -> None:
    """500 tiny worlds: as many duties as any calendar can hold, never below the proof, and sound by the check."""
    for seed in range(block * WORLDS // 10, (block + 1) * WORLDS // 10):
        world = random_world(seed, units=(2, 5), days=2, departments=2)
        plan = world.solve(turns=1)
        assert check(world.inputs(), plan) == [], seed
        assert differences(world.inputs(), plan) == [], seed
        most = sum(Exhaustive(world, district).best for district in demand(world.inputs()).districts)
        total = plan.certificate["total"]
        assert total["held"] == most, seed  # type: ignore[index]
        assert total["lost"] >= total["proven_lost"], seed  # type: ignore[index]
