"""What those call who run the machine: backup, restore, doctor, status, and the operations log."""

from __future__ import annotations

import json
import os
import re
import signal
import stat
import subprocess
import sys

import pytest

from supervision.month.backing_up import backup
from supervision.month.city import silent
from supervision.store import age_file
from supervision.store.store import Store

KEYS = {"command", "error", "event", "exit", "round", "seconds", "step", "time"}


@pytest.fixture
def words(monkeypatch):
    """The passphrase of the environment, and little work to try one."""
    monkeypatch.setattr(age_file, "WORK", 10)
    monkeypatch.setenv("SUPERVISION_PASSPHRASE", "correct horse 口令")
    return "correct horse 口令"


def lines_of(file):
    """The lines of an operations log."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_backup_check_restore(call, rehearsed, words, monkeypatch):
    """A month is backed up, the backup checked and restored elsewhere; the restored one verifies and is in order."""
    made = call("backup", "b.age")
    assert made.code == 0 and "restore FILE --check" in made.out and words not in made.out + made.err
    before = Store.open(rehearsed / "supervision.db")
    checked = call("restore", "b.age", "--check", "--json")
    assert checked.code == 0 and checked.json["rounds"] == ["2026-12.rehearsal"]
    (rehearsed / "there").mkdir()
    restored = call("--store", "there/city.db", "restore", "b.age")
    assert restored.code == 0 and "supervision doctor" in restored.out
    after = Store.open(rehearsed / "there" / "city.db")
    assert after.log("2026-12.rehearsal") == before.log("2026-12.rehearsal")
    assert after.digests("2026-12.rehearsal") == before.digests("2026-12.rehearsal")
    published = call("--store", "there/city.db", "publish", "2026-12", "--rehearsal", "--out", "there/out")
    assert published.code == 0
    assert call("verify", "there/out").code in (0, 6)
    assert call("--store", "there/city.db", "restore", "b.age").code == 2
    assert call("backup", "b.age").code == 2
    monkeypatch.setenv("SUPERVISION_PASSPHRASE", "wrong")
    refused = call("--store", "there/other.db", "--json", "restore", "b.age")
    assert (refused.code, refused.json["error"]["code"]) == (2, "store.passphrase_wrong")
    monkeypatch.delenv("SUPERVISION_PASSPHRASE")
    assert call("backup", "c.age").code == 2
    assert not (rehearsed / "c.age").exists()


@pytest.mark.parametrize("place", ["no/such/b.age", "supervision.db/b.age"])
def test_a_backup_into_a_folder_that_is_not_there(call, rehearsed, words, place):
    """What, where and what to do is said in both languages, without the system's own words; nothing is made."""
    folder = place.rpartition("/")[0]
    said = call("backup", place)
    assert (said.code, said.err.count("Errno")) == (2, 0)
    assert f"不能写 {place}：文件夹 {folder} 不存在" in said.err and "请先建立它" in said.err
    assert f"there is no folder {folder}. Make it first" in call("--lang", "en", "backup", place).err
    assert not (rehearsed / "no").exists()


@pytest.mark.parametrize(
    "told",
    [
        ("--store", "no/such/s.db", "init"),
        ("--store", "no/such/s.db", "restore", "b.age"),
        ("template", "entities", "--out", "no/such/t.xlsx"),
        ("explain", "--round", "2026-12", "--rehearsal", "--all", "no/such/all.csv"),
        ("keys", "no/such/k.pem"),
        ("rules", "--folder", "no/such"),
        ("status", "--out", "b.age/x.txt"),
    ],
)
def test_a_folder_that_is_not_there_is_named(call, rehearsed, words, told):
    """Every command that writes where it is told to names the folder that is missing."""
    assert call("backup", "b.age").code == 0
    said = call(*told)
    assert said.code in (1, 2) and "Errno" not in said.err and "exist" not in said.err and ".part" not in said.err
    assert re.search("文件夹 (no/such|b.age) 不存在|“no/such”不对：它不存在", said.err)


@pytest.mark.parametrize("short", ["", "a", "elevencharsx"[:11], "   elevenchars   "])
def test_a_short_passphrase_is_refused(call, rehearsed, monkeypatch, short):
    """Eleven characters are too few for a new file, twelve are enough; nothing is written."""
    monkeypatch.setattr(age_file, "WORK", 10)
    monkeypatch.setenv("SUPERVISION_PASSPHRASE", short)
    for told in (("backup", "c.age"), ("keys", "c.pem")):
        said = call("--json", *told)
        assert (said.code, said.json["error"]["code"]) == (2, "cli.short_passphrase")
        assert not (rehearsed / told[1]).exists()
    assert "至少要 12 个" in call("backup", "c.age").err
    monkeypatch.setenv("SUPERVISION_PASSPHRASE", "elevencharsx")
    assert call("backup", "c.age").code == 0 and call("keys", "c.pem").code == 0


def test_a_backup_with_a_short_passphrase_of_before_opens(call, rehearsed, monkeypatch):
    """A backup that an earlier version wrote with a short passphrase is checked and restored as ever."""
    monkeypatch.setattr(age_file, "WORK", 10)
    word = "a"
    monkeypatch.setenv("SUPERVISION_PASSPHRASE", word)
    backup(rehearsed / "supervision.db", rehearsed / "old.age", passphrase=word, program="0", progress=silent)
    assert call("restore", "old.age", "--check").code == 0
    (rehearsed / "there").mkdir()
    assert call("--store", "there/city.db", "restore", "old.age").code == 0


def test_a_cut_backup_is_exit_5(call, rehearsed, words):
    """A backup that was cut off does not verify."""
    call("backup", "b.age")
    content = (rehearsed / "b.age").read_bytes()
    (rehearsed / "b.age").write_bytes(content[:-1])
    (rehearsed / "there").mkdir()
    ended = call("--store", "there/city.db", "restore", "b.age")
    assert ended.code == 5 and "不完整" in ended.err
    assert list((rehearsed / "there").iterdir()) == []


def test_doctor(call, rehearsed):
    """Exit 3 where something is at fault, with a line for it; JSON has the same."""
    assert call("--store", "none.db", "doctor").code == 3
    ended = call("doctor", "--out", "out", "--json")
    assert ended.json["fault"] == 0
    assert ended.code == (4 if ended.json["warning"] else 0) == ended.json["exit"]
    assert call("doctor", "--lang", "en").out.count("OK") == ended.json["ok"]


def test_status(call, rehearsed):
    """The state of all rounds, and the reminder."""
    ended = call("status", "--out", "r.txt", "--within", "10", "--json")
    assert ended.code in (0, 4) and {"on", "duties", "idle", "file"} <= set(ended.json)
    assert (rehearsed / "r.txt").read_text(encoding="utf-8").startswith("【内部】")


def test_the_log_of_a_call(call, rehearsed):
    """One call: its beginning, the parts that took time, its end with exit code and seconds; nothing personal."""
    call("--as", "wang-01", "publish", "2026-12", "--rehearsal", "--out", "out", "--log", "log.jsonl")
    lines = lines_of(rehearsed / "log.jsonl")
    assert all(set(line) == KEYS for line in lines)
    assert [line["event"] for line in lines] == ["begin", *["step"] * (len(lines) - 2), "end"]
    assert {(line["command"], line["round"]) for line in lines} == {("publish", "2026-12")}
    assert [line["exit"] for line in lines] == [None] * (len(lines) - 1) + [0]
    assert lines[-1]["seconds"] >= max(line["seconds"] for line in lines[:-1])
    assert "wang" not in (rehearsed / "log.jsonl").read_text(encoding="utf-8")
    assert stat.S_IMODE((rehearsed / "log.jsonl").stat().st_mode) & 0o137 == 0


def test_the_log_of_parts(call, rehearsed, words):
    """Each part that reports progress has its line, in order, with its code."""
    call("backup", "b.age", "--log=log.jsonl")
    steps = [line["step"] for line in lines_of(rehearsed / "log.jsonl") if line["event"] == "step"]
    assert steps == ["store.copying", "store.encrypting"]
    assert words not in (rehearsed / "log.jsonl").read_text(encoding="utf-8")


def test_the_log_of_errors(call, rehearsed, monkeypatch, tmp_path):
    """Errors are logged by their codes; arguments that are no round's name are not, even where one should stand."""
    monkeypatch.setenv("SUPERVISION_LOG", str(tmp_path / "log.jsonl"))
    call("draw", "张三", "--rehearsal")
    call("plan", "2026-11")
    call("no-such-command")
    call("warnings", "list", "--office", "李四")
    call("--help")
    ends = [line for line in lines_of(tmp_path / "log.jsonl") if line["event"] == "end"]
    assert [(one["command"], one["round"], one["exit"]) for one in ends[:3]] == [
        *(("draw", "", ends[0]["exit"]), ("plan", "2026-11", 2), ("", "", 2)),
    ]
    assert ends[1]["error"] == "month.round_unknown" and ends[2]["error"].startswith("cli.no_command")
    assert ends[3]["command"] == "warnings list" and len(ends) == 4
    text = (tmp_path / "log.jsonl").read_text(encoding="utf-8")
    assert "张三" not in text and "李四" not in text


def test_a_log_that_cannot_be_written_stops_nothing(call, rehearsed):
    """The command does its work and says once that its log was not written."""
    ended = call("backup", "--log", "no/such/folder/log.jsonl", "--help")
    assert ended.code == 0
    ended = call("status", "--log", "no/such/folder/log.jsonl")
    assert ended.code in (0, 4) and ended.err.count("没有写成") == 1


def test_a_killed_call_has_a_beginning_and_no_end(rehearsed):
    """A command that is killed leaves its beginning in the log, so that one sees it."""
    program = "import os, signal\nfrom supervision.cli import _group\nfrom supervision.month import agenda\n"
    program += (
        "agenda.status = lambda *a, **b: os.kill(os.getpid(), signal.SIGKILL)\n_group.main(['status', '--log', 'l'])"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=rehearsed, env=dict(os.environ), timeout=60)
    assert ended.returncode == -signal.SIGKILL
    assert [line["event"] for line in lines_of(rehearsed / "l")] == ["begin"]
    program = program.replace("os.kill(os.getpid(), signal.SIGKILL)", "1 / 0")
    ended = subprocess.run([sys.executable, "-c", program], cwd=rehearsed, stderr=subprocess.PIPE, timeout=60)
    assert ended.returncode == 1 and b"ZeroDivisionError" in ended.stderr
    last = lines_of(rehearsed / "l")[-1]
    assert (last["event"], last["exit"], last["error"]) == ("end", 1, "ZeroDivisionError")
