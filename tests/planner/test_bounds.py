from collections.abc import Callable
from typing import Any

import pytest

from supervision.planner.bounds import not_held_at_least
from supervision.planner.cuts import cuts, reachable
from supervision.planner.district import districts
from supervision.planner.ledger import Ledger
from supervision.planner.model import Aim, place


def test_people_that_whole_visits_can_use() -> None:
    """Of five people teams of two use four, teams of two and three use all."""
    assert (reachable(frozenset({2}), 5), reachable(frozenset({2, 3}), 5), reachable(frozenset({3}), 2)) == (4, 5, 0)


def test_a_cut_counts_office_window_and_excess(small: Any) -> None:
    """Six whole-day visits for two want 24 inspector-half-days of the 16 that teams of two can use."""
    small.units = [(f"U{n}", "320505", "S1", "A", 1) for n in range(6)]
    small.drawn = [("f", u[0]) for u in small.units]
    problem = districts(small.demand(), small.table, small.half_days)[0]
    found = cuts(problem)
    assert [(c.start, c.end, c.needed, c.available, len(c.takes)) for c in found] == [(0, 7, 24, 16, 6)]
    assert not_held_at_least(problem, found) == 2


@pytest.mark.parametrize("seed", range(15))
def test_the_bound_never_exceeds_the_optimum(random_world: Callable[[int], Any], seed: int) -> None:
    """Everything freed at once is the optimum of a tiny month; the bound is never above it."""
    world = random_world(seed)
    problems = districts(world.demand(), world.table, world.half_days, world.recused)
    for problem in problems:
        chosen = [n for n, job in enumerate(problem.jobs) if job.starts]
        best = place(Ledger(problem), chosen, {}, aim=Aim.HELD, effort=2.0, turn=0)
        assert best is not None
        assert not_held_at_least(problem, cuts(problem)) <= len(problem.jobs) - len(best)
