"""Proven bounds (下界): what no calendar can do better."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from ortools.sat.python import cp_model

from supervision.planner.crew import Crew
from supervision.planner.cuts import Cut
from supervision.planner.district import District

EFFORT = 5.0  # deterministic limit; the bound is valid wherever it stops


def not_held_at_least(district: District, bottlenecks: Sequence[Cut]) -> int:
    """Return how many visits cannot be held at least (至少无法安排的检查数).

    The fewest visits whose leaving satisfies every window cut: each cut's excess must be covered by the shares of
    visits left out. A visit without any start is not counted, as its parts might be held in other company.
    """
    binding = [c for c in bottlenecks if c.needed > c.available]
    if not binding:
        return 0
    model = cp_model.CpModel()
    left_out = {n: model.new_bool_var("") for n in sorted({n for c in binding for n in c.takes})}
    for cut in binding:
        model.add(sum(take * left_out[n] for n, take in cut.takes.items()) >= cut.needed - cut.available)
    model.minimize(sum(left_out.values()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = EFFORT
    solver.solve(model)
    return max(0, math.ceil(solver.best_objective_bound - 1e-6))


def delay_at_least(district: District, slot_of: Sequence[int]) -> int:
    """Return the least delay (objective.Score) of a calendar that holds the same visits (风险延迟下界).

    Each visit counts at its busiest office alone. No visit starts before its first possible day; and an office, were
    visits divisible, would be least late with the greatest weight per inspector-half-day first, filling day by day.
    """
    load = [Fraction(n, max(1, crew.half_days)) for n, crew in zip(district.needed, district.crews, strict=True)]
    waiting: dict[int, list[tuple[Fraction, int, int]]] = {}
    for job, slot in zip(district.jobs, slot_of, strict=True):
        if slot >= 0 and job.weight:
            office = max(job.offices, key=lambda o: (load[o], -o))
            size = sum(g.people * (2 if g.whole_day else 1) for o, g in job.groups if o == office)
            waiting.setdefault(office, []).append((Fraction(job.weight, size), size, job.weight * (job.starts[0] // 2)))
    out = sum(j.weight for j, slot in zip(district.jobs, slot_of, strict=True) if slot < 0) * len(district.grid.days)
    return out + sum(
        max(sum(alone for _, _, alone in own), _packed(district.crews[office], own)) for office, own in waiting.items()
    )


def _packed(crew: Crew, waiting: Sequence[tuple[Fraction, int, int]]) -> int:
    """Least delay of one office's visits (weight per inspector-half-day, size) if they were divisible."""
    cost, left = Fraction(0), list(crew.by_day)
    day = 0
    for ratio, size, _ in sorted(waiting, reverse=True):
        while size and day < len(left):
            taken = min(size, left[day])
            cost += ratio * taken * day
            size, left[day] = size - taken, left[day] - taken
            day += left[day] == 0
    return math.ceil(cost)
