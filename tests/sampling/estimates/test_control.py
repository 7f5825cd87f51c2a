"""Off-site checks beside their control (非现场与对照)."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from supervision.sampling.estimates.control import CONTROLS, compared, difference_limits
from supervision.sampling.estimates.lines import LINES

PAPERS = {"kind": "task", "key": "T1", "drawn": 80, "reported": 70, "found": 56, "share": 0.8, "low": 0.69183,
          "high": 0.87695}  # fmt: skip
DOORS = {"kind": "task", "key": "T2", "drawn": 80, "reported": 80, "found": 48, "share": 0.6, "low": 0.49045,
         "high": 0.70038}  # fmt: skip
COLUMNS = list(PAPERS)


def lines(*rows: dict[str, object]) -> pd.DataFrame:
    """A table of estimates."""
    none = {name: 0 for name in LINES.names if LINES.columns[name] == "int64"}
    return LINES.frame([none | row for row in rows])


def wilson(found: int, of: int) -> tuple[float, float, float]:
    """A share with Wilson's limits of 95 %."""
    z, share = 1.959964, found / of
    middle = share + z * z / (2 * of)
    half = z * math.sqrt(share * (1 - share) / of + z * z / (4 * of * of))
    return share, (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_newcombe_s_examples(first, second, low, high):
    """Newcombe (1998), table II, method 10: the published limits of the difference, from Wilson's of the shares."""
    one, other = wilson(*first), wilson(*second)
    assert difference_limits(one, other) == pytest.approx((one[0] - other[0], low, high), abs=5.1e-5)


def test_a_pair():
    """Counts and limits of both stand in a row, with the difference."""
    found = compared(lines(PAPERS, DOORS), [("T1", "T2")])
    assert list(found.columns) == CONTROLS.names
    (row,) = found.to_dict("records")
    assert [row[name] for name in ("task", "control", "drawn", "reported", "found")] == ["T1", "T2", 80, 70, 56]
    assert [row[f"control_{name}"] for name in ("drawn", "reported", "found", "share")] == [80, 80, 48, 0.6]
    assert (row["low"], row["high"], row["control_low"]) == (0.69183, 0.87695, 0.49045)
    assert (round(row["difference"], 4), round(row["difference_low"], 4)) == (0.2, 0.0524)


@pytest.mark.parametrize("silent", [0, 1])
def test_one_without_results(silent):
    """Before either has a result there is no difference, and the counts stand."""
    rows = [PAPERS, DOORS]
    rows[silent] = {name: rows[silent][name] for name in ("kind", "key", "drawn")}
    (row,) = compared(lines(*rows), [("T1", "T2")]).to_dict("records")
    assert pd.isna(row["difference"])
    assert (row["drawn"], row["control_drawn"]) == (80, 80)


def test_pairs_that_may_not_be_told():
    """A pair of which a line is missing is left out; lines of items are no tasks; pairs are sorted."""
    item = DOORS | {"kind": "item", "key": "T3"}
    found = compared(lines(PAPERS, DOORS, item), [("T2", "T1"), ("T1", "T3"), ("T9", "T1"), ("T1", "T2")])
    assert found[["task", "control"]].values.tolist() == [["T1", "T2"], ["T2", "T1"]]
    assert compared(lines(item), [("T1", "T2")]).empty
