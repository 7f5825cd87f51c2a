"""The log (日志): one canonical JSON entry for each finished step, each holding the digest of the one before it.

An entry: {"seq","scope","step","who","at","inputs","outputs","previous"}. `scope` is a round or "registers"; `seq`
counts from 1 in it; `previous` is the SHA-256 of the bytes of the entry before, null in the first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from sqlite_utils import Database

from supervision.canonical import canonical_json, parse_canonical
from supervision.errors import SupervisionError

REGISTERS = "registers"
FIELDS = {"seq", "scope", "step", "who", "at", "inputs", "outputs", "previous"}


def append(
    database: Database,
    *,
    scope: str,
    step: str,
    who: str,
    at: str,
    inputs: Mapping[str, object],
    outputs: Mapping[str, str],
) -> None:
    """Write the next entry of a scope (追加日志) inside the transaction that is open."""
    last = database.execute("SELECT seq, entry FROM log WHERE scope = ? ORDER BY seq DESC LIMIT 1", [scope]).fetchone()
    entry = canonical_json(
        {
            "seq": last[0] + 1 if last else 1,
            "scope": scope,
            "step": step,
            "who": who,
            "at": at,
            "inputs": dict(inputs),
            "outputs": dict(outputs),
            "previous": hashlib.sha256(last[1].encode()).hexdigest() if last else None,
        }
    )
    row = [scope, last[0] + 1 if last else 1, step, entry.decode()]
    database.execute("INSERT INTO log (scope, seq, step, entry) VALUES (?, ?, ?, ?)", row)


def last_inputs(database: Database, *, scope: str, step: str) -> bytes | None:
    """Return the inputs of a step's last entry as canonical JSON (上次输入), or None where it never finished."""
    query = "SELECT entry FROM log WHERE scope = ? AND step = ? ORDER BY seq DESC LIMIT 1"
    row = database.execute(query, [scope, step]).fetchone()
    return canonical_json(parse_canonical(row[0].encode())["inputs"]) if row else None


def steps(database: Database, *, scope: str) -> list[str]:
    """Return the finished steps of a scope (已完成步骤) in the order in which they first finished."""
    query = "SELECT step FROM log WHERE scope = ? GROUP BY step ORDER BY min(seq)"
    return [row[0] for row in database.execute(query, [scope]).fetchall()]


def lines(database: Database, *, scope: str) -> bytes:
    """Return the entries of a scope as JSON lines (日志文件): each entry and a newline."""
    query = "SELECT entry FROM log WHERE scope = ? ORDER BY seq"
    return b"".join(row[0].encode() + b"\n" for row in database.execute(query, [scope]).fetchall())


def verify_log(source: bytes) -> int | None:
    """Return the number of the first broken line of a log (核验日志), counted from 1; None when all is well.

    A line is broken when it is not a canonical entry, not the next of its scope or does not name the digest of the
    line before. Lines cut off at the end cannot be seen here: compare the last digest with a published one.
    """
    if not source:
        return None
    previous, scope = None, None
    for number, line in enumerate(source.removesuffix(b"\n").split(b"\n"), start=1):
        try:
            entry = parse_canonical(line)
        except SupervisionError:
            return number
        if not isinstance(entry, dict) or set(entry) != FIELDS:
            return number
        scope = scope or entry["scope"]
        if entry["seq"] != number or entry["scope"] != scope or entry["previous"] != previous:
            return number
        previous = hashlib.sha256(line).hexdigest()
    return None if source.endswith(b"\n") else number
