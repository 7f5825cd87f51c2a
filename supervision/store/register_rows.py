"""Rows into a register (登记表入库): sorted, staged in bulk, taken over in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from sqlite_utils import Database

from supervision.errors import SupervisionError
from supervision.store import bulk, changed_rows, column_copies, kept_digests, scratch
from supervision.store.arrow_columns import Cells, blanks, positions
from supervision.store.connection import connected
from supervision.store.layout import KNOWN_ON, Layout, listed, quoted
from supervision.store.register_standing import has_rows
from supervision.store.table_digest import TableDigest

CHUNK = 200_000  # rows at once: for each take Arrow joins the chunks in which the file was read


@dataclass(frozen=True, kw_only=True)
class Inserted:
    """What an import changed (入库结果): numbers of rows, and the rows that contradict what is on record.

    `conflicts` has one row for each differing cell: the key's columns, known_on, column, stored, offered (all str).
    """

    inserted: int
    unchanged: int
    conflicts: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Staged:
    """Rows that wait to be taken over (待入库行): the scratch file, how many, and the SHA-256 of their canonical CSV.

    `newest` is the latest known_on; `plain`: no row is another version of the row before it. `copy` is the digest of a
    copy of them by columns, "" without one.
    """

    path: Path
    rows: int
    digest: str
    newest: str
    plain: bool
    copy: str


def stage(store: Path, table: Layout, good: pd.DataFrame, *, copied: bool = False) -> Staged:
    """Write rows, sorted by version, to a scratch file (暂存待入库行).

    Where they will be a whole register of many rows, with `copied` a copy by columns is written as well.
    Errors: a column the register does not have, or no column for its key or known_on; a blank where a row is
    identified; two rows of one version.
    """
    _check_columns(table, good)
    rows = Cells(good, table.columns, table=table.kind)
    versions = blanks(rows.select(table.version), table.version)
    order = pc.sort_indices(versions, sort_keys=[(name, "ascending") for name in table.version])
    versions = versions.take(order)
    _check_versions(table, versions)
    newest, plain = pc.max(versions[KNOWN_ON]).as_py() or "", not _same(versions, table.key)
    del versions
    path = scratch.scratch_path(store, scratch.ROWS)
    with connected(store) as database:  # the very table of the store, so that SQLite can copy rows as they are
        ddl = database.execute("SELECT sql FROM sqlite_schema WHERE name = ?", [table.kind]).fetchone()[0]
        copied &= len(rows) > column_copies.MANY and not has_rows(database, table.kind)
    scratch.create(path, ddl)
    digest, copy = TableDigest(table.exchange, hash_name="sha256"), ""
    chunks = bulk.ahead(_chunks(rows, order, table, digest))
    if copied:
        with column_copies.Copying(store) as copying:
            bulk.load(path, table.kind, copying.beside(chunks))
        copy = copying.digest
    else:
        bulk.load(path, table.kind, chunks)
    return Staged(path=path, rows=len(rows), digest=digest.hexdigest(), newest=newest, plain=plain, copy=copy)


def _chunks(rows: Cells, order: pa.Array, table: Layout, digest: TableDigest) -> Iterator[pa.Table]:
    for start, count in positions(len(rows), CHUNK):
        cells = blanks(rows.take(order.slice(start, count)), table.version)
        digest.update(cells)
        yield cells


def _check_columns(table: Layout, good: pd.DataFrame) -> None:
    for name in good.columns:
        if name not in table.columns:
            known = " ".join(table.columns)
            raise SupervisionError("store.unknown_column", table=table.kind, column=name, known=known)
    for name in (table.key[0], KNOWN_ON):
        if name not in good.columns:
            raise SupervisionError("store.missing_column", table=table.kind, column=name)


def _check_versions(table: Layout, rows: pa.Table) -> None:
    for name in (table.key[0], KNOWN_ON):
        blank = pc.sum(pc.or_kleene(pc.is_null(rows[name]), pc.equal(rows[name], "")), min_count=0).as_py()
        if blank:
            raise SupervisionError("store.blank_cell", table=table.kind, column=name, rows=blank)
    repeated = _same(rows, table.version)
    if len(repeated):
        key = " ".join(str(rows[name][repeated[0].as_py()]) for name in table.version)
        raise SupervisionError("store.repeated_row", table=table.kind, rows=len(repeated), key=key)


def _same(rows: pa.Table, columns: tuple[str, ...]) -> pa.Array:
    """The numbers of the rows that say in some columns what the next row says."""
    same = pa.chunked_array([pa.repeat(True, max(len(rows) - 1, 0))])
    for name in columns:
        same = pc.and_(same, pc.equal(rows[name].slice(0, len(same)), rows[name].slice(1)))
    return pc.indices_nonzero(same)


def take_over(database: Database, table: Layout, staged: Staged) -> Inserted:
    """Insert the staged rows that are new (并入登记表) inside the transaction that is open; name the rest.

    The scratch file is attached as `incoming`. Where they are the whole register, their digest is kept as its own.
    """
    kind, offered = quoted(table.kind), staged.rows
    if not has_rows(database, table.kind):
        with kept_digests.unguarded(database, table.kind):
            database.execute(f"INSERT INTO main.{kind} SELECT * FROM incoming.{kind}")
        if staged.plain and offered:
            kept_digests.keep(database, table.kind, staged.digest, first=staged.newest, hash_name="sha256")
        if staged.copy:
            kept_digests.keep(database, table.kind, staged.copy, first="", hash_name=kept_digests.COLUMNS)
        changed_rows.count(database, table.kind, inserted=offered, first=True)
        return Inserted(inserted=offered, unchanged=0, conflicts=_no_conflicts(table))
    kept_digests.guard(database, table.kind)  # triggers fail where somebody took away what they write to
    conflicts = _conflicts(database, table)
    names = listed(tuple(table.columns))
    cursor = database.execute(f"INSERT OR IGNORE INTO main.{kind} ({names}) SELECT {names} FROM incoming.{kind}")
    differing = database.execute("SELECT count(*) FROM temp.differing").fetchone()[0]
    database.execute("DROP TABLE temp.differing")
    inserted = cursor.rowcount
    changed_rows.count(database, table.kind, inserted=inserted, first=False)
    return Inserted(inserted=inserted, unchanged=offered - inserted - differing, conflicts=conflicts)


def compare(database: Database, table: Layout, offered: int) -> Inserted:
    """Say what `take_over` would change (比对登记表), and change nothing; the scratch file is `incoming`."""
    kind = quoted(table.kind)
    conflicts = _conflicts(database, table)
    differing = database.execute("SELECT count(*) FROM temp.differing").fetchone()[0]
    database.execute("DROP TABLE temp.differing")
    query = f"SELECT count(*) FROM incoming.{kind} JOIN main.{kind} USING ({listed(table.version)})"
    there = database.execute(query).fetchone()[0]
    return Inserted(inserted=offered - there, unchanged=there - differing, conflicts=conflicts)


def _no_conflicts(table: Layout) -> pd.DataFrame:
    return pd.DataFrame(columns=[*table.version, "column", "stored", "offered"], dtype="str")


def _conflicts(database: Database, table: Layout) -> pd.DataFrame:
    kind, version = quoted(table.kind), table.version
    others = [name for name in table.columns if name not in version]
    differs = " OR ".join(f"old.{quoted(name)} IS NOT new.{quoted(name)}" for name in others) or "0"
    columns = enumerate(map(quoted, others))
    pairs = [f"old.{column} AS old_{place}, new.{column} AS new_{place}" for place, column in columns]
    database.execute(
        f"CREATE TEMP TABLE differing AS SELECT {', '.join([listed(version, 'new.'), *pairs])} "
        f"FROM incoming.{kind} AS new JOIN main.{kind} AS old USING ({listed(version)}) WHERE {differs}"
    )
    found = [_no_conflicts(table)]
    for place, name in enumerate(others):
        old, new = f"old_{place}", f"new_{place}"
        rows = database.execute(
            f"SELECT {listed(version)}, ?, CAST({old} AS TEXT), CAST({new} AS TEXT) FROM temp.differing "
            f"WHERE {old} IS NOT {new}",
            [name],
        ).fetchall()
        if rows:
            found.append(pd.DataFrame(rows, columns=found[0].columns, dtype="str"))
    return pd.concat(found, ignore_index=True).sort_values([*version, "column"], ignore_index=True)
