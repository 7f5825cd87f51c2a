"""The command explain: the regulator's sheet, everybody's reasons, a receipt that tells an enterprise only its own."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime

import pytest

from supervision.errors import SupervisionError, UsageError
from supervision.month import line
from supervision.month.city import BEIJING, City
from supervision.month.explaining import reasons_of_all, sheet, sheet_of
from supervision.month.importing import import_files
from supervision.month.receipts import receipt_of, told_of
from supervision.month.round_files import SCORES
from supervision.month.scoring import is_current
from supervision.store.log import verify_log
from supervision.store.store import Store

A, B, C = "U-1", "U-2", "U-3"
FILES = {
    "entities": [["unit_id", "name", "region", "address", "legal_rep", "industry", "established"],
                 [A, "甲食品店", "320505", "一号", "王", "F5211", "2020-01-01"],
                 [B, "乙书店", "320505", "一号", "王", "F5211", "2020-01-01"],
                 [C, "丙机械厂", "320505", "二号", "李", "C3411", "2020-01-01"]],
    "events": [["unit_id", "kind", "happened", "event_no", "severity", "source"],
               [A, "penalty", "2026-09-01", "罚1", "1", "市场监管"],
               [A, "penalty", "2026-10-01", "罚2", "2", "消防"],
               [A, "complaint", "2026-10-02", "诉1", "1", "12345热线"],
               [B, "penalty", "2026-10-03", "罚3", "3", "消防"],
               [C, "dishonesty", "2026-10-04", "严1", "", "市场监管"]],
    "history": [["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no"],
                [A, "market", "market-001", "2026-05-01", "routine", "5", "查1"],
                [B, "market", "market-001", "2026-05-02", "routine", "1", "查2"]],
}  # fmt: skip
DISPUTED = ["unit_id", "objection_no", "filed", "filed_by", "ground", "disputed_kind", "disputed_date", "disputed_no",
            "decision", "decided", "decided_by", "decision_ground", "known_on"]  # fmt: skip
FILED = [A, "异1", "2026-11-10", "企业", "已撤销", "penalty", "2026-10-01", "罚2", "", "", "", "", "2026-11-10"]


@pytest.fixture
def city(tmp_path):
    """A store of three units, on the 25th of November."""
    Store.create(tmp_path / "x.db")
    city = City.open(tmp_path / "x.db", who="zhang-01", own_ids=True)
    city.now = lambda: datetime(2026, 11, 25, 10, tzinfo=BEIJING)
    for kind, rows in FILES.items():
        take(city, tmp_path, kind, rows)
    return city


def take(city, folder, kind, rows):
    """Import rows of a register."""
    path = folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    report = import_files(city, kind, [path], as_of=date(2026, 11, 1))
    assert report.exit_code == 0, [line.text("en") for line in report.lines]


def said(report, lang="zh"):
    """The lines of a report."""
    return [line.text(lang) for line in report.lines]


def test_the_sheet_of_a_unit(city):
    """Sums, class, reasons and the rows behind them; in both languages and as JSON values."""
    line.score(city, "2026-12")
    report = sheet(city, A)
    facts = report.facts
    assert facts["total"] == facts["base"] + facts["points"] == facts["base"] + sum(
        one["points"] for one in facts["indicators"])  # fmt: skip
    stored = city.round("2026-12").table(SCORES)
    row = stored[stored["unit_id"] == A].iloc[0]
    assert (facts["score"], facts["class"], facts["raises"]) == (row["score"], row["class"],
        [name for name in row[["reason_1", "reason_2", "reason_3"]] if isinstance(name, str)])  # fmt: skip
    assert facts["as_scored"] and json.dumps(facts)
    text = "\n".join(said(report))
    assert (
        "2026-10-01 行政处罚 罚2，来源 消防，2026-11-01 知悉；使用至 2027-10-01，本指标计至 2027-10-01（不含当日）"
        in text
    )
    assert "2026-05-01 日常：违反其他" in text and "来源 市场监管" in text
    assert "将退出：2027-09-01 罚1" in text
    assert "penalties in 12 months: 2" in "\n".join(said(report, "en"))


def test_a_statutory_class_names_its_basis(city):
    """The class that a list sets is told with the rule and its basis."""
    line.score(city, "2026-12")
    report = sheet(city, C)
    assert report.facts["class"] == "D" and report.facts["class_by_score"] != "D"
    assert report.facts["override"]["rule"] == "shared/class_override" and report.facts["override"]["basis"]
    assert any("严重违法失信" in text and "依据：" in text for text in said(report))
    again = sheet(city, C, on=date(2026, 11, 20))
    assert again.facts["class"] == "D" and again.facts["override"]["event"] == "dishonesty"


def test_an_objection_from_filing_to_decision(city, tmp_path):
    """While it is open the record rests, rejected it counts again; scores are renewed; each version stays on record."""
    line.score(city, "2026-12")
    before = sheet(city, A).facts["score"]
    take(city, tmp_path, "objections", [DISPUTED, FILED])
    round = city.round("2026-12")
    assert not is_current(round)
    assert not sheet(city, A).facts["as_scored"], "the registers have changed since"
    line.score(city, "2026-12")
    report = sheet(city, A)
    assert report.facts["score"] < before and report.facts["as_scored"]
    assert "未计入：2026-10-01 行政处罚 罚2，来源 消防：异议处理中" in said(report)
    assert "异议 异1：2026-11-10 提出，处理中，办结 –" in said(report)
    decided = [*FILED[:8], "rejected", "2026-11-20", "李四", "核对决定书", "2026-11-21"]
    take(city, tmp_path, "objections", [DISPUTED, decided])
    line.score(city, "2026-12")
    report = sheet(city, A)
    assert report.facts["score"] == before
    assert "异议 异1：2026-11-10 提出，异议不成立，办结 2026-11-20" in said(report)
    assert sheet(city, A, on=date(2026, 11, 15)).facts["score"] < before, "it was open on that day"
    assert len(city.store.versions("objections", of={A})) == 2
    log = city.store.log("registers")
    assert verify_log(log) is None and log.count(b'"objections"') == 2


@pytest.mark.parametrize(("changes", "told"), [
    ({}, False), ({7: ""}, False), ({7: "罚9"}, True), ({6: "2026-10-02"}, True), ({5: "complaint"}, True),
    ({0: B}, True), ({5: "", 6: "2026-05-01", 7: "查1"}, False), ({5: "", 6: "2026-05-01", 7: "查1/market-001"}, False),
    ({5: "", 6: "2026-05-01", 7: "罚2"}, True),
])  # fmt: skip
def test_an_objection_to_no_record_is_told(city, tmp_path, changes, told):
    """A wrong kind, day, number or unit rests nothing: the import says so by name."""
    row = [changes.get(place, value) for place, value in enumerate(FILED)]
    path = tmp_path / "objections.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([DISPUTED, row])
    report = import_files(city, "objections", [path], as_of=None)
    assert report.exit_code == 0
    assert (f"1 条异议所指的记录没有找到（如 {row[0]} 的异议 异1）" in "\n".join(said(report))) == told


def test_a_decision_needs_its_grounds(city, tmp_path):
    """Who decided, when and how is asked for; a decision before the objection is refused."""
    path = tmp_path / "objections.csv"
    for changes in ({9: ""}, {10: ""}, {11: ""}, {9: "2026-11-09"}):
        row = [*FILED[:8], "upheld", "2026-11-20", "李四", "核对决定书", "2026-11-21"]
        for place, value in changes.items():
            row[place] = value
        with path.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([DISPUTED, row])
        assert import_files(city, "objections", [path], as_of=None).exit_code == 3, changes


def test_reasons_of_everybody(city, tmp_path):
    """One row a unit: each reason with its points, register, day, source and the rule that allows it."""
    line.score(city, "2026-12")
    out = tmp_path / "reasons.csv"
    reasons_of_all(city.round("2026-12"), out)
    with out.open(encoding="utf-8", newline="") as handle:
        rows = {row["unit_id"]: row for row in csv.DictReader(handle)}
    assert set(rows) == {A, B, C}
    for unit, row in rows.items():
        told = sheet_of(city, unit).explanation
        raising = told.raising(3)
        for k in range(3):
            wanted = raising[k] if k < len(raising) else {"name": "", "above": 0, "rows": []}
            assert (row[f"reason_{k + 1}"], row[f"above_{k + 1}"]) == (wanted["name"], str(wanted["above"]))
            newest = (wanted["rows"] or [{"date": "", "until": None, "rule": None}])[0]
            assert row[f"date_{k + 1}"] == newest["date"] and row[f"rule_{k + 1}"] == (newest["rule"] or "")
        lowering = told.lowering()
        assert row["reason_lowering"] == (lowering[0]["name"] if lowering else "")
    assert any(row["source_1"] == "消防" and row["until_1"] for row in rows.values())


def test_a_receipt_tells_an_enterprise_only_its_own(city, tmp_path):
    """Records with source and term, how to object; no class, points, indicator, complaint or other unit."""
    take(city, tmp_path, "objections", [DISPUTED, FILED])
    line.score(city, "2026-12")
    out = tmp_path / "receipt.html"
    report = receipt_of(city, sheet_of(city, A), out, asked_by=" 企业 ")
    page = out.read_text(encoding="utf-8")
    for part in ("甲食品店", A, "罚1", "市场监管", "2027-09-01", "查1/market-001", "罚2", "异议处理中", "异1",
                 "2026-11-30", "提出异议", "信用修复", "20 日内", "申请人 企业", "记录截至 2026-11-25"):  # fmt: skip
        assert part in page, part
    told = sheet_of(city, A)
    for part in (B, C, "乙书店", "罚3", "12345", "诉1", "基础分", "分值", f"{told.class_} 类",
                 str(told.explanation.score),                 "预期的", "同一住所"):  # fmt: skip
        assert part not in page, part
    entry = json.loads(city.store.log("registers").splitlines()[-1])
    assert (entry["step"], entry["who"], entry["outputs"]) == (
        "receipt",
        "zhang-01",
        {f"receipt/{A}/企业": report.facts["sha256"]},
    )
    assert verify_log(city.store.log("registers")) is None


def test_a_city_may_tell_the_class(city, tmp_path, monkeypatch):
    """Where a dated rule allows it, the receipt names the class; a rule of another shape stops."""
    line.score(city, "2026-12")
    found = sheet_of(city, A)
    rule = told_of(found.law)
    monkeypatch.setattr("supervision.month.receipts.told_of", lambda law: {**rule, "class": True, "unused": False})
    receipt_of(city, found, tmp_path / "r.html", asked_by="企业")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert f"{found.class_} 类" in page and "未使用的记录" not in page


@pytest.mark.parametrize(
    "changes", [{"class": "no"}, {"words": None}, {"withheld": None}, {"contact": 7}, {"more": 1}, {"records": None}]
)
def test_a_rule_of_another_shape(city, changes):
    """What may be told is never guessed."""
    line.score(city, "2026-12")
    law = sheet_of(city, A).law
    value = law.value("shared/risk_receipt") | changes

    class Law:
        def value(self, rule):
            return value

    with pytest.raises(SupervisionError) as caught:
        told_of(Law())
    assert caught.value.code == "risk.rule_shape"


@pytest.mark.parametrize(
    ("withheld", "fault"), [(["complaint", "visits"], True), (["complaint", "for_cause"], False), ([], False)]
)
def test_what_is_withheld_is_known_by_name(city, tmp_path, monkeypatch, withheld, fault):
    """A wrong word would tell what the rule means to withhold: nothing is written; the page says if all is told."""
    line.score(city, "2026-12")
    found, out = sheet_of(city, A), tmp_path / "r.html"
    rule = told_of(found.law) | {"withheld": withheld}
    monkeypatch.setattr("supervision.month.receipts.told_of", lambda law: rule)
    if fault:
        with pytest.raises(SupervisionError) as caught:
            receipt_of(city, found, out, asked_by="企业")
        assert caught.value.code == "month.receipt_kind" and not out.exists()
        assert b"receipt" not in city.store.log("registers")
        return
    receipt_of(city, found, out, asked_by="企业")
    page = out.read_text(encoding="utf-8")
    assert ("依法保密的记录" in page) == bool(withheld) and ("诉1" in page) == (not withheld)
    assert page.count("<table>") == page.count('<div class="scroll"><table>') > 0


def test_what_cannot_be_explained(city, tmp_path):
    """No round scored, no such unit, nobody who asks, another kind of file: each says so; nothing is logged."""
    with pytest.raises(UsageError) as caught:
        sheet(city, A)
    assert caught.value.code == "month.nobody_scored"
    line.score(city, "2026-12")
    before = city.store.log("registers")
    with pytest.raises(SupervisionError) as caught:
        sheet(city, "U-9")
    assert caught.value.code == "risk.unit_unknown"
    found = sheet_of(city, A)
    for name, who, code in (("r.html", "无", "month.receipt_nobody"), ("r.docx", "企业", "month.receipt_format")):
        with pytest.raises(UsageError) as caught:
            receipt_of(city, found, tmp_path / name, asked_by=who)
        assert caught.value.code == code and not (tmp_path / name).exists()
    assert city.store.log("registers") == before


def test_the_latest_scored_round_is_taken(city):
    """Without a round the latest scored one of its kind: a rehearsal's only when asked for."""
    line.score(city, "2026-12")
    line.score(city, "2027-01", rehearsal=True)
    assert sheet_of(city, A).round == "2026-12"
    assert sheet_of(city, A, rehearsal=True).on == date(2026, 12, 31)
    line.score(city, "2026-12-b")
    assert sheet_of(city, A).round == "2026-12-b"
    assert sheet_of(city, A, round_id="2026-12").round == "2026-12"
