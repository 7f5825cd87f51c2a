"""A month by its single commands gives what `month` gives, and each of them speaks JSON."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

KINDS = (
    "calendar",
    "offices",
    "items",
    "inspectors",
    "leave",
    "tasks",
    "entities",
    "events",
    "history",
    "relations",
    "licences",
    "objections",
    "recusals",
    "exemptions",
    "professional",
    "caps",
    "plans",
)
ROUND = "2026-12"
NAMES = ("dlt-front", "dlt-back", "ssq-red", "ssq-blue")
SAME = (
    "public/2026-12/commitment.json",
    "public/2026-12/result.json",
    "public/2026-12/roster_commitment.json",
    "audit/2026-12/calendar.csv",
    "audit/2026-12/roster.json",
    "audit/2026-12/log.jsonl",
)


def sources(town, end):
    """The values of one draw as options, from the town's sources.csv; `end` is what they are called there."""
    rows = [line.split(",") for line in (town / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]]
    return [
        word
        for name, values in rows
        if name in [f"{one}{end}" for one in NAMES]
        for word in ("--source", f"{name.removesuffix(end)}={values}")
    ]


def said(ended, command, codes=(0,)):
    """The JSON of a call that must have ended well."""
    assert ended.code in codes, ended.out + ended.err
    assert (ended.json["command"], ended.json["exit"]) == (command, ended.code)
    return ended.json


@pytest.fixture
def steps(call, town, tmp_path):
    """The town's registers in a store, its law beside it."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    said(call("init", "--json"), "init")
    for kind in KINDS:
        files = sorted(town.glob(f"{kind}*.csv"))
        if files:
            said(call("import", kind, *files, "--json"), "import")
    return call


def test_steps_are_the_month(steps, town, month_of_town, tmp_path):
    """train, score, preview, commit, draw, plan, commit --roster, match and publish end where `month` ends."""
    call, key = steps, (town / "frame_key.hex").read_text().strip()
    trained = said(call("train", ROUND, "--rehearsal", "--json"), "train")
    assert trained["card"] in ("learned", "expert")
    assert sum(said(call("score", ROUND, "--rehearsal", "--json"), "score")["classes"].values()) == 500
    assert said(call("preview", ROUND, "--rehearsal", "--json"), "preview", codes=(0, 4))["expected_visits"] > 0
    committed = said(call("commit", ROUND, "--rehearsal", "--key", key, "--json"), "commit")
    assert [task["task_id"] for task in committed["tasks"]] == ["T01-food", "T11-disclosure"]
    early = call("match", ROUND, "--rehearsal", "--json")
    assert (early.code, early.json["error"]["code"]) == (2, "month.step_missing")
    drawn = said(call("draw", ROUND, "--rehearsal", *sources(town, ""), "--json"), "draw")
    assert sum(drawn["drawn"].values()) == sum(task["sample"] for task in committed["tasks"])
    said(call("plan", ROUND, "--rehearsal", "--json"), "plan", codes=(0, 4))
    said(call("commit", ROUND, "--rehearsal", "--roster", "--json"), "commit --roster")
    said(call("match", ROUND, "--rehearsal", *sources(town, "-2"), "--json"), "match", codes=(0, 4))
    assert said(call("publish", ROUND, "--rehearsal", "--out", "steps", "--json"), "publish")["sequence"] == 1
    for name in SAME:
        assert (tmp_path / "steps" / name).read_bytes() == (month_of_town / "out" / name).read_bytes(), name
    for folder in ("steps", "steps/public", "steps/public/2026-12"):
        verified = call("verify", folder, "--json")
        assert verified.code == 0
        assert (verified.json["command"], verified.json["difference"]) == ("verify", None)


def test_month_by_command(call, rehearsed, town):
    """The command `month` run again on a finished month says the same with the same bytes, in both languages."""
    before = (rehearsed / "out" / "public" / ROUND / "manifest.json").read_bytes()
    command = ("month", ROUND, "--rehearsal", "--inputs", town, "--out", "out")
    ended = said(call(*command, "--json"), "month", codes=(0, 4))
    assert ended["publish"]["changed"] is False
    assert "supervision verify out" in call(*command, "--lang", "en").out
    assert (rehearsed / "out" / "public" / ROUND / "manifest.json").read_bytes() == before


def test_results_by_command(call, rehearsed):
    """Record takes a filled workbook, publish shows it, follow-up counts it, verify agrees."""
    path = min((rehearsed / "out" / "internal" / ROUND).glob("*/*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, columns["检查结果"], "1")
    sheet.cell(3, columns["检查日期"], "2026-12-08")
    sheet.cell(3, columns["审核人"], "王审核")
    book.save(rehearsed / "filled.xlsx")
    taken = said(call("record", "filled.xlsx", "--json"), "record")["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (1, 0)
    assert said(call("publish", ROUND, "--rehearsal", "--out", "out", "--json"), "publish")["sequence"] == 2
    manifest = json.loads((rehearsed / "out" / "public" / ROUND / "manifest.json").read_bytes())
    assert manifest["previous"] is not None
    rows = said(call("follow-up", ROUND, "--rehearsal", "--on", "2026-12-10", "--json"), "follow-up", codes=(0, 4))[
        "rows"
    ]
    assert "published" in {row["state"] for row in rows}
    assert call("verify", "out").code == 0
    assert call("verify", "out/public", "--lang", "en").code == 0


def test_correction_by_command(call, rehearsed):
    """A changed result is rejected with exit code 3; --correct with its reason takes it, half of that is usage."""
    path = min((rehearsed / "out" / "internal" / ROUND).glob("*/*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    for header, value in (("检查结果", "1"), ("检查日期", "2026-12-08"), ("审核人", "王审核")):
        sheet.cell(3, columns[header], value)
    (rehearsed / "returned").mkdir()
    book.save(rehearsed / "returned" / "one.xlsx")
    assert said(call("record", "returned", "--json"), "record")["files"][0]["inserted"] == 1
    sheet.cell(3, columns["检查结果"], "E")
    book.save(rehearsed / "two.xlsx")
    refused = call("record", "two.xlsx", "--json")
    assert (refused.code, refused.json["files"][0]["rejected"]) == (3, 1)
    half = call("record", "two.xlsx", "--reason", "选错", "--json")
    assert (half.code, half.json["error"]["code"]) == (2, "month.agreement_incomplete")
    agreed = ("--correct", "--reason", "选错", "--reviewed-by", "李复核")
    assert said(call("record", "two.xlsx", *agreed, "--json"), "record")["files"][0]["corrected"] == 1
    checked = call("check", "results", "two.xlsx", "--json")
    assert (checked.code, checked.json["good"]) == (0, 1)
    imported = call("import", "results", "two.xlsx", "--json")
    assert (imported.code, imported.json["error"]["code"]) == (2, "month.results_by_record")


def test_replan_by_command(call, rehearsed):
    """Replan changes a rehearsed calendar, publish shows the counts, verify agrees; a wrong use is told."""
    held = json.loads((rehearsed / "out" / "audit" / ROUND / "roster.json").read_bytes())
    calendar = (rehearsed / "out" / "audit" / ROUND / "calendar.csv").read_text("utf-8").splitlines()
    half_day = next(line.split(",")[3].split()[0] for line in calendar if line.startswith(held[0]["visit_id"]))
    event = ("--absent", held[0]["inspector_id"], "--from", half_day)
    command = ("replan", ROUND, "--rehearsal", "--by", "li-02", "--reason", "病假", "--as", "wang-01")
    changed = said(call(*command, *event, "--json"), "replan", codes=(0, 4))
    assert changed["certificate"]["proven"] == "yes"
    assert {one["kind"] for one in changed["changes"]} & {"substituted", "moved", "cancelled"}
    assert "Change order 1" in call(*command, *event, "--lang", "en").out
    assert said(call("publish", ROUND, "--rehearsal", "--out", "out", "--json"), "publish")["sequence"] == 2
    assert json.loads((rehearsed / "out" / "public" / ROUND / "index.json").read_bytes())["changes"]
    assert call("verify", "out").code == 0
    both = call(*command, *event, "--closed", "U1", "--json")
    assert (both.code, both.json["error"]["code"]) == (2, "month.replan_one_event")
    assert call(*command, "--absent", "nobody", "--json").code == 2
    alone = call(*command[:-1], "li-02", *event, "--json")
    assert (alone.code, alone.json["error"]["code"]) == (1, "sampling.one_person")


def test_verify_exit_5(call, rehearsed):
    """A changed page makes verify end with exit code 5 and name it, in words and as JSON."""
    with (rehearsed / "out" / "public" / ROUND / "plan.html").open("ab") as page:
        page.write(b" ")
    assert call("verify", "out").code == 5
    assert "plan.html" in call("verify", "out", "--lang", "en").out
    assert "plan.html" in call("verify", f"out/public/{ROUND}", "--json").json["difference"]["where"]


def test_abandon_by_command(call, town, tmp_path):
    """Abandon gives a committed round up with its reason, and draw then refuses with exit code 2."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    call("init")
    for kind in KINDS:
        call("import", kind, town / f"{kind}.csv")
    key = (town / "frame_key.hex").read_text().strip()
    said(call("commit", ROUND, "--rehearsal", "--key", key, "--json"), "commit")
    given_up = said(call("abandon", ROUND, "--rehearsal", "--reason", "抽样框有误", "--json"), "abandon")
    assert given_up["reason"] == "抽样框有误"
    refused = call("draw", ROUND, "--rehearsal", *sources(town, ""), "--lang", "en")
    assert refused.code == 2
    assert "given up" in refused.err


def test_a_real_round_needs_two_persons(steps, town, tmp_path):
    """commit, then draw before its sources: what is waited for is said; a rehearsal's name says what to add."""
    call = steps
    committed = call("commit", ROUND, "--as", "wang-01", "--accept-unverified", "sun-04", "--json")
    waits = said(committed, "commit")["sources"]
    assert sorted(source["name"] for source in waits) == sorted(NAMES)
    early = call("draw", ROUND, *sources(town, ""), "--as", "li-02", "--json")
    assert (early.code, early.json["error"]["code"]) == (1, "month.values_early")
    mine = call("draw", ROUND, *sources(town, ""), "--as", "wang-01", "--json")
    assert (mine.code, mine.json["error"]["code"]) == (2, "month.one_person")
    rehearsed = call("plan", ROUND, "--rehearsal", "--json")
    assert (rehearsed.code, rehearsed.json["error"]["code"]) == (2, "month.only_real")


def test_a_rehearsal_is_named(call, rehearsed):
    """Without --rehearsal the command says that there is only a rehearsal, and what to add."""
    ended = call("plan", ROUND, "--lang", "en")
    assert ended.code == 2
    assert "--rehearsal" in ended.err
    assert call("plan", "2027-03", "--json").json["error"]["code"] == "month.round_unknown"


def test_verify_exit_6(call, steps, tmp_path):
    """A real round without evidence from outside agrees and ends with exit code 6."""
    said(steps("commit", ROUND, "--as", "wang-01", "--accept-unverified", "sun-04", "--json"), "commit")
    said(steps("publish", ROUND, "--as", "wang-01", "--out", "out", "--json"), "publish")
    verified = call("verify", "out", "--json")
    assert (verified.code, verified.json["difference"]) == (6, None)
    assert verified.json["unanchored"]


def test_what_comes_next(call, steps, town):
    """The next command is one that works as it stands: a rehearsal's has --rehearsal, a draw that waits comes again."""
    key = (town / "frame_key.hex").read_text()
    assert said(steps("train", ROUND, "--rehearsal", "--json"), "train")["next"] == "score 2026-12 --rehearsal"
    committed = said(steps("commit", ROUND, "--rehearsal", "--key", key, "--json"), "commit")
    assert committed["next"] == "draw 2026-12 --rehearsal --source NAME=VALUES"
    waiting = said(steps("draw", ROUND, "--rehearsal", "--json"), "draw")
    assert (waiting["next"], "waits_for" in waiting) == (committed["next"], True)
    drawn = said(steps("draw", ROUND, "--rehearsal", *sources(town, ""), "--json"), "draw")
    assert drawn["next"] == "plan 2026-12 --rehearsal"
    planned = said(steps("plan", ROUND, "--rehearsal", "--json"), "plan", codes=(0, 4))
    assert planned["next"] == "commit 2026-12 --rehearsal --roster"
    real = said(steps("commit", ROUND, "--as", "wang-01", "--accept-unverified", "sun-04", "--json"), "commit")
    assert real["next"] == "draw 2026-12 --source NAME=VALUES"
