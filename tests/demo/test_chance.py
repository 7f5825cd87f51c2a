"""Chance by counting: the same for a row however the rows are cut, and of the shape that is asked for."""

from __future__ import annotations

import numpy as np

from supervision.demo.chance import Chance

CHANCE = Chance(seed=7)
ROWS = np.arange(100_000)


def test_a_value_belongs_to_its_row() -> None:
    """Any cut and order of the rows gives each row the same value."""
    whole = CHANCE.uniform("age", ROWS)
    assert np.array_equal(whole[500:600], CHANCE.uniform("age", ROWS[500:600]))
    assert np.array_equal(whole[::-1], CHANCE.uniform("age", ROWS[::-1]))


def test_columns_and_seeds_differ() -> None:
    """Two columns, and two seeds, have nothing to do with each other."""
    for other in (CHANCE.uniform("trade", ROWS), Chance(seed=8).uniform("age", ROWS)):
        assert abs(np.corrcoef(CHANCE.uniform("age", ROWS), other)[0, 1]) < 0.01


def test_weights_are_met() -> None:
    """Weights 6, 3, 1 come out as 60, 30 and 10 %, within a point."""
    shares = np.bincount(CHANCE.pick("status", [6, 3, 1], ROWS)) / len(ROWS)
    assert np.allclose(shares, [0.6, 0.3, 0.1], atol=0.01)


def test_the_bell_has_mean_nought_and_variance_one() -> None:
    """The bell-shaped numbers have mean 0 and variance 1 and stay within ±3.5."""
    bell = CHANCE.bell("worry", ROWS)
    assert abs(bell.mean()) < 0.02 and abs(bell.var() - 1) < 0.02 and np.abs(bell).max() < 3.5
