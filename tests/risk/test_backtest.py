"""The report on later time."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.backtest import calibration_error, holdout_report
from supervision.risk.indicators import INDICATORS
from supervision.risk.measures import auc
from supervision.risk.training_set import Training


def training(rows=3000):
    """Rows over three hundred days whose odds grow with complaints."""
    rng = np.random.default_rng(4)
    features = pd.DataFrame({row.name: rng.poisson(1, rows) for row in INDICATORS}).astype("int32")
    chance = 1 / (1 + np.exp(2 - 1.2 * features["complaints_12m"].to_numpy()))
    days = np.datetime64("2026-01-01", "s") + (np.arange(rows) // 10).astype("timedelta64[D]")
    nuisance = pd.DataFrame({"inspector": ["x"] * rows, "agency": ["m"] * rows, "item": ["i"] * rows}).astype("str")
    return Training(features=features, found=(rng.random(rows) < chance).astype(np.int8), date=days,
                    known=days + np.timedelta64(10, "D"), nuisance=nuisance, past=np.full(rows, 0.1))  # fmt: skip


def test_auc_counts_ties_half():
    """Four small cases by hand."""
    found = np.array([0, 0, 1, 1], dtype=np.int8)
    cases = [[1, 2, 3, 4], [4, 3, 2, 1], [5, 5, 5, 5], [1, 3, 3, 4]]
    assert [auc(np.array(case, dtype=np.int16), found) for case in cases] == [1.0, 0.0, 0.5, 0.875]
    assert auc(np.array([1, 2], dtype=np.int16), np.array([1, 1], dtype=np.int8)) is None


def test_calibration_error_of_a_constant_chance():
    """One chance for all is off by its distance from each tenth's rate."""
    found = np.tile([0, 1], 10).astype(np.int8)
    assert calibration_error(np.full(20, 0.5), found) == 0.0
    assert calibration_error(np.full(20, 0.7), found) == 0.2


def test_a_card_learned_earlier_is_asked_later():
    """Rows are split by date, results not known by then are not learned from, and the figures hang together."""
    report = holdout_report(training(), split_date=date(2026, 7, 20), seed=1, cutoff=given.CUTOFF)
    assert report["learned"]["rows"] == 1900 and report["tested"]["rows"] == 1000
    assert report["auc"] > 0.7 and report["ece"] < 0.08
    classes = report["classes"]
    assert sum(row["rows"] for row in classes.values()) == 1000
    assert classes["A"]["rate"] < report["rate"] < classes["C"]["rate"]
    assert report["rate_in_top_tenth"] > 1.5 * report["rate"]


def test_a_day_after_the_last_inspection_is_refused():
    """Nothing to test with is an error, not a perfect score."""
    with pytest.raises(SupervisionError) as caught:
        holdout_report(training(300), split_date=date(2027, 1, 1), seed=1, cutoff=given.CUTOFF)
    assert caught.value.code == "risk.no_later_rows"
