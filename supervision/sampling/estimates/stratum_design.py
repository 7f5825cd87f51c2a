"""With what probability each unit of a stratum was to be drawn (层内入样概率): draw protocol 2, sections 2 and 8."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supervision.sampling.estimates.joint_probabilities import joint_probabilities
from supervision.sampling.pareto.realised import Counts, Floats, realised
from supervision.sampling.pareto.working_probability import ONE, Integers, may_adjust, wanted


@dataclass(frozen=True, kw_only=True, eq=False)
class SmallStratum:
    """A stratum that is small and unequal (不等概率的小层): what its joint probabilities are computed from.

    `logits`, `counts`: ln(λ/(1−λ)) of each kind of unit and how many there are; `kind` int64 (N,): the kind of each
    unit, 0 for certainty units, which have none; `sample`: n of the non-certainty units.
    """

    logits: Floats
    counts: Counts
    kind: Integers
    sample: int

    def joint(self, kinds: Integers) -> Floats:
        """Return π_ij of drawn units of these kinds, in their order (联合入样概率): float64 (k, k)."""
        several, again = np.unique(kinds, return_inverse=True)
        return joint_probabilities(self.logits, self.counts, self.sample, several)[np.ix_(again, again)]


@dataclass(frozen=True, kw_only=True, eq=False)
class StratumDesign:
    """What a stratum's estimates rest on (层的抽样设计).

    `probability` float64 (N,), `certain` bool (N,), `L` int64 (N,) of all its units; `sample` its n; `small` where its
    joint probabilities are exact.
    """

    probability: Floats
    certain: npt.NDArray[np.bool_]
    L: Integers
    sample: int
    small: SmallStratum | None

    @property
    def rarity(self) -> float:
        """N/n (抽样倍数): strata that follow each other in it are alike."""
        return len(self.L) / self.sample


def stratum_design(x: Integers, L: Integers, sample: int) -> StratumDesign:
    """Return the design of a stratum (层的抽样设计): `x`, `L` int64 (N,) of all its units, `sample` its n.

    π is what was wanted; in a small stratum with unequal sizes what the draw with these λ gives exactly.
    """
    target = wanted(x, sample)
    open_ = ~target.certain
    probability, small = np.ones(len(x)), None
    if may_adjust(x, target):
        share = L[open_] / ONE
        logits, kind, counts = np.unique(np.log(share) - np.log1p(-share), return_inverse=True, return_counts=True)
        kinds = np.zeros(len(x), dtype=np.int64)
        kinds[open_] = kind
        small = SmallStratum(logits=logits, counts=counts, kind=kinds, sample=target.sample)
        probability[open_] = realised(logits, counts, target.sample)[0][kind]
    elif target.size_total:
        probability[open_] = x[open_] * (target.sample / target.size_total)
    return StratumDesign(probability=probability, certain=target.certain, L=L, sample=sample, small=small)
