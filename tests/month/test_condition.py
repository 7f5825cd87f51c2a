"""The examination of an installation: all in order, and each thing that is not, named with its exit code."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime

import pandas as pd
import pytest

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.month import condition
from supervision.month.anchoring import anchor
from supervision.month.annual_plan import save
from supervision.month.city import BEIJING, City, silent
from supervision.month.condition import examine
from supervision.month.publishing import publish
from supervision.notice.formats import typeset
from supervision.notice.manifest import Manifest
from supervision.store import register_evidence
from supervision.store.layout import layout
from supervision.store.register_versions import latest
from supervision.store.shipped_files import shipped_calendar
from supervision.store.table_digest import table_digest

GOOD = [
    *("examined_versions", "examined_fonts", "examined_openssl", "examined_disk", "examined_database"),
    *("examined_files", "examined_tables", "examined_registers", "examined_logs", "examined_clock"),
    *("examined_calendar", "examined_committed", "examined_manifests"),
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


def unnoticed(store, statement, *values):
    """Change a register around its triggers, and put them back."""
    with closing(sqlite3.connect(store)) as database, database:
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement, values)
        for _, sql in triggers:
            database.execute(sql)
    assert triggers


def imported_again(store, kind="entities"):
    """Import a register once more: a row of today's, a new version of the first one."""
    city = City.open(store, who="tester", now=lambda: datetime(2026, 6, 30, 12, tzinfo=BEIJING))
    rows = city.store.register(kind, on=date.max).head(1)
    rows["known_on"] = pd.Timestamp("2026-12-30").as_unit("s")
    before = city.store.log_head("registers")
    city.store.insert(kind, rows, who="tester", at=city.now().isoformat(), source_digest="ab")
    assert city.store.log_head("registers") != before


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
    assert [line[:2] for line in lines] == ["正常"] * 4 + ["注意"] + ["正常"] * 9 + ["共 "]
    assert lines[-1] == "共 13 项正常，1 项注意，0 项故障。"
    assert (report.facts["ok"], report.facts["warning"], report.facts["fault"]) == (13, 1, 0)
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
    unnoticed(copied.store, "UPDATE entities SET legal_rep = '他人'")
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


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entities SET legal_rep = '他人' WHERE unit_id = (SELECT max(unit_id) FROM entities)",
        "DELETE FROM entities WHERE unit_id = (SELECT max(unit_id) FROM entities)",
        "INSERT INTO entities (unit_id, known_on) VALUES ('x', '2026-01-01')",
    ],
)
def test_a_register_changed_by_hand_is_a_fault_whatever_is_imported_later(copied, statement, later):
    """A row that somebody changed, removed or added is told once, also after the register was imported again."""
    change(copied.store, statement)
    if later:
        imported_again(copied.store)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_register_changed")])


def test_the_words_of_a_changed_register(copied):
    """How many rows were changed and removed, and how many there should be, is said."""
    change(copied.store, "UPDATE offices SET name = 'x' WHERE office_id IN (SELECT office_id FROM offices LIMIT 2)")
    change(copied.store, "DELETE FROM offices WHERE name = 'x'")
    report = examine(copied.store, out=None, program="0", progress=silent)
    line = next(line.text("zh") for line in report.lines if "直接改动" in line.text("zh"))
    count = len(City.open(copied.store, who="tester").store.register("offices", on=date.max))
    assert "改 2 行、删 2 行" in line and f"累计导入 {count + 2} 行，现有 {count} 行" in line and "执法" in line


def test_a_register_changed_around_its_triggers_is_compared_with_the_commitment(copied, at):
    """After a later import the newest round's commitment still tells, where nothing was imported since it."""
    imported_again(copied.store)
    assert examined(copied.store)[2].count("examined_undigested") == 1
    unnoticed(copied.store, "UPDATE entities SET legal_rep = '他人'")
    code, wrong, all_codes = examined(copied.store)  # of a rehearsal nobody knows which imports followed it
    assert (code, wrong, "examined_registers_older" in all_codes) == (0, [], True)
    play = at("committed")
    now = play.time.isoformat()[:19]
    imported_again(play.store)
    assert ("fault", "examined_register_since") not in examined(play.store, at=now)[1]
    unnoticed(play.store, "UPDATE entities SET legal_rep = '他人'")
    assert ("fault", "examined_register_since") in examined(play.store, at=now)[1]
    play.round("wang-01").register_digests(fresh=True)  # what is kept by now is the digest of the changed rows
    assert ("fault", "examined_register_since") in examined(play.store, at=now)[1]


def test_an_output_folder_that_is_not_there(copied):
    """A mistyped folder is said not to be there, and nothing is said of what would lie in it."""
    _, found, _ = examined(copied.store, out=copied.store.parent / "nope")
    assert found == [("fault", "no_folder")]


def test_the_newest_real_commitment_is_the_one_that_is_compared(at):
    """A rehearsal of a later month says less than the real round, whose commitment dates what was imported since."""
    play = at("committed")
    with closing(sqlite3.connect(play.store)) as database, database:
        database.execute("INSERT INTO rounds SELECT '2027-01.rehearsal', opened_at FROM rounds WHERE round = '2026-12'")
        card = b'{"hash":"sha256","on":"2026-11-23","rehearsal":"yes","round":"2027-01"}'
        for path, content in (("round.json", card), ("audit/registers.json", b'{"offices":"ab"}')):
            row = ["2027-01.rehearsal", path, "commit", hashlib.sha256(content).hexdigest(), len(content), content]
            database.execute("INSERT INTO files VALUES (?, ?, ?, ?, ?, ?)", row)
    report = examine(play.store, out=None, program="0", progress=silent, now=lambda: play.time)
    told = [one["text"]["zh"] for one in report.facts["checks"] if one["code"] == "month.examined_committed"]
    assert len(told) == 1 and "轮次 2026-12 承诺" in told[0]


def test_older_rows_that_come_after_the_commitment_are_no_fault(at):
    """Rows known before a commitment and imported after it are named, and nobody is accused."""
    play = at("committed")
    city = City.open(play.store, who="tester", now=lambda: play.time)
    rows = city.store.register("offices", on=date.max).head(1).assign(office_id="new")
    city.store.insert("offices", rows, who="tester", at="2026-11-23T09:00:01+08:00", source_digest="ab")
    _, wrong, all_codes = examined(play.store, at=play.time.isoformat()[:19])
    assert "examined_registers_older" in all_codes and "examined_committed" not in all_codes
    assert ("fault", "examined_register_since") not in wrong


def test_registers_of_fewer_columns_are_compared_with_those(copied):
    """A column that a later version of this program brought is left out where the digests are older than it."""
    change(copied.store, "DELETE FROM kept_digests")
    with closing(sqlite3.connect(copied.store)) as database, database:
        query = "SELECT entry FROM log WHERE scope = 'registers' AND step = 'import.offices'"
        entry = json.loads(database.execute(query).fetchone()[0])
    kept = layout("offices")
    rows = City.open(copied.store, who="tester").store.register("offices", on=date.max)
    assert entry["outputs"]["offices"] and "phone" in kept.columns and rows["phone"].notna().any()
    moved = "uscc"  # the last one before known_on becomes one that came after it
    change(copied.store, f"ALTER TABLE offices DROP COLUMN {moved}")
    change(copied.store, f"ALTER TABLE offices ADD COLUMN {moved} TEXT")
    header = tuple(name for name in kept.exchange if name != moved)
    chunks = latest(copied.store, kept, on=date.max, columns=header)
    entry["outputs"]["offices"] = table_digest(header, chunks, hash_name="sha256")
    line = canonical_json(entry).decode()
    change(copied.store, "UPDATE log SET entry = ? WHERE scope = 'registers' AND step = 'import.offices'", line)
    found = register_evidence.standing(copied.store, silent)
    assert "offices" in found.proved and not found.rewritten
    change(copied.store, "UPDATE offices SET phone = '1'")
    assert register_evidence.standing(copied.store, silent).rewritten == ["offices"]


LAST = "WHERE scope = ? AND seq = (SELECT max(seq) FROM log WHERE scope = ?)"


@pytest.mark.parametrize("scope", ["registers", "2026-12.rehearsal"])
@pytest.mark.parametrize("what", [f"DELETE FROM log {LAST}", f"UPDATE log SET entry = replace(entry, 'e', 'f') {LAST}"])
def test_the_last_entry_of_a_log_is_missed(copied, scope, what):
    """An entry that no other one follows is missed where it was deleted, and noticed where it was rewritten."""
    change(copied.store, what.replace("'e', 'f'", '\'"who":"\', \'"who":"x\''), scope, scope)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_log_lost")])


def test_the_last_entries_of_an_older_store_are_missed_by_other_evidence(copied):
    """Without what is kept apart, manifests list the log, steps have contents, and registers have rows."""
    change(copied.store, "DROP TABLE last_entries")
    assert examined(copied.store)[:2] == (0, [])
    change(copied.store, f"DELETE FROM log {LAST}", "registers", "registers")
    change(
        copied.store, "DELETE FROM log WHERE scope <> 'registers' AND step IN ('match', 'report_lottery', 'publish')"
    )
    assert examined(copied.store)[1] == [("fault", "examined_log_lost")] * 2
    for table in ("files", "round_tables"):  # the same, made to look as if an earlier step had put everything
        change(copied.store, f"UPDATE {table} SET step = 'draw' WHERE step IN ('match', 'report_lottery', 'publish')")
    assert set(examined(copied.store)[1]) == {("fault", "examined_log_lost"), ("fault", "examined_log_published")}


def test_a_round_that_is_no_longer_listed_is_missed(copied):
    """A round of which only the row in the list was deleted would be passed over by every command."""
    change(copied.store, "DELETE FROM rounds")
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_round_lost")])


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM files WHERE path = 'round.json'",
        "DELETE FROM files WHERE path = 'scorecard.json'",
        "DELETE FROM files WHERE path = 'public/result.json'",
        "DELETE FROM round_tables WHERE name = 'drawn'",
    ],
)
def test_a_deleted_row_is_missed(copied, statement):
    """A file or a table that a step put is named once where its row was deleted, internal ones as well."""
    change(copied.store, statement)
    code, wrong, _ = examined(copied.store)
    assert (code, wrong) == (3, [("fault", "examined_file_lost")])


def test_a_deleted_row_of_an_older_store_is_missed(copied):
    """Without what is kept apart, the log names what was published, and rows of a table speak for the table."""
    change(copied.store, "DROP TABLE last_entries")
    change(copied.store, "DELETE FROM files WHERE path = 'public/result.json'")
    change(copied.store, "DELETE FROM round_tables WHERE name = 'drawn'")
    assert examined(copied.store)[1] == [("fault", "examined_file_lost")] * 2


def test_content_that_was_replaced_with_its_digest(copied):
    """A file whose digest was changed with it is not the one that the step put."""
    digest = hashlib.sha256(b"{}").hexdigest()
    change(copied.store, "UPDATE files SET content = x'7b7d', digest = ? WHERE path = 'audit/rules.json'", digest)
    assert examined(copied.store)[:2] == (3, [("fault", "examined_file_other")])
    change(copied.store, "DROP TABLE last_entries")
    assert examined(copied.store)[:2] == (3, [("fault", "examined_file_other")])


@pytest.mark.parametrize("number", [1, 2])
def test_a_deleted_manifest_is_missed(at, number):
    """A manifest in the middle, or the first, is missed also where nothing is kept apart."""
    play = at("matched")
    change(play.store, "DROP TABLE last_entries")
    change(play.store, "DELETE FROM files WHERE path = ?", f"manifests/audit/{number:04}.json")
    wrong = examined(play.store, at=play.time.isoformat()[:19])[1]
    assert ("fault", "examined_manifest_chain") in wrong


def test_a_mapping_that_is_gone_is_missed(copied):
    """Mappings follow the log as well: kept and removed, used by an import."""
    store = City.open(copied.store, who="tester").store
    store.keep_mapping("a", b"x", who="tester", at="2026-06-30T12:00:00+08:00")
    store.keep_mapping("b", b"y", who="tester", at="2026-06-30T12:00:00+08:00")
    store.remove_mapping("b", who="tester", at="2026-06-30T12:00:00+08:00")
    rows = store.register("offices", on=date.max).head(1).assign(office_id="new")
    store.insert("offices", rows, who="tester", at="2026-06-30T12:00:00+08:00", source_digest="ab", mapping=b"z")
    assert examined(copied.store)[:2] == (0, [])
    change(copied.store, "INSERT INTO files VALUES ('registers', 'mappings/c.yaml', 'mapping', 'ab', 0, x'')")
    assert ("fault", "examined_log_lost") in examined(copied.store)[1]
    change(copied.store, "DELETE FROM files WHERE round = 'registers'")
    assert examined(copied.store)[:2] == (3, [("fault", "examined_file_lost")] * 2)


@pytest.mark.parametrize("path", ["round.json", "manifests/audit/0001.json", "audit/registers.json"])
def test_a_damaged_file_is_named_once_with_what_it_stops(copied, path):
    """Several checks read one file: it is named once, with all that could not be examined because of it."""
    change(copied.store, "UPDATE files SET content = x'00' WHERE path = ?", path)
    moment = datetime(2026, 7, 1, tzinfo=BEIJING)
    report = examine(copied.store, out=copied.out, program="0", progress=silent, now=lambda: moment)
    faults = [one for one in report.facts["checks"] if one["state"] != "ok"]
    assert [one["code"] for one in faults] == ["store.file_changed"]
    stopped = {
        "round.json": "因此未能检查：时钟、承诺时的登记表、清单。",
        "manifests/audit/0001.json": "因此未能检查：清单",
        "audit/registers.json": "因此未能检查：承诺时的登记表",
    }
    assert stopped[path] in faults[0]["text"]["zh"] and "Not examined because of it: " in faults[0]["text"]["en"]


def test_many_damaged_files_are_counted(copied):
    """Ten are named, the others counted."""
    change(copied.store, "UPDATE files SET digest = 'ab', size = 1 WHERE path LIKE 'audit/%'")
    change(copied.store, "UPDATE round_tables SET digest = 'ab'")
    wrong = [code for _, code in examined(copied.store)[1]]
    assert "examined_more" in wrong


@pytest.mark.parametrize("place", ["public/2026-12/x.html", "public/x/y.txt", "public/x.html", "audit/2026-12/x.csv"])
def test_a_file_that_nobody_published_is_named(copied, place):
    """A file in a folder that is published, or in the auditor's, which no manifest lists is named; evidence is not."""
    stranger = copied.out / place
    stranger.parent.mkdir(parents=True, exist_ok=True)
    stranger.write_text("x")
    moment = datetime(2026, 7, 1, tzinfo=BEIJING)
    report = examine(copied.store, out=copied.out, program="0", progress=silent, now=lambda: moment)
    faults = [one for one in report.facts["checks"] if one["state"] != "ok"]
    assert [(one["state"], one["code"]) for one in faults] == [("warning", "month.examined_stranger")]
    assert str(stranger) in faults[0]["text"]["zh"] and report.exit_code == 4


@pytest.mark.parametrize("place", ["public/x", "public/2026-12/x", "audit/x", "public/2026-11"])
def test_a_folder_that_nobody_published_is_named(copied, place):
    """Empty, or with empty ones in it: the topmost is named; one with files is named by these."""
    (copied.out / place / "y" / "z").mkdir(parents=True)
    moment = datetime(2026, 7, 1, tzinfo=BEIJING)
    report = examine(copied.store, out=copied.out, program="0", progress=silent, now=lambda: moment)
    faults = [one for one in report.facts["checks"] if one["state"] != "ok"]
    assert [(one["state"], one["code"]) for one in faults] == [("warning", "month.examined_empty")]
    assert f"文件夹 {copied.out / place} 中" in faults[0]["text"]["zh"]
    (copied.out / place / "y" / "z" / "a.txt").write_text("x")
    assert examined(copied.store, copied.out)[1] == [("warning", "examined_stranger")]


def test_what_leads_elsewhere_is_named(copied, tmp_path):
    """A link in the place of a folder would publish what stands elsewhere."""
    (copied.out / "public" / "x").symlink_to(tmp_path)
    assert examined(copied.store, copied.out)[1] == [("warning", "examined_stranger")]


def test_many_strangers_are_counted(copied):
    """Ten are named, the others counted; a manifest of their own makes them none of ours."""
    (copied.out / "public" / "x").mkdir()
    for number in range(12):
        (copied.out / "public" / "x" / f"{number}.txt").write_text("x")
    (copied.out / "public" / "x" / "manifest.json").write_bytes((copied.out / "public" / "manifest.json").read_bytes())
    wrong = examined(copied.store, copied.out)[1]
    assert wrong == [("warning", "examined_stranger")] * 10 + [("warning", "examined_more")]


def test_the_home_page_is_compared_with_its_manifest(copied):
    """A file of the home page that was changed or lost is a fault, and so is its manifest."""
    page = copied.out / "public" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert examined(copied.store, copied.out)[:2] == (3, [("fault", "examined_published_home")])
    (copied.out / "public" / "manifest.json").unlink()
    assert ("fault", "examined_published_home") in examined(copied.store, copied.out)[1]


def test_an_unfinished_publication_is_named(copied):
    """A publication that was killed says so in its folder."""
    (copied.out / "public" / "2026-12" / ".unfinished").touch()
    assert examined(copied.store, copied.out)[:2] == (4, [("warning", "examined_publish")])


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
    assert (code, wrong) == (3, [("fault", "examined_file_other")])
    change(copied.store, "DROP TABLE last_entries")
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


def overwritten(path, table, byte=b"\xee"):
    """Overwrite one page inside a table, and return its number."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.execute("PRAGMA page_size").fetchone()[0]
        number = database.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()[0]
    body = bytearray(path.read_bytes())
    root = (number - 1) * size
    if body[root] == 5:  # the root names its pages: the first of them
        cell = root + int.from_bytes(body[root + 12 : root + 14], "big")
        number = int.from_bytes(body[cell : cell + 4], "big")
    body[(number - 1) * size + 8 : number * size] = byte * (size - 8)
    path.write_bytes(body)
    return number


UNMADE = "因此未能检查：批次文件、批次表、登记表、日志、时钟、工作日历、承诺时的登记表、清单"


def told(copied, out=None):
    """The lines of an examination that are not in order, and the codes of those that are."""
    moment = datetime.fromisoformat(SUMMER).replace(tzinfo=BEIJING)
    report = examine(copied.store, out=out, program="0", progress=silent, now=lambda: moment)
    lines = report.facts["checks"]
    return [one for one in lines if one["state"] != "ok"], [one["code"] for one in lines if one["state"] == "ok"]


@pytest.mark.parametrize("table", ["entities", "log"])
def test_a_damaged_page_is_told_once_with_all_that_it_stops(copied, table):
    """Which tables are hit, what was not examined; nobody is said to have changed rows, nothing inside to be well."""
    overwritten(copied.store, table)
    wrong, good = told(copied, copied.out)
    assert [(one["state"], one["code"]) for one in wrong] == [("fault", "month.examined_damaged")]
    said = wrong[0]["text"]["zh"]
    assert f"受损的表：{table}；" in said and f"{UNMADE}、公示文件。" in said
    assert "supervision restore" in said and "doctor" not in said and "直接改动" not in said
    assert f"damaged tables: {table};" in wrong[0]["text"]["en"] and "doctor" not in wrong[0]["text"]["en"]
    assert good == [f"month.{code}" for code in GOOD[:4]]


def test_a_store_that_was_cut_is_damaged(copied):
    """What is left of a store is not taken for another program's file; all that was not examined is listed."""
    change(copied.store, "PRAGMA wal_checkpoint(TRUNCATE)")
    copied.store.write_bytes(copied.store.read_bytes()[:-20000])
    wrong, good = told(copied)
    assert [one["code"] for one in wrong] == ["month.examined_damaged"]
    assert wrong[0]["text"]["zh"].endswith(f"{UNMADE}。")
    assert "看不出哪些表受损" in wrong[0]["text"]["zh"] and "doctor" not in wrong[0]["text"]["en"]
    assert good == [f"month.{code}" for code in GOOD[:4]]


def test_without_an_output_folder_no_published_file_is_called_well(copied):
    """Chains are whole; what was published was not looked at, and no bare dash stands for a folder."""
    moment = datetime.fromisoformat(SUMMER).replace(tzinfo=BEIJING)
    for out, code in ((None, "month.examined_manifests_alone"), (copied.out, "month.examined_manifests")):
        report = examine(copied.store, out=out, program="0", progress=silent, now=lambda: moment)
        said = {one["code"]: one["text"]["zh"] for one in report.facts["checks"]}
        assert ("未核对公示文件" in said[code]) == (out is None)
        assert "（-）" not in "".join(said.values())


def test_a_row_that_names_none_is_a_fault_of_its_own(copied):
    """Pages are whole: the other checks are made."""
    with closing(sqlite3.connect(copied.store)) as database, database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("CREATE TABLE a (b TEXT REFERENCES rounds (round))")
        database.execute("INSERT INTO a VALUES ('none')")
    wrong, good = told(copied)
    assert [one["code"] for one in wrong] == ["month.examined_links"]
    assert "有 1 行所指的行不存在（a 1 rounds 0）" in wrong[0]["text"]["zh"]
    assert "month.examined_logs" in good


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


def test_evidence_and_yearly_plans_are_no_strangers(at, tmp_path):
    """What stands in no manifest – evidence of a commitment, the page of a yearly plan – is known otherwise."""
    play, now = at("matched"), "2026-12-01T09:00"
    play.set(now)
    evidence = tmp_path / "notice.txt"
    evidence.write_text("x")
    known = {"of": "commitment", "kind": "notice", "file": evidence}
    anchor(play.round("wang-01"), number=0, at="2026-11-23T10:00:00+08:00", **known)
    publish(play.round("wang-01"), play.out)
    apart = list((play.out / "public" / "2026-12" / "anchors").iterdir())
    city = play.city("wang-01")
    save(city, 2026, "annual-publish", "published.json", {"on": "2026-01-20"}, {"approved": "ab", "index.html": "cd"})
    page = play.out / "public" / "annual" / "2026" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("x")
    strangers = [one for one in examined(play.store, play.out, now)[1] if "stranger" in one[1]]
    assert apart and strangers == []
    (apart[0].parent / "other.txt").write_text("x")
    (page.parent / "other.html").write_text("x")
    strangers = [one for one in examined(play.store, play.out, now)[1] if "stranger" in one[1]]
    assert len(strangers) == 2
