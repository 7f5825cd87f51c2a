"""Expected doors: of plans alone, of joint tasks, and of any choice of months, against the definition itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from small_years import demand, plan

from supervision.annual.demand import Demand, chances_of, demand_of
from supervision.annual.doors import alone, doors, least_doors, together, weights


def by_definition(given: Demand, months: list[tuple[int, ...]]) -> float:
    """For every cell and month the greatest chance of the plans held, those apart one by one."""
    total = 0.0
    for row, units in zip(given.chance.tolist(), given.units.tolist(), strict=True):
        for month in range(1, 13):
            held = [g for g in range(len(row)) if month in months[g]]
            total += units * max((row[g] for g in held if not given.plans[g].apart), default=0.0)
            total += units * sum(row[g] for g in held if given.plans[g].apart)
    return total


def test_weights_count_every_choice_of_months(three: Demand) -> None:
    """The sum over sets of plans is the sum over units and months, for every choice among three months."""
    found = weights(three)
    assert {tuple(sorted(own)): round(weight, 6) for own, weight in found.items()} == {
        (1,): 10.0, (0, 1): 10.0, (0,): 5.0, (2,): 38.0, (1, 2): 1.0, (0, 1, 2): 1.0,
    }  # fmt: skip
    for chosen in product((1, 2, 3), repeat=3):
        months = [(month,) for month in chosen]
        assert doors(found, months) == pytest.approx(by_definition(three, months))


def test_batches_and_plans_apart_are_counted() -> None:
    """A plan of two batches covers two months; one with numbers of its own shares no door."""
    plans = (plan("P1", batches=2), plan("P2", "fire"), plan("P3", "health", access="open"))
    given = demand(plans, [(100, (0.1, 0.2, 0.3)), (20, (0.0, 0.2, 0.3))])
    months = [(3, 4), (4,), (4,)]
    assert doors(weights(given), months) == pytest.approx(by_definition(given, months)) == pytest.approx(70.0)
    assert alone(given) == pytest.approx(20 + 24 + 36)
    assert together(given, (0, 1, 2)) == pytest.approx(24 + 10 + 36)
    assert together(given, (2,)) == pytest.approx(36)
    assert least_doors(weights(given), [2, 1, 1]) == pytest.approx(70.0)


def test_what_is_checked_off_site_opens_no_door(three: Demand) -> None:
    """Neither alone nor with others, nor with numbers of its own; the other plans' doors stay as they are."""
    given = replace(three, off_site=frozenset({1}))
    assert (alone(given), alone(given, (1,))) == (pytest.approx(16 + 40), 0)
    assert (together(given, (0, 1)), together(given, (1,))) == (pytest.approx(16), 0)
    found = {tuple(sorted(own)): round(weight, 6) for own, weight in weights(given).items()}
    assert found == {(0,): 15.0, (2,): 39.0, (0, 2): 1.0}
    apart = replace(three, plans=(three.plans[0], plan("P2", "fire", access="open"), three.plans[2]))
    assert (1,) in {tuple(own) for own in weights(apart)}
    assert (1,) not in {tuple(own) for own in weights(replace(apart, off_site=frozenset({1})))}


def test_joint_task_visits_with_the_greatest_chance(three: Demand) -> None:
    """Held together each unit is visited with its greatest chance; alone each plan comes by itself."""
    assert alone(three) == pytest.approx(16 + 22 + 40)
    assert together(three, (0, 1)) == pytest.approx(20 + 5 + 2)
    assert together(three, (1,)) == pytest.approx(22)


def test_demand_has_a_cell_for_units_alike() -> None:
    """Units alike in plans, class and district are one cell; the chance is the class's, 0 outside the population."""
    plans = (plan("P1", ratio="A=1%;D=50%"), plan("P2", "fire", ratio="n=2"), plan("P3", "health", ratio="rule"))
    members = np.array([[1, 1, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1], [0, 0, 0]], dtype=np.bool_)
    classes = pd.Series(["A", "A", "D", "D", "A"], dtype="str")
    regions = pd.Series(["2", "2", "1", "1", "1"], dtype="str")
    found = demand_of(plans, members, classes, regions, class_ratio={"A": "1%", "D": "30%"})
    cells = list(zip(found.units.tolist(), found.region.tolist(), found.chance.round(4).tolist(), strict=True))
    assert sorted(cells) == [
        (1, 0, [0.0, 0.0, 0.0]),
        (1, 0, [0.5, 0.0, 0.3]),
        (1, 0, [0.5, 0.6667, 0.3]),
        (2, 1, [0.01, 0.6667, 0.0]),
    ]
    assert found.chance[found.cell].round(4).tolist()[3] == [0.5, 0.6667, 0.3]
    assert (found.population(0), found.population(1), found.regions, found.classes) == (4, 3, ("1", "2"), ("A", "D"))
    assert [float(one) for one in chances_of(plan("P", ratio="n=9"), 3, ["A"], None)] == [1.0]
    written = {"A": "1/4", "B": "5‰", "C": 1}
    assert [float(one) for one in chances_of(plan("P", ratio="rule"), 9, list("ABCD"), written)] == [0.25, 0.005, 1, 0]
