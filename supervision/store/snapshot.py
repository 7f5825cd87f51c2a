"""A store as it stands at one moment (库的快照), taken while other commands read and write it.

The database is copied by SQLite's own backup interface inside one read transaction, so that it is one moment's whatever
is written meanwhile. The large files that it names are held by hard links (by copies where the disk knows none): a
command that replaces one takes away its name, not what stands here.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from supervision.errors import DoesNotVerify, SupervisionError
from supervision.store.connection import MAX_WAIT, clear_errors, connected, desk_place, files_folder, sole_writer

FOLDER = "snapshot"
LOCK = "snapshot.lock"
PAGES = 1024  # copied between two words of progress
TRIES = 5

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What stood at that moment (快照): the database's copy, and the large files it names, digest → place.

    `desk` is a copy of the desk's own file, None where there is no desk. It was taken a moment earlier, so that what it
    says is on record is in the database; what waits in it is recorded again, which is no news.
    """

    database: Path
    desk: Path | None
    files: dict[str, Path]
    version: int
    rounds: tuple[str, ...]


@contextmanager
def snapshot(store: Path, *, progress: Progress, wait: float = MAX_WAIT) -> Iterator[Snapshot]:
    """Take a snapshot, for the length of a block (取快照); it stands beside the store, with as much space as that.

    Raises
    ------
    SupervisionError
        `store.busy` where another snapshot is being taken, `store.missing`, `store.not_a_store`.
    DoesNotVerify
        The store is damaged: a large file is lost, or SQLite finds a fault in the copy.
    """
    if not store.is_file():
        raise SupervisionError("store.missing", path=store)
    folder = files_folder(store) / FOLDER
    with sole_writer(store, wait=wait, lock=LOCK):
        try:
            with clear_errors(store, wait=wait):
                found = _taken(store, folder, progress)
                for copy in (found.database, found.desk):
                    if copy is not None:
                        _refuse_damaged(store, copy)
            yield found
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _taken(store: Path, folder: Path, progress: Progress) -> Snapshot:
    for _ in range(TRIES):
        shutil.rmtree(folder, ignore_errors=True)  # what a killed command left, or the try before
        folder.mkdir(mode=0o700)
        found = _copied(store, folder, progress)
        missing = [digest for digest, place in found.files.items() if not _held(store, digest, place)]
        if not missing:
            return found
        _refuse_lost(store, missing)
    raise SupervisionError("store.busy", path=store, seconds=TRIES)


def _copied(store: Path, folder: Path, progress: Progress) -> Snapshot:
    copy, desk = folder / "copy.db", _copied_desk(store, folder)
    with connected(store) as database, closing(sqlite3.connect(copy)) as target:
        copy.chmod(0o600)
        target.execute("PRAGMA synchronous = OFF")
        source = database.conn
        source.execute("BEGIN")
        version: int = source.execute("PRAGMA user_version").fetchone()[0]
        rounds = tuple(row[0] for row in source.execute("SELECT round FROM rounds ORDER BY round"))
        digests = [row[0] for row in source.execute("SELECT DISTINCT digest FROM files WHERE content IS NULL")]

        def told(_: int, left: int, pages: int) -> None:
            progress("store.copying", pages - left, pages)

        source.backup(target, pages=PAGES, progress=told)
        source.execute("ROLLBACK")
    return Snapshot(
        database=copy,
        desk=desk,
        files={name: folder / name for name in sorted(digests)},
        version=version,
        rounds=rounds,
    )


def _copied_desk(store: Path, folder: Path) -> Path | None:
    source, copy = desk_place(store), folder / "copy.desk"
    if not source.is_file():
        return None
    uri = f"{source.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(uri, uri=True)) as database, closing(sqlite3.connect(copy)) as target:
        copy.chmod(0o600)
        database.backup(target)
    return copy


def _held(store: Path, digest: str, place: Path) -> bool:
    """Hold a large file under a second name (留住大文件); False where it is not there any more."""
    source = files_folder(store) / digest
    try:
        os.link(source, place)
    except FileNotFoundError:
        return False
    except OSError:
        try:
            shutil.copyfile(source, place)
        except FileNotFoundError:
            return False
    return True


def _refuse_lost(store: Path, missing: list[str]) -> None:
    """Refuse a store that still names a file which is not there (大文件丢失): not replaced meanwhile, but lost."""
    with connected(store) as database:
        for digest in missing:
            query = "SELECT round, path FROM files WHERE digest = ? AND content IS NULL"
            row = database.execute(query, [digest]).fetchone()
            place = files_folder(store) / digest
            if row is not None and not place.is_file():
                raise DoesNotVerify("store.file_changed", round=row[0], path=row[1], where=place)


def _refuse_damaged(store: Path, copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as database:
        # not quick_check: SQLite 3.40 sees blanks in keys of tables without row numbers that are none
        fault = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if fault != "ok":
        raise DoesNotVerify("store.damaged", path=store, reason=fault)
