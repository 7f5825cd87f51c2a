"""Versions of the store's own tables (库结构版本): one function a version, run in order inside one transaction.

A migration that has been released is never edited; a change is a new function at the end. Register tables need none:
they follow the column lists of the directory; a new register or column is added when a store is opened, a register
with another key is written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path

from sqlite_utils import Database

from supervision.directory.register import kinds
from supervision.errors import SupervisionError
from supervision.store.connection import PAGE, clear_errors, connected, sole_writer, transaction
from supervision.store.layout import Layout, layout, listed, quoted, register_ddl, sql_type

APPLICATION = 0x53534A31  # "SSJ1"


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
    """2: two visits of a unit on one day are two records; before, the key of the history did not have visit_no."""
    there = [row[1] for row in database.execute("PRAGMA table_info(history)").fetchall()]
    for statement in _written_anew(layout("history"), there) if there else ():
        database.execute(statement)


MIGRATIONS: list[Callable[[Database], None]] = [_first_tables, _visits_in_history]


def create(path: Path, *, wait: float) -> None:
    """Make an empty store (新建库); it is whole when it appears. A file that is there raises `store.exists`."""
    if path.exists():
        raise SupervisionError("store.exists", path=path)
    with sole_writer(path, wait=wait):
        part = path.with_name(path.name + ".part")
        with clear_errors(path, wait=wait):
            part.unlink(missing_ok=True)
            part.touch()
        with connected(part, wait=wait) as database:
            database.execute(f"PRAGMA page_size = {PAGE}")
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(f"PRAGMA application_id = {APPLICATION}")
        with transaction(part, wait=wait) as database:
            build(database, start=0)
        with clear_errors(path, wait=wait):
            part.rename(path)


def migrate(path: Path, *, wait: float) -> None:
    """Bring a store to this program's version (升级库结构).

    A file that is not a store raises `store.not_a_store`, a store of a newer program `store.newer`.
    """
    with connected(path, wait=wait) as database:
        found = _version(database, path)
        current = found == len(MIGRATIONS) and not _register_changes(database)
    if current:
        return
    with sole_writer(path, wait=wait), transaction(path, wait=wait) as database:
        build(database, start=_version(database, path))


def build(database: Database, *, start: int) -> None:
    """Run the migrations after version `start` (执行升级) and let the register tables follow the directory."""
    for migration in MIGRATIONS[start:]:
        migration(database)
    for statement in _register_changes(database):
        database.execute(statement)
    database.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(database: Database, path: Path) -> int:
    application = database.execute("PRAGMA application_id").fetchone()[0]
    found: int = database.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION:
        raise SupervisionError("store.not_a_store", path=path, reason=f"application_id {application}")
    if found > len(MIGRATIONS):
        raise SupervisionError("store.newer", path=path, found=found, known=len(MIGRATIONS))
    return found


def _register_changes(database: Database) -> list[str]:
    statements = []
    for kind in kinds():
        table = layout(kind)
        rows = database.execute(f"PRAGMA table_info({quoted(kind)})").fetchall()
        there = {row[1]: row[2] for row in rows}
        if not there:
            statements.append(register_ddl(table))
        elif tuple(row[1] for row in sorted(rows, key=lambda row: int(row[5])) if row[5]) != table.version:
            statements += _written_anew(table, there)
        else:
            statements += [
                f"ALTER TABLE {quoted(kind)} ADD COLUMN {quoted(name)} {sql_type(dtype)}"
                for name, dtype in table.columns.items()
                if name not in there
            ]
    return statements


def _written_anew(table: Layout, there: Collection[str]) -> list[str]:
    """Return the statements that move a register's rows under another primary key (重建登记表).

    No row is lost: keys only grow. A column that is new in the key is blank in the rows that were there.
    """
    kind, before = quoted(table.kind), quoted(f"{table.kind} before")
    both = tuple(name for name in table.columns if name in there)
    new = tuple(name for name in table.version if name not in there)
    values = [f"coalesce({quoted(name)}, '')" if name in table.version else quoted(name) for name in both]
    values += ["''"] * len(new)
    return [
        f"ALTER TABLE {kind} RENAME TO {before}",
        register_ddl(table),
        f"INSERT INTO {kind} ({listed((*both, *new))}) SELECT {', '.join(values)} FROM {before}",
        f"DROP TABLE {before}",
    ]
