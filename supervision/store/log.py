"""The log (日志): one canonical JSON entry for each finished step, each holding the digest of the one before it.

An entry: {"at","inputs","outputs","previous","seq","step","who"}, draw protocol 2, section 9. A scope is a round or
"registers"; `seq` counts from 1 in it; `previous` is the SHA-256 of the bytes of the entry before, null in the first;
`inputs` and `outputs` map what was read and written, by its path where it is published, to its SHA-256. The store knows
a step by its `name`, which tells supplements apart; the entry says what kind of `step` it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sqlite_utils import Database

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError
from supervision.store import last_entries
from supervision.store.last_entries import LastEntry

REGISTERS = "registers"
FIELDS = {"at", "inputs", "outputs", "previous", "seq", "step", "who"}


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What a step tells the log (日志条目); sequence and digest of the entry before are added when it is written."""

    step: str
    who: str
    at: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]


def append(
    database: Database, entry: Entry, *, scope: str, name: str, put: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write the next entry of a scope (追加日志) inside the transaction that is open; `name` is the store's own.

    `put`: all that the step put on record, path → SHA-256, whether the entry names it or not.
    """
    last = database.execute("SELECT seq, entry FROM log WHERE scope = ? ORDER BY seq DESC LIMIT 1", [scope]).fetchone()
    number = last[0] + 1 if last else 1
    line = canonical_json(
        {
            **vars(entry),
            "inputs": dict(entry.inputs),
            "outputs": dict(entry.outputs),
            "previous": digest_of(last[1]) if last else None,
            "seq": number,
        }
    )
    row = [scope, number, name, line.decode()]
    database.execute("INSERT INTO log (scope, seq, step, entry) VALUES (?, ?, ?, ?)", row)
    written = LastEntry(scope=scope, step=name, seq=number, digest=digest_of(line.decode()), put=put)
    last_entries.keep(database, written)


def head(database: Database, *, scope: str) -> str | None:
    """Return the digest of the last entry of a scope (日志首值), hex; None where there is none."""
    row = database.execute("SELECT entry FROM log WHERE scope = ? ORDER BY seq DESC LIMIT 1", [scope]).fetchone()
    return digest_of(row[0]) if row else None


def digest_of(entry: str) -> str:
    """Return the digest of an entry's text (条目摘要), hex, as the next one names it."""
    return hashlib.sha256(entry.encode()).hexdigest()


def last_time(database: Database, *, scopes: Collection[str]) -> str:
    """Return the time of the latest entry of some scopes (最近日志时间), ISO text; "" where there is none."""
    marks = ", ".join("?" for _ in scopes)
    query = f"SELECT max(json_extract(entry, '$.at')) FROM log WHERE scope IN ({marks})"
    row = database.execute(query, list(scopes)).fetchone()
    return row[0] or ""


def last_number(database: Database, *, scope: str, without: Collection[str]) -> int:
    """Return the number of the last entry of a scope but for some steps (最近条目序号), 0 where there is none."""
    marks = ", ".join("?" for _ in without)
    query = f"SELECT max(seq) FROM log WHERE scope = ? AND step NOT IN ({marks})"
    return database.execute(query, [scope, *without]).fetchone()[0] or 0


def last_inputs(database: Database, *, scope: str, step: str) -> bytes | None:
    """Return the inputs of a step's last entry as canonical JSON (上次输入), or None where it never finished."""
    query = "SELECT entry FROM log WHERE scope = ? AND step = ? ORDER BY seq DESC LIMIT 1"
    row = database.execute(query, [scope, step]).fetchone()
    return canonical_json(parse_canonical(row[0].encode())["inputs"]) if row else None


def last_outputs(database: Database, *, scope: str, step: str) -> dict[str, str]:
    """Return what a step's entries say was written (已记录的输出): each path with its last digest."""
    query = "SELECT entry FROM log WHERE scope = ? AND step = ? ORDER BY seq"
    found: dict[str, str] = {}
    for row in database.execute(query, [scope, step]):
        found |= parse_canonical(row[0].encode())["outputs"]
    return found


def steps(database: Database, *, scope: str) -> list[str]:
    """Return the finished steps of a scope (已完成步骤) in the order in which they first finished."""
    query = "SELECT step FROM log WHERE scope = ? GROUP BY step ORDER BY min(seq)"
    return [row[0] for row in database.execute(query, [scope]).fetchall()]


def lines(database: Database, *, scope: str) -> bytes:
    """Return the entries of a scope as JSON lines (日志文件): each entry and a newline."""
    query = "SELECT entry FROM log WHERE scope = ? ORDER BY seq"
    return b"".join(row[0].encode() + b"\n" for row in database.execute(query, [scope]).fetchall())


def entries(database: Database, *, scope: str) -> list[dict[str, Any]]:
    """Return the entries of a scope (日志条目) in their order."""
    return [parse_canonical(line) for line in lines(database, scope=scope).splitlines()]


def last_numbers(database: Database) -> dict[tuple[str, str], int]:
    """Return the number of each step's last entry (各步最后条目序号), by scope and step."""
    rows = database.execute("SELECT scope, step, max(seq) FROM log GROUP BY scope, step").fetchall()
    return {(scope, step): seq for scope, step, seq in rows}


def logged(database: Database, *, scope: str) -> dict[str, str]:
    """Return what the last entries of a scope's steps say was written (日志所记的输出): path → last digest."""
    query = "SELECT max(seq) AS last, entry FROM log WHERE scope = ? GROUP BY step ORDER BY last"
    found: dict[str, str] = {}
    for row in database.execute(query, [scope]).fetchall():
        found |= parse_canonical(row[1].encode())["outputs"]
    return found


def verify_log(source: bytes) -> int | None:
    """Return the number of the first broken line of a log (核验日志), counted from 1; None when all is well.

    A line is broken when it is not a canonical entry, not the next one or does not name the digest of the
    line before. Lines cut off at the end cannot be seen here: see `supervision.store.last_entries`.
    """
    if not source:
        return None
    previous = None
    for number, line in enumerate(source.removesuffix(b"\n").split(b"\n"), start=1):
        try:
            entry = parse_canonical(line)
        except SupervisionError:
            return number
        if not isinstance(entry, dict) or set(entry) != FIELDS:
            return number
        if entry["seq"] != number or entry["previous"] != previous:
            return number
        previous = hashlib.sha256(line).hexdigest()
    return None if source.endswith(b"\n") else number
