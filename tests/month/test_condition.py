"""The examination of an installation: all in order, and each thing that is not, named with its exit code."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

import pytest

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.month import condition
from supervision.month.city import BEIJING, silent
from supervision.month.condition import examine
from supervision.notice.formats import typeset
from supervision.notice.manifest import Manifest
from supervision.store.shipped_files import shipped_calendar

GOOD = [
    *("examined_versions", "examined_fonts", "examined_openssl", "examined_disk", "examined_database"),
    *("examined_files", "examined_tables", "examined_registers", "examined_logs", "examined_clock"),
    *("examined_calendar", "examined_manifests"),
]
SUMMER = "2026-07-01T09:00"


@pytest.fixture(autouse=True)
def roomy(monkeypatch):
    """A machine with a large disk and with openssl, whatever this one has."""
    usage = shutil._ntuple_diskusage(1 << 42, 0, 1 << 42)
    monkeypatch.setattr(condition.shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(condition.shutil, "which", lambda name: f"/usr/bin/{name}")


def examined(store, out=None, at=SUMMER):
    """Examine, and return the exit code with the codes of what is not in order, and all codes."""
    moment = datetime.fromisoformat(at).replace(tzinfo=BEIJING)
    report = examine(store, out=out, program="0", progress=silent, now=lambda: moment)
    states = [(one["state"], one["code"].removeprefix("month.")) for one in report.facts["checks"]]
    return report.exit_code, [one for one in states if one[0] != "ok"], [code for _, code in states]


def change(store, statement, *values):
    """Change something in a store as nobody should."""
    with closing(sqlite3.connect(store)) as database, database:
        database.execute(statement, values)


def test_all_in_order(copied):
    """A rehearsed month with its output folder: every check says that all is well, and counts what it looked at."""
    code, wrong, all_codes = examined(copied.store, copied.out)
    assert (code, wrong, all_codes) == (0, [], GOOD)


def test_the_lines_of_a_report(copied):
    """Each line begins with its state; the last one counts them; both languages say the same."""
    copied.store.chmod(0o644)
    moment = datetime(2026, 7, 1, tzinfo=BEIJING)
    report = examine(copied.store, out=None, program="0", progress=silent, now=lambda: moment)
    lines = [line.text("zh") for line in report.lines]
    assert [line[:2] for line in lines] == ["正常"] * 4 + ["注意"] + ["正常"] * 8 + ["共 "]
    assert lines[-1] == "共 12 项正常，1 项注意，0 项故障。"
    assert (report.facts["ok"], report.facts["warning"], report.facts["fault"]) == (12, 1, 0)
    assert f"chmod o-rwx {copied.store}" in lines[4] and "chmod o-rwx" in report.lines[4].text("en")


def test_a_changed_log_is_a_fault(copied):
    """An entry that somebody rewrote breaks the chain at its line."""
    change(
        copied.store, "UPDATE log SET entry = replace(entry, 'tester', 'nobody') WHERE scope = 'registers' AND seq = 2"
    )
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_log_broken")])


def test_a_register_changed_around_its_triggers_is_a_fault(copied):
    """Rows that somebody changed so that the kept digest stood are named by their register."""
    with closing(sqlite3.connect(copied.store)) as database:
        query = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'entities'"
        triggers = database.execute(query).fetchall()
    assert len(triggers) == 3
    for name, _ in triggers:
        change(copied.store, f"DROP TRIGGER {name}")
    change(copied.store, "UPDATE entities SET legal_rep = '他人'")
    for _, sql in triggers:
        change(copied.store, sql)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_register_differs")])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE round_scores SET score = score + 1 WHERE _row = 3",
        "DELETE FROM round_drawn WHERE _row = 1",
        "UPDATE round_drawn SET unit_id = 'x' WHERE _row = 2",
    ],
)
def test_a_changed_row_of_a_table_is_a_fault(copied, statement):
    """A score or a drawn unit that somebody changed in the store itself is named by its table."""
    change(copied.store, statement)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_table_differs")])


def test_a_lost_log_is_a_fault(copied):
    """A round of which no entry is left in the log was not made by nobody."""
    change(copied.store, "DELETE FROM log WHERE scope <> 'registers'")
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_log_lost")])


def test_a_register_without_a_digest_is_named(copied):
    """What changed since the first import cannot be compared; that is said, with the register's name."""
    change(copied.store, "UPDATE entities SET legal_rep = '他人'")
    code, wrong, all_codes = examined(copied.store)
    assert (code, wrong, "examined_undigested" in all_codes) == (0, [], True)


def test_a_folder_of_a_rehearsal_that_is_gone_is_named(copied):
    """Where no real round took its place, what a rehearsal published is missed."""
    shutil.rmtree(next((copied.out / "public").glob("2*-*")))
    code, wrong, _ = examined(copied.store, copied.out)
    assert (code, wrong) == (4, [("warning", "examined_publish")])


def test_a_changed_file_is_a_fault(copied):
    """A file of a round that no longer has its digest is named."""
    change(copied.store, "UPDATE files SET content = x'00' WHERE path = 'audit/calendar.csv'")
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "store.file_changed")])


def test_a_broken_chain_of_manifests_is_a_fault(copied):
    """A first manifest that follows another one is no first manifest."""
    with closing(sqlite3.connect(copied.store)) as database:
        path = "manifests/public/0001.json"
        body = database.execute("SELECT content FROM files WHERE path = ?", [path]).fetchone()[0]
    found = Manifest.from_bytes(body)
    other = Manifest(**{**vars(found), "previous": "ab" * 32}).to_bytes()
    change(
        copied.store,
        "UPDATE files SET content = ?, digest = ? WHERE path = ?",
        *(other, hashlib.sha256(other).hexdigest(), path),
    )
    code, wrong, _ = examined(copied.store, copied.out)
    assert (code, wrong) == (3, [("fault", "examined_manifest_chain")])


def test_what_was_published_is_compared(at):
    """A published file that was changed or removed is a fault; another manifest means that one publishes again."""
    copied = at("matched")
    folder, now = copied.out / "public" / "2026-12", copied.time.isoformat()[:19]
    assert ("fault", "examined_published") not in examined(copied.store, copied.out, now)[1]
    plan = folder / "plan.json"
    plan.write_bytes(plan.read_bytes() + b" ")
    (folder / "draw.json").unlink()
    wrong = [one for one in examined(copied.store, copied.out, now)[1] if "publish" in one[1]]
    assert wrong == [("fault", "examined_published")] * 2
    (folder / "manifest.json").write_bytes(canonical_json({}))
    wrong = [one for one in examined(copied.store, copied.out, now)[1] if "publish" in one[1]]
    assert wrong == [("warning", "examined_publish")]
    assert [one for one in examined(copied.store, None, now)[1] if "publish" in one[1]] == []


def test_no_store_stops_no_other_check(tmp_path):
    """Where there is no store, the machine is examined all the same."""
    code, wrong, all_codes = examined(tmp_path / "none.db")
    assert code == 3 and set(wrong) == {("fault", "store.missing")}
    assert all_codes[:4] == GOOD[:4]
    (tmp_path / "text.db").write_text("no database" * 1000)
    code, wrong, _ = examined(tmp_path / "text.db")
    assert code == 3 and ("fault", "store.not_a_store") in wrong


def test_a_store_that_was_cut_is_damaged(copied):
    """What is left of a store is not taken for another program's file."""
    change(copied.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    copied.store.write_bytes(copied.store.read_bytes()[:-20000])
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "store.damaged")])


def test_an_older_store_is_not_brought_up(copied):
    """A store of an earlier version is said to be one, and stays one."""
    change(copied.store, "PRAGMA user_version = 1")
    code, wrong, all_codes = examined(copied.store)
    assert (code, wrong) == (4, [("warning", "examined_older")])
    assert "examined_clock" not in all_codes
    with closing(sqlite3.connect(copied.store)) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == 1


def test_remains_of_a_killed_command(copied):
    """What a killed command left is named, but not while a command is at work."""
    left = copied.store.with_name("x.db.files") / "content.part"
    left.write_bytes(b"half")
    beside = copied.store.with_name("x.db.restoring")
    beside.mkdir()
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (4, [("warning", "examined_left")] * 2)
    with closing(sqlite3.connect(left.with_name("writer.lock"), isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        assert examined(copied.store)[:2] == (0, [])


def test_a_clock_that_stands_before_the_log(at):
    """After a real round's commitment a clock of the day before is a fault, the same second is not."""
    play = at("committed")
    log = examined(play.store, at=play.time.isoformat()[:19])
    assert ("fault", "clock_back") not in log[1] and "examined_clock" in log[2]
    code, wrong, _ = examined(play.store, at="2026-11-22T09:00")
    assert code == 3 and ("fault", "clock_back") in wrong


def test_a_year_without_its_calendar(copied):
    """A year whose working days are not announced is a warning while it is ahead, and a fault once it is here."""
    code, wrong, _ = examined(copied.store, at="2031-01-02T09:00")
    assert (code, wrong) == (3, [("fault", "law.working_days.year_not_announced")])
    known = {int(name.removesuffix(".yaml")) for name in shipped_calendar()}
    ahead = next(year for year in range(2026, 2031) if year + 1 not in known)
    assert examined(copied.store, at=f"{ahead}-10-30T09:00")[:2] == (0, [])
    code, wrong, _ = examined(copied.store, at=f"{ahead}-10-31T09:00")
    assert (code, wrong) == (4, [("warning", "law.working_days.year_not_announced")])


def test_a_disk_that_is_nearly_full(copied, monkeypatch):
    """Little room is a warning, next to none a fault."""
    for free, state in ((900 << 20, "warning"), (99 << 20, "fault")):
        usage = shutil._ntuple_diskusage(1 << 42, 0, free)
        monkeypatch.setattr(condition.shutil, "disk_usage", lambda _, usage=usage: usage)
        assert examined(copied.store)[1] == [(state, "examined_disk_little")]


def test_wrong_packages_are_named(copied, monkeypatch):
    """A package that is too old, and one that is missing, are faults; those for tests only do not count."""
    needed = ["click>=99", "nothing-of-that-name>=1", 'also-not-there; extra == "test"', "numpy>=1"]
    monkeypatch.setattr(condition.metadata, "requires", lambda _: needed)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_version")] * 2)

    def unknown(name):
        raise condition.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(condition.metadata, "requires", unknown)
    assert examined(copied.store)[:2] == (4, [("warning", "examined_uninstalled")])


def test_without_openssl(copied, monkeypatch):
    """Without openssl time stamps cannot be checked, which matters only where they are used."""
    monkeypatch.setattr(condition.shutil, "which", lambda _: None)
    assert examined(copied.store)[:2] == (4, [("warning", "examined_no_openssl")])


def test_a_font_that_cannot_show_the_words(copied, monkeypatch):
    """A line is really set: a character that no font has, and a missing font, are faults."""
    monkeypatch.setattr(typeset, "TRIAL", typeset.TRIAL + "\U00020000\U0002ffff".encode())
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "notice.posted.no_glyph")])
    typeset._fonts.cache_clear()
    monkeypatch.setattr(typeset, "FONT", "Absent.otf")
    with pytest.raises(SupervisionError, match=r"Absent\.otf"):
        typeset.try_fonts()
    assert examined(copied.store)[1] == [("fault", "notice.no_font")]
