"""Preview (负荷预测): before anything is committed, what each office must expect and what it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.ratio import Ratio
from supervision.errors import SupervisionError
from supervision.planner.crew import Grid, crews
from supervision.planner.windows import slots_between

if TYPE_CHECKING:
    from supervision.law.rules import Law

PREVIEW = ["office", "expected_visits", "half_days_needed", "half_days_available", "load", "over"]
Floats = npt.NDArray[np.float64]


def preview(
    inclusion: pd.DataFrame,
    tasks: Mapping[str, Task],
    items: Mapping[str, Item],
    offices: Mapping[str, Office],
    units: pd.DataFrame,
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    *,
    law: Law,
) -> pd.DataFrame:
    """Return what a round would ask of every office (各机构预计负荷), sorted by office.

    `inclusion`: task_id, unit_id, probability (float) for every unit of every frame; `units`: unit_id, region.
    `expected_visits` (float): Σ over units of the greatest probability among the tasks that need the office, as tasks
    share random numbers. `half_days_needed` (float): inspector-half-days expected, the same way for every size of
    team; `half_days_available` (int64): inspectors on duty within daily limits in the half-days of those tasks;
    `load` their ratio; `over`: above the rule shared/office_load_warning.
    """
    for name in sorted(set(inclusion["task_id"].unique()) - set(tasks)):
        raise SupervisionError("planner.unknown_task", task=name)
    least = int(law.value("shared/minimum_inspectors"))
    limit = _share(law.value("shared/office_load_warning"))
    region_codes, regions = pd.factorize(units["region"].to_numpy(dtype=object))
    position = pd.Index(units["unit_id"])
    levels: dict[str, dict[int, Floats]] = {}
    grouped = inclusion.groupby("task_id", sort=True)
    for name, rows in grouped:
        at = position.get_indexer(pd.Index(rows["unit_id"]))
        chance = rows["probability"].to_numpy(dtype=np.float64)
        for department, size in _sizes(tasks[str(name)], items, least).items():
            own = levels.setdefault(department, {})
            found = own.setdefault(size, np.zeros(len(units)))
            np.maximum.at(found, at[at >= 0], chance[at >= 0])
    expected = {d: _by_region(own, region_codes, len(regions)) for d, own in levels.items()}
    have = _available(tasks, items, offices, roster, half_days_by_region, set(inclusion["task_id"].unique()))
    rows_out = []
    for office, noun in sorted(offices.items()):
        visits, needed = 0.0, 0.0
        if noun.department in expected and noun.region in regions:
            code = int(np.flatnonzero(regions == noun.region)[0])
            visits, needed = (float(v[code]) for v in expected[noun.department])
        load = needed / have[office] if have[office] else (float("inf") if needed else 0.0)
        rows_out.append((office, visits, needed, have[office], load, load > limit))
    frame = pd.DataFrame(rows_out, columns=PREVIEW)
    kinds = ("str", "float64", "float64", "int64", "float64", "bool")
    return frame.astype(dict(zip(PREVIEW, kinds, strict=True)))


def _share(text: object) -> float:
    """The ratio text of a rule as a number."""
    ratio = Ratio.parse(str(text))
    share = ratio.exact or ratio.maximum or ratio.minimum
    return float(share or 0)


def _sizes(task: Task, items: Mapping[str, Item], least: int) -> dict[str, int]:
    """Department → inspector-half-days one visit of this task takes from its office."""
    found: dict[str, list[Item]] = {}
    for name in task.items:
        if name not in items:
            raise SupervisionError("planner.unknown_item", task=task.task_id, item=name)
        found.setdefault(items[name].department, []).append(items[name])
    return {d: max(least, *(i.inspectors for i in own)) * max(i.half_days for i in own) for d, own in found.items()}


def _by_region(own: Mapping[int, Floats], region_codes: npt.NDArray[np.intp], count: int) -> tuple[Floats, Floats]:
    """Expected visits and half-days of a department by region: Σ over sizes of (size − next smaller) · P(at least)."""
    total = np.zeros(count)
    at_least = np.zeros(len(region_codes))
    sizes: Sequence[int] = sorted(own, reverse=True)
    for size, smaller in zip(sizes, [*sizes[1:], 0], strict=True):
        at_least = np.maximum(at_least, own[size])
        total += (size - smaller) * np.bincount(region_codes, weights=at_least, minlength=count)
    visits: Floats = np.bincount(region_codes, weights=at_least, minlength=count).astype(np.float64)
    return visits, total


def _available(
    tasks: Mapping[str, Task],
    items: Mapping[str, Item],
    offices: Mapping[str, Office],
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    used: set[str],
) -> dict[str, int]:
    """Office → inspector-half-days in the half-days of the tasks that need its department."""
    windows: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(used):
        for department in {items[i].department for i in tasks[name].items}:
            windows.setdefault(department, []).append((tasks[name].start.isoformat(), tasks[name].end.isoformat()))
    found = dict.fromkeys(offices, 0)
    for region in sorted({o.region for o in offices.values()} & set(half_days_by_region)):
        grid = Grid.of(half_days_by_region[region])
        for department in sorted({o.department for o in offices.values() if o.region == region} & set(windows)):
            spans = [span for w in windows[department] if (span := slots_between(grid, *w)) is not None]
            open_slots = [grid.name(s) for s in grid.open if any(a <= s <= b for a, b in spans)]
            own = [o.office_id for o in offices.values() if (o.region, o.department) == (region, department)]
            for office, crew in crews(roster, Grid.of(open_slots), own).items():
                found[office] = crew.half_days
    return found
