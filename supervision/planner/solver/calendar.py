"""The calendar (联合检查日程): solve(demand) → when each visit is held, why the rest is not, and the proof.

Every district is solved by itself, in parallel where there are processes. Nothing looks at a clock: counts end every
search, so the same demand gives the same calendar on any machine and with any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.plan import CALENDAR, UNHELD, Budget, Plan
from supervision.planner.proof.certificate import certificate
from supervision.planner.reasons import Cause, Impediments, Params
from supervision.planner.solver.district_plan import DistrictPlan, plan_district
from supervision.planner.visits.demand import Demand, Inputs, demand
from supervision.planner.visits.district import District

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
    for district, found in zip(wanted.districts, _solved(wanted.districts, budget), strict=True):
        plans.append(found)
        done += sum(len(unit.duties) for unit in district.units)
        if progress is not None:
            progress(done, wanted.duties)
    unheld, causes = _unheld(given, wanted, plans)
    return Plan(calendar=_calendar(wanted, plans), unheld=unheld, causes=causes, certificate=certificate(wanted, plans))


def _solved(districts: tuple[District, ...], budget: Budget) -> Iterator[DistrictPlan]:
    work = partial(plan_district, budget=budget)
    if budget.processes <= 1 or len(districts) <= 1:
        yield from map(work, districts)
        return
    with ProcessPoolExecutor(max_workers=budget.processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(work, districts)


def _calendar(wanted: Demand, plans: list[DistrictPlan]) -> pd.DataFrame:
    rows: list[tuple[str, str, int, str, int, str, str]] = []
    for district, plan in zip(wanted.districts, plans, strict=True):
        starts: dict[int, set[int]] = {}
        for unit, _, slot in plan.held:
            starts.setdefault(unit, set()).add(slot)
        ordinal = {(u, s): n for u, own in starts.items() for n, s in enumerate(sorted(own), start=1)}
        for unit, part, slot in plan.held:
            name, number = district.units[unit].unit_id, ordinal[unit, slot]
            for place, (half_days, items) in enumerate(_places(district, unit, part, slot), start=1):
                rows.append(
                    (f"{name}~{number}", name, number, district.staffs[part.office].office, place, half_days, items)
                )
    return _frame(sorted(rows, key=lambda r: (r[1], r[2], r[3], r[4])), CALENDAR)


def _places(district: District, unit: int, part: tuple[int, tuple[int, ...]], slot: int) -> Iterator[tuple[str, str]]:
    """Half-days and items of each place of a part, as the way that the slot allows lays them."""
    noun = district.units[unit]
    duty = next(d for d in noun.duties if d.office == part[0])
    asks = [duty.asks[n].item for n in part[1]]
    way = next(w for w in district.ways(duty.office, asks, noun.away) if w.slots >> slot & 1)
    for team in way.teams:
        times = " ".join(district.grid.name(s) for s in range(slot, slot + team.half_days))
        for _ in range(team.people):
            yield times, " ".join(team.items)


def _unheld(given: Inputs, wanted: Demand, plans: list[DistrictPlan]) -> tuple[pd.DataFrame, tuple[Cause, ...]]:
    rows: list[tuple[tuple[str, str, str, str, str], tuple[str, Params]]] = []
    impediments = Impediments(given)
    for lost in wanted.impossible:
        row = (lost.unit_id, lost.region, lost.office, lost.item, " ".join(sorted(lost.tasks)))
        rows.append((row, impediments.why(lost)))
    for district, plan in zip(wanted.districts, plans, strict=True):
        for u, part, why in plan.lost:
            unit = district.units[u]
            duty = next(d for d in unit.duties if d.office == part.office)
            by_tasks: dict[tuple[str, ...], list[str]] = {}
            for ask in (duty.asks[n] for n in part.asks):
                by_tasks.setdefault(ask.tasks, []).append(ask.item.item)
            name = district.staffs[part.office].office
            for tasks, items in by_tasks.items():
                row = (unit.unit_id, district.region, name, " ".join(sorted(items)), " ".join(sorted(tasks)))
                rows.append((row, why))
    units: dict[tuple[str, Params], set[str]] = {}
    for row, why in rows:
        units.setdefault(why, set()).add(row[0])
    order = sorted(units)
    causes = tuple(Cause(code=code, params=params, units=len(units[code, params])) for code, params in order)
    table = [(*row, why[0], order.index(why)) for row, why in rows]
    return _frame(sorted(table, key=lambda r: (r[0], r[2], r[3], r[4])), UNHELD), causes


def _frame(rows: list[tuple[str | int, ...]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns)
    return frame.astype({c: "int64" if c in NUMBERS else "str" for c in columns})
