"""Last entries of the log (各步最近条目), kept apart from it: what nobody follows in the chain can be missed here.

A chain shows that an entry was changed or taken out of its middle, not that its end was cut off. So beside the log
stands, for each step of a scope, the number and digest of its last entry, and all that the step put on record: path →
SHA-256 of its files, internal ones included, and `table/<name>` of its tables. Who changes both, and contents as well,
is found by published manifests alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlite_utils import Database

_TABLE = """CREATE TABLE IF NOT EXISTS last_entries (
    scope TEXT NOT NULL, step TEXT NOT NULL, seq INTEGER NOT NULL, digest TEXT NOT NULL, put TEXT NOT NULL,
    PRIMARY KEY (scope, step)) WITHOUT ROWID"""


@dataclass(frozen=True, kw_only=True)
class LastEntry:
    """The last entry of a step (某步最近条目): its number and digest, and what the step put."""

    scope: str
    step: str
    seq: int
    digest: str
    put: Mapping[str, str]


def keep(database: Database, last: LastEntry) -> None:
    """Keep the last entry of a step (记下最近条目) in the open transaction; what it put is no other step's now."""
    database.execute(_TABLE)
    query = "SELECT step, put FROM last_entries WHERE scope = ? AND step <> ?"
    for step, text in database.execute(query, [last.scope, last.step]).fetchall():
        before = json.loads(text)
        left = {path: digest for path, digest in before.items() if path not in last.put}
        if left != before:
            row = [_text(left), last.scope, step]
            database.execute("UPDATE last_entries SET put = ? WHERE scope = ? AND step = ?", row)
    row = [last.scope, last.step, last.seq, last.digest, _text(last.put)]
    database.execute("INSERT OR REPLACE INTO last_entries VALUES (?, ?, ?, ?, ?)", row)


def all_kept(database: Database) -> list[LastEntry]:
    """Return the last entry of every step (全部最近条目), by scope and number; an older store has none."""
    if not database["last_entries"].exists():
        return []
    rows = database.execute("SELECT scope, step, seq, digest, put FROM last_entries ORDER BY scope, seq").fetchall()
    return [
        LastEntry(scope=scope, step=step, seq=seq, digest=digest, put=json.loads(put))
        for scope, step, seq, digest, put in rows
    ]


def _text(put: Mapping[str, str]) -> str:
    return json.dumps(dict(put), ensure_ascii=False, sort_keys=True)
