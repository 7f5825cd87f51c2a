"""The measure of Chicago's benchmark, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.chicago.days_earlier import auc_within, moved


def test_a_group_keeps_its_dates() -> None:
    """Groups of days (0, 10, 20) and (5, 6): the best of each goes first, and no group takes another's date."""
    day, group = np.array([0.0, 10.0, 20.0, 5.0, 6.0]), np.array([0, 0, 0, 1, 1])
    score = np.array([1.0, 2.0, 3.0, 9.0, 8.0])
    assert moved(day, score, group).tolist() == [-20.0, 0.0, 20.0, 0.0, 0.0]


def test_ties_are_broken_at_random() -> None:
    """Two visits of one score take both dates equally often, in the mean of 200 tries."""
    shift = moved(np.array([0.0, 10.0]), np.array([1.0, 1.0]), np.array([0, 0]))
    assert shift.sum() == pytest.approx(0)
    assert -7 < shift[0] < -3


def test_auc_is_weighted_by_pairs() -> None:
    """A group of 2 pairs ranked right and one of 1 pair ranked wrong make two thirds."""
    parts = [
        (np.array([0, 0, 0, 1, 1]), np.array([3.0, 2.0, 1.0, 1.0, 2.0]), np.array([1, 0, 0, 1, 0])),
    ]
    assert auc_within(parts) == pytest.approx(2 / 3)
