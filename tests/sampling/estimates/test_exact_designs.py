"""Estimates against every sample that a tiny design can give: joint probabilities, means and variances, exactly.

The chances of the samples come from an integral of their own, by Gauss and Legendre over the threshold, written here.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from supervision.sampling.estimates.hajek import share_of
from supervision.sampling.estimates.joint_probabilities import joint_probabilities
from supervision.sampling.estimates.stratum_design import stratum_design
from supervision.sampling.estimates.task_sample import drawn_sample, joined
from supervision.sampling.estimates.variance import variance
from supervision.sampling.pareto.working_probability import ONE, working

SIZES = np.array([200, 260, 310, 450, 700, 900], dtype=np.int64)
SAMPLE = 3
VALUES = np.array([0.0, 1.0, 0.0, 1.0, 1.0, 0.0])
NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)


def chances(lam: np.ndarray, sample: int) -> dict[tuple[int, ...], float]:
    """Return the chance of each sample: its largest key is the threshold and all others lie above it."""
    share = (NODES + 1.0) / 2.0  # v = t/(1+t) takes the keys to (0, 1)
    t = share / (1.0 - share)
    below = t[:, None] * lam / (t[:, None] * lam + 1.0 - lam)
    density = lam * (1.0 - lam) / (t[:, None] * lam + 1.0 - lam) ** 2 / (1.0 - share[:, None]) ** 2
    found = {}
    for members in combinations(range(len(lam)), sample):
        outside = np.prod([1.0 - below[:, one] for one in range(len(lam)) if one not in members], axis=0)
        last = sum(
            density[:, one] * np.prod([below[:, other] for other in members if other != one], axis=0) for one in members
        )
        found[members] = float(WEIGHTS @ (outside * last) / 2.0)
    return found


@pytest.fixture(scope="module")
def design():
    """The small stratum as the draw makes it, and the chance of each of its samples."""
    made = working(SIZES, SAMPLE)
    return stratum_design(SIZES, made.L, SAMPLE), chances(made.L / ONE, SAMPLE)


def test_chances_are_whole(design):
    """The samples of the enumeration are all there are, and each unit has the chance that was wanted."""
    made, found = design
    assert sum(found.values()) == pytest.approx(1.0, abs=1e-9)
    each = [sum(chance for members, chance in found.items() if one in members) for one in range(len(SIZES))]
    assert each == pytest.approx((SAMPLE * SIZES / SIZES.sum()).tolist(), abs=1e-9)
    assert made.probability == pytest.approx(each, abs=1e-9)


def test_joint_probabilities(design):
    """Every pair's chance is the sum over the samples that hold both; each row sums to (n − 1)·π."""
    made, found = design
    several = made.small
    joint = joint_probabilities(several.logits, several.counts, several.sample, several.kind)
    for one, other in combinations(range(len(SIZES)), 2):
        both = sum(chance for members, chance in found.items() if one in members and other in members)
        assert joint[one, other] == pytest.approx(both, abs=1e-9)
    np.fill_diagonal(joint, 0.0)
    assert joint.sum(axis=1) == pytest.approx((SAMPLE - 1) * made.probability, abs=1e-12)


def test_two_of_one_kind():
    """Units of equal sizes share a kind: the joint probability of two of them is that of n of N at random."""
    many, sample = 8, 3
    logits = np.array([np.log(sample / (many - sample))])
    joint = joint_probabilities(logits, np.array([many]), sample, np.array([0]))
    assert joint[0, 0] == pytest.approx(sample * (sample - 1) / (many * (many - 1)), rel=1e-12)


def test_total_and_variance_are_unbiased(design):
    """Over all samples the expanded total is the true one, and the variance estimator means the true variance."""
    made, found = design
    totals, spreads, mean = [], [], 0.0
    for members, chance in found.items():
        sample = joined("T1", "joint", len(SIZES), pd.Index(members), [drawn_sample(made, np.array(members))])
        expanded = VALUES[list(members)] / sample.probability
        totals.append((chance, float(expanded.sum())))
        spreads.append(chance * variance(sample, expanded))
        mean += chance * float(expanded.sum())
    assert mean == pytest.approx(VALUES.sum(), abs=1e-8)
    truth = sum(chance * (total - mean) ** 2 for chance, total in totals)
    assert sum(spreads) == pytest.approx(truth, rel=1e-6)
    assert truth > 0.3


def test_equal_sizes_are_simple_random_sampling():
    """With equal sizes the formula is (1 − n/N)·s²/n of the mean, and its mean over all samples the true variance."""
    values = np.array([1.0, 0.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    many, sample = len(values), 3
    made = stratum_design(np.ones(many, dtype=np.int64), np.full(many, round(ONE * sample / many)), sample)
    found, means = [], []
    for members in combinations(range(many), sample):
        drawn = joined("T1", "joint", many, pd.Index(members), [drawn_sample(made, np.array(members))])
        mine = values[list(members)]
        spread = variance(drawn, mine / drawn.probability) / many**2
        assert spread == pytest.approx((1 - sample / many) * mine.var(ddof=1) / sample, abs=1e-12)
        found.append(spread)
        means.append(mine.mean())
    assert np.mean(found) == pytest.approx(np.var(means), rel=1e-9)


def test_a_sample_of_all_is_the_truth():
    """Whoever draws everybody knows the share: no error, and limits on the point."""
    many = 9
    made = stratum_design(np.ones(many, dtype=np.int64), np.full(many, ONE), many)
    sample = joined("T1", "joint", many, pd.Index(range(many)), [drawn_sample(made, np.arange(many))])
    true = np.arange(many) < 2
    found = share_of([sample], [true], [np.ones(many, dtype=bool)])
    assert (found.share, found.low, found.high, found.standard_error) == pytest.approx((2 / 9, 2 / 9, 2 / 9, 0.0))
