"""Strata of a frame (分层): names, sizes and samples before anything is rounded or drawn; draw protocol 2, section 2.

A class ratio is taken as it stands. One overall ratio or number in a sealed task is split over the classes in
proportion to units × the rule shared/class_ratio, so that a higher risk is drawn more often.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Task
from supervision.domain.ratio import parse_allocation, parse_share
from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.law.professional_scale import field_ratio
from supervision.law.rules import Law
from supervision.sampling.frame.allocation import Quotas, class_quotas, overall_quotas
from supervision.sampling.frame.exclusion import rule_field
from supervision.sampling.frame.unit_positions import Rows, rows_of, same

EVERYONE = "all"
BY_RULE = "rule"


def equal_sizes(task: Task) -> bool:
    """Return whether a task has no classes and all sizes 1 (等概率任务): open lists and full coverage."""
    return task.access == "open" or task.regime == "full"


def check_task(task: Task) -> None:
    """Check a task in itself (校验任务): an open list has one ratio, full coverage 100 %, the window an order."""
    named = parse_allocation(task.ratio) if task.ratio != BY_RULE else {}
    if task.access == "open" and (task.by_region or isinstance(named, dict)):
        raise SupervisionError("sampling.open_task", task=task.task_id, ratio=task.ratio)
    if task.regime == "full" and named != Fraction(1):
        raise SupervisionError("sampling.full_ratio", task=task.task_id, ratio=task.ratio)
    if task.start > task.end:
        raise SupervisionError("sampling.window", task=task.task_id, start=task.start, end=task.end)


def stratum_rows(rows: pd.DataFrame, strata: pd.DataFrame) -> list[tuple[dict[Hashable, Any], Rows]]:
    """Return each stratum's entry and its rows (逐层取行), in the order of `strata`."""
    codes = rows["stratum"].cat.codes.to_numpy()
    place = {str(name): code for code, name in enumerate(rows["stratum"].cat.categories)}
    entries = strata.to_dict("records")
    return [(entry, np.flatnonzero(codes == place[str(entry["stratum"])])) for entry in entries]


def scores_of(task: Task, unit_id: pd.Series[Any], everybody: pd.Series[Any], scores: pd.DataFrame) -> pd.DataFrame:
    """Return score (int64) and class (str) of the units (取评分), row by row; one without either raises.

    The index of `unit_id` are its rows in `everybody`, the register that `scores` usually follows row by row.
    """
    if scores.empty:
        raise SupervisionError("sampling.no_score", task=task.task_id, unit=unit_id.iloc[0], units=len(unit_id))
    rows = unit_id.index.to_numpy() if same(scores["unit_id"], everybody) else rows_of(scores["unit_id"], unit_id)
    found = scores[["score", "class"]].take(np.maximum(rows, 0)).reset_index(drop=True)
    bad = (rows < 0) | ~np.asarray(found["class"].isin(CLASSES) & found["score"].notna(), dtype=np.bool_)
    if bad.any():
        unit = unit_id.iloc[int(np.flatnonzero(bad)[0])]
        raise SupervisionError("sampling.no_score", task=task.task_id, unit=unit, units=int(bad.sum()))
    return found.astype({"score": "int64"})


def strata_of(task: Task, region: pd.Series[Any], classes: pd.Series[Any] | None) -> pd.Categorical:
    """Return the stratum of each unit (所在层): "D", "D-320505", "all" or "all-320505"; only those that have units."""
    name = pd.Series(EVERYONE, index=region.index, dtype="str") if classes is None else classes.astype("str")
    if task.by_region:
        if region.isna().any():
            raise SupervisionError("sampling.no_region", task=task.task_id, units=int(region.isna().sum()))
        name = name + "-" + region.astype("str")
    code, names = pd.factorize(name, sort=True)
    return pd.Categorical.from_codes(code, categories=pd.Index(names))


def sizes_of(score: Rows, *, floor: int, factor: npt.NDArray[np.int64], scale: int) -> Rows:
    """Return x of each unit (规模): max(floor, score) × factor; `factor` is a numerator over the common `scale`.

    All are multiplied by `scale`, the same for everybody, so that they stay whole.
    """
    return np.maximum(score, floor) * factor if scale > 1 else np.maximum(score, floor)


def factor_scale(factor: Mapping[int, Fraction]) -> int:
    """Return the common denominator of factors (公分母), 1 where there are none."""
    return math.lcm(1, *(one.denominator for one in factor.values()))


def scaled_factors(factor: Mapping[int, Fraction], rows: Rows, scale: int) -> npt.NDArray[np.int64]:
    """Return each kept row's factor times a common denominator (系数通分): int64 (len(rows),)."""
    whole = np.full(len(rows), scale, dtype=np.int64)
    wanted = np.fromiter(factor, np.int64, len(factor))
    place = np.searchsorted(rows, wanted)
    for at, row, one in zip(place.tolist(), wanted.tolist(), factor.values(), strict=True):
        if at < len(rows) and rows[at] == row:
            whole[at] = int(one * scale)
    return whole


def quotas_of(task: Task, units: Mapping[str, int], *, law: Law, field: str = "", due: int = 0) -> Quotas:
    """Return the unrounded sample of each stratum (各层配额) from the task's ratio; see the module.

    `field`: the field that all items of the task belong to; its own ratios of the classes come before the shared ones.
    `due`: units drawn beside these strata, which a number of units ("n=500") includes.
    """
    if not units:
        return {}
    if task.regime == "full":
        return {stratum: Fraction(many) for stratum, many in units.items()}
    named = _class_ratio(law, field) if task.ratio == BY_RULE else parse_allocation(task.ratio)
    factor = Fraction(1)
    if task.regime == "reduced":
        factor = parse_share(str(rule_field(law, "shared/reduced_contact", "factor")))
    if isinstance(named, dict):
        return class_quotas(units, {name: share * factor for name, share in named.items()}, task_id=task.task_id)
    whole = factor * (named if isinstance(named, int) else named * sum(units.values()))
    total = max(whole - due, Fraction(len(units))) if due and isinstance(named, int) else whole
    if total <= 0:
        raise SupervisionError("sampling.nothing_wanted", task=task.task_id, ratio=task.ratio)
    if isinstance(named, int) and total < len(units):
        raise SupervisionError("sampling.too_few", task=task.task_id, sample=float(total), strata=len(units))
    weights = {EVERYONE: Fraction(1)} if equal_sizes(task) else _class_ratio(law, field)
    return overall_quotas(units, weights, total, task_id=task.task_id)


def reserve_of(task: Task, *, law: Law) -> Fraction | int:
    """Return the reserve's allocation (备选比例或数量): the task's, else the rule shared/reserve."""
    if task.regime == "full":
        return 0
    found = parse_allocation(task.reserve or str(law.value("shared/reserve")))
    if isinstance(found, dict):
        raise SupervisionError("sampling.reserve", task=task.task_id, reserve=task.reserve)
    return found


def _class_ratio(law: Law, field: str) -> dict[str, Fraction]:
    own = field_ratio(law, field)
    if own:
        return {name: parse_share(own[name]) for name in CLASSES}
    return {name: parse_share(str(rule_field(law, "shared/class_ratio", name))) for name in CLASSES}
