"""The expert card (专家评分卡): points set by people, for as long as there are too few outcomes to learn from."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from supervision.errors import SupervisionError
from supervision.messages import Label
from supervision.risk.indicators import INDICATORS, Indicator
from supervision.risk.scorecard import FeaturePoints, Scorecard

RULE = "shared/expert_card"
_WANT = Label("{base: 整数, features: {…}}", "{base: integer, features: {…}}")


def expert_card(rule: object) -> Scorecard:
    """Return the card that a rule describes (专家评分卡), the value of shared/expert_card.

    Shape: {base: 400, features: {penalties_12m: {up_to: [0, 1], points: [0, 60, 110], unknown: 0, neutral: 0}}}.
    `points[k]` belong to values up to `up_to[k]`, the last to all above; `unknown` and `neutral` are 0 where not given.
    A feature that is not named has no points. Another shape, or points against a feature's sign, raise
    SupervisionError `risk.rule_shape` or `risk.card_sign`; points beyond ±1,000 `risk.card_points`.
    """
    if not isinstance(rule, Mapping) or not {"base", "features"} == set(rule) or type(rule["base"]) is not int:
        raise SupervisionError("risk.rule_shape", rule=RULE, value=rule, want=_WANT)
    features: Mapping[str, Any] = rule["features"]
    known = {row.name: row for row in INDICATORS}
    strange = sorted(set(features) - set(known))
    if strange:
        raise SupervisionError("risk.rule_shape", rule=RULE, value=" ".join(strange), want=" ".join(known))
    points = tuple(_points(row, features[name]) for name, row in known.items() if name in features)
    return Scorecard(kind="expert", base=rule["base"], features=points)


def _points(row: Indicator, given: object) -> FeaturePoints:
    want = f"{row.name}: {{up_to: […], points: […], unknown: 0, neutral: 0}}"
    wrong = SupervisionError("risk.rule_shape", rule=RULE, value=f"{row.name}: {given}", want=want)
    if not isinstance(given, Mapping) or not {"up_to", "points"} <= set(given) <= {"up_to", "points", "unknown",
                                                                                  "neutral"}:  # fmt: skip
        raise wrong
    up_to, points = given["up_to"], given["points"]
    unknown, neutral = given.get("unknown", 0), given.get("neutral", 0)
    whole = isinstance(up_to, list) and isinstance(points, list)
    if not whole or not all(type(value) is int for value in (*up_to, *points, unknown, neutral)):
        raise wrong
    if len(points) != len(up_to) + 1 or up_to != sorted(set(up_to)) or (up_to and up_to[0] < 0):
        raise wrong
    if row.sign and any((after - before) * row.sign < 0 for before, after in pairwise(points)):
        raise SupervisionError("risk.card_sign", rule=RULE, name=row.name, points=points)
    return FeaturePoints(name=row.name, up_to=tuple(up_to), points=tuple(points), unknown=unknown, neutral=neutral,
                         wording=row.wording)  # fmt: skip
