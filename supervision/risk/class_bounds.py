"""Where classes begin (类别分界): by population shares, by chance of a problem or by score points, as the rule says."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from supervision.domain.strata import CLASSES
from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.risk.scorecard import HIGHEST, LOWEST, Scorecard

CUTOFF = "shared/risk_cutoff"
WHOLE, NOBODY = 100, HIGHEST + 1
SHARES, PROBABILITY = "shares", "probability"
_WANT_SHARES = Label(
    "{shares: {B, C, D}}：百分数，0 < D，B + C + D < 100", "{shares: {B, C, D}}: percent, 0 < D, B + C + D < 100"
)
_WANT_CHANCES = Label(
    "{probability: {B, C, D}}：百分数，0 < B < C < D < 100", "{probability: {B, C, D}}: percent, 0 < B < C < D < 100"
)

Scores = NDArray[np.int64]
Bools = NDArray[np.bool_]


def resolved_cutoff(rule: object, scorecard: Scorecard) -> Mapping[str, Any]:
    """Return the cut-offs for a card (适用于该评分卡的分界): {shares: …} or {B, C, D} as least scores.

    A rule {probability: {B, C, D}} gives the chance of a problem, in percent, from which each class begins: by a
    learned card these are least scores. An expert card knows no chances: the rule's `shares` stand for it, and where
    it has none SupervisionError `risk.no_chance_for_classes` is raised. Shapes are checked here.
    """
    if isinstance(rule, Mapping) and PROBABILITY in rule and set(rule) <= {PROBABILITY, SHARES}:
        chances = _percents(rule[PROBABILITY], rule=rule[PROBABILITY], want=_WANT_CHANCES)
        if not all(low < high for low, high in pairwise([0, *chances, WHOLE])):
            raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(rule), want=_WANT_CHANCES)
        if scorecard.rows:
            return dict(zip(CLASSES[1:], _least_scores(chances, scorecard), strict=True))
        if SHARES not in rule:
            raise SupervisionError("risk.no_chance_for_classes", rule=CUTOFF)
        rule = {SHARES: rule[SHARES]}
    if isinstance(rule, Mapping) and set(rule) == {SHARES}:
        shares = _percents(rule[SHARES], rule=rule[SHARES], want=_WANT_SHARES)
        if not all(share > 0 for share in shares) or sum(shares) >= WHOLE:
            raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(rule[SHARES]), want=_WANT_SHARES)
        return {SHARES: dict(zip(CLASSES[1:], shares, strict=True))}
    if not isinstance(rule, Mapping) or set(rule) != set(CLASSES[1:]):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=rule, want="{B, C, D} / {shares: {B, C, D}}")
    bounds = [rule[name] for name in CLASSES[1:]]
    if not all(type(bound) is int for bound in bounds) or bounds != sorted(set(bounds)):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(rule), want="B < C < D")
    return dict(rule)


def class_bound(score: Scores, inside: Bools, cutoff: Mapping[str, Any], name: str, *, many: Scores) -> int:
    """Return the least score of a class (某类起始分数) "B", "C" or "D" among units, `many` of each kind.

    By shares: the units of `inside`, which are of a worse class, and those from this score on are together no more
    than the share of the class and all worse ones; units of one score are of one class. `cutoff` as from
    `resolved_cutoff`.
    """
    given = cutoff.get(SHARES)
    if not isinstance(given, Mapping):
        return int(cutoff[name])
    most = int(many.sum()) * sum(int(given[worse]) for worse in CLASSES[CLASSES.index(name) :])
    values, place = np.unique(score[~inside], return_inverse=True)
    units = summed(many[~inside], place, len(values))
    above = np.cumsum(units[::-1])[::-1] + int(many[inside].sum())  # units with at least this score, and the worse ones
    fitting = values[above * WHOLE <= most]
    return int(fitting[0]) if len(fitting) else int(max(NOBODY, score.max(initial=0) + 1))


def summed(many: Scores, place: NDArray[np.intp], size: int) -> Scores:
    """Return the sums of numbers by their places (按位置求和), int64 (size,)."""
    total = np.zeros(size, dtype=np.int64)
    np.add.at(total, place, many)
    return total


def _percents(given: object, *, rule: object, want: Label) -> list[int]:
    if not isinstance(given, Mapping) or set(given) != set(CLASSES[1:]):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=rule, want=want)
    found = [given[name] for name in CLASSES[1:]]
    if not all(type(value) is int for value in found):
        raise SupervisionError("risk.rule_shape", rule=CUTOFF, value=dict(given), want=want)
    return found


def _least_scores(chances: list[int], scorecard: Scorecard) -> list[int]:
    """The least score with each chance; a chance that no score reaches begins above all."""
    scores = np.arange(LOWEST, HIGHEST + 1, dtype=np.int16)
    reached = WHOLE * scorecard.probability(scores)
    return [int(np.searchsorted(reached, chance, side="left")) for chance in chances]
