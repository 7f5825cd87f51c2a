"""Months of a year's plans (计划月份): who can be held when, what it asks of offices, and what a choice costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from supervision.annual.demand import Demand
from supervision.domain.items import Item

Counts = npt.NDArray[np.int64]
Months = tuple[tuple[int, ...], ...]
Office = tuple[str, str]
HUNDRED = 100


@dataclass(frozen=True, kw_only=True)
class Year:
    """The choice to be made (待定月份).

    `months`: the months that are open; `allowed` and `batches` of each plan; `groups`: positions of plans that are held
    together, every plan in one; `weights`: of sets of plans (`supervision.annual.doors`).
    `work` int64 (offices, plans): inspector-half-days of one batch in hundredths; `room` int64 (offices, months): those
    that an office has below its limit, in hundredths; `peak`: most work of a month in means of the open months.
    """

    months: tuple[int, ...]
    allowed: tuple[frozenset[int], ...]
    batches: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    weights: Mapping[frozenset[int], float]
    offices: tuple[Office, ...]
    work: Counts
    room: Counts
    peak: Fraction

    @property
    def ceiling(self) -> int:
        """The most work of a month (单月工作量上限): the rule's, but never below the largest group of one month."""
        total = sum(int(self.work[:, g].sum()) * many for g, many in enumerate(self.batches))
        largest = max((int(self.work[:, group].sum()) for group in self.groups), default=0)
        return max(largest, -(-total * self.peak.numerator // (self.peak.denominator * len(self.months))))

    def loads(self, chosen: Months) -> Counts:
        """Return the work of every office in every open month (各机构各月工作量): int64 (offices, months)."""
        held = np.array([[m in own for m in self.months] for own in chosen], dtype=np.int64).reshape(
            -1, len(self.months)
        )
        loads: Counts = self.work @ held
        return loads

    def excess(self, chosen: Months) -> int:
        """Return the work above offices' room and above the month's ceiling (超出部分)."""
        loads = self.loads(chosen)
        by_month = loads.sum(axis=0) - self.ceiling
        return int(np.maximum(loads - self.room, 0).sum() + np.maximum(by_month, 0).sum())

    def peak_load(self, chosen: Months) -> Fraction:
        """Return the greatest load of an office in a month (机构最高负荷), as a share of its room."""
        found = Fraction(0)
        for work, room in zip(self.loads(chosen).ravel().tolist(), self.room.ravel().tolist(), strict=True):
            found = max(found, Fraction(work, max(room, 1)))
        return found

    def violations(self, chosen: Months) -> list[str]:
        """Return what is wrong with a choice of months (不符之处), empty where nothing is."""
        found = []
        for g, own in enumerate(chosen):
            if len(set(own)) != self.batches[g] or not set(own) <= self.allowed[g] & set(self.months):
                found.append(f"plan {g}: months {own}")
        for group in self.groups:
            ranked = sorted(group, key=lambda g: self.batches[g])
            for fewer, more in pairwise(ranked):
                if not set(chosen[fewer]) <= set(chosen[more]):
                    found.append(f"plans {fewer} and {more} are not together")
        return found


def work_of(demand: Demand, items: Mapping[str, Item], offices: Sequence[Office], *, least: int) -> Counts:
    """Return the inspector-half-days of one batch of every plan (每批人·半天), in hundredths: (offices, plans).

    An office visits the units of its district; a visit takes at least `least` people, as many as the item that asks for
    most, for as long as the longest item. That two plans of one office may meet at a unit is left out: work is never
    told too small. What is checked off site takes no half-day of the calendar.
    """
    place = {office: number for number, office in enumerate(offices)}
    found = np.zeros((len(offices), len(demand.plans)), dtype=np.int64)
    for g, plan in enumerate(demand.plans):
        if g in demand.off_site:
            continue
        visits = np.bincount(demand.region, weights=demand.units * demand.chance[:, g], minlength=len(demand.regions))
        own = [items[i] for i in plan.items]
        size = max(least, *(i.inspectors for i in own)) * max(i.half_days for i in own)
        for region, many in zip(demand.regions, visits.tolist(), strict=True):
            if (office := place.get((plan.department, region))) is not None:
                found[office, g] = round(many * size * HUNDRED)
    return found


def without_office(demand: Demand, offices: Sequence[Office]) -> list[tuple[int, str]]:
    """Return plans and districts where units are to be visited by no office (无机构承担的计划与区)."""
    known, departments = set(offices), {department for department, _ in offices}
    return [
        (g, region)
        for g, plan in enumerate(demand.plans)
        for region in sorted({demand.regions[r] for r in demand.region[demand.chance[:, g] > 0].tolist()})
        if (plan.department, region) not in known
        and not (g in demand.off_site and plan.department in departments)  # at the desk any office will do
    ]
