"""Rows and columns of tables as plain values (表格取值)."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.notice.site.data import plain_rows, records
from supervision.tables import listed, tuples

TABLE = pd.DataFrame(
    {
        "text": pd.Series(["甲", None, ""], dtype="str"),
        "whole": pd.Series([1, 2, 3], dtype="int64"),
        "count": pd.Series([1, None, 3], dtype="Int64"),
        "share": [0.5, None, 2.0],
        "day": pd.Series(["2026-11-27", None, "2026-01-01"], dtype="datetime64[s]"),
        "is": [True, False, True],
        "may": pd.Series([True, None, False], dtype="boolean"),
        "any": pd.Series(["a", 1, None], dtype="object"),
    }
)


def _told(rows):
    """Rows with missing values as one word."""
    return [["–" if pd.isna(cell) else cell for cell in row] for row in rows]


def test_tuples_are_those_of_pandas():
    """The same cells in the same order, of all columns or of some; each a value of Python's own, not of numpy."""
    assert _told(tuples(TABLE)) == _told(TABLE.itertuples(index=False, name=None))
    some = ["count", "text"]
    assert _told(tuples(TABLE, *some)) == _told(TABLE[some].itertuples(index=False, name=None))
    assert [type(cell) for cell in next(tuples(TABLE))] == [str, int, int, float, pd.Timestamp, bool, bool, str]
    assert list(tuples(TABLE.iloc[:0])) == []
    assert listed(TABLE["whole"]) == [1, 2, 3]


def test_plain_rows_have_none_where_nothing_is():
    """Integers are int, missing values None, whatever kind of column has them; the table stays as it was."""
    before = TABLE.copy()
    rows = list(plain_rows(TABLE))
    assert rows[1] == (None, 2, None, None, None, False, None, 1)
    assert [type(cell) for cell in rows[0]] == [str, int, int, float, pd.Timestamp, bool, bool, str]
    assert records(TABLE)[2] == dict(zip(TABLE.columns, rows[2], strict=True))
    assert rows[2][-1] is None
    pd.testing.assert_frame_equal(TABLE, before)


@pytest.mark.parametrize("of", [tuples, plain_rows, records])
def test_no_rows(of):
    """A table without rows has none."""
    assert list(of(TABLE.iloc[:0])) == []
