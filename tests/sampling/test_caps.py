"""Caps: which visits count, and which cap stands for whom."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
import test_frame as given

from supervision.errors import SupervisionError
from supervision.sampling.bytes.identifiers import check_rule
from supervision.sampling.frame.caps import cap_rule
from supervision.sampling.frame.frame import build_frame

VISIT = "unit_id agency date kind visit_no on_site level place"
CAP = "agency category field risk_class kinds level counted_by per_year min_interval_days from_date until_date"
NO_LAW = given._Law(yearly_visit_cap=None)


def visit(unit: str, *, agency="market", day="2026-03-02", kind="routine", on_site=True, level=None, place=None) -> Any:
    """One past inspection."""
    return (unit, agency, day, kind, None, on_site, level, place)


def cap(agency="market", category="*", field=None, risk_class=None, kinds=None, level=None, by="unit", per_year=1,
        days=None) -> Any:  # fmt: skip
    """One cap, in force in 2026."""
    return (agency, category, field, risk_class, kinds, level, by, per_year, days, "2026-01-01", None)


def out(units: str, visits=(), caps=(), law=NO_LAW, items=given.ITEMS, classes="", **more: Any) -> dict[str, str]:
    """Who is left out of the frame of a market task, and by which rule."""
    entities = given._entities(units)
    entities = entities.assign(**{name: pd.Series(values, dtype="str") for name, values in more.items()})
    frame = build_frame(
        given._task(), items=items, entities=entities, scores=given._scores(entities, classes),
        exemptions=given._exemptions(), visits=given._table(VISIT, *visits), caps=given._table(CAP, *caps), law=law,
    )  # fmt: skip
    return {unit: rule for unit, (_, rule) in given._out(frame).items()}


def test_only_inspections_on_site_count() -> None:
    """A check on paper or online uses up nothing; one of which nothing is said does."""
    visits = [visit("site"), visit("paper", on_site=False), visit("unsaid", on_site=None)]
    assert sorted(out("site paper unsaid free", visits, [cap()])) == ["site", "unsaid"]
    law = given._Law(yearly_visit_cap={"same_agency": 1, "all_agencies": 4})
    assert sorted(out("site paper unsaid free", visits, law=law)) == ["site", "unsaid"]
    assert sorted(out("site paper unsaid free", visits, [cap(per_year=9, days=400)])) == ["site", "unsaid"]


def test_an_item_inspected_off_site_needs_no_cap() -> None:
    """A task that only looks at papers is no visit: nobody is left out, and no cap is even asked for."""
    items = given.ITEMS | {"m1": replace(given.ITEMS["m1"], method=("desk", "online"))}
    law = given._Law()
    assert out("u1 u2", [visit("u1")], [cap(per_year=0)], law, items) == {}
    assert "shared/yearly_visit_cap" not in law.asked
    both = given.ITEMS | {"m1": replace(given.ITEMS["m1"], method=("desk", "on_site"))}
    assert sorted(out("u1 u2", [visit("u1")], [cap()], items=both)) == ["u1"]


@pytest.mark.parametrize(
    ("kind", "usual", "planned_only", "everything"),
    [
        ("routine", True, True, True),
        ("special", True, False, True),
        ("superior", False, False, True),
        ("for_cause", False, False, True),
    ],
)
def test_the_kinds_that_a_cap_counts(kind: str, usual: bool, planned_only: bool, everything: bool) -> None:
    """By the shipped rule planned and special checks count; a cap may count planned ones only, or every kind."""
    visits = [visit("u1", kind=kind)]
    all_kinds = "for_cause routine special superior"
    found = [bool(out("u1 u2", visits, [cap(kinds=kinds)])) for kinds in (None, "routine", all_kinds)]
    assert found == [usual, planned_only, everything]
    law = given._Law(yearly_visit_cap={"same_agency": 1, "all_agencies": None, "kinds": ["routine"]})
    assert bool(out("u1 u2", visits, law=law)) is planned_only


def test_jiangsu_one_planned_visit_a_year_and_place() -> None:
    """Planned, on site, the same place: once. Special of a superior, for cause, on paper, elsewhere: outside."""
    visits = [
        visit("once"),
        visit("here", place="人民路 1号"),
        visit("elsewhere", place="解放路2号"),
        visit("superior", kind="superior"),
        visit("cause", kind="for_cause"),
        visit("paper", on_site=False),
        visit("lastyear", day="2025-12-31"),
        visit("otheragency", agency="fire"),
    ]
    units = "once here elsewhere superior cause paper lastyear otheragency"
    register = [cap(kinds="routine", by="place")]
    addresses = ["人民路1号"] * 8
    assert out(units, visits, register, address=addresses) == dict.fromkeys(
        ("here", "once"), "caps/market/all/kinds.routine/by.place"
    )
    rule = {"same_agency": 1, "all_agencies": None, "kinds": ["routine"], "counted_by": "place"}
    assert sorted(out(units, visits, law=given._Law(yearly_visit_cap=rule), address=addresses)) == ["here", "once"]
    by_unit = out(units, visits, [cap(kinds="routine")], address=addresses)
    assert sorted(by_unit) == ["elsewhere", "here", "once"]


def test_a_cap_of_the_system_or_of_a_level() -> None:
    """Without a level the visits of all levels of the system count, else those of that level and those unsaid."""
    visits = [visit("province", level="provincial"), visit("county", level="county"), visit("unsaid")]
    assert sorted(out("province county unsaid free", visits, [cap()])) == ["county", "province", "unsaid"]
    assert sorted(out("province county unsaid free", visits, [cap(level="city county")])) == ["county", "unsaid"]


def test_the_cap_that_says_most_about_a_unit_stands() -> None:
    """Key passenger firms twice a year, others once: the field's own cap replaces the general one, both ways."""
    visits = [visit("coach"), visit("lorry"), visit("bus"), visit("bus", day="2026-04-01")]
    caps = [cap(per_year=1), cap(field="重点客运", per_year=2)]
    tags = ["重点客运", "货运", "公交 重点客运", ""]
    assert out("coach lorry bus free", visits, caps, tags=tags) == {
        "lorry": "caps/market/all",
        "bus": cap_rule("market", "*", "field=重点客运"),
    }


def test_a_cap_of_classes() -> None:
    """Class A once, others twice; a cap of another class says nothing about a unit."""
    visits = [visit("u1"), visit("u2")]
    caps = [cap(per_year=2), cap(risk_class="A", per_year=1)]
    assert out("u1 u2 u3", visits, caps, classes="A D A") == {"u1": "caps/market/all/class.A"}
    assert out("u1 u2 u3", visits, [cap(risk_class="B C")], classes="A D A") == {}


def test_equal_caps_are_both_kept() -> None:
    """Of two caps with one condition each the strictest decides; caps that count differently stand side by side."""
    visits = [visit("u1")]
    caps = [cap(category="企业", per_year=3), cap(field="客运", per_year=1)]
    assert out("u1 u2", visits, caps, tags=["客运", "客运"]) == {"u1": cap_rule("market", "*", "field=客运")}
    caps = [cap(category="企业", per_year=3), cap(kinds="routine", per_year=1)]
    assert out("u1 u2", visits, caps) == {"u1": "caps/market/all/kinds.routine"}


def test_a_cap_of_many_conditions_has_an_id_that_the_protocol_allows() -> None:
    """Five conditions that are each written as a digest would be too long; together they are one digest."""
    many = ("field=重点客运", "class=A,B", "kinds=routine,special", "level=city,county", "by=place")
    rule = check_rule(cap_rule("market", "个体工商户", *many))
    assert rule.split("/")[:3] == ["caps", "market", *cap_rule("market", "个体工商户").split("/")[2:]]
    assert len(rule.split("/")) == 4
    assert rule != cap_rule("market", "个体工商户", *many[:4], "by=unit")


def test_intervals_follow_the_same_cap() -> None:
    """A visit sixty days ago: too soon under the general ninety days, not under the field's thirty."""
    visits = [visit("coach", day="2026-10-02"), visit("lorry", day="2026-10-02"), visit("old", day="2026-09-02")]
    caps = [cap(per_year=9, days=90), cap(field="客运", per_year=9, days=30)]
    assert out("coach lorry old free", visits, caps, tags=["客运", "", "", ""]) == {"lorry": "caps/market/all"}


@pytest.mark.parametrize(
    ("rule", "value", "field"),
    [
        ("yearly_visit_cap", {"same_agency": 1}, "all_agencies"),
        ("yearly_visit_cap", 1, "same_agency"),
        ("yearly_visit_cap", {"same_agency": 1, "all_agencies": 1, "counted_by": "door"}, "counted_by"),
        ("yearly_visit_cap", {"same_agency": 1, "all_agencies": 1, "kinds": "routine"}, "kinds"),
        ("check_kind", {"counts": ["routine"]}, "counted"),
    ],
)
def test_a_rule_of_another_shape_is_refused(rule: str, value: Any, field: str) -> None:
    """What a rule lacks or has wrong is named."""
    with pytest.raises(SupervisionError) as caught:
        out("u1 u2", law=given._Law(**{rule: value}))
    assert (caught.value.code, caught.value.params["field"]) == ("sampling.rule_field", field)


def test_last_years_visits_are_over() -> None:
    """The year is the calendar year of the window's first day."""
    visits = [visit("u1", day="2025-12-31"), visit("u2", day="2026-01-01")]
    assert sorted(out("u1 u2 u3", visits, [cap()])) == ["u2"]
    assert given._task().start == date(2026, 12, 1)
