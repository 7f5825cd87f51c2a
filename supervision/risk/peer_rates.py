"""Peer rates (同类单位问题率): what visits found at other units of the same kind, relative to the whole city.

The unit's own visits are left out, so that they count once. Older visits count for less, and a few of the usual kind
are added: a street with one visit is nearly as usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from supervision.risk.dated_rows import Bools, Ints
from supervision.risk.findings import Findings, Sums, percent
from supervision.risk.snapshot import Evidence, Moment
from supervision.risk.transforms import days_in
from supervision.spare_memory import give_back_beside

USUAL = 100


@dataclass(frozen=True, kw_only=True)
class Others:
    """Findings under a key at other units (其他单位的检查): those of everybody, and each unit's `own` to leave out.

    `visited` bool (units,) tells which units, by their codes from `least` on, have any; the last place is for units
    without a code.
    """

    everybody: Sums
    own: Sums
    visited: Bools
    least: int

    @classmethod
    def of(cls, findings: Findings, key: Ints) -> Others:
        """Make visits ready (整理检查): `key` (rows,) of them, below 0 nobody's."""
        least = int(findings.unit.min()) if len(findings.unit) else 0
        unit = findings.unit - least
        visited = np.zeros(int(unit.max(initial=0)) + 2, dtype=np.bool_)
        visited[unit] = True
        everybody = Sums.of(findings, key)
        give_back_beside(len(key))
        own = np.where(key >= 0, key * len(visited) + unit, -1)
        return cls(everybody=everybody, own=Sums.of(findings, own), visited=visited, least=least)

    def asked(self, key: Ints, unit: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return what was found and expected at others (其他单位的实际与预期), thousandths; all (questions,)."""
        found, expected = self.everybody.asked(key, on)
        place, nobody = unit - self.least, len(self.visited) - 1
        known = self.visited[np.where(place < 0, nobody, np.minimum(place, nobody))]
        mine = np.flatnonzero(known & (key >= 0))
        own = self.own.asked(key[mine] * len(self.visited) + place[mine], on[mine])
        found[mine] -= own[0]
        expected[mine] -= own[1]
        return found, expected


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
        evidence = moment.evidence
        others = evidence.kept(self, lambda: self.others(evidence))
        ratio = percent(*others.asked(moment.shared(self.columns), moment.unit, moment.on), self.prior)
        if not self.shared_by:
            return ratio
        many = np.maximum(moment.sharing(self.columns), self.shared_by)
        return np.where(ratio >= 0, USUAL + (ratio - USUAL) * self.shared_by // many, -1)

    def others(self, evidence: Evidence) -> Others:
        """Return what visits found under what their units say (各同值单位的检查)."""
        return Others.of(evidence.peers, evidence.said_at_visits(self.columns))


@dataclass(frozen=True)
class TagRatio:
    """Findings at other units on a special list, in percent of the city's: their mean (专项库问题率)."""

    prior: int
    source: str = "entities.tags; history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where it is on no list of others visited in three years."""
        evidence = moment.evidence
        asked, texts = moment.coded("tags")
        others = evidence.kept(self, lambda: self.others(evidence))
        question, tag = _spread(asked, _lists(texts))
        told = others.asked(tag, moment.unit[question], moment.on[question])
        return mean_percent(*told, question, len(moment.on), self.prior)

    def others(self, evidence: Evidence) -> Others:
        """Return what visits found under each list of their units (各专项库的检查)."""
        visit, key = _spread(evidence.said_at_visits(("tags",)), _lists(evidence.coded("tags")[1]))
        return Others.of(evidence.peers.at(visit), key)


def _lists(texts: list[str]) -> list[list[int]]:
    """The numbers of the lists that each text names; they follow from the texts."""
    known: dict[str, int] = {}
    return [[known.setdefault(tag, len(known)) for tag in sorted(set(text.split()))] for text in texts]


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
        others = evidence.kept(self, lambda: self.others(evidence))
        told = others.asked(item, moment.unit[question], moment.on[question])
        return mean_percent(*told, question, len(moment.on), self.prior)

    def others(self, evidence: Evidence) -> Others:
        """Return what visits found under their items (各事项的检查)."""
        return Others.of(evidence.peers, evidence.history_item[evidence.compared])
