"""Indicators of the directory of units (名录指标): capital not paid in, special lists, names that many have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supervision.risk.dated_rows import FAR, Ints, day_numbers
from supervision.risk.snapshot import Moment, numbers

COMMON = 20  # units of a region with one name of a legal representative; a name that more have is a common one


@dataclass(frozen=True)
class Namesakes:
    """Units of the same region whose legal representative has the same name (同名法定代表人单位数).

    A name that more than COMMON of them have is a common one and tells little: it counts for less the more have it.
    """

    columns: tuple[str, ...]

    @property
    def source(self) -> str:
        """The columns that it reads (来源)."""
        return "entities." + ", ".join(self.columns)

    def values(self, moment: Moment) -> Ints:
        """Return counts with the unit itself (单位数)."""
        many = moment.sharing(self.columns)
        return np.where(many > COMMON, np.maximum(1, COMMON * COMMON // np.maximum(many, 1)), many)


@dataclass(frozen=True)
class Unpaid:
    """The share of the registered capital that is not paid in, in percent (未实缴比例)."""

    source: str = "entities.capital, paid_capital"

    def values(self, moment: Moment) -> Ints:
        """Return percentages (百分比), 0 where all is paid; −1 without both sums or with no capital."""
        capital, paid = _sums(moment)
        with np.errstate(invalid="ignore", divide="ignore"):
            open_part = np.floor(100 * (1 - np.minimum(paid, capital) / capital) + 1e-9)
        return np.where((capital > 0) & (paid >= 0), np.nan_to_num(open_part, nan=-1.0), -1).astype(np.int64)


@dataclass(frozen=True)
class Overdue:
    """Whether capital is not paid in full after the last day that the articles give (认缴出资是否逾期): 1 or 0."""

    source: str = "entities.capital_due, capital, paid_capital"

    def values(self, moment: Moment) -> Ints:
        """Return 1, 0, or −1 without a day or without both sums."""
        due = day_numbers(moment.known("capital_due", lasting=True), missing=FAR)
        capital, paid = _sums(moment)
        told = (due < FAR) & (capital >= 0) & (paid >= 0)
        return np.where(told, ((due < moment.on) & (paid < capital)).astype(np.int64), -1)


def _sums(moment: Moment) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Registered and paid-in capital as known that day, NaN where not."""
    return numbers(moment.known("capital")), numbers(moment.known("paid_capital"))


@dataclass(frozen=True)
class Tags:
    """How many special lists a unit stands on (专项库个数)."""

    source: str = "entities.tags"

    def values(self, moment: Moment) -> Ints:
        """Return counts (个数), 0 without any; −1 of units not registered."""
        codes, names = moment.coded("tags")
        table = np.array([*(len(name.split()) for name in names), 0], dtype=np.int64)
        return np.where(moment.first >= 0, table[codes], -1)
