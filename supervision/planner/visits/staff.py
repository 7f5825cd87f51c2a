"""Staff (执法人员): an office's inspectors as bit masks over the half-days of a month.

Bit i of a mask stands for the i-th inspector by id: "how many of those who may inspect this are there then" is one `&`
and one bit count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from supervision.domain.people import ALL_ITEMS, ROSTER
from supervision.planner.visits.capacity import Day
from supervision.planner.visits.halfdays import Grid, mask_of, slots_of


@dataclass(frozen=True, kw_only=True)
class Staff:
    """An office's inspectors (机构人员), ids ascending.

    `present[slot]`: mask of who holds a valid certificate and is not on leave in an open half-day; `twice` those who
    may work two half-days a day.
    """

    office: str
    inspectors: tuple[str, ...]
    scopes: tuple[frozenset[str], ...]
    present: tuple[int, ...]
    twice: int

    def covering(self, items: Iterable[str], away: frozenset[str] = frozenset()) -> int:
        """Return the mask of inspectors whose scope covers all `items` and who are not `away` (能查这些事项的人)."""
        wanted, own = frozenset(items), enumerate(zip(self.inspectors, self.scopes, strict=True))
        return mask_of(i for i, (who, scope) in own if (ALL_ITEMS in scope or wanted <= scope) and who not in away)

    def holders(self, mask: int, slot: int, half_days: int) -> int:
        """Return those of `mask` who could begin in a slot for one or two half-days (该半天能到场的人)."""
        if half_days == 1:
            return mask & self.present[slot]
        return mask & self.present[slot] & self.present[slot + 1] & self.twice if slot % 2 == 0 else 0

    def capacity(self, day: int) -> int:
        """Return the inspector-half-days of a day, daily limits kept (当日可用人·半天)."""
        first, second = self.present[2 * day], self.present[2 * day + 1]
        return (first | second).bit_count() + (first & second & self.twice).bit_count()

    def day(self, day: int) -> Day:
        """Return who is there on a day (当日到岗)."""
        return Day(self.present[2 * day], self.present[2 * day + 1], self.twice)


def staffs(roster: pd.DataFrame, grid: Grid, offices: Iterable[str]) -> dict[str, Staff]:
    """Return the staff of some offices by office id (各机构人员).

    `roster`: columns of roster.csv, all texts. An office without inspectors gets an empty staff.
    """
    found = {}
    table = roster.loc[roster["daily_limit"].astype(int) > 0, ROSTER].sort_values("inspector_id")
    for office in offices:
        own = table[table["office"] == office]
        terms = [(start, end, set(texts(away))) for start, end, away in own[["from", "until", "absent"]].to_numpy()]
        present = [0] * (2 * len(grid.days))
        for slot in slots_of(grid.open):
            day, name = grid.days[slot >> 1], grid.name(slot)
            there = (i for i, (start, end, away) in enumerate(terms) if start <= day <= end and name not in away)
            present[slot] = mask_of(there)
        found[office] = Staff(
            office=office,
            inspectors=tuple(own["inspector_id"]),
            scopes=tuple(frozenset(texts(cell)) for cell in own["scopes"]),
            present=tuple(present),
            twice=mask_of(i for i, limit in enumerate(own["daily_limit"]) if int(limit) >= 2),
        )
    return found


def texts(cell: object) -> list[str]:
    """Return the values of a list cell (单元格中的多个值): joined by spaces, none when missing."""
    return cell.split() if isinstance(cell, str) else []


def recused_by_unit(recusals: pd.DataFrame | None) -> Mapping[str, frozenset[str]]:
    """Return who is recused from each unit (回避关系): unit_id → inspector ids; columns inspector_id, unit_id."""
    pairs = [] if recusals is None else recusals[["inspector_id", "unit_id"]].to_numpy().tolist()
    found: dict[str, frozenset[str]] = {}
    for who, unit in pairs:
        found[unit] = found.get(unit, frozenset()) | {who}
    return found
