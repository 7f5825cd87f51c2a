"""Adjusted working probabilities (调整后的工作概率): draw protocol 2, section 2.4.

Pareto sampling (Rosén 1997) with λ = π misses π by up to 2.8 % in a stratum of six; Aires (1999) gives the λ whose
realised probability is π.
"""

from __future__ import annotations

import numpy as np

from supervision.sampling.pareto.realised import Counts, Floats, realised

TOLERANCE = 1e-11
LEAST_ERROR = 1e-14
ROUNDS = 200
HALF = 0.5


def adjust(target: Floats, counts: Counts, sample: int) -> Floats | None:
    """Return λ of each kind whose realised inclusion probability is `target` (求解 λ), None after 200 vain steps.

    `target` (kinds,) in (0, 1), `counts` how many units are of each kind, Σ counts·target = `sample`; the certainty
    units of the stratum are not among them.
    """
    units = int(counts.sum())
    wish = np.log(target) - np.log1p(-target)
    allowed = np.maximum(TOLERANCE * np.minimum(target, 1.0 - target), LEAST_ERROR)
    logits = wish.copy()
    for _ in range(ROUNDS):
        low, high = realised(logits, counts, sample)
        error = np.where(target < HALF, low - target, (1.0 - target) - high)
        if (np.abs(error) <= allowed).all():
            return _sigmoid(logits)
        step = (units - 1) / units * (wish - (np.log(low) - np.log(high)))
        logits = _shifted(logits + step, counts, sample)
    return None


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))


def _shifted(logits: Floats, counts: Counts, sample: int) -> Floats:
    """Shift all logits together until Σλ is the sample size (bisection: monotone, never fails)."""
    low, high = -60.0, 60.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if counts @ _sigmoid(logits + middle) < sample else (low, middle)
    return logits + (low + high) / 2
