"""Wanted and working probabilities."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from supervision.errors import SupervisionError
from supervision.sampling.pareto.adjusted import adjust, realised
from supervision.sampling.pareto.working_probability import ONE, check_sizes, inclusion_probability, wanted, working


def test_certainty_units_leave_in_rounds() -> None:
    """900 takes one place, then 100 of what is left reaches certainty too, and the rest share one place."""
    found = wanted(np.array([900, 100, 30, 20, 10]), 3)
    assert found.certain.tolist() == [True, True, False, False, False]
    assert [found.fraction(x) for x in (30, 20, 10)] == [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]


def test_everybody_is_certain_in_full_coverage() -> None:
    """n = N makes all units certain whatever their sizes."""
    assert working(np.array([1, 5, 1000]), 3).L.tolist() == [ONE] * 3


def test_no_float_touches_L() -> None:
    """L is the fraction rounded half to even, where float division would be one off."""
    x = np.array([1] * 300 + [3] * 300)
    found = working(x, 7)
    assert found.method == "pareto"
    assert sorted(set(found.L.tolist())) == [round(Fraction(7 * size, 1200) * ONE) for size in (1, 3)]


@pytest.mark.parametrize(
    ("x", "sample"), [([1, 2, 3, 4, 5, 6], 3), ([1] * 5 + [2] * 5, 7), ([1, 1, 50, 60, 70], 3), ([1, 9, 90, 900], 2)]
)
def test_adjusted_realises_what_is_wanted(x: list[int], sample: int) -> None:
    """In small unequal strata the realised probability is the wanted one to nine digits, and equal units stay equal."""
    sizes = np.array(x)
    target = wanted(sizes, sample)
    found = working(sizes, sample)
    assert found.method == "adjusted"
    chance = found.L[~found.certain] / ONE
    low, high = realised(np.log(chance) - np.log1p(-chance), target.sample)
    goal = np.array([float(target.fraction(int(size))) for size in sizes[~found.certain]])
    assert (np.abs(low - goal) <= 1e-9 * np.minimum(goal, 1 - goal)).all()
    assert np.allclose(low + high, 1, atol=1e-13)
    assert all(len(set(found.L[sizes == size].tolist())) == 1 for size in x)


def test_realised_against_two_units() -> None:
    """Two units, one place: P(first) = ∫ (1 − F2) dF1 has a closed form."""
    chance = np.array([0.3, 0.7])
    odds = chance / (1 - chance)
    ratio = odds[0] / odds[1]
    exact = 1 - (1 - ratio + ratio * np.log(ratio)) / (1 - ratio) ** 2
    low, high = realised(np.log(odds), 1)
    assert low.sum() == pytest.approx(1, abs=1e-13)
    assert min(abs(low[0] - exact), abs(high[0] - exact)) < 1e-12


def test_adjust_of_equal_units_is_exact() -> None:
    """Where all are wanted alike there is nothing to adjust."""
    found = adjust(np.full(8, 0.25), 2)
    assert found is not None
    assert np.abs(found - 0.25).max() < 1e-15


def test_large_strata_stay_pareto() -> None:
    """Above 200 units, with equal sizes, or with variance from 10 up, λ is π."""
    assert working(np.arange(1, 202), 5).method == "pareto"
    assert working(np.full(10, 7), 5).method == "pareto"
    assert working(np.array([1, 2] * 40), 39).method == "pareto"


@pytest.mark.parametrize(
    ("x", "sample", "reserve"), [([1, 1], 0, 0), ([1, 1], 2, 1), ([0, 1], 1, 0), ([1, 2_000_000], 1, 0)]
)
def test_strata_outside_the_protocol(x: list[int], sample: int, reserve: int) -> None:
    """n below 1, n + r above N, a size of 0, and a spread above 10^6 are refused."""
    with pytest.raises(SupervisionError, match="T/all"):
        check_sizes(np.array(x), sample=sample, reserve=reserve, where="T/all")


def test_probabilities_sum_to_the_sample() -> None:
    """The wanted probabilities add up to n, certainty units with 1."""
    assert inclusion_probability(np.array([900, 100, 30, 20, 10]), 3).sum() == pytest.approx(3)
