"""How far an estimated total may be off (抽样方差): draw protocol 2, section 8.

n/(n−1)·Σ(1−π)(z/π − A)², A = Σ(1−π)(z/π)/Σ(1−π), over a stratum's drawn non-certainty units (Rosén 1997); of small
strata with unequal sizes Sen's, Yates' and Grundy's estimator with exact joint probabilities. Tasks that share random
numbers are correlated: a unit of both is drawn by both with the smaller of its two probabilities.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from supervision.sampling.estimates.task_sample import TaskSample
from supervision.sampling.pareto.realised import Floats


def variance(sample: TaskSample, expanded: Floats) -> float | None:
    """Return the variance of Σ z/π over a task's sample (总量方差), None where a lone unit tells nothing of it.

    `expanded` float64 (n,): z/π of each unit of the sample.
    """
    found = 0.0
    for block, rows in _rows_of_blocks(sample):
        if len(rows) < 2:
            return None
        values, left = expanded[rows], 1.0 - sample.probability[rows]
        if block in sample.joint:
            found += _pairwise(values, sample.probability[rows], sample.joint[block])
        else:
            found += len(rows) / (len(rows) - 1) * float(left @ (values - _centre(values, left)) ** 2)
    return max(found, 0.0)


def covariance(one: TaskSample, other: TaskSample, centred_one: Floats, centred_other: Floats) -> float:
    """Return the covariance of two tasks' totals (两任务总量的协方差), 0 unless they share random numbers.

    Each total's error is Σ (drawn − π)·(z/π − A) in the limit; a unit of both samples stands for 1/min(π, π') units of
    both frames, each with the covariance min(π, π') − ππ'. The arrays are those of `centred`.
    """
    if one.group != other.group or not (centred_one.any() and centred_other.any()):
        return 0.0
    here, there = _in_both(one, other)
    left = 1.0 - np.maximum(one.probability[here], other.probability[there])
    return float(left @ (centred_one[here] * centred_other[there]))


def centred(sample: TaskSample, expanded: Floats) -> Floats:
    """Return z/π − A in each block (中心化), times √(n/(n−1)): 0 for certainty units and those that are alone."""
    found = np.zeros(len(expanded))
    for _, rows in _rows_of_blocks(sample):
        if len(rows) > 1:
            values, left = expanded[rows], 1.0 - sample.probability[rows]
            found[rows] = np.sqrt(len(rows) / (len(rows) - 1)) * (values - _centre(values, left))
    return found


@lru_cache(maxsize=1024)  # the same pair of tasks is looked at for every line of a table
def _in_both(one: TaskSample, other: TaskSample) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    both = one.unit_id.intersection(other.unit_id)
    return one.unit_id.get_indexer(both), other.unit_id.get_indexer(both)


def _centre(values: Floats, left: Floats) -> float:
    return float(left @ values / left.sum())


def _pairwise(values: Floats, probability: Floats, joint: Floats) -> float:
    """Σ over pairs of (π_iπ_j − π_ij)/π_ij·(z_i/π_i − z_j/π_j)²."""
    upper = np.triu_indices(len(values), 1)
    excess = (np.outer(probability, probability)[upper] - joint[upper]) / joint[upper]
    return float(excess @ np.subtract.outer(values, values)[upper] ** 2)


def _rows_of_blocks(sample: TaskSample) -> list[tuple[int, npt.NDArray[np.intp]]]:
    return [(int(block), np.flatnonzero(sample.block == block)) for block in np.unique(sample.block) if block >= 0]
