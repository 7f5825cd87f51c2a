"""Dates of coverage duties: from which day, to which day, and the last month in which a unit can be drawn."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from covered import duty

from supervision.law.coverage_duties import Duty
from supervision.sampling.frame.due_dates import Coverage, dates_of, earliest_occasions, occasion_months
from supervision.sampling.frame.past_visits import past_visits

MONTH = date(2026, 12, 1)


def units(**established: str | None) -> pd.DataFrame:
    """Units with the days when they were established."""
    frame = pd.DataFrame({"unit_id": list(established), "status": "存续", "type": "企业", "region": "320505"})
    return frame.astype("str").assign(established=pd.to_datetime(pd.Series(list(established.values()))))


def visits(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """History: unit, item, date, kind, result."""
    frame = pd.DataFrame(list(rows), columns=["unit_id", "item_id", "date", "kind", "result"]).astype("str")
    return frame.assign(date=pd.to_datetime(frame["date"]), agency="market", visit_no="")


def asked(one: Duty, entities: pd.DataFrame, *rows: tuple[str, str, str, str, str]) -> list[tuple[str, str, int]]:
    """Last, by and occasion of each unit."""
    found = dates_of(
        one, entities, past_visits(entities, visits(*rows)), kinds=["routine"], could_not=["6"], month=MONTH
    )
    return [(str(a), str(b), int(c)) for a, b, c in zip(found.last, found.by, found.occasion, strict=True)]


def test_time_runs_from_the_last_inspection_or_the_beginning() -> None:
    """The eve of the duty or of the establishment where nobody came; 29 February ends on the 28th."""
    entities = units(a="2015-01-01", b="2026-03-10", c=None, d="2015-01-01")
    assert asked(
        duty(), entities, ("d", "m1", "2024-02-29", "routine", "1"), ("d", "m1", "2023-02-28", "routine", "1")
    ) == [
        ("NaT", "2026-12-31", 0),
        ("NaT", "2028-03-09", 14),
        ("NaT", "2026-12-31", 0),
        ("2024-02-29", "2026-02-28", 0),
    ]


def test_by_calendar_years_the_date_is_the_end_of_a_year() -> None:
    """Inspected in January or December makes no difference; a unit of this year has until the end of the next."""
    entities = units(a="2015-01-01", b="2015-01-01", c="2026-03-10", d="2015-01-01")
    one = duty(years=1, counted="calendar", begins=date(2026, 1, 1))
    rows = [("a", "m1", "2026-01-02", "routine", "1"), ("b", "m1", "2025-12-31", "routine", "1")]
    assert [by for _, by, _ in asked(one, entities, *rows)] == ["2027-12-31", "2026-12-31", "2027-12-31", "2026-12-31"]


def test_what_counts_is_the_dutys_items_in_kinds_that_were_held() -> None:
    """Other items, checks for cause and what could not be held move no date; no result yet, and `also`, do."""
    entities = units(a="2015-01-01", b="2015-01-01", c="2015-01-01", d="2015-01-01", e="2015-01-01")
    rows = [
        ("a", "m2", "2026-05-05", "routine", "1"),
        ("b", "m1", "2026-05-05", "for_cause", "1"),
        ("c", "m1", "2026-05-05", "routine", "6"),
        ("d", "m1", "2026-05-05", "routine", ""),
        ("e", "m9", "2026-05-05", "routine", "E"),
    ]
    assert [last for last, _, _ in asked(duty(also=("m9",)), entities, *rows)] == [
        "NaT", "NaT", "NaT", "2026-05-05", "2026-05-05",
    ]  # fmt: skip


def test_the_last_occasion_is_a_month_that_ends_by_the_date() -> None:
    """Who is drawn in it is in time whatever the day; a date within the month after is due in the month before."""
    entities = units(a="2015-01-01", b="2015-01-01", c="2015-01-01", d="2015-01-01")
    days = {"a": "2025-01-30", "b": "2025-01-31", "c": "2025-03-01", "d": "2024-12-30"}
    rows = [(unit, "m1", day, "routine", "1") for unit, day in days.items()]
    assert [k for _, _, k in asked(duty(), entities, *rows)] == [0, 1, 2, 0]
    seldom = duty(months=(3, 12))
    assert [k for _, _, k in asked(seldom, entities, *rows)] == [0, 0, 0, 0]
    later = [("a", "m1", "2025-03-31", "routine", "1"), ("b", "m1", "2025-12-31", "routine", "1")]
    assert [k for _, _, k in asked(seldom, entities, *later)] == [1, 2, 0, 0]


def test_occasions_are_this_month_and_those_that_the_duty_names() -> None:
    """The current month counts even where the duty does not name it; there is always one."""
    months = [str(one) for one in occasion_months(duty(months=(1, 3)), MONTH, until=date(2028, 1, 5))]
    assert months == ["2026-12", "2027-01", "2027-03", "2028-01"]
    assert [str(one) for one in occasion_months(duty(), MONTH, until=date(2025, 1, 5))] == ["2026-12"]


def test_nobody_outside_the_population_is_asked_for() -> None:
    """Of several duties the earliest counts; who none is about has −1."""
    entities = units(a="2015-01-01", b="2015-01-01").assign(region=["1", "2"])
    both = (duty(population="region=1"), duty(name="later", population="region=1", begins=date(2026, 12, 1)))
    coverage = Coverage(duties=(*both, duty(name="most", years=0)), kinds=("routine",))
    dates = coverage.dates(entities, past_visits(entities, visits()), month=MONTH)
    assert list(dates) == ["food", "later"]
    assert (dates["food"].occasion.tolist(), dates["later"].occasion.tolist()) == ([0, -1], [23, -1])
    assert earliest_occasions(dates, 2).tolist() == [0, -1]
    assert np.array_equal(earliest_occasions({}, 2), [-1, -1])
