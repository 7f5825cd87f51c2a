"""Staff (执法人员): an office's inspectors as bit masks over the half-days of a month.

Bit i of a mask stands for the i-th inspector by id: "how many of those who may inspect this are there then" is one `&`
and one bit count. Certificates and leave stay apart, so that a reason can tell which of the two is in the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.roster import ALL_ITEMS, ROSTER


@dataclass(frozen=True, kw_only=True)
class Staff:
    """An office's inspectors (机构人员), ids ascending.

    `certified[slot]`, `absent[slot]`: masks of who holds a valid certificate, and of who is on leave; `present[slot]`
    certified and not absent in an open half-day; `twice` those who may work two half-days a day.
    """

    office: str
    inspectors: tuple[str, ...]
    scopes: tuple[frozenset[str], ...]
    certified: tuple[int, ...]
    absent: tuple[int, ...]
    present: tuple[int, ...]
    twice: int

    def covering(self, items: Iterable[str], away: frozenset[str] = frozenset()) -> int:
        """Return the mask of inspectors whose scope covers all `items` and who are not `away` (能查这些事项的人)."""
        wanted, mask = frozenset(items), 0
        for i, scope in enumerate(self.scopes):
            if (ALL_ITEMS in scope or wanted <= scope) and self.inspectors[i] not in away:
                mask |= 1 << i
        return mask

    def holders(self, mask: int, slot: int, half_days: int) -> int:
        """Return those of `mask` who could begin in a slot for one or two half-days (该半天能到场的人)."""
        if half_days == 1:
            return mask & self.present[slot]
        return mask & self.present[slot] & self.present[slot + 1] & self.twice if slot % 2 == 0 else 0

    def capacity(self, day: int) -> int:
        """Return the inspector-half-days of a day, daily limits kept (当日可用人·半天)."""
        first, second = self.present[2 * day], self.present[2 * day + 1]
        return (first | second).bit_count() + (first & second & self.twice).bit_count()

    def without(self, gone: Mapping[int, int]) -> Staff:
        """Return the staff with some away in some slots as well (另有人缺勤): slot → mask."""
        absent = tuple(a | gone.get(s, 0) for s, a in enumerate(self.absent))
        present = tuple(p & ~gone.get(s, 0) for s, p in enumerate(self.present))
        return replace(self, absent=absent, present=present)


def staffs(roster: pd.DataFrame, grid: Grid, offices: Sequence[str]) -> dict[str, Staff]:
    """Return the staff of some offices by office id (各机构人员).

    `roster`: columns of roster.csv, all texts. An office without inspectors gets an empty staff.
    """
    rows: dict[str, list[tuple[str, frozenset[str], str, str, int, frozenset[str]]]] = {o: [] for o in offices}
    for who, office, start, until, scopes, limit, absent in roster[ROSTER].itertuples(index=False, name=None):
        if office in rows and int(limit) > 0:
            cells = (who, frozenset(texts(scopes)), start, until, int(limit), frozenset(texts(absent)))
            rows[office].append(cells)
    return {office: _staff(office, sorted(own, key=lambda r: r[0]), grid) for office, own in rows.items()}


def _staff(office: str, rows: list[tuple[str, frozenset[str], str, str, int, frozenset[str]]], grid: Grid) -> Staff:
    certified, absent, present = [], [], []
    for slot in range(2 * len(grid.days)):
        day, name = grid.days[slot >> 1], grid.name(slot)
        held = sum(1 << i for i, row in enumerate(rows) if row[2] <= day <= row[3])
        gone = sum(1 << i for i, row in enumerate(rows) if name in row[5])
        certified.append(held)
        absent.append(gone)
        present.append(held & ~gone if grid.open >> slot & 1 else 0)
    return Staff(
        office=office,
        inspectors=tuple(row[0] for row in rows),
        scopes=tuple(row[1] for row in rows),
        certified=tuple(certified),
        absent=tuple(absent),
        present=tuple(present),
        twice=sum(1 << i for i, row in enumerate(rows) if row[4] >= 2),
    )


def texts(cell: object) -> list[str]:
    """Return the values of a list cell (单元格中的多个值): joined by spaces, none when missing."""
    return cell.split() if isinstance(cell, str) else []


def recused_by_unit(recusals: pd.DataFrame | None) -> Mapping[str, frozenset[str]]:
    """Return who is recused from each unit (回避关系): unit_id → inspector ids; columns inspector_id, unit_id."""
    found: dict[str, set[str]] = {}
    if recusals is not None:
        for who, unit in recusals[["inspector_id", "unit_id"]].itertuples(index=False, name=None):
            found.setdefault(unit, set()).add(who)
    return {unit: frozenset(people) for unit, people in found.items()}
