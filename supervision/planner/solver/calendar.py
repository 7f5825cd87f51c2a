"""The calendar (联合检查日程): solve(demand) → when each visit is held, why the rest is not, and the proof.

Every district is solved by itself, in parallel where there are processes. Nothing looks at a clock: counts end every
search, so the same demand gives the same calendar on any machine and with any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.plan import CALENDAR, UNHELD, Budget, Plan
from supervision.planner.proof.certificate import certificate
from supervision.planner.reasons import Cause, Impediments, Why
from supervision.planner.solver.district_plan import DistrictPlan, plan_district
from supervision.planner.visits.demand import Demand, Inputs, demand
from supervision.planner.visits.district import District
from supervision.processes import results

NUMBERS = {"ordinal", "place", "cause"}


def solve(given: Inputs, *, budget: Budget, progress: Callable[[int, int], None] | None = None) -> Plan:
    """Return the calendar of a round (求解联合日程).

    `progress(done, all)` is called with numbers of duties after each district. Aims, in this order: duties held,
    whole units, few doors, few team-days, even load.
    """
    wanted = demand(given)
    if wanted.duties == 0 and not any(h >= given.earliest for own in given.half_days.values() for h in own):
        raise SupervisionError("planner.no_day_left", earliest=given.earliest or "-")
    done, plans = 0, []
    solved = results(partial(plan_district, budget=budget), wanted.districts, processes=budget.processes)
    for district, plan in zip(wanted.districts, solved, strict=True):
        plans.append(plan)
        done += sum(len(unit.duties) for unit in district.units)
        if progress is not None:
            progress(done, wanted.duties)
    unheld, causes = _unheld(given, wanted, plans)
    return Plan(
        calendar=_frame(
            [row for pair in zip(wanted.districts, plans, strict=True) for row in _places(*pair)], CALENDAR
        ),
        unheld=unheld,
        causes=causes,
        certificate=certificate([plan.certificate for plan in plans], len(wanted.impossible)),
    )


def _places(district: District, plan: DistrictPlan) -> Iterator[tuple[str | int, ...]]:
    """A row for each place, as the way that the half-day allows lays a part's items."""
    starts: dict[int, set[int]] = {}
    for u, _, slot in plan.held:
        starts.setdefault(u, set()).add(slot)
    for u, part, slot in plan.held:
        unit, number = district.units[u], 1 + sorted(starts[u]).index(slot)
        found = district.ways(unit, unit.duty(part.office), part.asks)
        way = next(way for way in found if way.slots >> slot & 1)
        teams = [team for team in way.teams for _ in range(team.people)]
        for place, team in enumerate(teams, start=1):
            times = " ".join(district.grid.name(s) for s in range(slot, slot + team.half_days))
            visit = (f"{unit.unit_id}~{number}", unit.unit_id, number)
            yield *visit, district.staffs[part.office].office, place, times, " ".join(team.items)


def _unheld(given: Inputs, wanted: Demand, plans: list[DistrictPlan]) -> tuple[pd.DataFrame, tuple[Cause, ...]]:
    """A row for each office and set of tasks, with the number of its cause; and the causes."""
    impediments = Impediments(given)
    rows = [
        ((lost.unit_id, lost.region, lost.office, lost.item, " ".join(sorted(lost.tasks))), impediments.why(lost))
        for lost in wanted.impossible
    ]
    for district, plan in zip(wanted.districts, plans, strict=True):
        for u, part, why in plan.lost:
            unit, by_tasks = district.units[u], dict[tuple[str, ...], list[str]]()
            for ask in (unit.duty(part.office).asks[n] for n in part.asks):
                by_tasks.setdefault(ask.tasks, []).append(ask.item.item)
            of = (unit.unit_id, district.region, district.staffs[part.office].office)
            rows += [((*of, " ".join(sorted(i)), " ".join(sorted(t))), why) for t, i in by_tasks.items()]
    units: dict[Why, set[str]] = {}
    for row, why in rows:
        units.setdefault(why, set()).add(row[0])
    order = sorted(units)
    causes = tuple(Cause(code=code, params=params, units=len(units[code, params])) for code, params in order)
    return _frame([(*row, why[0], order.index(why)) for row, why in rows], UNHELD), causes


def _frame(rows: list[tuple[str | int, ...]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns).astype({c: "int64" if c in NUMBERS else "str" for c in columns})
    keys = [c for c in ("unit_id", "ordinal", "office", "place", "items", "task_ids") if c in columns]
    return frame.sort_values(keys, ignore_index=True)
