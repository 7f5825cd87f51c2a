"""Adjusted working probabilities (调整后的工作概率): draw protocol 1, section 2.4.

Pareto sampling (Rosén 1997) with λ = π misses π by up to 2.8 % in a stratum of six; Aires (1999) gives the λ whose
realised probability is π. Realised: ∫ P(at most n−1 of the others have a key below t) dF_i(t).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

STEP = 0.2
MARGIN = 45.0
TOLERANCE = 1e-11
ROUNDS = 100
_BLOCK = 64

Floats = npt.NDArray[np.float64]


def adjust(target: Floats, sample: int) -> Floats | None:
    """Return λ (N,) whose realised inclusion probabilities are `target` (求解 λ), None after 100 vain steps.

    `target` in (0, 1) with sum `sample`; the certainty units of the stratum are not among them.
    """
    units = len(target)
    wish = np.log(target) - np.log1p(-target)
    kinds, kind = np.unique(target, return_inverse=True)
    logits = wish.copy()
    for _ in range(ROUNDS + 1):
        low, high = realised(logits, sample)
        error = np.where(target < 0.5, low - target, (1.0 - target) - high)
        if (np.abs(error) <= TOLERANCE * np.minimum(target, 1.0 - target)).all():
            return np.asarray(1.0 / (1.0 + np.exp(-logits)))
        step = (units - 1) / units * (wish - (np.log(low) - np.log(high)))
        # units of one size stay equal: their sums are taken in different orders and differ in the last bit
        step = (np.bincount(kind, weights=step) / np.bincount(kind))[kind] if len(kinds) < units else step
        logits = _shifted(logits + step, sample)
    return None


def realised(logits: Floats, sample: int) -> tuple[Floats, Floats]:
    """Return the realised inclusion probabilities and their complements (实际入样概率): float64 (N,) each.

    The trapezoid rule over ln t; both are sums of positive terms, so that a probability near 1 keeps its digits.
    """
    units = len(logits)
    start, stop = -logits.max() - MARGIN, -logits.min() + MARGIN
    points = start + STEP * np.arange(int(np.ceil((stop - start) / STEP)) + 1)
    low, high = np.zeros(units), np.zeros(units)
    for first in range(0, len(points), _BLOCK):
        below = _sigmoid(points[first : first + _BLOCK, None] + logits)
        above = _sigmoid(-points[first : first + _BLOCK, None] - logits)
        weight = STEP * below * above
        if 2 * sample <= units:
            few, many = _split(below, above, sample)
        else:
            many, few = _split(above, below, units - sample)
        low += (weight * few).sum(axis=0)
        high += (weight * many).sum(axis=0)
    return low, high


def _split(success: Floats, failure: Floats, bound: int) -> tuple[Floats, Floats]:
    """P(fewer than `bound` successes among the others) and P(at least so many), by the Poisson-binomial recursion.

    For each point (rows) and unit left out (columns). Nothing is subtracted, so that small ones keep their digits.
    """
    points, units = success.shape
    if bound < 1:
        return np.zeros((points, units)), np.ones((points, units))
    before, over = np.zeros((units, points, bound)), np.zeros((units, points))
    before[0, :, 0] = 1.0
    for unit in range(1, units):
        taken, left = success[:, unit - 1], failure[:, unit - 1]
        over[unit] = over[unit - 1] + before[unit - 1, :, -1] * taken
        before[unit] = _added(before[unit - 1], taken, left)
    few, many = np.empty((points, units)), np.empty((points, units))
    below = np.ones((points, bound))  # P(at most m of the later units), m = bound − 1 … 0
    above = np.zeros((points, bound))  # P(at least m + 1 of the later units), m = bound − 1 … 0
    for unit in range(units - 1, -1, -1):
        few[:, unit] = (before[unit] * below).sum(axis=1)
        many[:, unit] = over[unit] + (before[unit] * above).sum(axis=1)
        taken, left = success[:, unit, None], failure[:, unit, None]
        fewer = np.concatenate([below[:, 1:], np.zeros((points, 1))], axis=1)
        more = np.concatenate([above[:, 1:], np.ones((points, 1))], axis=1)
        below, above = below * left + fewer * taken, above * left + more * taken
    return few, many


def _added(counts: Floats, success: Floats, failure: Floats) -> Floats:
    """One more unit in the distribution of the count; counts (points, bound), what reaches the bound leaves."""
    result = counts * failure[:, None]
    result[:, 1:] += counts[:, :-1] * success[:, None]
    return result


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))


def _shifted(logits: Floats, sample: int) -> Floats:
    """Shift all logits together until Σλ is the sample size (bisection: monotone, never fails)."""
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _sigmoid(logits + middle).sum() < sample else (low, middle)
    return logits + (low + high) / 2
