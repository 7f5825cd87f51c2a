"""One level of a system at a door: where another level comes, a department plans nothing, and the checker knows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.plan import Budget
from supervision.planner.solver.calendar import solve


def test_a_department_stays_away_and_the_others_come(small: Any) -> None:
    """U1 is the city's for the market department: fire comes alone, and the reason is told; U2 is as it was."""
    given = replace(small.inputs(), other_level={"U1": frozenset({"market"}), "U9": frozenset({"fire"})})
    plan = solve(given, budget=Budget(turns=1))
    held = plan.calendar[["unit_id", "office"]].drop_duplicates()
    assert sorted(held.itertuples(index=False, name=None)) == [("U1", "F"), ("U2", "M"), ("U3", "F")]
    assert plan.unheld[["unit_id", "items", "reason"]].to_numpy().tolist() == [["U1", "m1", "other_level"]]
    (cause,) = plan.causes
    assert (cause.code, dict(cause.params), cause.units) == ("other_level", {"department": "market"}, 1)
    assert check(given, plan) == []
    assert differences(given, plan) == []


def test_the_checker_finds_two_levels(small: Any) -> None:
    """A calendar made without knowing of the other level breaks the rule once for each visit of that department."""
    plan = small.solve()
    found = check(replace(small.inputs(), other_level={"U2": frozenset({"market"})}), plan)
    visits = sorted(set(plan.calendar.loc[plan.calendar["unit_id"] == "U2", "visit_id"]))
    told = [dict(one.params) for one in found if one.code == "planner.check.other_level"]
    assert told == [{"visit": visit, "office": "M"} for visit in visits]


def test_two_offices_of_a_department(small: Any, kit: Any) -> None:
    """Two visits to a unit by two offices of one department in the district are named; by one office they are not."""
    plan = small.solve()
    small.offices["N"] = kit.office("N", "market")
    assert not [one for one in check(small.inputs(), plan) if one.code == "planner.check.two_offices"]
    table = plan.calendar.copy()
    table.loc[table["visit_id"] == "U2~2", "office"] = "N"
    found = [
        dict(one.params)
        for one in check(small.inputs(), replace(plan, calendar=table))
        if one.code == "planner.check.two_offices"
    ]
    assert found == [{"unit": "U2", "offices": "M N"}]
