"""Realised inclusion probabilities and how far a stratum is from what is wanted."""

from __future__ import annotations

import numpy as np
import pytest

from supervision.sampling.pareto.deviation import largest_deviation
from supervision.sampling.pareto.realised import realised, realised_roughly
from supervision.sampling.pareto.working_probability import ONE, working

STEP, MARGIN = 0.1, 45.0


def plain(chance: list[float], sample: int) -> list[float]:
    """The text of section 2.4 to the letter: trapezoid rule in ln t, Poisson-binomial recursion over the others."""
    logits = [float(np.log(one) - np.log1p(-one)) for one in chance]
    points = np.arange(-max(logits) - MARGIN, -min(logits) + MARGIN, STEP)
    below = 1 / (1 + np.exp(-(points[:, None] + np.array(logits)[None, :])))
    found = []
    for unit in range(len(chance)):
        count = np.zeros((len(points), sample))
        count[:, 0] = 1.0
        for other in range(len(chance)):
            if other != unit:
                p = below[:, other : other + 1]
                moved = np.concatenate([np.zeros((len(points), 1)), count[:, :-1]], axis=1)
                count = count * (1 - p) + moved * p
        density = below[:, unit] * (1 - below[:, unit])
        found.append(float((count.sum(axis=1) * density).sum() * STEP))
    return found


def both(chance: list[float], counts: list[int], sample: int) -> tuple[np.ndarray, np.ndarray]:
    """Realised probabilities and complements of kinds."""
    logits = np.log(np.array(chance)) - np.log1p(-np.array(chance))
    return realised(logits, np.array(counts), sample)


@pytest.mark.parametrize(
    ("chance", "counts", "sample"),
    [
        ([0.2, 0.5, 0.8], [1, 1, 1], 1),
        ([0.3, 0.6], [5, 2], 2),
        ([0.01, 0.9], [40, 3], 3),
        ([0.001, 0.999], [30, 9], 9),
        ([0.5], [12], 6),
        ([0.05, 0.25, 0.7], [60, 20, 10], 15),
    ],
)
def test_as_the_text_says(chance: list[float], counts: list[int], sample: int) -> None:
    """The sum over frequencies gives what the recursion gives, each kind once, and its complement."""
    units = [one for one, many in zip(chance, counts, strict=True) for _ in range(many)]
    exact = plain(units, sample)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    low, high = both(chance, counts, sample)
    assert low == pytest.approx([exact[k] for k in first], rel=1e-10, abs=1e-14)
    assert low + high == pytest.approx(np.ones(len(chance)), abs=1e-12)
    assert float(np.array(counts) @ low) == pytest.approx(sample, rel=1e-12)


def test_near_certainty_keeps_its_digits() -> None:
    """A complement of 1e-9 is known to ten digits: it is its own sum, not one less the other."""
    _, high = both([1e-3, 1 - 1e-9], [5, 1], 1)
    exact = plain([1e-3] * 5 + [1 - 1e-9], 1)
    assert high[1] == pytest.approx(sum(exact[:5]), rel=1e-10)


def test_roughly_is_near() -> None:
    """Five hundred different sizes: groups of close ones give the same to a thousandth of each probability."""
    chance = np.linspace(0.01, 0.4, 500)
    logits, counts = np.log(chance) - np.log1p(-chance), np.ones(500, np.int64)
    sample = round(float(chance.sum()))
    exact, rough = realised(logits, counts, sample)[0], realised_roughly(logits, counts, sample)[0]
    assert np.abs(rough / exact - 1).max() < 1e-3


def test_deviation_of_equal_sizes_and_of_certainty_is_none() -> None:
    """There is nothing that could deviate."""
    for x in ([3] * 10, [900, 7, 7, 7], [5, 5]):
        sizes = np.array(x)
        assert largest_deviation(sizes, working(sizes, 2).L, 2) == 0.0


def test_deviation_of_adjusted_and_plain_strata() -> None:
    """Adjusted L realises what is wanted; λ = π in the same stratum misses it by what the recursion says."""
    x = np.array([1, 2, 3, 4, 5, 6])
    assert largest_deviation(x, working(x, 3).L, 3) < 1e-3
    pi = [3 * size / 21 for size in x.tolist()]
    L = np.array([round(one * ONE) for one in pi])
    misses = [abs(a - b) / min(b, 1 - b) for a, b in zip(plain(pi, 3), pi, strict=True)]
    assert largest_deviation(x, L, 3) == pytest.approx(max(misses), rel=5e-3)
    assert max(misses) > 0.01


def test_deviation_looks_at_every_unit() -> None:
    """One unit whose L is off by a tenth is seen among fifty that are right."""
    x = np.array([1, 2] * 25)
    L = working(x, 10).L.copy()
    L[-1] = L[-1] * 9 // 10
    assert 0.05 < largest_deviation(x, L, 10) < 0.2
