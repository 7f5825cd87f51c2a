"""Results that were sent (已提交的结果): a queue in the desk's file, so that nobody waits for the store.

What was sent stands here before its sender is told so, and is recorded in the order in which it came
(supervision.desk.recorder). Its draft stays until then.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supervision.desk.desk_file import DeskFile
from supervision.errors import UsageError
from supervision.month.city import beijing_now

WAITING, RECORDED, REFUSED = "waiting", "recorded", "refused"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What somebody sent (一次提交).

    `place` and `version`: of the draft; `name` is who sent it; `content` is what is to be recorded, None once it is;
    `said` is what came of it: `lines`, `notes` and `faults`, each sentence in Chinese and English; `ended` is the time
    at which it did, seconds since 1970, 0 while it waits.
    """

    id: int
    place: str
    name: str
    at: str
    version: int
    content: Any
    state: str
    said: Mapping[str, Any]
    ended: float


def place_of(office: str, round_id: str, visit_id: str = "") -> str:
    """Return the place of a visit's draft and entries (草稿与提交的位置), or what those of an office begin with."""
    return f"result/{round_id}/{office}/{visit_id}"


def send(file: DeskFile, place: str, content: Mapping[str, Any], *, version: int, who: str) -> None:
    """Put what is sent into the queue (提交); what waits for the same place is not sent twice: `desk.sent_waits`."""
    columns = "place, name, at, version, content, state, said, ended"
    row = [place, who, beijing_now().isoformat(), version, json.dumps(content, ensure_ascii=False), WAITING, "{}", 0.0]
    with file.writing() as database:
        if database.execute("SELECT 1 FROM sent WHERE place = ? AND state = ?", [place, WAITING]).fetchone():
            raise UsageError("desk.sent_waits")
        database.execute(f"INSERT INTO sent ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 – ours


def waiting(file: DeskFile) -> list[Sent]:
    """Return what waits (待录入), in the order in which it was sent."""
    with file.reading() as database:
        return [_sent(row) for row in database.execute("SELECT * FROM sent WHERE state = ? ORDER BY id", [WAITING])]


def waiting_visits(file: DeskFile, office: str, round_id: str) -> set[str]:
    """Return the visits of an office whose results wait (已提交待录入的检查)."""
    own = place_of(office, round_id)
    with file.reading() as database:
        places = [row["place"] for row in database.execute("SELECT place FROM sent WHERE state = ?", [WAITING])]
    return {place.removeprefix(own) for place in places if place.startswith(own)}


def latest(file: DeskFile, place: str) -> Sent | None:
    """Return what was sent last of a place (最近一次提交), None where nothing was."""
    with file.reading() as database:
        row = database.execute("SELECT * FROM sent WHERE place = ? ORDER BY id DESC LIMIT 1", [place]).fetchone()
    return None if row is None else _sent(row)


def finish(database: sqlite3.Connection, number: int, *, state: str, said: Mapping[str, Any]) -> bool:
    """Say what came of it (提交结果), and whether nobody had: what was sent is on record then, or in the draft."""
    row = [state, json.dumps(said, ensure_ascii=False), time.time(), number, WAITING]
    query = "UPDATE sent SET state = ?, said = ?, ended = ?, content = 'null' WHERE id = ? AND state = ?"
    return database.execute(query, row).rowcount == 1


def _sent(row: sqlite3.Row) -> Sent:
    values = dict(row)
    return Sent(**{**values, "content": json.loads(values["content"]), "said": json.loads(values["said"])})
