"""Days by which critical violations come to light earlier when visits are re-ordered by score."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from supervision.risk.measures import auc

TIES, TIMES, SEED = 200, 2000, 20261123


def moved(day: np.ndarray, score: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Days by which each visit comes earlier where each group keeps its dates; ties at random, mean of TIES."""
    total, rng = np.zeros(len(day)), np.random.default_rng(SEED)
    for _ in range(TIES):
        order = np.lexsort((rng.random(len(day)), -score, groups))
        total[order] += day[order] - day[np.lexsort((day, groups))]
    return total / TIES


def interval(values: np.ndarray) -> tuple[float, float]:
    """The 95 % interval of a mean, by drawing with replacement."""
    rng = np.random.default_rng(SEED)
    low, high = np.percentile([rng.choice(values, len(values)).mean() for _ in range(TIMES)], [2.5, 97.5])
    return round(float(low), 2), round(float(high), 2)


def told(values: np.ndarray) -> str:
    """A mean with its interval."""
    low, high = interval(values)
    return f"{values.mean():.2f} [{low}, {high}]"


def auc_within(parts: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]]) -> float:
    """AUC inside the inspector groups of parts (team, score, found), weighted by their pairs."""
    total = pairs = 0.0
    for team, score, found in parts:
        for one in np.unique(team):
            mine = team == one
            weight = float(found[mine].sum() * (1 - found[mine]).sum())
            total += weight * (auc(score[mine], found[mine]) or 0.0)
            pairs += weight
    return total / pairs
