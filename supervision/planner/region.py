"""What one district offers (一个区的条件): half-days, offices, people, and answers that many units share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from supervision.domain.items import Item
from supervision.planner.crew import Crew, Grid
from supervision.planner.safety import alone, group_of
from supervision.planner.splits import slot_mask, slots_of
from supervision.planner.teams import Team, team


class Places(NamedTuple):
    """An office's places in a visit (一个机构的名额) and the mask of slots in which it has the people for them."""

    teams: tuple[Team, ...]
    starts: int


@dataclass(kw_only=True)
class Region:
    """A district (区): `offices` department → office id, `least` the law's least number of people."""

    name: str
    grid: Grid
    items: Mapping[str, Item]
    least: int
    offices: Mapping[str, str] = field(default_factory=dict)
    crews: Mapping[str, Crew] = field(default_factory=dict)
    found: dict[tuple[object, ...], Places | None] = field(default_factory=dict)
    counts: dict[tuple[object, ...], tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def away(self, office: str, recused: frozenset[str]) -> frozenset[str]:
        """Return those of an office who are recused (回避人员)."""
        return recused.intersection(self.crews[office].inspectors) if recused else recused

    def holders(self, office: str, item: str, slot: int, away: frozenset[str]) -> int:
        """Return the mask of who can begin an item in a slot (该半天能查的人)."""
        crew = self.crews[office]
        present = crew.present[slot]
        if self.items[item].half_days == 2:
            present = present & crew.present[slot + 1] & crew.twice if slot % 2 == 0 else 0
        return present & crew.covering(frozenset([item]), away)

    def enough(self, office: str, item: str, away: frozenset[str]) -> tuple[int, tuple[int, ...]]:
        """Return the slots with enough people for an item (人数足够的半天), as a mask, and the people in each slot."""
        key = (office, item, away)
        if key not in self.counts:
            people = [0] * (2 * len(self.grid.days))
            for slot in self.grid.open:
                people[slot] = self.holders(office, item, slot, away).bit_count()
            needed = self.items[item].inspectors
            self.counts[key] = (slot_mask([s for s in self.grid.open if people[s] >= needed]), tuple(people))
        return self.counts[key]

    def places(
        self, office: str, items: frozenset[str], window: tuple[int, int], away: frozenset[str], at: int | None = None
    ) -> Places | None:
        """Return the places for items in a window (名额), or None when the office cannot have the people.

        The places suit all who are there some time in the window; with `at` those who are there in that slot.
        """
        key = (office, items, window, away, at)
        if key not in self.found:
            self.found[key] = self._places(office, items, window, away, at)
        return self.found[key]

    def _places(
        self, office: str, items: frozenset[str], window: tuple[int, int], away: frozenset[str], at: int | None
    ) -> Places | None:
        crew = self.crews[office]
        able = able_long = 0
        for slot in range(window[0], window[1] + 1) if at is None else (at,):
            able |= crew.present[slot]
            if slot % 2 == 0:
                able_long |= crew.present[slot] & crew.present[slot + 1] & crew.twice
        allowed = crew.covering(frozenset(), away)
        asked = {i: self.items[i].inspectors for i in items}
        long = frozenset(i for i in items if self.items[i].half_days == 2)
        teams = team(crew, asked, self.least, able & allowed, long, able_long & allowed)
        if teams is None:
            return None
        groups = tuple(group_of(crew, t.items, self.half_days(t.items), t.people, away) for t in teams)
        inside = (1 << window[1] + 1) - (1 << window[0])
        return Places(tuple(teams), slot_mask(sorted(alone(crew, self.grid, groups))) & inside)

    def half_days(self, items: frozenset[str]) -> int:
        """Return the half-days that items take (所需半天数)."""
        return max(self.items[i].half_days for i in items)

    def together(self, office: str, items: frozenset[str], slots: int, away: frozenset[str]) -> dict[int, int]:
        """Return slot → how many people hold at least one of the items then (合计人数)."""
        found = {}
        for slot in slots_of(slots):
            mask = 0
            for item in items:
                mask |= self.holders(office, item, slot, away)
            found[slot] = mask.bit_count()
        return found
