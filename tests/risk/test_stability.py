"""A shift that was planted is seen; what chance makes is none."""

import numpy as np
import pandas as pd
import pytest

from supervision.risk.stability import moves, outside, shift


def test_the_index_by_hand():
    """Values 0 and 1, half a row more in each part: Σ (q − p) ln(q / p); chi-square of one degree by 1/n + 1/m."""
    one = shift(np.array([0] * 70 + [1] * 30), np.array([0] * 30 + [1] * 70), up_to=(0,))
    p, q = np.array([70.5, 30.5]) / 101, np.array([30.5, 70.5]) / 101
    assert one.psi == round(float(((q - p) * np.log(q / p)).sum()), 4) == 0.6637
    assert one.chance == round(10.8276 * (1 / 100 + 1 / 100), 4)


def test_nothing_new_is_no_shift():
    """Of 300 pairs of samples of one distribution hardly one goes beyond what chance makes, and none of the same."""
    rng, beyond = np.random.default_rng(3), 0
    for _ in range(300):
        before, now = (np.where(rng.random(many) < 0.1, -1, rng.poisson(6, many)) for many in (400, 900))
        one = shift(before, now)
        beyond += one.psi > one.chance
        assert shift(before, before).psi == 0.0
    assert beyond <= 3


@pytest.mark.parametrize("up_to", [(), (3, 6, 9)])
@pytest.mark.parametrize("change", [lambda v: v + 4, lambda v: np.where(v < 5, -1, v), lambda v: v + 100])
def test_a_planted_shift_is_seen(up_to, change):
    """Greater values, values no longer known, values never seen: beyond a quarter and beyond chance."""
    rng = np.random.default_rng(4)
    before, now = rng.poisson(6, 800), change(rng.poisson(6, 800))
    one = shift(before, now, up_to=up_to)
    assert one.psi > 0.25 > one.chance > 0
    assert shift(np.full(300, 7), np.full(300, 7), up_to=up_to).psi == 0.0


def test_parts_of_a_card_are_alike():
    """Values that move within a part have not moved; the bound itself belongs to the part below."""
    assert shift(np.full(300, 2), np.full(300, 5), up_to=(5,)).psi == 0.0
    assert shift(np.full(300, 2), np.full(300, 6), up_to=(5,)).psi > 1
    assert shift(np.full(300, -1), np.full(300, 0), up_to=(5,)).psi > 1


def test_outside_what_was_learned():
    """Beyond both ends, codes never seen, unknown where all were known; what was never known at all."""
    learned = pd.DataFrame({"days": [3, 9, -1], "kind": [0, 4, 4], "never": [-1, -1, -1]})
    now = pd.DataFrame({"days": [2, 3, 9, 10, -1], "kind": [0, 2, 4, 5, -1], "never": [-1, 0, -1, -1, -1]})
    found = outside(learned, now, codes={"kind"})
    assert {name: flag.tolist() for name, flag in found.items()} == {
        "days": [True, False, False, True, False],
        "kind": [False, True, False, True, True],
        "never": [False, True, False, False, False],
    }
    assert outside(learned, now, codes=set())["kind"].tolist() == [False, False, False, True, True]


def test_moves_of_those_in_both():
    """Earlier class by rows, today's by columns; who is in one month only is not counted."""
    before = pd.Series({"a": "A", "b": "A", "c": "D", "gone": "B"})
    now = pd.Series({"a": "A", "b": "C", "c": "A", "new": "D"})
    table = moves(before, now, ("A", "B", "C", "D"))
    assert table["A"] == {"A": 1, "B": 0, "C": 1, "D": 0}
    assert table["D"] == {"A": 1, "B": 0, "C": 0, "D": 0}
    assert sum(table["B"].values()) + sum(table["C"].values()) == 0
