"""Indicators of linked units (关联指标): how many there are, what visits found at them, and who of them has a record.

A unit without a relation is in its neutral state: no other units, findings as usual, no records.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from supervision.risk.dated_rows import Ints
from supervision.risk.links import WHOLE
from supervision.risk.snapshot import Moment
from supervision.risk.transforms import days_in

CHUNK = 1_000_000  # pairs of linked units at once


@dataclass(frozen=True)
class LinkedUnits:
    """Other units in the largest group that shares a person, investor or address (关联单位数)."""

    source: str = "relations"

    def values(self, moment: Moment) -> Ints:
        """Return counts (单位数); −1 while no relations are known at all."""
        return np.where(moment.relations_known, moment.evidence.links.most(moment.unit, moment.on), -1)


@dataclass(frozen=True)
class LinkedRatio:
    """What visits found at linked units, in percent of what such visits usually find (关联单位发现问题比).

    `prior` expected findings, in thousandths, are added to both sides; a unit linked less counts for less.
    """

    prior: int
    source: str = "relations, history"
    months: ClassVar[int] = 36

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比), 100 where nothing is known of others; −1 while no relations are known."""
        evidence = moment.evidence
        visited = evidence.kept(self, lambda: np.unique(evidence.findings.unit))
        hits, usual = np.zeros((2, len(moment.on)), dtype=np.int64)
        for question, other, weight in _parts(moment, only=visited):
            found, expected = evidence.found_at.asked(other, moment.on[question])
            np.add.at(hits, question, weight * found)
            np.add.at(usual, question, weight * expected)
        prior = self.prior * WHOLE
        return np.where(moment.relations_known, 100 * (hits + prior) // (usual + prior), -1)


@dataclass(frozen=True)
class LinkedRecords:
    """The share of linked units that have a record of some kinds in the last months (有记录的关联单位占比), in percent.

    One linked unit without a record is added, so that one of one is half.
    """

    kinds: tuple[str, ...]
    months: int

    @property
    def source(self) -> str:
        """The registers that it reads (来源)."""
        return "relations, events: " + ", ".join(self.kinds)

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比), 0 where there is none; −1 while no relations or none of the kinds are known."""
        evidence, size = moment.evidence, len(moment.on)
        codes = [evidence.kinds[kind] for kind in self.kinds if kind in evidence.kinds]
        heard = np.logical_or.reduce([moment.heard_of(kind) for kind in self.kinds])
        hits, everybody = np.zeros((2, size), dtype=np.int64)
        for question, other, weight in _parts(moment):
            day = moment.on[question]
            pair, row = evidence.event_dates.pairs(other, day)
            chosen = np.isin(evidence.kind[row], codes) & (evidence.until[row] > day[pair])
            chosen &= day[pair] - evidence.happened[row] < days_in(self.months)
            has = np.zeros(len(other), dtype=np.int64)
            has[pair[chosen]] = 1
            np.add.at(hits, question, weight * has)
            np.add.at(everybody, question, weight)
        return np.where(moment.relations_known & heard, 100 * hits // (everybody + WHOLE), -1)


def _parts(moment: Moment, *, only: Ints | None = None) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Some of the linked pairs at a time, so that what is known of them needs little memory.

    `only`: sorted codes of units, others are of no use.
    """
    question, other, weight = moment.linked
    for start in range(0, len(question), CHUNK):
        part = np.arange(start, min(start + CHUNK, len(question)))
        if only is not None:
            place = np.searchsorted(only, other[part])
            part = part[np.append(only, -1)[place] == other[part]]
        yield question[part], other[part], weight[part]
