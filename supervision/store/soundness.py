"""Whether a store is sound (库的完好性): what SQLite, digests and the chain of the log say; no data is changed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import date
from functools import cache, partial
from pathlib import Path

from sqlite_utils import Database

from supervision.errors import SupervisionError
from supervision.store import column_copies, contents, kept_digests, log
from supervision.store.connection import connected, files_folder, sole_writer
from supervision.store.layout import layout, quoted
from supervision.store.migrations import MIGRATIONS, version_of
from supervision.store.register_versions import register_digest
from supervision.store.round_steps import table_rows_digest
from supervision.store.snapshot import FOLDER, LOCK
from supervision.store.table_digest import table_digest

SHOWN = 5
PARTS = (".part", ".restoring")

Progress = Callable[[str, int, int], None]


def version(path: Path) -> tuple[int, int]:
    """Return the version of a store's tables and the one of this program (库结构版本).

    Raises `store.missing`, `store.not_a_store`, `store.damaged`, `store.newer`.
    """
    if not path.is_file():
        raise SupervisionError("store.missing", path=path)
    with connected(path) as database:
        return version_of(database, path), len(MIGRATIONS)


def damaged_pages(path: Path) -> tuple[list[str], list[str]]:
    """Return what SQLite finds wrong (数据库检查), pages, indexes, cells of wrong types, and in which tables.

    Where nothing can be read at all, not even which tables there are, SupervisionError `store.damaged`.
    """
    with connected(path) as database:
        found = _not_ok(database, f"integrity_check({SHOWN})")
        tables = database.table_names() if found else []
        hit = [name for name in tables if _not_ok(database, f"integrity_check({quoted(name)})")]
    return found, hit


def _not_ok(database: Database, pragma: str) -> list[str]:
    try:
        rows = database.execute(f"PRAGMA {pragma}").fetchall()
    except sqlite3.DatabaseError as error:  # some damage ends the check itself
        if not getattr(error, "sqlite_errorname", "").startswith("SQLITE_CORRUPT"):
            raise
        return [str(error)]
    return [" ".join(row[0].split()) for row in rows if row[0] != "ok"]


def lost_links(path: Path) -> list[str]:
    """Return the rows whose keys lead nowhere (失去对应的行), of a store whose pages are whole."""
    with connected(path) as database:
        return [" ".join(map(str, row)) for row in database.execute("PRAGMA foreign_key_check").fetchall()]


def file_faults(path: Path, progress: Progress) -> tuple[int, list[tuple[str, str]]]:
    """Return how many files rounds have, and those without the digest on record (批次文件核对): round and path."""
    with connected(path) as database:
        rows = database.execute("SELECT round, path, digest FROM files ORDER BY round, path").fetchall()
        faults = []
        for number, (round, name, digest) in enumerate(rows):
            query = "SELECT content FROM files WHERE round = ? AND path = ?"
            content = database.execute(query, [round, name]).fetchone()[0]
            if not _is_whole(content, files_folder(path) / digest, digest):
                faults.append((round, name))
            progress("store.comparing", number + 1, len(rows))
    return len(rows), faults


def table_faults(path: Path, progress: Progress) -> tuple[int, list[tuple[str, str]]]:
    """Return how many tables rounds have, and those whose rows give another digest (批次表核对): round and table."""
    with connected(path) as database:
        rows = database.execute("SELECT round, name, digest, columns FROM round_tables ORDER BY round, name").fetchall()
    faults = []
    for number, (round, name, digest, columns) in enumerate(rows):
        if table_rows_digest(path, round, name, json.loads(columns)) != digest:
            faults.append((round, name))
        progress("store.comparing", number + 1, len(rows))
    return len(rows), faults


def register_faults(path: Path, progress: Progress) -> tuple[int, list[str]]:
    """Return how many digests of registers are kept, and whose rows give another one (登记表摘要核对): kinds.

    The rows of a copy by columns are compared as well; one whose file is lost or damaged is not read by anybody.
    """
    with connected(path) as database:
        kept, copies = kept_digests.all_kept(database), kept_digests.copies(database)
    made = cache(partial(register_digest, path))  # a city's register takes ten seconds, and has a copy as well
    faults = []
    for number, (kind, hash_name, on, digest) in enumerate(kept):
        if made(kind, on=on, hash_name=hash_name) != digest:
            faults.append(kind)
        progress("store.comparing", number + 1, len(kept) + len(copies))
    for number, kind in enumerate(copies):
        of_copy = _copy_digest(path, kind) if kind not in faults else None
        if of_copy is not None and of_copy != made(kind, on=date.max, hash_name="sha256"):
            faults.append(kind)
        progress("store.comparing", len(kept) + number + 1, len(kept) + len(copies))
    return len(kept), faults


def _copy_digest(path: Path, kind: str) -> str | None:
    """The digest of the rows of a register's copy by columns, None where it cannot be read."""
    table = layout(kind)
    with column_copies.standing(path, table) as copy:
        if copy is None:
            return None
        return table_digest(table.exchange, copy.latest(on=date.max, columns=table.exchange), hash_name="sha256")


def broken_logs(path: Path) -> tuple[int, list[tuple[str, int]]]:
    """Return how many entries the logs have, and where a chain is broken (日志核验): scope and line."""
    count, broken = 0, []
    with connected(path) as database:
        for (scope,) in database.execute("SELECT DISTINCT scope FROM log ORDER BY scope").fetchall():
            lines = log.lines(database, scope=scope)
            count += lines.count(b"\n")
            line = log.verify_log(lines)
            if line is not None:
                broken.append((scope, line))
    return count, broken


def oldest_sent(path: Path) -> tuple[int, str]:
    """Return how many results that were sent at the desk wait (工作台待录入的提交), and since when, ISO text."""
    with connected(path) as database:
        if "sent" not in database.table_names():  # a desk's file of before they waited
            return 0, ""
        found = database.execute("SELECT count(*), min(at) FROM sent WHERE state = 'waiting'").fetchone()
    return found[0], found[1] or ""


def left_over(path: Path) -> list[Path]:
    """Return what a killed command left beside a store (残留文件); nothing while a command is at work.

    The next command that writes, or the next backup, removes it itself.
    """
    folder = files_folder(path)
    beside = [path.with_name(path.name + end) for end in PARTS]
    try:
        with sole_writer(path, wait=0), sole_writer(path, wait=0, lock=LOCK):
            found = [place for place in sorted(folder.iterdir()) if place.suffix in PARTS or place.name == FOLDER]
            return [*found, *(place for place in beside if place.exists())]
    except SupervisionError as error:
        if error.code != "store.busy":
            raise
        return []


def _is_whole(content: bytes | None, place: Path, digest: str) -> bool:
    return contents.holds(place, digest) if content is None else hashlib.sha256(content).hexdigest() == digest
