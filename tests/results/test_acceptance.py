"""Which results are accepted (结果受理)."""

from datetime import date

import pandas as pd
import pytest

from supervision.domain.people import Office
from supervision.results.acceptance import Owed, Team, expected_results, faults, known_day, teams
from supervision.results.people import People

OFFICES = {
    "m": Office(office_id="m", department="market", region="320505", name="市监分局"),
    "f": Office(office_id="f", department="fire", region="320505", name="消防大队"),
}
PLACES = pd.DataFrame(
    [
        ("U1~1", "m", "1", "2026-12-03T1", "food label", "i1"),
        ("U1~1", "m", "2", "2026-12-03T1", "food label", "i2"),
        ("U1~1", "m", "3", "2026-12-03T1", "food", "i3"),
        ("U1~1", "f", "1", "2026-12-03T1", "door", "f1"),
        ("U1~1", "f", "2", "2026-12-03T1", "door", "f2"),
        ("U2~1", "f", "1", "2026-12-04T1", "door", None),
    ],
    columns=["visit_id", "office", "place", "half_days", "items", "inspector_id"],
    dtype="str",
)
PEOPLE = People(names={"i1": "张三", "i2": "李四", "i3": "王五", "f1": "赵六", "x": "钱七"}, offices={})
KEY = ("U1~1", "food", "market", "U1")


def owed():
    """Return what the round owes."""
    found = teams(expected_results(PLACES, OFFICES), PLACES, least=2, wanted={"food": 3, "label": 9, "door": 1})
    return {"2026-12": Owed(teams=found, first=date(2026, 12, 1), last=date(2026, 12, 9))}


def row(**changes):
    """Return one row of the register, good but for the changes."""
    values = {
        "round": "2026-12",
        "visit_id": "U1~1",
        "item_id": "food",
        "agency": "market",
        "unit_id": "U1",
        "result": "1",
        "inspected_on": pd.Timestamp("2026-12-03"),
        "inspectors": "i1 i2 i3",
        "reviewer": "钱七",
        "correction_reviewer": None,
    }
    return pd.DataFrame([values | changes])


def said(rows, *, known_ended=()):
    """Return column and code of what speaks against rows."""
    found = faults(rows, owed=owed(), people=PEOPLE, known_ended=set(known_ended), ending=["9", "12"])
    return [(one.row, one.column, one.reason.code) for one in found]


def test_who_may_report_what():
    """An office's people of a visit may report its items: as many as the item needs, as the law asks, as there are."""
    assert owed()["2026-12"].teams == {
        ("U1~1", "food", "market", "U1"): Team(holders=frozenset({"i1", "i2", "i3"}), least=3),
        ("U1~1", "label", "market", "U1"): Team(holders=frozenset({"i1", "i2", "i3"}), least=3),
        ("U1~1", "door", "fire", "U1"): Team(holders=frozenset({"f1", "f2"}), least=2),
    }


def test_an_honest_row_is_accepted():
    """The drawn people, a day within, another reviewer: nothing is said against it."""
    assert said(row()) == []


@pytest.mark.parametrize(
    ("changes", "column", "code"),
    [
        ({"visit_id": "U1~2"}, "visit_id", "results.not_in_calendar"),
        (
            {"visit_id": "U2~1", "unit_id": "U2", "item_id": "door", "agency": "fire"},
            "visit_id",
            "results.not_in_calendar",
        ),
        ({"item_id": "door"}, "visit_id", "results.not_in_calendar"),
        ({"agency": "fire"}, "visit_id", "results.not_in_calendar"),
        ({"unit_id": "U2"}, "visit_id", "results.not_in_calendar"),
        ({"inspected_on": pd.Timestamp("2026-12-10")}, "inspected_on", "results.in_future"),
        ({"inspected_on": pd.Timestamp("2026-11-30")}, "inspected_on", "results.before_month"),
        ({"inspectors": "i1 i2"}, "inspectors", "results.too_few"),
        ({"inspectors": "i1"}, "inspectors", "results.too_few"),
        ({"inspectors": None}, "inspectors", "results.too_few"),
        ({"reviewer": None}, "reviewer", "results.unreviewed"),
        ({"reviewer": "无"}, "reviewer", "results.unreviewed"),
        ({"reviewer": "李四"}, "reviewer", "results.own_reviewer"),
        ({"correction_reviewer": "i3"}, "correction_reviewer", "results.own_reviewer"),
        ({"result": "9"}, "result", "results.status_unknown"),
        ({"result": "12"}, "result", "results.status_unknown"),
    ],
)
def test_what_speaks_against_a_row(changes, column, code):
    """Each fault alone is told with its column."""
    assert said(row(**changes)) == [(0, column, code)]


@pytest.mark.parametrize("day", ["2026-12-01", "2026-12-09"])
def test_first_and_last_day_are_within(day):
    """The month's first day and today are days of inspection."""
    assert said(row(inspected_on=pd.Timestamp(day))) == []


def test_another_offices_people_are_strangers():
    """People of the fire office are not the market office's, though they were at the same visit."""
    assert said(row(inspectors="f1 f2 i1")) == [
        (0, "inspectors", "results.not_drawn"),
        (0, "inspectors", "results.too_few"),
    ]
    door = {"item_id": "door", "agency": "fire"}
    assert said(row(inspectors="f1 f2", **door)) == []


def test_everything_against_a_row_is_said():
    """A row with several faults names them all, and the rows keep their numbers."""
    rows = pd.concat([row(), row(inspectors="i1", reviewer="张三", inspected_on=pd.Timestamp("2027-01-01"))])
    assert said(rows) == [
        (1, "inspected_on", "results.in_future"),
        (1, "inspectors", "results.too_few"),
        (1, "reviewer", "results.own_reviewer"),
    ]


def test_an_ended_registration_is_believed_where_the_register_knows_it():
    """9 of a unit that is known as deregistered is accepted, of another unit or with another code it is not."""
    assert said(row(result="9"), known_ended=[("U1", "9")]) == []
    assert said(row(result="9"), known_ended=[("U1", "12"), ("U2", "9")]) == [(0, "result", "results.status_unknown")]


def test_a_rehearsals_day():
    """A rehearsal's results become known with the last day within the month, without one on the month's last day."""
    days = pd.to_datetime(pd.Series(["2026-12-03", "2026-12-10", "2027-01-02", "2026-11-30"]))
    first, last = date(2026, 12, 1), date(2026, 12, 31)
    assert known_day(days, first=first, last=last) == date(2026, 12, 10)
    assert known_day(days[2:], first=first, last=last) == last
