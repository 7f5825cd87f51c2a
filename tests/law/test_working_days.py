"""Working days against an independent list, and how registers and quiet days change them."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.law.working_days import Workdays

CALENDAR = Path(__file__).parents[2] / "data" / "calendar"
RULE = Path(__file__).parents[2] / "data" / "rules" / "shared" / "statutory_holidays.yaml"
SHIPPED = {path.name: path.read_bytes() for path in CALENDAR.glob("*.yaml")}
QUIET_HALF = {"days": list(range(1, 16))}


RULES = Rules.read({"shared/statutory_holidays.yaml": RULE.read_bytes()})


def statutory(year: int) -> Any:
    """The statutory holidays of a year, as shipped."""
    return RULES.on(date(year, 1, 1)).value("shared/statutory_holidays")


def register(*rows: tuple[str, str, str | None], names: Sequence[str | None] = ()) -> pd.DataFrame:
    """A calendar register of (date, kind, region) rows, with the names of holidays where they are given."""
    frame = pd.DataFrame(rows, columns=["date", "kind", "region"])
    frame = frame.assign(date=frame["date"].astype("datetime64[s]"), region=frame["region"].astype("str"))
    return frame.assign(name=pd.Series(list(names) or [None] * len(rows), dtype="str"))


@pytest.mark.parametrize("year", range(2014, 2027))
def test_every_day_agrees_with_an_independent_calendar(year):
    """Each day of each shipped year is a working day exactly when chinesecalendar says so."""
    known = Workdays.read(SHIPPED, None, None)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    assert [d for d in days if known.is_workday(d) != chinese_calendar.is_workday(d)] == []


def test_a_year_that_is_not_announced_is_refused():
    """Nobody knows the working days of a year before its notice: the error says how to bring it in."""
    known = Workdays.read(SHIPPED, None, None)
    for ask in (lambda: known.is_workday(date(2027, 1, 4)), lambda: known.add(date(2026, 12, 28), 20)):
        with pytest.raises(SupervisionError) as caught:
            ask()
        assert caught.value.code == "law.working_days.year_not_announced"
        assert "2027" in caught.value.text("zh")
        assert "supervision import calendar" in caught.value.text("en")


def test_a_period_begins_on_the_day_after():
    """Twenty working days from the day after 2026-09-11 step over Mid-Autumn and National Day."""
    known = Workdays.read(SHIPPED, None, None)
    assert known.add(date(2026, 9, 4), 1) == date(2026, 9, 7)
    assert known.add(date(2026, 9, 5), 0) == date(2026, 9, 5)
    end = known.add(date(2026, 9, 11), 20)
    assert end == date(2026, 10, 15)
    assert len(known.workdays(date(2026, 9, 12), end)) == 20
    with pytest.raises(SupervisionError):
        known.add(date(2026, 9, 4), -1)


def test_half_days_of_a_month():
    """December 2026 has 23 working days and so 46 half-days, in order."""
    half_days = Workdays.read(SHIPPED, None, None).half_days(date(2026, 12, 1), date(2026, 12, 31))
    assert half_days[:3] == ["2026-12-01T1", "2026-12-01T2", "2026-12-02T1"]
    assert (len(half_days), half_days[-1]) == (46, "2026-12-31T2")
    assert half_days == sorted(half_days)


def test_every_shipped_year_has_the_statutory_days_off():
    """Each shipped year is a whole arrangement: 11 days off until 2024 and 13 from 2025, holiday by holiday."""
    assert [sum(one["days"] for one in statutory(year)) for year in (2014, 2024, 2025, 2026)] == [11, 11, 13, 13]
    as_own = {f"calendar/{name}": source for name, source in SHIPPED.items()}
    assert Workdays.read({}, None, None, city=as_own, statutory=statutory).years == set(range(2014, 2027))


@pytest.mark.parametrize(
    "row",
    [
        ("2027-01-01", "holiday", None),
        ("2027-01-01", "holiday", "320505"),
        ("2027-01-03", "workday", None),
        ("2027-01-04", "quiet", None),
    ],
)
def test_one_row_makes_no_year_known(row):
    """A holiday, a make-up day, one of a district, or a quiet day alone is not the year's notice."""
    known = Workdays.read(SHIPPED, register(row, names=["元旦"]), None, statutory=statutory)
    with pytest.raises(SupervisionError) as caught:
        known.is_workday(date(2027, 1, 4))
    assert caught.value.code == "law.working_days.year_not_announced"
    for day in (date(2026, 12, 31), date(2026, 1, 1)):
        known.is_workday(day)


def test_a_city_file_is_a_whole_arrangement_too():
    """A city's own file of 2026 with one holiday is refused by name and with what is missing."""
    own = b"year: 2026\nsource: [a]\nverified: true\nholidays: {2026-01-01: \xe5\x85\x83\xe6\x97\xa6}\nmake_up: {}\n"
    with pytest.raises(SupervisionError) as caught:
        Workdays.read(SHIPPED, None, None, city={"calendar/2026.yaml": own}, statutory=statutory)
    assert caught.value.code == "law.working_days.notice_incomplete"
    assert "calendar/2026.yaml" in caught.value.text("zh")
    assert "缺春节（应休 4 天）" in caught.value.text("zh")
    assert "元旦应休" not in caught.value.text("zh")


def test_another_law_has_its_own_calendar():
    """A city under another law writes its own statutory holidays, and its own files or rows are whole by those."""
    july = [{"name": "Independence Day", "days": 1, "on": ["07-04"], "aliases": []}]
    rows = register(("2026-07-03", "holiday", None), names=["Independence Day"])
    by_register = Workdays.read({}, rows, None, statutory=lambda year: july)
    own = b"year: 2026\nsource: [City Code 12]\nverified: true\nholidays: {2026-07-03: Independence Day}\nmake_up: {}\n"
    by_file = Workdays.read(
        {}, None, None, city={"calendar/2026.yaml": own, "shared/reserve.yaml": b"x"}, statutory=lambda year: july
    )
    for known in (by_register, by_file):
        assert known.workdays(date(2026, 7, 1), date(2026, 7, 6)) == [
            date(2026, 7, 1),
            date(2026, 7, 2),
            date(2026, 7, 6),
        ]
        assert known.is_workday(date(2026, 10, 1))


def test_register_rows_override_day_by_day_and_by_region():
    """A row overrides the shipped day, a region's row the row for everywhere."""
    rows = register(
        ("2026-12-01", "holiday", None),
        ("2026-12-01", "workday", "320505"),
        ("2026-12-02", "holiday", "320505"),
        ("2026-12-03", "quiet", "320505"),
    )
    known = Workdays.read(SHIPPED, rows, None)
    start, end = date(2026, 12, 1), date(2026, 12, 4)
    assert [d.day for d in known.workdays(start, end)] == [2, 3, 4]
    assert [d.day for d in known.workdays(start, end, "320505")] == [1, 3, 4]
    assert known.half_days(start, end, "320505") == ["2026-12-01T1", "2026-12-01T2", "2026-12-04T1", "2026-12-04T2"]
    assert len(known.half_days(start, end)) == 6


def test_quiet_days_take_half_days_but_not_deadlines():
    """Quiet days are left out of the half-days; a deadline counts them."""
    known = Workdays.read(SHIPPED, None, QUIET_HALF)
    assert known.half_days(date(2026, 12, 14), date(2026, 12, 16)) == ["2026-12-16T1", "2026-12-16T2"]
    assert known.add(date(2026, 12, 1), 5) == date(2026, 12, 8)


def test_a_working_day_in_the_register_is_an_exception_from_the_rule():
    """A workday row lifts the quiet rule on a day that works anyway; a make-up day stays quiet."""
    rows = register(("2026-12-14", "workday", None), ("2026-12-13", "workday", None), ("2026-12-17", "quiet", None))
    known = Workdays.read(SHIPPED, rows, QUIET_HALF)
    assert known.half_days(date(2026, 12, 12), date(2026, 12, 17)) == [
        "2026-12-14T1",
        "2026-12-14T2",
        "2026-12-16T1",
        "2026-12-16T2",
    ]
    assert known.is_workday(date(2026, 12, 13))
    assert known.is_workday(date(2026, 12, 17))


@pytest.mark.parametrize("value", [{"days": [0]}, {"days": "1-15"}, {"days": [1], "from": 2}, [1], {"days": [True]}])
def test_a_malformed_quiet_rule_is_refused(value):
    """Only null or days with numbers from 1 to 31 say which days are quiet."""
    with pytest.raises(SupervisionError, match="quiet_days"):
        Workdays.read(SHIPPED, None, value)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "year: 2026\nsource: [a]\nverified: true\nholidays: {2025-01-01: x}\nmake_up: {}\n",
            "law.working_days.other_year",
        ),
        (
            "year: 2026\nsource: [a]\nverified: true\nholidays: {2026-01-01: x}\nmake_up: {2026-01-01: x}\n",
            "law.working_days.day_twice",
        ),
        ("year: 2026\nsource: [a]\nverified: true\nholidays: {}\n", "law.yaml.key_missing"),
        ("year: 2026\nsource: [a]\nverified: true\nholidays: {new year: x}\nmake_up: {}\n", "law.yaml.shape"),
    ],
)
def test_a_malformed_calendar_is_refused(text, code):
    """A calendar file with a day of another year, a day twice, or a wrong shape is refused by name."""
    with pytest.raises(SupervisionError) as caught:
        Workdays.read({"2026.yaml": text.encode()}, None, None)
    assert caught.value.code == code
    assert "2026.yaml" in caught.value.text("zh")


def test_one_calendar_a_year_and_known_kinds_only():
    """Two files for one year, and a register row of another kind, are refused."""
    with pytest.raises(SupervisionError) as caught:
        Workdays.read({"a.yaml": SHIPPED["2026.yaml"], "b.yaml": SHIPPED["2026.yaml"]}, None, None)
    assert caught.value.code == "law.working_days.year_twice"
    with pytest.raises(SupervisionError) as caught:
        Workdays.read(SHIPPED, register(("2026-12-01", "party", None)), None)
    assert caught.value.code == "law.working_days.kind"
