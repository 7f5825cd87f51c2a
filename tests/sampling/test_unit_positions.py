"""Where identifiers stand in a long column, and whether they stand there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from supervision.sampling.frame.unit_positions import are_among, rows_of, same


def texts(*values):
    """Identifiers as registers hold them."""
    return pd.Series(list(values), dtype="str")


@pytest.mark.parametrize(
    ("wanted", "rows"), [(["c", "x", "a", "c"], [2, -1, 0, 2]), ([], []), (["x"], [-1]), (["b"], [1])]
)
def test_where_and_whether_identifiers_stand(wanted, rows):
    """Each by itself, in the order asked for, however often."""
    column, asked = texts("a", "b", "c"), texts(*wanted)
    assert rows_of(column, asked).tolist() == rows
    assert are_among(asked, column).tolist() == [row >= 0 for row in rows]
    assert are_among(asked, column).dtype == np.bool_


def test_in_an_empty_column_nothing_stands():
    """Nor does anything stand in its place."""
    assert rows_of(texts(), texts("a")).tolist() == [-1]
    assert are_among(texts("a"), texts()).tolist() == [False]


def test_columns_are_the_same_row_by_row():
    """Whatever their index; not in another order, nor with a row more."""
    assert same(texts("a", "b"), texts("a", "b").set_axis([7, 5]))
    assert not same(texts("a", "b"), texts("b", "a"))
    assert not same(texts("a"), texts("a", "b"))
