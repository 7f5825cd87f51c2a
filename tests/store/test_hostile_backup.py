"""Backups that somebody made to stumble over: nothing but plain files of the size that the list says comes out."""

from __future__ import annotations

import hashlib
import io
import tarfile

import pytest

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.store import age_file
from supervision.store.age_file import Encrypter
from supervision.store.migrations import MIGRATIONS
from supervision.store.restore import restore_backup

WORDS = "long enough"
BODY = b"a: b\n"
PATH = "rules/a.yaml"


def listed(**changes):
    """The list of a backup with one file."""
    file = {"digest": hashlib.sha256(BODY).hexdigest(), "path": PATH, "size": len(BODY)}
    head = {"format": "supervision-backup-1", "made": "2026-12-01", "program": "1", "version": len(MIGRATIONS)}
    return {**head, "rounds": [], "files": [file], **changes}


def member(**facts):
    """The entry of the file, with some facts changed."""
    entry = tarfile.TarInfo(PATH)
    entry.size = len(BODY)
    for name, value in facts.items():
        setattr(entry, name, value)
    return entry


def backup(tmp_path, contents, entry):
    """Write an encrypted archive of a list and an entry."""
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as archive:
        first = tarfile.TarInfo("backup.json")
        first.size = len(contents)
        archive.addfile(first, io.BytesIO(contents))
        archive.addfile(entry, io.BytesIO(BODY))
    with (tmp_path / "b.age").open("wb") as stream:
        target = Encrypter(stream, WORDS)
        target.write(plain.getvalue())
        target.close()
    return tmp_path / "b.age"


def outcome(tmp_path, contents, entry):
    """Restore it; return the error's code, "" for none, and what stands afterwards."""
    place = tmp_path / "place"
    place.mkdir()
    try:
        file = backup(tmp_path, contents, entry)
        restore_backup(file, place / "x.db", passphrase=WORDS, progress=lambda *_: None)
    except SupervisionError as error:
        return error.code, sorted(path.name for path in place.iterdir())
    return "", sorted(path.name for path in place.iterdir())


@pytest.fixture(autouse=True)
def little_work(monkeypatch):
    """Keys are made in a moment."""
    monkeypatch.setattr(age_file, "WORK", 4)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, ""),
        ({"type": tarfile.SYMTYPE, "linkname": "/etc/passwd", "size": 0}, "store.not_a_backup"),
        ({"type": tarfile.LNKTYPE, "linkname": "backup.json", "size": 0}, "store.not_a_backup"),
        ({"type": tarfile.DIRTYPE, "size": 0}, "store.not_a_backup"),
        ({"type": tarfile.CHRTYPE, "size": 0}, "store.not_a_backup"),
        (
            {"pax_headers": {"GNU.sparse.map": "0,1", "GNU.sparse.size": "1099511627776", "GNU.sparse.major": "0"}},
            "store.not_a_backup",
        ),
        ({"pax_headers": {"size": "3"}}, "store.backup_differs"),
        ({"name": "rules/../../a.yaml"}, "store.backup_differs"),
    ],
)
def test_only_plain_files_come_out(tmp_path, facts, code):
    """A link, a folder, a device, a file with a terabyte of holes, another size or name: refused, nothing is left."""
    found, left = outcome(tmp_path, canonical_json(listed()), member(**facts))
    assert (found, "rules" in left) == (code, not code)
    assert code == "" or left == []


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "2"},
        {"made": 1},
        {"rounds": [1]},
        {"rounds": 5},
        {"files": [{"digest": "", "path": 1, "size": 1}]},
        {"files": [{"digest": "", "path": ["a"], "size": 1}]},
        {"files": [{"digest": 1, "path": PATH, "size": 1}]},
        {"files": [{"digest": "", "path": PATH, "size": "1"}]},
        {"files": ["x"]},
        {"more": 1},
    ],
)
def test_a_list_of_another_form(tmp_path, changes):
    """A list with a field of another kind is no backup's."""
    assert outcome(tmp_path, canonical_json(listed(**changes)), member()) == ("store.not_a_backup", [])


@pytest.mark.parametrize(("length", "code"), [(8000, ""), (9000, "store.not_a_backup")])
def test_further_headers_are_short(tmp_path, length, code):
    """A header that announces more than a path and a size is refused before tarfile looks at it."""
    found, left = outcome(tmp_path, canonical_json(listed()), member(pax_headers={"comment": "0" * length}))
    assert found == code
    assert left == ([] if code else ["rules", "x.db.files"])
