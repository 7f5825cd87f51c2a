"""How an office's items are laid on places."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.domain.items import Item
from supervision.planner.visits.capacity import Group
from supervision.planner.visits.halfdays import Grid
from supervision.planner.visits.staff import Staff, recused_by_unit, staffs
from supervision.planner.visits.teams import Team, ways

GRID = Grid.of([f"2026-12-0{d}T{h}" for d in (1, 2) for h in (1, 2)])
COLUMNS = ["inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent"]


@pytest.fixture
def staff(kit: SimpleNamespace) -> Any:
    """A builder of one office's staff from roster rows (id, scopes, limit, absent)."""

    def build(*rows: tuple[Any, ...]) -> Staff:
        table = [kit.inspector(row[0], "M", row[1], *row[2:]) for row in rows]
        return staffs(pd.DataFrame(table, columns=COLUMNS), GRID, ["M"])["M"]

    return build


def wanted(name: str, people: int, half_days: int) -> Item:
    """An item that asks for people and half-days."""
    facts = {"name": name, "department": "M", "kind": "general", "basis": "", "ratio": "3%"}
    return Item(item_id=name, half_days=half_days, inspectors=people, **facts)


def test_who_is_there_and_how_much_they_can_do(staff: Any) -> None:
    """Masks by id; leave, certificates and limits; inspector-half-days of a day."""
    found = staff(("B", "x", 1), ("A", "x y", 2, "2026-12-01T2"), ("C", "*", 2, "", 2, 31), ("D", "x", 0))
    assert found.inspectors == ("A", "B", "C")
    assert found.present == (0b011, 0b010, 0b111, 0b111)
    assert found.twice == 0b101
    assert [found.capacity(t) for t in (0, 1)] == [2, 5]
    assert found.covering(["x"]) == 0b111
    assert found.covering(["y"]) == 0b101
    assert found.covering(["x"], frozenset("A")) == 0b110
    assert [found.holders(0b111, s, 2) for s in (0, 1, 2, 3)] == [0, 0, 0b101, 0]
    assert found.day(1) == (0b111, 0b111, 0b101)


def test_everybody_covers_all_items_where_enough_can(staff: Any) -> None:
    """As many people as the most demanding item or the law asks for; whole days begin in mornings."""
    office = staff(("A", "x y"), ("B", "x y"), ("C", "x y", 1))
    (way,) = ways(office, GRID, [wanted("x", 1, 1), wanted("y", 2, 1)], 2)
    assert way == ((Team(2, 1, ("x", "y")),), (Group(0b111, False, 2),), 0b1111)
    (way,) = ways(office, GRID, [wanted("x", 3, 1)], 2)
    assert way.teams == (Team(3, 1, ("x",)),)
    (way,) = ways(office, GRID, [wanted("x", 2, 2), wanted("y", 1, 1)], 2)
    assert way == ((Team(2, 2, ("x", "y")),), (Group(0b111, True, 2),), 0b0101)
    assert ways(office, GRID, [wanted("x", 3, 2)], 2) == ()
    assert ways(office, GRID, [wanted("x", 4, 1)], 2) == ()


def test_items_are_split_over_specialists_where_nobody_covers_all(staff: Any) -> None:
    """Places carry what their inspectors cover, in the half-days in which enough are there."""
    office = staff(("A", "x"), ("B", "x"), ("C", "y", 2, "2026-12-02T1 2026-12-02T2"), ("D", "y"))
    (way,) = ways(office, GRID, [wanted("x", 2, 1), wanted("y", 2, 1)], 2)
    assert way.teams == (Team(2, 1, ("x",)), Team(2, 1, ("y",)))
    assert way.groups == (Group(0b0011, False, 2), Group(0b1100, False, 2))
    assert way.slots == 0b0011
    (way,) = ways(office, GRID, [wanted("x", 1, 1), wanted("y", 1, 1)], 2)
    assert way.teams == (Team(1, 1, ("x",)), Team(1, 1, ("y",)))
    assert way.slots == 0b1111


def test_a_split_team_has_its_own_lengths(staff: Any) -> None:
    """Only the places with the long item last all day; a limited colleague covers the short one."""
    office = staff(("A", "x"), ("B", "x"), ("C", "y", 1), ("D", "y", 1))
    (way,) = ways(office, GRID, [wanted("x", 2, 2), wanted("y", 2, 1)], 2)
    assert way.teams == (Team(2, 2, ("x",)), Team(2, 1, ("y",)))
    assert way.slots == 0b0101


def test_a_recused_inspector_is_not_counted(staff: Any) -> None:
    """Two people of whom one is recused cannot hold an item of two."""
    office = staff(("A", "x"), ("B", "x"))
    assert ways(office, GRID, [wanted("x", 2, 1)], 2)[0].slots == 0b1111
    assert ways(office, GRID, [wanted("x", 2, 1)], 2, frozenset("B")) == ()
    table = pd.DataFrame([("B", "U1"), ("A", "U1"), ("A", "U2")], columns=["inspector_id", "unit_id"])
    assert recused_by_unit(table) == {"U1": frozenset("AB"), "U2": frozenset("A")}
    assert recused_by_unit(None) == {}
