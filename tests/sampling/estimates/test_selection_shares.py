"""How many of a group are to be expected in a draw, and how far chance goes."""

from __future__ import annotations

import numpy as np
import pytest

from supervision.sampling.estimates.selection_shares import selected


def test_a_draw_by_hand() -> None:
    """One stratum of four at 1/2, two of each group, and one unit that is certain."""
    group, stratum = np.array([0, 0, 1, 1, 1]), np.array([0, 0, 0, 0, 1])
    probability, drawn = np.array([0.5, 0.5, 0.5, 0.5, 1.0]), np.array([True, True, False, False, True])
    one = selected(group, stratum, probability, drawn, groups=3)
    assert (one.framed.tolist(), one.drawn.tolist()) == ([2, 3, 0], [2, 1, 0])
    assert one.expected.tolist() == [1.0, 2.0, 0.0]
    assert one.deviation**2 == pytest.approx([0.5 - 0.25, 0.5 - 0.25, 0.0])


def test_the_deviation_is_that_of_a_draw() -> None:
    """2,000 draws of 40 of 200 without replacement: the numbers of a group spread as it says, within a tenth."""
    rng, group = np.random.default_rng(5), np.repeat([0, 1, 1, 1], 50)
    probability, zero = np.full(200, 0.2), np.zeros(200, dtype=np.int64)
    found = []
    for _ in range(2_000):
        drawn = np.zeros(200, dtype=np.bool_)
        drawn[rng.choice(200, 40, replace=False)] = True
        one = selected(group, zero, probability, drawn, groups=2)
        found.append(one.drawn[0])
    assert np.mean(found) == pytest.approx(one.expected[0], abs=0.2)
    assert np.std(found) == pytest.approx(one.deviation[0], rel=0.1)


def test_a_group_that_is_whole_leaves_nothing_to_chance() -> None:
    """Where a stratum is one group its number is fixed."""
    one = selected(np.array([0, 0]), np.array([0, 0]), np.array([0.5, 0.5]), np.array([True, False]), groups=1)
    assert one.deviation.tolist() == [0.0]
