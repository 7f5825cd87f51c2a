"""Whether a yearly plan fulfils the coverage duties (年度计划能否完成覆盖要求): no date passes for want of a batch.

A unit is drawn in a batch of its own accord in the last month before its date, whatever the ratio (`due`), so each
month that is somebody's last needs a batch with the duty's item that is about them. Who is late already is drawn in the
next batch.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.annual.calendar_year import Months
from supervision.domain.rounds import RoundId
from supervision.law.coverage_duties import Duty
from supervision.messages import Message
from supervision.month.annual_inputs import YearlyInputs
from supervision.month.coverage_rows import asked_of, columns_of, in_force
from supervision.month.frames import coverage_in
from supervision.month.other_rounds import VISITS, drawn_rounds, pledged
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.limits import item_maxima, percent
from supervision.sampling.frame.unit_positions import rows_of

YEAR = "year"


def uncovered(inputs: YearlyInputs, months: Months) -> list[Message]:
    """Return the duties that the months chosen leave unfulfilled within the year (年内达不到的覆盖要求).

    `months`: of each plan. Known inspections count, those that are drawn or planned as held.
    """
    coverage = coverage_in(inputs.law, inputs.items, inputs.city.code_lists)
    asking = [duty for duty in coverage.duties if duty.years]
    if not asking:
        return []
    asked = _asked(inputs, coverage)
    found: list[Message] = []
    for duty in asking:
        own = asked[asked["duty"] == duty.name].reset_index(drop=True)
        found += _without_batch(inputs, duty, own, months)
        found += _beyond_limit(inputs, duty, own)
    return found


def _asked(inputs: YearlyInputs, coverage: Coverage) -> pd.DataFrame:
    """Whom the duties ask for within the open months: as `asked_of`, with `row` in the inputs' units."""
    first = RoundId(year=inputs.year, number=inputs.months[0]).first_day
    city, duties = inputs.city, [duty for duty in coverage.duties if duty.years]
    entities = city.register("entities", on=inputs.scored.evidence_day, columns=columns_of(coverage))
    entities = in_force(entities, duties, lists=city.code_lists, law=inputs.law)
    history = city.register("history", on=inputs.today, columns=VISITS)
    visits = pledged(drawn_rounds(city, rehearsal=False), history, known_on=inputs.today)
    asked = asked_of(entities, visits, coverage, month=first)
    asked = asked[asked["month"].str[:4] == f"{inputs.year:04}"].reset_index(drop=True)
    return asked.assign(row=rows_of(inputs.entities["unit_id"], asked["unit_id"]))


def _without_batch(inputs: YearlyInputs, duty: Duty, own: pd.DataFrame, months: Months) -> Iterator[Message]:
    """The duty's units of whose last month no batch is about."""
    first = f"{RoundId(year=inputs.year, number=inputs.months[0]).first_day}"
    last = own["month"].str[5:].astype("int64").to_numpy()
    late = (own["by"] < first).to_numpy(dtype=bool)
    reached = np.zeros(len(own), dtype=np.bool_)
    for g in _doing(inputs, duty):
        there = _about(inputs, g, own)
        reached |= there & (np.isin(last, months[g]) | late)
    missed = own[~reached]
    if missed.empty:
        return
    counts = missed["month"].value_counts().sort_index()
    told = [Message.of("month.coverage_due_month", month=str(month), units=int(n)) for month, n in counts.items()]
    named = {"duty": duty.name, "rule": duty.rule, "items": " ".join(duty.items), "months": tuple(told)}
    yield Message.of("month.plan_uncovered", **named, units=len(missed), unit=missed["unit_id"].iloc[0])


def _beyond_limit(inputs: YearlyInputs, duty: Duty, own: pd.DataFrame) -> Iterator[Message]:
    """The duty's plans of which more falls due in the year than an item's ratio for the year allows."""
    for g in _doing(inputs, duty):
        plan, due = inputs.plans[g], int(_about(inputs, g, own).sum())
        for item in (inputs.items[name] for name in plan.items if name in duty.items and name in inputs.items):
            for share, source, period in item_maxima(item, inputs.law):
                most = math.floor(share * inputs.demand.population(g))
                if period == YEAR and due > most:
                    named: dict[str, Any] = {"duty": duty.name, "rule": duty.rule, "plan": plan.plan_id, "units": due}
                    told = {"item": item.item_id, "most": most, "limit": percent(share), "source": source}
                    yield Message.of("month.plan_coverage_limit", **named, **told)
                    break


def _doing(inputs: YearlyInputs, duty: Duty) -> list[int]:
    return [g for g, plan in enumerate(inputs.plans) if duty.asks_of(plan.items)]


def _about(inputs: YearlyInputs, g: int, own: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Which of the duty's units a plan is about."""
    rows = own["row"].to_numpy()
    found: npt.NDArray[np.bool_] = np.where(rows < 0, False, inputs.members[rows, g])
    return found
