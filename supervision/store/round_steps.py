"""One step of a round (批次步骤): what it puts waits in scratch files and becomes the record in one transaction."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pandas as pd
import pyarrow as pa
from sqlite_utils import Database

from supervision.canonical import canonical_json
from supervision.errors import SupervisionError
from supervision.store import bulk, contents, log, scratch
from supervision.store.arrow_columns import Cells, dtypes, positions
from supervision.store.connection import clear_errors, files_folder
from supervision.store.layout import listed, quoted
from supervision.store.table_digest import TableDigest, table_digest

CHUNK = 65_536
Published = Callable[[str], str | None]
ROUND, ROW = "_round", "_row"
TABLE = "table/"  # before the name of a table among what a step puts
NAME = re.compile(r"[A-Za-z0-9._-]{1,40}")


def check_name(value: str, *, what: str) -> str:
    """Return a round's, step's or table's name (检查名称); another one raises `store.name`."""
    if not NAME.fullmatch(value) or value == log.REGISTERS:
        raise SupervisionError("store.name", value=value, what=what, longest=40)
    return value


def table_name(name: str) -> str:
    """Return the SQLite table of a round's table (批次表的库内表名): registers keep the plain names."""
    return f"round_{name}"


def table_halves(ask: bulk.Ask, table: str, round: str) -> list[str]:
    """Return conditions that part a round's table in two (分两半读取), in order."""
    last = ask(f"SELECT max({ROW}) FROM {quoted(table)} WHERE {ROUND} = '{round}'") or 0
    return [f"{ROW} <= {last // 2}", f"{ROW} > {last // 2}"]


def _chunks(cells: Cells, digest: TableDigest) -> Iterator[pa.Table]:
    for start, count in positions(len(cells), CHUNK):
        chunk = cells.slice(start, count)
        digest.update(chunk)
        yield chunk


def table_rows_digest(store: Path, round: str, name: str, columns: Mapping[str, str]) -> str:
    """Return the SHA-256 of a table's rows as they stand (批次表各行摘要): the one on record, or they were changed."""
    read, where = {ROW: "int64", **columns}, f"{ROUND} = '{round}'"
    chunks = bulk.scan(store, table_name(name), read, where=where, order=(ROW,)) if columns else ()
    return table_digest(tuple(columns), chunks, hash_name="sha256")


class Step:
    """A step while it works (进行中的步骤); made by `Store.step`.

    What is put here can be read from the store only after the step has finished.
    """

    def __init__(self, store: Path, *, round: str, name: str) -> None:
        self.round = check_name(round, what="round")
        self.name = check_name(name, what="step")
        self._folder = files_folder(store)
        self._rows = scratch.scratch_path(store, scratch.ROWS)
        self._files = scratch.scratch_path(store, scratch.FILES)
        self._tables: dict[str, dict[str, str]] = {}
        self.outputs: dict[str, str] = {}
        scratch.create(self._rows)
        columns = "path TEXT PRIMARY KEY, digest TEXT, size INTEGER, content BLOB"
        scratch.create(self._files, f"CREATE TABLE files ({columns})")

    @property
    def scratch(self) -> tuple[Path, Path]:
        """The scratch files that `take_over` reads (暂存库)."""
        return self._rows, self._files

    def put(self, path: str, content: bytes | Path) -> str:
        """Keep a file of the round (存放批次文件) and return its SHA-256 as hex.

        `path` is relative, parted by `/`; `content` its bytes or a file on the disk, which is copied. A second file
        of the same path replaces the first.
        """
        contents.check_path(path)
        with clear_errors(self._folder):
            size = content.stat().st_size if isinstance(content, Path) else len(content)
            inside = None
            if size > contents.LARGEST_INSIDE:
                digest = contents.keep_beside(self._folder, content)
            else:
                inside = content.read_bytes() if isinstance(content, Path) else content
                size, digest = len(inside), hashlib.sha256(inside).hexdigest()
            with closing(sqlite3.connect(self._files, isolation_level=None)) as connection:
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", [path, digest, size, inside])
        self.outputs[path] = digest
        return digest

    def table(self, name: str, frame: pd.DataFrame) -> str:
        """Keep a table of the round (存放批次表) and return the SHA-256 of its canonical CSV as hex.

        Rows keep their order, columns their dtype (text becomes str, dates datetime64[s]); the index is not kept.
        The rows that the round had under this name are replaced when the step finishes.
        """
        check_name(name, what="table")
        columns = dtypes(frame, table=name)
        if len({column.lower() for column in frame.columns} | {ROUND, ROW}) != len(frame.columns) + 2:
            doubled = " ".join(frame.columns)
            raise SupervisionError("store.repeated_column", table=name, columns=doubled)
        cells = Cells(frame, columns, table=name)
        body = ", ".join([f"{ROW} INTEGER PRIMARY KEY", *map(quoted, columns)])
        scratch.extend(self._rows, f"DROP TABLE IF EXISTS {quoted(name)}", f"CREATE TABLE {quoted(name)} ({body})")
        digest = TableDigest(tuple(columns), hash_name="sha256")
        if columns:
            bulk.load(self._rows, name, bulk.ahead(_chunks(cells, digest)))
        self._tables[name] = columns
        self.outputs[f"{TABLE}{name}"] = digest.hexdigest()
        return digest.hexdigest()

    def take_over(
        self, database: Database, *, kind: str, who: str, at: str, inputs: Mapping[str, str], published: Published
    ) -> bool:
        """Make what was put the record (并入正式记录) in the open transaction; False when it already was.

        `kind` is what the log calls the step; it names those outputs that `published` gives a path.

        The scratch files are attached to `database` as `incoming` and `incoming_files`.
        """
        if self._on_record(database) == self.outputs:
            before = log.last_inputs(database, scope=self.round, step=self.name)
            if before == canonical_json(dict(inputs)):
                return False
        database.execute("INSERT OR IGNORE INTO rounds (round, opened_at) VALUES (?, ?)", [self.round, at])
        self._remove_before(database)
        database.execute(
            "INSERT OR REPLACE INTO main.files (round, path, step, digest, size, content) "
            "SELECT ?, path, ?, digest, size, content FROM incoming_files.files ORDER BY path",
            [self.round, self.name],
        )
        for name, columns in self._tables.items():
            self._take_table(database, name, columns)
        named = {published(path): digest for path, digest in sorted(self.outputs.items())}
        outputs = {path: digest for path, digest in named.items() if path is not None}
        entry = log.Entry(step=kind, who=who, at=at, inputs=inputs, outputs=outputs)
        log.append(database, entry, scope=self.round, name=self.name, put=self.outputs)
        return True

    def _on_record(self, database: Database) -> dict[str, str]:
        query = (
            "SELECT path, digest FROM main.files WHERE round = ? AND step = ? "
            "UNION ALL SELECT 'table/' || name, digest FROM main.round_tables WHERE round = ? AND step = ?"
        )
        rows = database.execute(query, [self.round, self.name] * 2).fetchall()
        return {row[0]: row[1] for row in rows}

    def _remove_before(self, database: Database) -> None:
        which = [self.round, self.name]
        database.execute("DELETE FROM main.files WHERE round = ? AND step = ?", which)
        names = database.execute("SELECT name FROM main.round_tables WHERE round = ? AND step = ?", which).fetchall()
        for name in {row[0] for row in names} | set(self._tables):
            if database[table_name(name)].exists():
                database.execute(f"DELETE FROM main.{quoted(table_name(name))} WHERE {ROUND} = ?", [self.round])
            database.execute("DELETE FROM main.round_tables WHERE round = ? AND name = ?", [self.round, name])

    def _take_table(self, database: Database, name: str, columns: Mapping[str, str]) -> None:
        table = quoted(table_name(name))
        there = {row[1] for row in database.execute(f"PRAGMA main.table_info({table})").fetchall()}
        if not there:
            key = f"{ROUND} TEXT NOT NULL, {ROW} INTEGER NOT NULL"
            body = ", ".join([key, *map(quoted, columns), f"PRIMARY KEY ({ROUND}, {ROW})"])
            database.execute(f"CREATE TABLE main.{table} ({body}) WITHOUT ROWID")
        for column in columns if there else ():
            if column not in there:
                database.execute(f"ALTER TABLE main.{table} ADD COLUMN {quoted(column)}")
        names = listed((ROW, *columns))
        source = f"incoming.{quoted(name)} ORDER BY {ROW}"
        insertion = f"INSERT INTO main.{table} ({ROUND}, {names}) SELECT ?, {names} FROM {source}"
        cursor = database.execute(insertion, [self.round])
        described = json.dumps(dict(columns), ensure_ascii=False)
        row = [self.round, name, self.name, self.outputs[f"{TABLE}{name}"], cursor.rowcount, described]
        database.execute("INSERT INTO main.round_tables VALUES (?, ?, ?, ?, ?, ?)", row)
