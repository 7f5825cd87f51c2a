"""Rows of a register that hold on some day of a span."""

from datetime import date

import pandas as pd
import pytest

from supervision.tables import valid_between

REGISTER = pd.DataFrame(
    {
        "name": ["closed", "open"],
        "from_date": pd.to_datetime(["2026-03-01", "2026-03-01"]),
        "until_date": pd.to_datetime(["2026-03-31", None]),
    }
)


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ((2026, 2, 1), (2026, 2, 28), []),
        ((2026, 2, 1), (2026, 3, 1), ["closed", "open"]),
        ((2026, 3, 31), (2026, 3, 31), ["closed", "open"]),
        ((2026, 4, 1), (2026, 4, 30), ["open"]),
    ],
)
def test_both_ends_are_included(first, last, names):
    """The first and the last day count; a row without an end holds for ever."""
    assert valid_between(REGISTER, date(*first), date(*last))["name"].tolist() == names
