"""The stepped ridge: bounded, monotone, and the nuisances beside it."""

import numpy as np
import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.risk import stepped_ridge
from supervision.risk.indicators import INDICATORS
from supervision.risk.learning import LATER, comparable, learn
from supervision.risk.measures import auc, average_precision, bootstrap, captured, ends, top_share
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.stepped_ridge import cut, fit_parts
from supervision.risk.training_set import Training

ROWS = 4_000


def sample(seed=1, *, true=("penalties_12m",), rows=ROWS):
    """Training rows whose odds grow with some indicators, and with the inspector's own strictness."""
    rng = np.random.default_rng(seed)
    features = pd.DataFrame({row.name: rng.poisson(2, rows) for row in INDICATORS}).astype("int32")
    who = rng.integers(0, 10, rows)
    odds = -3.0 + sum(0.6 * features[name].to_numpy() for name in true) + 0.3 * (who - 4.5)
    found = (rng.random(rows) < 1 / (1 + np.exp(-odds))).astype(np.int8)
    day = np.datetime64("2024-01-01", "s") + (np.arange(rows) // 10).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": who.astype(str), "agency": "market", "item": "m-1"}).astype("str")
    features["past_rate"] = features["own_ratio"]
    past = features["past_rate"].to_numpy(dtype=np.float64)
    return Training(features=features, found=found, date=day, known=day, nuisance=nuisance, past=past)


TRAINING = sample()
CARD = fit_ridge(TRAINING)


def test_points_follow_what_is_true_and_never_a_wrong_sign():
    """The indicator that matters has the points; nothing with a sign runs against it; the same rows, the same card."""
    spans = {one.name: max(one.points) - min(one.points) for one in CARD.features}
    assert max(spans, key=spans.__getitem__) == "penalties_12m"
    assert spans["penalties_12m"] > 200 > 5 * sorted(spans.values())[-2]
    for row, one in zip(INDICATORS, CARD.features, strict=True):
        assert row.sign == 0 or (np.diff(one.points) * row.sign >= 0).all()
    assert fit_ridge(TRAINING).to_json() == CARD.to_json()


def test_nothing_grows_beyond_what_was_seen():
    """A value far above the greatest of training has the points of the greatest."""
    one = TRAINING.features.iloc[:1].assign(penalties_12m=TRAINING.features["penalties_12m"].max())
    far = one.assign(penalties_12m=np.int32(9_000))
    assert CARD.score(one)[0].tolist() == CARD.score(far)[0].tolist()


def test_chances_are_those_of_the_last_half_year():
    """The expected number of the last half-year is what was found in it."""
    recent = TRAINING.where(TRAINING.date > TRAINING.date.max() - np.timedelta64(180, "D"))
    chance = CARD.probability(CARD.score(recent.features)[0])
    assert abs(chance.mean() - recent.found.mean()) < 0.01


def test_a_wrong_way_is_flat():
    """Where the greater value means less, an indicator that may only raise has no points."""
    features = TRAINING.features.assign(complaints_12m=(3 * (1 - TRAINING.found)).astype("int32"))
    changed = Training(
        features=features, found=TRAINING.found, date=TRAINING.date, known=TRAINING.known, nuisance=TRAINING.nuisance,
        past=TRAINING.past,
    )  # fmt: skip
    one = next(one for one in fit_ridge(changed).features if one.name == "complaints_12m")
    assert set(one.points) == {0}


def test_cuts_of_a_column():
    """Unknown is part 0; a constant has no line; parts ascend, and their shares are centred."""
    values = np.array([-1, 0, 0, 1, 2, 3, 50, 50], dtype=np.int32)
    parts = cut(values)
    assert parts.of(values).tolist()[0] == 0
    assert (np.diff(parts.of(np.arange(60, dtype=np.int32)).astype(int)) >= 0).all()
    assert abs(parts.basis[parts.of(values)].mean(axis=0)).max() < 1e-12
    assert parts.bounded[-1] is False
    assert all(parts.bounded[:-1])
    assert cut(np.full(5, 7, dtype=np.int32)).basis.shape == (2, 0)
    assert cut(np.full(5, -1, dtype=np.int32)).basis.shape == (2, 0)


def test_nuisances_take_what_is_theirs():
    """With the inspector's codes beside it, an indicator that only says who went has next to nothing left."""
    rng = np.random.default_rng(4)
    who = rng.integers(0, 2, 5_000)
    found = (rng.random(5_000) < np.where(who == 1, 0.6, 0.1)).astype(np.int8)
    column = who.astype(np.int32)
    parts = cut(column)
    alone = fit_parts([parts], [parts.of(column)], [1], [], found)[0]
    beside = fit_parts([parts], [parts.of(column)], [1], [who.astype(np.int64)], found)[0]
    assert np.ptp(alone) > 1.5
    assert np.ptp(beside) < np.ptp(alone) / 2


def test_curves_are_at_the_least_loss_by_a_formula_of_ones_own(monkeypatch):
    """A step aside in any direction costs; however many indicators are read at a time, the curves are the same."""
    rng = np.random.default_rng(4)
    values = [np.where(rng.random(900) < 0.2, -1, rng.poisson(3, 900)).astype(np.int32) for _ in range(4)]
    parts = [cut(column) for column in values]
    columns = [part.of(column) for part, column in zip(parts, values, strict=True)]
    codes, found = rng.integers(-1, 5, 900), (rng.random(900) < 0.1 + 0.1 * (values[0] > 2)).astype(np.int8)
    curves = fit_parts(parts, columns, [0] * 4, [codes], found)
    for together in (1, 2, 5):
        monkeypatch.setattr(stepped_ridge, "TOGETHER", together)
        for one, other in zip(curves, fit_parts(parts, columns, [0] * 4, [codes], found), strict=True):
            assert other == pytest.approx(one, abs=1e-4)
    weights = [np.linalg.lstsq(part.basis, curve, rcond=None)[0] for part, curve in zip(parts, curves, strict=True)]
    scales = np.linalg.norm([*curves[0], *curves[1]])
    assert scales > 0.1

    def loss(weights):
        """The loss, with the nuisance and the base at their own best."""
        eta = sum((part.basis @ w)[column] for part, w, column in zip(parts, weights, columns, strict=True))
        own = np.zeros(6)
        for _ in range(60):
            chance = 1 / (1 + np.exp(-(eta + 3 * own[codes] * (codes >= 0) + own[5])))
            slope = np.array([3 * (chance - found)[codes == k].sum() + 100 * own[k] for k in range(5)])
            bend = np.array([9 * (chance * (1 - chance))[codes == k].sum() + 100 for k in range(5)])
            own[:5] -= slope / bend
            own[5] -= (chance - found).sum() / (chance * (1 - chance)).sum()
        eta = eta + 3 * own[codes] * (codes >= 0) + own[5]
        ridge = 50 * (sum((w**2).sum() for w in weights) + (own[:5] ** 2).sum())
        return np.logaddexp(0, eta).sum() - eta @ found + ridge

    least = loss(weights)
    for at, one in enumerate(weights):
        for term in range(len(one)):
            for step in (-0.02, 0.02):
                aside = [w.copy() for w in weights]
                aside[at][term] += step
                assert loss(aside) > least


def test_the_better_way_is_taken():
    """Each way is tried on later time; where nothing but a unit's own past says anything, the plain rule stands."""
    learned = learn(TRAINING, seed=1)
    assert set(learned.tried) == {"ridge", "boosted", "past_rate"}
    assert learned.tried[learned.method] == max(learned.tried.values())
    assert learned.method != "past_rate"
    assert len(learned.card.features) == len(INDICATORS)
    plain = sample(3, true=("own_ratio",), rows=600)
    plain = Training(
        features=plain.features.assign(own_ratio=np.int32(0)), found=plain.found, date=plain.date, known=plain.known,
        nuisance=plain.nuisance, past=plain.past,
    )  # fmt: skip
    found = learn(plain, seed=1)
    assert found.method == "past_rate"
    assert [one.name for one in found.card.features] == ["past_rate"]


def test_what_cannot_be_tried():
    """Without both results early and late nothing is learned."""
    rows = len(TRAINING.found)
    late = TRAINING.found.copy()
    late[rows - rows // LATER :] = 0
    changed = Training(
        features=TRAINING.features, found=late, date=TRAINING.date, known=TRAINING.known, nuisance=TRAINING.nuisance,
        past=TRAINING.past,
    )  # fmt: skip
    assert comparable(TRAINING)
    assert not comparable(changed)
    assert not comparable(TRAINING.where(np.arange(rows) < 3))
    with pytest.raises(SupervisionError) as caught:
        learn(changed, seed=1)
    assert caught.value.code == "risk.one_outcome"


def test_measures_by_hand():
    """AUC, average precision and shares of a row of eight; ties are one level, not an order."""
    score = np.array([9, 8, 8, 7, 5, 4, 3, 1])
    found = np.array([1, 0, 1, 0, 1, 0, 0, 0], dtype=np.int8)
    assert auc(score, found) == round((5 + 4.5 + 3) / 15, 4)
    assert average_precision(score, found) == round((1 / 1 + 2 / 3 + 3 / 5) / 3, 4)
    assert top_share(score, found, 0.25) == (round(1.5 / 2, 4), round(1.5 / 3, 4))
    assert top_share(score, found, 0.01) == (1.0, round(1 / 3, 4))
    assert average_precision(score, np.zeros(8, dtype=np.int8)) == 0.0
    assert auc(score, np.ones(8, dtype=np.int8)) is None
    assert captured(score, found, parts=4) == [0.0, 0.5, 0.6667, 1.0, 1.0]
    assert captured(np.zeros(8), found, parts=2) == [0.0, 0.5, 1.0]
    drawn = bootstrap(score, found, share=0.25, times=200, seed=1)
    low, high = ends(drawn["auc"])
    assert 0 <= low < 0.8333 < high <= 1
    assert len(set(drawn["precision"].tolist())) > 3
    assert bootstrap(score, found, share=0.25, times=200, seed=1)["auc"].tolist() == drawn["auc"].tolist()
    assert ends(np.array([])) is None
    assert ends(np.arange(41.0)) == (1.0, 39.0)
