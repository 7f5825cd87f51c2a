"""The command explain: what a class rests on beside the score, and options that must not be ignored."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime

import pytest

from supervision.cli._group import main
from supervision.month import line
from supervision.month.city import ANNUAL, BEIJING, City
from supervision.month.explained_class import BOUND, STAYS, differs_how
from supervision.month.explaining import reasons_of_all, sheet, sheet_of
from supervision.month.importing import import_files
from supervision.month.round_files import SCORES
from supervision.store.store import Store

A, B, C = "U-1", "U-2", "U-3"
UNITS = [["unit_id", "name", "region", "address", "industry", "established"],
         [A, "甲食品店", "320505", "一号", "F5211", "2020-01-01"],
         [B, "乙书店", "320505", "一号", "F5211", "2020-01-01"],
         [C, "丙机械厂", "320505", "二号", "C3411", "2020-01-01"]]  # fmt: skip
EVENTS = [["unit_id", "kind", "happened", "event_no"], [C, "penalty", "2026-10-04", "罚1"]]
CLASSES = [["unit_id", "field", "class", "from_date", "until_date", "source"],
           [A, "food", "C", "2026-01-01", "", "市场监管局"],
           [A, "ecology", "绿牌", "2026-01-01", "", "生态环境局"]]  # fmt: skip


@pytest.fixture
def city(tmp_path):
    """A store of three units, one of them with professional classes, on the 25th of November."""
    Store.create(tmp_path / "x.db")
    city = City.open(tmp_path / "x.db", who="zhang-01", own_ids=True)
    city.now = lambda: datetime(2026, 11, 25, 10, tzinfo=BEIJING)
    take(city, tmp_path, "entities", UNITS)
    take(city, tmp_path, "events", EVENTS)
    take(city, tmp_path, "professional", CLASSES, as_of=date(2026, 11, 10))
    return city


def take(city, folder, kind, rows, as_of=date(2026, 11, 1)):
    """Import rows of a register."""
    path = folder / f"{kind}.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows(rows)
    report = import_files(city, kind, [path], as_of=as_of)
    assert report.exit_code == 0, [line.text("en") for line in report.lines]


def said(report, lang="zh"):
    """The lines of a report as one text."""
    return "\n".join(line.text(lang) for line in report.lines)


def test_professional_classes_stand_on_the_sheet(city):
    """What counts for a field's items, from which class, by which rule, with the visits that it asks for."""
    line.score(city, "2026-12")
    report = sheet(city, A)
    ecology, food = report.facts["fields"]
    general = report.facts["class"]
    assert general < "C"
    assert food == {"field": "food", "professional": "C", "compares": "C", "general": general, "class": "C",
                    "decided_by": "professional", "rule": "market/food_class", "conflict": "stricter",
                    "per_year": 2}  # fmt: skip
    assert (ecology["class"], ecology["compares"], ecology["per_year"]) == (general, "A", None)
    assert json.dumps(report.facts)
    assert (
        f"食品领域的事项取 C 类：专业类别 C，相当于通用 C 类；通用 {general} 类；两类不一致时从严，由专业类别决定；"
        "每年至少检查 2 次（规则 market/food_class、shared/professional_class）" in said(report)
    )
    assert "no number of inspections a year is issued" in said(report, "en")
    assert sheet(city, B).facts["fields"] == []


def test_professional_classes_of_another_day(city):
    """On another day they are those known and in force on that day."""
    line.score(city, "2026-12")
    assert sheet(city, A, on=date(2026, 11, 9)).facts["fields"] == [], "not known yet"
    assert [one["field"] for one in sheet(city, A, on=date(2026, 11, 10)).facts["fields"]] == ["ecology", "food"]


def test_why_a_class_is_not_that_of_the_rank(city, monkeypatch):
    """Kept from the round before only where nothing is new and the class is that one; otherwise the bounds moved."""
    line.score(city, "2026-12")
    line.score(city, "2027-01")
    first, second = city.round("2026-12"), city.round("2027-01")
    row = second.table(SCORES).set_index("unit_id", drop=False).loc[A].to_dict()
    assert differs_how(second, row) == STAYS
    assert differs_how(second, {**row, "mark": row["mark"] + 1}) == BOUND, "something new is known"
    assert differs_how(second, {**row, "by_score": "D"}) == BOUND, "another class than before"
    assert differs_how(second, {**row, "unit_id": "U-9"}) == BOUND, "was not there"
    assert differs_how(first, row) == BOUND, "no round before"
    monkeypatch.setattr(
        "supervision.month.explaining.class_ranks", lambda score, cutoff: (score * 0 + 3).astype("int8")
    )
    kept, free = sheet(city, A), sheet(city, A, round_id="2026-12")
    assert (kept.facts["kept"], free.facts["kept"]) == (STAYS, BOUND)
    assert kept.facts["class_before_override"] == row["by_score"] != kept.facts["class_by_score"] == "D"
    assert "没有新情况，类别沿用上一轮的" in said(kept) and "按本轮界限为" not in said(kept)
    assert "按本轮界限为" in said(free) and "没有新情况，类别" not in said(free)


def test_yearly_plans_are_no_scored_rounds(city, monkeypatch):
    """After a yearly plan was kept the latest scored round is still found."""
    line.score(city, "2026-12")
    real = city.store.rounds()
    monkeypatch.setattr(type(city.store), "rounds", lambda store: [*real, f"{ANNUAL}2026"])
    assert sheet_of(city, A).round == "2026-12"


def test_reasons_of_all_say_what_has_changed(city, tmp_path):
    """Reasons are of the registers as they are now; where that gives other scores than the round's, it is said."""
    line.score(city, "2026-12")
    report = reasons_of_all(city.round("2026-12"), tmp_path / "r.csv")
    assert report.facts["differ"] == 0 and "有变化" not in said(report)
    take(city, tmp_path, "events", [EVENTS[0], [B, "penalty", "2026-10-05", "罚2"]])
    report = reasons_of_all(city.round("2026-12"), tmp_path / "r.csv")
    assert report.facts["differ"] == 1 and "其中 1 户的分数与轮次 2026-12 所存的不同" in said(report)


@pytest.mark.parametrize(("options", "wanted"), [
    ((A, "--all", "r.csv"), "--all、UNIT 不能同时使用"),
    (("--all", "r.csv", "--on", "2026-11-20"), "--all、--on 不能同时使用"),
    (("--all", "r.csv", "--receipt", "r.html", "--asked-by", "企业"), "--all、--receipt、--asked-by 不能同时使用"),
    ((A, "--asked-by", "企业"), "缺少选项 --receipt"),
])  # fmt: skip
def test_no_option_is_ignored(city, tmp_path, capsys, monkeypatch, options, wanted):
    """Who asked for a receipt is never handed the internal sheet; what cannot go together is refused."""
    line.score(city, "2026-12")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as left:
        main(["--store", "x.db", "--lang", "zh", "explain", *options])
    assert left.value.code == 2
    assert wanted in capsys.readouterr().err
    assert not (tmp_path / "r.csv").exists() and not (tmp_path / "r.html").exists()
