"""A backtest month by month knows nothing of the months that it is asked about."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
import risk_registers as given

from supervision.errors import SupervisionError
from supervision.risk.expert_card import expert_card
from supervision.risk.rolling import by_class, compare, months_between, reliability, roll

EXPERT = expert_card({"base": 500, "features": {"problem_rate_36m": {"up_to": [9], "points": [0, 100]}}})
MONTHS = months_between(date(2026, 1, 15), date(2026, 3, 1))


def city(seed=1, units=60, visits=1_500):
    """A city in which a third of the units have problems in half of their visits, others seldom."""
    rng = np.random.default_rng(seed)
    names = [f"u{number:03}" for number in range(units)]
    day = np.datetime64("2025-01-01") + np.sort(rng.integers(0, 455, visits)).astype("timedelta64[D]")
    who = rng.integers(0, units, visits)
    found = rng.random(visits) < np.where(who % 3 == 0, 0.5, 0.05)
    rows = [
        {"unit_id": names[unit], "date": str(on), "result": "5" if hit else "1", "known_on": str(on)}
        for unit, on, hit in zip(who, day, found, strict=True)
    ]
    return given.entities(*({"unit_id": name, "region": "1"} for name in names)), given.events(), given.history(*rows)


def run(tables, *, rows=100):
    """The months of a backtest."""
    law = {"record_use": given.NO_TERMS, "cutoff": given.CUTOFF, "outcomes": given.OUTCOMES}
    return list(roll(*tables, months=MONTHS, expert=EXPERT, minimum={"rows": rows, "found": 10}, seed=1, **law))


def test_what_comes_later_changes_nothing():
    """January's scores are the same whether February's visits are known or not."""
    entities, events, history = city()
    cut = history[history["date"] < "2026-02-01"]
    whole, part = run((entities, events, history)), run((entities, events, cut))
    assert [f"{one.month:%Y-%m}" for one in whole] == ["2026-01", "2026-02", "2026-03"]
    assert [f"{one.month:%Y-%m}" for one in part] == ["2026-01"]
    pd.testing.assert_frame_equal(whole[0].rows, part[0].rows)
    assert whole[0].cards.general.to_json() == part[0].cards.general.to_json()
    january = history[(history["date"] >= "2026-01-01") & (history["date"] < "2026-02-01")]
    hit = (january["result"] == "5").groupby(january["unit_id"]).max()
    assert whole[0].rows.set_index("unit_id")["outcome"].to_dict() == hit.astype(int).to_dict()


def test_a_card_finds_what_there_is_to_find():
    """Where a unit's own past tells, the card ranks far better than at random, and classes rise with what was found."""
    rows = pd.concat([one.rows for one in run(city())], ignore_index=True)
    found = compare(rows, seed=1)
    assert found["card"]["average_precision"] > 1.4 * found["random"]["average_precision"]
    assert found["card"]["auc_interval"][0] > 0.6
    share = round(float(rows["outcome"].mean()), 4)
    assert (found["random"]["auc"], found["random"]["average_precision"]) == (0.5, share)
    assert set(found["random"]["precision"].values()) == {share}
    assert found["past_rate"]["found_per_100_interval"][0] < found["past_rate"]["found_per_100"]
    assert found["random"]["ahead_interval"][0] > 0.05
    assert "ahead_interval" not in found["card"]
    curve = reliability(rows)
    assert sum(one["rows"] for one in curve) == len(rows)
    assert abs(np.average([one["chance"] - one["found"] for one in curve])) < 0.08
    assert (rows["hits"] <= rows["visits"]).all()
    assert ((rows["hits"] > 0) == (rows["outcome"] == 1)).all()
    classes = by_class(rows)
    assert sum(one["rows"] for one in classes.values()) == len(rows)
    assert sum(one["found"] for one in classes.values()) == rows["outcome"].sum()


def test_too_little_to_learn_from():
    """Below the rule's least the expert card stands, without chances; the plain rules are there all the same."""
    months = run(city(), rows=10**6)
    assert {one.method for one in months} == {"expert"}
    rows = pd.concat([one.rows for one in months], ignore_index=True)
    assert rows["probability"].isna().all()
    assert reliability(rows) == []
    assert compare(rows, seed=1)["past_rate"]["auc"] > 0.6


def test_months():
    """Both ends are months of the backtest; a last month before the first is refused."""
    assert [f"{month:%Y-%m}" for month in months_between(date(2025, 11, 1), date(2026, 2, 1))] == [
        "2025-11", "2025-12", "2026-01", "2026-02",
    ]  # fmt: skip
    with pytest.raises(SupervisionError) as caught:
        months_between(date(2026, 2, 1), date(2026, 1, 1))
    assert caught.value.code == "risk.months_order"
