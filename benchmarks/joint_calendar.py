"""The calendar of a synthetic month: processor seconds, what is lost and proven, team-days, load, and that it repeats.

    python benchmarks/joint_calendar.py [--visits 5000 10000] [--seeds 0 1 2] [--turns 6] [--processes 2]

The month is that of `city_month`; 5,000 visits are a load of 27 %, 10,000 one of 53 % with offices above 100 %. The
calendar of seed 0 is made again in one process and compared to the byte. The version before (commit 094d1c9, CP-SAT
large neighbourhood search) stands beside it: measured again at 5,000 visits on 2 shared cores, at 10,000 as in
docs/measured.md. It knew class, had no team-days by office, and counted visits, not duties.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import operator
import resource
import time
from collections.abc import Iterator
from statistics import median

import numpy as np
import pandas as pd
from city_month import city

from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.plan import Budget, Plan
from supervision.planner.solver.calendar import solve
from supervision.planner.visits.demand import Inputs, demand
from supervision.planner.visits.district import District, Duty, Unit

BEFORE = {
    5000: "85.4 s cpu, 62.5 s wall, 395 MB; 0 visits lost (>= 0 proven); measured again",
    10000: "191.7 s wall, 278 s cpu; 81 visits lost (>= 12 proven, >= 81 as divided); from docs/measured.md",
}


def cpu() -> float:
    """Return the processor seconds of this process and its finished children."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def digest(plan: Plan) -> str:
    """Return what tells two plans apart."""
    text = plan.calendar.to_csv(index=False) + plan.unheld.to_csv(index=False)
    text += json.dumps(plan.certificate, sort_keys=True) + repr(plan.causes)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def ranges(given: Inputs, calendar: pd.DataFrame) -> tuple[list[int], list[int]]:
    """Greatest less least load of each office over its half-days, and what it is at least with the same duties held.

    The bound keeps what each office holds, as it is divided into visits, and each duty's half-days: the fullest stretch
    of half-days gives the greatest load, the emptiest the least. That doors and team-days must be kept too can only
    raise it.
    """
    held = dict(list(calendar.groupby(["unit_id", "office"])))
    parts: dict[str, list[tuple[int, int, bool]]] = {}
    grids = {}
    for district in demand(given).districts:
        grids |= {staff.office: district.grid for staff in district.staffs}
        for unit in district.units:
            for duty in unit.duties:
                rows = held.get((unit.unit_id, district.staffs[duty.office].office))
                for part in _parts(district, unit, duty, rows) if rows is not None else ():
                    parts.setdefault(district.staffs[duty.office].office, []).append(part)
    rows = calendar.assign(half=calendar["half_days"].str.split()).explode("half")
    loads = rows.groupby(["office", "half"]).size()
    found, least = [], []
    for office, own in sorted(parts.items()):
        load = loads[office].reindex(given.half_days[office[-6:]], fill_value=0)
        found.append(int(load.max() - load.min()))
        least.append(_least_range(grids[office].open, own))
    return found, least


def _parts(district: District, unit: Unit, duty: Duty, rows: pd.DataFrame) -> Iterator[tuple[int, int, bool]]:
    """Each visit of a duty as (half-days in which it could begin, people, whole day)."""
    for _, own in rows.groupby("visit_id"):
        first = min(own["half_days"].str.split().str[0])
        slot = 1 << 2 * district.grid.days.index(first[:10]) + (first[10:] == "T2")
        items = set(" ".join(own["items"]).split())
        asks = [n for n, ask in enumerate(duty.asks) if ask.item.item_id in items and ask.slots & slot]
        yield district.slots(unit, duty, asks), len(own), bool((own["half_days"].str.len() > 12).any())


def _least_range(free: int, parts: list[tuple[int, int, bool]]) -> int:
    """Return the least range of loads of an office's half-days, from all stretches of half-days."""
    count = free.bit_length()
    size = math.gcd(*(people for _, people, _ in parts))
    inside, meets = np.zeros((count + 1, count + 1), dtype=int), np.zeros((count + 1, count + 1), dtype=int)
    for slots, people, whole in parts:
        low, high = (slots & -slots).bit_length() - 1, slots.bit_length() - 1 + whole
        inside[: low + 1, high + 1 :] += people * (1 + whole)
        meets[: high + 1, low + 1 :] += people * (1 + whole)
    most, fewest = max(people for _, people, _ in parts), sum(people * 2 for _, people, _ in parts)
    for first in range(count):
        for last in range(first + 1, count + 1):
            halves = (free >> first & (1 << last - first) - 1).bit_count()
            if halves:
                most = max(most, -(-int(inside[first, last]) // (halves * size)) * size)
                fewest = min(fewest, int(meets[first, last]) // (halves * size) * size)
    return max(0, most - fewest)


def run(visits: int, seed: int, budget: Budget) -> None:
    given = city(visits, seed=seed)
    began, worked = time.perf_counter(), cpu()
    plan = solve(given, budget=budget)
    seconds, work = time.perf_counter() - began, cpu() - worked
    total = plan.certificate["total"]
    assert isinstance(total, dict)
    memory = max(resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    gap = total["team_days"] / total["proven_team_days"] - 1
    found, least = ranges(given, plan.calendar)
    print(f"{visits:6d} seed {seed}  {work:5.1f} s cpu {seconds:5.1f} s wall {memory:4d} MB  {digest(plan)}")
    print(
        f"       duties {total['duties']}  lost {total['lost']} (>= {total['proven_lost']} proven, "
        f"{total['computed_lost']} computed)  doors {total['doors']} (>= {total['proven_doors']})"
    )
    print(
        f"       team-days {total['team_days']} (>= {total['proven_team_days']}, {gap:.1%})  above even share "
        f"{total['uneven']}  load range of an office, median {median(found):.0f} (>= {median(least):.0f}), "
        f"sum {sum(found)} (>= {sum(least)}), least possible in {sum(map(operator.eq, found, least))} of {len(found)}"
    )
    worked = cpu()
    broken, differ = check(given, plan), differences(given, plan)
    print(
        f"       check {cpu() - worked:.1f} s cpu: {len(broken)} violations, {len(differ)} differences "
        f"{broken[:1]}{differ[:1]}",
        flush=True,
    )
    if seed == 0:
        again = digest(solve(given, budget=Budget(turns=budget.turns, rescue=budget.rescue, seed=budget.seed)))
        print(f"       one process: {again}, {'the same' if again == digest(plan) else 'NOT THE SAME'}")
        print(f"       before (094d1c9): {BEFORE.get(visits, 'not measured')}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, nargs="+", default=[5000, 10000])
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--turns", type=int, default=Budget().turns)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    for visits in asked.visits:
        for seed in asked.seeds:
            run(visits, seed, Budget(turns=asked.turns, processes=asked.processes))


if __name__ == "__main__":
    main()
