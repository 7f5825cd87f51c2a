"""The desk's own file (工作台记录): accounts, sessions, drafts, what was sent, jobs and the log of acts.

It is a file of its own, `<store>.desk`, so that a draft can be kept while a step holds the store for minutes. Only
SQLite of Python opens it, so several threads may (see supervision.store.connection on why the store differs).
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from supervision.errors import SupervisionError
from supervision.store.connection import clear_errors, desk_place

VERSION = 2
WAIT = 5.0
SENT = """
CREATE TABLE sent (
    id INTEGER PRIMARY KEY, place TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, version INTEGER NOT NULL,
    content TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, ended REAL NOT NULL);
CREATE UNIQUE INDEX sent_one ON sent (place) WHERE state = 'waiting';
CREATE INDEX sent_of ON sent (place, id);
"""
TABLES = f"""{SENT}
CREATE TABLE account (
    name TEXT PRIMARY KEY, display TEXT NOT NULL, password TEXT NOT NULL, roles TEXT NOT NULL, office TEXT NOT NULL,
    active INTEGER NOT NULL, failed INTEGER NOT NULL, locked_until REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE session (
    token TEXT PRIMARY KEY, name TEXT NOT NULL REFERENCES account (name), seen REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE draft (
    place TEXT PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, content TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE job (
    id INTEGER PRIMARY KEY, work TEXT NOT NULL, params TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,
    state TEXT NOT NULL, pid INTEGER NOT NULL, beat REAL NOT NULL, doing TEXT NOT NULL, report TEXT NOT NULL,
    ended TEXT NOT NULL);
CREATE UNIQUE INDEX job_one ON job (state) WHERE state = 'running';
CREATE TABLE log (
    scope TEXT NOT NULL, seq INTEGER NOT NULL, step TEXT NOT NULL, entry TEXT NOT NULL, PRIMARY KEY (scope, seq))
    WITHOUT ROWID;
CREATE TABLE kept (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class DeskFile:
    """The desk's own file (工作台记录文件), made where it is not there: mode 600, for it holds password hashes."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, store: Path) -> DeskFile:
        """Open the file beside a store (打开记录文件), or make it; a store must be there."""
        if not store.is_file():
            raise SupervisionError("store.missing", path=store)
        file = cls(desk_place(store))
        if not file.path.exists():
            file._make()
        with file.writing() as database:
            found = database.execute("PRAGMA user_version").fetchone()[0]
            if found == 1:  # of a desk before results were queued
                for statement in filter(str.strip, SENT.split(";")):
                    database.execute(statement)
                database.execute(f"PRAGMA user_version = {VERSION}")
                found = VERSION
        if found != VERSION:
            raise SupervisionError("desk.file_version", file=file.path, found=found, known=VERSION)
        return file

    def _make(self) -> None:
        part = self.path.with_name(f"{self.path.name}.{secrets.token_hex(4)}.part")
        with clear_errors(self.path):
            part.touch(mode=0o600)
            try:
                with closing(sqlite3.connect(part, isolation_level=None)) as database:
                    database.execute("PRAGMA journal_mode = WAL")
                    database.executescript(TABLES)
                    database.execute("INSERT INTO kept VALUES ('secret', ?)", [secrets.token_hex(32)])
                    database.execute(f"PRAGMA user_version = {VERSION}")
                if not self.path.exists():  # another desk may have been quicker
                    part.rename(self.path)
            finally:
                part.unlink(missing_ok=True)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the file for the length of a block (读取)."""
        with clear_errors(self.path, wait=WAIT):
            uri = f"{self.path.absolute().as_uri()}?mode=rw"
            with closing(sqlite3.connect(uri, uri=True, timeout=WAIT, isolation_level=None)) as database:
                database.row_factory = sqlite3.Row
                yield database

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run a block as one transaction (事务): all of it stands afterwards or nothing."""
        with self.reading() as database:
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")

    @property
    def secret(self) -> str:
        """The key that signs cookies (会话密钥), hex; it never leaves the file."""
        with self.reading() as database:
            found: str = database.execute("SELECT value FROM kept WHERE name = 'secret'").fetchone()[0]
        return found
