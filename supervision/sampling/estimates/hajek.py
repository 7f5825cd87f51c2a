"""The share of a frame's units that something is true of (Hájek 比率估计): draw protocol 2, section 8.

Its point is Σ y/π over Σ 1/π, its standard error that of the ratio's linear part. Its limits have to hold where few
things were found and one of them stands for sixty of another class, which p ± 1.96·s does not: with chances of 1:60
it holds 67 % of the time in a town of 2,000 units where it says 95 %. So the error is taken apart:

- within bands of like weights (each at most `BAND` times the next) the share of a band is a share of Kish's effective
  number of trials (Σw)²/Σ(1−π)w², with Jeffreys' limits, which stand also where a band found nothing;
- between bands, and from tasks that share random numbers, the variance of the draw's own formula.

The distances from the point are put together as the square root of the sum of their squares, below and above each for
itself (Zou and Donner 2008; for strata Yan and Su 2010). benchmarks/estimate_coverage.py counts how often that holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from supervision.sampling.estimates.jeffreys_limits import jeffreys_limits
from supervision.sampling.estimates.task_sample import TaskSample
from supervision.sampling.estimates.variance import centred, covariance, variance
from supervision.sampling.pareto.realised import Floats

BAND = 2.0
CONFIDENCE = 0.95
ROUNDING = 1e-9

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """An estimated share (比率估计).

    Attributes
    ----------
    share, low, high
        The point and its confidence limits, 0 … 1.
    standard_error
        By the draw's variance formula; None where a single drawn unit tells nothing of it.
    units, found
        How many records of the sample it rests on, and of how many of them it was true.
    effective_units
        Kish's effective sample size, (Σw)²/Σw².
    design_effect
        The variance against that of as many units drawn with equal chances; None where that is 0 or not known.
    """

    share: float
    low: float
    high: float
    standard_error: float | None
    units: int
    found: int
    effective_units: float
    design_effect: float | None


def share_of(
    samples: Sequence[TaskSample],
    true: Sequence[Truths],
    asked: Sequence[Truths],
    *,
    confidence: float = CONFIDENCE,
) -> Estimate | None:
    """Return the share of units of which something is true (比率估计), None where nobody was asked.

    `samples`: the task, or several tasks that are pooled, each record with its own task's weight; `true`, `asked`: for
    each task bool (n,), in the order of its sample: of which units it is true, and which are of the group that is
    looked at and have a result.
    """
    weight = [np.where(one, sample.weight, 0.0) for sample, one in zip(samples, asked, strict=True)]
    total = float(sum(part.sum() for part in weight))
    if total == 0.0:
        return None
    share = float(sum(part @ truth for part, truth in zip(weight, true, strict=True))) / total
    off = [part * (truth - share) / total for part, truth in zip(weight, true, strict=True)]
    spread = _variance(samples, off, off)
    low, high = _limits(samples, weight, true, share, off, confidence=confidence)
    units = int(sum(one.sum() for one in asked))
    squares = float(sum(part @ part for part in weight))
    plain = share * (1.0 - share) / units
    return Estimate(
        share=share,
        low=low,
        high=high,
        standard_error=None if spread is None else math.sqrt(spread),
        units=units,
        found=int(sum((truth & one).sum() for truth, one in zip(true, asked, strict=True))),
        effective_units=total * total / squares,
        design_effect=spread / plain if spread is not None and plain > 0.0 else None,
    )


def _variance(
    samples: Sequence[TaskSample], own: Sequence[Floats], shared: Sequence[Floats], *, lone: float | None = None
) -> float | None:
    """The variance of a pooled total: each task's of `own`, `lone` for an unknown one, covariances of `shared`."""
    found = 0.0
    for sample, values in zip(samples, own, strict=True):
        part = variance(sample, values)
        part = lone if part is None else part
        if part is None:
            return None
        found += part
    if len(samples) > 1:
        middle = [centred(sample, values) for sample, values in zip(samples, shared, strict=True)]
        for (one, mine), (other, theirs) in combinations(zip(samples, middle, strict=True), 2):
            found += 2.0 * covariance(one, other, mine, theirs)
    return max(found, 0.0)


def _limits(
    samples: Sequence[TaskSample],
    weight: Sequence[Floats],
    true: Sequence[Truths],
    share: float,
    off: Sequence[Floats],
    *,
    confidence: float,
) -> tuple[float, float]:
    """Confidence limits; see the module. A lone unit's block adds nothing between bands: its band has it already."""
    total = float(sum(part.sum() for part in weight))
    heaviest = max(float(sample.weight.max()) for sample in samples)
    bands = [np.floor(np.log(heaviest / sample.weight) / math.log(BAND) + ROUNDING).astype(int) for sample in samples]
    below = above = 0.0
    levels = [np.zeros(len(part)) for part in weight]
    for band in sorted({int(one) for part in bands for one in part}):
        here = [part == band for part in bands]
        heavy = float(sum(part[one].sum() for part, one in zip(weight, here, strict=True)))
        if heavy == 0.0:
            continue
        level = float(sum((p * t)[one].sum() for p, t, one in zip(weight, true, here, strict=True))) / heavy
        for values, one in zip(levels, here, strict=True):
            values[one] = level
        doubt = float(sum((_open(s) * p**2)[one].sum() for s, p, one in zip(samples, weight, here, strict=True)))
        if doubt > 0.0:
            low, high = jeffreys_limits(min(level, 1.0), heavy * heavy / doubt, confidence=confidence)
            below += (heavy / total * (level - low)) ** 2
            above += (heavy / total * (high - level)) ** 2
    between = [part * (level - share) / total for part, level in zip(weight, levels, strict=True)]
    normal = NormalDist().inv_cdf((1.0 + confidence) / 2.0)
    rest = normal**2 * (_variance(samples, between, off, lone=0.0) or 0.0)
    return max(0.0, share - math.sqrt(below + rest)), min(1.0, share + math.sqrt(above + rest))


def _open(sample: TaskSample) -> npt.NDArray[Any]:
    return 1.0 - sample.probability
