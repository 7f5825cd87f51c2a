"""The model (风险模型): additive monotone gradient boosting, compiled exactly to tables of integer points.

Additive means that no tree uses two features, so the log-odds are a sum of one function a feature. Each function of an
integer is a step function; it is read off the fitted model at every integer and rounded to points. The fit may differ
in its last bits between processors; after rounding the tables are integers, and the card that a round used is published
with it, so nobody has to fit it again to check a score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # comes with sklearn, without types

from supervision.errors import SupervisionError
from supervision.risk.card_checks import MOST_POINTS
from supervision.risk.indicators import INDICATORS, Indicator
from supervision.risk.law_values import Values
from supervision.risk.scorecard import DOUBLING, EVEN, FeaturePoints, Scorecard
from supervision.risk.training_set import Training

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

RULE = "shared/outcome_minimum"
CATEGORIES = 200  # of each nuisance term; rarer ones together are one more
RECENT_DAYS, RECENT_LEAST = 180, 30  # the days that set the base, if they have so many of both results
TREES, LEAVES, RATE = 200, 4, 0.05
ASKED = 100_000  # rows that the model is asked at once, which bounds the memory
STEP = DOUBLING / np.log(2)
LOADING = Lock()

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Whether there are enough outcomes to learn from (样本是否足够), with the figures that decide it."""

    enough: bool
    rows: int
    found: int
    need_rows: int
    need_found: int


def enough(training: Training, law: Values) -> Decision:
    """Decide whether a card is learned or the expert card stands (判定用模型或专家卡), by shared/outcome_minimum."""
    return enough_by(training, law.value(RULE))


def enough_by(training: Training, rule: object) -> Decision:
    """Decide it by the rule's value (按规则取值判定), {rows, found}; another shape raises `risk.rule_shape`.

    `found` is the smaller of both outcomes where nearly all have problems: a card needs both kinds.
    """
    if not isinstance(rule, dict) or not {"rows", "found"} <= rule.keys():
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want="{rows, found}")
    rows, found = len(training.found), int(training.found.sum())
    need_rows, need_found = int(rule["rows"]), int(rule["found"])
    fine = rows >= need_rows and min(found, rows - found) >= max(1, need_found)
    return Decision(enough=fine, rows=rows, found=found, need_rows=need_rows, need_found=need_found)


def fit(training: Training, *, seed: int, indicators: Sequence[Indicator] = INDICATORS) -> Scorecard:
    """Learn a scorecard (训练评分卡) from past inspections; inspector, agency and item explain but never score.

    `indicators` are the columns of `training.features` that score, with their signs and words.

    500 points are the base odds of the training rows, 100 points more are odds doubled. Points are rounded, centred
    on the mean of the training rows; the base is set so that the expected number of problems is the number found.
    A feature never unknown in training gives nobody points for being unknown. All results alike raise
    SupervisionError `risk.one_outcome`.
    """
    rows, found = len(training.found), int(training.found.sum())
    if not 0 < found < rows:
        raise SupervisionError("risk.one_outcome", rows=rows, found=found)
    with one_thread():
        model = boosted(training, seed=seed, indicators=indicators)
        curves = contributions(model, training.features, indicators=indicators)
    features, total = [], np.zeros(rows, dtype=np.int64)
    for indicator, curve in zip(indicators, curves, strict=True):
        values = training.features[indicator.name].to_numpy()
        points, mine = _points(indicator, curve, values)
        features.append(points)
        total += mine
    return Scorecard(
        kind="learned",
        base=base_points(total, training),
        features=tuple(features),
        rows=rows,
        found=found,
        latest=str(training.date.max())[:10],
    )


@contextmanager
def one_thread() -> Iterator[None]:
    """Let trees grow in one thread (单线程训练), for others work beside it; a library must be loaded to be told."""
    load_trees()
    with threadpool_limits(limits=1):
        yield


def load_trees() -> None:
    """Load the library of the trees (加载提升树所用的库), which takes some seconds, before it is asked for."""
    _trees()


def trees(**settings: object) -> HistGradientBoostingClassifier:
    """Return boosted trees that are not fitted yet (提升树), with settings as the package calls them."""
    return _trees()(**settings)


def _trees() -> type[HistGradientBoostingClassifier]:
    with LOADING:  # two threads that load it at once may see it half made
        from sklearn.ensemble import HistGradientBoostingClassifier  # takes a second to load, and few commands train
    found: type[HistGradientBoostingClassifier] = HistGradientBoostingClassifier
    return found


def boosted(training: Training, *, seed: int,
            indicators: Sequence[Indicator] = INDICATORS) -> HistGradientBoostingClassifier:  # fmt: skip
    """Fit the additive monotone model (拟合模型) on features, unknown as missing, and nuisance terms as categories."""
    matrix = design(training, indicators=indicators)
    nuisances = matrix.shape[1] - len(indicators)
    model = trees(
        learning_rate=RATE, max_iter=TREES, max_leaf_nodes=LEAVES, l2_regularization=1.0, early_stopping=False,
        min_samples_leaf=min(1000, max(20, len(matrix) // 100)), interaction_cst="no_interactions", random_state=seed,
        monotonic_cst=[row.sign for row in indicators] + [0] * nuisances,
        categorical_features=list(range(len(indicators), matrix.shape[1])) or None,
    )  # fmt: skip
    return model.fit(matrix, training.found)


def design(training: Training, *, indicators: Sequence[Indicator] = INDICATORS) -> Floats:
    """Return the matrix of a fit (设计矩阵), float64 (rows, features + nuisances): unknown is NaN.

    A feature that is unknown in every row stays the constant −1, from which nothing can be learned.
    """
    values = training.features[[row.name for row in indicators]].to_numpy(dtype=np.float64)
    values = np.where((values < 0) & (values >= 0).any(axis=0), np.nan, values)
    codes = [categories(training.nuisance[name]) for name in training.nuisance.columns]
    return np.column_stack([values, *codes])


def contributions(model: HistGradientBoostingClassifier, features: pd.DataFrame, *,
                  indicators: Sequence[Indicator] = INDICATORS) -> list[Floats]:  # fmt: skip
    """Return the log-odds of every feature by value (各指标贡献), one float64 array each.

    Entry 0 is unknown, entry v + 1 the value v up to the greatest in `features`; relative to all unknown. Since the
    model is additive, one row for each value with all else unknown says everything.
    """
    sizes = [int(features[row.name].max()) + 2 for row in indicators]
    place = np.repeat(np.arange(len(sizes)), sizes)
    value = np.concatenate([np.arange(-1, size - 1) for size in sizes])
    told = np.empty(len(place))
    for start in range(0, len(place), ASKED):  # of all indicators at once: every call goes through every tree
        part = slice(start, start + ASKED)
        known = np.flatnonzero(value[part] >= 0)
        rows = np.full((len(place[part]), model.n_features_in_), np.nan)
        rows[known, place[part][known]] = value[part][known]
        told[part] = model.decision_function(rows)
    return np.split(told - told[0], np.cumsum(sizes)[:-1])  # the first row is all unknown


def _points(row: Indicator, curve: Floats, values: NDArray[np.int32]) -> tuple[FeaturePoints, NDArray[np.int64]]:
    ever_unknown, ever_known = bool((values < 0).any()), bool((values >= 0).any())
    exact = (curve - curve[values + 1].mean()) * STEP
    rounded = np.rint(np.clip(exact, -MOST_POINTS, MOST_POINTS)).astype(np.int64)
    rounded[0] = rounded[0] if ever_unknown else 0
    if not ever_known:
        rounded[:] = 0
    known = rounded[1:] if len(rounded) > 1 else np.zeros(1, dtype=np.int64)
    steps = np.flatnonzero(np.diff(known))
    points = FeaturePoints(name=row.name, up_to=tuple(int(v) for v in steps),
                           points=tuple(int(v) for v in known[np.append(steps, len(known) - 1)]),
                           unknown=int(rounded[0]), neutral=0, wording=row.wording)  # fmt: skip
    return points, rounded[values + 1]


def base_points(points: NDArray[np.int64], training: Training) -> int:
    """Return the base (基础分) with which the last half-year's problems are as many as its chances say.

    Where too little was visited in it, all inspections count. `points` are those of each row without the base.
    """
    rows, found = len(points), int(training.found.sum())
    recent = training.date > training.date.max() - np.timedelta64(RECENT_DAYS, "D")
    hits = int(training.found[recent].sum())
    if min(hits, int(recent.sum()) - hits) < RECENT_LEAST:
        recent, hits = np.ones(rows, dtype=np.bool_), found
    return EVEN + _shift(points[recent], hits, np.log(found / (rows - found)))


def _shift(points: NDArray[np.int64], found: int, odds: float) -> int:
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        expected = (1 / (1 + np.exp(-(odds + points / STEP + middle)))).sum()
        low, high = (middle, high) if expected < found else (low, middle)
    return int(np.rint(low * STEP))


def categories(column: pd.Series) -> Floats:
    """Return the most frequent texts as codes (分类编码), all others as one more, blank as NaN."""
    counts = column.value_counts().rename_axis("name").reset_index(name="rows")
    ranked = counts.sort_values(["rows", "name"], ascending=[False, True])["name"].iloc[:CATEGORIES]
    codes = pd.Index(ranked).get_indexer(column.to_numpy()).astype(np.float64)
    codes[codes < 0] = float(len(ranked))
    return np.where(column.isna().to_numpy(), np.nan, codes)
