"""The desk's file is looked after as the store is: it comes back from a backup, and doctor examines it."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from desk_people import PASSWORD

from supervision.desk import acts, drafts, sent_results
from supervision.desk.accounts import Accounts
from supervision.desk.desk_file import DeskFile
from supervision.month.city import beijing_now, silent
from supervision.month.condition import examine
from supervision.store import age_file
from supervision.store.backup import write_backup
from supervision.store.connection import desk_place
from supervision.store.restore import restore_backup


@pytest.fixture
def desk(at, monkeypatch):
    """A desk at which somebody was, with a draft."""
    monkeypatch.setattr(age_file, "WORK", 10)
    desk = at("committed")
    desk.person("wang-01")
    drafts.keep(desk.file, "result/1", {"result": "1"}, version=0, who="wang-01")
    return desk


def test_accounts_drafts_and_acts_come_back_from_a_backup(desk, tmp_path):
    """In another place the same people come in, and the chain of their acts is whole; mode 600 there, too."""
    file, target = tmp_path / "b.age", tmp_path / "other" / "new.db"
    given = {"passphrase": PASSWORD, "progress": silent}
    write_backup(desk.play.store, file, made="2026-11-01T09:00:00+08:00", program="0", **given)
    target.parent.mkdir()
    contents = restore_backup(file, target, **given)
    assert list(contents.files)[:2] == ["supervision.db", "supervision.desk"]
    again = DeskFile.beside(target)
    assert again.path.stat().st_mode & 0o777 == 0o600
    assert drafts.read(again, "result/1").content == {"result": "1"}
    assert Accounts(again).log_in("wang-01", PASSWORD).roles == ("coordinator",)
    assert acts.all_lines(again) == acts.all_lines(desk.file) != b""


def test_doctor_examines_it(desk):
    """Sound, then with an act that somebody changed, then with a file that is none."""

    def found():
        report = examine(desk.play.store, out=None, program="0", progress=silent)
        return {one["code"]: one["state"] for one in report.facts["checks"]}

    place = desk_place(desk.play.store)
    assert found()["month.examined_desk"] == "ok"
    with closing(sqlite3.connect(place)) as database, database:
        database.execute("""UPDATE log SET entry = replace(entry, 'wang-01', 'li-02')""")
        database.execute("""INSERT INTO log VALUES ('desk', 9, 'login', '{}')""")
    changed = found()
    assert "month.examined_desk" not in changed
    assert changed["month.examined_log_broken"] == "fault"
    place.chmod(0o644)
    assert found()["month.examined_readable"] == "warning"
    with closing(sqlite3.connect(place)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    place.write_bytes(place.read_bytes()[:-5000])
    assert found()["month.examined_damaged"] == "fault"
    for end in ("", "-wal", "-shm"):
        place.with_name(place.name + end).unlink(missing_ok=True)
    place.write_bytes(b"nothing of the kind" * 1000)
    assert found()["store.not_a_store"] == "fault"


def test_doctor_names_what_was_sent_and_waits_for_more_than_an_hour(desk):
    """How many and since when; not within the hour, nor in a file of before anything waited."""

    def found(minutes):
        later = beijing_now() + timedelta(minutes=minutes)
        report = examine(desk.play.store, out=None, program="0", progress=silent, now=lambda: later)
        return [one for one in report.facts["checks"] if one["code"] == "month.examined_sent"]

    for place in ("result/1", "result/2"):
        sent_results.send(desk.file, place, {}, version=1, who="wang-01")
    with desk.file.writing() as database:
        at = database.execute("SELECT min(at) FROM sent").fetchone()[0]
    assert found(59) == []
    (told,) = found(61)
    assert told["state"] == "warning"
    assert f"2 份结果尚未录入，最早 {at[:10]} {at[11:16]}" in told["text"]["zh"]
    with desk.file.writing() as database:
        database.execute("DROP TABLE sent")
    assert found(61) == []
