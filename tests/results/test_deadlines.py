"""The clock of publication (结果公示期限)."""

from datetime import date, timedelta

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.results.deadlines import clock


class Weekdays:
    """Monday to Friday up to the end of 2026; 2027 is not announced."""

    def add(self, day: date, working_days: int) -> date:
        """Count working days from the day after."""
        while working_days:
            day += timedelta(days=1)
            if day.year > 2026:
                raise SupervisionError("law.working_days.year_not_announced", year=day.year, date=day)
            working_days -= day.weekday() < 5
        return day


class TwentyDays:
    """A law with a period of twenty working days."""

    def value(self, path: str) -> dict[str, int]:
        """Return the one rule."""
        assert path == "shared/publication_deadline"
        return {"working_days": 20}


NOTHING = pd.DataFrame({"visit_id": [], "item_id": [], "published_on": []}, dtype="str")


def rows(*visits):
    """Return public results: (visit, agency, item, day)."""
    frame = pd.DataFrame(visits, columns=["visit_id", "agency", "item_id", "inspected_on"], dtype="str")
    return frame.assign(
        unit_id=frame["visit_id"].str.split("~").str[0], inspected_on=pd.to_datetime(frame["inspected_on"])
    )


def published(*days):
    """Return when rows were published: (visit, item, day)."""
    frame = pd.DataFrame(days, columns=["visit_id", "item_id", "published_on"], dtype="str")
    return frame.assign(published_on=pd.to_datetime(frame["published_on"]))


def states(found):
    """Return item, due and state of each row."""
    return [[item, str(due)[:10], state] for item, due, state in found[["item_id", "due", "state"]].values.tolist()]


def run(results, done=NOTHING, on=date(2026, 11, 30)):
    """Return the clock."""
    return clock(results, published=done, workdays=Weekdays(), law=TwentyDays(), on=on)


def test_twenty_working_days_from_the_day_after():
    """A visit that ends on Monday 2 November 2026 is due on Monday 30 November, and overdue the day after."""
    results = rows(("U1~1", "market", "food", "2026-11-02"))
    assert states(run(results)) == [["food", "2026-11-30", "pending"]]
    assert states(run(results, on=date(2026, 12, 1))) == [["food", "2026-11-30", "overdue"]]


def test_published_in_time_late_or_not_yet():
    """The first day of publication counts; a day after `on` does not count yet."""
    results = rows(
        ("U1~1", "market", "a", "2026-11-02"),
        ("U2~1", "market", "b", "2026-11-02"),
        ("U3~1", "market", "c", "2026-11-02"),
    )
    done = published(
        ("U1~1", "a", "2026-12-05"),
        ("U1~1", "a", "2026-11-30"),
        ("U2~1", "b", "2026-12-01"),
        ("U3~1", "c", "2026-12-20"),
    )
    assert states(run(results, done, on=date(2026, 12, 10))) == [
        ["a", "2026-11-30", "published"],
        ["b", "2026-11-30", "published_late"],
        ["c", "2026-11-30", "overdue"],
    ]


def test_each_agency_ends_with_its_last_item():
    """An agency's two items end together; another agency of the same visit has its own end."""
    results = rows(
        ("U1~1", "market", "a", "2026-11-02"),
        ("U1~1", "market", "b", "2026-11-03"),
        ("U1~1", "fire", "c", "2026-11-02"),
    )
    assert states(run(results)) == [
        ["c", "2026-11-30", "pending"],
        ["a", "2026-12-01", "pending"],
        ["b", "2026-12-01", "pending"],
    ]


def test_a_period_into_an_unknown_year_waits_for_its_calendar():
    """The due day is missing while 2027's calendar is, before and after New Year; the row says which year it awaits."""
    results = rows(("U1~1", "market", "food", "2026-12-21"), ("U2~1", "market", "food", "2026-12-01"))
    for on in (date(2026, 12, 28), date(2027, 1, 4), date(2027, 3, 1)):
        found = run(results, on=on)
        assert states(found)[1] == ["food", "NaT", "pending"]
        assert found["awaits"].tolist()[1] == 2027
        assert found["awaits"].isna().tolist() == [True, False]
    assert states(run(results, on=date(2027, 1, 4)))[0] == ["food", "2026-12-29", "overdue"]
    done = published(("U1~1", "food", "2026-12-30"))
    assert states(run(results, done, on=date(2027, 3, 1)))[1] == ["food", "NaT", "published"]


def test_another_error_of_the_calendar_stops():
    """Only a year that is not announced is waited for."""

    class Broken(Weekdays):
        def add(self, day: date, working_days: int) -> date:
            raise SupervisionError("law.working_days.negative", days=working_days)

    with pytest.raises(SupervisionError) as caught:
        clock(
            rows(("U1~1", "market", "food", "2026-12-21")),
            published=NOTHING, workdays=Broken(), law=TwentyDays(), on=date(2026, 12, 28),
        )  # fmt: skip
    assert caught.value.code == "law.working_days.negative"


def test_no_results_no_clock():
    """Without results the clock is empty, with its columns and types."""
    found = run(rows())
    assert (len(found), str(found["due"].dtype), str(found["ended"].dtype)) == (0, "datetime64[s]", "datetime64[s]")
