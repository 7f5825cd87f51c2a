"""Months that nobody can read go back on import; they were on record and stopped every later merge."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pandas as pd

from supervision.month.plan_months import unread_months


def checked(months: list[str | None]) -> Any:
    """A checked file of plans with these months."""
    return cast("Any", SimpleNamespace(good=pd.DataFrame({"months": pd.array(months, dtype="str")})))


def test_months_backwards_or_none_go_back() -> None:
    """Each bad cell at its row, with its own text; blanks and spans stay."""
    found = unread_months("plans", checked(["3-5、9", "9-4", "", None, "13", "11"]))
    assert found[["line", "column", "value"]].to_numpy().tolist() == [[1, "months", "9-4"], [4, "months", "13"]]
    assert {reason.code for reason in found["reason"]} == {"domain.months_malformed"}


def test_other_registers_have_no_months() -> None:
    """Nothing is asked of a register without the column, nor of a file without rows."""
    assert unread_months("tasks", checked(["9-4"])).empty
    assert unread_months("plans", checked([])).empty
