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
        low += (weight * _at_most(below, above, sample - 1)).sum(axis=0)
        high += (weight * _at_most(above, below, units - sample - 1)).sum(axis=0)
    return low, high


def _at_most(success: Floats, failure: Floats, most: int) -> Floats:
    """P(at most `most` successes among the others), for each point (rows) and unit (columns): Poisson-binomial."""
    points, units = success.shape
    if most < 0:
        return np.zeros((points, units))
    width = most + 1
    before = np.zeros((units, points, width))
    before[0, :, 0] = 1.0
    for unit in range(1, units):
        before[unit] = _added(before[unit - 1], success[:, unit - 1], failure[:, unit - 1])
    found = np.empty((points, units))
    after = np.zeros((points, width))
    after[:, 0] = 1.0
    for unit in range(units - 1, -1, -1):
        found[:, unit] = (before[unit] * np.cumsum(after, axis=1)[:, ::-1]).sum(axis=1)
        after = _added(after, success[:, unit], failure[:, unit])
    return found


def _added(counts: Floats, success: Floats, failure: Floats) -> Floats:
    """One more unit in the distribution of the count; counts (points, width)."""
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
