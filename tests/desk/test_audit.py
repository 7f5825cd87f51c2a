"""The auditor's desk: checks run from the browser, the logs with their chains; nothing of it changes the record."""

import json
from contextlib import closing
from sqlite3 import connect

import pytest
from real_rounds import ROUND

from supervision.desk import acts
from supervision.month.verification import verified
from supervision.store.log import verify_log


def content(desk):
    """All tables of the store as SQL: what an auditor may not change."""
    with closing(connect(desk.play.store)) as database:
        return list(database.iterdump())


def test_verification_runs_as_a_job_and_says_what_the_command_says(at):
    """Line by line the verifier's report, and the store as it was before."""
    desk = at("matched")
    before = content(desk)
    auditor = desk.person("zhou-06")
    auditor.work("/audit/verify")
    page = auditor.get("/audit").text
    lines = verified(desk.play.out).lines("zh")
    assert len(lines) > 5
    assert all(line.replace('"', "&#34;").replace("'", "&#39;").replace(">", "&gt;") in page for line in lines)
    assert "相符，但外部无从确认唯一" in page
    assert verified(desk.play.out).lines("en")[-1] in auditor.get("/audit?lang=en").text
    assert content(desk) == before


def test_a_changed_file_is_found(at):
    """What was published and changed afterwards differs, with the place."""
    desk = at("matched")
    place = desk.play.out / "public" / ROUND / "result.json"
    place.write_bytes(place.read_bytes().replace(b"1", b"2", 1))
    page = desk.person("zhou-06").work("/audit/verify")
    assert "result.json" in page
    assert 'class="alarm"' in page
    assert "<b>不符</b>" in desk.person("zhou-06").get("/audit").text


def test_the_doctor_and_the_chains_run_as_jobs(at):
    """The findings of `doctor`, and each log with its number of entries."""
    desk = at("committed")
    auditor = desk.person("zhou-06")
    page = auditor.work("/audit/doctor")
    assert "数据文件" in page
    page = auditor.work("/audit/logs")
    count = len(desk.play.log())
    assert f"日志 {ROUND}：{count:,} 条，链条完好" in page
    assert "日志 registers" in page
    assert "日志 desk" in page
    assert auditor.post("/audit/burn").status_code == 404


def test_the_log_is_found_by_person_act_and_round(at):
    """Filters narrow what is shown and what is taken away; the whole is taken byte by byte."""
    desk = at("committed")
    desk.person("wang-01").work(f"/rounds/{ROUND}/preview")
    desk.person("li-02").get("/audit")
    auditor = desk.person("zhou-06")
    page = auditor.get("/log").text
    assert "预估工作量" in page
    assert "越权被拒" in page
    page = auditor.get("/log?who=li-02&act=refused").text
    assert "li-02" in page
    assert "预估工作量" not in page
    page = auditor.get(f"/log?round={ROUND}").text
    assert "job.preview" in page
    assert "越权被拒" not in page
    whole = auditor.get("/log/desk.jsonl").data
    assert verify_log(whole) is None
    assert whole == acts.all_lines(desk.file)[: len(whole)]
    part = [json.loads(line) for line in auditor.get("/log/desk.jsonl?who=li-02").data.splitlines()]
    assert [one["who"] for one in part] == ["li-02"] * len(part)
    assert [one["step"] for one in part] == ["login", "refused"]
    assert [one["inputs"]["log"] for one in desk.acts("log.download")] == ["desk", "desk"]


def test_a_rounds_own_log(at):
    """The store's entries with what was read and written; a name that is no log is no page."""
    desk = at("committed")
    auditor = desk.person("zhou-06")
    page = auditor.get(f"/log?log={ROUND}").text
    assert "commitment.json" in page
    assert auditor.get(f"/log/{ROUND}.jsonl").data == b"".join(
        json.dumps(one, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        for one in desk.play.log()
    )
    assert "commit" not in auditor.get(f"/log?log={ROUND}&act=nothing").text.partition("<h2>")[2].partition("<table")[2]
    for path in ("/log?log=nothing", "/log/nothing.jsonl", "/log/..%2f..%2fetc%2fpasswd.jsonl"):
        assert auditor.get(path).status_code == 404


@pytest.mark.parametrize("text", ['{"a":1}', "no json", '{"at":"2026"}'])
def test_a_broken_chain_is_named_by_its_line(at, text):
    """An entry that somebody changed in the file: the line is said, and shown as it stands."""
    desk = at("committed")
    auditor = desk.person("zhou-06")
    with desk.file.writing() as database:
        database.execute("UPDATE log SET entry = ? WHERE seq = 1", [text])
    with closing(connect(desk.play.store)) as database, database:
        database.execute("UPDATE log SET entry = ? WHERE scope = ? AND seq = 2", [text, ROUND])
    page = auditor.get("/log").text
    assert "第 1 行断开" in page
    assert "第 2 行断开" in page
    assert text.replace('"', "&#34;") in auditor.get(f"/log?log={ROUND}").text
    assert "第 2 行起链条断开" in auditor.work("/audit/logs")


def test_others_do_not_see_the_logs(at):
    """Logs are the auditor's."""
    desk = at("committed")
    for name in ("wang-01", "li-02", "qian-05", "wu-07"):
        person = desk.person(name)
        for path in ("/log", "/log/desk.jsonl", "/audit"):
            assert person.get(path).status_code == 404
    assert desk.person("qian-05").post("/audit/verify").status_code == 404
