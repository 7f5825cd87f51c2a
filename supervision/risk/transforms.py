"""Recipes (指标算法): how a feature is computed from what was known on a day.

Each recipe is a small value with one method, `values(moment)`, that returns int64 (questions,), −1 where unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import FAR, Bools, Ints, day_numbers
from supervision.risk.snapshot import Moment, Rows, numbers

CLEAN, PROBLEM, COULD_NOT = 0, 1, 2
MOST = 2.0**900  # greater amounts count as this one: sums stay finite


class Recipe(Protocol):
    """Anything that gives a feature's values (指标算法); some look back so many `months`, or have a `half_life`."""

    @property
    def source(self) -> str:
        """The registers and columns that it reads (来源)."""
        ...

    def values(self, moment: Moment) -> Ints:
        """Return the values (指标值), int64 (questions,), −1 unknown."""
        ...


def days_in(months: int) -> int:
    """Return the days that a window of months has (月数折合天数): 12 months are 365 days."""
    return months * 365 // 12


def _log2(amounts: NDArray[np.float64]) -> Ints:
    finite = np.minimum(amounts, MOST)
    exponent = np.frexp(np.where(finite >= 1, finite, 0.0))[1].astype(np.int64)
    return np.where(np.isnan(amounts), -1, exponent)


def counted(rows: Rows, chosen: Bools, size: int) -> Ints:
    """Return how many chosen rows each question has (各问记录数)."""
    return np.bincount(rows.question[chosen], minlength=size).astype(np.int64)


@dataclass(frozen=True)
class Age:
    """Whole months since a date of the register (距今月数): days × 12 // 365."""

    column: str

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return months (月数); −1 without a date or before it."""
        born = day_numbers(moment.known(self.column, lasting=True), missing=FAR)
        age = (moment.on - born) * 12 // 365
        return np.where(age >= 0, age, -1)


@dataclass(frozen=True)
class Coded:
    """A text as a code by a table (文字转代码): `prefix` letters of it, `other` for a text not in the table."""

    column: str
    table: Mapping[str, int]
    prefix: int = 0
    other: int = -1

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return codes (代码)."""
        codes, names = moment.coded(self.column)
        cut = [name.strip().upper()[: self.prefix or None] for name in names]
        table = np.array([*(self.table.get(name, self.other) for name in cut), -1], dtype=np.int64)
        return table[codes]


@dataclass(frozen=True)
class Flag:
    """A yes or no of the register (是否): 1 or 0."""

    column: str

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0 or −1 (是否)."""
        flags = moment.known(self.column).astype("boolean").to_numpy(dtype=np.float64, na_value=-1.0)
        return flags.astype(np.int64)


@dataclass(frozen=True)
class Size:
    """A number of the register as a power of two (数量级): 0 below 1, k for 2^(k−1) ≤ number < 2^k."""

    column: str
    lasting: bool = False

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return buckets (数量级)."""
        return _log2(numbers(moment.known(self.column, lasting=self.lasting)))


@dataclass(frozen=True)
class Expired:
    """Whether a date of the register has passed (是否到期): 1 passed, 0 not yet."""

    column: str

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0 or −1 without a date (是否到期)."""
        end = day_numbers(moment.known(self.column), missing=FAR)
        return np.where(end == FAR, -1, (end < moment.on).astype(np.int64))


@dataclass(frozen=True)
class Sharing:
    """How many units say the same in some columns (同值单位数)."""

    columns: tuple[str, ...]

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return "entities." + ", ".join(self.columns)

    def values(self, moment: Moment) -> Ints:
        """Return counts with the unit itself (单位数)."""
        return moment.sharing(self.columns)


def _in_force(moment: Moment, rows: Rows, months: int) -> Bools:
    valid: Bools = moment.evidence.until[rows.row] > moment.on[rows.question]
    return valid & (rows.age < days_in(months)) if months else valid


@dataclass(frozen=True)
class Count:
    """Events of some kinds in the last months that still have effect (近期记录数)."""

    kinds: tuple[str, ...]
    months: int

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return "events: " + ", ".join(self.kinds)

    def values(self, moment: Moment) -> Ints:
        """Return counts (次数); −1 while nobody's events of any of the kinds are known."""
        count, heard = np.zeros(len(moment.on), dtype=np.int64), np.zeros(len(moment.on), dtype=np.bool_)
        for kind in self.kinds:
            rows = moment.events_of(kind)
            count += counted(rows, _in_force(moment, rows, self.months), len(moment.on))
            heard |= moment.heard_of(kind)
        return np.where(heard, count, -1)


@dataclass(frozen=True)
class Decayed:
    """Events of a kind in the last months, each for less the older it is (按时间衰减的记录数): a new one is 100.

    After `half_life` months it is 50, by whole months.
    """

    kind: str
    months: int
    half_life: int

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"events: {self.kind}"

    def values(self, moment: Moment) -> Ints:
        """Return hundredths of an event (百分之一次); −1 while nobody's events of the kind are known."""
        weights = np.rint(100 * np.exp2(-np.arange(self.months + 1) / self.half_life)).astype(np.int64)
        rows = moment.events_of(self.kind)
        chosen = _in_force(moment, rows, self.months)
        total = np.zeros(len(moment.on), dtype=np.int64)
        np.add.at(total, rows.question[chosen], weights[rows.age[chosen] * 12 // 365])
        return np.where(moment.heard_of(self.kind), total, -1)


@dataclass(frozen=True)
class Worst:
    """The greatest severity of a kind in the last months (最重程度): 0 none, else 1 + severity."""

    kind: str
    months: int

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"events: {self.kind}"

    def values(self, moment: Moment) -> Ints:
        """Return 0, or 1 + severity; an event without severity counts as severity 0 (最重程度)."""
        rows = moment.events_of(self.kind)
        chosen = _in_force(moment, rows, self.months)
        said = moment.evidence.events["severity"].take(rows.row[chosen])
        worst = np.zeros(len(moment.on), dtype=np.int64)
        np.maximum.at(worst, rows.question[chosen], 1 + np.nan_to_num(numbers(said), nan=0.0).astype(np.int64))
        return np.where(moment.heard_of(self.kind), worst, -1)


@dataclass(frozen=True)
class Amount:
    """The money of a kind in the last months as a power of two (金额数量级), in yuan."""

    kind: str
    months: int

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"events: {self.kind}"

    def values(self, moment: Moment) -> Ints:
        """Return buckets (金额数量级): 0 none, k for 2^(k−1) ≤ yuan < 2^k."""
        rows = moment.events_of(self.kind)
        chosen = _in_force(moment, rows, self.months)
        said = numbers(moment.evidence.events["amount"].take(rows.row[chosen]))
        fen = np.rint(np.minimum(np.nan_to_num(said, nan=0.0), MOST) * 100)
        total = np.bincount(rows.question[chosen], weights=fen, minlength=len(moment.on))
        return np.where(moment.heard_of(self.kind), _log2(total / 100), -1)


@dataclass(frozen=True)
class Listed:
    """Whether the unit is on a list now (是否在列): 1 or 0."""

    kind: str

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"events: {self.kind}"

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0, or −1 while nobody's entries are known (是否在列)."""
        rows = moment.events_of(self.kind)
        count = counted(rows, _in_force(moment, rows, 0), len(moment.on))
        return np.where(moment.heard_of(self.kind), np.minimum(count, 1), -1)


@dataclass(frozen=True)
class Since:
    """Days since the last event of a kind, or a date of the register if that is later (距上次天数)."""

    kind: str
    column: str

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return f"events: {self.kind}; entities.{self.column}"

    def values(self, moment: Moment) -> Ints:
        """Return days (天数); −1 if it never was (天数)."""
        rows = moment.events_of(self.kind)
        age = np.full(len(moment.on), FAR, dtype=np.int64)
        np.minimum.at(age, rows.question, rows.age)
        said = moment.on - day_numbers(moment.known(self.column), missing=FAR)
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

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return "history"

    def values(self, moment: Moment) -> Ints:
        """Return counts (次数)."""
        visits, size = moment.visits, len(moment.on)
        chosen = (moment.evidence.outcome[visits.row] == self.outcome) & (visits.age < days_in(self.months))
        ever = np.bincount(visits.question, minlength=size) > 0
        return np.where(ever, counted(visits, chosen, size), -1)


@dataclass(frozen=True)
class LastOutcome:
    """The result of the last inspection that could be held (上次检查结果): 1 problem, 0 clean."""

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return "history"

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
class SinceVisit:
    """Days since the last inspection (距上次检查天数), held or not."""

    @property
    def source(self) -> str:
        """The register that it reads (来源)."""
        return "history"

    def values(self, moment: Moment) -> Ints:
        """Return days (天数); −1 if never visited."""
        visits = moment.visits
        age = _last_age(visits, np.ones(len(visits.row), dtype=np.bool_), len(moment.on))
        return np.where(age == FAR, -1, age)
