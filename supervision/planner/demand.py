"""Demand (检查需求): drawn units become the fewest possible visits, each with the people every office must send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.crew import Crew, Grid, crews, recused_by_unit
from supervision.planner.teams import Team, team
from supervision.planner.windows import fewest_groups, slots_between
from supervision.terms import Item, Office, Task

if TYPE_CHECKING:
    from supervision.rules import Law

VISITS = ["visit", "unit_id", "region", "street", "class", "score", "start", "end", "task_ids"]
NEEDS = ["visit", "office", "people", "half_days", "items"]
PARTS = ["unit_id", "task_ids", "items", "reason", "office", "needed", "available", "region", "start", "end"]
NUMBERS = {"visit", "score", "people", "half_days", "needed", "available"}

Wanted = dict[str, dict[str, set[str]]]  # task → office → items


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What is to be held (检查需求).

    `visits`: visit (int64 from 1), unit_id, region, street ("" unknown), class (text or ""), score (int64, −1 unknown),
    start, end (first and last half-day of the window), task_ids; one row a visit, sorted by unit_id and window.
    `needs`: visit, office, people (int64), half_days (int64 1|2), items: places of one visit and office with the same
    items; two rows for one office only where its items had to be split over its people.
    `impossible`: parts that no calendar can hold: unit_id, task_ids, items, reason, office (or department), needed,
    available (int64), region, start, end (dates).
    `offices`: office, department, region, name. `units`: drawn units with a visit; `splits`: further visits that
    windows force. There are units + splits visits, and fewer are impossible.
    """

    visits: pd.DataFrame
    needs: pd.DataFrame
    impossible: pd.DataFrame
    offices: pd.DataFrame
    units: int
    splits: int


@dataclass
class _Region:
    """What one district offers (一个区的条件): grid, offices by department, crews, and team answers already found."""

    name: str
    grid: Grid
    offices: dict[str, str] = field(default_factory=dict)
    crews: dict[str, Crew] = field(default_factory=dict)
    answers: dict[tuple[object, ...], tuple[list[Team] | None, int]] = field(default_factory=dict)

    def team(
        self, office: str, items: frozenset[str], people: int, window: tuple[int, int], recused: frozenset[str]
    ) -> tuple[list[Team] | None, int]:
        """Return the places for items in a window, or None, and how many people cover them all (名额与持证人数)."""
        crew = self.crews[office]
        away = recused.intersection(crew.inspectors)
        key = (office, items, people, window, away)
        if key not in self.answers:
            able = 0
            for slot in range(window[0], window[1] + 1):
                able |= crew.present[slot]
            able &= crew.covering(frozenset(), away)
            self.answers[key] = (team(crew, items, people, able), (crew.covering(items) & able).bit_count())
        return self.answers[key]


@dataclass
class _Unit:
    """One drawn unit on its way to visits (一户的合并过程)."""

    unit: str
    region: _Region
    tasks: Mapping[str, Task]
    items: Mapping[str, Item]
    least: int
    recused: frozenset[str]
    parts: list[tuple[object, ...]] = field(default_factory=list)

    def window(self, name: str) -> tuple[int, int] | None:
        """Return the slots of a task here (任务的可用半天)."""
        task = self.tasks[name]
        return slots_between(self.region.grid, task.start.isoformat(), task.end.isoformat())

    def lose(self, names: list[str], items: set[str], reason: str, office: str, figures: tuple[int, int]) -> None:
        """Note items that cannot be held (记录无法安排的事项)."""
        start = min(self.tasks[n].start for n in names).isoformat()
        end = max(self.tasks[n].end for n in names).isoformat()
        lists = (" ".join(sorted(names)), " ".join(sorted(items)))
        self.parts.append((self.unit, *lists, reason, office, *figures, self.region.name, start, end))

    def wanted(self, names: list[str]) -> Wanted:
        """Return task → office → items for all that can be asked of somebody (按机构归集的事项)."""
        found: Wanted = {}
        nobody: dict[tuple[str, str], tuple[list[str], set[str]]] = {}
        for name in names:
            for item in self.tasks[name].items:
                department = self.items[item].department
                if self.window(name) is None:
                    key = ("no_half_day", self.region.offices.get(department, department))
                elif department not in self.region.offices:
                    key = ("no_office", department)
                else:
                    found.setdefault(name, {}).setdefault(self.region.offices[department], set()).add(item)
                    continue
                lost = nobody.setdefault(key, ([], set()))
                lost[0].append(name)
                lost[1].add(item)
        for (reason, office), (tasks, items) in sorted(nobody.items()):
            self.lose(sorted(set(tasks)), items, reason, office, (self.people(items), 0))
        return found

    def people(self, items: set[str]) -> int:
        """Return how many people an office sends for items (派员人数)."""
        return max(self.least, *(self.items[i].inspectors for i in items))

    def visits(self, wanted: Wanted) -> list[tuple[tuple[int, int], list[str], list[tuple[object, ...]]]]:
        """Return the unit's visits (该户的检查): window, tasks, needs rows; what nobody covers goes to `parts`."""
        while True:
            windows = {n: w for n in wanted if (w := self.window(n)) is not None}
            groups = fewest_groups(windows)
            made = [(window, names, self._needs(window, names, wanted)) for window, names in groups]
            if all(needs is not None for _, _, needs in made):
                return [(window, names, needs) for window, names, needs in made if needs]

    def _needs(self, window: tuple[int, int], names: list[str], wanted: Wanted) -> list[tuple[object, ...]] | None:
        """Needs of one visit; None when items had to be dropped from `wanted`, so that groups may change."""
        needs: list[tuple[object, ...]] = []
        for office in sorted({o for n in names for o in wanted[n]}):
            asking = [n for n in names if office in wanted[n]]
            asked = set().union(*(wanted[n][office] for n in asking))
            lost = {i for i in asked if not self.region.team(office, frozenset([i]), 1, window, self.recused)[0]}
            people = self.people(asked)
            teams, able = self.region.team(office, frozenset(asked), people, window, self.recused)
            if lost or teams is None:
                lost = lost or asked
                asking = [n for n in asking if wanted[n][office] & lost]
                self.lose(asking, lost, "no_scope", office, (people, able))
                for name in asking:
                    wanted[name][office] -= lost
                    wanted[name] = {o: i for o, i in wanted[name].items() if i}
                    if not wanted[name]:
                        del wanted[name]
                return None
            for part in teams:
                half_days = max(self.items[i].half_days for i in part.items)
                needs.append((office, part.people, half_days, " ".join(sorted(part.items))))
        return needs


def demand(
    drawn: pd.DataFrame,
    tasks: Mapping[str, Task],
    items: Mapping[str, Item],
    offices: Mapping[str, Office],
    units: pd.DataFrame,
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    *,
    law: Law,
    recusals: pd.DataFrame | None = None,
) -> Demand:
    """Return the visits that drawn units need (由抽取名单生成检查需求).

    `drawn`: task_id, unit_id. `units`: unit_id, region, street, class, score. `roster`: as roster.csv.
    `recusals`: inspector_id, unit_id. Row order never matters. An office's people in a visit: the greatest of the
    law's least number (shared/minimum_inspectors) and its items' `inspectors`; half-days: the longest item's.
    Unknown task, item or unit: SupervisionError. What nobody can do becomes a row of `impossible`.
    """
    least = int(law.value("shared/minimum_inspectors"))
    recused = recused_by_unit(recusals)
    by_unit = _drawn_tasks(drawn, tasks, items)
    facts = _facts(units, set(by_unit))
    regions = _regions(offices, roster, half_days_by_region)
    visits: list[tuple[object, ...]] = []
    needs: list[tuple[object, ...]] = []
    parts: list[tuple[object, ...]] = []
    held = 0
    for unit, names in sorted(by_unit.items()):
        name, street, grade, score = facts[unit]
        region = regions.get(name) or _Region(name, Grid(days=(), open=()))
        one = _Unit(unit, region, tasks, items, least, recused.get(unit, frozenset()))
        own = one.visits(one.wanted(names))
        held += bool(own)
        parts.extend(one.parts)
        for (first, last), task_ids, rows in own:
            number = len(visits) + 1
            window = (region.grid.name(first), region.grid.name(last))
            visits.append((number, unit, name, street, grade, score, *window, " ".join(task_ids)))
            needs.extend((number, *row) for row in rows)
    return Demand(
        visits=_frame(visits, VISITS),
        needs=_frame(needs, NEEDS),
        impossible=_frame(parts, PARTS),
        offices=_frame([(o, v.department, v.region, v.name) for o, v in sorted(offices.items())],
                       ["office", "department", "region", "name"]),
        units=held,
        splits=len(visits) - held,
    )


def _drawn_tasks(drawn: pd.DataFrame, tasks: Mapping[str, Task], items: Mapping[str, Item]) -> dict[str, list[str]]:
    """Return unit → sorted task ids, after every task and item was found in the lists."""
    found: dict[str, set[str]] = {}
    for name, unit in drawn[["task_id", "unit_id"]].itertuples(index=False, name=None):
        found.setdefault(unit, set()).add(name)
    for name in sorted({n for names in found.values() for n in names}):
        if name not in tasks:
            raise SupervisionError("planner.unknown_task", task=name)
        for item in tasks[name].items:
            if item not in items:
                raise SupervisionError("planner.unknown_item", task=name, item=item)
    return {unit: sorted(names) for unit, names in found.items()}


def _facts(units: pd.DataFrame, wanted: set[str]) -> dict[str, tuple[str, str, str, int]]:
    """Return region, street, class and score of the drawn units."""
    columns = units.loc[units["unit_id"].isin(sorted(wanted)), ["unit_id", "region", "street", "class", "score"]]
    found = {
        unit: (_text(region), _text(street), _text(grade), -1 if pd.isna(score) else int(score))
        for unit, region, street, grade, score in columns.itertuples(index=False, name=None)
    }
    for unit in sorted(wanted - set(found)):
        raise SupervisionError("planner.unknown_unit", unit=unit)
    return found


def _regions(
    offices: Mapping[str, Office], roster: pd.DataFrame, half_days_by_region: Mapping[str, list[str]]
) -> dict[str, _Region]:
    found = {}
    for name in sorted(half_days_by_region):
        own = {o.department: o.office_id for _, o in sorted(offices.items(), reverse=True) if o.region == name}
        grid = Grid.of(half_days_by_region[name])
        found[name] = _Region(name, grid, own, crews(roster, grid, sorted(own.values())))
    return found


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _frame(rows: list[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({c: "int64" if c in NUMBERS else "str" for c in columns})
