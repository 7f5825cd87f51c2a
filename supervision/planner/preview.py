"""Preview (负荷预测): before anything is committed, what each office must expect in which days, and what it has.

The days of an office fall into stretches, from the first day of some task to the last day of another: what the tasks
that lie within a stretch ask for has to be done there. Means and variances are those of the draw: tasks share random
numbers, so a unit asks for what the greatest of its chances asks for, and units drawn to a fixed number vary no more
than independent ones.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.planner.load import available

PREVIEW = [
    *("office", "start", "end", "days", "duties", "duties_low", "duties_high"),
    *("half_days", "half_days_low", "half_days_high", "available", "load", "over", "lost"),
]
WIDTH = 1.96  # a normal interval of 95 %
Floats = npt.NDArray[np.float64]
Positions = npt.NDArray[np.intp]


def preview(
    inclusion: pd.DataFrame,
    tasks: Mapping[str, Task],
    items: Mapping[str, Item],
    offices: Mapping[str, Office],
    units: pd.DataFrame,
    roster: pd.DataFrame,
    half_days: Mapping[str, Sequence[str]],
    *,
    least: int,
    limit: Fraction,
) -> pd.DataFrame:
    """Return what a round would ask of every office in every stretch of days (各机构预计负荷).

    `inclusion`: task_id, unit_id, probability (float) for every unit of every frame; `units`: unit_id, region; `least`
    people an office sends at least; `limit` the load above which an office is named.

    Columns: office, start, end (dates), days (working days, int64); duties and half_days expected (float64) with the
    ends of a 95 % interval (int64, rounded outwards); available inspector-half-days (int64); load = half_days ÷
    available; over; lost: duties that are lost on average at least (float64). One row for each stretch of each office
    that is asked for something, the whole month first; sorted by office.
    """
    found = sorted(set(inclusion["task_id"].unique()))
    for name in found:
        if name not in tasks:
            raise SupervisionError("planner.unknown_task", task=name)
        for item in tasks[name].items:
            if item not in items:
                raise SupervisionError("planner.unknown_item", task=name, item=item)
    codes, regions = pd.factorize(units["region"].to_numpy(dtype=object))
    chances = _chances(inclusion, units)
    rows: list[tuple[object, ...]] = []
    for department in sorted({items[i].department for n in found for i in tasks[n].items}):
        own = {n: size for n in found if (size := _size(tasks[n], items, department, least))}
        for start, end in _stretches([tasks[n] for n in own]):
            inside = {n: s for n, s in own.items() if start <= tasks[n].start and tasks[n].end <= end}
            figures = _figures(inside, chances, codes, len(regions))
            for office in (o for o in offices.values() if o.department == department and o.region in set(regions)):
                code = int(np.flatnonzero(regions == office.region)[0])
                duties, variance, needed, spread = (float(column[code]) for column in figures)
                if duties > 0:
                    span = (start.isoformat(), end.isoformat())
                    days = [h for h in half_days.get(office.region, ()) if span[0] <= h[:10] <= span[1]]
                    there = [people for _, people in available(office, roster, days)]
                    load = needed / sum(there) if sum(there) else math.inf
                    lost = max(0.0, needed - sum(there)) / max(inside.values())
                    expected = (duties, *_interval(duties, variance), needed, *_interval(needed, spread))
                    over = load > float(limit)
                    rows.append((office.office_id, *span, len(there), *expected, sum(there), load, over, lost))
    frame = pd.DataFrame(rows, columns=PREVIEW).sort_values(["office", "days", "start"], ascending=[True, False, True])
    kinds = {"office": "str", "start": "str", "end": "str", "over": "bool"}
    kinds |= dict.fromkeys(("duties", "half_days", "load", "lost"), "float64")
    return frame.astype({c: kinds.get(c, "int64") for c in PREVIEW}).reset_index(drop=True)


def _interval(mean: float, variance: float) -> tuple[int, int]:
    half = WIDTH * math.sqrt(variance)
    return max(0, math.floor(mean - half)), math.ceil(mean + half)


def _chances(inclusion: pd.DataFrame, units: pd.DataFrame) -> dict[str, tuple[Positions, Floats]]:
    """Task → positions of its units among all units, and their chances."""
    position = pd.Index(units["unit_id"])
    found = {}
    for name, rows in inclusion.groupby("task_id", sort=True):
        at = position.get_indexer(pd.Index(rows["unit_id"]))
        chance = rows["probability"].to_numpy(dtype=np.float64)
        found[str(name)] = (at[at >= 0], chance[at >= 0])
    return found


def _size(task: Task, items: Mapping[str, Item], department: str, least: int) -> int:
    """Inspector-half-days one visit of a task takes from its office of a department, 0 where it takes none."""
    own = [items[i] for i in task.items if items[i].department == department]
    return max(least, *(i.inspectors for i in own)) * max(i.half_days for i in own) if own else 0


def _stretches(tasks: Sequence[Task]) -> Iterator[tuple[date, date]]:
    """From the first day of some task to the last day of another, wherever a task lies within."""
    for start, end in product(sorted({t.start for t in tasks}), sorted({t.end for t in tasks})):
        if any(start <= t.start and t.end <= end for t in tasks):
            yield start, end


def _figures(
    sizes: Mapping[str, int],
    chances: Mapping[str, tuple[Positions, Floats]],
    codes: Positions,
    count: int,
) -> tuple[Floats, Floats, Floats, Floats]:
    """By region: duties expected and their variance, inspector-half-days expected and theirs.

    A unit takes at least a size with the greatest chance of the tasks of that size or more.
    """
    at_least, first, second = (np.zeros(len(codes)) for _ in range(3))
    levels = sorted(set(sizes.values()), reverse=True)
    for size, below in zip(levels, [*levels[1:], 0], strict=True):
        for name in sorted(n for n, s in sizes.items() if s == size):
            at, chance = chances[name]
            np.maximum.at(at_least, at, chance)
        first += (size - below) * at_least
        second += (size * size - below * below) * at_least

    def total(values: Floats) -> Floats:
        return np.bincount(codes, weights=values, minlength=count).astype(np.float64)

    return total(at_least), total(at_least * (1 - at_least)), total(first), total(second - first * first)
