"""A real round of 500 units, played over its stops: two commitments, two waits, three people, results, the next month.

The tests of this file are one story and run in the order of the file; each goes on where the one before stopped.
"""

from __future__ import annotations

import csv
import json
import shutil
from datetime import datetime
from hashlib import sha256

import openpyxl
import pytest

from supervision.errors import SupervisionError, UsageError
from supervision.month import clock, commitment, drawing, line, matching, recording
from supervision.month.desk import BEIJING, Desk, silent
from supervision.sampling.verify import verify
from supervision.store.store import Store

ROUND = "2026-12"
FIRST = {
    "dice": ["442", "918", "7", "31", "600"],
    "ssq-red": ["06", "09", "14", "20", "27", "31"],
    "ssq-blue": ["11"],
}
SECOND = {
    "dice-2": ["693", "224", "779", "1", "540"],
    "ssq-red-2": ["01", "14", "19", "27", "30", "33"],
    "ssq-blue-2": ["5"],
}
RESULT, DAY = 9, 10  # columns of the sheet 结果录入


class Play:
    """The round's store and folders, the clock on the wall, and what is done at it."""

    def __init__(self, work, inputs):
        self.store, self.out, self.inputs, self.work = work / "x.db", work / "out", inputs, work
        self.time = datetime(2026, 11, 23, 9, tzinfo=BEIJING)

    def set(self, text):
        """Set the clock."""
        self.time = datetime.fromisoformat(text).replace(tzinfo=BEIJING)

    def month(self, who, values=None, *, round_id=ROUND, inputs=None, out=None):
        """Run the command `month` as somebody, with the values known by now."""
        return line.run(
            self.store,
            round_id,
            inputs=inputs or self.inputs,
            out=out or self.out,
            values=values or {},
            rehearsal=False,
            who=who,
            progress=silent,
            now=lambda: self.time,
        )

    def desk(self, who, store=None):
        """Sit down at the desk as somebody."""
        return Desk.open(store or self.store, who=who, rules=self.inputs / "rules", now=lambda: self.time)

    def public(self, name):
        """Read a public JSON file."""
        return json.loads((self.out / "public" / name).read_bytes())

    def state(self):
        """List the finished steps."""
        return Store.open(self.store).state(ROUND)

    def check(self):
        """Verify both folders."""
        assert verify(self.out).difference is None
        assert verify(self.out / "public").difference is None


@pytest.fixture(scope="module")
def play(town, tmp_path_factory):
    """The round, before its first command."""
    return Play(tmp_path_factory.mktemp("real"), town)


@pytest.fixture
def aside(play, tmp_path):
    """A desk at a copy of the store, for what must not be part of the story."""
    shutil.copy(play.store, tmp_path / "x.db")
    shutil.copytree(f"{play.store}.files", tmp_path / "x.db.files")
    return play.desk("王承诺", tmp_path / "x.db")


def said(report, code):
    """The parameters of a report's line."""
    return next(params for name, params in report.lines if name == code)


def fill(play, office, *, result="1", day="2026-12-08"):
    """Fill an office's workbook as the office would: every row of the sheet 结果录入 gets a result and a day."""
    target = play.work / f"{office}-filled.xlsx"
    book = openpyxl.load_workbook(play.out / "internal" / office / f"{office}.xlsx")
    sheet = book["结果录入"]
    assert [sheet.cell(2, column).value for column in (RESULT, DAY)] == ["检查结果", "检查日期"]
    for row in range(3, sheet.max_row + 1):
        if sheet.cell(row, 2).value:
            sheet.cell(row, RESULT, result)
            sheet.cell(row, DAY, datetime.fromisoformat(day))
    book.save(target)
    return target


def offices(play):
    """Offices with a workbook, sorted."""
    return sorted(path.stem for path in (play.out / "internal").glob("*/*.xlsx"))


def test_commits_and_waits(play):
    """The first run ends at the commitment with exit code 0, publishes it and names the sources that it waits for."""
    report = play.month("王承诺")
    waits = said(report, "month.values_missing")
    assert report.exit_code == 0
    assert waits == {"names": "dice ssq-red ssq-blue", "at": "2026-11-24T21:15:00+08:00"}
    assert "month.waiting" in [code for code, _ in report.lines]
    assert play.state() == ["open", "train", "score", "commit", "publish"]
    committed = play.public("commitment.json")
    assert (committed["rehearsal"], committed["previous"]) == ("no", None)
    assert committed["committed_at"] == "2026-11-23T09:00:00+08:00"
    assert not (play.out / "public" / "reveal.json").exists()
    assert "演练" not in (play.out / "public" / "index.html").read_text(encoding="utf-8")
    play.check()


def test_says_the_same_again(play, files):
    """Run again before the draw it names the values that are missing still, and changes nothing."""
    before = files(play.out)
    play.set("2026-11-24T16:00")
    report = play.month("李抽取", {"dice": FIRST["dice"]})
    assert said(report, "month.values_missing")["names"] == "ssq-red ssq-blue"
    assert files(play.out) == before


def test_early_values_are_refused(play):
    """Nobody can know a value before its source happens: the month waits on, and the draw refuses by name and time."""
    report = play.month("李抽取", FIRST)
    assert said(report, "month.values_missing")["names"] == "ssq-red ssq-blue"
    with pytest.raises(SupervisionError) as refused:
        drawing.draw(play.desk("李抽取"), ROUND, values=FIRST)
    assert refused.value.code == "month.values_early"
    assert "2026-11-24T21:15:00+08:00" in refused.value.text("en")
    assert "draw" not in play.state()


def test_malformed_values_are_refused(play):
    """A value out of its range and a set with a repeated number are refused with exit code 1 or 2."""
    play.set("2026-11-24T22:00")
    for wrong in ({"ssq-blue": ["17"]}, {"ssq-red": ["06", "06", "14", "20", "27", "31"]}, {"dice": ["442"]}):
        with pytest.raises(SupervisionError) as refused:
            play.month("李抽取", FIRST | wrong)
        assert refused.value.exit_code in (1, 2)
        assert next(iter(wrong)) in refused.value.text("zh")
    assert "draw" not in play.state()


def test_abandon_before_the_first_source(play, aside, tmp_path):
    """Before its first source the round can be given up in public; then it cannot be drawn, and it still verifies."""
    play.set("2026-11-24T15:00")
    commitment.abandon(aside, ROUND, reason="抽样框有误")
    play.set("2026-11-24T22:00")
    aside.who = "李抽取"
    with pytest.raises(UsageError) as refused:
        drawing.draw(aside, ROUND, values=FIRST)
    assert refused.value.code == "month.was_abandoned"
    report = line.run(
        aside.store.path,
        ROUND,
        inputs=play.inputs,
        out=tmp_path / "out",
        values={},
        rehearsal=False,
        who="李抽取",
        progress=silent,
        now=aside.now,
    )
    assert said(report, "month.abandoned")["reason"] == "抽样框有误"
    body = json.loads((tmp_path / "out" / "public" / "abandoned.json").read_bytes())
    assert body["reason"] == "抽样框有误"
    assert body["commitment"] == sha256((play.out / "public" / "commitment.json").read_bytes()).hexdigest()
    assert "抽样框有误" in (tmp_path / "out" / "public" / "index.html").read_text(encoding="utf-8")
    assert verify(tmp_path / "out").difference is None
    assert verify(tmp_path / "out" / "public").difference is None


def test_abandon_after_the_first_source(play, aside):
    """From the first source on the list stands: the round cannot be given up."""
    play.set("2026-11-24T15:15")
    with pytest.raises(UsageError) as refused:
        commitment.abandon(aside, ROUND, reason="不满意")
    assert refused.value.code == "month.too_late_to_abandon"


def test_who_committed_does_not_draw(play):
    """The person who committed is refused as the one who draws."""
    play.set("2026-11-24T22:00")
    with pytest.raises(UsageError) as refused:
        play.month("王承诺", FIRST)
    assert refused.value.code == "month.one_person"
    assert "draw" not in play.state()


def test_draws_plans_and_waits(play):
    """Another person draws and plans; calendar and roster are committed and wait for later sources."""
    report = play.month("李抽取", FIRST)
    assert report.exit_code in (0, 4)
    waits = said(report, "month.values_missing")
    assert waits == {"names": "dice-2 ssq-red-2 ssq-blue-2", "at": "2026-11-26T21:15:00+08:00"}
    assert play.state() == ["open", "train", "score", "commit", "publish", "draw", "plan", "roster"]
    first, second = play.public("commitment.json"), play.public("commitment2.json")
    digest = sha256((play.out / "public" / "commitment.json").read_bytes()).hexdigest()
    assert (second["commitment"], second["previous"]) == (digest, digest)
    assert all(source["at"] > second["committed_at"] > first["sources"][-1]["at"] for source in second["sources"])
    shown = {task["task_id"]: set(task) for task in play.public("result.json")["tasks"]}
    assert shown == {"T01-food": {"task_id", "digest"}, "T11-disclosure": {"task_id", "drawn"}}
    play.check()


def test_drawn_once(play, files):
    """Other values given later change nothing: a round is drawn once."""
    before = files(play.out / "public")
    play.month("李抽取", FIRST | {"ssq-blue": ["12"]})
    assert files(play.out / "public") == before


def test_inspectors_are_not_known_yet(play):
    """Before the second draw no workbook names an inspector."""
    book = openpyxl.load_workbook(play.out / "internal" / offices(play)[0] / f"{offices(play)[0]}.xlsx")
    text = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "检查员" not in text


def test_who_fixed_the_roster_does_not_match(play):
    """The person who committed calendar and roster is refused as the one who draws the inspectors."""
    play.set("2026-11-26T22:00")
    with pytest.raises(UsageError) as refused:
        play.month("李抽取", SECOND)
    assert refused.value.code == "month.one_person"


def test_matches_and_publishes(play):
    """With the second sources' values the inspectors are drawn, and the output is complete and verifies."""
    report = play.month("张匹配", SECOND)
    assert report.exit_code in (0, 4)
    assert report.lines[-1][0] == "month.next_verify"
    assert play.state()[-1] == "match"
    assert len(json.loads((play.out / "audit" / "roster.json").read_bytes())) > 50
    play.check()


def test_log_names_who_did_what(play):
    """The auditor's log says who did each step."""
    lines = (play.out / "audit" / "log.jsonl").read_bytes().splitlines()
    done = {entry["step"]: entry["who"] for entry in map(json.loads, lines)}
    assert {step: done[step] for step in ("commit", "draw", "roster", "match")} == {
        "commit": "王承诺",
        "draw": "李抽取",
        "roster": "李抽取",
        "match": "张匹配",
    }


def test_results_come_back(play):
    """One office's filled workbook goes in; the next manifest names the one before and the page has its rows."""
    play.set("2026-12-09T10:00")
    before = (play.out / "public" / "manifest.json").read_bytes()
    office = offices(play)[0]
    report = recording.record(play.desk("赵录入"), [fill(play, office)])
    taken = report.facts["files"][0]
    assert report.exit_code == 0
    assert taken["inserted"] > 0
    play.month("赵录入")
    manifest = play.public("manifest.json")
    assert manifest["sequence"] == json.loads(before)["sequence"] + 1
    assert manifest["previous"] == sha256(before).hexdigest()
    with (play.out / "public" / "results.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.reader(handle))) == taken["inserted"] + 1
    play.check()


def test_same_workbook_again(play, files):
    """The same workbook once more changes nothing."""
    before = files(play.out)
    report = recording.record(play.desk("赵录入"), [fill(play, offices(play)[0])])
    taken = report.facts["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (0, 0)
    play.month("赵录入")
    assert files(play.out) == before


def test_same_workbook_another_day(play):
    """A workbook that comes back a week later does not make its old rows younger: they were published before."""
    play.set("2026-12-16T10:00")
    recording.record(play.desk("赵录入"), [fill(play, offices(play)[0])])
    found = Store.open(play.store).register("results", on=play.time.date())
    assert set(found["known_on"].dt.strftime("%Y-%m-%d")) == {"2026-12-09"}
    play.set("2026-12-09T12:00")


def test_foreign_rows_are_rejected(play):
    """A visit that the calendar does not hold and a day in the future come back in a rejects workbook, exit code 3."""
    path = fill(play, offices(play)[1], day="2027-03-01")
    book = openpyxl.load_workbook(path)
    book["结果录入"].cell(3, 2, "91320500XX0000000X~1")
    book.save(path)
    report = recording.record(play.desk("赵录入"), [path])
    taken = report.facts["files"][0]
    assert (report.exit_code, taken["inserted"]) == (3, 0)
    assert taken["rejected"] > 1
    sheet = openpyxl.load_workbook(taken["rejects_file"]).worksheets[0]
    text = " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    assert "本轮日程中没有这次检查" in text
    assert "检查日期在今天之后" in text


def test_clock_runs(play):
    """The publication clock: what is recorded is published, the rest is open, and overdue after 20 working days."""
    today = clock.follow_up(play.desk("赵录入"), ROUND)
    states = [row["state"] for row in today.facts["rows"]]
    assert today.exit_code == 0
    assert set(states) == {"published", "pending"}
    play.set("2026-12-31T10:00")
    later = clock.follow_up(play.desk("赵录入"), ROUND)
    assert later.exit_code == 4
    assert "overdue" in [row["state"] for row in later.facts["rows"]]
    assert [row for row in later.facts["rows"] if row["state"] == "published"]


def test_sealed_lists_open_at_the_end(play):
    """When the last visit of a sealed task is recorded its list is published; a CSV of results goes in as well."""
    sealed = {task["task_id"]: task.get("digest") for task in play.public("result.json")["tasks"]}
    assert sealed["T01-food"]
    path = play.work / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["round", "visit_id", "item_id", "agency", "unit_id", "result", "inspected_on"])
        for office in offices(play)[1:]:
            book = openpyxl.load_workbook(play.out / "internal" / office / f"{office}.xlsx", read_only=True)
            for row in book["结果录入"].iter_rows(min_row=3, max_col=7, values_only=True):
                if row[1]:
                    writer.writerow([*row[:4], row[6], "1", "2026-12-30"])
    report = recording.record(play.desk("赵录入"), [path])
    assert report.exit_code == 0
    play.set("2027-01-02T10:00")
    play.month("赵录入")
    shown = {task["task_id"]: task for task in play.public("result.json")["tasks"]}
    assert len(shown["T01-food"]["drawn"]) > 5
    play.check()


def test_results_are_next_months_evidence(play):
    """What was recorded stands in the history register, with the visit's number, for the next month's scores."""
    history = Store.open(play.store).register("history", on=datetime(2027, 1, 2).date())
    mine = history[history["date"] >= "2026-12-01"]
    assert set(mine["result"]) == {"1"}
    assert mine["visit_no"].str.contains("~").all()


def test_next_month_is_chained(play):
    """The next month's commitment names the digest of this month's last one."""
    inputs = play.work / "next"
    inputs.mkdir()
    shutil.copytree(play.inputs / "rules", inputs / "rules")
    text = (play.inputs / "tasks.csv").read_text(encoding="utf-8")
    for old, new in (
        ("2026-12", "2027-01"),
        ("2026-11-21", "2026-12-30"),
        ('"T01-', '"N01-'),
        ('"T11-', '"N11-'),
    ):
        text = text.replace(old, new)
    (inputs / "tasks.csv").write_text(text, encoding="utf-8")
    play.set("2026-12-31T10:00")
    report = play.month("王承诺", round_id="2027-01", inputs=inputs, out=play.work / "out-2027-01")
    assert report.exit_code == 0
    last = sha256((play.out / "public" / "commitment2.json").read_bytes()).hexdigest()
    found = json.loads((play.work / "out-2027-01" / "public" / "commitment.json").read_bytes())
    assert found["previous"] == last
    assert verify(play.work / "out-2027-01").difference is None


def test_matching_is_done_once(play):
    """A second call of the lottery says what was drawn and draws nothing."""
    before = Store.open(play.store).log(ROUND)
    report = matching.match(play.desk("张匹配"), ROUND, values={})
    assert report.facts["filled"] > 50
    assert Store.open(play.store).log(ROUND) == before
