"""Least change of a drawn calendar, event by event, on four days of two offices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.planner.check.people import Place
from supervision.planner.replan.change import CHANGES, Change, Event, replan

COLUMNS = ["visit_id", "unit_id", "ordinal", "office", "place", "half_days", "items", "inspector_id"]


def first_of(place: Place, free: Sequence[str], load: Mapping[str, int]) -> str:
    """A lottery that takes who holds least, then by id."""
    assert sorted(free) == list(free)
    return min(free, key=lambda who: (load[who], who))


def held(*rows: str) -> pd.DataFrame:
    """Rows `U1 M 1T1 m1 M1,M2`: unit, office, day and half (several joined by +), item, holders."""
    table = []
    for row in rows:
        unit, office, times, item, people = row.split()
        names = " ".join(f"2026-12-0{t}" for t in times.split("+"))
        for number, who in enumerate(people.split(","), start=1):
            table.append((f"{unit}~1", unit, 1, office, number, names, item, who))
    return pd.DataFrame(table, columns=COLUMNS)


@pytest.fixture
def town(small: Any, kit: SimpleNamespace) -> Any:
    """The market with three people, the fire office with three; tasks of all four days; units U1 … U6."""
    small.tasks = {"m": kit.task("m", "m1"), "f": kit.task("f", "f1")}
    small.items["f1"] = kit.item("f1", "fire")
    small.units = [(f"U{n}", "320505", "S1", "") for n in range(1, 7)]
    small.drawn = [(t, f"U{n}") for t in ("m", "f") for n in range(1, 7)]
    return small


def change(world: Any, standing: pd.DataFrame, event: Event | None = None, **more: Any) -> Change:
    """The change, told apart by codes."""
    more = {"first": "2026-12-01T1", **more}
    return replan(world.inputs(), standing, event or Event(), choose=first_of, **more)


def rows(found: Change) -> list[list[Any]]:
    """kind, visit, office, place, half-days, out, in."""
    assert list(found.changes.columns) == CHANGES
    return found.changes.drop(columns=["unit_id"]).to_numpy().tolist()


def figures(found: Change) -> tuple[int, ...]:
    """Return lost, told, moved, people and days."""
    return found.lost, found.told, found.moved, found.people, found.days


def ill(world: Any, *away: tuple[str, str]) -> None:
    """Enter leave: (inspector, half-days)."""
    for who, times in away:
        text = " ".join(f"2026-12-0{t}" for t in times.split())
        world.roster = [(*r[:6], text) if r[0] == who else r for r in world.roster]


def test_nothing_happened_and_nothing_changes(town: Any) -> None:
    """A calendar that stands needs no change, which is proven."""
    found = change(town, held("U1 M 1T1 m1 M1,M2"))
    assert (figures(found), found.least, found.proven, rows(found)) == ((0,) * 5, (0, 0, 0), True, [])


def test_a_substitute_takes_the_place_and_nothing_moves(town: Any) -> None:
    """The third inspector steps in for the one who is ill; other days stay with their holders."""
    ill(town, ("M1", "1T1 1T2"))
    found = change(town, held("U1 M 1T1 m1 M1,M2", "U2 M 2T1 m1 M1,M2"))
    assert rows(found) == [["substituted", "U1~1", "M", 1, "2026-12-01T1", "M1", "M3"]]
    assert (figures(found), found.proven) == ((0, 0, 0, 1, 0), True)


def test_the_daily_limit_counts_for_substitutes(town: Any) -> None:
    """M3 may work one half-day and has one already: the visit moves instead."""
    town.roster = [(*r[:5], "1", r[6]) if r[0] == "M3" else r for r in town.roster]
    ill(town, ("M1", "1T1 1T2"))
    found = change(town, held("U1 M 1T1 m1 M1,M2", "U2 M 1T2 m1 M2,M3"))
    assert (found.moved, found.lost, found.proven) == (1, 0, True)


def test_the_fewest_visits_leave_and_go_where_least_changes(town: Any) -> None:
    """Without two of three people U1 moves: to the nearest half-day on which both of its people are free."""
    ill(town, ("M1", "1T1 1T2"), ("M3", "1T1 1T2"))
    found = change(town, held("U1 M 1T1 m1 M1,M2", "U2 M 2T1 m1 M1,M3"))
    assert rows(found) == [
        ["moved", "U1~1", "M", place, "2026-12-02T2", who, who] for place, who in ((1, "M1"), (2, "M2"))
    ]
    assert (figures(found), found.least, found.proven) == ((0, 0, 1, 0, 1), (0, 0, 1), True)


def test_told_units_stay_where_an_untold_one_can_go(town: Any) -> None:
    """Of two visits that need the same people the untold one leaves the day, the told one keeps its half-day."""
    ill(town, ("M1", "1T1 1T2"))
    town.roster = [(*r[:5], "1", r[6]) if r[1] == "M" else r for r in town.roster]
    town.roster.append(("M4", "M", "2026-12-01", "2026-12-31", "m1", "1", ""))
    standing = held("U1 M 1T1 m1 M1,M2", "U2 M 1T2 m1 M3,M4")
    for told, moved in ((["U1~1"], "U2~1"), (["U2~1"], "U1~1")):
        found = change(town, standing, told=told)
        assert {r[1] for r in rows(found) if r[0] == "moved"} == {moved}
        assert (found.lost, found.told, found.moved, found.proven) == (0, 0, 1, True)
    found = change(town, standing, told=["U1~1", "U2~1"])
    assert (found.lost, found.told, found.moved, found.least) == (0, 1, 1, (0, 1, 1))


def test_a_closed_office_day_moves_all_of_its_visits(town: Any) -> None:
    """Both visits leave the day, whole doors with their other office; nobody changes hands."""
    standing = held("U1 M 1T1 m1 M1,M2", "U1 F 1T1 f1 F1,F2", "U2 M 1T2 m1 M1,M2", "U3 F 1T1 f1 F1,F2")
    found = change(town, standing, Event(closed=frozenset({("M", "2026-12-01")})))
    assert {r[1] for r in rows(found)} == {"U1~1", "U2~1"}
    assert {r[0] for r in rows(found)} == {"moved"}
    assert all(r[4][:10] != "2026-12-01" for r in rows(found))
    assert (figures(found), found.least) == ((0, 0, 2, 0, 2), (0, 0, 2))


def test_a_closed_unit_is_cancelled_and_a_blocked_one_moves(town: Any) -> None:
    """Cancelled places have no holder afterwards; a blocked date or half-day sends the visit elsewhere."""
    standing = held("U1 M 1T1 m1 M1,M2", "U2 M 2T1 m1 M1,M2")
    found = change(town, standing, Event(cancelled=frozenset({"U1"})))
    assert rows(found) == [["cancelled", "U1~1", "M", n, "2026-12-01T1", who, ""] for n, who in ((1, "M1"), (2, "M2"))]
    assert figures(found) == (0,) * 5
    for days in ("2026-12-01", "2026-12-01T1"):
        found = change(town, standing, Event(blocked={"U1": frozenset({days})}))
        assert figures(found)[:3] == (0, 0, 1)
    assert rows(found)[0][4] == "2026-12-01T2"
    assert figures(change(town, standing, Event(blocked={"U1": frozenset({"2026-12-01T2"})}))) == (0,) * 5


def test_what_is_begun_or_within_notice_is_frozen(town: Any) -> None:
    """Leave in half-days that are begun changes nothing; an event in them is refused."""
    ill(town, ("M1", "1T1 1T2 2T1"), ("M3", "2T1"))
    standing = held("U1 M 1T1 m1 M1,M2", "U2 M 2T1 m1 M1,M2")
    found = change(town, standing, first="2026-12-01T2")
    assert {r[1] for r in rows(found)} == {"U2~1"}
    assert figures(change(town, standing, first="2026-12-02T2")) == (0,) * 5
    ill(town, ("M1", "3T1 3T2"), ("M3", "3T1 3T2"))
    later = held("U1 M 3T1 m1 M1,M2")
    for first, day in (("2026-12-01T1", "2026-12-02"), ("2026-12-03T1", "2026-12-04")):
        assert {r[4][:10] for r in rows(change(town, later, first=first))} == {day}
    for event in (Event(closed=frozenset({("M", "2026-12-01")})), Event(blocked={"U1": frozenset({"2026-12-01T2"})})):
        with pytest.raises(SupervisionError) as error:
            change(town, standing, event, first="2026-12-02T1")
        assert error.value.code == "planner.change_past"
        assert change(town, standing, event, first="2026-12-01T2")


def test_nothing_moves_into_the_notice_period(town: Any) -> None:
    """U1 cannot be held on day 1: it leaves, as a unit that was told, and not for day 2, of which nobody would know.

    Who was told only stays told: with a substitute it is held as it was.
    """
    standing = held("U1 M 1T1 m1 M1,M2")
    ill(town, ("M1", "1T1 1T2"))
    assert figures(change(town, standing, notice="2026-12-03T1")) == (0, 0, 0, 1, 0)
    ill(town, ("M3", "1T1 1T2"))
    for notice, told, day in (("", 0, 1), ("2026-12-01T1", 0, 1), ("2026-12-03T1", 1, 3), ("2026-12-04T1", 1, 4)):
        found = change(town, standing, notice=notice)
        assert {r[4][:10] for r in rows(found)} == {f"2026-12-0{max(day, 2)}"}, notice
        assert (found.lost, found.told, found.moved, found.proven) == (0, told, 1, True)
        assert found.least == (0, told, 1)
    found = change(town, standing, notice="2026-12-05T1")
    assert (found.lost, found.told, found.why) == (1, 0, {"U1~1": "no_half_day"})


def test_visits_of_the_notice_period_make_no_room(town: Any) -> None:
    """U1 can only go to the morning of day 3, where U2 is: U2 goes on for it, but not once it has been told."""
    town.tasks["one"] = replace(
        town.tasks["m"],
        task_id="one",
        start=town.tasks["m"].start.replace(day=1),
        end=town.tasks["m"].end.replace(day=3),
    )
    town.drawn = [("one", "U1"), ("m", "U2"), ("one", "U3"), ("one", "U4"), ("one", "U5"), ("one", "U6")]
    town.roster = [r for r in town.roster if r[0] in ("M1", "M2")]
    ill(town, ("M1", "1T1"))
    full = ("U1 M 1T1 m1 M1,M2", "U6 M 1T2 m1 M1,M2", "U3 M 2T1 m1 M1,M2", "U4 M 2T2 m1 M1,M2", "U5 M 3T2 m1 M1,M2")
    standing = held(*full, "U2 M 3T1 m1 M1,M2")
    found = change(town, standing, notice="2026-12-03T1")
    assert {(r[1], r[4]) for r in rows(found)} == {("U1~1", "2026-12-03T1"), ("U2~1", "2026-12-04T1")}
    found = change(town, standing, notice="2026-12-04T1")
    assert (found.lost, found.moved, {r[1] for r in rows(found)}) == (1, 0, {"U1~1"})


def test_a_visit_is_moved_once(town: Any) -> None:
    """A visit that was moved before and cannot stay is lost; that is the least where nobody else can go instead."""
    ill(town, ("M1", "1T1 1T2"), ("M3", "1T1 1T2"))
    standing = held("U1 M 1T1 m1 M1,M2")
    found = change(town, standing, moved=["U1~1"])
    assert [r[0] for r in rows(found)] == ["cancelled", "cancelled"]
    assert (found.lost, found.moved, found.least, found.proven) == (1, 0, (1, 0, 0), True)


def test_another_visit_makes_room(town: Any) -> None:
    """U1 can only go to day 2, which is full; U2 there can go on: two moves, and one alone is proven not to do."""
    town.tasks["m"] = replace(town.tasks["m"], end=town.tasks["m"].end.replace(day=2))
    town.tasks["late"] = replace(town.tasks["m"], task_id="late", end=town.tasks["m"].end.replace(day=4))
    town.drawn = [("m", "U1"), ("late", "U2"), ("m", "U3"), ("m", "U4")]
    town.roster = [r for r in town.roster if r[0] in ("M1", "M2")]
    ill(town, ("M1", "1T1"))
    standing = held("U1 M 1T1 m1 M1,M2", "U2 M 2T1 m1 M1,M2", "U3 M 2T2 m1 M1,M2", "U4 M 1T2 m1 M1,M2")
    found = change(town, standing)
    assert {(r[1], r[4]) for r in rows(found)} == {("U1~1", "2026-12-02T1"), ("U2~1", "2026-12-03T1")}
    assert (found.lost, found.moved, found.least, found.proven) == (0, 2, (0, 0, 2), True)


def test_no_visit_goes_where_more_than_half_of_its_team_would_change(town: Any) -> None:
    """Two of four people may change, three may not: then it is lost, which is proven."""
    town.days = ["2026-12-01", "2026-12-02"]
    town.roster = [(f"M{n}", "M", "2026-12-01", "2026-12-31", "m1", "2", "") for n in range(1, 9)]
    standing = held("U1 M 1T1 m1 M1,M2,M3,M4")
    event = Event(closed=frozenset({("M", "2026-12-01")}))
    ill(town, ("M1", "2T1 2T2"), ("M2", "2T1 2T2"))
    found = change(town, standing, event)
    assert (found.lost, found.moved, found.people) == (0, 1, 2)
    ill(town, ("M3", "2T1 2T2"))
    found = change(town, standing, event)
    assert (found.lost, found.moved, found.least) == (1, 0, (1, 0, 0))


def test_an_urgent_visit_takes_people_out_of_the_day(town: Any) -> None:
    """Who is free goes; then who can be substituted; only then a visit leaves the day. It enters as leave."""

    def urgent(*people: int) -> Event:
        return Event(
            urgent=tuple(
                Place(
                    visit_id="X",
                    unit="X",
                    office="M",
                    number=n,
                    half_days=("2026-12-01T1",),
                    items=frozenset({"m1"}),
                    holder="",
                )
                for n in people
            )
        )

    found = change(town, held("U1 M 1T1 m1 M1,M2"), urgent(1))
    assert rows(found) == [["leave", "", "M", 0, "2026-12-01T1", "", "M3"]]
    assert figures(found) == (0,) * 5
    found = change(town, held("U1 M 1T1 m1 M1,M2"), urgent(1, 2))
    assert (found.moved, found.lost, found.proven) == (1, 0, True)
    assert sorted(r[6] for r in rows(found) if r[0] == "leave") == ["M1", "M3"]
    # M3 cannot do the urgent item, but can stand in for M1
    town.roster = [(*r[:4], "m2", *r[5:]) if r[0] == "M3" else r for r in town.roster]
    town.items["m2"] = replace(town.items["m2"], inspectors=1)
    standing = held("U1 M 1T1 m1 M1,M2").assign(items=["m2", "m2"])
    town.tasks["m"] = replace(town.tasks["m"], items=("m2",))
    town.roster = [(*r[:4], "m1 m2", *r[5:]) if r[0] in ("M1", "M2") else r for r in town.roster]
    found = change(town, standing, urgent(1))
    assert rows(found) == [
        ["leave", "", "M", 0, "2026-12-01T1", "", "M1"],
        ["substituted", "U1~1", "M", 1, "2026-12-01T1", "M1", "M3"],
    ]


def test_a_calendar_without_holders_is_refused(town: Any) -> None:
    """A place without a holder, or twice in the table, is an error with its key."""
    standing = held("U1 M 1T1 m1 M1,M2")
    for bad in (standing.assign(inspector_id=["M1", ""]), standing.assign(place=[1, 1])):
        with pytest.raises(SupervisionError) as error:
            change(town, bad)
        assert error.value.code == "planner.standing"
        assert error.value.params["visit"] == "U1~1"


def test_a_whole_day_goes_to_a_day_that_is_free_all_day(town: Any, kit: SimpleNamespace) -> None:
    """Day 2 is blocked in the afternoon alone: a visit of a whole day goes to day 3."""
    town.items["f1"] = kit.item("f1", "fire", half_days=2)
    blocked = Event(blocked={"U1": frozenset({"2026-12-01", "2026-12-02T2"})})
    found = change(town, held("U1 F 1T1+1T2 f1 F1,F2"), blocked)
    assert set(found.changes["half_days"]) == {"2026-12-03T1 2026-12-03T2"}


def test_a_visit_stays_in_the_window_that_it_serves(town: Any, kit: SimpleNamespace) -> None:
    """Two tasks ask for the item in windows that do not meet: the later visit is not moved to the earlier window."""
    town.tasks = {"m": kit.task("m", "m1", 1, 2), "late": kit.task("late", "m1", 3, 4)}
    town.drawn = [("m", "U1"), ("late", "U1")]
    found = change(town, held("U1 M 3T1 m1 M1,M2"), Event(blocked={"U1": frozenset({"2026-12-03"})}))
    assert set(found.changes["half_days"]) == {"2026-12-04T1"}


def test_what_was_not_tried_is_not_proven(town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where not all sets of visits of the least kind were tried nothing is proven, whatever is lost."""
    monkeypatch.setattr("supervision.planner.replan.repair.SETS", 0)
    ill(town, *((who, " ".join(f"{d}T{h}" for d in (1, 2, 3, 4) for h in (1, 2))) for who in ("M1", "M2", "M3")))
    found = change(town, held("U1 M 1T1 m1 M1,M2"))
    assert (found.lost, found.least, found.proven) == (1, (0, 0, 0), False)


def test_other_districts_are_left_alone(town: Any, kit: SimpleNamespace) -> None:
    """An event of one district neither needs nor touches another's calendar."""
    town.offices["N"] = kit.office("N", "market", "320506")
    town.units.append(("W1", "320506", "", ""))
    town.drawn.append(("m", "W1"))
    ill(town, ("M1", "1T1"))
    standing = held("U1 M 1T1 m1 M1,M2", "W1 N 1T1 m1 N1,N2")
    town.roster += [kit.inspector(f"N{n}", "N", "m1") for n in (1, 2)]
    assert {r[1] for r in rows(change(town, standing))} == {"U1~1"}
