"""Grounds (依据记录): which rows of the registers stand behind an indicator's value, and how long they may.

An indicator rests on the unit's own events, on its own inspections, on what is registered of it, or on other units
(counts and rates of a district, an address, a name). The last have no rows of the unit's own to show.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.risk import transforms as r
from supervision.risk.dated_rows import FAR, Ints, day_numbers
from supervision.risk.findings import BACK
from supervision.risk.licence_recipes import Lacking, Lapsed, NearEnd
from supervision.risk.past_rate import PastRate
from supervision.risk.record_use import RULE
from supervision.risk.register_recipes import Overdue, Tags, Unpaid
from supervision.risk.snapshot import Moment, Rows
from supervision.risk.visit_rates import OwnRatio, ProblemRate, Repeats

EVENTS, HISTORY, ENTITIES, OTHERS, LICENCES = range(5)
REGISTERS = ("events", "history", "entities", "others", "licences")


@dataclass(frozen=True, kw_only=True)
class Behind:
    """The rows behind an indicator (指标依据): place in `REGISTERS`, rows paired with the questions, days they count.

    `rows` is None for what is registered of the unit and for other units; `days` 0 means without end. `registered`:
    for which questions the value, where there is no such row, comes from the register of units.
    """

    register: int
    rows: Rows | None = None
    days: int = 0
    registered: NDArray[np.bool_] | None = None


def behind(recipe: r.Recipe, moment: Moment) -> Behind:
    """Return the rows that a recipe counts (指标所用记录); a recipe that counts no rows of its own rests on others."""
    if isinstance(recipe, r.Count | r.Decayed | r.Worst | r.Amount | r.Listed):
        months = 0 if isinstance(recipe, r.Listed) else recipe.months
        rows = _events_of(recipe, moment)
        valid = moment.evidence.until[rows.row] > moment.on[rows.question]
        days = r.days_in(months)
        return Behind(register=EVENTS, rows=_some(rows, valid & (rows.age < days) if months else valid), days=days)
    if isinstance(recipe, r.Since):
        rows = moment.events_of(recipe.kind)
        values = recipe.values(moment)
        return Behind(register=EVENTS, rows=_some(rows, rows.age == values[rows.question]), registered=values >= 0)
    if isinstance(recipe, r.Visits | r.LastOutcome | ProblemRate | Repeats | PastRate):
        visits = moment.visits
        outcome = moment.evidence.outcome[visits.row]
        if isinstance(recipe, r.Visits):
            days = r.days_in(recipe.months)
            return Behind(register=HISTORY, rows=_some(visits, (outcome == recipe.outcome) & (visits.age < days)),
                          days=days)  # fmt: skip
        if isinstance(recipe, ProblemRate | Repeats):
            days = r.days_in(recipe.months)
            return Behind(register=HISTORY, rows=_some(visits, (outcome != r.COULD_NOT) & (visits.age < days)),
                          days=days)  # fmt: skip
        if isinstance(recipe, PastRate):
            return Behind(register=HISTORY, rows=_some(visits, outcome != r.COULD_NOT))
        held = _some(visits, outcome != r.COULD_NOT)
        newest = np.full(len(moment.on), FAR, dtype=np.int64)
        np.minimum.at(newest, held.question, held.age)
        return Behind(register=HISTORY, rows=_some(held, held.age == newest[held.question]))
    if isinstance(recipe, OwnRatio):
        visits = moment.visits
        known = np.isin(visits.row, moment.evidence.compared) & (visits.age < BACK)
        return Behind(register=HISTORY, rows=_some(visits, known), days=BACK)
    if isinstance(recipe, r.Age | r.Coded | r.Flag | r.Size | r.Expired | Unpaid | Overdue | Tags):
        return Behind(register=ENTITIES)
    if isinstance(recipe, Lapsed | NearEnd | Lacking):
        return Behind(register=LICENCES)
    return Behind(register=OTHERS)


def _events_of(recipe: r.Count | r.Decayed | r.Worst | r.Amount | r.Listed, moment: Moment) -> Rows:
    kinds = recipe.kinds if isinstance(recipe, r.Count) else (recipe.kind,)
    codes = [moment.evidence.kinds[kind] for kind in kinds if kind in moment.evidence.kinds]
    return _some(moment.events, np.isin(moment.evidence.kind[moment.events.row], codes))


def _some(rows: Rows, chosen: NDArray[np.bool_]) -> Rows:
    return Rows(question=rows.question[chosen], row=rows.row[chosen], age=rows.age[chosen])


def newest(rows: Rows, size: int) -> Ints:
    """Return the newest row of each question (最近一条), −1 where there is none; of one day the register's last."""
    found = np.full(size, -1, dtype=np.int64)
    order = np.lexsort((rows.row, -rows.age, rows.question))
    found[rows.question[order]] = rows.row[order]
    return found


def ground_table(moment: Moment, recipes: Sequence[r.Recipe], chosen: NDArray[np.int8]) -> pd.DataFrame:
    """Return the newest record behind each reason of every unit (各理由的依据).

    `recipes` of the card's features in its order, `chosen` int8 (units, reasons): which of them, −1 none. For reason k:
    register_k (str, see `REGISTERS`), date_k (its day; of what is registered the day it became known), source_k (the
    event's source, the inspection's agency), until_k (the last day on which the record may be used is the one before;
    missing: no term) and rule_k, the rule that says so.
    """
    register = np.full(chosen.shape, -1, dtype=np.int8)
    rows = np.full(chosen.shape, -1, dtype=np.int64)
    for place, recipe in enumerate(recipes):
        mask = chosen == place
        if not mask.any():
            continue
        found = behind(recipe, moment)
        own = moment.first if found.rows is None else newest(found.rows, len(moment.on))
        which = np.full(len(own), found.register, dtype=np.int8)
        if found.registered is not None:
            said = (own < 0) & found.registered
            which, own = np.where(said, ENTITIES, which).astype(np.int8), np.where(said, moment.first, own)
        register[mask] = np.broadcast_to(which[:, None], chosen.shape)[mask]
        rows[mask] = np.broadcast_to(own[:, None], chosen.shape)[mask]
    return _table(moment, register, rows)


def _table(moment: Moment, register: NDArray[np.int8], rows: Ints) -> pd.DataFrame:
    evidence = moment.evidence
    columns: dict[str, Any] = {}
    dates = (evidence.happened, evidence.visited, day_numbers(evidence.entities["known_on"], missing=FAR))
    sources = (evidence.events["source"], evidence.history["agency"])
    texts = pd.concat([column.astype("str") for column in sources], ignore_index=True)
    for k in range(register.shape[1]):
        day, until = np.full(len(rows), FAR), np.full(len(rows), FAR)
        source = np.full(len(rows), -1, dtype=np.int64)
        for number, offset in ((EVENTS, 0), (HISTORY, len(sources[0])), (ENTITIES, -1)):
            mask = (register[:, k] == number) & (rows[:, k] >= 0)
            day[mask] = dates[number][rows[mask, k]]
            if offset >= 0:
                source[mask] = rows[mask, k] + offset
        mask = (register[:, k] == EVENTS) & (rows[:, k] >= 0)
        until[mask] = evidence.until[rows[mask, k]]
        names = pd.array([*REGISTERS, None], dtype="str")
        columns |= {
            f"register_{k + 1}": names.take(register[:, k].astype(np.int64), allow_fill=True),
            f"date_{k + 1}": _days(day),
            f"source_{k + 1}": texts.array.take(source, allow_fill=True),
            f"until_{k + 1}": _days(until),
            f"rule_{k + 1}": pd.array([RULE, None], dtype="str").take(np.where(until < FAR, 0, 1)),
        }
    return pd.DataFrame(columns)


def _days(numbers: Ints) -> NDArray[np.datetime64]:
    known = np.where(numbers == FAR, 0, numbers).astype("datetime64[D]").astype("datetime64[s]")
    return np.where(numbers == FAR, np.datetime64("NaT", "s"), known)
