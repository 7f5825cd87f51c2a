"""The log of acts (操作日志): who came, did what, read which sealed list; chained as the store's log is."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from sqlite_utils import Database

from supervision.canonical import canonical_json, digest
from supervision.desk.desk_file import DeskFile
from supervision.month.city import beijing_now
from supervision.store import log

SCOPE = "desk"


def note(file: DeskFile, act: str, *, who: str, about: Mapping[str, str] | None = None) -> None:
    """Write an act into the log (记入操作日志): what, who, and about what – names of rounds, visits, files; no values.

    `about` may hold what nobody outside may read, so the entry names it in clear and stays in this file.
    """
    with file.writing() as database:
        append(database, act, who=who, about=about or {})


def append(database: sqlite3.Connection, act: str, *, who: str, about: Mapping[str, str]) -> None:
    """Write an act into the log with what else a transaction writes (在同一事务中记入)."""
    entry = log.Entry(step=act, who=who, at=beijing_now().isoformat(), inputs=dict(about), outputs={})
    log.append(Database(database, execute_plugins=False), entry, scope=SCOPE, name=act)


def all_lines(file: DeskFile) -> bytes:
    """Return the whole log as JSON lines (操作日志全文), to be checked by `supervision.store.log.verify_log`."""
    with file.reading() as database:
        return log.lines(Database(database, execute_plugins=False), scope=SCOPE)


def fingerprint(content: object) -> str:
    """Return the SHA-256 of a JSON value (内容指纹), hex: tells whether two people saw the same."""
    return digest("sha256", canonical_json(content)).hex()
