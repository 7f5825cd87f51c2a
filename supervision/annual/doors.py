"""Expected doors of a year (预计入企次数): of plans that go alone, of joint tasks, of months that are chosen.

Within a month a unit of plans g with chances p(g) is visited with chance max p. Sort a cell's plans by chance,
p1 ≥ p2 ≥ …; with p(k+1) = 0 after the last the doors of its units over the year are Σk (pk − pk+1) · (number of months
in which one of the first k plans is held). So the doors of the year are Σ over sets T of plans of a weight w(T) times
the number of months that T covers, exactly, and the sets are few where the cells are many. Plans that are checked off
site open no door, and stand in no figure of doors.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from supervision.annual.demand import Demand

Months = Sequence[Collection[int]]
Weights = Mapping[frozenset[int], float]


def alone(demand: Demand, plans: Collection[int] | None = None) -> float:
    """Return the expected doors where every plan goes alone (单独检查的预计入企次数), of some plans or of all."""
    chosen = set(range(len(demand.plans)) if plans is None else plans) - demand.off_site
    return sum(demand.expected(g) * demand.plans[g].batches for g in chosen)


def together(demand: Demand, plans: Collection[int]) -> float:
    """Return the expected doors of plans held together (一并开展的预计入企次数), each batch with as many as there are.

    Plans of fewer batches join those of more. Plans that are drawn by numbers of their own gain nothing.
    """
    shared = [g for g in plans if not demand.plans[g].apart and g not in demand.off_site]
    found = alone(demand, [g for g in plans if demand.plans[g].apart])
    for batch in range(max((demand.plans[g].batches for g in shared), default=0)):
        there = [g for g in shared if demand.plans[g].batches > batch]
        found += float(demand.units @ demand.chance[:, there].max(axis=1))
    return found


def weights(demand: Demand) -> dict[frozenset[int], float]:
    """Return the weight of each set of plans (计划组合的权重): expected doors for every month that the set covers."""
    found: dict[frozenset[int], float] = {}
    shared = np.array([not plan.apart for plan in demand.plans], dtype=np.bool_)
    shared[list(demand.off_site)] = False
    for g, plan in enumerate(demand.plans):
        if plan.apart and g not in demand.off_site:
            found[frozenset((g,))] = demand.expected(g)
    chance = np.where(shared, demand.chance, 0.0)
    rows, of_row = np.unique(chance, axis=0, return_inverse=True)
    many = np.bincount(of_row.ravel(), weights=demand.units, minlength=len(rows))
    order = np.argsort(-rows, axis=1, kind="stable")
    for row, total, ranked in zip(rows, many.tolist(), order, strict=True):
        there = ranked[row[ranked] > 0].tolist()
        for k, g in enumerate(there):
            below = row[there[k + 1]] if k + 1 < len(there) else 0.0
            if row[g] > below:
                key = frozenset(there[: k + 1])
                found[key] = found.get(key, 0.0) + total * float(row[g] - below)
    return found


def doors(of: Weights, months: Months) -> float:
    """Return the expected doors where each plan is held in its months (按所选月份的预计入企次数)."""
    return sum(weight * len(set().union(*(months[g] for g in own))) for own, weight in of.items())


def least_doors(of: Weights, batches: Sequence[int]) -> float:
    """Return what no choice of months can go below (下界): every set in as few months as its plan of most batches."""
    return sum(weight * max(batches[g] for g in own) for own, weight in of.items())
