"""Realised inclusion probabilities of Pareto sampling (实际入样概率): draw protocol 2, section 2.4.

π_i(λ) = ∫ P(at most n−1 of the others have a key below t) dF_i(t), F_j(t) = tλ_j/(tλ_j + (1−λ_j)), over s = ln t. The
count of the others is a sum of independent trials; its distribution comes from its characteristic function, once for
all units of a kind. The trapezoid rule on such an integrand errs by exp(−2π²/(step·σ)²), σ² the count's variance.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

MARGIN = 34.0  # beyond it lies less than exp(−34) of any unit's probability
LONGEST_STEP = 0.2  # with few drawn of many the integrand is like exp(−exp(s)): analytic for |Im s| < π/2 alone
STEP, ROUGH_STEP = 0.6, 1.2  # in units of 1/σ
GROUPS = 127
FAR = 10.0
LEAST_FREQUENCIES = 64
BLOCK = 2000  # integration points that are looked at together

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]
Complex = npt.NDArray[np.complex128]


def realised(logits: Floats, counts: Counts, sample: int) -> tuple[Floats, Floats]:
    """Return the realised inclusion probability of each kind of unit, and its complement: float64 (kinds,) each.

    `logits` ln(λ/(1−λ)) of each kind, `counts` how many units are of it; `sample` is n. Both are sums of positive
    terms, so that a probability near 1 keeps its digits.
    """
    return _integrated(logits, logits, np.arange(len(logits)), counts, sample, STEP)


def realised_roughly(logits: Floats, counts: Counts, sample: int) -> tuple[Floats, Floats]:
    """Return the same to about 1e-4 of each (近似实际入样概率): close kinds stand for each other.

    Kinds are put into at most 128 groups of equal width in logits; each has the mean probability of its units.
    """
    _, group = np.unique(
        ((logits - logits.min()) / max(np.ptp(logits), 1e-9) * GROUPS).astype(int), return_inverse=True
    )
    joined = np.bincount(group, weights=counts)
    mean = np.bincount(group, weights=counts * _sigmoid(logits)) / joined
    return _integrated(logits, np.log(mean) - np.log1p(-mean), group, joined.astype(np.int64), sample, ROUGH_STEP)


def _integrated(
    logits: Floats, others: Floats, group: Counts, counts: Counts, sample: int, fineness: float
) -> tuple[Floats, Floats]:
    """The integral over all points, by the trapezoid rule; `others` are the logits of the groups that are counted."""
    step, points = integration_points(logits, others, counts, fineness)
    low, high = np.zeros(len(logits)), np.zeros(len(logits))
    for first in range(0, len(points), BLOCK):
        block = points[first : first + BLOCK, None]
        weights = step * _sigmoid(block + logits) * _sigmoid(-block - logits)
        below, above = _sigmoid(block + others), _sigmoid(-block - others)
        mean, reach = _mean_and_reach(below, above, counts)
        sure = _certain(mean, reach, sample - 1, left_out=1)
        for number, known in enumerate(sure.tolist()):
            few = _at_most(below[number], above[number], counts, sample - 1)[group] if np.isnan(known) else known
            low += weights[number] * few
            high += weights[number] * (1.0 - few)
    return low, high


def integration_points(logits: Floats, others: Floats, counts: Counts, fineness: float) -> tuple[float, Floats]:
    """Return step and points of ln t (积分节点) at which the trapezoid rule looks; the rest weighs nothing."""
    spread = _sigmoid(others)
    sigma = float(np.sqrt(counts @ (spread * (1.0 - spread))))
    step = min(LONGEST_STEP, fineness / max(sigma, 1.0))
    return step, np.arange(-logits.max() - MARGIN, -logits.min() + MARGIN + step, step)


def _at_most(below: Floats, above: Floats, counts: Counts, most: int) -> Floats:
    """P(at most `most` of the others are below), for a unit of each kind."""
    found = spectrum(below, above, counts, most, left_out=1)
    if isinstance(found, float):
        return np.full(len(counts), found)
    factor, everybody = found
    return np.asarray(np.clip((everybody[None, :] / factor).sum(axis=1).real, 0.0, 1.0))


def _mean_and_reach(below: Floats, above: Floats, counts: Counts) -> tuple[Floats, Floats]:
    """How many are below on average, and how far from it the number may lie; (…, kinds) → (…)."""
    variance = np.einsum("...k,k->...", below * above, counts)
    return np.einsum("...k,k->...", below, counts), FAR * (np.sqrt(variance) + 1.0)


def _certain(mean: Floats, reach: Floats, most: int, *, left_out: int) -> Floats:
    """1.0 or 0.0 where P(at most `most` are below) is certain, else NaN."""
    return np.where(mean + reach < most, 1.0, np.where(mean - left_out - reach > most, 0.0, np.nan))


def spectrum(
    below: Floats, above: Floats, counts: Counts, most: int, *, left_out: int
) -> tuple[Complex, Complex] | float:
    """Return what P(at most `most` are below) is summed from (计数分布的特征函数), or 0.0 or 1.0 where it is certain.

    The first array holds the factor of a unit of each kind, (kinds, frequencies); the second that of everybody with
    the sum's kernel, (frequencies,). It is divided by the factors of the `left_out` units that are not counted; the
    real part of what then is summed up is the probability.
    """
    mean, reach = (float(value) for value in _mean_and_reach(below, above, counts))
    known = float(_certain(np.array(mean), np.array(reach), most, left_out=left_out))
    if not np.isnan(known):
        return known
    frequencies = max(LEAST_FREQUENCIES, 1 << int(np.ceil(np.log2(2.0 * reach))))
    start = max(0, round(mean) - frequencies // 2)
    terms = most - start + 1
    if terms <= 0:
        return 0.0
    if terms >= frequencies:
        return 1.0
    angle, ahead, back = _half_circle(frequencies)
    factor = above[:, None] + below[:, None] * ahead[None, :]
    # the logarithm by its two parts: numpy's own of complex numbers takes fifteen times as long
    size = np.einsum("k,kf->f", counts, np.log(np.abs(factor)))
    turn = np.einsum("k,kf->f", counts, np.arctan2(factor.imag, factor.real))
    product = np.exp(size + 1j * turn)
    everybody = product * _kernel(angle, back, start, terms) / frequencies
    everybody[1:-1] *= 2.0
    return factor, everybody


@lru_cache(maxsize=32)
def _half_circle(frequencies: int) -> tuple[Floats, Complex, Complex]:
    """The angles of the lower half circle, exp(i·angle), and exp(−i·angle) without the first.

    The distribution is real: frequencies of the upper half are conjugates of those of the lower one.
    """
    angle = 2.0 * np.pi * np.arange(frequencies // 2 + 1) / frequencies
    return angle, np.exp(1j * angle), np.exp(-1j * angle[1:])


def _kernel(angle: Floats, back: Complex, start: int, terms: int) -> Complex:
    """Σ exp(−i·angle·k) over k = start … start + terms − 1."""
    found = np.empty(len(angle), dtype=np.complex128)
    found[0] = terms
    found[1:] = np.exp(-1j * angle[1:] * start) * (1.0 - back**terms) / (1.0 - back)
    return found


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))
