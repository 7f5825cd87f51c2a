"""When visits may be held: the lead time after the draw of inspectors, days on which a unit is blocked."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from builders import check

from supervision.domain.rounds import RoundId
from supervision.law.working_days import Workdays
from supervision.month.round_people import blocked, last_day_of_notice, last_day_told
from supervision.store import shipped_files


def december(*, lead: int = 0, notice: int = 0, register: pd.DataFrame | None = None) -> Any:
    """Return what the functions need of a rehearsed round of December 2026."""
    days = Workdays.read(shipped_files.shipped_calendar(), None, None)
    return SimpleNamespace(
        is_rehearsal=True,
        evidence_day=date(2026, 11, 30),
        name=RoundId.parse("2026-12"),
        law=SimpleNamespace(
            value={
                "shared/visit_lead_time": {"working_days": lead},
                "shared/change_notice": {"working_days": notice},
            }.__getitem__
        ),
        working_days=lambda on: days,
        city=SimpleNamespace(register=lambda kind, on: {"blocked": register}[kind]),
    )


@pytest.mark.parametrize(("lead", "last"), [(0, date(2026, 12, 4)), (1, date(2026, 12, 7)), (3, date(2026, 12, 9))])
def test_lead_time_is_counted_in_working_days(lead: int, last: date) -> None:
    """Inspectors drawn on a Friday: without lead visits begin the next day, with one working day after Monday."""
    assert last_day_of_notice(december(lead=lead), date(2026, 12, 4)) == last


@pytest.mark.parametrize(
    ("notice", "changed", "last"), [(0, 4, 4), (1, 4, 7), (3, 4, 9), (1, 30, 31), (1, 31, 31), (2, 30, 31), (0, 31, 31)]
)
def test_notice_is_counted_in_working_days_of_the_month(notice: int, changed: int, last: int) -> None:
    """A change on Friday the 4th leaves Monday as it was told; at the end of a month no later month is asked for."""
    day = date(2026, 12, changed)
    assert last_day_told(december(notice=notice), day) == date(2026, 12, last)


def test_blocked_days_are_those_of_the_month() -> None:
    """Whole days take both half-days, an afternoon one; what lies outside the month is left out; rows join."""
    text = (
        "unit_id,from_date,until_date,half,ground\n"
        "a,2026-11-28,2026-12-01,,x\na,2026-12-03,2026-12-03,pm,y\nb,2026-12-31,2027-01-05,am,z\nc,2027-01-01,2027-01-02,,z\n"
    )
    rows = check("blocked", text, own_ids=True).good
    assert blocked(december(register=rows)) == {"a": "2026-12-01T1 2026-12-01T2 2026-12-03T2", "b": "2026-12-31T1"}
