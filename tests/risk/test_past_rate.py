"""The rule's own card, and the challenger that scores nobody."""

from datetime import date

import numpy as np
import pandas as pd
import risk_registers as given

from supervision.risk.challenger import accuracy_given_up, challenger_precision
from supervision.risk.features import build_features
from supervision.risk.indicators import INDICATORS
from supervision.risk.learning import learn, parts
from supervision.risk.measures import average_precision
from supervision.risk.training_set import Training

ON = date(2026, 11, 30)


def test_past_rate_in_percent():
    """Of the visits held, known and not repaired; unknown without one; visits that could not be held are none."""
    entities = given.entities(*({"unit_id": unit} for unit in "abcd"))
    visits = [("a", 1, "5"), ("a", 2, "1"), ("a", 3, "1"), ("a", 4, "6"), ("b", 1, "1"), ("c", 1, "6")]
    history = given.history(*({"unit_id": unit, "date": f"2026-0{n}-01", "result": code} for unit, n, code in visits))
    features = build_features(entities, given.events(), history, on=ON, outcomes=given.OUTCOMES)
    assert features["past_rate"].tolist() == [33, 0, -1, -1]
    assert "past_rate" not in [row.name for row in INDICATORS]


def sample(odds, *, rows=4_000, seed=1):
    """Training rows of random indicators; `odds` of them and of the share of past visits that found something."""
    rng = np.random.default_rng(seed)
    features = pd.DataFrame({row.name: rng.poisson(2, rows) for row in INDICATORS}).astype("int32")
    past = rng.integers(0, 101, rows)
    found = (rng.random(rows) < 1 / (1 + np.exp(-odds(features, past / 100)))).astype(np.int8)
    day = np.datetime64("2024-01-01", "s") + (np.arange(rows) // 10).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": ["i"] * rows, "agency": "market", "item": "m-1"}).astype("str")
    features["past_rate"] = past.astype("int32")
    return Training(features=features, found=found, date=day, known=day, nuisance=nuisance, past=past / 100)


def test_a_card_that_loses_to_the_rule_is_not_used():
    """Only the past says anything: the rule wins, and the card that stands ranks as the rule does."""
    training = sample(lambda features, past: 6 * past - 4)
    learned = learn(training, seed=1)
    assert learned.method == "past_rate"
    assert learned.tried["past_rate"] > max(learned.tried["ridge"], learned.tried["boosted"])
    assert [one.name for one in learned.card.features] == ["past_rate"]
    after = parts(training)[1]
    score = learned.card.score(after.features)[0]
    order = np.argsort(after.past, kind="stable")
    assert (np.diff(score[order].astype(int)) >= 0).all()
    assert len(np.unique(score)) > 8
    assert average_precision(score, after.found) > learned.tried["past_rate"] - 0.02
    assert learned.card.sentence("past_rate", 33, "zh") == "历次检查中发现问题的占33%"


def test_the_rule_does_not_score_in_other_cards():
    """A learned card has the indicators of the table and no past rate beside them."""
    learned = learn(sample(lambda features, past: 0.8 * features["penalties_12m"].to_numpy() - 3), seed=1)
    assert learned.method != "past_rate"
    assert [one.name for one in learned.card.features] == [row.name for row in INDICATORS]


def test_the_challenger_knows_interactions():
    """Where two indicators matter only together, the challenger is ahead of what any sum of points can say."""
    training = sample(lambda features, past: _alternating(features))
    challenger, learned = challenger_precision(training, seed=1), learn(training, seed=1)
    assert challenger > max(learned.tried.values()) + 0.1
    assert challenger == challenger_precision(training, seed=1)
    assert accuracy_given_up(learned, challenger) == round(challenger - max(learned.tried.values()), 4)


def test_what_was_never_known_teaches_the_challenger_nothing():
    """An indicator that is unknown in all earlier inspections is left out, whatever it says later."""
    training = sample(lambda features, past: _alternating(features))
    early = np.arange(len(training.found)) < len(parts(training)[0].found)
    features = training.features.assign(opinion_12m=training.features["opinion_12m"].mask(early, -1).astype("int32"))
    changed = Training(features=features, found=training.found, date=training.date, known=training.known,
                       nuisance=training.nuisance, past=training.past)  # fmt: skip
    assert abs(challenger_precision(changed, seed=1) - challenger_precision(training, seed=1)) < 0.1


def _alternating(features):
    first, second = (features[name].to_numpy() > 1 for name in ("complaints_12m", "age_months"))
    return np.where(first ^ second, 1.5, -3.0)


def test_the_challenger_learns_from_the_earlier_part_only():
    """What is true of the later inspections alone it cannot know: no better than the share found."""
    training = sample(lambda features, past: _alternating(features))
    before, after = parts(training)
    turned = training.found.copy()
    turned[-len(after.found) :] = 1 - turned[-len(after.found) :]
    changed = Training(features=training.features, found=turned, date=training.date, known=training.known,
                       nuisance=training.nuisance, past=training.past)  # fmt: skip
    assert len(before.found) + len(after.found) == len(training.found)
    assert challenger_precision(changed, seed=1) < turned[-len(after.found) :].mean()
