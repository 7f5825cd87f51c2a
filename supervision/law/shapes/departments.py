"""Shapes of the year's rules and of departments' own (年度规则和部门规则的写法): regimes, scales, numbers of duties."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.domain.strata import CLASSES
from supervision.law.shapes.kinds import (
    ANY_TEXT,
    DAY,
    MONTH_DAY,
    SOME_TEXTS,
    TEXT,
    TEXTS,
    TRUTH,
    Fields,
    ListOf,
    Maybe,
    Plain,
    Shape,
    Table,
    whole,
    word,
)
from supervision.law.shapes.shares import PERCENT, RATIO, SHARE
from supervision.messages import Label

_YEARS = whole(1, 5)
_ONCE = Plain(Label("1", "1"), lambda value: type(value) is int and value == 1)
_MINIMUM = Fields({"visits": _ONCE, "years": _YEARS, "counted": word("rolling", "calendar")})
_COVERAGE = Fields({}, {"minimum": _MINIMUM, "maximum": Fields({"visits": whole(1), "years": _YEARS})})
_LEVEL = Fields({"as": word(*CLASSES), "per_year": Maybe(whole(0))}, {"aliases": TEXTS})
_DUTY = Fields(
    {
        "rule": TEXT,
        "items": SOME_TEXTS,
        "population": TEXT,
        "begins": DAY,
        "months": ListOf(whole(1, 12), least=1),
    },
    {"also": TEXTS},
)

REGIME = Fields(
    {"regime": SOME_TEXTS},
    {
        **dict.fromkeys(("levels", "names", "method", "points", "groups", "registers"), SOME_TEXTS),
        "department": ANY_TEXT,
        "people": whole(0),
        "field": ANY_TEXT,
        "announced": TRUTH,
        "published": TRUTH,
        "floor": SHARE,
    },
)
SCALE = Fields({"classes": Table(_LEVEL, least=1)}, {"ratio": Fields({}, dict.fromkeys(CLASSES, SHARE))})
NUMBERS = Fields({"coverage": _COVERAGE}, others=True)

SHAPES: Mapping[str, Shape] = {
    "ecology/quarterly_rate": Maybe(Fields({"key": RATIO, "special": RATIO, "general": RATIO})),
    "market/annual_report_check": Maybe(RATIO),
    "market/food": Fields({"coverage": _COVERAGE}, {"classes": TEXTS}),
    "market/medical_device": Fields({"coverage": _COVERAGE}, {"sellers_unannounced": TRUTH, "people": whole(0)}),
    "shared/coverage": Table(_DUTY),
    "shared/plan_dates": Fields({"published_by": MONTH_DAY, "filed_by": MONTH_DAY}),
    "shared/plan_merge": Fields({"shared_units": SHARE, "half_days_apart": whole(0), "peak": PERCENT}),
    "shared/special_checks": Fields({"most": Maybe(whole(0))}),
    "sports/high_risk_venue": Maybe(RATIO),
}
