from typing import Any

import pandas as pd
import pytest

from supervision.planner.plan import Plan


def changed(plan: Plan, **columns: Any) -> Plan:
    """The plan with some columns of its calendar replaced by functions of the row."""
    frame = plan.calendar.copy()
    for name, value in columns.items():
        frame[name] = [value(row) for row in frame.to_dict("records")]
    return Plan(calendar=frame, unheld=plan.unheld, certificate=plan.certificate)


def without(plan: Plan, keep: Any) -> Plan:
    """The plan with only those calendar rows that `keep` accepts."""
    kept = [bool(keep(row)) for row in plan.calendar.to_dict("records")]
    return Plan(calendar=plan.calendar[kept], unheld=plan.unheld, certificate=plan.certificate)


def moved(visit: str, half_days: str) -> Any:
    """A change of one visit's half-days."""
    return lambda row: half_days if row["visit_id"] == visit else row["half_days"]


BREAKS = {
    "a visit is lost": (
        lambda p: without(p, lambda r: r["visit_id"] != "U3~1"),
        "the visit to U3 (f) is neither in the calendar nor among those not held",
    ),
    "a visit number is wrong": (
        lambda p: changed(p, visit_id=lambda r: r["visit_id"].replace("U3~1", "U3~2")),
        "visit id U3~2 is wrong, it should be U3~1 (unit~ordinal by first half-day)",
    ),
    "a place number is left out": (
        lambda p: changed(p, place=lambda r: r["place"] + (r["visit_id"] == "U3~1" and r["place"] == 2)),
        "the places of Fire Huqiu（F） in visit U3~1 are numbered 1 3; they should run from 1 without a gap",
    ),
    "an office comes later": (
        lambda p: changed(
            p, half_days=lambda r: "2026-12-01T2" if (r["visit_id"], r["office"]) == ("U1~1", "M") else r["half_days"]
        ),
        "the people of visit U1~1 do not begin together: 2026-12-01T1 2026-12-01T2",
    ),
    "a whole-day place is cut short": (
        lambda p: changed(p, half_days=moved("U3~1", "2026-12-02T1")),
        "a place of Fire Huqiu（F） in visit U3~1 holds 2026-12-02T1; it should hold 2 half-day(s) of one day",
    ),
    "a place runs over night": (
        lambda p: changed(p, half_days=moved("U3~1", "2026-12-02T2 2026-12-03T1")),
        "a place of Fire Huqiu（F） in visit U3~1 holds 2026-12-02T2 2026-12-03T1; it should hold 2 half-day(s) of one "
        "day",
    ),
    "a visit is too late": (
        lambda p: changed(p, half_days=moved("U2~1", "2026-12-04T2")),
        "visit U2~1 is held on 2026-12-04T2, outside its window 2026-12-01T1 to 2026-12-03T2",
    ),
    "a visit is on a day off": (
        lambda p: changed(p, half_days=moved("U2~2", "2026-12-05T1")),
        "visit U2~2 holds 2026-12-05T1, which is no working half-day of 320505 (day off or quiet day)",
    ),
    "a unit is visited twice at once": (
        lambda p: changed(p, half_days=moved("U2~1", "2026-12-04T1")),
        "unit U2 has two visits in 2026-12-04T1: U2~1 U2~2",
    ),
    "one inspector comes alone": (
        lambda p: without(p, lambda r: (r["visit_id"], r["place"]) != ("U2~1", 2)),
        "Market Huqiu（M） sends 1 people to visit U2~1, at least 2 are needed",
    ),
    "an item is forgotten": (
        lambda p: changed(p, items=lambda r: "m2" if r["visit_id"] == "U2~1" else r["items"]),
        "0 people of Market Huqiu（M） cover m1 in visit U2~1, at least 2 are needed",
    ),
    "an item is left to one of the people": (
        lambda p: changed(p, items=lambda r: "m2" if (r["visit_id"], r["place"]) == ("U2~1", 2) else r["items"]),
        "1 people of Market Huqiu（M） cover m1 in visit U2~1, at least 2 are needed",
    ),
    "an office is not asked for": (
        lambda p: changed(p, office=lambda r: "F" if r["visit_id"] == "U2~2" else r["office"]),
        "visit U2~2 in the calendar was not asked for, or its offices, people or items differ from the demand",
    ),
    "a morning has too few people": (
        lambda p: changed(p, half_days=moved("U2~1", "2026-12-01T1")),
        "Market Huqiu（M） needs 4 people in 2026-12-01T1, has 3 for m1",
    ),
}


@pytest.mark.parametrize("name", sorted(BREAKS))
def test_every_broken_rule_is_told(small: Any, name: str) -> None:
    """A sound calendar broken in one way is caught, in a sentence with names and figures."""
    damage, sentence = BREAKS[name]
    plan = small.solve(iterations=0)
    assert small.check(plan) == []
    broken = small.check(damage(plan))
    assert sentence in broken
    assert len(small.check(damage(plan), lang="zh")) == len(broken)


def test_an_afternoon_after_limits_is_told(small: Any, kit: Any) -> None:
    """People with one half-day a day who may be gone after the morning are missed in the afternoon."""
    small.roster = [kit.inspector(f"M{n}", "M", "m1 m2", limit=1 if n < 3 else 2) for n in (1, 2, 3)]
    small.drawn = [("m", "U1"), ("m", "U2")]
    plan = small.solve(iterations=0)
    assert small.check(plan) == []
    broken = changed(plan, half_days=lambda r: "2026-12-01T1" if r["unit_id"] == "U1" else "2026-12-01T2")
    assert small.check(broken) == [
        "Market Huqiu（M） needs 2 people in 2026-12-01T2; without 0 out all day and up to 2 at the daily limit it has "
        "1 for m1"
    ]


def test_what_is_not_held_needs_its_reason(small: Any) -> None:
    """A visit not held counts once, with words; listed twice or without words it is told."""
    small.units = [(f"U{n}", "320505", "S1", "A", 1) for n in range(6)]
    small.drawn = [("f", u[0]) for u in small.units]
    plan = small.solve(iterations=0)
    assert small.check(plan) == []
    twice = pd.concat([plan.unheld, plan.unheld.head(1)], ignore_index=True)
    silent = plan.unheld.assign(text_zh="")
    unit = plan.unheld["unit_id"][0]
    found = small.check(Plan(calendar=plan.calendar, unheld=twice, certificate={}))
    assert found == [f"the visit to {unit} (f) is held twice, or held and also listed as not held"]
    found = small.check(Plan(calendar=plan.calendar, unheld=silent, certificate={}))
    assert found == [f"the visit not held ({u}, f) has no reason" for u in plan.unheld["unit_id"]]


def test_the_check_imports_no_solver() -> None:
    """The check can be read and run where no solver is installed."""
    import subprocess
    import sys

    code = "import sys, supervision.planner.check; print(sorted(m for m in sys.modules if 'ortools' in m))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
