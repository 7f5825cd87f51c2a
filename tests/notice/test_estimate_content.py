"""Which estimates may be public: none by class, none on few units or findings, none that subtraction would give."""

from __future__ import annotations

import pandas as pd
import pytest

from supervision.notice.estimate_content import estimate_rows, public_lines, scale_end

RULE = {"least_units": 30, "least_found": 5, "least_reported": "80%"}


def lines(*rows):
    """Lines: kind, key, reported, found."""
    found = pd.DataFrame(rows, columns=["kind", "key", "reported", "found"])
    return found.assign(share=0.123, low=0.0444, high=0.256, could_not_share=0.0)


def kept(*rows):
    """The keys that may be public."""
    return [f"{kind} {key}" for kind, key in public_lines(lines(*rows), RULE)[["kind", "key"]].to_numpy()]


@pytest.mark.parametrize(
    ("reported", "found", "public"), [(30, 5, True), (29, 5, False), (30, 4, False), (30, 25, True), (30, 26, False)]
)
def test_at_the_limits(reported, found, public):
    """Thirty units, five findings, and as many without one: at each limit, and one beyond."""
    assert (kept(("all", "", reported, found)) == ["all "]) is public


def test_never_by_class():
    """However many units a class has, it is not shown."""
    assert kept(("all", "", 4000, 300), ("class", "D", 1000, 200), ("class", "A", 3000, 100)) == ["all "]


def test_what_subtraction_would_give():
    """Where one district alone is too small, the smallest of the others is left out with it; two hide each other."""
    east, west, north = ("region", "E", 400, 30), ("region", "W", 90, 9), ("region", "N", 10, 1)
    assert kept(east, west, north) == ["region E"]
    assert kept(east, west, north, ("region", "S", 10, 1)) == ["region E", "region W"]
    assert kept(east, west, ("region", "N", 0, 0)) == ["region E", "region W"]


def test_published_rows():
    """Percent with one decimal as text; no standard error, no effective size, no class."""
    rows = estimate_rows(lines(("region", "320505", 40, 6)), ["虎丘区"])
    assert rows.to_dict("records") == [
        {
            "kind": "区域",
            "name": "虎丘区",
            "inspected": 40,
            "found": 6,
            "share": "12.3",
            "low": "4.4",
            "high": "25.6",
            "could_not": "0.0",
        }
    ]


@pytest.mark.parametrize(("highs", "end"), [([0.4], 1.0), ([25.6, 3.0], 40.0), ([100.0], 100.0)])
def test_scales(highs, end):
    """A chart's scale ends on a whole number above all limits."""
    assert scale_end(highs) == end
