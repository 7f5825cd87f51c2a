"""Selection by group (分组抽中情况): how many units of a group were drawn, and how many were to be expected.

Expected are the sums of the inclusion probabilities. A sample's size is fixed within a stratum, so that a group's
number has about the variance Σ (d_g − d_g² / d), d the sum of π(1 − π) of the group and of its stratum (Hájek 1964).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Selected:
    """The groups of one task (一个任务的分组), arrays (groups,): units framed, drawn, expected and its deviation."""

    framed: Ints
    drawn: Ints
    expected: Floats
    deviation: Floats


def selected(group: Ints, stratum: Ints, probability: Floats, drawn: NDArray[np.bool_], *, groups: int) -> Selected:
    """Return what was drawn of each group and what was to be expected (抽中数与期望数).

    Parameters
    ----------
    group, stratum : array of int
        Codes of every framed unit from 0, (units,).
    probability : array of float
        Inclusion probabilities, (units,).
    drawn : array of bool
        Whether the unit was drawn, (units,).
    groups : int
        How many groups there are.
    """
    spread = probability * (1 - probability)
    strata = int(stratum.max(initial=-1)) + 1
    cells = np.bincount(stratum * groups + group, weights=spread, minlength=strata * groups).reshape(strata, groups)
    whole = cells.sum(axis=1, keepdims=True)
    fixed = np.divide(cells**2, whole, out=np.zeros_like(cells), where=whole > 0)
    return Selected(
        framed=np.bincount(group, minlength=groups).astype(np.int64),
        drawn=np.bincount(group[drawn], minlength=groups).astype(np.int64),
        expected=np.bincount(group, weights=probability, minlength=groups).astype(np.float64),
        deviation=np.sqrt(np.maximum((cells - fixed).sum(axis=0), 0.0)),
    )
