"""The months chosen are the best there are, repeat, keep groups together, and come with a bound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import numpy as np
import pytest
from small_years import demand, item, plan

from supervision.annual.calendar_year import Year, without_office, work_of
from supervision.annual.demand import Demand
from supervision.annual.doors import doors, weights
from supervision.annual.months import choose, descend

OFFICES = (("market", "320505"), ("fire", "320505"), ("health", "320505"))
ITEMS = {name: item(name) for name in ("market-1", "fire-1", "health-1")}


def year(given: Demand, *, months: tuple[int, ...] = (1, 2, 3), **more: object) -> Year:
    """A year of three months in which every plan may be held anywhere and every office has room."""
    plans = given.plans
    values: dict[str, object] = {
        "months": months,
        "allowed": tuple(frozenset(plan.months) for plan in plans),
        "batches": tuple(plan.batches for plan in plans),
        "groups": tuple((g,) for g in range(len(plans))),
        "weights": weights(given),
        "offices": OFFICES,
        "work": work_of(given, ITEMS, OFFICES, least=2),
        "room": np.full((3, len(months)), 100_000, dtype=np.int64),
        "peak": Fraction(10),
    }
    return Year(**(values | more))  # type: ignore[arg-type]


def best(of: Year) -> float:
    """The fewest doors over all choices that keep within the room, tried one by one."""
    ways = [list(combinations(sorted(a & set(of.months)), n)) for a, n in zip(of.allowed, of.batches, strict=True)]
    found = [months for months in product(*ways) if not of.violations(months) and not of.excess(months)]
    return min(sum(w * len(set().union(*(m[g] for g in own))) for own, w in of.weights.items()) for m in found)


def test_work_is_people_times_half_days(three: Demand) -> None:
    """Expected units × people × half-days, in hundredths, at the office of the department and district."""
    assert work_of(three, ITEMS, OFFICES, least=2).tolist() == [[3200, 0, 0], [0, 4400, 0], [0, 0, 8000]]
    longer = ITEMS | {"fire-1": item("fire-1", half_days=2, inspectors=3)}
    assert work_of(three, longer, OFFICES, least=4).tolist()[1] == [0, 22 * 4 * 2 * 100, 0]
    assert without_office(three, OFFICES[:2]) == [(2, "320505")]


def test_everything_in_one_month_where_there_is_room(three: Demand) -> None:
    """With room enough all plans meet in one month, which is the bound."""
    found = choose(year(three), effort=1.0)
    assert len(set(found.months)) == 1
    assert found.doors == pytest.approx(65.0) == pytest.approx(found.bound)
    assert found.excess == 0


def test_the_fewest_doors_within_a_ceiling(three: Demand) -> None:
    """A ceiling on a month's work parts the plans: the choice is the best of all 27, and the bound is no higher."""
    of = year(three, peak=Fraction(3, 2))
    assert of.ceiling == 8000
    found = choose(of, effort=1.0)
    assert found.doors == pytest.approx(best(of)) == pytest.approx(67.0)
    assert found.bound <= found.doors + 1e-6
    assert found.months[0] == found.months[1] != found.months[2]
    assert found == choose(of, effort=1.0)


def test_allowed_months_batches_and_groups_are_kept() -> None:
    """Plans stay in their months; in a group the plan of fewer batches joins one month of the other."""
    plans = (
        plan("P1", batches=2, months=(2, 3)),
        plan("P2", "fire", months=(2, 3)),
        plan("P3", "health", months=(3,)),
    )
    given = demand(plans, [(100, (0.1, 0.2, 0.0)), (90, (0.0, 0.0, 0.4))])
    of = year(given, groups=((0, 1), (2,)))
    found = choose(of, effort=1.0)
    assert (found.months[0], found.months[2]) == ((2, 3), (3,))
    assert found.months[1] in ((2,), (3,))
    assert of.violations(found.months) == []
    apart = year(given, groups=((0, 1), (2,)), allowed=(frozenset((1, 2, 3)), frozenset((2,)), frozenset((3,))))
    assert apart.violations(((1, 3), (2,), (3,))) == ["plans 1 and 0 are not together"]
    assert of.violations(((3,), (2,), (1,))) == [
        "plan 0: months (3,)",
        "plan 2: months (1,)",
        "plans 1 and 0 are not together",
    ]


def test_what_has_no_room_is_told_and_kept_smallest(three: Demand) -> None:
    """An office without room enough in any month: the excess is named, and the month with most room taken."""
    room = np.full((3, 3), 100_000, dtype=np.int64)
    room[2] = (1000, 3000, 2000)
    found = choose(year(three, room=room), effort=1.0)
    assert found.months[2] == (2,)
    assert found.excess == 50.0
    assert found.peak == Fraction(8000, 3000)


def test_of_equal_doors_the_lower_peak() -> None:
    """Two plans that share no unit are held in different months, each where its office has more room."""
    given = demand((plan("P1"), plan("P2", items=("market-1",))), [(100, (0.1, 0.0)), (100, (0.0, 0.1))])
    room = np.array([[8000, 4000, 6000]], dtype=np.int64)
    offices = (("market", "320505"),)
    work = work_of(given, ITEMS, offices, least=2)
    of = year(given, offices=offices, work=work, room=room)
    found = choose(of, effort=1.0)
    assert sorted(found.months) == [(1,), (3,)]
    assert found.peak == Fraction(2000, 6000)
    assert replace(of, peak=Fraction(1)).ceiling == 2000


def test_a_swap_where_no_move_helps() -> None:
    """Two pairs that share doors, each month full with two plans: only a swap brings the pairs together."""
    plans = tuple(plan(f"P{number}", department) for number, department in enumerate(("market", "fire") * 2, 1))
    given = demand(plans, [(100, (0.2, 0.2, 0.0, 0.0)), (100, (0.0, 0.0, 0.2, 0.2))])
    of = year(given, months=(1, 2), peak=Fraction(1), room=np.full((3, 2), 100_000, dtype=np.int64))
    apart = ((1,), (2,), (2,), (1,))
    assert doors(of.weights, apart) == pytest.approx(80.0)
    found = descend(of, apart)
    assert (found[0], found[2]) == (found[1], found[3])
    assert found[0] != found[2]
    assert doors(of.weights, found) == pytest.approx(40.0)
    assert of.excess(found) == 0


def test_a_move_takes_the_whole_group_and_nobody_else() -> None:
    """A group in a month without room goes to the other, batch by batch; who is not in that month stays."""
    plans = (plan("P1", batches=2), plan("P2", "fire"), plan("P3", "health"))
    given = demand(plans, [(100, (0.1, 0.1, 0.0)), (100, (0.0, 0.0, 0.1))])
    room = np.array([[9000, 9000, 1000], [9000, 9000, 1000], [9000, 9000, 9000]], dtype=np.int64)
    of = year(given, groups=((0, 1), (2,)), room=room)
    assert of.excess(((2, 3), (3,), (3,))) == 2000
    assert descend(of, ((2, 3), (3,), (3,)))[:2] == ((1, 2), (1,))
