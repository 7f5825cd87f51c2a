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
ORDINARY = 0.1  # of which so many find something, before anything is known
WINDOWS = ((365, 2), (1095, 2))  # days back, and what a visit in them adds: 4 within a year, 2 within three


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Visits that can be compared (可比检查), arrays (rows,).

    `unit` codes, `day` from which the result counts, `found` 0 or 1, `expected` thousandths of a finding.
    """

    unit: Ints
    day: Ints
    found: Ints
    expected: Ints

    def sums(self, key: Ints, asked: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return what was found and expected (实际与预期) of a key up to a day, both weighted and in thousandths.

        `key` (rows,) of the visits, `asked` and `on` (questions,); a key below 0 is nobody's.
        """
        rows = np.flatnonzero(key >= 0)
        order = rows[np.argsort(composite(key[rows], self.day[rows]), kind="stable")]
        place = composite(key[order], self.day[order])
        found = np.concatenate(([0], np.cumsum(self.found[order] * THOUSAND)))
        expected = np.concatenate(([0], np.cumsum(self.expected[order])))
        slots, slot = np.unique(composite(asked, on), return_inverse=True)
        last = np.searchsorted(place, slots, side="right")
        hits, usual = np.zeros(len(slots), dtype=np.int64), np.zeros(len(slots), dtype=np.int64)
        for days, weight in WINDOWS:
            first = np.searchsorted(place, slots - days, side="right")
            hits += weight * (found[last] - found[first])
            usual += weight * (expected[last] - expected[first])
        known = asked >= 0
        return np.where(known, hits[slot], 0), np.where(known, usual[slot], 0)


def expected_findings(found: Ints, item: Ints, team: Ints, *, visited: Ints, day: Ints) -> Ints:
    """Return what each visit was expected to find (预期发现), thousandths, by what was known before its day.

    By the findings of the year before: the city's, then its item's, then its team's against what their items say, each
    drawn towards the one before by SHRINK visits. All arrays are (rows,); `visited` the visit's day, `day` the one from
    which its result counts.
    """
    everybody = np.zeros(len(found), dtype=np.int64)
    hits, visits = _year_before(everybody, visited, day, found), _year_before(everybody, visited, day, everybody + 1)
    usual = (hits + SHRINK * ORDINARY) / (visits + SHRINK)
    hits, visits = _year_before(item, visited, day, found), _year_before(item, visited, day, everybody + 1)
    by_item = np.rint(THOUSAND * (hits + SHRINK * usual) / (visits + SHRINK)).astype(np.int64)
    hits, guess = _year_before(team, visited, day, found), _year_before(team, visited, day, by_item) / THOUSAND
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
