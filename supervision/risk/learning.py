"""Which card stands (评分卡选择): the one that finds most on later time, and only if it beats the plain rule.

The plain rule needs no model: what share of a unit's own past visits found something. A card that ranks later visits no
better than that is not used; the rule's own card stands instead.
"""

from __future__ import annotations

from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.measures import average_precision
from supervision.risk.past_rate import PAST
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import fit
from supervision.risk.training_set import Training

SEED = 20260101  # of the boosted trees; any other is as good, but one must be named
LATER = 4  # the last quarter of the inspections is later time
RIDGE, BOOSTED, PAST_RATE = "ridge", "boosted", "past_rate"


@dataclass(frozen=True, kw_only=True)
class Learned:
    """The card and how it was chosen (所选评分卡): `tried` is the average precision of each way on later time.

    `later` float64: what the way that won, learned on the earlier inspections, says of each later one.
    """

    card: Scorecard
    method: str
    tried: dict[str, float]
    later: NDArray[np.float64]


def comparable(training: Training) -> bool:
    """Tell whether there are earlier and later inspections with both results (能否用较晚的检查检验)."""
    return len(training.found) > LATER and all(both(part) for part in parts(training))


def learn(training: Training, *, seed: int, beside: Executor | None = None) -> Learned:
    """Learn a card the best way (训练并选择评分卡): each learns on earlier inspections and is asked about later ones.

    Parameters
    ----------
    training : Training
        Inspections ordered by date.
    seed : int
        Of the boosted trees.
    beside : Executor, optional
        What the boosted trees are learned in meanwhile; a thread when none is given.

    Returns
    -------
    Learned
        The card of the way that won, learned anew on everything. The past rate wins ties.

    Raises
    ------
    SupervisionError
        `risk.one_outcome`: the earlier or the later inspections have only one kind of result.
    """
    if len(training.found) <= LATER:
        raise SupervisionError("risk.one_outcome", rows=len(training.found), found=int(training.found.sum()))
    before, after = parts(training)
    for part in (before, after):
        if not both(part):
            raise SupervisionError("risk.one_outcome", rows=len(part.found), found=int(part.found.sum()))
    with nullcontext(beside) if beside else ThreadPoolExecutor(1) as pool:
        boosted = pool.submit(_boosted, before, after.features, seed)
        ridge = fit_ridge(before).score(after.features)[0].astype(np.float64)
        whole = fit_ridge(training)  # which wins as a rule; the trees are still growing
        scores = {PAST_RATE: after.past, RIDGE: ridge, BOOSTED: boosted.result()}
    tried = {name: average_precision(score, after.found) for name, score in scores.items()}
    method = max(tried, key=lambda name: tried[name])
    if method == PAST_RATE:
        card = fit_ridge(training, indicators=(PAST,))
    else:
        card = whole if method == RIDGE else fit(training, seed=seed)
    return Learned(card=card, method=method, tried=tried, later=scores[method])


def _boosted(before: Training, later: pd.DataFrame, seed: int) -> NDArray[np.float64]:
    return fit(before, seed=seed).score(later)[0].astype(np.float64)


def parts(training: Training) -> tuple[Training, Training]:
    """Return the inspections known before the last quarter began, and the last quarter (较早与较晚的检查)."""
    split = training.date[len(training.date) - max(1, len(training.date) // LATER)]
    before = training.where((training.date < split) & (training.known < split))
    return before, training.where(training.date >= split)


def both(part: Training) -> bool:
    """Tell whether inspections have both kinds of result (两种结果是否都有)."""
    return 0 < int(part.found.sum()) < len(part.found)
