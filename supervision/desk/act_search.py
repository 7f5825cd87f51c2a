"""Looking into a log (查日志): entries of a person, an act, a round; of the desk's own log and of the store's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from supervision.desk.acts import SCOPE
from supervision.desk.desk_file import DeskFile
from supervision.store.log import FIELDS

FILES = ("inputs", "outputs")
# an entry that somebody broke is no JSON: it matches where nothing is asked for
MATCHES = """
    scope = ?
    AND (? = '' OR CASE WHEN json_valid(entry) THEN json_extract(entry, '$.who') END = ?)
    AND (? = '' OR step = ?)
    AND (? = '' OR CASE WHEN json_valid(entry) THEN json_extract(entry, '$.inputs.round') END = ?)
"""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which entries are looked for (查询条件); "" is everybody, every act, every round."""

    who: str = ""
    act: str = ""
    round: str = ""

    @property
    def all(self) -> bool:
        """Whether nothing is left out (未设条件)."""
        return not (self.who or self.act or self.round)


def of_desk(file: DeskFile, asked: Asked, *, first: int, most: int) -> tuple[int, list[str]]:
    """Return how many of the desk's entries match, and some of them (工作台操作日志), the latest first, as JSON."""
    given = [SCOPE, asked.who, asked.who, asked.act, asked.act, asked.round, asked.round]
    with file.reading() as database:
        count = database.execute(f"SELECT count(*) FROM log WHERE {MATCHES}", given).fetchone()[0]  # noqa: S608 – a text of this file
        query = f"SELECT entry FROM log WHERE {MATCHES} ORDER BY seq DESC LIMIT ? OFFSET ?"  # noqa: S608 – as above
        return count, [row[0] for row in database.execute(query, [*given, most, first]).fetchall()]


def count_of_desk(file: DeskFile) -> int:
    """Return how many entries the desk's log has (操作日志条数)."""
    with file.reading() as database:
        found: int = database.execute("SELECT count(*) FROM log WHERE scope = ?", [SCOPE]).fetchone()[0]
    return found


def of_lines(lines: bytes, asked: Asked) -> list[str]:
    """Return the entries of a store's log that match (业务日志条目), the latest first, as JSON.

    Of a round's own log every entry is of the round. A line that is no entry matches: it is the one to look at.
    """
    texts = [line.decode("utf-8", "replace") for line in lines.splitlines()]
    return [text for text in reversed(texts) if _matches(parsed(text), asked)]


def parsed(text: str) -> dict[str, Any]:
    """Return an entry's values (解析条目); what is none is shown as it stands."""
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = None
    if isinstance(found, dict) and set(found) >= FIELDS and all(isinstance(found[name], dict) for name in FILES):
        return found
    return {"step": "?", "who": "?", "at": "", "seq": "", "inputs": {}, "outputs": {}, "text": text}


def steps_of(texts: Sequence[str]) -> list[str]:
    """Return the acts that occur in entries (出现的操作), sorted."""
    return sorted({str(parsed(text).get("step", "")) for text in texts})


def _matches(entry: dict[str, Any], asked: Asked) -> bool:
    if "text" in entry:
        return True
    return (not asked.who or entry.get("who") == asked.who) and (not asked.act or entry.get("step") == asked.act)
