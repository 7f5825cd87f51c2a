"""Demand (检查需求): drawn units become the fewest possible visits, each with the people every office must send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.planner.crew import Grid, crews, recused_by_unit
from supervision.planner.region import Region
from supervision.planner.unit import Unit

if TYPE_CHECKING:
    from supervision.law.rules import Law

VISITS = ["visit", "unit_id", "region", "street", "class", "score", "start", "end", "task_ids"]
NEEDS = ["visit", "office", "people", "half_days", "items"]
ASKED = ["visit", "office", "item", "people", "team", "half_days", "start", "end"]
PARTS = ["unit_id", "task_ids", "items", "reason", "office", "needed", "available", "region", "start", "end"]
NUMBERS = {"visit", "score", "people", "team", "half_days", "needed", "available"}


@dataclass(frozen=True, kw_only=True)
class Demand:
    """What is to be held (检查需求).

    `visits`: visit (int64 from 1), unit_id, region, street ("" unknown), class (text or ""), score (int64, −1 unknown),
    start, end (first and last half-day of the window), task_ids; one row a visit, sorted by unit_id and window.
    `needs`: visit, office, people (int64), half_days (int64 1|2), items: places of one visit and office with the same
    items; two rows for one office only where its items had to be split over its people.
    `asked`: visit, office, item, people (int64) who must cover the item, team (int64: people, or the law's least
    number), half_days (int64), start, end (half-days of the task's own window); a row for every item of every task.
    `impossible`: parts that no calendar can hold: unit_id, task_ids, items, reason, office (or department), needed,
    available (int64), region, start, end (dates).
    `offices`: office, department, region, name. `units`: drawn units with a visit; `splits`: further visits, as windows
    do not meet or the people for all parts are never there together. There are units + splits visits. `fewest`:
    region → how many visits hold all possible parts at least, proven by an exact search over half-days.
    """

    visits: pd.DataFrame
    needs: pd.DataFrame
    asked: pd.DataFrame
    impossible: pd.DataFrame
    offices: pd.DataFrame
    units: int
    splits: int
    fewest: Mapping[str, int]


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
    law's least number (shared/minimum_inspectors) and its items' `inspectors`, each item with as many who hold its
    scope; half-days: the longest item's. A visit that is never possible is split into the fewest that are.
    Unknown task, item or unit: SupervisionError. What nobody can do becomes a row of `impossible`.
    """
    least = int(law.value("shared/minimum_inspectors"))
    recused = recused_by_unit(recusals)
    by_unit = _drawn_tasks(drawn, tasks, items)
    facts = _facts(units, set(by_unit))
    regions = _regions(offices, roster, half_days_by_region, items, least)
    visits: list[tuple[object, ...]] = []
    needs: list[tuple[object, ...]] = []
    asked: list[tuple[object, ...]] = []
    parts: list[tuple[object, ...]] = []
    fewest: dict[str, int] = {}
    held = 0
    for unit, names in sorted(by_unit.items()):
        name, street, grade, score = facts[unit]
        region = regions.get(name) or Region(name=name, grid=Grid(days=(), open=()), items=items, least=least)
        one = Unit(unit=unit, region=region, tasks=tasks, recused=recused.get(unit, frozenset()))
        own = one.visits(names)
        held += bool(own)
        fewest[name] = fewest.get(name, 0) + one.fewest
        parts.extend(one.parts)
        for found in own:
            number = len(visits) + 1
            window = (region.grid.name(found.window[0]), region.grid.name(found.window[1]))
            visits.append((number, unit, name, street, grade, score, *window, " ".join(found.tasks)))
            needs.extend((number, *row) for row in found.needs)
            asked.extend((number, *row) for row in one.asked(found))
    return Demand(
        visits=_frame(visits, VISITS),
        needs=_frame(needs, NEEDS),
        asked=_frame(asked, ASKED),
        impossible=_frame(parts, PARTS),
        offices=_frame(
            [(o, v.department, v.region, v.name) for o, v in sorted(offices.items())],
            ["office", "department", "region", "name"],
        ),
        units=held,
        splits=len(visits) - held,
        fewest=fewest,
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
    offices: Mapping[str, Office],
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    items: Mapping[str, Item],
    least: int,
) -> dict[str, Region]:
    found = {}
    for name in sorted(half_days_by_region):
        own = {o.department: o.office_id for _, o in sorted(offices.items(), reverse=True) if o.region == name}
        grid = Grid.of(half_days_by_region[name])
        staff = crews(roster, grid, sorted(own.values()))
        found[name] = Region(name=name, grid=grid, items=items, least=least, offices=own, crews=staff)
    return found


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def _frame(rows: list[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({c: "int64" if c in NUMBERS else "str" for c in columns})
