"""Peer rates (同类单位问题率): what visits found at other units of the same kind, relative to the whole city.

The unit's own visits are left out, so that they count once. Older visits count for less, and a few of the usual kind
are added: a street with one visit is nearly as usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd

from supervision.risk.dated_rows import Ints
from supervision.risk.findings import Findings, percent
from supervision.risk.snapshot import Moment
from supervision.risk.transforms import days_in

USUAL = 100


def of_others(findings: Findings, key: Ints, asked: Ints, unit: Ints, on: Ints) -> tuple[Ints, Ints]:
    """Return what was found and expected under a key at other units (其他单位的实际与预期).

    `key` (rows,) of the visits, below 0 nobody's; `asked`, `unit` and `on` (questions,).
    """
    many = int(max(findings.unit.max(initial=0), unit.max(initial=0))) + 1
    found, expected = findings.sums(key, asked, on)
    own = np.where(key >= 0, key * many + findings.unit, -1)
    mine = findings.sums(own, np.where(asked >= 0, asked * many + unit, -1), on)
    return found - mine[0], expected - mine[1]


@dataclass(frozen=True)
class PeerRatio:
    """Findings at other units that say the same in some columns, in percent of the city's (同类单位问题率).

    `prior` expected findings, in thousandths, are added to both sides. With `shared_by` what more units share tells
    less: the distance from 100 shrinks as their number grows beyond it.
    """

    columns: tuple[str, ...]
    prior: int
    shared_by: int = 0
    months: ClassVar[int] = 36

    @property
    def source(self) -> str:
        """The registers that it reads (来源)."""
        return "entities." + ", ".join(self.columns) + "; history"

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where no other was visited in three years, or the unit is not registered."""
        code, visited = moment.evidence.shared(self.columns)
        asked = np.where(moment.first >= 0, code[moment.first], -1) if len(code) else np.full(len(moment.on), -1)
        ratio = percent(*of_others(moment.evidence.peers, visited, asked, moment.unit, moment.on), self.prior)
        if not self.shared_by:
            return ratio
        many = np.maximum(moment.sharing(self.columns), self.shared_by)
        return np.where(ratio >= 0, USUAL + (ratio - USUAL) * self.shared_by // many, -1)


@dataclass(frozen=True)
class TagRatio:
    """Findings at other units on a special list, in percent of the city's: their mean (专项库问题率)."""

    prior: int
    source: str = "entities.tags; history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where it is on no list of others visited in three years."""
        evidence = moment.evidence
        code, visited = evidence.shared(("tags",))
        known: dict[str, int] = {}
        lists = [
            [known.setdefault(tag, len(known)) for tag in sorted(set(str(text).split()))]
            for text in pd.factorize(evidence.entities["tags"])[1]
        ]
        visit, key = _spread(visited, lists)
        asked = np.where(moment.first >= 0, code[moment.first], -1) if len(code) else np.full(len(moment.on), -1)
        question, tag = _spread(asked, lists)
        others = of_others(evidence.peers.at(visit), key, tag, moment.unit[question], moment.on[question])
        return mean_percent(*others, question, len(moment.on), self.prior)


def mean_percent(found: Ints, expected: Ints, question: Ints, size: int, prior: int) -> Ints:
    """Return the mean of the percentages of each question's entries (各项比值的平均), −1 where none tells anything."""
    ratio = percent(found, expected, prior)
    told = np.flatnonzero(ratio >= 0)
    total, count = np.zeros(size, dtype=np.int64), np.bincount(question[told], minlength=size)
    np.add.at(total, question[told], ratio[told])
    return np.where(count > 0, total // np.maximum(count, 1), -1)


def _spread(codes: Ints, lists: list[list[int]]) -> tuple[Ints, Ints]:
    """Return (place, entry): each place of `codes` once for each entry of its list; codes below 0 have none."""
    sizes = np.array([*map(len, lists), 0], dtype=np.int64)
    entries = np.array([entry for one in lists for entry in one], dtype=np.int64)
    many = sizes[codes]
    place = np.repeat(np.arange(len(codes), dtype=np.int64), many)
    within = np.arange(len(place), dtype=np.int64) - np.repeat(np.cumsum(many) - many, many)
    return place, entries[(np.cumsum(sizes) - sizes)[codes[place]] + within]


@dataclass(frozen=True)
class ItemRatio:
    """Findings of others under the items that a unit was visited for, in percent of the city's (同事项问题率)."""

    prior: int
    source: str = "history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return the mean over the items (百分比); −1 where it was not visited in three years."""
        evidence, visits = moment.evidence, moment.visits
        many = int(evidence.history_item.max(initial=0)) + 1
        recent = (visits.age < days_in(self.months)) & (evidence.history_item[visits.row] >= 0)
        slots = np.unique(visits.question[recent] * many + evidence.history_item[visits.row[recent]])
        question, item = slots // many, slots % many
        key = evidence.history_item[evidence.compared]
        others = of_others(evidence.peers, key, item, moment.unit[question], moment.on[question])
        return mean_percent(*others, question, len(moment.on), self.prior)
