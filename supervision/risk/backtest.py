"""How good a scorecard is (评分卡质量): learned on earlier inspections, asked about later ones.

Labels exist only where somebody went, so these figures are about units like those visited, not about the city.
"""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.risk.class_bounds import resolved_cutoff
from supervision.risk.hysteresis import class_ranks
from supervision.risk.measures import auc
from supervision.risk.scorecard import Scorecard
from supervision.risk.training import fit
from supervision.risk.training_set import Training

TENTHS = 10


def holdout_report(training: Training, *, split_date: date, seed: int, cutoff: object,
                   expert: Scorecard | None = None) -> dict[str, object]:  # fmt: skip
    """Learn before a day, test from it on (时间外检验).

    Learned from are inspections before `split_date` whose result was known before it. Returns rows and found of both
    parts, auc, ece (mean distance of chance and share found over tenths), per class of `cutoff` {rows, found, rate},
    rate_in_top_tenth and rate of all, and expert_auc if a card is given. Floats have 4 digits; None = undefined.
    Raises SupervisionError `risk.one_outcome` if the earlier part has only one kind of result.
    """
    split = np.datetime64(split_date, "s")
    before = training.where((training.date < split) & (training.known < split))
    after = training.where(training.date >= split)
    if not len(after.found):
        raise SupervisionError("risk.no_later_rows", split=split_date)
    card = fit(before, seed=seed)
    score, _ = card.score(after.features)
    ranks = class_ranks(score, resolved_cutoff(cutoff, card))
    top = np.argsort(-score.astype(np.int64), kind="stable")[: max(1, len(score) // TENTHS)]
    report: dict[str, object] = {
        "split_date": split_date.isoformat(),
        "learned": {"rows": len(before.found), "found": int(before.found.sum())},
        "tested": {"rows": len(after.found), "found": int(after.found.sum())},
        "auc": auc(score, after.found),
        "ece": calibration_error(card.probability(score), after.found),
        "rate": _rate(after.found),
        "rate_in_top_tenth": _rate(after.found[top]),
        "classes": {name: _class(after.found[ranks == place]) for place, name in enumerate(CLASSES)},
    }
    if expert is not None:
        report["expert_auc"] = auc(expert.score(after.features)[0], after.found)
    return report


def calibration_error(probability: NDArray[np.float64], found: NDArray[np.int8]) -> float:
    """Return the expected calibration error (校准误差) over tenths by probability: Σ share · |rate − mean chance|."""
    parts = np.array_split(np.argsort(probability, kind="stable"), TENTHS)
    gaps = [len(part) * abs(found[part].mean() - probability[part].mean()) for part in parts if len(part)]
    return round(float(sum(gaps) / len(found)), 4)


def _rate(found: NDArray[np.int8]) -> float | None:
    return round(float(found.mean()), 4) if len(found) else None


def _class(found: NDArray[np.int8]) -> dict[str, object]:
    return {"rows": len(found), "found": int(found.sum()), "rate": _rate(found)}
