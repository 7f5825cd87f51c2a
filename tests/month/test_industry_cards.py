"""Own cards of industries over the line: trained, saved, used for the right units everywhere, and said."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date

import numpy as np
import pytest
from trade_city import lay_rule, make, opened

from supervision.errors import SupervisionError
from supervision.month import scoring
from supervision.month.assessing import cards_of
from supervision.month.backtesting import backtest
from supervision.month.class_history import round_before
from supervision.month.explaining import reasons_of_all, sheet, sheet_of
from supervision.month.monitored import features_of, learned_from
from supervision.month.monitoring import monitor
from supervision.month.round_files import AUDIT_INDUSTRY_CARDS, CLASSING, INDUSTRY_CARDS, SCORECARD, SCORES
from supervision.month.score_rises import rises
from supervision.month.what_if import FOR_CARD, FOR_CLASSES
from supervision.risk.cards import OwnCards
from supervision.risk.indicators import SECTIONS


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """A folder whose city is trained and scored for December; only to read or copy. And what both steps said."""
    folder = tmp_path_factory.mktemp("trades")
    make(folder)
    round = opened(folder).begin("2026-12")
    return folder, scoring.train(round), scoring.score(round)


@pytest.fixture
def folder(scored, tmp_path):
    """A copy that a test may change."""
    shutil.copytree(scored[0], tmp_path / "city")
    return tmp_path / "city"


@pytest.fixture(scope="module")
def round(scored):
    """The scored round, only to read."""
    return opened(scored[0]).round("2026-12")


def texts(report, lang="zh"):
    """The lines of a report."""
    return [line.text(lang) for line in report.lines]


def test_train_says_who_has_a_card(scored):
    """Both trades win with both figures; the third has too few; the cards are saved beside the general one."""
    _, trained, _ = scored
    told = {one["section"]: one for one in trained.facts["industries"]}
    assert {section: one["state"] for section, one in told.items()} == {"A": "few", "C": "used", "H": "used"}
    line = next(text for text in texts(trained) if "H 住宿和餐饮业用自己的卡" in text)
    hotel = told["H"]
    assert f"平均精度 {hotel['own']}，通用卡 {hotel['general']}" in line and f"检查 {hotel['rows']} 次" in line
    assert any(
        "1 个行业检查结果不足（需 300 次，其中两种结果各 50 次），用通用卡：A 农" in text for text in texts(trained)
    )
    assert any("C manufacturing has its own" in text for text in texts(trained, "en"))
    json.dumps(trained.facts)


def test_everybody_by_the_right_card(scored, round):
    """Scores are the points and base of the unit's own card, put on the general scale; `score` counts each card's."""
    cards, scores = cards_of(round), round.table(SCORES)
    features = features_of(round)
    units = round.register("entities", ["unit_id"])["unit_id"]
    assert scores["unit_id"].tolist() == units.tolist()
    for section, place in (("C", SECTIONS.index("C")), ("H", SECTIONS.index("H")), ("A", 0)):
        mine = features["industry"].to_numpy() == place
        card = cards.own.get(section, cards.general)
        shift = cards.file.shifts.get(section, 0)
        want = np.clip(card.points(features[mine]).sum(axis=1) + card.base + shift, 0, 1000)
        assert scores["score"][mine].tolist() == want.tolist()
        assert scores["card"][mine].isna().all() if section == "A" else set(scores["card"][mine]) == {section}
    report = scored[2]
    assert report.facts["cards"] == {"general": 14, "own": {"C": 700, "H": 686}}
    assert "  按通用卡评分 14 户" in texts(report) and "  按行业卡评分，H 住宿和餐饮业：686 户" in texts(report)
    assert round.read(CLASSING)["card"] == cards.digest


def test_chances_stay_those_of_the_industry(round):
    """On the general scale the own cards still expect as many problems as the industry's visits of half a year had."""
    training, cards = learned_from(round), cards_of(round)
    recent = training.date > training.date.max() - np.timedelta64(180, "D")
    for section in "CH":
        mine = recent & (training.features["industry"].to_numpy() == SECTIONS.index(section))
        chance = cards.probability(cards.score(training.features))[mine]
        assert mine.sum() > 100 and abs(chance.mean() - training.found[mine].mean()) < 0.02


def test_explain_names_the_card(scored, round, tmp_path):
    """The sheet's sum is the stored score, by the card that it names; the file of all agrees and has the card."""
    city, scores = round.city, round.table(SCORES).set_index("unit_id")
    for unit, said in (
        ("U-0001", "行业自己的（H 住宿和餐饮业"),
        ("U-0002", "行业自己的（C 制造业"),
        ("U-0007", "通用的"),
    ):
        one = sheet_of(city, unit)
        assert one.stored and one.explanation.score == scores.loc[unit, "score"]
        assert one.explanation.section == {"U-0001": "H", "U-0002": "C", "U-0007": ""}[unit]
        report = sheet(city, unit)
        assert f"所用评分卡：{said}" in "\n".join(texts(report))
        assert report.facts["own_card"] == (one.explanation.section or None)
    report = reasons_of_all(round, tmp_path / "all.csv")
    assert report.facts["differ"] == 0
    with (tmp_path / "all.csv").open(encoding="utf-8", newline="") as handle:
        rows = {row["unit_id"]: row for row in csv.DictReader(handle)}
    assert [rows[unit]["card"] for unit in ("U-0001", "U-0002", "U-0007")] == ["H", "C", ""]
    many = 0
    for unit in ("U-0001", "U-0002", "U-0003", "U-0004", "U-0007"):
        told = [(one["name"], str(one["above"])) for one in sheet_of(city, unit).explanation.raising(3)]
        said = [(rows[unit][f"reason_{k}"], rows[unit][f"above_{k}"]) for k in (1, 2, 3)]
        assert said == [*told, *[("", "0")] * (3 - len(told))]
        many += len(told)
    assert many > 2


def test_monitor_holds_each_card_against_what_it_learned(round):
    """Own cards stand with their units; indicators come card by card, with the name of the industry; one score."""
    facts = monitor(round).facts
    assert [(one["section"], one["units"]) for one in facts["own_cards"]] == [("C", 700), ("H", 686)]
    assert [one["rows"] for one in facts["own_cards"]] == [700, 686]
    names = [
        (row["name"], row["now"], row["label"][0]) for row in facts["stability"] if row["name"] == "complaints_12m"
    ]
    assert names == [("complaints_12m", many, f"{who}近12个月投诉举报") for many, who in (
        (14, ""), (700, "C 制造业 · "), (686, "H 住宿和餐饮业 · "))]  # fmt: skip
    assert sum(row["name"] == "score" for row in facts["stability"]) == 1
    outside = [row for row in facts["outside"] if row["name"] in ("any", "industry")]
    assert [row["units"] for row in outside if row["name"] == "industry"] == [0, 0, 0]
    assert outside[0]["name"] == "any"
    assert all(
        row["state"] == "fine" for row in facts["calibration"] if row["part"] == "training" and row["visits"] > 30
    )


def test_rises_are_measured_with_the_cards_of_before(folder):
    """A new rule takes the own cards away: the newer evidence is scored by all cards of the round before."""
    before = opened(folder).round("2026-12")
    city = opened(folder, date(2026, 12, 28))
    lay_rule(folder, "industry_card", None)
    city = opened(folder, date(2026, 12, 28))
    newest = city.begin("2027-01")
    assert any("定为不设" in text for text in texts(scoring.train(newest)))
    report = scoring.score(newest)
    assert not newest.holds(INDUSTRY_CARDS) and "cards" not in report.facts
    assert round_before(newest).id == "2026-12" and report.facts["class_moves"]["event"] == ""
    found, name = rises(city)
    assert name == "2026-12→2027-01"
    want = cards_of(before).score(features_of(newest)).astype(int) - before.table(SCORES)["score"].to_numpy()
    assert found["rise"].tolist() == want.tolist()
    plain = newest.read(SCORECARD).score(features_of(newest))[0]
    assert (newest.table(SCORES)["score"].to_numpy() == plain).all()


def test_a_file_of_another_training_stops_the_round(folder):
    """Cards that were swapped by hand are refused where they are read; trained again all is well."""
    round = opened(folder).round("2026-12")
    general = round.read(SCORECARD)
    own = round.read(INDUSTRY_CARDS)
    with round.save(scoring.Step.TRAIN) as saving:
        saving.put(SCORECARD, general)
        saving.put(INDUSTRY_CARDS, OwnCards(general="0" * 64, cards=own.cards, shifts=own.shifts))
    with pytest.raises(SupervisionError) as caught:
        scoring.score(opened(folder).round("2026-12"))
    assert caught.value.code == "risk.cards_general"


def test_backtests_use_them_too(folder, tmp_path):
    """Each month says whose cards were learned before it; the model card has them, with what they were learned from."""
    city = opened(folder, date(2026, 12, 1))
    facts = backtest(city, first=date(2026, 9, 1), last=date(2026, 10, 1), out=tmp_path / "out").facts
    assert [one["own_cards"] for one in facts["months"]] == [["C", "H"], ["C", "H"]]
    assert [one["section"] for one in facts["own_cards"]] == ["C", "H"]
    page = (tmp_path / "out/model_card.html").read_text(encoding="utf-8")
    assert f"{facts['own_cards'][1]['rows']} 次检查" in page and "H 住宿和餐饮业" in page
    lay_rule(folder, "industry_card", None)
    plain = backtest(opened(folder, date(2026, 12, 1)), first=date(2026, 9, 1), last=date(2026, 10, 1),
                     out=tmp_path / "plain").facts  # fmt: skip
    assert plain["own_cards"] == [] and "住宿和餐饮业" not in (tmp_path / "plain/model_card.html").read_text("utf-8")
    both = (facts["rules_compared"]["card"], plain["rules_compared"]["card"])
    assert both[0]["average_precision"] > both[1]["average_precision"]


def test_what_if_knows_the_rule():
    """Another rule of own cards makes cards and classes anew."""
    assert "shared/industry_card" in FOR_CARD <= FOR_CLASSES
    assert AUDIT_INDUSTRY_CARDS.path() == "audit/industry_cards.json"
