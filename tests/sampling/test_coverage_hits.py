"""Whom coverage duties keep out of a task: beyond a maximum, or because the year's last visit is kept for the duty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from covered import FixedLaw, caps, duty, exemptions, item, task_of
from covered import entities as entities_of
from covered import scores as scores_of
from covered import table as table_of

from supervision.law.coverage_duties import Duty
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.frame import build_frame

ITEMS = {"m1": item("m1", "market"), "m2": item("m2", "market"), "f1": item("f1", "fire")}
NO_CAP = {"shared/yearly_visit_cap": {"same_agency": None, "all_agencies": None}}


def out(one: Duty, *visits: tuple[Any, ...], law: FixedLaw | None = None, **changes: Any) -> dict[str, tuple[str, str]]:
    """Who of four units is left out of a task, why and by which rule; visits are unit, item, date, kind, result."""
    entities = entities_of("u1 u2 u3 u4")
    rows = [(unit, "market", day, kind, "", item, result) for unit, item, day, kind, result in visits]
    given = law or FixedLaw()
    own = {"partners": (), "start": date(2026, 11, 1), "end": date(2026, 11, 30)} | changes
    departments = {one.name: frozenset(ITEMS[item].department for item in one.items)}
    frame = build_frame(
        task_of(**own), items=ITEMS, entities=entities, scores=scores_of(entities), exemptions=exemptions(),
        visits=table_of("unit_id agency date kind visit_no item_id result", *rows), caps=caps(), law=given,
        coverage=Coverage(duties=(one,), kinds=("routine",), could_not=("6",), departments=departments),
    )  # fmt: skip
    found = frame.excluded.astype("str").itertuples(index=False, name=None)
    return {unit: (reason, rule) for unit, reason, rule in found}


def most(**changes: Any) -> Duty:
    """One inspection a calendar year at most, of m1 or of m2."""
    given = {"rule": "market/special_equipment", "years": 0, "most": 1, "also": ("m2",), "begins": date(2020, 1, 1)}
    return duty(**given | changes)


def uncapped() -> FixedLaw:
    """A law without caps."""
    law = FixedLaw()
    law.values |= NO_CAP
    return law


def test_who_was_sampled_after_certification_has_no_routine_inspection_this_year() -> None:
    """What counts besides uses up the maximum; last year's, a check for cause and what could not be held do not."""
    visits = [
        ("u1", "m2", "2026-01-01", "routine", "1"),
        ("u2", "m2", "2025-12-31", "routine", "1"),
        ("u3", "m2", "2026-03-01", "for_cause", "1"),
        ("u4", "m2", "2026-03-01", "routine", "6"),
    ]
    assert out(most(), *visits, law=uncapped()) == {"u1": ("cap", "market/special_equipment")}
    assert set(out(most(most_years=2), *visits, law=uncapped())) == {"u1", "u2"}
    assert out(most(most=2), *visits, law=uncapped()) == {}
    assert out(most(), *visits, law=uncapped(), items=("m2",)) == {}


def test_the_last_visit_of_the_year_is_kept_for_the_duty() -> None:
    """One visit a year: other tasks of the department leave alone who falls due this year; the duty draws them."""
    one = duty(begins=date(2025, 1, 1))  # everybody by the end of 2026: last occasion December
    visits = [("u1", "m1", "2025-06-01", "routine", "1")]  # this one by June 2027
    left = dict.fromkeys(("u2", "u3", "u4"), ("cap", "market/food"))
    assert out(one, *visits, items=("m2",)) == left
    assert out(one, *visits, items=("m1",)) == {}
    assert out(one, *visits, items=("m1", "m2")) == {}


def test_nothing_is_kept_where_visits_are_left_or_nobody_is_asked_for() -> None:
    """Two visits a year leave one besides; another department has its own; who is outside the population is free."""
    one = duty(begins=date(2025, 1, 1))
    two = FixedLaw()
    two.values |= {"shared/yearly_visit_cap": {"same_agency": 2, "all_agencies": None}}
    visits = [("u1", "m1", "2025-06-01", "routine", "1")]
    assert out(one, *visits, items=("m2",), law=two) == {}
    assert out(one, *visits, items=("f1",), lead="fire", law=two) == {}
    assert out(duty(population="type=个体"), *visits, items=("m2",)) == {}
    assert out(duty(years=0, most=9), *visits, items=("m2",)) == {}
    seldom = duty(begins=date(2025, 3, 1), months=(2, 11))  # by 28 February 2027: its last occasion is February
    assert out(seldom, *visits, items=("m2",)) == {}


def test_due_units_that_a_cap_keeps_out_are_counted_in_a_remark() -> None:
    """They will not be reached by their dates; the certificate names each."""
    entities = entities_of("u1 u2 u3 u4")
    rows = [("u1", "market", "2026-02-01", "routine", "", "m2", "1")]
    frame = build_frame(
        task_of(partners=(), start=date(2026, 12, 1), end=date(2026, 12, 31)), items=ITEMS, entities=entities,
        scores=scores_of(entities), exemptions=exemptions(),
        visits=table_of("unit_id agency date kind visit_no item_id result", *rows), caps=caps(), law=FixedLaw(),
        coverage=Coverage(duties=(duty(),), kinds=("routine",), departments={"food": frozenset({"market"})}),
    )  # fmt: skip
    (told,) = [one for one in frame.remarks if one.code == "sampling.coverage_excluded"]
    assert told.params["units"] == 1
    assert frame.strata[["stratum", "units", "sample"]].to_numpy().tolist() == [["due", 3, 3]]
    assert pd.Series(frame.rows["unit_id"]).tolist() == ["u2", "u3", "u4"]
