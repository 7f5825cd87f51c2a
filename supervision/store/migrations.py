"""Versions of the store's own tables (库结构版本): one function a version, run in order inside one transaction.

A migration that has been released is never edited; a change is a new function at the end. Register tables need none:
they follow the column lists of the directory; a new register or column is added when a store is opened, a register
with another key is written anew.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlite_utils import Database

from supervision.directory.register import kinds, register
from supervision.errors import SupervisionError
from supervision.store.connection import PAGE, clear_errors, connected, sole_writer, transaction
from supervision.store.contents import settle
from supervision.store.layout import Layout, layout, listed, quoted, register_ddl, sql_type
from supervision.store.store_header import APPLICATION


def _first_tables(database: Database) -> None:
    """1: rounds, their files and tables, and the log."""
    for statement in (
        "CREATE TABLE rounds (round TEXT PRIMARY KEY, opened_at TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE files (
            round TEXT NOT NULL, path TEXT NOT NULL, step TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
            content BLOB, PRIMARY KEY (round, path))""",
        "CREATE INDEX files_digest ON files (digest)",
        """CREATE TABLE round_tables (
            round TEXT NOT NULL, name TEXT NOT NULL, step TEXT NOT NULL, digest TEXT NOT NULL, rows INTEGER NOT NULL,
            columns TEXT NOT NULL, PRIMARY KEY (round, name)) WITHOUT ROWID""",
        """CREATE TABLE log (
            scope TEXT NOT NULL, seq INTEGER NOT NULL, step TEXT NOT NULL, entry TEXT NOT NULL,
            PRIMARY KEY (scope, seq)) WITHOUT ROWID""",
    ):
        database.execute(statement)


def _visits_in_history(database: Database) -> None:
    """2: two visits of a unit on one day are two records; the table of the history follows the directory's key."""


MIGRATIONS: list[Callable[[Database], None]] = [_first_tables, _visits_in_history]


def create(path: Path, *, wait: float) -> None:
    """Make an empty store (新建库); it is whole when it appears. A file that is there raises `store.exists`."""
    if path.exists():
        raise SupervisionError("store.exists", path=path)
    with sole_writer(path, wait=wait):
        part = path.with_name(path.name + ".part")
        with clear_errors(path, wait=wait):
            part.unlink(missing_ok=True)
            part.touch(mode=0o660)  # it will hold frame keys: for its owner and their group
        with connected(part, wait=wait) as database:
            database.execute(f"PRAGMA page_size = {PAGE}")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(f"PRAGMA application_id = {APPLICATION}")
        with transaction(part, wait=wait) as database:
            build(database, start=0)
        with clear_errors(path, wait=wait):
            part.rename(path)
            settle(path.parent)


def migrate(path: Path, *, wait: float) -> None:
    """Bring a store to this program's version (升级库结构).

    A file that is not a store raises `store.not_a_store`, a damaged one `store.damaged`, a store of a newer program
    `store.newer`.
    """
    with connected(path, wait=wait) as database:
        found = version_of(database, path)
        current = found == len(MIGRATIONS) and not _register_changes(database)
    if current:
        return
    with sole_writer(path, wait=wait), transaction(path, wait=wait) as database:
        build(database, start=version_of(database, path))


def build(database: Database, *, start: int) -> None:
    """Run the migrations after version `start` (执行升级) and let the register tables follow the directory."""
    for migration in MIGRATIONS[start:]:
        migration(database)
    for statement in _register_changes(database):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def version_of(database: Database, path: Path) -> int:
    """Return the version of a store's tables (库结构版本); no store of this program, or a newer one, is refused."""
    application = database.execute("PRAGMA application_id").fetchone()[0]
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise SupervisionError("store.not_a_store", path=path, reason=f"application_id {application}")
    if found > len(MIGRATIONS):
        raise SupervisionError("store.newer", path=path, found=found, known=len(MIGRATIONS))
    return found


def _register_changes(database: Database) -> list[str]:
    statements: list[str] = []
    for kind in kinds():
        table = layout(kind)
        columns = database.execute(f"PRAGMA table_info({quoted(kind)})").fetchall()
        there = {row[1] for row in columns}
        if not there:
            statements.append(register_ddl(table))
            continue
        statements += [
            f"ALTER TABLE {quoted(kind)} ADD COLUMN {quoted(name)} {sql_type(dtype)}"
            for name, dtype in table.columns.items()
            if name not in there
        ]
        key = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
        if key != list(table.version):
            statements += _other_key(table)
    return statements


def _other_key(table: Layout) -> list[str]:
    """Return what gives a register another key (更换登记表主键): its rows stay, a new key column has its default."""
    old = quoted(f"{table.kind} before")
    blank = {column.name: column.default or "" for column in register(table.kind).columns}
    values = ", ".join(
        f"coalesce({quoted(name)}, '{blank[name]}')" if name in table.version else quoted(name)
        for name in table.columns
    )
    return [
        f"ALTER TABLE {quoted(table.kind)} RENAME TO {old}",
        register_ddl(table),
        f"INSERT INTO {quoted(table.kind)} ({listed(tuple(table.columns))}) SELECT {values} FROM {old}",
        f"DROP TABLE {old}",
    ]
