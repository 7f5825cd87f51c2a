"""Joint inclusion probabilities of Pareto sampling (联合入样概率), exact (Aires 1999); draw protocol 2, section 8.

π_ij = ∫ P(at most n−2 of the others have a key below t) d(F_i F_j)(t), F as in `pareto.realised`.
"""

from __future__ import annotations

import numpy as np

from supervision.sampling.pareto.realised import STEP, Complex, Counts, Floats, integration_points, spectrum

NONE_OF = 2


def joint_probabilities(logits: Floats, counts: Counts, sample: int, wanted: Counts) -> Floats:
    """Return π_ij of two different units (联合入样概率): float64 (k, k), for the kinds whose numbers are `wanted`.

    `logits` ln(λ/(1−λ)) of each kind of unit in the stratum, `counts` how many units are of it, certainty units not
    among them; `sample` is n. On the diagonal stand two different units of one kind.
    """
    chosen = logits[wanted]
    found = np.zeros((len(wanted), len(wanted)))
    if sample < NONE_OF:
        return found
    step, points = integration_points(logits, logits, counts, STEP)
    for point in points:
        below, above = _sigmoid(point + logits), _sigmoid(-point - logits)
        few = _few(spectrum(below, above, counts, sample - NONE_OF, left_out=NONE_OF), wanted)
        low, high = _sigmoid(point + chosen), _sigmoid(-point - chosen)
        found += step * few * np.outer(low, low) * (high[:, None] + high[None, :])
    return found


def _few(found: tuple[Complex, Complex] | float, wanted: Counts) -> Floats | float:
    """P(at most n−2 of the others are below), for each pair of kinds."""
    if isinstance(found, float):
        return found
    factor, everybody = found
    mine = factor[wanted]
    return np.asarray(np.clip(((everybody[None, :] / mine) @ (1.0 / mine).T).real, 0.0, 1.0))


def _sigmoid(value: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-value)))
