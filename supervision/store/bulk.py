"""Whole columns in and out of SQLite (批量读写) through the ADBC driver, in chunks, so that memory stays bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import adbc_driver_manager
import adbc_driver_sqlite.dbapi as adbc
import pyarrow as pa

from supervision.errors import SupervisionError
from supervision.store.connection import MAX_WAIT
from supervision.store.layout import listed, quoted, sql_type, typical
from supervision.store.store_header import unreadable

ROWS = 65536

Ask = Callable[[str], Any]
"""Gives the first cell of a query (单值查询), None without a row."""


def nothing(columns: Mapping[str, str]) -> pa.Table:
    """Return no rows of stored cells (空表) with the columns given as column → pandas dtype."""
    types = {"TEXT": pa.string(), "REAL": pa.float64(), "INTEGER": pa.int64()}
    return pa.table({name: pa.array([], types[sql_type(dtype)]) for name, dtype in columns.items()})


@contextmanager
def _cursor(path: Path, *pragmas: str) -> Iterator[Any]:
    try:
        uri = f"{path.absolute().as_uri()}?mode=rw"
        with closing(adbc.connect(uri, autocommit=True)) as connection, closing(connection.cursor()) as cursor:
            for pragma in pragmas:
                cursor.execute(f"PRAGMA {pragma}")
                cursor.fetchall()
            yield cursor
    except adbc_driver_manager.Error as error:
        reason = str(error).splitlines()[0]
        if "locked" in reason or "busy" in reason:
            raise SupervisionError("store.busy", path=path, seconds=f"{MAX_WAIT:g}") from error
        if "malformed" in reason or "not a database" in reason:
            raise unreadable(path, reason) from error
        code = "store.disk_full" if "full" in reason else "store.failed"
        raise SupervisionError(code, path=path, reason=reason) from error


def load(path: Path, table: str, chunks: Iterable[pa.Table]) -> None:
    """Append chunks to a table of a scratch file (批量写入暂存库); the file is worth nothing until this returns."""
    pragmas = ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "cache_size = -65536")
    with _cursor(path, *pragmas) as cursor:
        connection = cursor.connection.adbc_connection
        connection.set_autocommit(False)
        for chunk in chunks:
            cursor.adbc_ingest(table, chunk, mode="append")
        connection.commit()


def ahead(chunks: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """Yield chunks while the next one is being made (预先生成): Arrow and SQLite both let go of the interpreter."""
    with ThreadPoolExecutor(max_workers=1) as maker:
        coming = maker.submit(next, chunks, None)
        while (ready := coming.result()) is not None:
            coming = maker.submit(next, chunks, None)
            yield ready


@contextmanager
def asking(path: Path) -> Iterator[Ask]:
    """Give what asks single cells on one connection of the driver (单值查询).

    Python's own SQLite must not have the file open beside the driver's (see `connection`).
    """
    with _cursor(path, f"busy_timeout = {int(MAX_WAIT * 1000)}") as cursor:

        def ask(query: str) -> Any:
            cursor.execute(query)
            rows = cursor.fetchall()  # to the end: an unfinished query would go on seeing what it saw
            return rows[0][0] if rows else None

        yield ask


def scan(
    path: Path, table: str, columns: Mapping[str, str], *, where: str, order: tuple[str, ...]
) -> Iterator[pa.Table]:
    """Read columns of a table in order, chunk by chunk (分块读取).

    `columns` maps column → pandas dtype and holds the columns of `order`. The driver takes a column's type from the
    first row, which may be blank; so the query begins with a row of typical values, and it is dropped here.
    """
    sample = ", ".join(f"{typical(dtype)} AS {quoted(name)}" for name, dtype in columns.items())
    names = listed(tuple(columns))
    query = f"SELECT {sample} UNION ALL SELECT {names} FROM {quoted(table)} WHERE {where} ORDER BY {listed(order)}"
    with _cursor(path, f"busy_timeout = {int(MAX_WAIT * 1000)}", "cache_size = -65536") as cursor:
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": ROWS})
        cursor.execute(query)
        skip = 1
        for batch in cursor.fetch_record_batch():
            yield pa.Table.from_batches([batch.slice(skip)])
            skip = 0
