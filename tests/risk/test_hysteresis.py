"""Classes that change slowly: margin, monthly limit, and shares that stay those of the rule."""

import numpy as np
import pytest

from supervision.errors import SupervisionError
from supervision.risk.hysteresis import NEW, Alike, Stability, class_ranks, kept_alike, kept_ranks, shared_out

CUTOFF = {"B": 450, "C": 600, "D": 750}
SHARES = {"shares": {"B": 25, "C": 8, "D": 2}}
RULE = Stability(margin=20, most_percent=1)
FREELY = Stability(margin=20, most_percent=100)


def ranks(score, before, *, cutoff=CUTOFF, rule=FREELY):
    """Classes of scores with classes of before."""
    score, before = np.array(score, dtype=np.int16), np.array(before, dtype=np.int8)
    return kept_ranks(score, cutoff, before=before, stability=rule)


@pytest.mark.parametrize(
    ("score", "before", "want"),
    [
        (469, 0, 0), (470, 0, 1), (450, NEW, 1), (449, NEW, 0), (430, 1, 1), (429, 1, 0), (619, 1, 1), (620, 1, 2),
        (769, 0, 2), (770, 0, 3), (730, 3, 3), (729, 3, 2), (500, 3, 1), (429, 3, 0), (430, 3, 1), (1000, 3, 3),
    ],
)  # fmt: skip
def test_a_class_is_kept_within_the_margin(score, before, want):
    """Into a worse class from the margin above its bound, out of it below the margin; a free unit at the bound."""
    assert ranks([score], [before]).ranks.tolist() == [want]


def test_free_units_are_classed_as_ever():
    """Where nobody has a class the margin says nothing."""
    score = np.random.default_rng(1).integers(0, 1001, 5000).astype(np.int16)
    free = np.full(5000, NEW)
    assert (ranks(score, free, cutoff=SHARES, rule=RULE).ranks == class_ranks(score, SHARES)).all()


@pytest.mark.parametrize("most", [0, 3, 100])
def test_parts_that_are_counted_apart_are_classed_together(most):
    """Counts of parts added up give each unit the class and the waiting that it has among all."""
    random = np.random.default_rng(most)
    score = random.integers(300, 700, 4000).astype(np.int16)
    before = random.integers(NEW, 4, 4000).astype(np.int8)
    rule, part = Stability(margin=20, most_percent=most), random.integers(0, 3, 4000)
    whole = kept_ranks(score, SHARES, before=before, stability=rule)
    alike = Alike.joined([Alike.of(score[part == n], before[part == n])[0] for n in range(3)])
    assert alike.many.sum() == 4000
    kept = kept_alike(alike, SHARES, stability=rule)
    for n in range(3):
        kind = alike.places(score[part == n], before[part == n])
        assert (kept.ranks[kind] == whole.ranks[part == n]).all()
        assert (kept.waiting[kind] == whole.waiting[part == n]).all()
    assert whole.waiting.any() == (most < 100)


def test_nobody_moves_where_no_score_moves():
    """The second month on the same scores changes nothing and leaves nobody waiting."""
    score = np.random.default_rng(2).normal(500, 80, 20_000).astype(np.int16)
    first = class_ranks(score, SHARES)
    second = ranks(score, first, cutoff=SHARES, rule=RULE)
    assert (second.ranks == first).all()
    assert not second.waiting.any()


def test_all_scores_higher_move_nobody():
    """Shares are about the order of units: a card that gives everybody 60 points more changes no class."""
    score = np.random.default_rng(3).normal(500, 80, 20_000).astype(np.int16)
    first = class_ranks(score, SHARES)
    assert (ranks(score + 60, first, cutoff=SHARES).ranks == first).all()


def test_the_order_of_rows_decides_nothing():
    """Rows in another order: each unit has the same class and waits or not as before."""
    rng = np.random.default_rng(4)
    score, before = rng.normal(500, 80, 5000).astype(np.int16), rng.integers(NEW, 4, 5000)
    first, order = ranks(score, before, cutoff=SHARES, rule=RULE), rng.permutation(5000)
    other = ranks(score[order], before[order], cutoff=SHARES, rule=RULE)
    assert first.waiting.any()
    assert (other.ranks == first.ranks[order]).all()
    assert (other.waiting == first.waiting[order]).all()


@pytest.mark.parametrize("seed", range(3))
def test_shares_do_not_drift_in_four_years(seed):
    """Scores wander, a card is learned anew each month, some have new evidence: shares hold, one in a hundred moves."""
    rng, size = np.random.default_rng(seed), 20_000
    lasting = rng.normal(500, 90, size)
    before = np.full(size, NEW, dtype=np.int8)
    for month in range(48):
        lasting += rng.normal(0.5, 6, size)
        card = rng.normal(0, 12, 40)[rng.integers(0, 40, size) if month % 12 == 0 else np.arange(size) % 40]
        new = rng.random(size) < 0.03
        lasting[new] += rng.normal(10, 120, new.sum())
        lasting = 500 + 90 * (lasting - lasting.mean()) / lasting.std()
        score = np.clip(lasting + card, 0, 1000).astype(np.int16)
        asked = np.where(new, NEW, before).astype(np.int8)
        kept = kept_ranks(score, SHARES, before=asked, stability=RULE)
        held = asked != NEW
        if month:
            assert (kept.ranks[held] != asked[held]).sum() * 100 <= held.sum()
        shares = np.bincount(kept.ranks, minlength=4) / size * 100
        assert np.abs(shares - [65, 25, 8, 2]).max() < 0.5, month
        before = kept.ranks


def test_those_farthest_beyond_move_first():
    """Of three that would enter one may: the farthest; two equally far ones both wait."""
    score, before = [*[100] * 97, 500, 501, 502], [0] * 100
    found = ranks(score, before, rule=RULE)
    assert found.ranks.tolist() == [*[0] * 99, 1]
    assert found.waiting.tolist() == [*[False] * 97, True, True, False]
    tied = ranks([*[100] * 98, 502, 502], before, rule=RULE)
    assert tied.ranks.tolist() == [0] * 100
    assert tied.waiting.sum() == 2


def test_those_farthest_beyond_leave_first():
    """Of two that would leave the one with the lower score does."""
    found = ranks([*[500] * 98, 400, 399], [1] * 100, rule=RULE)
    assert found.ranks.tolist() == [*[1] * 99, 0]
    assert np.flatnonzero(found.waiting).tolist() == [98]


def test_as_many_as_may_move_do():
    """Exactly at the limit nobody waits."""
    found = ranks([*[100] * 198, 500, 501], [0] * 200, rule=RULE)
    assert found.ranks.sum() == 2
    assert not found.waiting.any()


@pytest.mark.parametrize(
    ("pairs", "most", "want"),
    [
        ([(10, 4), (0, 0), (0, 0)], 8, [(7, 1), (0, 0), (0, 0)]),
        ([(10, 0), (0, 30), (0, 0)], 8, [(2, 0), (0, 6), (0, 0)]),
        ([(5, 5), (15, 15), (0, 0)], 16, [(2, 2), (6, 6), (0, 0)]),
        ([(1, 0), (2, 2), (0, 0)], 3, [(1, 0), (1, 1), (0, 0)]),
        ([(3, 2), (2, 3), (1, 0)], 0, [(0, 0), (0, 0), (0, 0)]),
    ],
)
def test_shared_out(pairs, most, want):
    """First what one side has more than the other, then both sides alike."""
    assert shared_out(pairs, most) == want


@pytest.mark.parametrize(
    "rule",
    [None, {}, {"margin": 20}, {"margin": -1, "most_percent": 1}, {"margin": 1001, "most_percent": 1},
     {"margin": 1, "most_percent": 101}, {"margin": 1.5, "most_percent": 1}, {"margin": 1, "most_percent": True},
     {"margin": 1, "most_percent": -1}, {"margin": 1, "most_percent": 1, "more": 1}],
)  # fmt: skip
def test_a_rule_of_another_shape_is_refused(rule):
    """Margin and percentage as whole numbers in their bounds, nothing else."""
    with pytest.raises(SupervisionError, match="class_change") as caught:
        Stability.of(rule)
    assert caught.value.code == "risk.rule_shape"


@pytest.mark.parametrize("rule", [{"margin": 0, "most_percent": 0}, {"margin": 1000, "most_percent": 100}])
def test_the_bounds_of_the_rule_are_allowed(rule):
    """Both ends of both numbers."""
    assert Stability.of(rule) == Stability(**rule)


def test_where_nobody_fits_nobody_stays():
    """All of one score, at the top, are more than any share: none keeps a worse class, margin or not."""
    assert ranks([1000] * 10, [3] * 10, cutoff=SHARES).ranks.tolist() == [0] * 10


def test_a_side_that_may_go_whole_goes_whole():
    """Seven of 700 may change: five that only leave B, though by one point, and of three pairs at C none, all tied."""
    score = [*[500] * 689, *[429] * 5, *[620] * 3, *[579] * 3]
    before = [*[1] * 689, *[1] * 5, *[1] * 3, *[2] * 3]
    found = ranks(score, before, rule=RULE)
    assert found.ranks[689:].tolist() == [*[0] * 5, *[1] * 3, *[2] * 3]
    assert found.waiting[689:].tolist() == [*[False] * 5, *[True] * 6]
