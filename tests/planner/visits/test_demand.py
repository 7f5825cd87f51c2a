"""Drawn units become duties and the fewest doors."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.planner.visits.demand import Demand, demand
from supervision.planner.visits.halfdays import slots_of


def asks(found: Demand, unit: str) -> list[tuple[str, str, tuple[str, ...], list[int]]]:
    """(office, item, tasks, slots) of a unit's asks."""
    district = found.districts[0]
    own = next(u for u in district.units if u.unit_id == unit)
    return [
        (district.staffs[d.office].office, a.item.item_id, a.tasks, list(slots_of(a.slots)))
        for d in own.duties
        for a in d.asks
    ]


def doors(found: Demand, unit: str) -> list[list[tuple[str, list[str]]]]:
    """A unit's doors: (office, items) of each part."""
    district = found.districts[0]
    own = next(u for u in district.units if u.unit_id == unit)
    return [
        [
            (
                district.staffs[own.duties[p.duty].office].office,
                [own.duties[p.duty].asks[n].item.item_id for n in p.asks],
            )
            for p in door
        ]
        for door in own.doors
    ]


def test_duties_of_a_small_month(small: Any) -> None:
    """U1 is one door of two offices, U2 two doors as its windows do not meet; a whole-day item begins in mornings."""
    found = demand(small.inputs())
    assert found.duties == 4
    assert found.impossible == ()
    assert asks(found, "U1") == [("F", "f1", ("f",), [0, 2, 4, 6]), ("M", "m1", ("m",), [0, 1, 2, 3, 4, 5])]
    assert asks(found, "U2") == [("M", "m1", ("m",), [0, 1, 2, 3, 4, 5]), ("M", "m2", ("late",), [6, 7])]
    assert doors(found, "U1") == [[("F", ["f1"]), ("M", ["m1"])]]
    assert doors(found, "U2") == [[("M", ["m1"])], [("M", ["m2"])]]
    units = found.districts[0].units
    assert [(u.unit_id, u.prices) for u in units] == [
        ("U1", ((1, 0),)),
        ("U2", ((0, 0), (0, 1))),
        ("U3", ((0, 0),)),
    ]


def test_row_order_never_matters(small: Any) -> None:
    """Shuffled tables give the same demand."""
    given = small.inputs()
    turned = replace(given, drawn=given.drawn[::-1], units=given.units[::-1], roster=given.roster[::-1])
    assert demand(turned) == demand(given)


def test_one_item_of_two_tasks_is_inspected_once(small: Any, kit: SimpleNamespace) -> None:
    """Where the windows of two tasks meet, their common item is asked for once, within both."""
    small.tasks["again"] = kit.task("again", "m1", 3, 4)
    small.drawn = [("m", "U1"), ("again", "U1")]
    assert asks(demand(small.inputs()), "U1") == [("M", "m1", ("m", "again"), [4, 5])]
    small.tasks["again"] = kit.task("again", "m1", 4, 4)
    assert asks(demand(small.inputs()), "U1") == [
        ("M", "m1", ("m",), [0, 1, 2, 3, 4, 5]),
        ("M", "m1", ("again",), [6, 7]),
    ]


def test_blocked_days_halves_and_lead_time_take_half_days_away(small: Any) -> None:
    """A blocked date takes both its half-days, an afternoon item mornings; what comes before the earliest is out."""
    small.units[0] = ("U1", "320505", "S1", "2026-12-01 2026-12-02T2")
    small.halves = {"m1": "T2"}
    small.earliest = "2026-12-01T2"
    found = demand(small.inputs())
    assert found.districts[0].grid.name(1) == "2026-12-01T2"
    assert list(slots_of(found.districts[0].grid.open)) == [1, 2, 3, 4, 5, 6, 7]
    assert asks(found, "U1") == [("F", "f1", ("f",), [4, 6]), ("M", "m1", ("m",), [5])]
    assert asks(found, "U2")[0] == ("M", "m1", ("m",), [1, 3, 5])


def test_one_level_of_a_system_visits(small: Any, kit: SimpleNamespace) -> None:
    """Where a department has two offices in a district, only the first by id is asked: one level of a system."""
    small.offices["L"] = kit.office("L", "market")
    small.roster += [kit.inspector(f"L{n}", "L", "m1 m2") for n in (1, 2)]
    assert {office for unit in ("U1", "U2") for office, *_ in asks(demand(small.inputs()), unit)} == {"F", "L"}


def test_an_item_that_one_person_may_inspect_comes_with_a_colleague(small: Any, kit: SimpleNamespace) -> None:
    """An item for one holder alone is possible only in company, never below the law's two people."""
    small.items["m1"] = kit.item("m1", "market", inspectors=1)
    small.items["m2"] = kit.item("m2", "market", inspectors=1)
    small.tasks = {"m": kit.task("m", "m1"), "both": kit.task("both", "m1 m2")}
    small.roster = [kit.inspector("M1", "M", "m1"), kit.inspector("M2", "M", "m2")]
    small.drawn = [("m", "U1"), ("both", "U2")]
    found = demand(small.inputs())
    assert [(i.unit_id, i.office, i.item, i.tasks) for i in found.impossible] == [("U1", "M", "m1", ("m",))]
    assert doors(found, "U2") == [[("M", ["m1", "m2"])]]


def test_a_duty_is_divided_where_its_items_never_meet(small: Any, kit: SimpleNamespace) -> None:
    """Two items whose holders are never there together need two doors; the rest of the unit joins one of them."""
    small.tasks = {"both": kit.task("both", "m1 m2"), "f": kit.task("f", "f1")}
    small.items["f1"] = kit.item("f1", "fire")
    early, late = (
        "2026-12-03T1 2026-12-03T2 2026-12-04T1 2026-12-04T2",
        "2026-12-01T1 2026-12-01T2 2026-12-02T1 2026-12-02T2",
    )
    small.roster = [kit.inspector(f"M{n}", "M", "m1", absent=early) for n in (1, 2)]
    small.roster += [kit.inspector(f"M{n}", "M", "m2", absent=late) for n in (3, 4)]
    small.roster += [kit.inspector(f"F{n}", "F", "f1") for n in (1, 2)]
    small.drawn = [("both", "U1"), ("f", "U1")]
    found = demand(small.inputs())
    assert doors(found, "U1") == [[("F", ["f1"]), ("M", ["m1"])], [("M", ["m2"])]]
    assert found.districts[0].units[0].prices == ((1, 0), (1, 1))


@pytest.mark.parametrize(
    ("change", "code", "params"),
    [
        ({"drawn": [("x", "U1")]}, "planner.unknown_task", {"task": "x"}),
        ({"drawn": [("m", "U9")]}, "planner.unknown_unit", {"unit": "U9"}),
        ({"items": {}}, "planner.unknown_item", {"task": "f", "item": "f1"}),
        ({"ties": {"U1": "12"}}, "planner.tie", {"unit": "U1", "tie": "12"}),
        ({"ties": {"U1": "no hex"}}, "planner.tie", {"unit": "U1", "tie": "no hex"}),
    ],
)
def test_bad_tables_are_named(small: Any, change: dict[str, Any], code: str, params: dict[str, str]) -> None:
    """What is missing or malformed stops the calendar with its value."""
    for name, value in change.items():
        setattr(small, name, value)
    with pytest.raises(SupervisionError) as error:
        demand(small.inputs())
    assert (error.value.code, error.value.params) == (code, params)
    assert error.value.text("zh") and error.value.text("en")


def test_contradicting_windows_and_long_visits_are_named(small: Any, kit: SimpleNamespace) -> None:
    """A task that ends before it starts, and an item of three half-days."""
    small.tasks["m"] = kit.task("m", "m1", 3, 2)
    with pytest.raises(SupervisionError) as error:
        demand(small.inputs())
    assert error.value.code == "planner.window"
    small.tasks["m"] = kit.task("m", "m1", 3, 3)
    small.items["m1"] = kit.item("m1", "market", half_days=3)
    with pytest.raises(SupervisionError) as error:
        demand(small.inputs())
    assert (error.value.code, error.value.params) == ("planner.too_long", {"item": "m1", "half_days": 3})
