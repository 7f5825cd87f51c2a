"""The learned card says what the model says."""

import numpy as np
import pandas as pd
import pytest
import risk_registers as given
from threadpoolctl import threadpool_limits

from supervision.errors import SupervisionError
from supervision.risk import training
from supervision.risk.indicators import INDICATORS
from supervision.risk.training import STEP, boosted, contributions, design, enough, fit
from supervision.risk.training_set import Training

ROWS = 4_000


def sample(*, rows=ROWS, inspectors=0.0, seed=1):
    """Training rows whose odds grow with penalties and complaints, and with the inspector's own strictness."""
    rng = np.random.default_rng(seed)
    columns = {row.name: np.where(rng.random(rows) < 0.1, -1, rng.poisson(1, rows)) for row in INDICATORS}
    features = pd.DataFrame(columns).astype("int32")
    who = rng.integers(0, 12, rows)
    odds = -2.0 + 0.7 * features["penalties_12m"].clip(lower=0) + 0.6 * features["complaints_12m"].clip(lower=0)
    odds += inspectors * (who - 5.5)
    found = (rng.random(rows) < 1 / (1 + np.exp(-odds.to_numpy()))).astype(np.int8)
    date = np.datetime64("2024-01-01", "s") + (np.arange(rows) // 10).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": who.astype(str), "agency": "market", "item": "m-1"}).astype("str")
    return Training(features=features, found=found, date=date, known=date, nuisance=nuisance, past=np.full(rows, 0.1))


TRAINING = sample(inspectors=0.3)
CARD = fit(TRAINING, seed=7)


def points_of(card, features):
    """Sum of points, before base and limits."""
    parts = [part.table()[np.minimum(features[part.name] + 1, len(part.table()) - 1)] for part in card.features]
    return np.sum(parts, axis=0)


def test_points_agree_with_the_model_within_rounding():
    """Compiled points differ from the model's log-odds by one constant and at most half a point a feature."""
    matrix = design(TRAINING)
    matrix[:, len(INDICATORS) :] = np.nan
    with threadpool_limits(limits=1):
        exact = boosted(TRAINING, seed=7).decision_function(matrix) * STEP
    off = points_of(CARD, TRAINING.features) - exact
    assert (off.max() - off.min()) / 2 <= len(INDICATORS) * 0.5
    assert np.std(off) < 2


def test_tables_say_the_same_between_and_beyond_the_values_seen():
    """Points hold for every integer: values that training never had score as the model scores them."""
    with threadpool_limits(limits=1):
        model = boosted(TRAINING, seed=7)
    grid = pd.DataFrame({row.name: np.full(40, -1) for row in INDICATORS})
    grid["penalties_12m"] = np.arange(40)
    matrix = np.full((40, model.n_features_in_), np.nan)
    matrix[:, [row.name for row in INDICATORS].index("penalties_12m")] = np.arange(40)
    off = points_of(CARD, grid) - model.decision_function(matrix) * STEP
    assert off.max() - off.min() <= 1.0 + 1e-9


def one_by_one(model, features):
    """What the model says of each indicator, asked on its own: relative to all unknown."""
    width = model.n_features_in_
    nothing = model.decision_function(np.full((1, width), np.nan))[0]
    for place, row in enumerate(INDICATORS):
        rows = np.full((int(features[row.name].max()) + 2, width), np.nan)
        rows[1:, place] = np.arange(len(rows) - 1)
        yield model.decision_function(rows) - nothing


@pytest.mark.parametrize("asked", [7, training.ASKED])
def test_all_indicators_asked_at_once_say_what_each_says_alone(monkeypatch, asked):
    """Bit for bit, whatever part of the rows is asked at once; also of one that is unknown everywhere."""
    monkeypatch.setattr(training, "ASKED", asked)
    never = INDICATORS[3].name
    with threadpool_limits(limits=1):
        model = boosted(TRAINING, seed=7)
        features = TRAINING.features.assign(**{never: np.int32(-1)})
        curves = contributions(model, features)
        alone = list(one_by_one(model, features))
    assert [len(curve) for curve in curves] == [int(features[row.name].max()) + 2 for row in INDICATORS]
    assert len(curves[3]) == 1 and sum(map(len, curves)) > 7
    assert [curve.tobytes() for curve in curves] == [curve.tobytes() for curve in alone]
    assert any(curve.any() for curve in curves)


def test_points_follow_their_signs():
    """Points of a feature with a sign never run against it."""
    for row, part in zip(INDICATORS, CARD.features, strict=True):
        assert row.sign == 0 or (np.diff(part.points) * row.sign >= 0).all()


def test_a_score_of_500_has_the_base_odds():
    """The expected number of problems of the last half-year is the number found, within the rounding of the base."""
    recent = TRAINING.where(TRAINING.date > TRAINING.date.max() - np.timedelta64(180, "D"))
    chance = CARD.probability(CARD.score(recent.features)[0])
    assert 1_000 < len(chance) < ROWS
    assert abs(chance.mean() - recent.found.mean()) < 0.005


def test_the_same_rows_give_the_same_bytes():
    """Learning twice gives one file; the seed and the row limit are the only choices."""
    assert fit(TRAINING, seed=7).to_json() == CARD.to_json()


def test_inspectors_explain_but_do_not_score():
    """A strict inspector's units get no points for it: the card has no such feature and ranks by the facts."""
    assert [part.name for part in CARD.features] == [row.name for row in INDICATORS]
    test = sample(seed=2)
    truth = test.features["penalties_12m"].clip(lower=0) * 0.7 + test.features["complaints_12m"].clip(lower=0) * 0.6
    score = pd.Series(CARD.score(test.features)[0].astype(float))
    assert score.corr(truth, method="spearman") > 0.9


def test_what_was_never_unknown_gives_no_points_for_being_unknown():
    """Where training has no unknown value, unknown scores like the mean unit."""
    features = TRAINING.features.assign(penalties_12m=TRAINING.features["penalties_12m"].clip(lower=0))
    changed = Training(features=features, found=TRAINING.found, date=TRAINING.date, known=TRAINING.known,
                       nuisance=TRAINING.nuisance, past=TRAINING.past)  # fmt: skip
    part = next(part for part in fit(changed, seed=7).features if part.name == "penalties_12m")
    assert part.unknown == 0 and max(part.points) > 50


def test_a_feature_that_is_unknown_everywhere_has_no_points():
    """A register that a city does not keep does not score."""
    features = TRAINING.features.assign(court_24m=np.int32(-1))
    changed = Training(features=features, found=TRAINING.found, date=TRAINING.date, known=TRAINING.known,
                       nuisance=TRAINING.nuisance, past=TRAINING.past)  # fmt: skip
    part = next(part for part in fit(changed, seed=7).features if part.name == "court_24m")
    assert (part.up_to, part.points, part.unknown) == ((), (0,), 0)


def test_nothing_can_be_learned_from_one_kind_of_result():
    """All clean: an error that says so."""
    clean = Training(features=TRAINING.features, found=np.zeros(ROWS, dtype=np.int8), date=TRAINING.date,
                     known=TRAINING.known, nuisance=TRAINING.nuisance, past=TRAINING.past)  # fmt: skip
    with pytest.raises(SupervisionError) as caught:
        fit(clean, seed=7)
    assert caught.value.code == "risk.one_outcome"


@pytest.mark.parametrize(
    ("rows", "found", "want"), [(4000, 100, True), (4001, 100, False), (4000, 4000, False), (1, 0, False)]
)
def test_enough_outcomes_by_the_rule(rows, found, want):
    """The rule's least rows and least problems decide, at the limit too."""
    decision = enough(TRAINING, given.law(outcome_minimum={"rows": rows, "found": found}))
    assert decision.enough is want or (rows, found) == (1, 0)
    assert (decision.rows, decision.need_rows, decision.need_found) == (ROWS, rows, found)


def test_a_minimum_of_another_shape_is_refused():
    """A rule without its two numbers stops."""
    with pytest.raises(SupervisionError, match="outcome_minimum"):
        enough(TRAINING, given.law(outcome_minimum=None))
