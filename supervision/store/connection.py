"""Connections to the store file, and one writer at a time (连接与写锁).

Two copies of SQLite live in this process: Python's, which writes, and the one inside the ADBC driver, which moves
whole columns. POSIX locks belong to the process: when one copy closes a file, the other's locks on it are gone
(sqlite.org/howtocorrupt.html, 2.2). So no connection outlives the call that opened it, and the two never have the
same file open at once. What must be held while a step works, the right to write, is a lock on a file of its own.
"""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from supervision.errors import SupervisionError, UsageError
from supervision.store.store_header import DESK, unreadable

PAGE = 16384
MAX_WAIT = 10.0
WRITER = "writer.lock"


def files_folder(store: Path) -> Path:
    """Return the folder of big files beside a store (大文件夹): `<store>.files`."""
    return store.with_name(store.name + ".files")


def desk_place(store: Path) -> Path:
    """Return where the desk's own file stands beside a store (工作台记录文件的位置): `<store>.desk`."""
    return store.with_name(store.name + DESK)


@contextmanager
def clear_errors(path: Path, *, wait: float = MAX_WAIT) -> Iterator[None]:
    """Turn errors of SQLite and of the file system into sentences for a user (转换底层错误)."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _sentence(error, path, wait) from error


def _sentence(error: sqlite3.Error | OSError, path: Path, wait: float) -> SupervisionError:
    reason = getattr(error, "strerror", None) or str(error)
    name = getattr(error, "sqlite_errorname", "")
    number = getattr(error, "errno", None)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return SupervisionError("store.busy", path=path, seconds=f"{wait:g}")
    if number in (errno.ENOENT, errno.ENOTDIR) and not path.parent.is_dir():
        return no_folder(path)
    if name == "SQLITE_FULL" or number == errno.ENOSPC:
        return SupervisionError("store.disk_full", path=path, reason=reason)
    refused = name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM"))
    if refused or number in (errno.EPERM, errno.EACCES, errno.EROFS):
        return SupervisionError("store.read_only", path=path, reason=reason)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return unreadable(path, reason)
    return SupervisionError("store.failed", path=path, reason=reason)


def no_folder(path: Path) -> UsageError:
    """Return the error that the folder of a file to be written is not there (文件夹不存在)."""
    return UsageError("store.no_folder", folder=path.parent, path=path)


@contextmanager
def connected(path: Path, *, wait: float = MAX_WAIT) -> Iterator[Database]:
    """Open a store file for the length of a block (短时连接); it must be there."""
    with clear_errors(path, wait=wait):
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA cache_size = -131072")
            yield Database(connection, recursive_triggers=False, execute_plugins=False)


@contextmanager
def transaction(path: Path, *, wait: float = MAX_WAIT, attach: tuple[Path, ...] = ()) -> Iterator[Database]:
    """Run a block as one transaction (事务): all of it stands afterwards or nothing.

    Files in `attach` can be read under the names of their stems.
    """
    with connected(path, wait=wait) as database:
        for other in attach:
            database.execute(f'ATTACH DATABASE ? AS "{other.stem}"', [str(other)])
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
            database.execute("COMMIT")
        finally:
            if database.conn.in_transaction:
                database.execute("ROLLBACK")


@contextmanager
def sole_writer(path: Path, *, wait: float, lock: str = WRITER) -> Iterator[None]:
    """Hold the right to write for the length of a block (独占写入); a killed process loses it at once.

    `lock` names another right beside it, such as taking snapshots. Raises `store.busy` when another command keeps it
    for `wait` seconds.
    """
    folder = files_folder(path)
    with clear_errors(path, wait=wait):
        folder.mkdir(mode=0o770, exist_ok=True)
        held = sqlite3.connect(folder / lock, timeout=wait, isolation_level=None)
    with closing(held):
        with clear_errors(path, wait=wait):
            held.execute("BEGIN EXCLUSIVE")
        yield
