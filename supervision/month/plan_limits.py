"""Whether yearly plans can be reached (年度计划能否达到): items' limits and frequencies, caps of visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from supervision.annual.demand import chances_of
from supervision.domain.plans import DepartmentPlan
from supervision.domain.ratio import BATCH
from supervision.messages import Message
from supervision.month.annual_inputs import YearlyInputs
from supervision.sampling.frame.caps import Cap, caps_in_force, standing_caps
from supervision.sampling.frame.limits import item_maxima, percent, visits_a_year
from supervision.sampling.frame.past_visits import ALL
from supervision.tables import valid_between

Months = tuple[tuple[int, ...], ...]
SLACK = 1e-9  # of figures that are sums of floats


def limit_problems(inputs: YearlyInputs) -> list[Message]:
    """Return plans whose ratio goes beyond a limit or frequency of an item (超出事项限制的计划)."""
    found = []
    demand = inputs.demand
    for g, plan in enumerate(inputs.plans):
        counts = np.bincount(demand.risk_class, weights=demand.units * demand.members(g), minlength=len(demand.classes))
        units = int(counts.sum())
        chances = chances_of(plan, units, demand.classes, inputs.class_ratio)
        if not units:
            continue
        batch = sum((chance * int(many) for chance, many in zip(chances, counts, strict=True)), Fraction(0)) / units
        for item in (inputs.items[name] for name in plan.items if name in inputs.items):
            named = {"plan": plan.plan_id, "item": item.item_id}
            for share, source, period in item_maxima(item, inputs.law):
                wanted = batch if period == BATCH else batch * plan.batches
                if wanted > share:
                    told = {"ratio": percent(wanted), "limit": percent(share), "source": source}
                    found.append(Message.of("month.plan_above_limit", **named, **told, batches=plan.batches))
                    break
            many = visits_a_year(item)
            most = max(chance for chance, there in zip(chances, counts, strict=True) if there) * plan.batches
            if many is not None and most > many:
                found.append(Message.of("month.plan_above_frequency", **named, visits=_plain(most), most=many))
    return found


def cap_problems(inputs: YearlyInputs, months: Months | None = None) -> list[Message]:
    """Return where plans ask for more visits to a unit than a yearly cap allows (超出频次上限的计划).

    Without months: what a plan asks for by itself, which no choice of months can heal. With them: what all plans of a
    department, and of all departments, ask for, a visit of several plans in one month counted once.
    """
    found, told_before = [], set()
    for cap, units in _caps(inputs):
        own = [g for g, plan in enumerate(inputs.plans) if cap.agency in (ALL, plan.department) and _counts(cap, plan)]
        own = [g for g in own if any(inputs.items[i].comes_on_site for i in inputs.plans[g].items)]
        if not units.any() or not own:
            continue
        for plans, visits in _asked(inputs, own, months):
            over = units & (visits[inputs.demand.cell] > cap.per_year + SLACK)  # type: ignore[operator]  # not None
            if over.any():
                row = int(np.flatnonzero(over)[0])
                there = [inputs.plans[g].plan_id for g in plans if inputs.demand.chance[inputs.demand.cell[row], g]]
                told = {"plans": "、".join(there), "rule": cap.rule, "agency": cap.agency, "most": cap.per_year}
                figures = {"units": int(over.sum()), "visits": _plain(visits[inputs.demand.cell][over].max())}
                code = "month.plans_above_cap" if months else "month.plan_above_cap"
                same = (cap.agency, cap.per_year, *there, *figures.values())  # a cap of the register and one of the law
                if same not in told_before:
                    found.append(Message.of(code, **told, **figures, unit=inputs.entities["unit_id"].iloc[row]))
                told_before.add(same)
    return found


def _caps(inputs: YearlyInputs) -> Iterator[tuple[Cap, npt.NDArray[np.bool_]]]:
    """The yearly caps in force in the year, with the units for which they stand."""
    register = inputs.city.register("caps", on=inputs.today)
    live = valid_between(register, date(inputs.year, 1, 1), date(inputs.year, 12, 31))
    departments = {plan.department for plan in inputs.plans}
    for cap, units in standing_caps(caps_in_force(live, departments, law=inputs.law), inputs.entities, inputs.classes):
        if cap.per_year is not None:
            yield cap, units


def _counts(cap: Cap, plan: DepartmentPlan) -> bool:
    return plan.kind in cap.kinds and (not cap.levels or plan.level in (*cap.levels, ""))


def _asked(
    inputs: YearlyInputs, own: list[int], months: Months | None
) -> Iterator[tuple[list[int], npt.NDArray[np.float64]]]:
    """Plans, and the visits that they ask of a unit of each cell: float64 (cells,)."""
    chance = inputs.demand.chance
    if months is None:
        for g in own:
            yield [g], chance[:, g] * inputs.plans[g].batches
        return
    total = np.zeros(len(chance))
    for month in inputs.months:
        held = [g for g in own if month in months[g]]
        total += chance[:, held].max(axis=1, initial=0.0)
    yield own, total


def _plain(value: object) -> str:
    return f"{float(value):.2f}".rstrip("0").rstrip(".")  # type: ignore[arg-type]  # a Fraction or a float
