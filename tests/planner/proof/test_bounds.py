"""Bounds: what no calendar can do better, in integers, whatever a solver says."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest
from ortools.math_opt.python import mathopt

from supervision.planner.proof import prices as program
from supervision.planner.proof.prices import SCALE, bound
from supervision.planner.proof.rooms import Need, Room, There, lost_at_least, pattern, rooms
from supervision.planner.proof.teamdays import pairs, team_days_at_least
from supervision.planner.visits.demand import demand


def room(needs: dict[Need, int], *days: tuple[int, int, int, int]) -> Room:
    """A set of inspectors of the office M."""
    return Room(office="M", item="", needs=needs, days=tuple(There(*day) for day in days))


def most_held(own: Room) -> int:
    """The most needs that can be met, by trying everything."""
    needs = [need for need, count in own.needs.items() for _ in range(count)]
    slots = [[s for s in range(2 * len(own.days)) if need.slots >> s & 1] + [-1] for need in needs]
    best = 0
    for chosen in product(*slots):
        if sum(s >= 0 for s in chosen) > best and all(_fits(own, t, needs, chosen) for t in range(len(own.days))):
            best = sum(s >= 0 for s in chosen)
    return best


def _fits(own: Room, t: int, needs: list[Need], chosen: tuple[int, ...]) -> bool:
    here = [(need, s & 1) for need, s in zip(needs, chosen, strict=True) if s >= 0 and s >> 1 == t]
    out = sum(n.people for n, _ in here if n.whole)
    am, pm = (sum(n.people for n, h in here if not n.whole and h == half) for half in (0, 1))
    there = own.days[t]
    return (
        am + out <= there.first
        and pm + out <= there.second
        and out <= there.both
        and am + pm + 2 * out <= there.half_days
    )


@pytest.mark.parametrize(
    ("needs", "day", "best"),
    [
        ({Need(0b11, 2, False): 9}, (5, 5, 5, 10), 4),
        ({Need(0b01, 2, False): 9}, (5, 5, 5, 10), 2),
        ({Need(0b10, 2, False): 9}, (5, 3, 3, 8), 1),
        ({Need(0b11, 2, False): 1}, (5, 5, 5, 10), 2),
        ({Need(0b01, 2, False): 1}, (5, 5, 5, 10), 1),
        ({Need(0b01, 2, True): 9}, (5, 5, 5, 10), 2),
        ({Need(0b01, 2, True): 9}, (5, 3, 3, 8), 1),
        ({Need(0b01, 2, True): 9}, (5, 5, 3, 10), 1),
        ({Need(0b01, 2, True): 9, Need(0b11, 1, False): 9}, (5, 5, 4, 9), 9),
        ({Need(0b01, 2, True): 1, Need(0b11, 4, False): 9}, (4, 4, 4, 8), 2),
        ({Need(0b11, 2, False): 9}, (4, 4, 0, 5), 2),
        ({Need(0b11, 2, False): 9}, (4, 4, 0, 6), 3),
        ({}, (4, 4, 4, 8), 0),
    ],
)
def test_the_dearest_pattern_of_a_day(needs: dict[Need, int], day: tuple[int, int, int, int], best: int) -> None:
    """With every need worth 1 the dearest pattern is the most that a day can hold, limit by limit.

    A need is counted up to its number in each half: generous, as a bound may be.
    """
    value, numbers = pattern(room(needs, day), 0, dict.fromkeys(needs, 0), 1)
    assert value == best == sum(numbers.values())
    assert all(count <= 2 * needs[need] for need, count in numbers.items())
    assert pattern(room(needs, day), 0, dict.fromkeys(needs, 1), 1) == (0, {})


def test_any_prices_prove_something_true() -> None:
    """200 small offices, any prices: never more than is really lost; the program's own prices reach it mostly."""
    reached = computed = 0
    for seed in range(200):
        luck = random.Random(seed)
        days = []
        for _ in range(2):
            first, second = luck.randint(0, 5), luck.randint(0, 5)
            both = luck.randint(0, min(first, second))
            days.append((first, second, both, first + second - luck.randint(0, min(first, second) - both)))
        needs: dict[Need, int] = {}
        for _ in range(luck.randint(1, 6)):
            whole = luck.random() < 0.3
            mask = luck.choice([0b0101, 0b0001, 0b0100]) if whole else luck.randint(1, 15)
            need = Need(mask, luck.randint(1, 3), whole)
            needs[need] = needs.get(need, 0) + 1
        own = room(needs, *days)
        lost = sum(needs.values()) - most_held(own)
        anything = {need: luck.randint(0, 1000) for need in needs}
        assert lost_at_least(own, anything, 1000) <= lost, seed
        found = bound(own)
        assert found.proven <= found.computed == lost, seed
        assert lost_at_least(own, found.prices, SCALE) == found.proven, seed
        reached += found.proven == lost
        computed += lost > 0
    assert computed > 100
    assert reached > 185


def test_a_literal_proof() -> None:
    """Six whole-day teams of two for three people in four days: price 0, four patterns of one, two are lost."""
    own = room({Need(0b01010101, 2, True): 6}, *[(3, 3, 3, 6)] * 4)
    assert lost_at_least(own, {Need(0b01010101, 2, True): 0}, 10) == 2
    assert lost_at_least(own, {Need(0b01010101, 2, True): 5}, 10) == 1
    assert lost_at_least(own, {Need(0b01010101, 2, True): 10}, 10) == 0
    assert lost_at_least(own, {}, 10) == 0
    assert bound(own)[1::2] == (2, 2)


def test_a_failed_solver_proves_nothing_false(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where HiGHS gives no solution the prices of the first round stand; nothing is made up."""
    own = room({Need(0b01, 2, True): 6}, (3, 3, 3, 6))

    class Failed:
        termination = SimpleNamespace(objective_bounds=SimpleNamespace(dual_bound=float("inf")))

        def has_primal_feasible_solution(self) -> bool:
            return False

    monkeypatch.setattr(program, "solve", lambda model, nodes=None: Failed())
    assert bound(own)[1::2] == (5, 5)


def test_highs_is_asked_for_one_thread_and_no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver's limits are nodes, never seconds; one thread, no parallel work, by HiGHS's own options."""
    seen = []
    plain = mathopt.solve

    def spy(model: Any, kind: Any, *, params: Any) -> Any:
        seen.append((kind, params))
        return plain(model, kind, params=params)

    monkeypatch.setattr(mathopt, "solve", spy)
    bound(room({Need(0b01, 2, True): 6}, (3, 3, 3, 6)))
    assert seen
    for kind, params in seen:
        assert kind == mathopt.SolverType.HIGHS
        assert params.threads is None and params.time_limit is None
        assert dict(params.highs.int_options) == {"threads": 1}
        assert dict(params.highs.string_options) == {"parallel": "off"}
    assert {params.node_limit for _, params in seen} == {None, 2000}


def test_needs_of_an_office(small: Any, kit: SimpleNamespace) -> None:
    """A duty needs its largest item, with the law's people for everybody and with the item's for specialists."""
    small.items["m2"] = kit.item("m2", "market", half_days=2, inspectors=1)
    small.tasks = {"m": kit.task("m", "m1", 1, 1), "both": kit.task("both", "m1 m2", 1, 2)}
    small.roster = [
        kit.inspector("M1", "M", "m1 m2"),
        kit.inspector("M2", "M", "m1", 1),
        kit.inspector("M3", "M", "m1 m2"),
    ]
    small.drawn = [("m", "U1"), ("both", "U2")]
    everybody, specialists = rooms(demand(small.inputs()).districts[0], 1)
    assert (everybody.item, specialists.item) == ("", "m2")
    assert everybody.needs == {Need(0b11, 2, False): 1, Need(0b0101, 1, True): 1}
    assert specialists.needs == {Need(0b0101, 1, True): 1}
    assert everybody.days[:2] == (There(3, 3, 2, 5),) * 2
    assert specialists.days[:2] == (There(2, 2, 2, 4),) * 2


@pytest.mark.parametrize(
    ("slots", "count"),
    [
        ([], 0),
        ([0b01], 0),
        ([0b01, 0b01], 0),
        ([0b01, 0b10], 1),
        ([0b11, 0b11], 1),
        ([0b0001, 0b1000], 0),
        ([0b11, 0b11, 0b11], 1),
        ([0b11] * 4, 2),
        ([0b01, 0b01, 0b10], 1),
        ([0b01, 0b10, 0b0100, 0b1000], 2),
    ],
)
def test_pairs_that_can_share_a_day(slots: list[int], count: int) -> None:
    """One in the morning, the other in the afternoon of one day; nobody twice."""
    assert pairs(slots, 0b0101) == count


def test_team_days_of_a_street(small: Any) -> None:
    """Whole days count one each, half-days in pairs of a street and office; without a street nobody is paired."""
    small.drawn = [("m", u) for u in ("U1", "U2", "U3")] + [("f", "U1"), ("f", "U2")]
    district = demand(small.inputs()).districts[0]
    every = [(u, d) for u, unit in enumerate(district.units) for d in range(len(unit.duties))]
    assert team_days_at_least(district, every) == 2 + 1 + 1
    assert team_days_at_least(district, [(0, 1), (1, 1)]) == 1
    small.units = [(u, r, "", b) for u, r, _, b in small.units]
    assert team_days_at_least(demand(small.inputs()).districts[0], every) == 5


def test_bounds_hold_on_random_worlds(random_world: Callable[..., Any]) -> None:
    """No calendar of random worlds is better than its bounds."""
    for seed in range(10):
        total: Any = random_world(seed, units=(3, 6), days=2).solve(turns=1).certificate["total"]
        assert total["proven_lost"] <= total["computed_lost"] <= total["lost"]
        assert total["proven_team_days"] <= total["team_days"]
        assert total["proven_doors"] <= total["doors"]
