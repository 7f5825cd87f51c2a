"""The stepped ridge as a card (阶梯岭回归评分卡): each indicator's log-odds, rounded to points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.errors import SupervisionError
from supervision.risk.card_checks import MOST_POINTS
from supervision.risk.findings import HALF_YEAR
from supervision.risk.indicators import INDICATORS, Indicator
from supervision.risk.scorecard import FeaturePoints, Scorecard
from supervision.risk.stepped_ridge import Floats, Ints, Parts, cut, fit_parts
from supervision.risk.training import STEP, base_points, categories
from supervision.risk.training_set import Training


def fit_ridge(training: Training, *, indicators: Sequence[Indicator] = INDICATORS) -> Scorecard:
    """Learn a scorecard by the stepped ridge (训练阶梯岭回归评分卡): bounded, monotone, nothing beyond what was seen.

    Parameters
    ----------
    training : Training
        Past inspections; its nuisances, and each inspector's half-years, explain and do not score.
    indicators : sequence of Indicator
        The columns of `training.features` that score, with their signs and words.

    Returns
    -------
    Scorecard
        500 points are the base odds, 100 more are odds doubled; the base is that of the last half-year.

    Raises
    ------
    SupervisionError
        `risk.one_outcome`: all results are alike.
    """
    rows, found = len(training.found), int(training.found.sum())
    if not 0 < found < rows:
        raise SupervisionError("risk.one_outcome", rows=rows, found=found)
    values = [training.features[one.name].to_numpy() for one in indicators]
    parts = [cut(column) for column in values]
    columns = [part.of(column) for part, column in zip(parts, values, strict=True)]
    signs = [one.sign for one in indicators]
    curves = fit_parts(parts, columns, signs, _nuisances(training), training.found)
    tables = [np.rint(np.clip(curve * STEP, -MOST_POINTS, MOST_POINTS)).astype(np.int64) for curve in curves]
    total = np.zeros(rows, dtype=np.int64)
    for table, column in zip(tables, columns, strict=True):
        total += table[column]
    return Scorecard(
        kind="learned",
        base=base_points(total, training),
        features=tuple(map(_points, indicators, parts, tables, values)),
        rows=rows,
        found=found,
        latest=str(training.date.max())[:10],
    )


def _nuisances(training: Training) -> list[Ints]:
    """Codes of the nuisance terms, and of each inspector's (or agency's) half-years."""
    given = [_codes(training.nuisance[name]) for name in training.nuisance.columns]
    who = training.nuisance["inspector"] if "inspector" in training.nuisance.columns else training.nuisance.iloc[:, 0]
    half_year = training.date.astype("datetime64[D]").astype(np.int64) // HALF_YEAR
    return [*given, _codes(who.fillna("") + " " + pd.Series(half_year).astype("str"))]


def _codes(column: pd.Series) -> Ints:
    codes: Floats = categories(column)
    return np.where(np.isnan(codes), -1, codes).astype(np.int64)


def _points(one: Indicator, part: Parts, table: Ints, values: NDArray[np.int32]) -> FeaturePoints:
    known, bounds = table[1:], part.up_to
    steps = np.flatnonzero(np.diff(known)) if len(bounds) else np.zeros(0, dtype=np.int64)
    unknown = int(table[0]) if (values < 0).any() else 0
    return FeaturePoints(
        name=one.name,
        up_to=tuple(int(bounds[at]) for at in steps),
        points=tuple(int(known[at]) for at in [*steps, len(known) - 1]),
        unknown=unknown,
        neutral=0,
        wording=one.wording,
    )
