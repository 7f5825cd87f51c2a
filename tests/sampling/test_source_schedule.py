"""When the sources of a round take place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.sampling.protocol.source_schedule import schedule_sources

RED: dict[str, Any] = {
    "name": "ssq-red",
    "kind": "set",
    "count": 6,
    "low": 1,
    "high": 33,
    "weekdays": [2, 4, 7],
    "time": "21:15",
    "closed": [],
}
FRONT: dict[str, Any] = RED | {"name": "dlt-front", "count": 5, "high": 35, "weekdays": [1, 3, 6], "time": "21:25"}


def times(*rule: dict[str, Any], after: str, hours: int = 24) -> list[tuple[str, str]]:
    """Return (name, at) of the scheduled sources."""
    return [(one.name, one.at[:16]) for one in schedule_sources(rule, after=after, interval_hours=hours)]


@pytest.mark.parametrize(
    ("after", "at"),
    [
        ("2026-11-25T09:00:00+08:00", "2026-11-26T21:15"),
        ("2026-11-25T21:15:00+08:00", "2026-11-26T21:15"),
        ("2026-11-25T21:15:01+08:00", "2026-11-29T21:15"),
        ("2026-11-26T22:00:00+08:00", "2026-11-29T21:15"),
        ("2026-11-28T22:00:00+08:00", "2026-12-01T21:15"),
    ],
)
def test_first_regular_draw_late_enough(after: str, at: str) -> None:
    """Tuesdays, Thursdays, Sundays: exactly the interval later is late enough, a second less is not."""
    assert times(RED, after=after) == [("ssq-red", at)]


def test_the_issue_is_the_day_and_the_rest_is_the_rule_s() -> None:
    """Nobody has to know the organiser's numbering in advance."""
    (found,) = schedule_sources([RED], after="2026-11-25T09:00:00+08:00", interval_hours=24)
    assert found.event == ("2026-11-26", "set", 6, 1, 33)
    assert found.at == "2026-11-26T21:15:00+08:00"


def test_sources_stand_in_the_order_of_time_then_of_the_rule() -> None:
    """The later event last, whichever the rule lists first; equal times as listed."""
    blue = RED | {"name": "ssq-blue", "kind": "number", "count": 1, "high": 16}
    after = "2026-11-24T09:00:00+08:00"
    wanted = [("dlt-front", "2026-11-25T21:25"), ("ssq-red", "2026-11-26T21:15"), ("ssq-blue", "2026-11-26T21:15")]
    assert times(RED, blue, FRONT, after=after) == wanted
    assert times(FRONT, RED, blue, after=after) == wanted
    assert [name for name, _ in times(blue, RED, FRONT, after=after)] == ["dlt-front", "ssq-blue", "ssq-red"]


@pytest.mark.parametrize(
    ("closed", "at"),
    [
        ((date(2026, 11, 25), date(2026, 11, 25)), "2026-11-26T21:15"),
        ((date(2026, 11, 26), date(2026, 11, 26)), "2026-11-29T21:15"),
        ((date(2026, 11, 20), date(2026, 11, 26)), "2026-11-29T21:15"),
        ((date(2026, 11, 26), date(2026, 11, 29)), "2026-12-01T21:15"),
        ((date(2026, 11, 27), date(2026, 11, 29)), "2026-11-26T21:15"),
    ],
)
def test_nothing_is_drawn_on_closed_days(closed: tuple[date, date], at: str) -> None:
    """First and last closed day are closed; the days before and after are not."""
    rule = RED | {"closed": [closed]}
    assert times(rule, after="2026-11-25T09:00:00+08:00") == [("ssq-red", at)]


def test_closed_days_of_one_source_close_no_other() -> None:
    """Each entry has its own."""
    closed = RED | {"closed": [(date(2026, 11, 26), date(2026, 11, 26))]}
    found = times(closed, RED | {"name": "other"}, after="2026-11-25T09:00:00+08:00")
    assert found == [("other", "2026-11-26T21:15"), ("ssq-red", "2026-11-29T21:15")]


@pytest.mark.parametrize(
    ("rule", "which"),
    [
        ([], "shared/draw_source"),
        ([RED, FRONT | {"weekdays": []}], "dlt-front"),
        ([RED | {"closed": [(date(2026, 11, 1), date(2027, 3, 1))]}], "ssq-red"),
    ],
)
def test_a_rule_that_gives_no_date(rule: list[dict[str, Any]], which: str) -> None:
    """No source at all, one without a day, one closed for longer than anybody waits."""
    with pytest.raises(SupervisionError) as caught:
        schedule_sources(rule, after="2026-11-25T09:00:00+08:00", interval_hours=24)
    assert (caught.value.code, caught.value.params) == ("sampling.source_rule", {"which": which})


def test_the_last_day_that_is_looked_at() -> None:
    """Sixty days from the first one on; the sixty-first is too late."""
    first = date(2026, 11, 26)
    daily = RED | {"weekdays": [1, 2, 3, 4, 5, 6, 7]}
    found = times(daily | {"closed": [(first, date(2027, 1, 23))]}, after="2026-11-25T09:00:00+08:00")
    assert found == [("ssq-red", "2027-01-24T21:15")]
    with pytest.raises(SupervisionError):
        times(daily | {"closed": [(first, date(2027, 1, 24))]}, after="2026-11-25T09:00:00+08:00")


@pytest.mark.parametrize("name", ["name", "kind", "count", "low", "high", "weekdays", "time", "closed"])
def test_a_source_without_one_of_its_fields(name: str) -> None:
    """The rule's number of the source and the field are named; so is a rule of another form."""
    entry = {key: value for key, value in RED.items() if key != name}
    with pytest.raises(SupervisionError) as caught:
        schedule_sources([RED, entry], after="2026-11-25T09:00:00+08:00", interval_hours=24)
    assert (caught.value.code, dict(caught.value.params)) == (
        "sampling.rule_field",
        {"rule": "shared/draw_source 2", "field": name},
    )
    with pytest.raises(SupervisionError) as other:
        schedule_sources({"first": [RED]}, after="2026-11-25T09:00:00+08:00", interval_hours=24)  # type: ignore[arg-type]
    assert other.value.code == "sampling.source_rule"
