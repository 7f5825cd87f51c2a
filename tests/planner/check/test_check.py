"""A sound calendar broken in one way at a time is named in that way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from supervision.messages import Message
from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.check.people import Place, shortages
from supervision.planner.plan import Plan
from supervision.planner.reasons import Cause
from supervision.planner.visits.demand import demand

Edit = Callable[[pd.DataFrame], Any]


def codes_of(found: list[Message]) -> set[str]:
    """The rules that are broken."""
    return {said.code.removeprefix("planner.check.") for said in found}


def broken(world: Any, edit: Edit) -> set[str]:
    """The codes of what is wrong after a calendar was edited by hand."""
    plan = world.solve()
    table = plan.calendar.copy()
    edited = edit(table)
    found = check(world.inputs(), replace(plan, calendar=table if edited is None else edited))
    for violation in found:
        for lang in ("zh", "en"):
            assert violation.text(lang)
    return codes_of(found)


def put(column: str, value: Any, where: Callable[[pd.DataFrame], Any]) -> Edit:
    """An edit that sets a column of some rows."""

    def edit(table: pd.DataFrame) -> None:
        table.loc[where(table), column] = value

    return edit


def visit(name: str, office: str = "") -> Callable[[pd.DataFrame], Any]:
    """Rows of a visit, of one office if given."""
    return lambda t: (t["visit_id"] == name) & (t["office"].eq(office) if office else True)


def place(name: str, office: str, number: int) -> Callable[[pd.DataFrame], Any]:
    """One place."""
    return lambda t: visit(name, office)(t) & (t["place"] == number)


def drop(where: Callable[[pd.DataFrame], Any]) -> Edit:
    """An edit that leaves rows out."""
    return lambda table: table[~where(table)]


@pytest.mark.parametrize(
    ("edit", "codes"),
    [
        (put("visit_id", "U3~2", visit("U3~1")), {"visit_number"}),
        (put("place", 3, place("U3~1", "F", 2)), {"place_number"}),
        (put("half_days", "2026-12-04T2", place("U2~2", "M", 1)), {"same_start"}),
        (put("half_days", "2026-12-01T1", visit("U3~1")), {"whole_day"}),
        (put("half_days", "2026-12-04T1 2026-12-04T2", visit("U2~2")), {"whole_day"}),
        (put("half_days", "2026-12-05T1", visit("U2~2")), {"not_a_half_day"}),
        (put("half_days", "2026-12-03T1", visit("U2~2")), {"item_lost", "item_unasked"}),
        (drop(visit("U3~1")), {"item_lost"}),
        (drop(place("U3~1", "F", 2)), {"items", "too_few_people"}),
        (put("items", "m2", visit("U2~1")), {"item_lost", "item_unasked"}),
        (put("items", "zz", visit("U3~1")), {"office", "item_lost", "item_unasked", "day_short"}),
        (put("office", "M", visit("U3~1")), {"office", "day_short"}),
        (
            put("unit_id", "U9", visit("U3~1")),
            {"office", "item_lost", "item_unasked", "visit_number", "not_a_half_day"},
        ),
    ],
)
def test_each_rule_by_itself(small: Any, edit: Edit, codes: set[str]) -> None:
    """A calendar edited by hand is told apart from a sound one by what it breaks."""
    small.ties = {"U1": "00" * 32, "U2": "11" * 32, "U3": "ff" * 32}
    assert broken(small, lambda table: table) == set()
    assert broken(small, edit) >= codes
    assert broken(small, edit) <= codes | {"day_short"}


def test_an_item_named_twice_in_a_place_is_one_persons(small: Any) -> None:
    """Who is left of two carries the item once, however often the calendar says it."""

    def edit(table: pd.DataFrame) -> pd.DataFrame:
        left = drop(place("U3~1", "F", 2))(table)
        return left.assign(items=left["items"].where(~visit("U3~1")(left), "f1 f1"))

    assert broken(small, edit) == {"items", "too_few_people"}


def test_a_visit_held_twice_is_named(small: Any) -> None:
    """A second visit for the same item serves no task of its own."""
    plan = small.solve()
    rows = plan.calendar[plan.calendar["visit_id"] == "U3~1"]
    other = next(d for d in small.days if not rows["half_days"].iloc[0].startswith(d))
    again = rows.assign(visit_id="U3~2", ordinal=2, half_days=f"{other}T1 {other}T2")
    if other < rows["half_days"].iloc[0]:
        again, rows = again.assign(visit_id="U3~1", ordinal=1), rows.assign(visit_id="U3~2", ordinal=2)
    table = pd.concat([plan.calendar[plan.calendar["unit_id"] != "U3"], rows, again])
    assert "item_unasked" in codes_of(check(small.inputs(), replace(plan, calendar=table)))


def test_blocked_early_and_wrong_halves_are_named(small: Any) -> None:
    """The same calendar under stricter inputs."""
    plan = small.solve()
    when = plan.calendar.loc[plan.calendar["visit_id"] == "U3~1", "half_days"].iloc[0]
    given = small.inputs()

    def codes(**change: Any) -> set[str]:
        return codes_of(check(replace(given, **change), plan))

    assert codes() == set()
    assert codes(earliest="2026-12-05T1") == {"not_a_half_day"}
    assert codes(earliest="2026-12-01T1") == set()
    for days in (when[:10], when[:12], when[13:]):
        units = given.units.assign(blocked=["", "", days])
        assert codes(units=units) == {"not_a_half_day"}
    assert codes(halves={"f1": "T2"}) == {"wrong_half"}
    assert codes(halves={"f1": "T1"}) == set()


def test_two_visits_of_a_unit_in_one_half_day_are_named(small: Any) -> None:
    """A unit has one door at a time."""
    small.tasks["late"] = replace(small.tasks["late"], start=small.tasks["m"].start)
    plan = small.solve()
    day = plan.calendar.loc[plan.calendar["unit_id"] == "U1", "half_days"].iloc[0]
    own = plan.calendar["unit_id"] == "U1"
    table = plan.calendar.copy()
    table.loc[own & (table["office"] == "M"), ["visit_id", "ordinal"]] = ["U1~2", 2]
    found = check(small.inputs(), replace(plan, calendar=table))
    assert [(v.code, v.params["half_day"]) for v in found] == [("planner.check.unit_twice", day[:12])]


def test_what_is_unheld_needs_a_true_cause(small: Any) -> None:
    """Unheld items must be asked for, not held as well, and point at a cause with words."""
    plan = small.solve()
    row = {
        "unit_id": ["U3"],
        "region": ["320505"],
        "office": ["F"],
        "items": ["f1"],
        "task_ids": ["f"],
        "reason": ["leave"],
        "cause": [0],
    }
    cause = Cause(code="leave", params=(), units=1)

    def codes(changed: Plan) -> set[str]:
        return codes_of(check(small.inputs(), changed))

    without = plan.calendar[plan.calendar["unit_id"] != "U3"]
    table = pd.DataFrame(row)
    assert codes(replace(plan, calendar=without, unheld=table, causes=(cause,))) == set()
    assert codes(replace(plan, calendar=without, unheld=table, causes=())) == {"reason_missing"}
    assert codes(replace(plan, calendar=without, unheld=table.assign(reason="x"), causes=(cause,))) == {
        "reason_missing"
    }
    assert codes(replace(plan, calendar=without, unheld=table.assign(cause=-1), causes=(cause,))) == {"reason_missing"}
    assert codes(replace(plan, unheld=table, causes=(cause,))) == {"item_unasked"}
    assert codes(replace(plan, unheld=table.assign(unit_id="U2"), causes=(cause,))) == {"item_unasked"}


def roster(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Roster rows from (id, scopes, limit, absent) for the office M."""
    columns = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]
    return pd.DataFrame(
        [(who, "M", "2026-12-01", "2026-12-31", scopes, limit, absent) for who, scopes, limit, absent in rows],
        columns=columns,
    )


AM, PM, DAY = ("2026-12-01T1",), ("2026-12-01T2",), ("2026-12-01T1", "2026-12-01T2")


@pytest.mark.parametrize(
    ("places", "short"),
    [
        ([AM, AM, AM], None),
        ([AM] * 4, (4, 3)),
        ([PM] * 3, None),
        ([PM] * 4, (4, 3)),
        ([DAY, DAY], None),
        ([DAY] * 3, (3, 2)),
        ([DAY, DAY, AM], None),
        ([DAY, DAY, AM, PM], (6, 5)),
        ([AM, AM, PM, PM, PM], None),
        ([AM, AM, AM, PM, PM, PM], (6, 5)),
        ([DAY, AM, AM, PM], None),
        ([DAY, AM, AM, PM, PM], (6, 5)),
    ],
)
def test_people_of_a_day_by_name(places: list[tuple[str, ...]], short: tuple[int, int] | None) -> None:
    """Two inspectors for whole days and one for a half-day: each limit at its bound and above."""
    table = roster(("A", "x", "2", ""), ("B", "*", "2", ""), ("C", "x", "1", ""))
    wanted = [Place(office="M", unit="U", half_days=h, items=frozenset("x")) for h in places]
    found = list(shortages(wanted, table, None))
    assert [(s.needed, s.available) for s in found] == ([] if short is None else [short])


def test_leave_scope_certificates_and_recusals_count() -> None:
    """Each takes one inspector away."""
    wanted = [Place(office="M", unit="U", half_days=AM, items=frozenset("x"))] * 2
    good = roster(("A", "x", "2", ""), ("B", "x", "1", ""))
    recused = pd.DataFrame([("B", "U")], columns=["inspector_id", "unit_id"])
    assert not list(shortages(wanted, good, None))
    assert not list(shortages(wanted, good, recused.assign(unit_id="V")))
    assert list(shortages(wanted, good, recused))
    assert list(shortages(wanted, good.assign(absent=["", "2026-12-01T1"]), None))
    assert not list(shortages(wanted, good.assign(absent=["", "2026-12-01T2"]), None))
    assert list(shortages(wanted, good.assign(scopes=["x", "y"]), None))
    assert list(shortages(wanted, good.assign(until=["2026-12-31", "2026-11-30"]), None))
    assert list(shortages(wanted, good.assign(daily_limit=["1", "0"]), None))


def test_a_certificate_is_recomputed_figure_by_figure(small: Any) -> None:
    """Any figure that is changed is named, in the district and in the total."""
    small.drawn += [("f", f"V{n}") for n in range(5)]
    small.units += [(f"V{n}", "320505", "S1", "") for n in range(5)]
    plan = small.solve()
    given = small.inputs()
    assert plan.certificate["total"]["proven_lost"] == 3  # type: ignore[index]
    assert differences(given, plan) == []
    (row,) = plan.certificate["districts"]  # type: ignore[misc]
    for name in row:
        if name not in ("region", "offices", "computed_lost"):
            changed = replace(plan, certificate={**plan.certificate, "districts": [{**row, name: row[name] + 1}]})
            assert {(v.params["region"], v.params["name"]) for v in differences(given, changed)} >= {("320505", name)}
    for name in plan.certificate["total"]:  # type: ignore[attr-defined]
        if name != "computed_lost":
            total = {**plan.certificate["total"], name: -1}  # type: ignore[dict-item]
            found = differences(given, replace(plan, certificate={**plan.certificate, "total": total}))
            assert {(v.params["region"], v.params["name"]) for v in found} >= {("total", name)}
    dear = [{**row, "offices": [{**row["offices"][0], "prices": [10**9] * len(row["offices"][0]["prices"])}]}]
    found = differences(given, replace(plan, certificate={**plan.certificate, "districts": dear}))
    assert ("proven_lost", 0) in {(v.params["name"], v.params["found"]) for v in found}
    low = [{**row, "computed_lost": 2}]
    found = differences(given, replace(plan, certificate={**plan.certificate, "districts": low}))
    assert [v.params["name"] for v in found] == ["computed_lost"]
    found = differences(
        given, replace(plan, certificate={**plan.certificate, "districts": [row, {**row, "region": "9"}]})
    )
    assert [v.params["name"] for v in found] == ["region"]


def test_asks_that_can_share_a_half_day_prove_no_door(small: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The packing of a unit is not believed: with every ask of every unit in it the same doors are proven."""

    def claimed(given: Any) -> Any:
        found = demand(given)
        units = [
            replace(u, prices=tuple((d, n) for d, duty in enumerate(u.duties) for n in range(len(duty.asks))))
            for u in found.districts[0].units
        ]
        assert [len(u.prices) for u in units] == [2, 2, 1]
        return replace(found, districts=(replace(found.districts[0], units=tuple(units)),))

    plan = small.solve()
    assert plan.certificate["total"]["proven_doors"] == 4  # type: ignore[index]
    monkeypatch.setattr("supervision.planner.check.certificate.demand", claimed)
    assert differences(small.inputs(), plan) == []
