"""Proven bounds (下界): what no calendar can do better."""

from __future__ import annotations

import math
from collections.abc import Sequence

from ortools.sat.python import cp_model

from supervision.planner.cuts import Cut
from supervision.planner.district import District

EFFORT = 5.0  # deterministic limit; the bound is valid wherever it stops


def not_held_at_least(district: District, bottlenecks: Sequence[Cut]) -> int:
    """Return how many visits cannot be held at least (至少无法安排的检查数).

    Visits without any possible start, plus the fewest visits whose leaving satisfies every window cut: each cut's
    excess must be covered by the shares of visits left out.
    """
    hopeless = sum(1 for job in district.jobs if not job.starts)
    binding = [c for c in bottlenecks if c.needed > c.available]
    if not binding:
        return hopeless
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
    return hopeless + max(0, math.ceil(solver.best_objective_bound - 1e-6))
