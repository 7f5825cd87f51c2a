"""Recipes (指标算法): how a feature is computed from what was known on a day.

Each recipe is a small value with one method, `values(moment)`, that returns int64 (questions,), −1 where unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.risk.dated_rows import FAR, Bools, Ints, day_numbers
from supervision.risk.findings import percent
from supervision.risk.snapshot import Moment, Rows, numbers

CLEAN, PROBLEM, COULD_NOT = 0, 1, 2


class Recipe(Protocol):
    """Anything that gives a feature's values (指标算法)."""

    def values(self, moment: Moment) -> Ints:
        """Return the values (指标值), int64 (questions,), −1 unknown."""
        ...


def days_in(months: int) -> int:
    """Return the days that a window of months has (月数折合天数): 12 months are 365 days."""
    return months * 365 // 12


def _taken(values: Ints, row: Ints) -> Ints:
    return np.where(row >= 0, values[row], -1) if len(values) else np.full(len(row), -1)


def _log2(amounts: NDArray[np.float64]) -> Ints:
    exponent = np.frexp(np.where(amounts >= 1, amounts, 0.0))[1].astype(np.int64)
    return np.where(np.isnan(amounts), -1, exponent)


def _counted(rows: Rows, chosen: Bools, size: int) -> Ints:
    return np.bincount(rows.question[chosen], minlength=size).astype(np.int64)


@dataclass(frozen=True)
class Age:
    """Whole months since a date of the register (距今月数): days × 12 // 365."""

    column: str

    def values(self, moment: Moment) -> Ints:
        """Return months (月数); −1 without a date or before it."""
        dates, row = moment.known(self.column, lasting=True)
        born = _taken(day_numbers(dates, missing=FAR), row)
        age = (moment.on - born) * 12 // 365
        return np.where((row >= 0) & (age >= 0), age, -1)


@dataclass(frozen=True)
class Coded:
    """A text as a code by a table (文字转代码): `prefix` letters of it, `other` for a text not in the table."""

    column: str
    table: Mapping[str, int]
    prefix: int = 0
    other: int = -1

    def values(self, moment: Moment) -> Ints:
        """Return codes (代码)."""
        texts, row = moment.known(self.column, lasting=True)
        codes, names = pd.factorize(texts)
        cut = [str(name).strip().upper()[: self.prefix or None] for name in names]
        table = np.array([*(self.table.get(name, self.other) for name in cut), -1], dtype=np.int64)
        return _taken(table[codes], row)


@dataclass(frozen=True)
class Flag:
    """A yes or no of the register (是否): 1 or 0."""

    column: str

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0 or −1 (是否)."""
        column, row = moment.known(self.column)
        flags = column.astype("boolean").to_numpy(dtype=np.float64, na_value=-1.0)
        return _taken(flags.astype(np.int64), row)


@dataclass(frozen=True)
class Size:
    """A number of the register as a power of two (数量级): 0 below 1, k for 2^(k−1) ≤ number < 2^k."""

    column: str
    lasting: bool = False

    def values(self, moment: Moment) -> Ints:
        """Return buckets (数量级)."""
        column, row = moment.known(self.column, lasting=self.lasting)
        return _taken(_log2(numbers(column)), row)


@dataclass(frozen=True)
class Expired:
    """Whether a date of the register has passed (是否到期): 1 passed, 0 not yet."""

    column: str

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0 or −1 without a date (是否到期)."""
        dates, row = moment.known(self.column)
        days = day_numbers(dates, missing=FAR)
        end = np.where(row >= 0, days[row], FAR) if len(days) else np.full(len(row), FAR)
        return np.where(end == FAR, -1, (end < moment.on).astype(np.int64))


@dataclass(frozen=True)
class Sharing:
    """How many units say the same in some columns (同值单位数)."""

    columns: tuple[str, ...]

    def values(self, moment: Moment) -> Ints:
        """Return counts with the unit itself (单位数)."""
        return moment.sharing(self.columns)


def _in_force(moment: Moment, rows: Rows, months: int) -> Bools:
    valid: Bools = moment.evidence.until[rows.row] > moment.on[rows.question]
    return valid & (rows.age < days_in(months)) if months else valid


@dataclass(frozen=True)
class Count:
    """Events of a kind in the last months that still have effect (近期记录数)."""

    kind: str
    months: int

    def values(self, moment: Moment) -> Ints:
        """Return counts (次数); −1 while nobody's events of the kind are known."""
        rows = moment.events_of(self.kind)
        count = _counted(rows, _in_force(moment, rows, self.months), len(moment.on))
        return np.where(moment.heard_of(self.kind), count, -1)


@dataclass(frozen=True)
class Worst:
    """The greatest severity of a kind in the last months (最重程度): 0 none, else 1 + severity."""

    kind: str
    months: int

    def values(self, moment: Moment) -> Ints:
        """Return 0, or 1 + severity; an event without severity counts as severity 0 (最重程度)."""
        rows = moment.events_of(self.kind)
        chosen = _in_force(moment, rows, self.months)
        severity = np.nan_to_num(numbers(moment.evidence.events["severity"]), nan=0.0).astype(np.int64)
        worst = np.zeros(len(moment.on), dtype=np.int64)
        np.maximum.at(worst, rows.question[chosen], 1 + severity[rows.row[chosen]])
        return np.where(moment.heard_of(self.kind), worst, -1)


@dataclass(frozen=True)
class Amount:
    """The money of a kind in the last months as a power of two (金额数量级), in yuan."""

    kind: str
    months: int

    def values(self, moment: Moment) -> Ints:
        """Return buckets (金额数量级): 0 none, k for 2^(k−1) ≤ yuan < 2^k."""
        rows = moment.events_of(self.kind)
        chosen = _in_force(moment, rows, self.months)
        fen = np.rint(np.nan_to_num(numbers(moment.evidence.events["amount"]), nan=0.0) * 100)
        total = np.bincount(rows.question[chosen], weights=fen[rows.row[chosen]], minlength=len(moment.on))
        return np.where(moment.heard_of(self.kind), _log2(total / 100), -1)


@dataclass(frozen=True)
class Listed:
    """Whether the unit is on a list now (是否在列): 1 or 0."""

    kind: str

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0, or −1 while nobody's entries are known (是否在列)."""
        rows = moment.events_of(self.kind)
        count = _counted(rows, _in_force(moment, rows, 0), len(moment.on))
        return np.where(moment.heard_of(self.kind), np.minimum(count, 1), -1)


@dataclass(frozen=True)
class Since:
    """Days since the last event of a kind, or a date of the register if that is later (距上次天数)."""

    kind: str
    column: str

    def values(self, moment: Moment) -> Ints:
        """Return days (天数); −1 if it never was (天数)."""
        rows = moment.events_of(self.kind)
        age = np.full(len(moment.on), FAR, dtype=np.int64)
        np.minimum.at(age, rows.question, rows.age)
        dates, row = moment.known(self.column)
        days = day_numbers(dates, missing=FAR)
        said = moment.on - (np.where(row >= 0, days[row], FAR) if len(days) else FAR)
        age = np.minimum(age, np.where(said >= 0, said, FAR))
        return np.where(age == FAR, -1, age)


def _last_age(visits: Rows, chosen: Bools, size: int) -> Ints:
    age = np.full(size, FAR, dtype=np.int64)
    np.minimum.at(age, visits.question[chosen], visits.age[chosen])
    return age


@dataclass(frozen=True)
class Visits:
    """Past inspections with an outcome in the last months (历次检查结果数): −1 for units never visited."""

    outcome: int
    months: int

    def values(self, moment: Moment) -> Ints:
        """Return counts (次数)."""
        visits, size = moment.visits, len(moment.on)
        chosen = (moment.evidence.outcome[visits.row] == self.outcome) & (visits.age < days_in(self.months))
        ever = np.bincount(visits.question, minlength=size) > 0
        return np.where(ever, _counted(visits, chosen, size), -1)


@dataclass(frozen=True)
class LastOutcome:
    """The result of the last inspection that could be held (上次检查结果): 1 problem, 0 clean."""

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0, or −1 if never inspected (上次检查结果); of several that day the worst."""
        visits, size = moment.visits, len(moment.on)
        outcome = moment.evidence.outcome[visits.row]
        held = outcome != COULD_NOT
        last = held & (visits.age == _last_age(visits, held, size)[visits.question])
        result = np.full(size, -1, dtype=np.int64)
        np.maximum.at(result, visits.question[last], outcome[last])
        return result


@dataclass(frozen=True)
class FoundRatio:
    """What visits found, in percent of what such visits usually find (发现问题比): 100 is as usual.

    Of the unit itself, or, with `columns`, of the other units that say the same there. `prior` expected findings, in
    thousandths, are added to both sides: with little known the ratio stays near 100.
    """

    columns: tuple[str, ...]
    prior: int

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比); −1 where nobody was visited in three years, or the unit is not registered."""
        findings = moment.evidence.findings
        if not self.columns:
            found, expected = findings.sums(findings.unit, moment.unit, moment.on)
        else:
            code, visited = moment.evidence.shared(self.columns)
            asked = _taken(code, moment.first)
            found, expected = findings.sums(visited, asked, moment.on)
            many = int(max(findings.unit.max(initial=0), moment.unit.max(initial=0))) + 1
            own = np.where(visited >= 0, visited * many + findings.unit, -1)
            mine = findings.sums(own, np.where(asked >= 0, asked * many + moment.unit, -1), moment.on)
            found, expected = found - mine[0], expected - mine[1]
        return percent(found, expected, prior=self.prior)


@dataclass(frozen=True)
class SinceVisit:
    """Days since the last inspection (距上次检查天数), held or not."""

    def values(self, moment: Moment) -> Ints:
        """Return days (天数); −1 if never visited."""
        visits = moment.visits
        age = _last_age(visits, np.ones(len(visits.row), dtype=np.bool_), len(moment.on))
        return np.where(age == FAR, -1, age)
