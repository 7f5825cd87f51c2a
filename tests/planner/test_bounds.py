from collections.abc import Callable
from typing import Any

import pytest

from supervision.planner.bounds import not_held_at_least
from supervision.planner.cuts import cuts, most, reachable
from supervision.planner.district import districts
from supervision.planner.ledger import Ledger


def test_people_that_whole_teams_can_use() -> None:
    """Of five people teams of two use up to four, teams of two and three all; without enough for one, nobody."""
    assert reachable(frozenset({2}), 5) == (0, 2, 4)
    assert reachable(frozenset({2, 3}), 5) == (0, 2, 3, 4, 5)
    assert reachable(frozenset({3}), 2) == (0,)


@pytest.mark.parametrize(
    ("teams", "whole", "there", "limited", "expected"),
    [
        ({2}, (), (5, 5, 5), 0, 8),
        ({3}, (), (11, 11, 8), 3, 15),
        ((), {2}, (5, 5, 3), 2, 4),
        ({2}, {3}, (5, 5, 5), 0, 10),
        ({2}, (), (1, 4, 1), 0, 4),
    ],
)
def test_a_day_in_the_best_mixture(teams: set[int], whole: set[int], there: Any, limited: int, expected: int) -> None:
    """Whole teams, whole days for those free all day, and an afternoon that bears every morning."""
    assert most(frozenset(teams), frozenset(whole), *there, limited) == expected


def test_a_cut_counts_office_window_and_excess(small: Any) -> None:
    """Six whole-day visits for two want 24 inspector-half-days of the 16 that teams of two can use."""
    small.units = [(f"U{n}", "320505", "S1", "A", 1) for n in range(6)]
    small.drawn = [("f", u[0]) for u in small.units]
    problem = districts(small.demand(), small.table, small.half_days)[0]
    found = cuts(problem)
    assert [(c.start, c.end, c.needed, c.available, len(c.takes)) for c in found] == [(0, 7, 24, 16, 6)]
    assert not_held_at_least(problem, found) == 2


def _best(ledger: Ledger, number: int, missed: int, least: int) -> int:
    """Fewest jobs not held, by trying everything; `least` is the best known."""
    if missed >= least:
        return least
    if number == len(ledger.slot_of):
        return missed
    for slot in ledger.district.jobs[number].starts:
        if ledger.safe(number, slot):
            ledger.add(number, slot)
            least = _best(ledger, number + 1, missed, least)
            ledger.remove(number)
    return _best(ledger, number + 1, missed + 1, least)


@pytest.mark.parametrize("seed", range(60))
def test_the_bound_never_exceeds_the_optimum(random_world: Callable[[int], Any], seed: int) -> None:
    """Trying every calendar of a tiny month holds no more visits than the bounds allow, the tighter one included."""
    world = random_world(seed)
    world.days = world.days[1:3]
    world.units = world.units[:6]
    units = {u[0] for u in world.units}
    world.drawn = [row for row in world.drawn if row[1] in units]
    for problem in districts(world.demand(), world.table, world.half_days, world.recused):
        optimum = _best(Ledger(problem), 0, 0, len(problem.jobs) + 1)
        hopeless = sum(1 for job in problem.jobs if not job.starts)
        divided = hopeless + not_held_at_least(problem, cuts(problem.as_divided()))
        assert not_held_at_least(problem, cuts(problem)) <= optimum
        assert divided <= optimum
