"""Who is there when (各机构人员与半天): an office's inspectors as bit masks over the half-days of a month.

A set of inspectors of one office is an int whose bit i stands for the i-th inspector by id, so that "how many of
those who may inspect this are on duty then" is one `&` and one bit count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from supervision.errors import SupervisionError

HALVES = ("T1", "T2")


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The half-days of one district (半天网格): slot 2·d + h is half h (0 morning, 1 afternoon) of day number d.

    `open` holds the slots in which visits may be held, ascending.
    """

    days: tuple[str, ...]
    open: tuple[int, ...]

    @classmethod
    def of(cls, half_days: Sequence[str]) -> Grid:
        """Return the grid of half-day texts such as `2026-12-03T1` (由半天列表生成网格)."""
        days = tuple(sorted({h[:10] for h in half_days}))
        number = {day: i for i, day in enumerate(days)}
        slots = sorted({2 * number[h[:10]] + HALVES.index(h[10:]) for h in half_days})
        return cls(days=days, open=tuple(slots))

    def name(self, slot: int) -> str:
        """Return the half-day text of a slot (半天名称)."""
        return f"{self.days[slot // 2]}{HALVES[slot % 2]}"

    @cached_property
    def is_open(self) -> tuple[bool, ...]:
        """Whether each slot may be used (是否可用), length 2·days."""
        wanted = set(self.open)
        return tuple(s in wanted for s in range(2 * len(self.days)))


@dataclass(frozen=True, kw_only=True)
class Crew:
    """An office's inspectors (机构人员): `present[slot]` is a mask, `twice` those who may work two half-days a day."""

    office: str
    inspectors: tuple[str, ...]
    scopes: tuple[frozenset[str], ...]
    present: tuple[int, ...]
    twice: int

    def covering(self, items: frozenset[str], recused: frozenset[str] = frozenset()) -> int:
        """Return the mask of inspectors whose scope covers all `items` and who are not `recused` (能查这些事项的人)."""
        mask = 0
        for i, scope in enumerate(self.scopes):
            if items <= scope and self.inspectors[i] not in recused:
                mask |= 1 << i
        return mask

    @cached_property
    def by_day(self) -> tuple[int, ...]:
        """Inspector-half-days the office has on each day, daily limits kept (每日可用人·半天)."""
        pairs = zip(self.present[0::2], self.present[1::2], strict=True)
        return tuple((a | b).bit_count() + (a & b & self.twice).bit_count() for a, b in pairs)

    @property
    def half_days(self) -> int:
        """Inspector-half-days the office has in the grid (可用人·半天)."""
        return sum(self.by_day)


def office_column(roster: pd.DataFrame) -> str:
    """Return the name of the roster's office column (机构列名): `office` as in roster.csv, or `office_id`."""
    for name in ("office", "office_id"):
        if name in roster.columns:
            return name
    raise SupervisionError("planner.missing_column", table="roster", column="office")


def crews(roster: pd.DataFrame, grid: Grid, offices: Sequence[str]) -> dict[str, Crew]:
    """Return the crews of some offices (机构人员表), by office id.

    `roster`: rows as in roster.csv (draw protocol 7): texts inspector_id, office (or office_id), from, until, scopes,
    daily_limit, absent. An office without inspectors gets an empty crew.
    """
    wanted = set(offices)
    rows: dict[str, list[tuple[str, frozenset[str], list[bool], int]]] = {office: [] for office in offices}
    name = office_column(roster)
    columns = ["inspector_id", name, "from", "until", "scopes", "daily_limit", "absent"]
    for inspector, office, start, until, scopes, limit, absent in roster[columns].itertuples(index=False, name=None):
        if office not in wanted:
            continue
        away = frozenset(texts(absent))
        there = [
            start <= grid.days[s // 2] <= until and int(limit) > 0 and grid.name(s) not in away
            for s in range(2 * len(grid.days))
        ]
        rows[office].append((inspector, frozenset(texts(scopes)), there, int(limit)))
    return {office: _crew(office, sorted(people, key=lambda r: r[0]), grid) for office, people in rows.items()}


def _crew(office: str, people: list[tuple[str, frozenset[str], list[bool], int]], grid: Grid) -> Crew:
    present = [
        sum(1 << i for i, (_, _, there, _) in enumerate(people) if there[slot] and grid.is_open[slot])
        for slot in range(2 * len(grid.days))
    ]
    return Crew(
        office=office,
        inspectors=tuple(p[0] for p in people),
        scopes=tuple(p[1] for p in people),
        present=tuple(present),
        twice=sum(1 << i for i, p in enumerate(people) if p[3] >= 2),
    )


def texts(cell: object) -> list[str]:
    """Return the values of a list cell (单元格中的多个值): joined by single spaces, empty when missing."""
    return cell.split() if isinstance(cell, str) else []


def recused_by_unit(recusals: pd.DataFrame | None) -> Mapping[str, frozenset[str]]:
    """Return who is recused from each unit (回避关系): unit_id → inspector ids.

    `recusals`: columns inspector_id, unit_id (texts), or None when nobody is.
    """
    if recusals is None or recusals.empty:
        return {}
    found: dict[str, set[str]] = {}
    for inspector, unit in recusals[["inspector_id", "unit_id"]].itertuples(index=False, name=None):
        found.setdefault(unit, set()).add(inspector)
    return {unit: frozenset(people) for unit, people in found.items()}
