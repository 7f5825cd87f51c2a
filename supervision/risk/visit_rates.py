"""Rates of a unit's own visits (本单位检查问题率): shares and ratios, not counts, each drawn towards the usual."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from supervision.risk.dated_rows import Ints
from supervision.risk.findings import ORDINARY, percent
from supervision.risk.snapshot import Moment
from supervision.risk.transforms import COULD_NOT, PROBLEM, counted, days_in


@dataclass(frozen=True)
class OwnRatio:
    """What visits found at the unit, in percent of what such visits usually find (本单位发现问题比): 100 is as usual.

    `prior` expected findings, in thousandths, are added to both sides: with little known the ratio stays near 100.
    """

    prior: int
    source: str = "history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where it was not visited in three years."""
        return percent(*moment.evidence.found_at.asked(moment.unit, moment.on), self.prior)


@dataclass(frozen=True)
class ProblemRate:
    """The share of a unit's visits in the last months that found something, in percent (检查发现问题率).

    As if two visits of the ordinary kind had been held besides: one of one is not 100 %.
    """

    months: int
    source: str = "history"

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where no visit was held in that time."""
        visits, size = moment.visits, len(moment.on)
        outcome = moment.evidence.outcome[visits.row]
        recent = visits.age < days_in(self.months)
        held, hits = (counted(visits, recent & chosen, size) for chosen in (outcome != COULD_NOT, outcome == PROBLEM))
        added = 2 * ORDINARY // 10
        return np.where(held > 0, (100 * hits + added) // (held + 2), -1)


@dataclass(frozen=True)
class Repeats:
    """Items in which more than one visit of the last months found something (同一事项重复发现问题数)."""

    months: int
    source: str = "history"

    def values(self, moment: Moment) -> Ints:
        """Return counts of items (事项数); −1 where no visit was held in that time."""
        visits, size = moment.visits, len(moment.on)
        outcome = moment.evidence.outcome[visits.row]
        recent = (visits.age < days_in(self.months)) & (outcome != COULD_NOT)
        hit = recent & (outcome == PROBLEM)
        item = moment.evidence.history_item
        many = int(item.max(initial=0)) + 1
        slots, times = np.unique(visits.question[hit] * many + item[visits.row[hit]], return_counts=True)
        again = np.bincount(slots[times > 1] // many, minlength=size).astype(np.int64)
        return np.where(counted(visits, recent, size) > 0, again, -1)
