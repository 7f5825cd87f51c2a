"""Shares of a frame: worked by hand, turned and mirrored, pooled over tasks, and with step-ins."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.errors import SupervisionError
from supervision.sampling.estimates.hajek import share_of
from supervision.sampling.estimates.stratum_design import stratum_design
from supervision.sampling.estimates.task_sample import CERTAIN, TaskSample, sample_before, task_sample
from supervision.sampling.estimates.variance import centred, covariance, variance
from supervision.sampling.pareto.working_probability import ONE, working


def plain(probability, block, *, task_id="T1", group="joint", units=None):
    """A sample without joint probabilities."""
    return TaskSample(
        task_id=task_id,
        group=group,
        framed=100,
        unit_id=pd.Index([f"U{number}" for number in range(len(block))] if units is None else units),
        probability=np.array(probability, dtype=float),
        block=np.array(block),
        joint={},
    )


def truths(*values):
    """A boolean array."""
    return np.array(values, dtype=bool)


# ten units of which two are drawn, one of them with a finding; four units that are all drawn, two with findings
BY_HAND = plain([0.2, 0.2, 1, 1, 1, 1], [0, 0, CERTAIN, CERTAIN, CERTAIN, CERTAIN])
FINDINGS = truths(1, 0, 1, 1, 0, 0)
ALL = np.ones(6, dtype=bool)


def test_by_hand():
    """(5·1 + 2) of 14 units; variance 10²·(1 − 0.2)·0.5/2 = 20 of the total; (Σw)² / Σw² = 196 / 54."""
    found = share_of([BY_HAND], [FINDINGS], [ALL])
    assert (found.share, found.units, found.found) == (0.5, 6, 3)
    assert found.standard_error == pytest.approx(sqrt(20) / 14)
    assert found.effective_units == pytest.approx(196 / 54)
    assert found.design_effect == pytest.approx((20 / 196) / (0.25 / 6))


def test_a_group_by_hand():
    """Among one of the two and three of the four: (5·1 + 2) of 5 + 3, the linear part over 8."""
    found = share_of([BY_HAND], [FINDINGS], [truths(1, 0, 1, 1, 1, 0)])
    assert (found.share, found.units, found.found) == (7 / 8, 4, 3)
    off = 5 * (1 - 7 / 8) / 8  # the other unit of the stratum is not of the group: 0
    assert found.standard_error == pytest.approx(sqrt(2 / 1 * 0.8 * 2 * (off / 2) ** 2))


def test_nobody_and_a_lone_unit():
    """Nobody asked: no share. One unit that stands for ten: a share and limits, and no standard error."""
    assert share_of([BY_HAND], [FINDINGS], [~ALL]) is None
    lone = share_of([plain([0.1], [0])], [truths(0)], [truths(1)])
    assert (lone.share, lone.low, lone.standard_error) == (0.0, 0.0, None)
    assert 0.5 < lone.high < 1.0


@given(st.permutations(range(6)))
def test_order_does_not_matter(turn):
    """The same units in another order give the same figures."""
    turned = replace(BY_HAND, probability=BY_HAND.probability[turn], block=BY_HAND.block[turn])
    one, other = share_of([BY_HAND], [FINDINGS], [ALL]), share_of([turned], [FINDINGS[turn]], [ALL])
    assert list(vars(other).values()) == pytest.approx(list(vars(one).values()))


@given(st.lists(st.booleans(), min_size=6, max_size=6))
def test_mirrored(values):
    """The share of those it is not true of is the rest, with the limits mirrored and the same error."""
    true = np.array(values)
    one, other = share_of([BY_HAND], [true], [ALL]), share_of([BY_HAND], [~true], [ALL])
    assert (other.share, other.low, other.high) == pytest.approx((1 - one.share, 1 - one.high, 1 - one.low))
    assert other.standard_error == pytest.approx(one.standard_error)
    assert one.low <= one.share <= one.high


@given(st.floats(0.01, 0.9))
def test_a_rarer_sample_of_a_larger_frame(factor):
    """Probabilities that all fall together leave the share where it is and Kish's number, too."""
    rare = plain([0.5 * factor, 0.25 * factor, 0.25 * factor], [0, 0, 0])
    usual = plain([0.5, 0.25, 0.25], [0, 0, 0])
    true, asked = [truths(1, 0, 1)], [truths(1, 1, 1)]
    one, other = share_of([usual], true, asked), share_of([rare], true, asked)
    assert other.share == pytest.approx(one.share)
    assert other.effective_units == pytest.approx(one.effective_units)


def test_nothing_found_where_chances_are_small():
    """A class drawn at 1 % in which nothing was found keeps the upper limit up, whatever the other class shows."""
    sample = plain([0.01] * 20 + [0.6] * 60, [0] * 20 + [1] * 60)
    true = np.arange(80) >= 62
    found = share_of([sample], [true], [np.ones(80, dtype=bool)])
    assert found.share == pytest.approx(18 / 0.6 / (2000 + 100))
    assert found.high > 0.1
    assert found.share + 1.96 * found.standard_error < 0.02


def test_pooled_tasks_of_other_groups_add_up():
    """Tasks that share no numbers: the variance of the pooled share is that of both parts."""
    other = replace(BY_HAND, task_id="T2", group="task.T2")
    found = share_of([BY_HAND, other], [FINDINGS, FINDINGS], [ALL, ALL])
    assert (found.share, found.units) == (0.5, 12)
    assert found.standard_error == pytest.approx(sqrt(2 * 20) / 28)


def test_a_task_pooled_with_itself():
    """Two tasks of one group that draw the same units with the same chances know no more than one of them."""
    twin = replace(BY_HAND, task_id="T2")
    one, both = share_of([BY_HAND], [FINDINGS], [ALL]), share_of([BY_HAND, twin], [FINDINGS] * 2, [ALL] * 2)
    assert both.share == one.share
    assert both.standard_error == pytest.approx(one.standard_error)
    assert both.high - both.low > 0.9 * (one.high - one.low)


def draw(rng_u, lam, sample):
    """Return the drawn rows by key."""
    return np.argsort(rng_u * (1 - lam) / (lam * (1 - rng_u)))[:sample]


def test_covariance_of_tasks_with_shared_numbers():
    """Over many draws two tasks' totals vary together as the estimator says, in two strata against one."""
    rng = np.random.default_rng(3)
    many = 240
    x, other_x = rng.integers(1, 6, many), rng.integers(1, 6, many)
    flag = rng.random(many) < 0.4
    values, other_values = flag * x, flag * (other_x + 1.0)
    half = np.arange(many) < many // 2
    samples = (24, 24)
    pi = np.empty(many)
    for side in (half, ~half):
        pi[side] = samples[0] * x[side] / x[side].sum()
    other_pi = 60 * other_x / other_x.sum()
    totals, found = [], []
    for _ in range(2500):
        u = rng.random(many)
        first = np.concatenate([np.flatnonzero(side)[draw(u[side], pi[side], 24)] for side in (half, ~half)])
        second = draw(u, other_pi, 60)
        one = plain(pi[first], (~half[first]).astype(int), units=first)
        other = plain(other_pi[second], np.zeros(60, dtype=int), task_id="T2", units=second)
        parts = values[first] / pi[first], other_values[second] / other_pi[second]
        totals.append((parts[0].sum(), parts[1].sum()))
        found.append(
            (
                variance(one, parts[0]),
                variance(other, parts[1]),
                covariance(one, other, centred(one, parts[0]), centred(other, parts[1])),
            )
        )
    truth, mean = np.cov(np.array(totals).T), np.mean(found, axis=0)
    assert mean[:2] == pytest.approx(truth.diagonal(), rel=0.08)
    assert mean[2] == pytest.approx(truth[0, 1], rel=0.15)
    assert truth[0, 1] > 0.1 * sqrt(truth[0, 0] * truth[1, 1])


def test_step_ins_by_the_threshold_rule():
    """Going on until enough units could be inspected: the last one gives the threshold, the others stay unbiased."""
    rng = np.random.default_rng(5)
    x = rng.integers(1, 8, 60)
    L = working(x, 12).L
    lam, closed = L / ONE, rng.random(60) < 0.3
    values = (x + 3.0) * (rng.random(60) < 0.5) * ~closed
    design = stratum_design(x, L, 12)
    totals = []
    for _ in range(6000):
        U = rng.integers(0, 1 << 53, 60) * 2 + 1
        u = U / (2 * ONE)
        turn = np.argsort(u * (1 - lam) / (lam * (1 - u)))
        used = turn[: int(np.flatnonzero(np.cumsum(~closed[turn]) == 12)[0]) + 1]
        part = sample_before(design, used, int(U[used[-1]]))
        totals.append(float((values[used[:-1]] / part.probability).sum()))
    assert np.mean(totals) == pytest.approx(values.sum(), abs=4 * np.std(totals) / sqrt(len(totals)))


FRAME = pd.DataFrame(
    {
        "unit_id": pd.Series(["A", "B", "C", "D", "E", "F", "G"], dtype="str"),
        "stratum": pd.Categorical(["s1", "s1", "s1", "s1", "s2", "s2", "s2"]),
        "x": [1, 1, 1, 1, 2, 3, 5],
        "L": [ONE // 2] * 4 + working(np.array([2, 3, 5]), 1).L.tolist(),
    }
)
STRATA = pd.DataFrame({"stratum": ["s1", "s2"], "sample": [2, 1]})
ORDER = pd.DataFrame(
    {
        "unit_id": ["D", "B", "A", "G", "E"],
        "stratum": ["s1", "s1", "s1", "s2", "s2"],
        "rank": [1, 2, 3, 1, 2],
        "role": ["drawn", "drawn", "reserve", "drawn", "reserve"],
        "U": [ONE // 8 * 2 + 1, ONE // 4 * 2 + 1, ONE // 2 * 2 + 1, 5, ONE // 3 * 2 + 1],
    }
)


def sample_of(**changed):
    """The little task's sample."""
    given_ = {"task_id": "T1", "group": "joint", "frame": FRAME, "strata": STRATA, "order": ORDER}
    return task_sample(**{**given_, **changed})


def test_a_sample_from_the_files():
    """Drawn units alone, with the π that was wanted; the stratum of one unit is collapsed with the other."""
    found = sample_of()
    assert list(found.unit_id) == ["D", "B", "G"]
    assert found.probability == pytest.approx([0.5, 0.5, 0.5], abs=1e-9)
    assert (found.block.tolist(), dict(found.joint), found.framed) == ([0, 0, 0], {}, 7)
    turned = sample_of(order=ORDER.sample(frac=1, random_state=1), frame=FRAME.iloc[::-1].reset_index(drop=True))
    assert (list(turned.unit_id), turned.probability.tolist()) == (list(found.unit_id), found.probability.tolist())


def test_a_sample_with_step_ins():
    """A used reserve unit gives τ = (1/2)/(1/2) = 1 of its stratum; the other stratum stays as drawn."""
    found = sample_of(stepped_in=["A"])
    assert list(found.unit_id) == ["D", "B", "G"]
    assert found.probability == pytest.approx([0.5, 0.5, 0.5], abs=1e-9)
    further = sample_of(stepped_in=["E"])
    assert list(further.unit_id) == ["D", "B", "G"]
    lam = FRAME["L"].to_numpy()[[4, 6]] / ONE
    key = (1 / 3) / (2 / 3) * ((1 - lam[0]) / lam[0])
    assert further.probability[2] == pytest.approx(key * lam[1] / (key * lam[1] + 1 - lam[1]), rel=1e-9)


def test_an_order_of_another_round():
    """A unit that the frame does not have is named."""
    with pytest.raises(SupervisionError) as refused:
        sample_of(order=ORDER.assign(unit_id=["D", "B", "A", "Z", "E"]))
    assert refused.value.code == "sampling.order_not_in_frame"
    assert "Z" in refused.value.text("en")
