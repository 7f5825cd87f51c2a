"""Limits of a share seen in a few trials (小样本比例的区间): Jeffreys' interval.

The limits of x findings among n trials are quantiles of Beta(x + 1/2, n − x + 1/2); 0 and 1 where nothing or
everything was found (Brown, Cai, DasGupta 2001). Both x and n may be broken numbers: an effective sample size is one.
"""

from __future__ import annotations

import math

HALF = 0.5
TINY = 1e-300
STEPS = 1000
EXACT = 1e-15
NOTHING = 1e-9


def jeffreys_limits(share: float, trials: float, *, confidence: float) -> tuple[float, float]:
    """Return the lower and upper limit of a share (比例的置信限) that was seen in `trials` > 0 trials.

    >>> [round(limit, 4) for limit in jeffreys_limits(0.1, 20, confidence=0.95)]
    [0.0214, 0.2839]
    >>> [round(limit, 4) for limit in jeffreys_limits(0.0, 20, confidence=0.95)]
    [0.0, 0.1166]
    """
    tail, found, clean = (1.0 - confidence) / 2.0, share * trials, (1.0 - share) * trials
    low = 0.0 if found < NOTHING else beta_quantile(tail, found + HALF, clean + HALF)
    high = 1.0 if clean < NOTHING else beta_quantile(1.0 - tail, found + HALF, clean + HALF)
    return min(low, share), max(high, share)  # less than half a finding can put a quantile beyond the share itself


def beta_quantile(probability: float, a: float, b: float) -> float:
    """Return the quantile of the beta distribution (贝塔分布分位数): p with `beta_below(p, a, b)` = probability.

    Newton's steps, halving the bracket wherever one would leave it: the function is monotone, so this never fails.
    """
    low, high = 0.0, 1.0
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    guess = a / (a + b)
    for _ in range(STEPS):
        error = beta_below(guess, a, b) - probability
        low, high = (guess, high) if error < 0.0 else (low, guess)
        density = math.exp(scale + (a - 1.0) * math.log(guess) + (b - 1.0) * math.log1p(-guess))
        step = guess - error / density if density > TINY else low
        after = step if low < step < high else (low + high) / 2.0
        if abs(after - guess) <= EXACT * guess or after in (0.0, 1.0):
            return after
        guess = after
    return guess


def beta_below(point: float, a: float, b: float) -> float:
    """Return how likely a Beta(a, b) variable is at most `point` (贝塔分布函数), 0 < point < 1.

    The continued fraction of the incomplete beta function (Abramowitz and Stegun 26.5.8), by Lentz's method; it
    converges fast below the mean, and I_x(a, b) = 1 − I_{1−x}(b, a) leads there.
    """
    if point > (a + 1.0) / (a + b + 2.0):
        return 1.0 - _lower(1.0 - point, b, a)
    return _lower(point, a, b)


def _lower(x: float, a: float, b: float) -> float:
    front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    c, d = 1.0, _away_from_zero(1.0 - (a + b) * x / (a + 1.0))
    d = 1.0 / d
    value = d
    for m in range(1, STEPS):
        even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m))
        d, c = 1.0 / _away_from_zero(1.0 + even * d), _away_from_zero(1.0 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0))
        d, c = 1.0 / _away_from_zero(1.0 + odd * d), _away_from_zero(1.0 + odd / c)
        value *= d * c
        if abs(d * c - 1.0) < EXACT:
            break
    return math.exp(front) * value / a


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
