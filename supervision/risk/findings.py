"""Findings against expectation (实际发现与预期发现): what past visits found, and what such visits usually find.

A strict team finds something in a third of its visits, a lenient one in a twentieth. So what a visit found is set
against what its item and its team found in the year before; the rest is about the unit. All sums are of integers: the
same rows give the same ratios on any machine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from supervision.risk.dated_rows import Ints, composite

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

    def sums(self, key: Ints, asked: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return what was found and expected (实际与预期) of a key in the three years up to a day, thousandths.

        `key` (rows,) of the visits, `asked` and `on` (questions,); a key below 0 is nobody's.
        """
        rows = np.flatnonzero(key >= 0)
        order = rows[np.argsort(composite(key[rows], self.day[rows]), kind="stable")]
        place = composite(key[order], self.day[order])
        found = np.concatenate(([0], np.cumsum(self.found[order])))
        expected = np.concatenate(([0], np.cumsum(self.expected[order])))
        slots, slot = np.unique(composite(asked, on), return_inverse=True)
        last = np.searchsorted(place, slots, side="right")
        first = np.searchsorted(place, slots - BACK, side="right")
        hits, usual = found[last] - found[first], expected[last] - expected[first]
        known = asked >= 0
        return np.where(known, hits[slot], 0), np.where(known, usual[slot], 0)


def percent(found: Ints, expected: Ints, *, prior: int) -> Ints:
    """Return findings in percent of the expected (发现问题比), drawn towards 100 by `prior` thousandths; −1 of none."""
    return np.where(expected > 0, (100 * (found + prior)) // (expected + prior), -1)


def expected_findings(found: Ints, item: Ints, team: Ints, *, visited: Ints, day: Ints) -> Ints:
    """Return what each visit was expected to find (预期发现), thousandths, by what was known before its day.

    By the findings of the year before: the city's, then its item's, then its team's against what their items say, each
    drawn towards the one before by SHRINK visits. All arrays are (rows,); `found` in thousandths, `visited` the visit's
    day, `day` the one from which its result counts.
    """
    everybody = np.zeros(len(found), dtype=np.int64)
    hits, visits = _year_before(everybody, visited, day, found), _year_before(everybody, visited, day, everybody + 1)
    usual = (hits + SHRINK * ORDINARY) / (visits + SHRINK)
    hits, visits = _year_before(item, visited, day, found), _year_before(item, visited, day, everybody + 1)
    by_item = np.rint((hits + SHRINK * usual) / (visits + SHRINK)).astype(np.int64)
    hits, guess = _year_before(team, visited, day, found), _year_before(team, visited, day, by_item)
    both = by_item * (hits + SHRINK * usual) / (guess + SHRINK * usual)
    return np.clip(np.rint(both), 1, THOUSAND - 1).astype(np.int64)


def _year_before(key: Ints, visited: Ints, day: Ints, values: Ints) -> Ints:
    """Sum a key's values of the year before each visit's day, that day itself left out."""
    order = np.argsort(composite(key, day), kind="stable")
    place, total = composite(key, day)[order], np.concatenate(([0], np.cumsum(values[order])))
    asked = composite(key, visited)
    last = np.searchsorted(place, asked, side="left")
    first = np.searchsorted(place, asked - YEAR, side="left")
    return total[last] - total[first]
