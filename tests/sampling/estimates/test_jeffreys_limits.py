"""Jeffreys' limits against values worked by others, and the quantile against its own distribution function."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.sampling.estimates.jeffreys_limits import beta_below, beta_quantile, jeffreys_limits

CONFIDENCE = 0.95


@pytest.mark.parametrize(
    ("found", "trials", "low", "high"),
    [
        (1, 10, 0.0110, 0.3813),
        (2, 20, 0.0213, 0.2839),
        (0, 10, 0.0, 0.2172),
        (10, 10, 0.7828, 1.0),
        (5, 10, 0.2235, 0.7765),
    ],
)
def test_published_limits(found, trials, low, high):
    """The table of Brown, Cai and DasGupta (2001): ends are 0 and 1 where nothing and everything was found."""
    limits = jeffreys_limits(found / trials, trials, confidence=CONFIDENCE)
    assert limits == pytest.approx((low, high), abs=1e-4)


def test_whole_numbers_are_a_binomial():
    """Beta(x, n − x + 1) below p is the chance of at least x findings among n."""
    for found, trials, chance in ((1, 5, 0.2), (3, 8, 0.37), (12, 30, 0.5)):
        several = sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(found, trials + 1))
        assert beta_below(chance, found, trials - found + 1) == pytest.approx(several, rel=1e-12)


@given(st.floats(0.5, 1e4), st.floats(0.5, 1e5), st.floats(0.001, 0.999))
def test_quantile_turns_the_distribution_round(a, b, probability):
    """What lies below a quantile is its probability."""
    assert beta_below(beta_quantile(probability, a, b), a, b) == pytest.approx(probability, abs=1e-8)


@given(st.integers(0, 40), st.integers(1, 40), st.floats(1.0, 50.0))
def test_mirrored_and_ordered(found, more, few):
    """What was found and what was not mirror each other; more trials of the same share narrow the interval."""
    trials = found + more
    share = found / trials
    low, high = jeffreys_limits(share, trials, confidence=CONFIDENCE)
    other = jeffreys_limits(1.0 - share, trials, confidence=CONFIDENCE)
    assert other == pytest.approx((1.0 - high, 1.0 - low), abs=1e-9)
    assert low <= share <= high
    narrow = jeffreys_limits(share, trials * (1.0 + few), confidence=CONFIDENCE)
    assert narrow[1] - narrow[0] < high - low
