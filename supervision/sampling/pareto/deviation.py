"""How far a stratum's probabilities are from the wanted ones (概率偏差): a rule of the commitment."""

from __future__ import annotations

import numpy as np

from supervision.sampling.pareto.realised import realised_roughly
from supervision.sampling.pareto.working_probability import ONE, Integers, wanted


def largest_deviation(x: Integers, L: Integers, sample: int, many: Integers | None = None) -> float:
    """Return the largest |π_i(L) − π_i| / min(π_i, 1 − π_i) of a stratum (最大相对偏差); certainty units have none.

    `x`, `L` int64 (N,): sizes and working probabilities × 2^53 of the whole stratum, `sample` its n; `many` as in
    `working_probability`.
    """
    target = wanted(x, sample, many)
    left = ~target.certain
    if not left.any() or int(x[left].min()) == int(x[left].max()):
        return 0.0
    pairs, place = np.unique(np.stack([x[left], L[left]]), axis=1, return_inverse=True)
    counts = np.zeros(pairs.shape[1], dtype=np.int64)
    np.add.at(counts, place.reshape(-1), 1 if many is None else many[left])
    goal = np.array([float(target.fraction(int(size))) for size in pairs[0]])
    probability = pairs[1] / ONE
    low, high = realised_roughly(np.log(probability) - np.log1p(-probability), counts, target.sample)
    error = np.where(goal < 1.0 - goal, low - goal, (1.0 - goal) - high)
    return float((np.abs(error) / np.minimum(goal, 1.0 - goal)).max())
