"""Hard inputs: impossible amounts and days, one kind of outcome, nothing at all – figures stay right or say no."""

import warnings
from datetime import date

import numpy as np
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.cards import Cards
from supervision.risk.classes import assess
from supervision.risk.features import build_features
from supervision.risk.indicators import INDICATORS
from supervision.risk.learning import comparable, learn
from supervision.risk.past_rate import PAST
from supervision.risk.ridge_card import fit_ridge
from supervision.risk.training import fit
from supervision.risk.training_set import training_table

ON = date(2026, 11, 30)


@pytest.fixture(autouse=True)
def strict():
    """A warning of arithmetic is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def features(entities, events, history):
    """The features as lists."""
    return build_features(entities, events, history, on=ON, outcomes=given.OUTCOMES).to_dict("list")


def test_amounts_without_measure():
    """10^18 is a size like any other; what no number can hold counts as the greatest, never as nothing."""
    units = [("a", 1e18), ("b", 1e300), ("c", np.inf), ("d", 0.5), ("e", -5.0), ("f", np.nan)]
    entities = given.entities(*({"unit_id": unit, "capital": size, "employees": size} for unit, size in units))
    events = given.events(
        *({"unit_id": unit, "kind": "penalty", "happened": "2026-01-01", "event_no": str(n), "amount": size}
          for unit, size in units for n in range(2)),
    )  # fmt: skip
    found = features(entities, events, given.history())
    assert found["capital_log2"] == found["employees_log2"] == [60, 901, 901, 0, 0, -1]
    assert found["penalty_log2_36m"] == [61, 901, 901, 1, 0, 0]


def test_days_before_the_founding_and_far_away():
    """A unit of tomorrow has no age; days beyond what calendars reach neither wrap round nor stop."""
    entities = given.entities(
        {"unit_id": "a", "established": "2030-01-01", "licence_until": "1500-01-01"},
        {"unit_id": "b", "established": "1200-01-01", "last_annual_report": "2400-01-01"},
    )
    events = given.events({"unit_id": "a", "kind": "penalty", "happened": "2026-01-01"},
                          {"unit_id": "a", "kind": "penalty", "happened": "1500-01-01", "event_no": "x"})  # fmt: skip
    history = given.history({"unit_id": "a", "date": "1500-01-01", "result": "5"},
                            {"unit_id": "a", "date": "2400-01-01", "result": "5"})  # fmt: skip
    found = features(entities, events, history)
    assert found["age_months"] == [-1, 9_929]
    assert found["licence_expired"] == [1, -1]
    assert found["annual_report_days"] == [-1, -1]
    assert found["penalties_36m"] == [1, 0]
    assert found["problem_rate_36m"] == [-1, -1]


def outcomes(results, rows=400):
    """A training table of inspections with these results in turn."""
    rng = np.random.default_rng(0)
    entities = given.entities(*({"unit_id": f"u{n}", "established": "2015-01-01"} for n in range(40)))
    first = np.datetime64("2024-01-01")
    history = given.history(
        *({"unit_id": f"u{rng.integers(40)}", "date": str(first + n), "result": results[n % len(results)],
           "item_id": f"m-{n}"} for n in range(rows))
    )  # fmt: skip
    return training_table(entities, given.events(), history, until=ON, outcomes=given.OUTCOMES, record_use=None)


@pytest.mark.parametrize("results", [["1"], ["5"], ["6"]])
@pytest.mark.parametrize("way", [fit, lambda rows, seed: fit_ridge(rows), learn])
def test_one_kind_of_outcome(results, way):
    """All clean, all with problems, or never held: nothing can be learned, and the error says so with the counts."""
    rows = outcomes(results)
    assert not comparable(rows)
    with pytest.raises(SupervisionError) as caught:
        way(rows, seed=1)
    assert caught.value.code == "risk.one_outcome"


def test_constant_and_missing_indicators():
    """Indicators that are the same or unknown everywhere get no points, and the card still scores everybody."""
    rows = outcomes(["1", "5", "1"])
    for card in (fit(rows, seed=1), fit_ridge(rows), learn(rows, seed=1).card):
        for feature in card.features:
            values = rows.features[feature.name]
            if (values < 0).all():
                assert set(feature.points) == {0}, feature
        law = given.law(record_use=None, risk_cutoff={"shares": {"B": 25, "C": 8, "D": 2}}, class_override=[])
        table = assess(given.entities({"unit_id": "new"}), given.events(), given.history(), on=ON, law=law,
                       cards=Cards(general=card), outcomes=given.OUTCOMES)  # fmt: skip
        assert table["class"].tolist() == ["A"] and 0 <= table["score"].iloc[0] <= 1000


def test_nothing_at_all():
    """Registers without a row give tables without a row."""
    nothing = (given.entities(), given.events(), given.history())
    assert features(*nothing) == {row.name: [] for row in (*INDICATORS, PAST)}
    with pytest.raises(SupervisionError):
        learn(outcomes(["1", "5"], rows=0), seed=1)
