"""Measures of a ranking (排序指标): how early the visits that found something stand."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ranks = NDArray[Any]


def auc(score: Ranks, found: Ranks) -> float | None:
    """Return the chance that a found problem has the greater score (AUC), ties half; None with one kind of result."""
    positive, negative = int(found.sum()), int((found == 0).sum())
    if not positive or not negative:
        return None
    _, place, many = np.unique(score, return_inverse=True, return_counts=True)
    rank = np.cumsum(many) - (many - 1) / 2
    above = rank[place][found == 1].sum() - positive * (positive + 1) / 2
    return round(float(above / (positive * negative)), 4)


def average_precision(score: Ranks, found: Ranks) -> float:
    """Return the average precision (平均精度): the mean, over what was found, of the share found down to its score.

    Rows of one score stand together, so that no order among them is invented. 0.0 where nothing was found.
    """
    if not found.sum():
        return 0.0
    values, place = np.unique(-np.asarray(score, dtype=np.float64), return_inverse=True)
    hits = np.bincount(place, weights=found, minlength=len(values))
    down = np.cumsum(np.bincount(place, minlength=len(values)))
    return round(float((hits * np.cumsum(hits) / down).sum() / found.sum()), 4)


def top_share(score: Ranks, found: Ranks, share: float) -> tuple[float, float]:
    """Return precision and recall (查准率、查全率) of the highest share of rows, at least one; ties in shares."""
    size, rank = max(1, round(len(score) * share)), np.sort(score)[::-1]
    border = rank[size - 1]
    inside, level = score > border, score == border
    hits = found[inside].sum() + found[level].mean() * (size - inside.sum())
    return round(float(hits / size), 4), round(float(hits / max(1, found.sum())), 4)


def captured(score: Ranks, found: Ranks, *, parts: int) -> list[float]:
    """Return the share of all findings in the highest 0, 1/parts, 2/parts … of the rows (检出累计), ties in shares."""
    order = np.argsort(-np.asarray(score, dtype=np.float64), kind="stable")
    values, place, many = np.unique(-np.asarray(score, dtype=np.float64), return_inverse=True, return_counts=True)
    even = np.bincount(place, weights=found, minlength=len(values)) / many
    total = np.concatenate(([0.0], np.cumsum(even[place][order])))
    at = np.linspace(0, len(found), parts + 1)
    return [round(float(one), 4) for one in np.interp(at, np.arange(len(total)), total) / max(1, found.sum())]


def bootstrap(score: Ranks, found: Ranks, *, share: float, times: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """Return `auc`, `average_precision` and the precision of the highest `share` (自助法) of rows drawn again.

    Each float64 (times,), of the same rows for the same seed; draws with one kind of result are left out.
    """
    rng = np.random.default_rng(seed)
    kept: dict[str, list[float]] = {"auc": [], "average_precision": [], "precision": []}
    for _ in range(times):
        rows = rng.integers(0, len(found), len(found))
        area = auc(score[rows], found[rows])
        if area is not None:
            kept["auc"].append(area)
            kept["average_precision"].append(average_precision(score[rows], found[rows]))
            kept["precision"].append(top_share(score[rows], found[rows], share)[0])
    return {name: np.array(values) for name, values in kept.items()}


def ends(values: NDArray[np.float64]) -> tuple[float, float] | None:
    """Return the middle 95 % of values (95% 区间); None of nothing."""
    if not len(values):
        return None
    low, high = np.quantile(values, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)
