"""Drafts (草稿): what somebody typed and has not sent; two people never lose each other's entries."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Any

from supervision.desk.desk_file import DeskFile
from supervision.errors import UsageError
from supervision.month.city import beijing_now

SENT = "null"  # what stands in the place of a draft that was sent


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft (草稿): `version` counts its changes, 0 where there is none yet; `name` is who changed it last."""

    content: Any
    version: int = 0
    name: str = ""
    at: str = ""


def read(file: DeskFile, place: str) -> Draft:
    """Return the draft of a place (取草稿), such as "result/2026-12/market-1", or an empty one."""
    with file.reading() as database:
        row = database.execute("SELECT * FROM draft WHERE place = ?", [place]).fetchone()
    if row is None:
        return Draft(content=None)
    return Draft(content=json.loads(row["content"]), version=row["version"], name=row["name"], at=row["at"])


def keep(file: DeskFile, place: str, content: Any, *, version: int, who: str) -> Draft:
    """Keep a draft (存草稿) over the version that its writer saw; another's change in between is refused.

    Raises
    ------
    UsageError
        `desk.draft_changed`, with who changed it and when, `desk.draft_sent` where it is gone; nothing is stored.
    """
    made = Draft(content=content, version=version + 1, name=who, at=beijing_now().isoformat())
    with file.writing() as database:
        row = database.execute("SELECT * FROM draft WHERE place = ?", [place]).fetchone()
        if (row["version"] if row else 0) != version:
            if row is None or row["content"] == SENT:
                raise UsageError("desk.draft_sent")
            raise UsageError("desk.draft_changed", who=row["name"], at=row["at"])
        values = [place, made.version, who, made.at, json.dumps(content, ensure_ascii=False)]
        database.execute("INSERT OR REPLACE INTO draft VALUES (?, ?, ?, ?, ?)", values)
    return made


def drop(file: DeskFile, place: str) -> None:
    """Drop the draft of a place (删草稿): it was sent.

    Its number stays and is counted on, so that a page opened before never passes for the latest.
    """
    with file.writing() as database:
        database.execute("UPDATE draft SET content = ?, version = version + 1 WHERE place = ?", [SENT, place])


def leave(database: sqlite3.Connection, place: str, rest: Any, *, version: int) -> None:
    """Leave what is not on record of the draft that was sent (留下未提交部分), None: nothing.

    A draft that somebody changed since that `version` stays as it is.
    """
    query = "UPDATE draft SET content = ?, version = version + 1 WHERE place = ? AND version = ?"
    database.execute(query, [json.dumps(rest, ensure_ascii=False), place, version])
