"""What was known on a day (截至某日已知): sorted keys, so that every question about the past is a look at a few rows.

A row counts on a day if it had happened and was known by then, and no later version of the same row was known yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ints = NDArray[np.signedinteger[Any]]  # 64 bits; 32 of what is kept of a whole city
Bools = NDArray[np.bool_]

FAR = 2**30  # a day that never comes; it fits into 32 bits, as all days and codes that are kept of a whole city
SPAN = 2**18
DENSE = 20  # codes to a question up to which a table of all codes is quicker than sorting the questions
ORIGIN = 2**17  # keys hold the days from 1611 to 2328
DIGIT = 16  # bits of a key that are sorted at once


def day_numbers(dates: pd.Series, *, missing: int) -> Ints:
    """Return dates as days since 1970-01-01 (日序数), int64; `dates` is datetime64, NaT becomes `missing`."""
    days = dates.to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(days), missing, days.astype(np.int64))


def packed(numbers: Ints) -> Ints:
    """Return day numbers or codes in 32 bits (以32位保存); what is beyond FAR counts as it."""
    return np.clip(numbers, -FAR, FAR).astype(np.int32)


def packed_days(dates: pd.Series, *, missing: int = FAR) -> Ints:
    """Return the day numbers of a whole register in 32 bits (以32位保存的日序数), `missing` for NaT."""
    return packed(day_numbers(dates, missing=missing))


def composite(code: Ints, day: Ints) -> Ints:
    """Return one key of a code and a day (复合键): ordered by code, then day; days outside 1611–2328 are clipped."""
    return code.astype(np.int64) * SPAN + np.clip(day + ORIGIN, 0, SPAN - 1)


def in_order(*keys: Ints) -> Ints:
    """Return the order of rows by keys (排序次序), the last key first, as np.lexsort does; keys are (rows,).

    Sixteen bits at a time, which are counted and not compared: a city's visits have millions of words, and days, codes
    and words have few bits.
    """
    order = np.arange(len(keys[0]), dtype=np.int64)
    for key in keys:
        above = key.astype(np.int64) - key.min(initial=0)
        for shift in range(0, int(above.max(initial=0)).bit_length(), DIGIT):
            digit = (above[order] >> shift).astype(np.uint16)
            order = order[np.argsort(digit, kind="stable")]
    return order


def superseded(*, unit: Ints, day: Ints, others: tuple[pd.Series | Ints, ...], known: Ints) -> Ints:
    """Return from which day a newer version of the same row is known (被新版本取代之日), FAR where there is none.

    All are (rows,); `unit` and `day` as codes and `others` of any type are the row's key, `known` its known_on. Few
    rows share unit and day: only of those are the others looked at.
    """
    result = np.full(len(unit), FAR, dtype=np.int32)
    key = composite(unit, day)
    order = np.argsort(key, kind="stable")
    same = key[order][1:] == key[order][:-1]
    if not same.any():
        return result
    twin = np.zeros(len(unit), dtype=np.bool_)
    twin[order[1:][same]] = True
    twin[order[:-1][same]] = True
    rows = np.flatnonzero(twin)
    columns = (*(pd.factorize(other.take(rows))[0] for other in others), key[rows])
    order = np.lexsort((known[rows], *columns))
    same = np.logical_and.reduce([column[order[1:]] == column[order[:-1]] for column in columns])
    ranked = rows[order]
    result[ranked[:-1][same]] = known[ranked[1:][same]]
    return result


def distinct(code: Ints, on: Ints) -> tuple[Ints, Ints]:
    """Return the different pairs of code and day as composite keys, ascending, and each row's place among them (去重).

    As np.unique does; but where all ask about one day, as a whole city does, codes are marked and not sorted.
    """
    most = int(code.max(initial=0))
    if not len(code) or most > DENSE * len(code) or code.min() < -1 or (on != on[0]).any():
        slots, slot = np.unique(composite(code, on), return_inverse=True)
        return slots, slot
    place = np.zeros(most + 2, dtype=np.int64)
    place[code] = 1  # -1 is the last one
    known = np.flatnonzero(place[:-1])
    first = int(place[-1])
    place[known] = np.arange(first, first + len(known))
    place[-1] = 0
    codes = np.concatenate((np.full(first, -1, dtype=np.int64), known))
    return composite(codes, on[0]), place[code]


@dataclass(frozen=True, kw_only=True)
class Dated:
    """Rows of a register, ready for questions (可按日查询的记录).

    `key` int64 (rows,) ascending, of unit and the day from which the row counts; `row` its place in the register;
    `ends` the day from which a newer version replaces it.
    """

    key: Ints
    row: Ints
    ends: Ints

    @classmethod
    def of(cls, *, unit: Ints, counts_from: Ints, ends: Ints) -> Dated:
        """Sort the rows of a register (排序); units below 0 are nobody's and left out."""
        key = composite(unit, counts_from)
        order = np.argsort(key, kind="stable")
        order = order[unit[order] >= 0]
        return cls(key=key[order], row=order.astype(np.int32), ends=ends[order])

    def pairs(self, unit: Ints, on: Ints) -> tuple[Ints, Ints]:
        """Return (question, row): every row that counts for each question (逐问配对).

        `unit` and `on` are (questions,): which unit, on which day. Questions ascend in the answer.
        """
        first, last = self._rows_of(unit)
        many = last - first
        question = np.repeat(np.arange(len(unit), dtype=np.int64), many)
        place = np.arange(len(question), dtype=np.int64) - np.repeat(np.cumsum(many) - many - first, many)
        valid = (self.key[place] <= composite(unit, on)[question]) & (self.ends[place] > on[question])
        return question[valid], self.row[place[valid]]

    def latest(self, unit: Ints, on: Ints) -> Ints:
        """Return for each question the row that counts last (最新一条), −1 where there is none."""
        first, last = self._rows_of(unit)
        asked, place = composite(unit, on), last - 1
        place = np.where(place >= first, place, -1)
        late = np.flatnonzero((place >= 0) & (self.key[place] > asked)) if len(self.key) else first[:0]
        place[late] = np.searchsorted(self.key, asked[late], side="right") - 1
        return self._rows_at(np.where(place >= first, place, -1))

    def earliest(self, unit: Ints) -> Ints:
        """Return for each unit its first row, known or not (最早一条), −1 where there is none."""
        first, last = self._rows_of(unit)
        return self._rows_at(np.where(first < last, first, -1))

    def _rows_at(self, place: Ints) -> Ints:
        if not len(self.row):
            return np.full(len(place), -1, dtype=np.int32)
        return np.where(place >= 0, self.row[place], np.int32(-1))

    def _rows_of(self, unit: Ints) -> tuple[Ints, Ints]:
        """The first row of each unit and the one behind its last; equal where it has none."""
        nobody, place = len(self._starts) - 2, unit - self._least
        known = np.where(place < 0, nobody, np.minimum(place, nobody))
        return self._starts[known], self._starts[known + 1]

    @cached_property
    def _least(self) -> int:
        """The least code: those of a partition of all units begin somewhere, not at 0."""
        return int(self.key[0] // SPAN) if len(self.key) else 0

    @cached_property
    def _starts(self) -> Ints:
        """The first row of each unit from the least code on, and twice the number of rows behind them."""
        many = int(self.key[-1] // SPAN) + 1 - self._least if len(self.key) else 0
        codes = np.arange(self._least, self._least + many + 1, dtype=np.int64)
        starts = np.searchsorted(self.key, codes * SPAN, side="left")
        return np.append(starts, len(self.key)).astype(np.int32)
