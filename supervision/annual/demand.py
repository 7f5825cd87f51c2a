"""What a year's plans ask of units (年度检查需求): cells of units alike in plans and class, and the chance of each.

Nobody is drawn yet. A unit of a class is drawn in one batch of a plan with the plan's ratio for the class; plans held
in one month share their units' random numbers (draw protocol 5), so a unit's chance of a visit in the month is the
greatest of its plans' chances, and across months its chances add up. Plans that are drawn by numbers of their own meet
others by chance only; such meetings are counted in no figure. Caps and lists that take units out are not looked at.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.plans import DepartmentPlan
from supervision.domain.ratio import parse_allocation, parse_share

BY_RULE = "rule"
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Demand:
    """Plans and the units they are about (年度检查需求).

    `chance` float64 (cells, plans): of one batch, 0 where the cell's units are not in the plan's population; `units`
    int64 (cells,); `region` (cells,): positions in `regions`; `risk_class` (cells,): positions in `classes`; `cell`
    (N,): of every unit its cell; `off_site`: positions of plans that are checked without a visit and open no door.
    """

    plans: tuple[DepartmentPlan, ...]
    chance: Floats
    units: Counts
    region: Counts
    regions: tuple[str, ...]
    risk_class: Counts
    classes: tuple[str, ...]
    cell: Counts
    off_site: frozenset[int] = frozenset()

    def members(self, plan: int) -> Flags:
        """Return the cells of a plan's population (计划范围内的单元): bool (cells,)."""
        found: Flags = self.chance[:, plan] > 0
        return found

    def population(self, plan: int) -> int:
        """Return how many units a plan is about (计划对象数)."""
        return int(self.units[self.members(plan)].sum())

    def expected(self, plan: int) -> float:
        """Return the expected units of one batch of a plan (每批预计抽查数)."""
        return float(self.units @ self.chance[:, plan])


def demand_of(
    plans: Sequence[DepartmentPlan],
    members: npt.NDArray[np.bool_],
    classes: pd.Series[str],
    regions: pd.Series[str],
    *,
    class_ratio: Mapping[str, object] | None,
    off_site: Collection[int] = (),
) -> Demand:
    """Return what plans ask of units (汇总年度检查需求).

    `members` bool (N, plans): which units are in whose population; `classes`, `regions`: of the units; `class_ratio`:
    the rule for ratios that are "rule", None where no plan has one; `off_site`: as in `Demand`.
    """
    region, region_names = pd.factorize(regions.to_numpy(dtype=object), sort=True)
    risk_class, class_names = pd.factorize(classes.to_numpy(dtype=object), sort=True)
    packed = pd.DataFrame(np.packbits(members, axis=1)).assign(region=region, risk_class=risk_class)
    names = list(packed.columns)
    cell: Counts = packed.groupby(names, sort=True).ngroup().to_numpy().astype(np.int64)
    _, first = np.unique(cell, return_index=True)
    units = np.bincount(cell).astype(np.int64)
    inside = members[first]
    chance = np.zeros(inside.shape)
    for number, plan in enumerate(plans):
        total = int(units[inside[:, number]].sum())
        shares = chances_of(plan, total, [str(name) for name in class_names], class_ratio)
        of_cell = np.array([float(share) for share in shares])[risk_class[first]]
        chance[:, number] = np.where(inside[:, number], of_cell, 0.0)
    return Demand(
        plans=tuple(plans),
        chance=chance,
        units=units,
        region=region[first].astype(np.int64),
        regions=tuple(str(name) for name in region_names),
        risk_class=risk_class[first].astype(np.int64),
        classes=tuple(str(name) for name in class_names),
        cell=cell,
        off_site=frozenset(off_site),
    )


def chances_of(
    plan: DepartmentPlan, units: int, classes: Sequence[str], class_ratio: Mapping[str, object] | None
) -> list[Fraction]:
    """Return the chance of a unit of each class in one batch (各类别抽中概率); `units` are in the population."""
    if plan.ratio == BY_RULE:
        named = class_ratio or {}
        return [parse_share(str(named.get(one, "0"))) for one in classes]
    allocation = parse_allocation(plan.ratio)
    if isinstance(allocation, dict):
        return [allocation.get(one, Fraction(0)) for one in classes]
    share = Fraction(allocation, max(units, allocation, 1)) if isinstance(allocation, int) else allocation
    return [share] * len(classes)
