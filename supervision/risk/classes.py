"""Classes (信用风险类别): A low, B general, C higher, D high, by dated cut-offs; then the statutory overrides.

A class ranks and sets probabilities; it accuses nobody, is not public and exempts nobody
(不评价、不惩戒、不公开、不免抽).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.risk.features import build_features
from supervision.risk.law_values import Values
from supervision.risk.record_use import RULE, within_terms, without_repaired
from supervision.risk.scorecard import HIGHEST, REASONS, Scorecard

CUTOFF, OVERRIDE = "shared/risk_cutoff", "shared/class_override"
WHOLE, NOBODY = 100, HIGHEST + 1


def assess(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date, law: Values,
           scorecard: Scorecard, outcomes: Mapping[str, str]) -> pd.DataFrame:  # fmt: skip
    """Score and class every unit (评分分类) on what was known on a day and may be used.

    One row a row of `entities`, in its order: unit_id str, score int16, class str (A–D), override str (kind of the
    event that made the class worse, or missing), reason_1 … reason_3 str (feature names, missing where there are
    fewer), value_1 … value_3 int32 (the features' values, −1 unknown) for `Scorecard.sentence`, lowered_by str and
    lowered_value int32: the feature that lowers the score most.
    """
    events = within_terms(events, law.value(RULE))
    features = build_features(entities, events, history, on=on, outcomes=outcomes)
    score, raising, lowering = scorecard.reasoned(features)
    ranks = class_ranks(score, law.value(CUTOFF))
    ranks, override = overridden(ranks, entities["unit_id"], events, on=on, rule=law.value(OVERRIDE))
    columns: dict[str, object] = {
        "unit_id": entities["unit_id"].array, "score": score, "class": _texts(list(CLASSES), ranks),
        "override": override,
    }  # fmt: skip
    names = [feature.name for feature in scorecard.features]
    values = [features[name].to_numpy() for name in names]
    reasons = [*((f"reason_{k + 1}", f"value_{k + 1}", raising[:, k]) for k in range(REASONS)),
               ("lowered_by", "lowered_value", lowering)]  # fmt: skip
    for reason, said, column in reasons:
        columns[reason] = _texts(names, column)
        value = np.full(len(column), -1, dtype=np.int32)
        for number, known in enumerate(values):
            np.copyto(value, known, where=column == number)
        columns[said] = value
    order = ["unit_id", "score", "class", "override", *(reason for reason, _, _ in reasons)]
    return pd.DataFrame(columns, columns=[*order, *(said for _, said, _ in reasons)])


def class_ranks(score: NDArray[np.int16], cutoff: object) -> NDArray[np.int8]:
    """Return the class of each score (按分数分类), int8: 0 A … 3 D; `cutoff` {B, C, D} the least score of each.

    Or {shares: {B, C, D}}, percent of the units that are scored: D are the highest scores that together are no more
    than its share, C those that with D are no more than both shares, and so on. Units of one score are of one class.
    Cut-offs that do not rise, and shares that are no percentages, raise SupervisionError `risk.rule_shape`.
    """
    return np.searchsorted(class_bounds(score, cutoff), score, side="right").astype(np.int8)


def class_bounds(score: NDArray[np.int16], cutoff: object) -> list[int]:
    """Return the least scores of B, C and D (各类起始分数) among these units; see `class_ranks`."""
    if isinstance(cutoff, Mapping) and set(cutoff) == {"shares"}:
        return _bounds_of_shares(score, cutoff["shares"])
    if not isinstance(cutoff, Mapping) or set(cutoff) != set(CLASSES[1:]):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=cutoff, want="{B, C, D} / {shares: {B, C, D}}")
    bounds = [cutoff[name] for name in CLASSES[1:]]
    if not all(type(bound) is int for bound in bounds) or bounds != sorted(set(bounds)):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(cutoff), want="B < C < D")
    return bounds


def _bounds_of_shares(score: NDArray[np.int16], shares: object) -> list[int]:
    want = "{shares: {B, C, D}}: percent, 0 < D, B + C + D < 100"
    if not isinstance(shares, Mapping) or set(shares) != set(CLASSES[1:]):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=shares, want=want)
    given = [shares[name] for name in CLASSES[1:]]
    if not all(type(share) is int and share > 0 for share in given) or sum(given) >= WHOLE:
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(shares), want=want)
    values, many = np.unique(score, return_counts=True)
    above = np.cumsum(many[::-1])[::-1]  # units with at least this score
    bounds = []
    for place in range(len(given)):
        most = len(score) * sum(given[place:])
        inside = values[above * WHOLE <= most]
        bounds.append(int(inside[0]) if len(inside) else NOBODY)
    return bounds


def overridden(ranks: NDArray[np.int8], units: pd.Series, events: pd.DataFrame, *, on: date,
               rule: object) -> tuple[NDArray[np.int8], pd.Series]:  # fmt: skip
    """Return classes after the statutory overrides, and the event that made each worse (法定情形直接定类).

    `rule` is a list of {event, class, reason, months} or None. An event counts if it had happened and was known on
    the day, was not repaired, its `until` has not passed, and, where the rule has `months`, it is not older. An
    override only worsens; of several the worst counts, of equal ones the first.
    """
    given = [] if rule is None else rule
    if not isinstance(given, list) or not all(isinstance(entry, Mapping) for entry in given):
        raise SupervisionError("risk.rule_shape", rule=OVERRIDE, value=rule, want="[{event, class, reason, months}]")
    result, override = ranks.copy(), np.full(len(ranks), -1, dtype=np.int8)
    kinds = [str(entry.get("event")) for entry in given]
    valid = _in_force(without_repaired(events, on=on), kinds, on)
    for place, entry in enumerate(given):
        if entry.get("class") not in CLASSES or not isinstance(entry.get("months"), int | None):
            raise SupervisionError("risk.rule_shape", rule=OVERRIDE, value=dict(entry), want="event, class A–D, months")
        rows = valid[valid["kind"] == kinds[place]]
        if entry.get("months") is not None:
            rows = rows[rows["happened"] > pd.Timestamp(on) - pd.DateOffset(months=entry["months"])]
        named = units.isin(rows["unit_id"]).to_numpy(dtype=np.bool_)
        worse = named & (result < CLASSES.index(entry["class"]))
        result[worse] = CLASSES.index(entry["class"])
        override[worse] = place
    return result, _texts(kinds, override)


def _in_force(events: pd.DataFrame, kinds: list[str], on: date) -> pd.DataFrame:
    day = pd.Timestamp(on)
    events = events[events["kind"].isin(kinds)]
    known = events[(events["known_on"] <= day) & (events["happened"] <= day)]
    latest = known.sort_values("known_on", kind="stable").drop_duplicates(
        ["unit_id", "kind", "happened", "event_no"], keep="last")  # fmt: skip
    return latest[latest["until"].isna() | (latest["until"] > day)]


def _texts(names: list[str], places: NDArray[np.int8]) -> pd.Series:
    texts = pd.array([*names, ""], dtype="str")
    return pd.Series(texts.take(places.astype(np.int64), allow_fill=True))
