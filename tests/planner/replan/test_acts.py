"""What a change does, act by act in the order in which the protocol replays it, and why a visit is lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.planner.check.people import Place
from supervision.planner.replan.change import Change, Event, replan
from supervision.planner.replan.holdings import Act

COLUMNS = ["visit_id", "unit_id", "office", "place", "half_days", "items", "inspector_id"]
DAY = "2026-12-01"


@pytest.fixture
def town(small: Any, kit: SimpleNamespace) -> Any:
    """Return the market with three people; a task of all four days; units U1 … U4."""
    small.tasks = {"m": kit.task("m", "m1")}
    small.units = [(f"U{n}", "320505", "S1", "") for n in range(1, 5)]
    small.drawn = [("m", f"U{n}") for n in range(1, 5)]
    return small


def held(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Rows of unit, half-days and holders of the market's places."""
    table = [
        (f"{unit}~1", unit, "M", number, halves, "m1", who)
        for unit, halves, people in rows
        for number, who in enumerate(people.split(), start=1)
    ]
    return pd.DataFrame(table, columns=COLUMNS)


def changed(world: Any, standing: pd.DataFrame, event: Event | None = None, **more: Any) -> Change:
    """Return the change, by a lottery that takes who holds least, then by id."""

    def choose(place: Place, free: Sequence[str], load: Mapping[str, int]) -> str:
        return min(free, key=lambda who: (load[who], who))

    given = {"first": f"{DAY}T1", **more}
    return replan(world.inputs(), standing, event or Event(), choose=choose, **given)


def away(world: Any, who: str, *half_days: str) -> None:
    """Enter leave."""
    world.roster = [(*row[:6], " ".join(half_days)) if row[0] == who else row for row in world.roster]


def urgent(people: int) -> Event:
    """Return an urgent visit of the first morning."""
    place = Place(
        visit_id="X~1", unit="X", office="M", number=1, half_days=(f"{DAY}T1",), items=frozenset({"m1"}), holder=""
    )
    return Event(urgent=tuple(replace(place, number=number) for number in range(1, people + 1)))


def test_moves_come_before_who_goes_and_who_stands_in(town: Any) -> None:
    """The visit leaves first, then people are taken out; the acts alone make the calendar that is told."""
    found = changed(town, held(("U1", f"{DAY}T1", "M1 M2")), urgent(2))
    assert [act.kind for act in found.acts] == ["moved", "leave", "leave"]
    assert found.acts[0] == Act("moved", "U1~1", half_day=f"{DAY}T2")
    assert [act.inspector_id for act in found.acts[1:]] == ["M3", "M1"]


def test_substitutes_in_the_order_of_places(town: Any) -> None:
    """Each place that changes hands is one act, by half-day, visit and place."""
    away(town, "M1", f"{DAY}T1", f"{DAY}T2")
    found = changed(town, held(("U2", f"{DAY}T1", "M1 M2"), ("U1", f"{DAY}T2", "M1 M2")))
    assert found.acts == (Act("substituted", "U2~1", "M", 1), Act("substituted", "U1~1", "M", 1))


def test_a_closed_unit_comes_first(town: Any) -> None:
    """A visit that is cancelled frees its people before anything else is done."""
    standing = held(("U1", f"{DAY}T1", "M1 M2"))
    assert changed(town, standing, Event(cancelled=frozenset({"U1"}))).acts == (Act("cancelled", "U1~1"),)


def test_who_works_a_half_day_a_day_is_out_for_the_whole_day(town: Any) -> None:
    """The urgent morning is his one half-day of the day: he is nobody's substitute in the afternoon."""
    town.roster = [(*row[:5], "1", *row[6:]) for row in town.roster]
    found = changed(town, held(("U1", "2026-12-02T1", "M1 M2")), urgent(1))
    assert [(act.inspector_id, act.half_days) for act in found.acts] == [("M3", (f"{DAY}T1", f"{DAY}T2"))]
    assert found.changes["half_days"].tolist() == [f"{DAY}T1 {DAY}T2"]


def test_who_is_on_leave_of_an_urgent_visit_counts_no_load(town: Any) -> None:
    """Leave is no half-day held: who was taken out in the morning may stand in in the afternoon."""
    away(town, "M1", f"{DAY}T1", f"{DAY}T2")
    found = changed(town, held(("U1", f"{DAY}T2", "M1 M2")), urgent(1))
    assert [act.inspector_id for act in found.acts if act.kind == "leave"] == ["M3"]
    assert found.changes[found.changes["kind"] == "substituted"]["inspector_id"].tolist() == ["M3"]


def test_an_urgent_place_stays_open_where_nobody_is_there(town: Any) -> None:
    """With the whole office away nothing is done; the place is named without anybody."""
    for who in ("M1", "M2", "M3"):
        away(town, who, f"{DAY}T1", f"{DAY}T2")
    found = changed(town, held(("U1", "2026-12-02T1", "M1 M2")), urgent(1))
    assert found.acts == ()
    assert found.changes[["kind", "inspector_id"]].to_numpy().tolist() == [["leave", ""]]


def test_why_a_visit_is_lost(town: Any) -> None:
    """Moved before; no half-day with its people even in an empty calendar; or the people are taken everywhere."""
    standing = held(("U1", f"{DAY}T1", "M1 M2"))
    blocked = Event(blocked={"U1": frozenset({DAY})})
    assert changed(town, standing, blocked, moved=["U1~1"]).why == {"U1~1": "moved_before"}
    for who in ("M1", "M2"):
        away(town, who, *(f"2026-12-0{day}T{part}" for day in (2, 3, 4) for part in (1, 2)))
    assert changed(town, standing, blocked).why == {"U1~1": "no_half_day"}


def test_nobody_is_free_anywhere_else(town: Any) -> None:
    """Every other half-day is full and none of its visits can go: the reason is the people, not the window."""
    town.roster = [row for row in town.roster if row[0] in ("M1", "M2")]
    town.days = [DAY]
    standing = held(("U1", f"{DAY}T1", "M1 M2"), ("U2", f"{DAY}T2", "M1 M2"))
    found = changed(town, standing, Event(blocked={"U1": frozenset({f"{DAY}T1"})}))
    assert (found.why, found.lost) == ({"U1~1": "nobody_free"}, 1)


def test_a_unit_for_which_nobody_is_left_is_lost(town: Any) -> None:
    """With the whole office away for good the visit is lost, with its reason."""
    for who in ("M1", "M2", "M3"):
        away(town, who, *(f"2026-12-0{day}T{part}" for day in (1, 2, 3, 4) for part in (1, 2)))
    found = changed(town, held(("U1", f"{DAY}T1", "M1 M2")))
    assert (found.why, found.lost, found.proven) == ({"U1~1": "no_half_day"}, 1, True)
