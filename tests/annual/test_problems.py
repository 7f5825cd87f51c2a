"""What is wrong with plans is named, each by its code and figures."""

from __future__ import annotations

from datetime import date

import pytest
from small_years import demand, item, plan

from supervision.annual.problems import (
    empty_problems,
    pair_problems,
    plan_problems,
    special_counts,
    special_problems,
)
from supervision.errors import SupervisionError

ITEMS = {"market-1": item("market-1"), "fire-1": item("fire-1")}
LISTED = {month: {"market-1", "fire-1"} if month > 2 else {"market-1"} for month in range(1, 13)}


@pytest.mark.parametrize(
    ("given", "code", "params"),
    [
        ({"kind": "for_cause"}, "annual.for_cause", {"plan": "P"}),
        ({"batches": 2, "months": (3,)}, "annual.few_months", {"plan": "P", "months": 1, "batches": 2}),
        ({"items": ("market-9",)}, "annual.item_unlisted", {"plan": "P", "item": "market-9", "year": 2026}),
        (
            {"department": "fire", "items": ("fire-1",), "months": (1, 2)},
            "annual.item_unlisted",
            {"plan": "P", "item": "fire-1", "year": 2026},
        ),
        (
            {"department": "fire", "items": ("fire-1",), "months": (2, 3)},
            "annual.item_unlisted_months",
            {"plan": "P", "item": "fire-1", "months": "2"},
        ),
        (
            {"items": ("fire-1",), "months": (3,)},
            "annual.item_department",
            {"plan": "P", "item": "fire-1", "department": "fire"},
        ),
        ({"regime": "full", "ratio": "50%"}, "annual.full_ratio", {"plan": "P", "ratio": "50%"}),
        ({"access": "open", "ratio": "A=1%"}, "annual.open_ratio", {"plan": "P", "ratio": "A=1%"}),
        ({"access": "open", "by_region": True}, "annual.open_ratio", {"plan": "P", "ratio": "10%"}),
        ({"access": "open", "ratio": "rule"}, "annual.open_ratio", {"plan": "P", "ratio": "rule"}),
    ],
)
def test_a_plan_in_itself(given: dict[str, object], code: str, params: dict[str, object]) -> None:
    """Each fault of a single plan, and no other."""
    found = plan_problems([plan("P", **given)], LISTED, ITEMS)
    assert [(one.code, one.params) for one in found] == [(code, params)]


def test_a_sound_plan_has_no_problem() -> None:
    """Full coverage at 100 % and an open list with one ratio are as they should be."""
    sound = [plan("P1", regime="full", ratio="100%"), plan("P2", access="open", ratio="n=5")]
    assert plan_problems(sound, LISTED, ITEMS) == []


def test_special_checks_are_approved_and_few() -> None:
    """The third approved one of a department is refused where two are allowed; a superior's are outside."""
    days = {"S1": 3, "S2": 1, "S3": 2}
    special = [plan(name, kind="special", approval="1号", approved_on=date(2026, 1, day)) for name, day in days.items()]
    fire = plan("S6", "fire", kind="special", approval="2号", approved_on=date(2026, 1, 1))
    others = [plan("S4", kind="special"), plan("S5", kind="superior"), fire]
    found = special_problems([*special, *others], {"most": 2})
    assert [(one.code, one.params) for one in found] == [
        ("annual.special_unapproved", {"plan": "S4"}),
        ("annual.special_too_many", {"plan": "S1", "department": "market", "number": 3, "most": 2}),
    ]
    assert [one.code for one in special_problems([*special, *others], {"most": None})] == ["annual.special_unapproved"]
    half = [plan("S7", kind="special", approval="1号"), plan("S8", kind="special", approved_on=date(2026, 1, 1))]
    found = special_problems(half, {"most": 0})
    assert [(one.code, one.params["plan"]) for one in found] == [
        ("annual.special_unapproved", "S7"),
        ("annual.special_unapproved", "S8"),
    ]
    assert special_counts([*special, *others]) == {"market": (4, 1), "fire": (1, 0)}
    with pytest.raises(SupervisionError):
        special_problems(special, None)


def test_plans_that_overlap_or_contradict() -> None:
    """One item of one unit in two plans: the same ratio overlaps, another contradicts; other units or levels do not."""
    plans = (plan("P1"), plan("P2"), plan("P3", ratio="20%"), plan("P4", level="county"), plan("P5", "fire"))
    given = demand(plans, [(7, (0.1, 0.1, 0.0, 0.1, 0.1)), (2, (0.1, 0.0, 0.2, 0.0, 0.0))])
    assert [
        (one.code, one.params["plan"], one.params["other"], one.params["units"]) for one in pair_problems(given)
    ] == [
        ("annual.overlapping", "P1", "P2", 7),
        ("annual.contradicting", "P1", "P3", 2),
    ]


def test_a_plan_about_nobody() -> None:
    """A condition that no unit fulfils is named."""
    given = demand((plan("P1"), plan("P2", population="tags=无")), [(7, (0.1, 0.0))])
    assert [(one.code, one.params) for one in empty_problems(given)] == [
        ("annual.nobody", {"plan": "P2", "population": "tags=无"})
    ]
