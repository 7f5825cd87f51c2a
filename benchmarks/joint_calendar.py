"""The calendar of a synthetic month beside plain greedy and one CP-SAT model.

    python benchmarks/joint_calendar.py [--visits 5000 10000] [--iterations 250] [--processes 2]

18 departments × 10 districts = 180 offices, 2,500 inspectors, one month of 22 working days; tasks of a month, its first
three and its last three weeks. A quarter of the offices have specialists, one inspector in eight is limited to a
half-day a day, one in ten is on leave for three days.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from supervision.planner.calendar import solve
from supervision.planner.check import check
from supervision.planner.demand import demand
from supervision.planner.district import District, districts
from supervision.planner.district_plan import plan_district
from supervision.planner.ledger import Ledger
from supervision.planner.model import Aim, place
from supervision.planner.objective import score
from supervision.planner.plan import Budget, Plan
from supervision.domain.items import Item, Task
from supervision.domain.people import Office

REGIONS = ["320505", "320506", "320507", "320508", "320509", "320571", "320581", "320582", "320583", "320585"]
DEPARTMENTS = ["market", "fire", "emergency", "ecology", "housing", "transport", "water", "commerce", "culture",
               "health", "medicare", "labour", "civil", "agriculture", "customs", "education", "urban", "police"]
CLASSES = "A" * 13 + "B" * 5 + "C" + "D"


class Rule:
    """The two rules the planner asks for."""

    def value(self, path: str) -> object:
        """Return a rule's value."""
        return {"shared/minimum_inspectors": 2, "shared/daily_limit": {"half_days": 2}}[path]


def chance(*key: object) -> int:
    """Return a number from a key, the same everywhere."""
    return int.from_bytes(hashlib.blake2b("|".join(map(str, key)).encode(), digest_size=6).digest(), "big")


def working_half_days() -> list[str]:
    days = [date(2026, 12, 1) + timedelta(days=n) for n in range(31)]
    return [f"{d}T{h}" for d in days if d.weekday() < 5 for h in (1, 2)][:44]


def city(visits: int, inspectors: int = 2500) -> dict[str, object]:
    """Return the arguments of `demand` for a synthetic month."""
    offices = {
        f"{d}-{r}": Office(office_id=f"{d}-{r}", department=d, region=r, name=f"{d} {r}")
        for d in DEPARTMENTS for r in REGIONS
    }
    items = {
        f"{d}{k}": Item(item_id=f"{d}{k}", name=f"{d}{k}", department=d, kind="general", basis="", ratio="3%",
                        half_days=2 if (n + k) % 7 == 0 else 1, inspectors=3 if (n + k) % 11 == 0 else 2)
        for n, d in enumerate(DEPARTMENTS) for k in (1, 2)
    }
    tasks = dict(_tasks(items))
    popular = [d for n, d in enumerate(DEPARTMENTS) for _ in range(12 - n // 2)]
    drawn, units = [], []
    for n in range(visits):
        unit, region = f"U{n:06d}", REGIONS[chance("region", n) % 10]
        street = f"{region}-{chance('street', n) % 15}"
        grade = CLASSES[chance("class", n) % 20]
        units.append((unit, region, street, grade, chance("score", n) % 1000))
        count = (2, 2, 2, 3, 3)[chance("count", n) % 5]
        for k in range(count):
            department = popular[chance("department", n, k) % len(popular)]
            drawn.append((f"{department}.{1 + chance('task', n, k) % 3}", unit))
    return {
        "drawn": pd.DataFrame(drawn, columns=["task_id", "unit_id"]).drop_duplicates().astype("str"),
        "tasks": tasks, "items": items, "offices": offices,
        "units": pd.DataFrame(units, columns=["unit_id", "region", "street", "class", "score"]),
        "roster": roster(offices, inspectors, [d for d in popular for _ in range(items[f"{d}1"].half_days)]),
        "half_days_by_region": {r: working_half_days() for r in REGIONS},
    }


def _tasks(items: dict[str, Item]) -> Iterator[tuple[str, Task]]:
    windows = {1: (1, 31), 2: (1, 22), 3: (8, 31)}
    for department in DEPARTMENTS:
        for k, (start, end) in windows.items():
            own = tuple(i for i in items if items[i].department == department)
            yield f"{department}.{k}", Task(
                task_id=f"{department}.{k}", number="", name="", round="2026-12", items=own[:1] if k < 3 else own,
                lead=department, partners=(), start=date(2026, 12, start), end=date(2026, 12, end), population="*",
                regime="random", ratio="3%", by_region=False, reserve="", group="joint", access="sealed",
                disclosure="after_visit")


def roster(offices: dict[str, Office], inspectors: int, popular: list[str]) -> pd.DataFrame:
    rows = []
    for n in range(inspectors):
        department = popular[n // 10 * len(popular) // (inspectors // 10)]
        office = f"{department}-{REGIONS[n % 10]}"
        special = chance("special", office) % 4 == 0 and chance("scope", n) % 4 == 0
        scopes = f"{department}1" if special else f"{department}1 {department}2"
        first = 1 + chance("leave", n) % 28
        absent = [f"2026-12-{d:02d}T{h}" for d in range(first, first + 3) for h in (1, 2)] if n % 10 == 0 else []
        rows.append((f"I{n:05d}", office, "2026-12-01", "2026-12-31", scopes, "1" if n % 8 == 0 else "2",
                     " ".join(absent)))
    columns = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]
    return pd.DataFrame(rows, columns=columns).astype("str")


def cpu() -> float:
    """Return the processor seconds of this process and its finished children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def line(name: str, seconds: float, work: float, plan: Plan) -> None:
    total = plan.certificate["total"]
    assert isinstance(total, dict)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{name:26s} {seconds:6.1f} s ({work:6.1f} s cpu) {memory:4d}+{children:4d} MB  held {total['held']:6d}  "
          f"not held {total['not_held']:4d} (≥ {total['proven_as_divided']:3d} proven, however divided into visits ≥ "
          f"{total['proven_not_held']:3d})  delay {total['delay']:7d} "
          f"(≥ {total['proven_delay']:7d})  uneven {total['uneven']:6d}  trips {total['trips']:6d}")


def run(visits: int, iterations: int, processes: int) -> None:
    world = city(visits)
    began = time.perf_counter()
    wanted = demand(**world, law=Rule())  # type: ignore[arg-type]
    people = int(wanted.needs["people"].sum())
    problems = districts(wanted, world["roster"], world["half_days_by_region"])  # type: ignore[arg-type]
    loads = [(n, c.half_days) for p in problems for n, c in zip(p.needed, p.crews, strict=True)]
    load = (sum(n for n, _ in loads) / sum(h for _, h in loads), max(n / h for n, h in loads))
    print(f"\n{visits} units, {len(wanted.visits)} visits, {people / max(1, len(wanted.visits)):.1f} inspectors "
          f"a visit; load {load[0]:.0%}, worst office {load[1]:.0%}; demand {time.perf_counter() - began:.1f} s")
    table, half_days = world["roster"], world["half_days_by_region"]
    for name, budget in (
        ("plain greedy", Budget(iterations=0)),
        (f"search {iterations}, {processes} processes", Budget(iterations=iterations, processes=processes)),
    ):
        began, worked = time.perf_counter(), cpu()
        plan = solve(wanted, table, half_days, budget=budget)  # type: ignore[arg-type]
        line(name, time.perf_counter() - began, cpu() - worked, plan)
        began = time.perf_counter()
        broken = check(wanted, plan, table, half_days)  # type: ignore[arg-type]
        print(f"    check {time.perf_counter() - began:.1f} s: {len(broken)} violations {broken[:2]}")
    print("    unheld by reason:", plan.unheld["reason"].value_counts().to_dict())
    one_model(districts(wanted, table, half_days)[0], iterations)  # type: ignore[arg-type]


def one_model(problem: District, iterations: int) -> None:
    """The first district: greedy, search, and one model over all its visits with all of the search's effort."""
    budget = Budget(iterations=iterations)
    turns = -(-iterations * len(problem.jobs) // 1000)
    print(f"    district {problem.region}, {len(problem.jobs)} visits, {turns} turns of {budget.effort}")
    for name, count in (("greedy", 0), ("search", turns)):
        worked = cpu()
        found = plan_district(problem, count, budget.freed, budget.effort)
        print(f"    {name:10s} {cpu() - worked:6.1f} s cpu {tuple(found.score)} not held, delay, uneven, trips")
    worked = cpu()
    chosen = [n for n, job in enumerate(problem.jobs) if job.starts]
    made = place(Ledger(problem), chosen, {}, aim=Aim.HELD, effort=budget.effort * turns, turn=0) or {}
    slots = [made.get(n, -1) for n in range(len(problem.jobs))]
    print(f"    {'one model':10s} {cpu() - worked:6.1f} s cpu {tuple(score(problem, slots))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, nargs="+", default=[5000, 10000])
    parser.add_argument("--iterations", type=int, default=Budget().iterations)
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    for visits in given.visits:
        run(visits, given.iterations, given.processes)


if __name__ == "__main__":
    main()
