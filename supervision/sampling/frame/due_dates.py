"""Dates by which units must be inspected (应检期限), and the last month in which each can still be drawn.

A unit's time runs from its last inspection that counts; where there was none, from the day before the duty began or the
unit was established, whichever is later. Inspections count that are of the duty's items, of a kind in the rule
shared/check_kind, and could be held. What is drawn or planned and has no result yet counts as held.

The occasions of a duty are this round's month and every later month that the duty names. A unit's last occasion is the
latest whose month ends on or before its date: who is drawn in it is inspected in time, whatever day of the month is
planned. A unit that has none, because its date lies in this month or has passed, is due now, as is one whose last is
this month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.population import Population
from supervision.domain.rounds import RoundId
from supervision.law.coverage_duties import CALENDAR, Duty
from supervision.sampling.frame.past_visits import Past
from supervision.sampling.frame.unit_positions import Rows

Days = npt.NDArray[np.datetime64]
NOT_ASKED = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Dates:
    """What a duty asks of some units (应检期限), arrays (N,).

    `asked`: whom it is about; `last`: the last inspection that counts (NaT = none); `by`: the date, both in days;
    `occasion`: position of the last occasion, 0 = this round, NOT_ASKED where `asked` is not.
    """

    asked: npt.NDArray[np.bool_]
    last: Days
    by: Days
    occasion: Rows


def dates_of(
    duty: Duty, entities: pd.DataFrame, past: Past, *, kinds: Collection[str], could_not: Collection[str], month: date
) -> Dates:
    """Return what a duty asks of units (计算应检期限) in a round whose month begins on `month`.

    `entities`: the columns of the duty's population, and established; `past`: their inspections; `kinds` of inspection
    that count; `could_not`: result codes of inspections that could not be held.
    """
    asked = Population.parse(duty.population).matches(entities)
    last = last_counted(duty, past, len(entities), kinds=kinds, could_not=could_not)
    by = _plus_years(_base(duty, entities["established"], last), duty)
    ends = occasion_ends(duty, month, until=by[asked].max() if asked.any() else np.datetime64(month, "D"))
    occasion = np.maximum(np.searchsorted(ends, by, side="right") - 1, 0)
    return Dates(asked=asked, last=last, by=by, occasion=np.where(asked, occasion, NOT_ASKED).astype(np.int64))


def last_counted(duty: Duty, past: Past, units: int, *, kinds: Collection[str], could_not: Collection[str]) -> Days:
    """Return the day of each unit's last inspection that counts (最近一次计入的检查): (units,), NaT where none."""
    counted = counted_visits(duty, past, kinds=kinds, could_not=could_not)
    found = np.full(units, np.datetime64("NaT", "D"))
    order = np.argsort(past.date[counted], kind="stable")
    found[past.row[counted][order]] = past.date[counted][order].astype("datetime64[D]")
    return found


def counted_visits(
    duty: Duty, past: Past, *, kinds: Collection[str], could_not: Collection[str]
) -> npt.NDArray[np.bool_]:
    """Return which inspections count for a duty (计入覆盖的检查): bool over `past`."""
    held = ~np.isin(past.result, list(could_not))
    found: npt.NDArray[np.bool_] = np.isin(past.item, duty.done_by) & np.isin(past.kind, list(kinds)) & held
    return found


def occasion_months(duty: Duty, month: date, *, until: date) -> list[RoundId]:
    """Return the occasions of a duty (可抽月份): this month and later ones that it names, to that of `until`."""
    found: list[RoundId] = []
    one = RoundId(year=month.year, number=month.month)
    last = (until.year, until.month)
    while (one.year, one.number) <= last or not found:
        if not found or one.number in duty.months:
            found.append(one)
        one = RoundId(year=one.year + one.number // 12, number=one.number % 12 + 1)
    return found


def occasion_ends(duty: Duty, month: date, *, until: np.datetime64) -> Days:
    """Return the last days of a duty's occasions (可抽月份的末日), ascending."""
    months = occasion_months(duty, month, until=until.astype("datetime64[D]").astype(object))
    return np.array([np.datetime64(one.last_day, "D") for one in months])


def _base(duty: Duty, established: pd.Series[Any], last: Days) -> Days:
    """From when each unit's time runs."""
    eve = np.datetime64(duty.begins - timedelta(days=1), "D")
    born = established.to_numpy().astype("datetime64[D]") - np.timedelta64(1, "D")
    started = np.where(np.isnat(born), eve, np.maximum(born, eve))
    found: Days = np.where(np.isnat(last), started, last)
    return found


def _plus_years(base: Days, duty: Duty) -> Days:
    """The date so many years later, 28 February for the 29th; by calendar years, the last day of that year."""
    day = np.timedelta64(1, "D")
    if duty.counted == CALENDAR:
        after: Days = (base.astype("datetime64[Y]") + np.timedelta64(duty.years + 1, "Y")).astype("datetime64[D]")
        ends: Days = np.subtract(after, day)
        return ends
    month = base.astype("datetime64[M]")
    later = month + np.timedelta64(12 * duty.years, "M")
    length = (later + np.timedelta64(1, "M")).astype("datetime64[D]") - later.astype("datetime64[D]")
    found: Days = later.astype("datetime64[D]") + np.minimum(base - month.astype("datetime64[D]"), length - day)
    return found


def earliest_occasions(asked: Mapping[str, Dates], units: int) -> Rows:
    """Return each unit's earliest last occasion over several duties (各要求中最早者): NOT_ASKED where there is none."""
    far = np.iinfo(np.int64).max
    found = np.full(units, far, dtype=np.int64)
    for dates in asked.values():
        found = np.minimum(found, np.where(dates.asked, dates.occasion, far))
    return np.where(found == far, NOT_ASKED, found)


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The city's duties and what counts for them (覆盖要求及计入口径).

    `kinds` of inspection that count, `could_not`: result codes of inspections that could not be held, `departments`:
    duty → departments of its items.
    """

    duties: tuple[Duty, ...] = ()
    kinds: tuple[str, ...] = ()
    could_not: tuple[str, ...] = ()
    departments: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def columns(self) -> set[str]:
        """The columns of units that the duties' populations look at (各项要求用到的列)."""
        return {name for duty in self.duties for name in Population.parse(duty.population).columns}

    def dates(self, entities: pd.DataFrame, past: Past, *, month: date) -> dict[str, Dates]:
        """Return what every duty with a minimum asks of units (各项要求的应检期限), by the duty's name."""
        return {
            duty.name: dates_of(duty, entities, past, kinds=self.kinds, could_not=self.could_not, month=month)
            for duty in self.duties
            if duty.years
        }
