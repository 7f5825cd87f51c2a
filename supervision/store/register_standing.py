"""Standing of registers (登记表现状): when each was last imported, by whom, and how many rows it holds."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from supervision.store import log
from supervision.store.layout import quoted

_LAST = "SELECT step, seq, entry FROM log WHERE scope = ? AND step LIKE 'import.%' ORDER BY seq"


@dataclass(frozen=True, kw_only=True)
class LastImport:
    """The last import that changed a register (最近一次导入): `seq` is its number in the log."""

    seq: int
    at: str
    who: str


def last_imports(database: Database) -> dict[str, LastImport]:
    """Return the last import of every register that has one (各表最近导入), by kind."""
    found = {}
    for step, seq, entry in database.execute(_LAST, [log.REGISTERS]).fetchall():
        said = json.loads(entry)
        found[step.removeprefix("import.")] = LastImport(seq=seq, at=said["at"], who=said["who"])
    return found


def has_rows(database: Database, kind: str) -> bool:
    """Tell whether a register has any row (有无数据), of whatever day."""
    return bool(database.execute(f"SELECT EXISTS (SELECT 1 FROM {quoted(kind)})").fetchone()[0])


def row_count(database: Database, kind: str) -> int:
    """Return how many rows a register holds (行数), every dated version counted."""
    return int(database.execute(f"SELECT count(*) FROM {quoted(kind)}").fetchone()[0])
