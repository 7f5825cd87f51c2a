"""At most two supplements, and only where something waits (补排至多两次)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.month import planning
from supervision.month.round_files import Step


def planned(monkeypatch: pytest.MonkeyPatch, *, plans: int, matched: int, back: int, stepped_in: int = 0) -> Any:
    """Return a round of so many calendars and lotteries, of which the last sent back so many visits."""
    monkeypatch.setattr(planning, "sent_back", lambda round, number: pd.DataFrame({"visit_id": ["U1~1"] * back}))
    monkeypatch.setattr(planning, "missing_items", lambda round, last: {("U9", "food")} if stepped_in else set())
    monkeypatch.setattr(planning, "joined_offices", lambda round, offices: {})
    monkeypatch.setattr(planning.typed_rows, "offices", lambda rows: {})
    done = {Step.PLAN: plans, Step.MATCH: matched}
    return SimpleNamespace(
        count=done.get,
        frozen=lambda kind: None,
        table=lambda file, columns, number: pd.DataFrame(columns=columns),
        has=lambda step, number=1: done.get(step, 0) >= number,
        planned_numbers=list(range(1, plans + 1)),
        drawn_numbers=list(range(1, matched + 1)),
    )


@pytest.mark.parametrize(
    ("state", "number"),
    [
        ({"plans": 0, "matched": 0, "back": 0}, 1),
        ({"plans": 1, "matched": 0, "back": 0}, None),
        ({"plans": 1, "matched": 1, "back": 0}, None),
        ({"plans": 1, "matched": 1, "back": 2}, 2),
        ({"plans": 1, "matched": 1, "back": 0, "stepped_in": 1}, 2),
        ({"plans": 2, "matched": 1, "back": 2}, None),
        ({"plans": 2, "matched": 2, "back": 2}, 3),
        ({"plans": 3, "matched": 3, "back": 2}, None),
        ({"plans": 3, "matched": 3, "back": 0, "stepped_in": 1}, None),
    ],
)
def test_when_a_supplement_is_planned(
    monkeypatch: pytest.MonkeyPatch, state: dict[str, int], number: int | None
) -> None:
    """After a lottery that sent visits back, or where a unit stepped in; a third supplement is never made."""
    assert planning.next_number(planned(monkeypatch, **state), None) == number
