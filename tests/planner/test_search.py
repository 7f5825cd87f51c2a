from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.planner.bounds import delay_at_least
from supervision.planner.crew import Crew, Grid
from supervision.planner.district import District, Job, districts
from supervision.planner.greedy import start
from supervision.planner.improve import improve, tickets
from supervision.planner.ledger import Ledger
from supervision.planner.objective import Score, score
from supervision.planner.safety import Group, shortage


def job(visit: int, groups: tuple[tuple[int, Group], ...], weight: int = 0, trip: int = 0, last: int = 3) -> Job:
    """A job that may start in the slots 0 … last."""
    return Job(
        visit=visit,
        unit=f"U{visit}",
        weight=weight,
        trip=trip,
        groups=groups,
        window=(0, last),
        starts=tuple(range(last + 1)),
    )


def district(jobs: tuple[Job, ...], people: int, days: int = 2, offices: int = 1) -> District:
    """Some days and offices with the same number of people, all of them all day."""
    grid = Grid.of([f"2026-12-0{d}T{h}" for d in range(1, days + 1) for h in (1, 2)])
    everybody = (1 << people) - 1
    names = tuple(f"I{n}" for n in range(people))
    crews = tuple(
        Crew(
            office=f"O{o}",
            inspectors=names,
            scopes=(frozenset(),) * people,
            present=(everybody,) * 2 * days,
            twice=everybody,
        )
        for o in range(offices)
    )
    return District(region="320505", grid=grid, crews=crews, jobs=jobs)


def test_tickets_follow_from_the_iteration_alone() -> None:
    """The same iteration gives the same numbers anywhere, another one others."""
    assert tickets(0, 3).tolist() == tickets(0, 5).tolist()[:3]
    assert tickets(0, 2).tolist() == [5046631899840037604, 16717222514326610955]
    assert tickets(0, 3).tolist() != tickets(1, 3).tolist()


def test_objective_as_a_table() -> None:
    """Not held, weighted days, people above the even share, and trips: two visits of a street share one a day."""
    two = ((0, Group(0b1111, False, 2)),)
    problem = district((job(1, two, weight=4), job(2, two, weight=1), job(3, two), job(4, two)), people=4)
    assert problem.even_share == (2,)
    assert score(problem, [0, 1, 2, -1]) == Score(not_held=1, delay=0, uneven=0, trips=2)
    assert score(problem, [2, 2, 0, 1]) == Score(not_held=0, delay=5, uneven=2, trips=3)
    assert score(problem, [-1, 1, 0, 2]) == Score(not_held=1, delay=4 * 2, uneven=0, trips=2)


def test_a_family_that_was_missed_is_learned() -> None:
    """Two overlapping kinds of specialists are only too few together: found exactly, then known to the filter."""
    a, b, c = 0b00011, 0b00110, 0b11000
    jobs = tuple(job(n, ((0, Group(mask, False, 2)),)) for n, mask in enumerate((a, b, c), start=1))
    ledger = Ledger(district(jobs, people=5))
    ledger.add(0, 0)
    assert ledger.open_slots(1)[0]
    assert not ledger.safe(1, 0)
    short = shortage(ledger.district.crews[0], 0, *ledger.places(0, 0, (1, 0)))
    assert short is not None
    assert ledger.learn(0, 0, short)
    assert not ledger.learn(0, 0, short)
    assert ledger.open_slots(1).tolist() == [False, True, True, True]


def test_adding_and_removing_leaves_no_trace() -> None:
    """A ledger after add and remove has the counts it had before."""
    jobs = tuple(job(n, ((0, Group(0b111, n == 2, 2)),), last=2) for n in (1, 2))
    ledger = Ledger(district(jobs, people=3))
    ledger.add(0, 2)
    before = [t.copy() for t in (ledger.morning, ledger.afternoon, ledger.long, ledger.tired)]
    ledger.add(1, 0)
    assert ledger.remove(1) == 0
    for table, old in zip((ledger.morning, ledger.afternoon, ledger.long, ledger.tired), before, strict=True):
        assert (table == old).all()
    assert ledger.slot_of == [2, -1]


def test_search_holds_what_greedy_left_out() -> None:
    """A start that blocks a visit is rearranged: all are held afterwards."""
    free, bound = ((0, Group(0b11, False, 2)),), ((0, Group(0b11, False, 2)), (1, Group(0b11, False, 2)))
    problem = district((job(1, free, last=1), job(2, bound, last=0)), people=2, offices=2)
    ledger = Ledger(problem)
    ledger.add(0, 0)
    done, found = improve(ledger, score(problem, ledger.slot_of), 0, iterations=4, freed=2, effort=0.1)
    assert (found.not_held, ledger.slot_of, done) == (0, [1, 0], 4)


def test_a_risky_visit_is_not_the_one_left_out() -> None:
    """Where one visit must be left out, the search holds the risky one although that adds delay."""
    two = ((0, Group(0b11, False, 2)),)
    problem = district((job(1, two, last=0), job(2, two, weight=16, last=0)), people=2)
    ledger = Ledger(problem)
    ledger.add(0, 0)
    _, found = improve(ledger, score(problem, ledger.slot_of), 0, iterations=4, freed=2, effort=0.1)
    assert (found.not_held, found.delay, ledger.slot_of) == (1, 0, [-1, 0])


def test_search_evens_out_and_joins_streets() -> None:
    """Visits heaped on one half-day are spread, and two of one street share a day."""
    two = ((0, Group(0b1111, False, 2)),)
    problem = district(tuple(job(n, two, trip=n % 2) for n in range(4)), people=4)
    ledger = Ledger(problem)
    for number, slot in enumerate((0, 0, 2, 2)):
        ledger.add(number, slot)
    _, found = improve(ledger, score(problem, ledger.slot_of), 0, iterations=30, freed=4, effort=0.1)
    assert found == Score(not_held=0, delay=0, uneven=0, trips=2)


@pytest.mark.parametrize("seed", range(12))
def test_search_never_worsens_and_keeps_the_bound(random_world: Callable[[int], Any], seed: int) -> None:
    """After the search the objective is no worse, and the delay not below what is proven."""
    world = random_world(seed)
    for problem in districts(world.demand(), world.table, world.half_days, world.recused):
        ledger, first = start(problem)
        _, last = improve(ledger, first, 0, iterations=12, freed=20, effort=0.05)
        assert last <= first
        assert last == score(problem, ledger.slot_of)
        assert last.delay >= delay_at_least(problem, ledger.slot_of)


def test_delay_is_bounded_by_the_office_that_fills_up(kit: SimpleNamespace) -> None:
    """Five visits of one weight for an office that can do two a day lie on the days 0 0 1 1 2 at best."""
    two = ((0, Group(0b11, False, 2)),)
    problem = district(tuple(job(n, two, weight=4, last=5) for n in range(5)), people=2, days=3)
    assert delay_at_least(problem, [0, 1, 2, 3, 4]) == 4 * (0 + 0 + 1 + 1 + 2)
    assert score(problem, [0, 1, 2, 3, 4]).delay == 16
