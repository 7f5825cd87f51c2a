"""Chances of units over all tasks of a round."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from supervision.sampling.frame.expected_draw import chances
from supervision.sampling.frame.frame import Frame


def frame(group: str, units: str, sample: int) -> Frame:
    """Return a frame of one stratum with equal sizes; units are letters."""
    rows = pd.DataFrame({"unit_id": list(units), "stratum": pd.Categorical(["s"] * len(units)), "x": 1, "L": 0})
    strata = pd.DataFrame({"stratum": ["s"], "sample": [sample]})
    return Frame(task=SimpleNamespace(number_group=group), rows=rows, excluded=rows[:0], strata=strata)


def test_a_group_shares_numbers_and_groups_draw_apart():
    """In a group the greatest chance counts; over groups a unit stays undrawn where it is drawn in none."""
    found = chances([frame("joint", "badc", 1), frame("joint", "ab", 1), frame("task.T3", "ae", 1)])
    assert found["unit_id"].tolist() == ["a", "b", "c", "d", "e"]
    assert found["probability"].tolist() == pytest.approx([0.75, 0.5, 0.25, 0.25, 0.5])
