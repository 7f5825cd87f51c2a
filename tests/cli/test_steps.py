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
    "recusals",
    "exemptions",
    "caps",
)
ROUND = "2026-12"
SAME = (
    "public/commitment.json",
    "public/result.json",
    "public/commitment2.json",
    "audit/calendar.csv",
    "audit/roster.json",
)


def sources(town, end):
    """The values of one draw as options, from the town's sources.csv."""
    rows = [line.split(",") for line in (town / "sources.csv").read_text(encoding="utf-8").splitlines()[1:]]
    return [
        word
        for name, values in rows
        if name in (f"dice{end}", f"ssq-red{end}", f"ssq-blue{end}")
        for word in ("--source", f"{name}={values}")
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
    assert sum(said(call("score", ROUND, "--json"), "score")["classes"].values()) == 500
    assert said(call("preview", ROUND, "--json"), "preview", codes=(0, 4))["expected_visits"] > 0
    committed = said(call("commit", ROUND, "--rehearsal", "--key", key, "--json"), "commit")
    assert [task["task_id"] for task in committed["tasks"]] == ["T01-food", "T11-disclosure"]
    early = call("match", ROUND, "--json")
    assert (early.code, early.json["error"]["code"]) == (2, "month.step_missing")
    drawn = said(call("draw", ROUND, *sources(town, ""), "--json"), "draw")
    assert sum(drawn["drawn"].values()) == sum(task["sample"] for task in committed["tasks"])
    said(call("plan", ROUND, "--json"), "plan", codes=(0, 4))
    said(call("commit", ROUND, "--roster", "--json"), "commit --roster")
    said(call("match", ROUND, *sources(town, "-2"), "--json"), "match", codes=(0, 4))
    assert said(call("publish", ROUND, "--out", "steps", "--json"), "publish")["sequence"] == 1
    for name in SAME:
        assert (tmp_path / "steps" / name).read_bytes() == (month_of_town / "out" / name).read_bytes(), name
    for folder in ("steps", "steps/public"):
        verified = call("verify", folder, "--json")
        assert verified.code == 0
        assert verified.json["ok"] is True


def test_month_by_command(call, rehearsed, town):
    """The command `month` run again on a finished month says the same with the same bytes, in both languages."""
    before = (rehearsed / "out" / "manifest.json").read_bytes()
    command = ("month", ROUND, "--rehearsal", "--inputs", town, "--out", "out")
    ended = said(call(*command, "--json"), "month", codes=(0, 4))
    assert ended["publish"]["changed"] is False
    assert "supervision verify out" in call(*command, "--lang", "en").out
    assert (rehearsed / "out" / "manifest.json").read_bytes() == before


def test_results_by_command(call, rehearsed):
    """record takes a filled workbook, publish shows it, follow-up counts it, verify agrees."""
    path = min((rehearsed / "out" / "internal").glob("*/*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    columns = {cell.value: cell.column for cell in sheet[2]}
    sheet.cell(3, columns["检查结果"], "1")
    sheet.cell(3, columns["检查日期"], "2026-12-08")
    sheet.cell(3, columns["审核人"], "王审核")
    book.save(rehearsed / "filled.xlsx")
    taken = said(call("record", "filled.xlsx", "--json"), "record")["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (1, 0)
    assert said(call("publish", ROUND, "--out", "out", "--json"), "publish")["sequence"] == 2
    manifest = json.loads((rehearsed / "out" / "public" / "manifest.json").read_bytes())
    assert manifest["previous"] is not None
    rows = said(call("follow-up", ROUND, "--on", "2026-12-10", "--json"), "follow-up", codes=(0, 4))["rows"]
    assert "published" in {row["state"] for row in rows}
    assert call("verify", "out").code == 0
    assert call("verify", "out/public", "--lang", "en").code == 0


def test_correction_by_command(call, rehearsed):
    """A changed result is rejected with exit code 3; --correct with its reason takes it, half of that is usage."""
    path = min((rehearsed / "out" / "internal").glob("*/*.xlsx"))
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


def test_verify_exit_5(call, rehearsed):
    """A changed page makes verify end with exit code 5 and name it, in words and as JSON."""
    with (rehearsed / "out" / "public" / "plan.html").open("ab") as page:
        page.write(b" ")
    assert call("verify", "out").code == 5
    assert "plan.html" in call("verify", "out", "--lang", "en").out
    assert "plan.html" in call("verify", "out/public", "--json").json["difference"][1]


def test_abandon_by_command(call, town, tmp_path):
    """abandon gives a committed round up with its reason, and draw then refuses with exit code 2."""
    shutil.copytree(town / "rules", tmp_path / "rules")
    call("init")
    for kind in KINDS:
        call("import", kind, town / f"{kind}.csv")
    key = (town / "frame_key.hex").read_text().strip()
    said(call("commit", ROUND, "--rehearsal", "--key", key, "--json"), "commit")
    given_up = said(call("abandon", ROUND, "--reason", "抽样框有误", "--json"), "abandon")
    assert given_up["reason"] == "抽样框有误"
    refused = call("draw", ROUND, *sources(town, ""), "--lang", "en")
    assert refused.code == 2
    assert "given up" in refused.err
