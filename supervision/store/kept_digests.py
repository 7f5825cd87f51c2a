"""Digests of registers that are kept (保存的登记表摘要): a city's register is not read again only to be hashed.

A kept digest stands as long as no row changes. Triggers forget it with every row that is inserted, changed or deleted,
by whatever program writes the file: what is edited by hand is hashed anew. Only the first import of a register, which
puts millions of rows at once, takes the triggers away for the length of its transaction. A digest counts only beside
its triggers and for the columns that it was made of; `soundness` makes all of them again and compares. As this program
only adds rows, the triggers also note every row that was changed or deleted (`changed_rows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from sqlite_utils import Database

from supervision.directory.register import kinds
from supervision.store import changed_rows
from supervision.store.layout import layout, quoted

EVENTS = ("INSERT", "UPDATE", "DELETE")
ALWAYS = date.max.isoformat()
NEVER = ("9", "")  # no day is after the first and before the second
ANY_DAY = ("", ALWAYS)
COLUMNS = "columns-1"  # not a hash: the digest is that of a copy of the register (`column_copies`), with all its days
_TABLE = """CREATE TABLE IF NOT EXISTS kept_digests (
    kind TEXT NOT NULL, hash_name TEXT NOT NULL, header TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL,
    digest TEXT NOT NULL, PRIMARY KEY (kind, hash_name)) WITHOUT ROWID"""


def known(database: Database, *, on: date, hash_name: str) -> dict[str, str]:
    """Return the kept digests of registers as known on a day (已保存的摘要), kind → hex."""
    query = "SELECT kind, header, digest FROM kept_digests WHERE hash_name = ? AND ? BETWEEN first AND last"
    rows = database.execute(query, [hash_name, on.isoformat()]).fetchall() if _is_there(database) else []
    return {kind: digest for kind, header, digest in rows if _counts(database, kind, header)}


def copies(database: Database) -> dict[str, str]:
    """Return the digests of the copies by columns that count (列式副本的摘要), kind → hex."""
    return known(database, on=date.max, hash_name=COLUMNS)


def copy_of(database: Database, kind: str) -> str | None:
    """Return the digest of a register's copy by columns (某登记表副本的摘要), hex; None where none counts."""
    query = "SELECT header, digest FROM kept_digests WHERE kind = ? AND hash_name = ? AND first <= last"
    row = database.execute(query, [kind, COLUMNS]).fetchone() if _is_there(database) else None
    return str(row[1]) if row is not None and _counts(database, kind, row[0]) else None


def all_kept(database: Database) -> list[tuple[str, str, date, str]]:
    """Return every kept digest that counts (全部已保存的摘要): kind, hash, the last day that it is of, hex."""
    query = (
        "SELECT kind, header, hash_name, last, digest FROM kept_digests WHERE first <= last AND hash_name <> ? "
        "ORDER BY kind, hash_name"
    )
    rows = database.execute(query, [COLUMNS]).fetchall() if _is_there(database) else []
    return [
        (kind, hash_name, date.fromisoformat(last), digest)
        for kind, header, hash_name, last, digest in rows
        if _counts(database, kind, header)
    ]


def keep(database: Database, kind: str, digest: str, *, first: str, hash_name: str) -> None:
    """Keep the digest of a register (保存摘要) that holds for every day from `first` on ("": any), as it stands."""
    guard(database, kind)
    _put(database, kind, hash_name, (first, ALWAYS), digest)


def ask(database: Database, kinds: Iterable[str], *, hash_name: str, token: str) -> None:
    """Say that digests are being made (登记待算摘要): a row that changes meanwhile takes the `token` away."""
    for kind in kinds:
        guard(database, kind)
        _put(database, kind, hash_name, NEVER, token)


def answer(database: Database, found: Mapping[str, str], *, days: tuple[str, str], hash_name: str, token: str) -> None:
    """Keep the digests that were asked for (保存算得的摘要), of `days`; those whose register changed are not kept."""
    for kind, digest in found.items():
        row = [*days, digest, kind, hash_name, token]
        query = (
            "UPDATE kept_digests SET first = ?, last = ?, digest = ? WHERE kind = ? AND hash_name = ? AND digest = ?"
        )
        database.execute(query, row)


def guard(database: Database, kind: str) -> None:
    """Make a change of a register forget its digests (登记表变动即作废摘要); what was kept before that is forgotten."""
    if _is_there(database) and _is_guarded(database, kind):
        return
    database.execute(_TABLE)
    changed_rows.create(database)
    database.execute("DELETE FROM kept_digests WHERE kind = ?", [kind])
    for name, statement in _triggers(kind).items():
        database.execute(f"DROP TRIGGER IF EXISTS {name}")
        database.execute(statement)


@contextmanager
def unguarded(database: Database, kind: str) -> Iterator[None]:
    """Put all rows of an empty register at once (整表写入): SQLite copies whole rows where there is no trigger.

    Nothing is kept of the register afterwards.
    """
    for name in _triggers(kind):
        database.execute(f"DROP TRIGGER IF EXISTS main.{name}")
    yield
    guard(database, kind)


def _put(database: Database, kind: str, hash_name: str, days: tuple[str, str], digest: str) -> None:
    row = [kind, hash_name, _header(database, kind), *days, digest]
    database.execute("INSERT OR REPLACE INTO kept_digests VALUES (?, ?, ?, ?, ?, ?)", row)


def _counts(database: Database, kind: str, header: str) -> bool:
    return kind in kinds() and header == _header(database, kind) and _is_guarded(database, kind)


def _header(database: Database, kind: str) -> str:
    """The columns as this program writes them, and as the table has them: no trigger sees it when they are renamed."""
    query = "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?"
    made = database.execute(query, [kind]).fetchone()[0]
    return ",".join(layout(kind).exchange) + "\n" + str(made)


def _is_there(database: Database) -> bool:
    query = "SELECT EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'kept_digests')"
    return bool(database.execute(query).fetchone()[0])


def _is_guarded(database: Database, kind: str) -> bool:
    query = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ?"
    found: dict[str, str] = dict(database.execute(query, [kind]).fetchall())
    return all(found.get(name) == statement for name, statement in _triggers(kind).items())


def _triggers(kind: str) -> dict[str, str]:
    """The triggers of a register by their names, each as SQLite keeps its text."""
    forget = f"DELETE FROM kept_digests WHERE kind = '{kind}';"
    does = dict.fromkeys(EVENTS, forget)
    does |= {event: f"{forget} {changed_rows.noting(kind, event)}" for event in changed_rows.EVENTS}
    names = {event: f"kept_digests_{kind}_{event.lower()}" for event in EVENTS}
    return {
        name: f"CREATE TRIGGER {name} AFTER {event} ON {quoted(kind)} BEGIN {does[event]} END"
        for event, name in names.items()
    }
