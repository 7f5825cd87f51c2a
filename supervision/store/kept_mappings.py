"""Mappings of sources (来源映射): kept under a name until they are removed; those that were used stay on record.

They stand among the files of the scope "registers", of which no round can have the name.
"""

from __future__ import annotations

import hashlib
import re

from sqlite_utils import Database

from supervision.errors import SupervisionError
from supervision.store import log

FOLDER, USED, ENDING = "mappings/", "mappings/used/", ".yaml"
STEP, REMOVED = "mapping", "mapping_removed"
_NAME = re.compile(r"[\w.-]{1,60}")
_PUT = "INSERT OR REPLACE INTO files (round, path, step, digest, size, content) VALUES (?, ?, ?, ?, ?, ?)"


def path_of(name: str) -> str:
    """Return the path of a kept mapping (映射路径); a name with other signs than letters, digits, . _ - is refused."""
    if not _NAME.fullmatch(name) or name.lower().endswith((ENDING, ".yml")):
        raise SupervisionError("store.mapping_name", name=name)
    return f"{FOLDER}{name}{ENDING}"


def names(database: Database) -> list[str]:
    """Return the names of the kept mappings (映射名称), sorted."""
    query = "SELECT path FROM files WHERE round = ? AND step = ? AND path NOT LIKE ? ORDER BY path"
    rows = database.execute(query, [log.REGISTERS, STEP, f"{USED}%"]).fetchall()
    return [row[0].removeprefix(FOLDER).removesuffix(ENDING) for row in rows]


def get(database: Database, path: str) -> bytes | None:
    """Return a mapping's bytes (取映射), None where there is none."""
    query = "SELECT content FROM files WHERE round = ? AND path = ?"
    row = database.execute(query, [log.REGISTERS, path]).fetchone()
    return bytes(row[0]) if row else None


def keep(database: Database, name: str, content: bytes, *, who: str, at: str) -> bool:
    """Keep a mapping under a name and log it (保存映射); False where it stands there already."""
    path = path_of(name)
    if get(database, path) == content:
        return False
    digest = _put(database, path, content)
    entry = log.Entry(step=STEP, who=who, at=at, inputs={}, outputs={path: digest})
    log.append(database, entry, scope=log.REGISTERS, name=STEP)
    return True


def remove(database: Database, name: str, *, who: str, at: str) -> None:
    """Remove a kept mapping and log it (删除映射); an unknown name raises `store.mapping_unknown`."""
    path = path_of(name)
    content = get(database, path)
    if content is None:
        raise unknown(database, name)
    database.execute("DELETE FROM files WHERE round = ? AND path = ?", [log.REGISTERS, path])
    gone = {path: hashlib.sha256(content).hexdigest()}
    entry = log.Entry(step=REMOVED, who=who, at=at, inputs=gone, outputs={})
    log.append(database, entry, scope=log.REGISTERS, name=STEP)


def on_record(database: Database) -> dict[str, str]:
    """Return the mappings that stand (在库的映射): path → SHA-256."""
    rows = database.execute("SELECT path, digest FROM files WHERE round = ?", [log.REGISTERS]).fetchall()
    return dict(rows)


def logged(database: Database) -> tuple[dict[str, str], dict[str, str]]:
    """Return the mappings that should stand by the log (日志所记的映射), path → SHA-256: those kept, and those used."""
    kept: dict[str, str] = {}
    used: dict[str, str] = {}
    for entry in log.entries(database, scope=log.REGISTERS):
        if entry["step"] == STEP:
            kept |= entry["outputs"]
        elif entry["step"] == REMOVED:
            kept = {path: digest for path, digest in kept.items() if path not in entry["inputs"]}
        elif "mapping" in entry["inputs"]:
            digest = entry["inputs"]["mapping"]
            used[f"{USED}{digest}{ENDING}"] = digest
    return kept, used


def unknown(database: Database, name: str) -> SupervisionError:
    """Return the error that there is no such mapping (没有此映射), with the names there are."""
    return SupervisionError("store.mapping_unknown", name=name, known="、".join(names(database)) or "—")


def put_used(database: Database, content: bytes) -> str:
    """Keep a mapping that an import used (存用过的映射) under its SHA-256, and return that."""
    return _put(database, f"{USED}{hashlib.sha256(content).hexdigest()}{ENDING}", content)


def _put(database: Database, path: str, content: bytes) -> str:
    digest = hashlib.sha256(content).hexdigest()
    database.execute(_PUT, [log.REGISTERS, path, STEP, digest, len(content), content])
    return digest
