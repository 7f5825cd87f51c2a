"""Rows of registers that were changed by hand (登记表被直接改动的痕迹): this program only ever adds rows.

A later import does not hide it: triggers note that rows were changed or removed, by whatever program writes the file,
and the rows that imports put are counted, so that one that nobody imported is noticed as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from supervision.store.layout import quoted

EVENTS = ("UPDATE", "DELETE")
_TABLES = (
    """CREATE TABLE IF NOT EXISTS changed_rows (
        kind TEXT NOT NULL, event TEXT NOT NULL, rows INTEGER NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
        PRIMARY KEY (kind, event)) WITHOUT ROWID""",
    "CREATE TABLE IF NOT EXISTS imported_rows (kind TEXT PRIMARY KEY, rows INTEGER NOT NULL) WITHOUT ROWID",
)


@dataclass(frozen=True, kw_only=True)
class Changed:
    """What was changed by hand in a register (直接改动): rows updated and deleted, first and last time (UTC).

    `imported` is how many rows the imports put, `there` how many stand; both are 0 where imports were not counted.
    """

    kind: str
    updated: int
    deleted: int
    first: str
    last: str
    imported: int
    there: int


def create(database: Database) -> None:
    """Make the tables where they are not there (建表)."""
    for statement in _TABLES:
        database.execute(statement)


def noting(kind: str, event: str) -> str:
    """Return the statement by which a trigger notes a row (触发器记录语句): UPDATE or DELETE."""
    now = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')"
    return (
        f"INSERT INTO changed_rows VALUES ('{kind}', '{event}', 1, {now}, {now}) "
        f"ON CONFLICT (kind, event) DO UPDATE SET rows = rows + 1, last = {now};"
    )


def count(database: Database, kind: str, *, inserted: int, first: bool) -> None:
    """Count the rows that an import put (累计导入行数): from the `first` import of a register on."""
    create(database)
    if first:
        database.execute("INSERT OR REPLACE INTO imported_rows VALUES (?, ?)", [kind, inserted])
    else:
        database.execute("UPDATE imported_rows SET rows = rows + ? WHERE kind = ?", [inserted, kind])


def found(database: Database) -> list[Changed]:
    """Return the registers that were changed by hand (被直接改动的登记表), sorted by kind."""
    if not database["imported_rows"].exists():
        return []
    noted: dict[str, dict[str, tuple[int, str, str]]] = {}
    for kind, event, rows, first, last in database.execute("SELECT * FROM changed_rows").fetchall():
        noted.setdefault(kind, {})[event] = (rows, first, last)
    counted = dict(database.execute("SELECT kind, rows FROM imported_rows").fetchall())
    changed = []
    for kind in sorted(noted.keys() | counted.keys()):
        there = database.execute(f"SELECT count(*) FROM {quoted(kind)}").fetchone()[0] if kind in counted else 0
        events = noted.get(kind, {})
        if events or there != counted.get(kind, 0):
            updated, deleted = (events.get(event, (0, "", ""))[0] for event in EVENTS)
            times = [time for event in events.values() for time in event[1:]]
            changed.append(
                Changed(kind=kind, updated=updated, deleted=deleted, first=min(times, default=""),
                        last=max(times, default=""), imported=counted.get(kind, 0), there=there)
            )  # fmt: skip
    return changed
