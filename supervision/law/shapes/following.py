"""Shapes of the rules on publication, results, follow-up, warning and oversight (公示、结果、处置和监督规则的写法)."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.law.shapes.kinds import (
    MONTHS,
    TEXT,
    TEXTS,
    TRUTH,
    WORDS,
    Fields,
    ListOf,
    Maybe,
    Shape,
    Table,
    whole,
)
from supervision.law.shapes.shares import SHARE

_DAYS = Table(whole(0))
_RIGHT = dict.fromkeys(("key", "zh", "en", "words_zh", "words_en", "basis"), TEXT)
_TOLD: Mapping[str, Shape] = {"working_days": whole(0), "measure": WORDS, "hand_over": Maybe(TEXT)}
_VISITS = Fields({"kinds": TEXTS, "count": whole(1), "days": whole(1), **_TOLD}, {"department": TEXT})
_ADVICE = Fields(
    {
        "id": TEXT,
        "items": TEXTS,
        "severity": ListOf(whole(0)),
        "first_time": Maybe(TRUTH),
        "corrected": Maybe(TRUTH),
        "advice": WORDS,
        "basis": TEXT,
    }
)

SHAPES: Mapping[str, Shape] = {
    "shared/case_deadline": Fields({"categories": _DAYS, "follow_up": _DAYS, "measure": WORDS}),
    "shared/desk_roles": Table(TEXTS),
    "shared/early_warning": Fields(
        {},
        {
            "complaint_surge": Fields(
                {"events": TEXTS, "count": whole(1), "days": whole(1), "department": TEXT, **_TOLD}
            ),
            "grave_event": Fields(
                {"events": TEXTS, "severity": whole(0), "days": whole(1), "department": TEXT, **_TOLD}
            ),
            "score_jump": Fields({"points": whole(0), "department": TEXT, **_TOLD}),
            "over_inspection": _VISITS,
            "without_code": _VISITS,
            "without_cause": _VISITS,
        },
    ),
    "shared/estimate_publication": Maybe(
        Fields({"least_units": whole(0), "least_found": whole(0), "least_reported": SHARE})
    ),
    "shared/feedback": Fields(
        {
            "highest": whole(1),
            "satisfied": whole(0),
            "bad": whole(0),
            "days": whole(0),
            "least_answers": whole(0),
            "measure": WORDS,
        }
    ),
    "shared/for_cause_watch": Fields({"visits": whole(0), "days": whole(0)}),
    "shared/inspected_rights": ListOf(Fields(_RIGHT)),
    "shared/item_list_review": Fields({"unused_years": whole(0)}),
    "shared/list_entry": Table(
        Fields({}, {"barred_years": whole(0), "barred_by": Table(whole(0)), "renewed_months": MONTHS})
    ),
    "shared/notice_number": Maybe(Fields({"pattern": TEXT, "words": Table(TEXT)})),
    "shared/oversight": Maybe(Fields({"reader": TEXT, "looks_for": TEXTS})),
    "shared/oversight_tables": Maybe(
        Fields(
            {
                "goods": Fields({"types": TEXTS}),
                "special_equipment": Fields({"rules": TEXTS, "fields": TEXTS, "names": TEXTS}),
            }
        )
    ),
    "shared/permit_handover": Fields({"changes": TEXTS, "names": TEXTS}),
    "shared/proportion": Fields(
        {
            "severity": Table(whole(0)),
            "corrected": TEXTS,
            "earlier_months": MONTHS,
            "entries": ListOf(_ADVICE),
        }
    ),
    "shared/publication_deadline": Fields({"working_days": whole(0)}),
    "shared/publisher": Fields(
        {
            **dict.fromkeys(("zh", "en", "phone", "address"), TEXT),
            "hotlines": ListOf(Fields({"number": TEXT, "zh": TEXT, "en": TEXT})),
        }
    ),
    "shared/result_display": Fields(
        {"months": MONTHS, "minor": Fields({"months": MONTHS, "categories": TEXTS})},
    ),
    "shared/result_registration": Maybe(Table(TEXTS)),
    "shared/result_review": Fields({"needed": TRUTH}),
}
