"""A year's arrangement of holidays: whole, or what it lacks, holiday by holiday."""

from datetime import date
from pathlib import Path

import pytest

from supervision.errors import SupervisionError
from supervision.law.holiday_notice import NamedDay, shortcomings, statutory_holidays
from supervision.law.rules import Rules

RULE = Path(__file__).parents[2] / "data" / "rules" / "shared" / "statutory_holidays.yaml"
RULES = Rules.read({"shared/statutory_holidays.yaml": RULE.read_bytes()})
OFF = {  # an invented arrangement of 2027, whose own notice nobody has seen
    "元旦": ["01-01"],
    "春节": ["02-05", "02-08", "02-09", "02-10", "02-11", "02-12"],
    "清明节": ["04-05"],
    "劳动节": ["05-03", "05-04", "05-05"],
    "端午": ["06-09"],
    "中秋": ["09-15"],
    "国庆节": ["10-01", "10-04", "10-05", "10-06", "10-07"],
}
MADE_UP = {"春节": ["01-31", "02-20"], "劳动节": ["05-08"], "国庆节": ["09-26", "10-09"]}


def arrangement(off=OFF, made_up=MADE_UP, year=2027):
    """The days of an arrangement."""
    days = {date.fromisoformat(f"{year}-{day}"): NamedDay(works=False, name=n) for n, own in off.items() for day in own}
    more = {date.fromisoformat(f"{year}-{d}"): NamedDay(works=True, name=n) for n, own in made_up.items() for d in own}
    return days | more


def lacks(days, year=2027, **special):
    """What an arrangement lacks, in English."""
    holidays = statutory_holidays(RULES.on(date(year, 1, 1)).value("shared/statutory_holidays"))
    return [one.text("en") for one in shortcomings(year, days, holidays, **special)]


def test_a_whole_arrangement_lacks_nothing():
    """Seven holidays with 13 days off; listing the weekends of the holidays as well changes nothing."""
    assert lacks(arrangement()) == []
    weekends = {"春节": ["02-06", "02-07", *OFF["春节"]], "劳动节": ["05-01", "05-02", *OFF["劳动节"]]}
    assert lacks(arrangement(OFF | weekends)) == []


@pytest.mark.parametrize("name", OFF)
def test_each_holiday_that_is_missing_is_named(name):
    """Without its rows a holiday is missing, whichever it is."""
    off = {other: days for other, days in OFF.items() if other != name}
    made_up = {other: days for other, days in MADE_UP.items() if other != name}
    days_off = {"春节": 4, "劳动节": 2, "国庆节": 3}.get(name, 1)
    shown = name.removesuffix("节") if name == "清明节" else name
    assert f"{shown} is missing ({days_off} days off)" in lacks(arrangement(off, made_up))


def test_make_up_days_belong_to_the_arrangement():
    """Without the make-up days of Spring Festival it would have six days off; one too many leaves three."""
    told = "春节 has 4 days off, but rest days from Monday to Friday less make-up days on weekends are "
    assert lacks(arrangement(made_up=MADE_UP | {"春节": []})) == [told + "6"]
    assert lacks(arrangement(made_up=MADE_UP | {"春节": ["01-30", "01-31", "02-20"]})) == [told + "3"]
    assert lacks(arrangement(made_up={"春节": ["01-31", "02-20"]})) == [
        told.replace("春节 has 4", "劳动节 has 2") + "3",
        told.replace("春节 has 4", "国庆节 has 3") + "5",
    ]


def test_eleven_days_until_2024_and_thirteen_from_2025():
    """2024 with three days of Spring Festival and one of Labour Day is whole; the same days in 2025 are not."""
    off = {
        "元旦": ["01-01"], "春节": ["02-12", "02-13", "02-14"], "清明": ["04-04"], "劳动节": ["05-01"],
        "端午": ["06-10"], "中秋": ["09-17"], "国庆节": ["10-01", "10-02", "10-03"],
    }  # fmt: skip
    assert lacks(arrangement(off, {}, 2024), 2024) == []
    told = lacks(arrangement(off, {}, 2025), 2025)
    assert told[:2] == [
        "春节 has 4 days off, but rest days from Monday to Friday less make-up days on weekends are 3",
        "劳动节 has 2 days off, but rest days from Monday to Friday less make-up days on weekends are 1",
    ]
    assert told[-1] == "2025-05-02 (劳动节) must be a rest day"


def test_joined_holidays_are_counted_together():
    """Where the notice joins National Day and Mid-Autumn, four days off are those of both."""
    off = {name: days for name, days in OFF.items() if name not in ("国庆节", "中秋")}
    off["国庆节、中秋节"] = ["10-01", "10-04", "10-05", "10-06", "10-07", "10-08"]
    assert lacks(arrangement(off, MADE_UP)) == []
    off["国庆节、中秋节"] = ["10-01", "10-04", "10-05", "10-06", "10-07"]
    assert lacks(arrangement(off, MADE_UP)) == [
        "中秋、国庆节 has 4 days off, but rest days from Monday to Friday less make-up days on weekends are 3"
    ]


def test_other_days_and_special_notices_are_beside_the_sums():
    """A day of remembrance is counted by itself; days that a notice of its own adds to a holiday are said so."""
    assert lacks(arrangement(OFF | {"纪念日": ["09-03"]}, MADE_UP | {"纪念日": ["09-04"]})) == []
    more = arrangement(OFF | {"春节": [*OFF["春节"], "02-15"]})
    assert lacks(more, special={"春节": 1}) == []
    assert len(lacks(more)) == 1


def test_a_day_without_a_name_and_a_holiday_on_which_people_work():
    """A blank name is said with its day; 1 October as a make-up day, or left out, is no National Day."""
    nameless = arrangement() | {date(2027, 11, 1): NamedDay(works=False, name=" ")}
    assert lacks(nameless) == ["2027-11-01 names no holiday"]
    off = OFF | {"国庆节": ["10-04", "10-05", "10-06", "10-07", "10-08"]}
    assert lacks(arrangement(off)) == ["2027-10-01 (国庆节) must be a rest day"]
    saturday = arrangement() | {date(2027, 10, 2): NamedDay(works=True, name="纪念日")}
    assert lacks(saturday) == ["2027-10-02 (国庆节) must be a rest day"]


WORDS = {"name": "元旦", "days": "1", "on": [], "aliases": []}


@pytest.mark.parametrize("value", [None, {"元旦": 1}, ["元旦"], [WORDS]])
def test_a_rule_of_another_shape_is_refused(value):
    """A value that does not say days, fixed days and writings of each holiday stops."""
    with pytest.raises(SupervisionError) as caught:
        statutory_holidays(value)
    assert caught.value.code == "law.holiday_notice.rule"
