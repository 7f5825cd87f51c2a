"""Backups (备份): the store, its large files and the city's own folders in one encrypted file, each with its digest.

Inside the encryption (`supervision.store.age_file`) is a tar archive (POSIX.1-2001), its members in this order:

    backup.json     the list: {"files": [{"digest", "path", "size"}…], "format", "made", "program", "rounds", "version"}
    supervision.db  the database as it stood at one moment
    supervision.desk  the desk's own file (accounts, drafts, jobs, log of acts), where there is one
    files/<digest>  the large files of rounds, each named by its SHA-256, sorted
    rules/…         every file of the city's rules folder, sorted
    paper_templates/…  likewise of its own templates and fonts

`digest` is the SHA-256 of a member, `version` that of the store's tables. So `age -d FILE | tar x` takes a backup apart
without this program.
"""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError, UsageError
from supervision.store.age_file import Encrypter
from supervision.store.connection import clear_errors, no_folder
from supervision.store.contents import settle
from supervision.store.snapshot import Snapshot, snapshot
from supervision.store.store_folders import FOLDERS

FORMAT = "supervision-backup-1"
LIST = "backup.json"
DATABASE = "supervision.db"
DESK = "supervision.desk"
FILES = "files/"
BLOCK = 1 << 20

Progress = Callable[[str, int, int], None]
Source = bytes | Path


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What a backup holds (备份清单): `files` path → (size, hex SHA-256), in the order of the archive."""

    made: str
    program: str
    version: int
    rounds: tuple[str, ...]
    files: Mapping[str, tuple[int, str]]

    def to_bytes(self) -> bytes:
        """Return backup.json (备份清单文件)."""
        rows = [{"digest": name, "path": path, "size": size} for path, (size, name) in self.files.items()]
        head = {"format": FORMAT, "made": self.made, "program": self.program, "version": self.version}
        return canonical_json({**head, "rounds": list(self.rounds), "files": rows})

    @classmethod
    def from_bytes(cls, source: bytes, *, file: Path) -> Contents:
        """Read backup.json (读取备份清单); what is none raises `store.not_a_backup`."""
        try:
            raw = parse_canonical(source)
            if raw.pop("format") != FORMAT:
                raise UsageError("store.not_a_backup", file=file)
            files = {entry["path"]: (entry["size"], entry["digest"]) for entry in raw.pop("files")}
            found = cls(**raw | {"files": files, "rounds": tuple(raw["rounds"])})
        except (SupervisionError, KeyError, TypeError, AttributeError) as error:
            raise UsageError("store.not_a_backup", file=file) from error
        if not found._is_sound():
            raise UsageError("store.not_a_backup", file=file)
        return found

    def _is_sound(self) -> bool:
        """Tell whether every field is of its kind (各项类型是否合适)."""
        texts = [self.made, self.program, *self.rounds, *self.files, *(name for _, name in self.files.values())]
        whole = [self.version, *(size for size, _ in self.files.values())]
        return all(isinstance(text, str) for text in texts) and all(type(number) is int for number in whole)


@dataclass(frozen=True, kw_only=True)
class Backup:
    """A backup that was written (已写备份): its size and SHA-256, and what it holds."""

    size: int
    digest: str
    contents: Contents


def write_backup(store: Path, file: Path, *, passphrase: str, made: str, program: str, progress: Progress) -> Backup:
    """Write a backup of a store and of the folders beside it (写备份): mode 600, whole or not there, never over one.

    `made` is the time on record, ISO text. Other commands may read and write the store meanwhile.
    """
    if file.exists():
        raise UsageError("store.backup_there", file=file)
    if not file.parent.is_dir():
        raise no_folder(file)
    with snapshot(store, progress=progress) as taken, clear_errors(file):
        members = _members(taken, store.parent)
        contents = Contents(
            made=made,
            program=program,
            version=taken.version,
            rounds=taken.rounds,
            files={path: _measured(source) for path, source in members.items()},
        )
        part = file.with_name(f".{file.name}.part")
        part.unlink(missing_ok=True)  # what a killed command left
        try:
            with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "wb+") as target:
                _write(Encrypter(target, passphrase), {LIST: contents.to_bytes(), **members}, contents, progress)
                target.flush()
                os.fsync(target.fileno())
                size = target.tell()
                target.seek(0)
                digest = hashlib.file_digest(target, "sha256").hexdigest()
            part.rename(file)
            settle(file.parent)
        finally:
            part.unlink(missing_ok=True)
    return Backup(size=size, digest=digest, contents=contents)


def _members(taken: Snapshot, beside: Path) -> dict[str, Source]:
    found: dict[str, Source] = {DATABASE: taken.database}
    if taken.desk is not None:
        found[DESK] = taken.desk
    found |= {FILES + digest: place for digest, place in taken.files.items()}
    for name in FOLDERS:
        own = {path.relative_to(beside).as_posix(): path for path in (beside / name).rglob("*") if path.is_file()}
        # read now: somebody may edit a rule while the archive is written
        found |= {path: own[path].read_bytes() for path in sorted(own, key=str.encode)}
    return found


def _measured(source: Source) -> tuple[int, str]:
    if isinstance(source, bytes):
        return len(source), hashlib.sha256(source).hexdigest()
    with source.open("rb") as handle:
        return source.stat().st_size, hashlib.file_digest(handle, "sha256").hexdigest()


def _write(target: Encrypter, members: Mapping[str, Source], contents: Contents, progress: Progress) -> None:
    done, all_bytes = 0, sum(size for size, _ in contents.files.values())
    with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as archive:  # type: ignore[call-overload]
        for path, source in members.items():
            entry = tarfile.TarInfo(path)
            entry.mode = 0o600
            entry.size = len(source) if isinstance(source, bytes) else source.stat().st_size
            with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as handle:
                archive.addfile(entry, handle)
            done += entry.size
            progress("store.encrypting", min(done, all_bytes), all_bytes)
    target.close()


def is_member(path: str) -> bool:
    """Tell whether a path may stand in a backup (是否备份成员): plain, relative, and one of the four kinds."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or ":" in path or any(part in ("", ".", "..") for part in parts):
        return False
    large = parts[0] == FILES[:-1] and len(parts) == 2 and len(parts[1]) == 64
    return path in (DATABASE, DESK) or large or (parts[0] in FOLDERS and len(parts) > 1)
