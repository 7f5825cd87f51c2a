"""Shapes of the rules by which a round is drawn, committed and planned (抽取、承诺和编排规则的写法)."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.domain.strata import CLASSES
from supervision.law.shapes.kinds import (
    CLOCK,
    DAY,
    MONTH_DAY,
    MONTHS,
    SOME_TEXTS,
    TEXT,
    TEXTS,
    WORDS,
    Fields,
    ListOf,
    Maybe,
    Pair,
    Plain,
    Shape,
    Table,
    whole,
    word,
)
from supervision.law.shapes.shares import FACTOR, LIMIT, RESERVE, SHARE
from supervision.messages import Label

_REASONS = ListOf(word("not_in_force", "cap", "interval", "whitelist", "observation"))
_WORKING_DAYS = Fields({"working_days": whole(0)})
_TIER = Plain(
    Label('exclude、off_site 或大于 0 的比例文字（如 "1/2"）', 'exclude, off_site or a share above 0 such as "1/2"'),
    lambda value: value in ("exclude", "off_site") or FACTOR.holds(value),
)
_SOURCE = Fields(
    {
        "name": TEXT,
        "event": WORDS,
        "organiser": WORDS,
        "address": TEXT,
        "kind": word("set", "sequence", "number"),
        "count": whole(1),
        "low": whole(0),
        "high": whole(1),
        "weekdays": ListOf(whole(1, 7), least=1),
        "time": CLOCK,
        "closed": ListOf(Pair(DAY)),
    }
)

SHAPES: Mapping[str, Shape] = {
    "shared/change_notice": _WORKING_DAYS,
    "shared/check_kind": Fields({"counted": TEXTS}),
    "shared/city": Fields({"zh": TEXT, "en": TEXT}, {"agency": TEXT}),
    "shared/class_ratio": Fields(dict.fromkeys(CLASSES, SHARE)),
    "shared/commit_interval": Fields({"hours": whole(0, 8760)}),
    "shared/daily_limit": Fields({"half_days": whole(1)}),
    "shared/draw_source": ListOf(_SOURCE, least=1),
    "shared/exclusion": Fields(dict.fromkeys(("random", "reduced", "observation", "full"), _REASONS)),
    "shared/full_coverage_basis": Maybe(TEXTS),
    "shared/general_item_limit": Maybe(LIMIT),
    "shared/in_force": SOME_TEXTS,
    "shared/merge_duty": Fields({"same_agency": TEXT, "other_agencies": TEXT, "levels_of_a_system": TEXT}),
    "shared/minimum_inspectors": whole(1),
    "shared/observation_period": Fields({"months": MONTHS}),
    "shared/off_site_check": Fields({"methods": SOME_TEXTS, "correction_days": whole(1)}),
    "shared/off_site_first": Maybe(TEXTS),
    "shared/office_hours": Fields({"T1": Pair(CLOCK), "T2": Pair(CLOCK)}),
    "shared/office_load_warning": SHARE,
    "shared/quiet_days": Maybe(Fields({"days": ListOf(whole(1, 31))})),
    "shared/recusal_ground": Maybe(ListOf(Fields({"code": TEXT, "zh": TEXT, "en": TEXT}))),
    "shared/reduced_contact": Fields({"factor": SHARE}),
    "shared/reserve": RESERVE,
    "shared/roles": TEXTS,
    "shared/size_floor": whole(0),
    "shared/statutory_holidays": ListOf(
        Fields({"name": TEXT, "days": whole(0), "on": ListOf(MONTH_DAY), "aliases": TEXTS})
    ),
    "shared/visit_lead_time": _WORKING_DAYS,
    "shared/whitelist_tier": Table(_TIER),
    "shared/yearly_visit_cap": Maybe(
        Fields(
            {"same_agency": Maybe(whole(0)), "all_agencies": Maybe(whole(0))},
            {"kinds": TEXTS, "counted_by": word("unit", "place")},
        )
    ),
}
