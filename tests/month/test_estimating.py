"""Estimates of a real month (抽查推断): from filled workbooks to the command, the report inside and the public page."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import openpyxl
import pytest
from real_rounds import RECORDS, ROUND

from supervision.errors import UsageError
from supervision.month import estimating, lottery_figures, publishing, recording, reporting_lottery, stepping_in
from supervision.month import round_files as files
from supervision.month.calendars import drawn_units
from supervision.month.city import BEIJING, City
from supervision.month.round_estimates import RULE
from supervision.sampling.protocol.verifier import verify

SHEET, TASK = "结果录入", "T01-food"
NOW = datetime(2026, 12, 20, 10, tzinfo=BEIJING)
LITTLE = """id: shared/estimate_publication
title: {zh: 公示抽查估计的下限, en: Below what no estimate is published}
unit: units
values:
  - from: 2026-01-01
    value: {least_units: 3, least_found: 1, least_reported: "50%"}
    basis: 测试
    verified: false
    review_by: 2027-12-31
"""


@pytest.fixture
def month(at, tmp_path):
    """The real month after its second draw, and a folder of the city's rules that a test may change."""
    played = at("matched")
    return played, shutil.copytree(played.inputs / "rules", tmp_path / "rules")


def city_of(played, rules):
    """Open the city on the day that results come in."""
    return City.open(played.store, who=RECORDS, rules=rules, now=lambda: NOW)


def fill(played, folder, *, codes, leave=0):
    """Fill every row of every workbook with the codes in turn, the last `leave` rows of all left blank."""
    books = sorted((played.out / "internal" / ROUND).glob("*/*.xlsx"))
    rows = []
    for path in books:
        book = openpyxl.load_workbook(path)
        at = {cell.value: cell.column for cell in book[SHEET][2]}
        rows += [
            (path, row) for row in range(3, book[SHEET].max_row + 1) if book[SHEET].cell(row, at["检查人员工号"]).value
        ]
    folder.mkdir()
    filled = rows[: len(rows) - leave]
    for path in books:
        book = openpyxl.load_workbook(path)
        sheet = book[SHEET]
        at = {cell.value: cell.column for cell in sheet[2]}
        for number, (of, row) in enumerate(filled):
            if of == path:
                sheet.cell(row, at["检查结果"], codes[number % len(codes)])
                sheet.cell(row, at["检查日期"], datetime(2026, 12, 9))
                sheet.cell(row, at["审核人"], "钱审核")
        book.save(folder / path.name)
    return len(filled)


def told_of(played, *parts):
    """Return the files of estimates in parts of OUT, and the rows that the data of the whole city have of them."""
    data = json.loads((played.out / "public" / "data" / "2026" / "estimates.json").read_bytes())["rows"]
    return [*(path for part in parts for path in (played.out / part).glob(f"{ROUND}/**/estimates.*")), *data]


def test_nothing_to_estimate(month):
    """A round without results and a task that is not there are refused, saying what to do."""
    played, rules = month
    round_ = city_of(played, rules).round(ROUND)
    with pytest.raises(UsageError) as refused:
        estimating.estimate(round_)
    assert (refused.value.code, "record" in refused.value.text("en")) == ("month.no_results", True)
    with pytest.raises(UsageError) as refused:
        estimating.estimate(round_, task="T99")
    assert (refused.value.code, "T01-food" in refused.value.text()) == ("month.task_unknown", True)
    publishing.publish(round_, played.out)
    assert told_of(played, "public", "internal") == []


def test_from_workbooks_to_the_pages(month, tmp_path):
    """Results lead to figures inside; in public only what the rule allows, and that is listed and verifies."""
    played, rules = month
    city = city_of(played, rules)
    rows = fill(played, tmp_path / "filled", codes=["1 未发现问题", "A", "1 未发现问题", "7"])
    report = recording.record(city, [tmp_path / "filled"], agreement=None)
    assert sum(one["inserted"] for one in report.facts["files"]) > rows / 2
    round_ = city.round(ROUND)
    inside = estimating.estimate(round_, internal=True)
    lines = {(line["kind"], line["key"]): line for line in inside.facts["lines"]}
    whole = lines["all", ""]
    assert whole["drawn"] == whole["reported"] + inside.facts["missing"] == len(drawn_units(round_))
    assert whole["low"] < whole["share"] < whole["high"]
    assert {kind for kind, _ in lines} >= {"all", "task", "class", "region", "industry", "item"}
    in_public = estimating.estimate(round_)
    assert "class" not in {line["kind"] for line in in_public.facts["lines"]}
    publishing.publish(round_, played.out)
    report_page = (played.out / "internal" / ROUND / "estimates.html").read_text(encoding="utf-8")
    assert "内部资料" in report_page
    assert "<svg" in report_page
    assert told_of(played, "public") == [], "the town has fewer than thirty visits a task"
    (rules / "shared" / "estimate_publication.yaml").write_text(LITTLE, encoding="utf-8")
    publishing.publish(city_of(played, rules).round(ROUND), played.out)
    public = played.out / "public" / ROUND
    told = json.loads((public / "estimates.json").read_bytes())["estimates"]
    assert told
    assert all(row["inspected"] >= 3 and row["found"] >= 1 for row in told)
    assert "信用风险类别" not in {row["kind"] for row in told}
    listed = {entry["path"] for entry in json.loads((public / "manifest.json").read_bytes())["files"]}
    assert {"estimates.csv", "estimates.json"} <= listed
    assert [{name: row[name] for name in told[0]} for row in told_of(played)] == told
    assert told[0]["share"] in (public / "results.html").read_text(encoding="utf-8")
    assert verify(played.out).difference is None
    before = {path: path.read_bytes() for path in played.out.rglob("*") if path.is_file()}
    publishing.publish(city_of(played, rules).round(ROUND), played.out)
    assert {path: path.read_bytes() for path in played.out.rglob("*") if path.is_file()} == before


def test_results_that_are_missing(month, tmp_path):
    """Of the units whose results are not in it is said how many; the others' figures stand."""
    played, rules = month
    city = city_of(played, rules)
    fill(played, tmp_path / "filled", codes=["A", "1 未发现问题"], leave=8)
    recording.record(city, [tmp_path / "filled"], agreement=None)
    found = estimating.estimate(city.round(ROUND), internal=True)
    assert found.lines[0].code == "month.estimate_base"
    assert found.lines[0].params["missing"] == found.facts["missing"] >= 1
    one = estimating.estimate(city.round(ROUND), task="T01-food", internal=True)
    assert one.facts["drawn"] < found.facts["drawn"]
    stepped = estimating.estimate(city.round(ROUND), internal=True, with_step_ins=True)
    assert str(stepped.facts["lines"]) == str(found.facts["lines"]), (
        "nobody stepped in: the threshold rule changes nothing"
    )
    assert city.rules.on(NOW.date()).value(RULE)["least_units"] == 30


def test_step_ins_by_the_threshold_rule(month, tmp_path):
    """Whom another stepped in for could not be inspected; with --step-ins the weights are those of the last key."""
    played, rules = month
    first = City.open(played.store, who="zhou-05", rules=rules, now=lambda: NOW).round(ROUND)
    order = first.read(files.ORDER, task=TASK)
    reserve = order[order["role"] == "reserve"]
    stratum = reserve["stratum"].iloc[0]
    unit = order.loc[order["stratum"].eq(stratum) & order["role"].eq("drawn"), "unit_id"].iloc[0]
    evidence = tmp_path / "door.jpg"
    evidence.write_bytes(b"closed")
    stepping_in.propose(first, unit, task_id=TASK, reason="7", evidence=evidence)
    second = City.open(played.store, who="wu-06", rules=rules, now=lambda: NOW).round(ROUND)
    assert stepping_in.confirm(second, unit).exit_code == 0
    city = city_of(played, rules)
    fill(played, tmp_path / "filled", codes=["1 未发现问题", "A"])
    recording.record(city, [tmp_path / "filled"], agreement=None)
    plain = estimating.estimate(city.round(ROUND), task=TASK, internal=True).facts["lines"][0]
    entered = estimating.estimate(city.round(ROUND), task=TASK, internal=True, with_step_ins=True).facts["lines"][0]
    assert (plain["drawn"], plain["reported"]) == (entered["drawn"], entered["reported"])
    assert plain["effective_units"] != entered["effective_units"]


def test_the_report_of_the_lottery(month):
    """The page is the same every time, stands in the audit bundle's manifest after the next publication, verifies."""
    played, rules = month
    round_ = city_of(played, rules).round(ROUND)
    with pytest.raises(UsageError) as refused:
        reporting_lottery.report_lottery(round_, seeds=0)
    assert refused.value.code == "month.lottery_seeds"
    report = reporting_lottery.report_lottery(round_, seeds=20)
    assert report.facts["seeds"] == 20
    figures = round_.content("audit/lottery_report.json")
    reporting_lottery.report_lottery(city_of(played, rules).round(ROUND), seeds=20)
    assert city_of(played, rules).round(ROUND).content("audit/lottery_report.json") == figures
    publishing.publish(city_of(played, rules).round(ROUND), played.out)
    audit = played.out / "audit" / ROUND
    listed = [entry["path"] for entry in json.loads((audit / "manifest.json").read_bytes())["files"]]
    assert {"lottery_report.html", "lottery_report.json"} <= set(listed)
    assert (audit / "lottery_report.json").read_bytes() == figures
    page = (audit / "lottery_report.html").read_text(encoding="utf-8")
    assert "20 个模拟种子" in page
    assert verify(played.out).difference is None


def test_publication_makes_the_report_by_itself_and_once(month):
    """A publication after the second draw adds the report of 10,000 seeds; the next one changes nothing.

    The page also tells what offices did otherwise than drawn, and that one of one real rounds was not given up.
    """
    played, rules = month
    publishing.publish(city_of(played, rules).round(ROUND), played.out)
    audit = played.out / "audit" / ROUND
    kept = {name: (audit / name).read_bytes() for name in ("lottery_report.html", "lottery_report.json", "log.jsonl")}
    assert json.loads(kept["lottery_report.json"])["seeds"] == 10_000
    page = kept["lottery_report.html"].decode()
    assert "放弃的轮次（本机关截至本轮的真实轮次）：0 / 1" in page
    assert "候选不足三人" in page
    again = publishing.publish(city_of(played, rules).round(ROUND), played.out)
    assert again.facts["changed"] is False
    assert {name: (audit / name).read_bytes() for name in kept} == kept
    assert verify(played.out).difference is None


def test_a_large_calendar_is_simulated_fewer_times_never_under_three_hundred():
    """7.5 million places over all seeds; publication of a full city's month waits for them."""
    found = {places: lottery_figures.usual_seeds(places) for places in (0, 602, 750, 751, 6_000, 24_000, 66_667)}
    assert found == {0: 10_000, 602: 10_000, 750: 10_000, 751: 9_986, 6_000: 1_250, 24_000: 312, 66_667: 300}
