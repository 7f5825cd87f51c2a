"""Office hours of calendar files (办公时间)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from supervision.errors import SupervisionError
from supervision.law.rules import Rules
from supervision.month.internal_files import office_hours
from supervision.store import shipped_files

RULE, DAY = "shared/office_hours", date(2026, 12, 1)


def test_the_shipped_hours_are_in_order() -> None:
    """The rule that is shipped gives morning and afternoon."""
    entry = next(one for one in Rules.read(shipped_files.shipped_rules()).on(DAY).entries() if one.path == RULE)
    assert office_hours(entry.value) == {"T1": ["09:00", "12:00"], "T2": ["13:00", "17:00"]}


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
