"""Findings against expectation (实际发现与预期发现): what past visits found, and what such visits usually find.

A strict team finds something in a third of its visits, a lenient one in a twentieth. So what a visit found is set
against what its item found in the year before, its agency and its team in the half-year before; the rest is about the
unit. All sums are of integers: the same rows give the same ratios on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import SPAN, Ints, composite, distinct, in_order

THOUSAND = 1_000
YEAR, HALF_YEAR = 365, 182
SHRINK = 30  # visits of the ordinary kind that are added to an item's or a team's own
ORDINARY = 100  # thousandths of a finding in each of them, before anything is known
BACK = 1095  # days: a visit counts for three years, an old one as much as a new one, for visits are few


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Visits that can be compared (可比检查), arrays (rows,).

    `unit` codes, `day` from which the result counts, `found` and `expected` thousandths of a finding: 1,000 is a
    problem, and where results are graded a slight one may be less.
    """

    unit: Ints
    day: Ints
    found: Ints
    expected: Ints

    def at(self, place: Ints) -> Findings:
        """Return visits by their places (按位置取检查), some perhaps more than once."""
        return Findings(unit=self.unit[place], day=self.day[place], found=self.found[place],
                        expected=self.expected[place])  # fmt: skip

    def sums(self, key: Ints, asked: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return what was found and expected (实际与预期) of a key in the three years up to a day, thousandths.

        `key` (rows,) of the visits, `asked` and `on` (questions,); a key below 0 is nobody's.
        """
        return Sums.of(self, key).asked(asked, on)


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Findings by key and day (累计发现), made ready: `place` (rows,) ascending, sums (rows + 1,) before each."""

    place: Ints
    found: Ints
    expected: Ints

    @classmethod
    def of(cls, findings: Findings, key: Ints) -> Sums:
        """Sort visits by a key (按键累计), (rows,) of them; a key below 0 is nobody's."""
        rows = np.flatnonzero(key >= 0)
        rows = rows[in_order(findings.day[rows], key[rows])]
        found, expected = (
            np.concatenate(([0], np.cumsum(column[rows]))) for column in (findings.found, findings.expected)
        )
        return cls(place=composite(key[rows], findings.day[rows]), found=found, expected=expected)

    def asked(self, key: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return found and expected of a key in the three years up to a day (实际与预期), 0 for a key below 0."""
        slots, slot = distinct(key, on)
        last = np.searchsorted(self.place, slots, side="right")
        first = np.searchsorted(self.place, slots - BACK, side="right")
        hits, usual = self.found[last] - self.found[first], self.expected[last] - self.expected[first]
        known = key >= 0
        return np.where(known, hits[slot], 0), np.where(known, usual[slot], 0)

    def on(self, day: int) -> Sums:
        """Return what answers the same to questions about one day (某日的累计): a row a key with any in that time."""
        key = self.place // SPAN
        asked = composite(key, np.full(len(key), day))
        rows = np.flatnonzero((self.place <= asked) & (self.place > asked - BACK))
        return summed(asked[rows], np.diff(self.found)[rows], np.diff(self.expected)[rows])

    @classmethod
    def joined(cls, parts: Sequence[Sums]) -> Sums:
        """Return the sums of all parts of the visits (合并各部分累计), each a row a place."""
        place = np.concatenate([part.place for part in parts])
        order = np.argsort(place, kind="stable")
        found, expected = (
            np.concatenate([np.diff(getattr(part, name)) for part in parts])[order] for name in ("found", "expected")
        )
        return summed(place[order], found, expected)


def summed(place: Ints, found: Ints, expected: Ints) -> Sums:
    """Return sums with a row a place (同键合并); `place` ascends, all are (rows,)."""
    first = np.flatnonzero(np.append(True, place[1:] != place[:-1])[: len(place)])
    last = np.append(first, len(place))[1:] - 1
    total = (np.cumsum(column)[last] for column in (found, expected))
    hits, usual = (np.concatenate((np.zeros(1, dtype=np.int64), column)) for column in total)
    return Sums(place=place[first], found=hits, expected=usual)


def percent(found: Ints, expected: Ints, prior: int) -> Ints:
    """Return findings in percent of the expected (发现问题比), drawn towards 100 by `prior` thousandths; −1 of none."""
    return np.where(expected > 0, (100 * (found + prior)) // (expected + prior), -1)


def expected_findings(found: Ints, item: Ints, agency: Ints, team: Ints, *, visited: Ints, day: Ints) -> Ints:
    """Return what each visit was expected to find (预期发现), thousandths, by what was known before its day.

    By the findings of the city and of the item in the year before, then of the agency and of the team in the half-year
    before against what those say; each is drawn towards the one before by SHRINK visits. All arrays are (rows,);
    `found` in thousandths, `visited` the visit's day, `day` the one from which its result counts.
    """
    usual = usual_findings(found, visited=visited, day=day)
    hits, visits = _before(item, visited, day, found, np.ones_like(found))
    expected = _bounded((hits + SHRINK * usual) / (visits + SHRINK))
    for key in (agency, team):
        hits, guess = _before(key, visited, day, found, expected, days=HALF_YEAR)
        expected = _bounded(expected * (hits + SHRINK * usual) / (guess + SHRINK * usual))
    return expected


def usual_findings(found: Ints, *, visited: Ints, day: Ints) -> Ints:
    """Return what any visit was expected to find (全市预期发现), thousandths, by the city's year before its day."""
    everybody = np.zeros(len(found), dtype=np.int64)
    hits, visits = _before(everybody, visited, day, found, everybody + 1)
    return _bounded((hits + SHRINK * ORDINARY) / (visits + SHRINK))


def _bounded(thousandths: NDArray[np.float64]) -> Ints:
    return np.clip(np.rint(thousandths), 1, THOUSAND - 1).astype(np.int64)


def _before(key: Ints, visited: Ints, day: Ints, *values: Ints, days: int = YEAR) -> list[Ints]:
    """Sum a key's values of the days before each visit's day, that day itself left out."""
    order = in_order(day, key)
    place, asked = composite(key, day)[order], composite(key, visited)
    last = np.searchsorted(place, asked, side="left")
    first = np.searchsorted(place, asked - days, side="left")
    totals = [np.concatenate(([0], np.cumsum(column[order]))) for column in values]
    return [total[last] - total[first] for total in totals]
