"""Office hours of calendar files (办公时间)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.month import internal_files as made_files
from supervision.month.city import City
from supervision.month.internal_files import internal_files, office_hours
from supervision.month.page_heading import heading
from supervision.store import shipped_files

RULE, DAY = "shared/office_hours", date(2026, 12, 1)


def test_the_shipped_hours_are_in_order() -> None:
    """The rule that is shipped gives morning and afternoon."""
    entry = next(one for one in Rules.read(shipped_files.shipped_rules()).on(DAY).entries() if one.path == RULE)
    assert office_hours(entry.value) == {"T1": ["09:00", "12:00"], "T2": ["13:00", "17:00"]}


def test_processes_do_not_change_what_offices_carry(rehearsal, monkeypatch) -> None:
    """Workbooks and calendar files are the same bytes in the same order from one process and from two."""
    city = City.open(rehearsal.store, who="tester")
    round = next(iter(city.rounds()))
    one = list(internal_files(round, heading(round)))
    offices = {name.partition("/")[0] for name, _ in one if name.endswith(".xlsx")}
    assert len(offices) > 2
    monkeypatch.setattr(made_files, "ALONE", 0)
    assert list(internal_files(round, heading(round))) == one


@pytest.mark.parametrize(
    "value",
    [
        None,
        {"T1": ["09:00", "12:00"]},
        {"T1": ["9 o'clock", "12:00"], "T2": ["13:00", "17:00"]},
        {"T1": ["12:00", "09:00"], "T2": ["13:00", "17:00"]},
        {"T1": ["09:00", "13:30"], "T2": ["13:00", "17:00"]},
        {"T1": ["09:00"], "T2": ["13:00", "17:00"]},
    ],
)
def test_other_hours_are_refused_by_name(value: Any) -> None:
    """A missing half, no time, or times out of order: the rule is named and what it should look like."""
    with pytest.raises(SupervisionError) as refused:
        office_hours(value)
    assert refused.value.code == "month.office_hours"
    assert "shared/office_hours" in refused.value.text("zh") and '"09:00"' in refused.value.text("en")
