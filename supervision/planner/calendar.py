"""The calendar (联合检查日程): solve(demand, roster, half-days, budget) → when each visit is held, and the proof.

Every district is solved by itself: greedy start, then a large neighbourhood search, both functions of the input alone.
Nothing looks at a clock; the budget counts iterations, and every model is solved by one worker with a fixed seed and a
deterministic limit, so the same input gives the same calendar on any machine and with any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pandas as pd

from supervision.planner.certificate import certificate
from supervision.planner.demand import Demand
from supervision.planner.district import District, districts, needs_by_visit
from supervision.planner.district_plan import DistrictPlan, plan_district
from supervision.planner.plan import CALENDAR, UNHELD, Budget, Plan
from supervision.planner.reasons import words


def solve(
    demand: Demand,
    roster: pd.DataFrame,
    half_days_by_region: Mapping[str, list[str]],
    *,
    budget: Budget,
    recusals: pd.DataFrame | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Return the calendar of a round (求解联合日程).

    `roster` as roster.csv, `half_days_by_region` region → half-day texts, `recusals`: inspector_id, unit_id.
    `progress(done, all)` is called with numbers of visits after each district. Aims, in this order: visits held,
    high risk early, even load, few trips per street; the fewest visits are given by the demand.
    """
    problems = districts(demand, roster, half_days_by_region, recusals)
    total, done, solved = len(demand.visits), 0, []
    for problem, found in zip(problems, _solved(problems, budget), strict=True):
        solved.append(found)
        done += len(problem.jobs)
        if progress is not None:
            progress(done, total)
    return Plan(
        calendar=_calendar(demand, problems, solved),
        unheld=_unheld(demand, problems, solved),
        certificate=certificate(demand, problems, solved),
    )


def _solved(problems: list[District], budget: Budget) -> Iterator[DistrictPlan]:
    turns = [-(-budget.iterations * len(problem.jobs) // 1000) for problem in problems]
    arguments = (turns, [budget.freed] * len(problems), [budget.effort] * len(problems))
    if budget.processes <= 1 or len(problems) <= 1:
        yield from map(plan_district, problems, *arguments)
        return
    with ProcessPoolExecutor(max_workers=budget.processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(plan_district, problems, *arguments)


def _calendar(demand: Demand, problems: list[District], solved: list[DistrictPlan]) -> pd.DataFrame:
    needs = needs_by_visit(demand)
    ordinal: dict[str, int] = {}
    rows: list[tuple[str, str, str, int, str, str]] = []
    for problem, found in zip(problems, solved, strict=True):
        held = [(slot, job) for job, slot in zip(problem.jobs, found.slot_of, strict=True) if slot >= 0]
        for slot, job in sorted(held, key=lambda pair: (pair[0], pair[1].visit)):
            ordinal[job.unit] = ordinal.get(job.unit, 0) + 1
            places: dict[str, int] = {}
            for office, people, half_days, items in needs[job.visit]:
                times = " ".join(problem.grid.name(s) for s in range(slot, slot + half_days))
                for _ in range(people):
                    places[office] = places.get(office, 0) + 1
                    rows.append((f"{job.unit}~{ordinal[job.unit]}", job.unit, office, places[office], times, items))
    rows.sort(key=lambda r: (r[0], r[2], r[3]))
    frame = pd.DataFrame(rows, columns=CALENDAR)
    return frame.astype({c: "int64" if c == "place" else "str" for c in CALENDAR})


def _unheld(demand: Demand, problems: list[District], solved: list[DistrictPlan]) -> pd.DataFrame:
    names = {o: f"{name}（{o}）" for o, name in demand.offices[["office", "name"]].itertuples(index=False, name=None)}
    visits = dict(
        zip(demand.visits["visit"], zip(demand.visits["unit_id"], demand.visits["task_ids"], strict=True), strict=True)
    )
    items: dict[tuple[int, str], set[str]] = {}
    for visit, office, listed in demand.needs[["visit", "office", "items"]].itertuples(index=False, name=None):
        items.setdefault((visit, office), set()).update(listed.split())
    rows: list[tuple[str, str, str, str, int, int, str, str, int, str]] = []
    for problem, found in zip(problems, solved, strict=True):
        for number, why in sorted(found.reasons.items()):
            job = problem.jobs[number]
            office = problem.crews[why.office].office
            listed = " ".join(sorted(items[job.visit, office]))
            figures = {
                "office": names[office],
                "needed": why.needed,
                "available": why.available,
                "slots": why.slots,
                "start": problem.grid.days[why.start // 2],
                "end": problem.grid.days[why.end // 2],
                "items": listed,
            }
            unit, tasks = visits[job.visit]
            rows.append(
                (unit, tasks, why.code, office, why.needed, why.available, *words(why.code, figures), job.visit, listed)
            )
    columns = ["unit_id", "task_ids", "items", "reason", "office", "needed", "available", "region", "start", "end"]
    for unit, tasks, listed, code, office, needed, available, region, start, end in demand.impossible[
        columns
    ].itertuples(index=False, name=None):
        figures = {
            "office": names.get(office, office),
            "department": office,
            "needed": needed,
            "available": available,
            "region": region,
            "start": start,
            "end": end,
            "items": listed,
        }
        rows.append((unit, tasks, code, office, needed, available, *words(code, figures), 0, listed))
    rows.sort(key=lambda r: (r[0], r[1], r[8], r[3], r[9]))
    frame = pd.DataFrame(rows, columns=UNHELD)
    return frame.astype({c: "int64" if c in ("needed", "available", "visit") else "str" for c in UNHELD})
