"""Backups: whole, of one moment while others write, and restored to the byte or not at all."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import date

import pytest

from supervision.errors import DoesNotVerify, SupervisionError, UsageError
from supervision.store import age_file, restore, snapshot
from supervision.store.age_file import Decrypter, Encrypter
from supervision.store.backup import Contents, write_backup
from supervision.store.connection import connected, files_folder
from supervision.store.restore import check_backup, restore_backup
from supervision.store.store import Store

WORDS = "long enough"
GIVEN = {"passphrase": WORDS, "made": "2026-11-01T09:00:00+08:00", "program": "0.1.0"}
DAY = date(2026, 12, 1)
STEP = {"who": "zhang", "at": "2026-11-01", "inputs": {}}
LARGE = os.urandom(1_500_000)

WRITER = """
import sys, time
from supervision.store.store import Store
store = Store.open(sys.argv[1], wait=30)
print("ready", flush=True)
for number in range(10_000):
    with store.step("2026-12", "score", who="zhang", at="2026-11-01", inputs={}) as step:
        step.put("number.txt", str(number).encode())
        step.put("big.bin", str(number).encode().zfill(1_200_000))
"""


def silent(code, done=0, total=0):
    """Report no progress."""


def listing(folder):
    """All files below a folder, with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record(store):
    """What a store holds: registers, logs, files."""
    opened = Store.open(store)
    files = {(round, path): opened.get(round, path) for round in opened.rounds() for path in opened.paths(round)}
    return opened.register_digests(on=DAY, hash_name="sha256"), opened.log("registers"), opened.log("2026-12"), files


@pytest.fixture(autouse=True)
def little_work(monkeypatch):
    """Try passphrases quickly."""
    monkeypatch.setattr(age_file, "WORK", 10)


@pytest.fixture
def city(store, put, offices):
    """A store with a register, a round with a small and a large file, and a rules and a template folder beside it."""
    put(store, "offices", offices(("a", "甲", "2026-01-01"), ("b", "乙", "2026-01-01")))
    with store.step("2026-12", "score", **STEP) as step:
        step.put("scorecard.json", b"{}")
        step.put("big.bin", LARGE)
    folder = store.path.parent
    (folder / "rules" / "shared").mkdir(parents=True)
    (folder / "rules" / "shared" / "比例.yaml").write_text("id: x", encoding="utf-8")
    (folder / "rules" / "README.txt").write_text("x", encoding="utf-8")
    (folder / "paper_templates" / "fonts").mkdir(parents=True)
    (folder / "paper_templates" / "fonts" / "own.otf").write_bytes(b"font")
    return store


@pytest.fixture
def made(city, tmp_path):
    """A backup of that city."""
    file = tmp_path / "city.age"
    write_backup(city.path, file, **GIVEN, progress=silent)
    return file


def test_what_is_restored_is_what_was_there(city, made, tmp_path):
    """Registers, logs, files, rules and templates come back to the byte, without remains on either side."""
    target = tmp_path / "other" / "new.db"
    target.parent.mkdir()
    found = restore_backup(made, target, passphrase=WORDS, progress=silent)
    assert record(target) == record(city.path)
    for name in ("rules", "paper_templates"):
        assert listing(target.parent / name) == listing(city.path.parent / name) != {}
    digest = hashlib.sha256(LARGE).hexdigest()
    assert {path.name for path in files_folder(target).iterdir()} == {digest}
    assert {path.name for path in files_folder(city.path).iterdir()} == {digest, "writer.lock", "snapshot.lock"}
    assert sorted(path.name for path in target.parent.iterdir() if not path.name.endswith(("-wal", "-shm"))) == [
        *("new.db", "new.db.files", "paper_templates", "rules")
    ]
    assert (found.rounds, found.version, found.made) == (("2026-12",), 2, GIVEN["made"])
    assert {path.stat().st_mode & 0o777 for path in (made, target, files_folder(target) / digest)} == {0o600}
    assert files_folder(target).stat().st_mode & 0o007 == 0


def test_a_backup_opens_without_this_program(city, made, tmp_path):
    """Inside the encryption is a tar archive: the list first, then members whose digests it gives."""
    reader, plain = Decrypter(io.BytesIO(made.read_bytes()), WORDS, file="x"), b""
    while piece := reader.read(1 << 20):
        plain += piece
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        found = {entry.name: archive.extractfile(entry).read() for entry in archive}
    contents = Contents.from_bytes(found.pop("backup.json"), file=made)
    assert [*contents.files] == [*found]
    assert contents.files == {path: (len(body), hashlib.sha256(body).hexdigest()) for path, body in found.items()}
    digest = hashlib.sha256(LARGE).hexdigest()
    assert [*found] == [
        *("supervision.db", f"files/{digest}", "rules/README.txt", "rules/shared/比例.yaml"),
        "paper_templates/fonts/own.otf",
    ]


def test_a_backup_is_of_one_moment_while_another_process_writes(city, tmp_path):
    """While another process replaces a small and a large file again and again, each backup holds a pair of one step."""
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(city.path)], stdout=subprocess.PIPE)
    assert child.stdout.readline() == b"ready\n"
    seen = []
    try:
        for number in range(6):
            file, target = tmp_path / f"{number}.age", tmp_path / str(number) / "s.db"
            write_backup(city.path, file, **GIVEN, progress=silent)
            target.parent.mkdir()
            restore_backup(file, target, passphrase=WORDS, progress=silent)
            found = Store.open(target)
            if "number.txt" in found.paths("2026-12"):
                small, large = found.get("2026-12", "number.txt"), found.get("2026-12", "big.bin")
                assert large.lstrip(b"0") == small.lstrip(b"0")
                seen.append(int(small))
            assert found.register("offices", on=DAY)["office_id"].tolist() == ["a", "b"]
    finally:
        assert child.poll() is None, "the writer ended by itself"
        child.kill()
        child.wait()
        child.stdout.close()
    assert len(set(seen)) > 1 and seen == sorted(seen)


def test_a_file_replaced_meanwhile_makes_a_new_try(city, tmp_path, monkeypatch):
    """A step that replaces a large file just after the database was copied: the next try takes what stands now."""
    plain, calls = snapshot._copied, []

    def copied(*arguments):
        found = plain(*arguments)
        calls.append(found)
        if len(calls) == 1:
            with city.step("2026-12", "score", **STEP | {"inputs": {"x": "1"}}) as step:
                step.put("big.bin", LARGE[::-1])
        return found

    monkeypatch.setattr(snapshot, "_copied", copied)
    found = write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent).contents
    assert len(calls) == 2
    assert f"files/{hashlib.sha256(LARGE[::-1]).hexdigest()}" in found.files


def test_a_damaged_store_is_not_backed_up(city, tmp_path):
    """A large file that is lost is named, and so is a database that SQLite finds damaged; no file is left."""
    digest = hashlib.sha256(LARGE).hexdigest()
    lost = files_folder(city.path) / digest
    lost.rename(tmp_path / "away")
    with pytest.raises(DoesNotVerify) as error:
        write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent)
    assert (error.value.code, error.value.params["path"]) == ("store.file_changed", "big.bin")
    (tmp_path / "away").rename(lost)
    with connected(city.path) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        page = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'log'").fetchone()[0]
    with city.path.open("rb+") as handle:
        handle.seek((page - 1) * 16384)
        handle.write(b"\xff" * 64)
    with pytest.raises(SupervisionError) as error:
        write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent)
    assert error.value.code in ("store.damaged", "store.not_a_store")
    assert list(tmp_path.glob("*.age*")) == [] and list(tmp_path.glob(".*")) == []


def test_nothing_is_overwritten(city, made, tmp_path):
    """A backup stops at a file that is there; a restoration at a store, its files, a log of writes or rules."""
    before = made.read_bytes()
    with pytest.raises(UsageError) as error:
        write_backup(city.path, made, **GIVEN, progress=silent)
    assert error.value.code == "store.backup_there" and made.read_bytes() == before
    for name in ("s.db", "s.db.files/x", "s.db-wal", "rules/x.yaml", "paper_templates/a.docx"):
        place = tmp_path / "new" / name
        place.parent.mkdir(parents=True)
        place.write_bytes(b"mine")
        with pytest.raises(UsageError) as error:
            restore_backup(made, tmp_path / "new" / "s.db", passphrase=WORDS, progress=silent)
        assert error.value.code == "store.restore_there"
        assert listing(tmp_path / "new") == {name: b"mine"}
        shutil.rmtree(tmp_path / "new")


def test_a_bad_backup_leaves_nothing(made, tmp_path):
    """A wrong passphrase, a changed byte anywhere and a cut end give an error, and nothing is written."""
    content, target = made.read_bytes(), tmp_path / "new" / "s.db"
    target.parent.mkdir()
    bad = {content[:-1]: WORDS, content[: len(content) // 2]: WORDS, content + b"x": WORDS, content: "other"}
    for place in range(300, len(content), len(content) // 7):
        bad[content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]] = WORDS
    for wrong, words in bad.items():
        file = tmp_path / "wrong.age"
        file.write_bytes(wrong)
        for places in ([target], []):
            read = restore_backup if places else check_backup
            with pytest.raises((DoesNotVerify, UsageError)) as error:
                read(file, *places, passphrase=words, progress=silent)
            assert error.value.code in ("store.backup_damaged", "store.passphrase_wrong")
        assert list(target.parent.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(made, tmp_path):
    """A restoration makes no folders: the one that is wanted is named."""
    with pytest.raises(UsageError) as error:
        restore_backup(made, tmp_path / "no" / "s.db", passphrase=WORDS, progress=silent)
    assert (error.value.code, error.value.params["folder"]) == ("store.no_folder", tmp_path / "no")
    assert not (tmp_path / "no").exists()


def archive(tmp_path, members, contents):
    """Encrypt an archive that somebody with the passphrase made up."""
    file = tmp_path / "made_up.age"
    with file.open("wb") as target:
        writer = Encrypter(target, WORDS)
        with tarfile.open(fileobj=writer, mode="w|") as tar:
            for name, body in {"backup.json": contents.to_bytes(), **members}.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(body)
                tar.addfile(entry, io.BytesIO(body))
        writer.close()
    return file


def contents_of(members, version=2, **names):
    """The list of made up members."""
    files = {name: (len(body), hashlib.sha256(body).hexdigest()) for name, body in members.items()}
    return Contents(made="x", program="x", version=version, rounds=(), files=files | names)


@pytest.mark.parametrize(
    ("members", "listed", "code"),
    [
        ({"supervision.db": b"a", "../evil": b"x"}, {}, "store.backup_differs"),
        ({"supervision.db": b"a", "rules/../../evil": b"x"}, {}, "store.backup_differs"),
        ({"supervision.db": b"a", "rules/C:evil": b"x"}, {}, "store.backup_differs"),
        ({"supervision.db": b"a", "files/short": b"x"}, {}, "store.backup_differs"),
        ({"supervision.db": b"a"}, {"rules/lost.yaml": (1, "00")}, "store.backup_differs"),
        ({"supervision.db": b"a"}, {"supervision.db": (1, "00" * 32)}, "store.backup_differs"),
        ({"supervision.db": b"a"}, {"version": 99}, "store.newer"),
    ],
)
def test_a_made_up_backup_is_refused(tmp_path, members, listed, code):
    """Paths that lead away, lists that differ from the members and newer stores are refused, and nothing is left."""
    version = listed.pop("version", 2)
    file = archive(tmp_path, members, contents_of(members, version=version, **listed))
    target = tmp_path / "new" / "s.db"
    target.parent.mkdir()
    with pytest.raises(SupervisionError) as error:
        restore_backup(file, target, passphrase=WORDS, progress=silent)
    assert error.value.code == code
    assert list(target.parent.iterdir()) == [] and not (tmp_path / "evil").exists()


def test_an_unlisted_member_is_refused(tmp_path):
    """A member that the list does not name is refused, and so is a file that is no archive."""
    file = archive(tmp_path, {"supervision.db": b"a", "rules/x": b"b"}, contents_of({"supervision.db": b"a"}))
    with pytest.raises(DoesNotVerify) as error:
        check_backup(file, passphrase=WORDS, progress=silent)
    assert error.value.params["path"] == "rules/x"
    with file.open("wb") as target:
        writer = Encrypter(target, WORDS)
        writer.write(b"no archive" * 1000)
        writer.close()
    with pytest.raises(UsageError) as error:
        check_backup(file, passphrase=WORDS, progress=silent)
    assert error.value.code == "store.not_a_backup"


@pytest.mark.parametrize("moved", [0, 1, 2, 3])
def test_a_restoration_killed_while_moving_goes_on(city, made, tmp_path, monkeypatch, moved):
    """Killed after any move, the same call finishes; another backup is refused meanwhile."""
    target = tmp_path / "new" / "s.db"
    target.parent.mkdir()

    class Killed(BaseException):
        pass

    plain, count = restore.settle, []

    def settle(folder):
        plain(folder)
        count.append(folder)
        if folder == target.parent and count.count(target.parent) == moved:
            raise Killed

    def no_move(*_):
        raise Killed

    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(restore, "settle", settle)
        if not moved:
            patch.setattr(restore, "_move", no_move)
        restore_backup(made, target, passphrase=WORDS, progress=silent)
    assert not target.exists()
    other = tmp_path / "other.age"
    write_backup(city.path, other, **GIVEN, progress=silent)
    with pytest.raises(UsageError) as error:
        restore_backup(other, target, passphrase=WORDS, progress=silent)
    assert error.value.code == "store.other_restore"
    restore_backup(made, target, passphrase=WORDS, progress=silent)
    assert record(target) == record(city.path)
    assert listing(target.parent / "rules") == listing(city.path.parent / "rules")
    assert not (tmp_path / "new" / "s.db.restoring").exists()


def test_remains_of_a_killed_restoration_are_removed(made, tmp_path):
    """What was half read, and what stayed when all stood, is removed by the next call, whatever that one says."""
    target, left = tmp_path / "new" / "s.db", tmp_path / "new" / "s.db.restoring"
    left.mkdir(parents=True)
    (left / "supervision.db").write_bytes(b"half")
    restore_backup(made, target, passphrase=WORDS, progress=silent)
    assert not left.exists()
    left.mkdir()
    with pytest.raises(UsageError) as error:
        restore_backup(made, target, passphrase=WORDS, progress=silent)
    assert error.value.code == "store.restore_there" and not left.exists()


def test_remains_of_a_killed_backup_are_removed(city, tmp_path):
    """What a killed backup left beside the store and beside its file is removed by the next one."""
    left = files_folder(city.path) / "snapshot"
    left.mkdir()
    (left / "copy.db").write_bytes(b"half")
    (tmp_path / ".x.age.part").write_bytes(b"half")
    write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent)
    assert not left.exists() and not (tmp_path / ".x.age.part").exists()
    assert check_backup(tmp_path / "x.age", passphrase=WORDS, progress=silent).rounds == ("2026-12",)


def test_one_snapshot_at_a_time(city, tmp_path):
    """A second backup is told that one is being made; a register can be read and written meanwhile."""
    with snapshot.snapshot(city.path, progress=silent):
        with pytest.raises(SupervisionError) as error, snapshot.snapshot(city.path, progress=silent, wait=0.1):
            pass
        assert error.value.code == "store.busy"
        city.note("proof", who="li", at="2026-11-02", inputs={}, outputs={})
    assert not (files_folder(city.path) / "snapshot").exists()


def test_a_disk_without_links_gets_copies(city, tmp_path, monkeypatch):
    """Where the disk knows no hard links, large files are copied."""

    def refused(*_):
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(snapshot.os, "link", refused)
    found = write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent).contents
    assert found.files[f"files/{hashlib.sha256(LARGE).hexdigest()}"][0] == len(LARGE)


def test_the_store_is_left_as_it_was(city, tmp_path):
    """A backup writes nothing into the store."""
    before = record(city.path)
    write_backup(city.path, tmp_path / "x.age", **GIVEN, progress=silent)
    assert record(city.path) == before
    with closing(sqlite3.connect(city.path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
