"""Shapes of the rules by which units are scored and classed (评分和分类规则的写法)."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.domain.strata import CLASSES
from supervision.law.shapes.kinds import (
    ANY_TEXT,
    INTEGER,
    MONTHS,
    TEXT,
    TEXTS,
    TRUTH,
    WORDS,
    Fields,
    ListOf,
    Maybe,
    OneOfShapes,
    Shape,
    Table,
    whole,
    word,
)

_POINTS = Fields(
    {"up_to": ListOf(whole(0)), "points": ListOf(INTEGER, least=1)}, {"unknown": INTEGER, "neutral": INTEGER}
)
_PERCENTS = Fields(dict.fromkeys(CLASSES[1:], whole(0, 100)))
_USE = word("used", "unused")

SHAPES: Mapping[str, Shape] = {
    "shared/class_change": Fields({"margin": whole(0, 1000), "most_percent": whole(0, 100)}),
    "shared/class_override": Maybe(
        ListOf(Fields({"event": TEXT, "class": word(*CLASSES), "reason": WORDS}, {"months": Maybe(MONTHS)}))
    ),
    "shared/expert_card": Fields({"base": INTEGER, "features": Table(_POINTS)}),
    "shared/industry_card": Maybe(Fields({"rows": whole(1), "found": whole(1), "sure_percent": whole(1, 100)})),
    "shared/licence_needed": Maybe(
        ListOf(OneOfShapes(Fields({"tag": TEXT, "licence": TEXT}), Fields({"industry": TEXT, "licence": TEXT})))
    ),
    "shared/monitor_limits": Fields(
        dict.fromkeys(
            ("least_units", "least_visits", "least_drawn", "psi_watch", "psi_alarm", "outside_percent"), whole(1)
        )
    ),
    "shared/objection": Fields(
        {"open": _USE, "upheld": _USE, "rejected": _USE, "retracted": _USE, "decide_days": whole(0)}
    ),
    "shared/outcome_minimum": Fields({"rows": whole(0), "found": whole(0)}),
    "shared/professional_class": Fields(
        {"conflict": word("stricter", "professional", "general"), "fields": Table(TEXT)}
    ),
    "shared/record_use": Maybe(ListOf(Fields({"event": TEXT, "severity": ListOf(Maybe(INTEGER)), "months": MONTHS}))),
    "shared/risk_cutoff": OneOfShapes(
        Fields({"probability": _PERCENTS}, {"shares": _PERCENTS}),
        Fields({"shares": _PERCENTS}),
        Fields(dict.fromkeys(CLASSES[1:], INTEGER)),
    ),
    "shared/risk_receipt": Fields(
        {
            "class": TRUTH,
            "words": ANY_TEXT,
            "records": TRUTH,
            "unused": TRUTH,
            "withheld": TEXTS,
            "contact": ANY_TEXT,
        }
    ),
}
