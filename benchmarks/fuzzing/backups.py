"""The kind of backups: changed in the bytes of the encrypted file, or in the archive, which is encrypted again."""

from __future__ import annotations

import hashlib
import io
import tarfile
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

from fuzzing import hostile, texts
from fuzzing.registers import Seed

from supervision.canonical import canonical_json
from supervision.store import age_file
from supervision.store.age_file import Decrypter, Encrypter
from supervision.store.migrations import MIGRATIONS
from supervision.store.restore import check_backup, restore_backup

WORDS = "passphrase of the fuzzing"
MEMBERS = {
    "supervision.db": b"SQLite format 3\x00" + bytes(2000),
    f"files/{'ab' * 32}": b"x" * 300,
    "rules/a.yaml": b"a: b\n",
}


def encrypted(content: bytes) -> bytes:
    """Return content encrypted with the passphrase, by little work."""
    age_file.WORK = 4
    stream = io.BytesIO()
    target = Encrypter(stream, WORDS)
    target.write(content)
    target.close()
    return stream.getvalue()


def listed() -> dict[str, object]:
    """Return the list that a backup begins with."""
    rows = [
        {"digest": hashlib.sha256(body).hexdigest(), "path": path, "size": len(body)} for path, body in MEMBERS.items()
    ]
    head = {
        "format": "supervision-backup-1",
        "made": "2026-12-01T00:00:00+08:00",
        "program": "1",
        "version": len(MIGRATIONS),
    }
    return {**head, "rounds": ["2026-12"], "files": rows}


def archive(first: bytes, members: dict[str, bytes]) -> bytes:
    """Return the archive of a backup."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as target:
        for path, body in {"backup.json": first, **members}.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(body)
            target.addfile(entry, io.BytesIO(body))
    return stream.getvalue()


@cache
def seeds() -> list[Seed]:
    """Return a backup, plain, for `changed` to encrypt."""
    return [("backup", archive(canonical_json(listed()), MEMBERS))]


def changed(chance: Random, source: bytes) -> bytes:
    """Change the archive inside or the encrypted file."""
    how = chance.randrange(10)
    if how < 3:
        return hostile.changed_bytes(chance, encrypted(source))
    if how == 3:
        lines = encrypted(source).split(b"\n", 3)
        at = chance.randrange(3)
        lines[at] = chance.choice(
            (lines[at] + b" x", b"-> X25519 AAAA", b"-> scrypt AAAA 99999999", b"-> scrypt  0", b"x" * 9999, b"\xff")
        )
        return b"\n".join(lines)
    if how < 7:
        return encrypted(archive(texts.changed_json(chance, listed()), MEMBERS))
    if how == 7:
        return encrypted(hostile.changed_bytes(chance, source))
    return encrypted(_changed_entries(chance))


def _changed_entries(chance: Random) -> bytes:
    """An archive with an entry that is a link, a device or sparse, of a size that lies or a name that leads away."""
    stream = io.BytesIO()
    with tarfile.open(
        fileobj=stream, mode="w", format=chance.choice((tarfile.PAX_FORMAT, tarfile.GNU_FORMAT))
    ) as target:
        entries = [("backup.json", canonical_json(listed())), *MEMBERS.items()]
        chosen = chance.randrange(len(entries))
        for number, (path, body) in enumerate(entries):
            entry = tarfile.TarInfo(path)
            entry.size = len(body)
            if number == chosen:
                how = chance.randrange(5)
                if how == 0:
                    entry.type = chance.choice(
                        (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE, b"?")
                    )
                    entry.linkname = chance.choice(("/etc/passwd", "backup.json", "../x", ""))
                elif how == 1:
                    entry.name = chance.choice(("../../x", "/x", "rules/../../x", path + "\x00", "x" * 5000, "rules/"))
                elif how == 2:
                    entry.size = chance.choice((0, 1, len(body) + 1, 1 << 33, 1 << 40))
                elif how == 3:
                    real = chance.choice(("1099511627776", "-5", "x", "9" * 5000))
                    entry.pax_headers = {
                        "GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,1",
                        "GNU.sparse.size": real,
                        "size": chance.choice((real, "3")), "path": path,
                    }  # fmt: skip
                else:
                    entry.pax_headers = {"size": hostile.value(chance), "path": hostile.value(chance), "mtime": "nan"}
            with suppress(ValueError, OSError):
                target.addfile(entry, io.BytesIO(body))
    return stream.getvalue()


def read(source: bytes, folder: Path) -> None:
    """Check a backup, and restore it: where it is refused, nothing is left behind."""
    file = folder / "b.age"
    file.write_bytes(source)
    with tempfile.TemporaryDirectory(dir=folder) as place:
        store = Path(place) / "x.db"
        try:
            check_backup(file, passphrase=WORDS, progress=lambda *_: None)
            restore_backup(file, store, passphrase=WORDS, progress=lambda *_: None)
        finally:
            left = sorted(path.name for path in Path(place).iterdir())
            if left and not store.is_file():
                raise AssertionError(f"left behind: {left}")
    with file.open("rb") as handle:
        Decrypter(handle, WORDS, file="b.age").read(1)
