"""The challenger (不受限的对照模型): what a model finds that need not be explained, and so what the card gives up.

Boosted trees of any depth of interaction, without signs, on the same indicators, learned from the same earlier
inspections and asked about the same later ones. It never scores anybody: nobody could be told why.
"""

from __future__ import annotations

import numpy as np

from supervision.risk.indicators import INDICATORS
from supervision.risk.learning import Learned, parts
from supervision.risk.measures import average_precision
from supervision.risk.training import one_thread, trees
from supervision.risk.training_set import Training

TREES, LEAVES, LEAST = 60, 15, 20  # more learn by heart and find less later (benchmarks/challenger_trees.py)


def challenger_precision(training: Training, *, seed: int) -> float:
    """Return the average precision of the challenger on later time (对照模型的平均精度); see `learning.learn`."""
    before, after = parts(training)
    # a column without a known value cannot be cut, and nothing can be learned from it
    names = [row.name for row in INDICATORS if (before.features[row.name] >= 0).any()]
    matrices = []
    for part in (before, after):
        values = part.features[names].to_numpy(dtype=np.float64)
        matrices.append(np.where(values < 0, np.nan, values))
    with one_thread():
        model = trees(
            max_iter=TREES, max_leaf_nodes=LEAVES, min_samples_leaf=LEAST, early_stopping=False, random_state=seed
        ).fit(matrices[0], before.found)
        chance = model.predict_proba(matrices[1])[:, 1]
    return average_precision(chance, after.found)


def accuracy_given_up(learned: Learned, challenger: float) -> float:
    """Return by how much the challenger is better than the way taken (放弃的精度), negative where it is not."""
    return round(challenger - learned.tried[learned.method], 4)
