"""Wanted and working probabilities."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from supervision.errors import SupervisionError
from supervision.sampling.pareto.adjusted import adjust
from supervision.sampling.pareto.realised import realised
from supervision.sampling.pareto.working_probability import (
    ONE,
    bounded_sizes,
    check_sizes,
    inclusion_probability,
    wanted,
    working,
)


def test_certainty_units_leave_in_rounds() -> None:
    """900 takes one place, then 100 of what is left reaches certainty too, and the rest share one place."""
    found = wanted(np.array([900, 100, 30, 20, 10]), 3)
    assert found.certain.tolist() == [True, True, False, False, False]
    assert [found.fraction(x) for x in (30, 20, 10)] == [Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)]


def test_everybody_is_certain_in_full_coverage() -> None:
    """N = N makes all units certain whatever their sizes."""
    assert working(np.array([1, 5, 1000]), 3).L.tolist() == [ONE] * 3


def test_no_float_touches_L() -> None:
    """L is the fraction rounded half to even, where float division would be one off."""
    x = np.array([1] * 1001 + [3] * 1000)
    found = working(x, 21)
    assert found.method == "pareto"
    assert sorted(set(found.L.tolist())) == [round(Fraction(21 * size, 4001) * ONE) for size in (1, 3)]


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
    low, high = realised(np.log(chance) - np.log1p(-chance), np.ones(len(chance), np.int64), target.sample)
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
    low, high = realised(np.log(odds), np.array([1, 1]), 1)
    assert low.sum() == pytest.approx(1, abs=1e-13)
    assert min(abs(low[0] - exact), abs(high[0] - exact)) < 1e-12


def test_adjust_of_equal_units_is_exact() -> None:
    """Where all are wanted alike there is nothing to adjust."""
    found = adjust(np.array([0.25]), np.array([8]), 2)
    assert found is not None
    assert np.abs(found - 0.25).max() < 1e-15


@pytest.mark.parametrize(
    ("x", "sample", "method"),
    [
        ([1, 2] * 1000, 20, "adjusted"),
        ([1, 2] * 1000 + [1], 20, "pareto"),
        ([1, 2] * 50, 20, "adjusted"),
        ([1, 2] * 50, 21, "pareto"),
        ([10, 11] * 20, 21, "adjusted"),
        ([10, 11] * 21, 21, "pareto"),
        ([1000] * 100 + [1001] * 100, 199, "adjusted"),
        ([1000] * 100 + [1001] * 101, 200, "pareto"),
        ([7] * 10, 3, "pareto"),
        ([900, 7, 7, 7], 2, "pareto"),
        ([5, 5], 2, "pareto"),
    ],
)
def test_which_strata_are_adjusted(x: list[int], sample: int, method: str) -> None:
    """Unequal sizes, N up to 2,000, N·n up to 40,000, and n up to 20 or a variance below 10: both sides of each."""
    assert working(np.array(x), sample).method == method


@pytest.mark.parametrize(
    ("x", "sample", "reserve"),
    [
        ([1, 1], 0, 0),
        ([1, 1], 3, 0),
        ([1, 1], 2, 1),
        ([1, 1], 1, -1),
        ([0, 1], 1, 0),
        ([1, 1_000_001], 1, 0),
        ([2**52, 2**52 + 1], 1, 0),
        ([1] * 2000 + [2], 19, 0),
    ],
)
def test_strata_outside_the_protocol(x: list[int], sample: int, reserve: int) -> None:
    """N outside 1 … N, n + r above N, sizes of 0, above 2^53/N or spread above 10^6, a large stratum with n of 19."""
    with pytest.raises(SupervisionError, match="T/all"):
        check_sizes(np.array(x), sample=sample, reserve=reserve, where="T/all")


@pytest.mark.parametrize(
    ("x", "sample", "reserve"),
    [
        ([1, 1], 1, 1),
        ([1, 1], 2, 0),
        ([1, 1_000_000], 1, 0),
        ([2**52, 2**52], 1, 0),
        ([1] * 2000 + [2], 20, 0),
        ([1] * 2001, 1, 0),
    ],
)
def test_strata_at_the_limits_of_the_protocol(x: list[int], sample: int, reserve: int) -> None:
    """The same at their limits stand."""
    check_sizes(np.array(x), sample=sample, reserve=reserve, where="T/all")


ABOVE_HALF = [1] * 2000 + [52]  # n = 20: 20·52/2052 = 0.507


@pytest.mark.parametrize(
    ("x", "sample", "bounded"),
    [
        ([1, 5] * 10, 3, None),
        ([1] * 2000 + [51], 20, None),
        (ABOVE_HALF, 20, [1] * 2001),
        ([1] * 1999 + [40, 53], 20, [1] * 1999 + [40, 40]),
        ([1] * 2000 + [2, 3], 19, [1] * 2002),
        ([1] * 2001 + [10**6], 20, [1] * 2001 + [10**6]),
        ([1] * 2000 + [2, 10**6], 20, [1] * 2001 + [10**6]),
    ],
)
def test_sizes_are_cut_to_what_a_large_stratum_may_have(x: list[int], sample: int, bounded: list[int] | None) -> None:
    """Only large unequal strata are cut, to the largest size that will do; certainty units keep theirs."""
    found = bounded_sizes(np.array(x), sample)
    assert found.tolist() == (x if bounded is None else bounded)
    check_sizes(found, sample=sample, reserve=0, where="T/all")


def test_probabilities_sum_to_the_sample() -> None:
    """The wanted probabilities add up to n, certainty units with 1."""
    assert inclusion_probability(np.array([900, 100, 30, 20, 10]), 3).sum() == pytest.approx(3)


def test_plain_probabilities_stand_where_the_adjustment_does_not_get_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """After too few steps λ = π stands, and the stratum says so."""
    monkeypatch.setattr("supervision.sampling.pareto.adjusted.ROUNDS", 1)
    found = working(np.array([1, 2, 3, 4, 5, 6]), 3)
    assert found.method == "pareto"
    assert found.L.tolist() == [round(Fraction(3 * size, 21) * ONE) for size in range(1, 7)]
