"""Realised inclusion probabilities of Pareto sampling (实际入样概率): draw protocol 2, section 2.4.

π_i(λ) = ∫ P(at most n−1 of the others have a key below t) dF_i(t), F_j(t) = tλ_j/(tλ_j + (1−λ_j)), over s = ln t. The
count of the others is a sum of independent trials; its distribution comes from its characteristic function, once for
all units of a kind. The trapezoid rule on such an integrand errs by exp(−2π²/(step·σ)²), σ² the count's variance.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MARGIN = 34.0  # beyond it lies less than exp(−34) of any unit's probability
LONGEST_STEP = 0.2  # with few drawn of many the integrand is like exp(−exp(s)): analytic for |Im s| < π/2 alone
STEP, ROUGH_STEP = 0.6, 1.2  # in units of 1/σ
GROUPS = 127
FAR = 10.0
LEAST_FREQUENCIES = 64

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
    for point in points:
        weight = step * _sigmoid(point + logits) * _sigmoid(-point - logits)
        few = _at_most(_sigmoid(point + others), _sigmoid(-point - others), counts, sample - 1)
        mine = few[group] if isinstance(few, np.ndarray) else few
        low += weight * mine
        high += weight * (1.0 - mine)
    return low, high


def integration_points(logits: Floats, others: Floats, counts: Counts, fineness: float) -> tuple[float, Floats]:
    """Return step and points of ln t (积分节点) at which the trapezoid rule looks; the rest weighs nothing."""
    spread = _sigmoid(others)
    sigma = float(np.sqrt(counts @ (spread * (1.0 - spread))))
    step = min(LONGEST_STEP, fineness / max(sigma, 1.0))
    return step, np.arange(-logits.max() - MARGIN, -logits.min() + MARGIN + step, step)


def _at_most(below: Floats, above: Floats, counts: Counts, most: int) -> Floats | float:
    """P(at most `most` of the others are below), for a unit of each kind."""
    found = spectrum(below, above, counts, most, left_out=1)
    if isinstance(found, float):
        return found
    factor, everybody = found
    return np.asarray(np.clip((everybody[None, :] / factor).sum(axis=1).real, 0.0, 1.0))


def spectrum(
    below: Floats, above: Floats, counts: Counts, most: int, *, left_out: int
) -> tuple[Complex, Complex] | float:
    """Return what P(at most `most` are below) is summed from (计数分布的特征函数), or 0.0 or 1.0 where it is certain.

    The first array holds the factor of a unit of each kind, (kinds, frequencies); the second that of everybody with
    the sum's kernel, (frequencies,). It is divided by the factors of the `left_out` units that are not counted; the
    real part of what then is summed up is the probability.
    """
    mean = float(counts @ below)
    reach = FAR * (float(np.sqrt(counts @ (below * above))) + 1.0)
    if mean + reach < most:
        return 1.0
    if mean - left_out - reach > most:
        return 0.0
    frequencies = max(LEAST_FREQUENCIES, 1 << int(np.ceil(np.log2(2.0 * reach))))
    start = max(0, round(mean) - frequencies // 2)
    terms = most - start + 1
    if terms <= 0:
        return 0.0
    if terms >= frequencies:
        return 1.0
    # the distribution is real: frequencies of the upper half circle are conjugates of those of the lower one
    angle = 2.0 * np.pi * np.arange(frequencies // 2 + 1) / frequencies
    factor = above[:, None] + below[:, None] * np.exp(1j * angle)[None, :]
    everybody = np.exp(np.einsum("k,kf->f", counts, np.log(factor))) * _kernel(angle, start, terms) / frequencies
    everybody[1:-1] *= 2.0
    return factor, everybody


def _kernel(angle: Floats, start: int, terms: int) -> Complex:
    """Σ exp(−i·angle·k) over k = start … start + terms − 1."""
    ratio = np.exp(-1j * angle[1:])
    found = np.empty(len(angle), dtype=np.complex128)
    found[0] = terms
    found[1:] = np.exp(-1j * angle[1:] * start) * (1.0 - ratio**terms) / (1.0 - ratio)
    return found


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))
