"""The command backtest: the store's registers or anybody's files, a report and predictions."""

from __future__ import annotations

import csv
import json
from datetime import date

import numpy as np
import pytest

from supervision.errors import UsageError
from supervision.month.backtesting import backtest, month_of
from supervision.month.city import City
from supervision.store.store import Store


def write(path, head, rows):
    """Write a CSV."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Files of a city of 80 units with own ids, 3,000 visits."""
    work, rng = tmp_path_factory.mktemp("tables"), np.random.default_rng(2)
    units = [[f"U{n:03}", f"第{n}饭店" if n % 3 == 0 else f"第{n}书店", "320505"] for n in range(80)]
    days = np.datetime64("2025-01-01") + np.sort(rng.integers(0, 420, 3_000)).astype("timedelta64[D]")
    visits = []
    for at, day in enumerate(days):
        unit = int(rng.integers(0, 80))
        hit = rng.random() < (0.35 if unit % 3 == 0 else 0.04)
        visits.append([f"U{unit:03}", "market", "food", str(day), "routine", "5" if hit else "1", f"v{at}"])
    head = ["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no"]
    return {
        "entities": write(work / "units.csv", ["unit_id", "name", "region"], units),
        "history": write(work / "visits.csv", head, visits),
    }


@pytest.fixture
def city(tmp_path):
    """A store without registers."""
    Store.create(tmp_path / "x.db")
    return City.open(tmp_path / "x.db", who="tester", own_ids=True)


def test_a_backtest_on_files(city, tables, tmp_path):
    """Predictions of every visited unit, a report beside plain rules; the card beats chance and says its months."""
    out = tmp_path / "out"
    report = backtest(city, first=date(2026, 1, 1), last=date(2026, 2, 1), out=out, files=tables)
    with (out / "predictions.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert set(rows[0]) == {"unit_id", "month", "score", "class", "outcome"}
    assert {row["month"] for row in rows} == {"2026-01", "2026-02"}
    assert len(rows) == report.facts["units"]
    told = json.loads((out / "report.json").read_bytes())
    assert float(told["rules_compared"]["card"]["auc"]) > 0.7
    assert [one["card"] for one in told["months"]] in (["ridge"] * 2, ["boosted"] * 2, ["ridge", "boosted"])
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "过往发现率规则" in page
    assert page.count("<circle") == 10
    assert page.count("<polyline") == 4
    compared = told["rules_compared"]
    assert {name: one["auc"] for name, one in compared.items() if name == "random"} == {"random": "0.5000"}
    assert set(compared["card"]["precision"]) == set(compared["card"]["recall"]) == {"1%", "5%", "10%"}
    assert [len(one["captured"]) for one in compared.values()] == [21] * 4
    low, high = (float(text) for text in compared["past_rate"]["ahead_interval"])
    ahead = float(compared["card"]["average_precision"]) - float(compared["past_rate"]["average_precision"])
    assert low < ahead < high
    for one in (told["classes"][name] for name in "ABCD"):
        assert one["rows"] == 0 or float(one["low"]) <= float(one["rate"]) <= float(one["high"])
    card = (out / "model_card.html").read_text(encoding="utf-8")
    assert told["card"]["digest"] in card
    assert ("没有确实胜过" in card) == (low <= 0)
    assert "http" not in page.replace("http-equiv", "")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    backtest(city, first=date(2026, 1, 1), last=date(2026, 2, 1), out=out, files=tables)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_what_cannot_be_tested(city, tables, tmp_path):
    """Months without visits, a file with a bad row, a file that is not there, a month that is none."""
    with pytest.raises(UsageError) as nobody:
        backtest(city, first=date(2030, 1, 1), last=date(2030, 2, 1), out=tmp_path, files=tables)
    assert nobody.value.code == "month.backtest_nobody"
    text = tables["history"].read_text(encoding="utf-8")
    bad = tmp_path / "bad.csv"
    bad.write_text(text + "U001,market,food,2026-99-01,routine,1,v\n", encoding="utf-8")
    with pytest.raises(UsageError) as rejected:
        backtest(city, first=date(2026, 1, 1), last=date(2026, 1, 1), out=tmp_path, files=tables | {"history": bad})
    assert (rejected.value.code, rejected.value.params["line"]) == ("month.backtest_rejected", 3_002)
    with pytest.raises(UsageError) as missing:
        files = tables | {"history": tmp_path / "no.csv"}
        backtest(city, first=date(2026, 1, 1), last=date(2026, 1, 1), out=tmp_path, files=files)
    assert missing.value.code == "month.file_missing"
    with pytest.raises(UsageError) as month:
        month_of("2026-13")
    assert month.value.code == "month.not_a_month"
    assert not (tmp_path / "predictions.csv").exists()


def test_a_backtest_on_the_store(city, tmp_path):
    """Without files the store's registers are used; an empty store has nobody to ask about."""
    with pytest.raises(UsageError) as nobody:
        backtest(city, first=date(2026, 1, 1), last=date(2026, 1, 1), out=tmp_path / "out")
    assert nobody.value.code == "month.backtest_nobody"
