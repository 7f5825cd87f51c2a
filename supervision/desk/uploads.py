"""Uploaded files (上传的文件): on their way into a register, in a folder beside the store that only the desk reads.

Every upload has a folder under a random name; in it a file keeps its own name, so that messages can say it, without
what could lead elsewhere. What was imported is deleted, what was rejected after a day.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from supervision.directory.returning.rejected_cells import rejected_cells
from supervision.directory.table import Checked, Table
from supervision.errors import UsageError
from supervision.month.importing import ENDINGS

KEPT = 24 * 3600.0  # seconds until what somebody left behind is deleted
LONGEST = 120  # bytes of a file name, so that the names of what is handed back fit as well
MOST_ROWS = 200  # rejected rows that a page shows; the workbook has them all
HEAD, HEAD_OF = 200_000, "head-of-"
REJECTS = "rejects.json"
HANDED_BACK = re.compile(r"\.(rejected|unmatched)\.")  # another file of the upload may be handed back so
_TOKEN = re.compile(r"[0-9a-f]{32}")


def take(store: Path, given: Sequence[FileStorage]) -> tuple[str, list[str]]:
    """Keep uploaded files (收下上传文件) and return the upload's token and the files' names, in the order given.

    Raises
    ------
    UsageError
        `desk.upload_none`, `desk.upload_ending`; nothing is kept.
    """
    files = [one for one in given if one.filename]
    if not files:
        raise UsageError("desk.upload_none")
    names: list[str] = []
    for one in files:
        name = kept_name(one.filename or "")
        if not name.lower().endswith(ENDINGS):
            raise UsageError("desk.upload_ending", file=name, known=" ".join(ENDINGS))
        clear = name not in names and not (HANDED_BACK.search(name) and len(files) > 1)
        names.append(name if clear else f"{len(names) + 1}-{name}")
    sweep(store)
    token = secrets.token_hex(16)
    folder = _all(store) / token
    folder.mkdir(mode=0o700, parents=True)
    _all(store).chmod(0o700)
    for name, one in zip(names, files, strict=True):
        (folder / name).touch(mode=0o600)
        one.save(folder / name)
    return token, names


def kept_name(name: str) -> str:
    """Return the name under which an uploaded file is kept (存放文件名): its own, without folders and signs.

    >>> kept_name("C:/tmp/../检查对象（12月）.xlsx"), kept_name("../.a|b.csv")
    ('检查对象（12月）.xlsx', 'a_b.csv')
    """
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign if sign.isprintable() and sign not in '<>:"|?*' else "_" for sign in last)
    stem, dot, ending = plain.lstrip(".~ ").strip().rpartition(".")
    while len(f"{stem}{dot}{ending}".encode()) > LONGEST and stem:
        stem = stem[:-1]
    return f"{stem}{dot}{ending}"


def named(store: Path, token: str) -> str:
    """Return the name of the one file of an upload (取文件名), "" where it is gone."""
    names = _names(_all(store) / token) if _TOKEN.fullmatch(token) else []
    return next((name for name in names if not name.startswith(HEAD_OF)), "")


def place(store: Path, token: str, name: str) -> Path:
    """Return where a file of an upload is (取上传文件); one that is not there any more is refused."""
    if _TOKEN.fullmatch(token) and name in _names(_all(store) / token):
        return _all(store) / token / name
    raise UsageError("desk.upload_gone", file=name)


def head(path: Path) -> Path:
    """Return a file with the first rows of an uploaded one (文件开头), for a person to look at before it is imported.

    Of a large text the first `HEAD` bytes, to the end of a line; other files are what they are.
    """
    with path.open("rb") as file:
        first = file.read(HEAD + 1)
    if len(first) <= HEAD or path.suffix.lower() != ".csv" or b"\0" in first:
        return path
    made = path.with_name(f"{HEAD_OF}{path.name}")
    made.write_bytes(first[: first.rindex(b"\n") + 1] if b"\n" in first else first)
    return made


def drop(store: Path, token: str, names: Sequence[str]) -> None:
    """Delete the files of an upload (删除上传文件); what was rejected of them stays, where there is something."""
    for name in names:
        path = place(store, token, name)
        path.unlink()
        path.with_name(f"{HEAD_OF}{name}").unlink(missing_ok=True)
    if not _names(_all(store) / token):
        (_all(store) / token).rmdir()


def sweep(store: Path) -> None:
    """Delete uploads that are older than a day (清理过期上传)."""
    for name in _names(_all(store)):
        folder = _all(store) / name
        if _TOKEN.fullmatch(name) and time.time() - folder.stat().st_mtime > KEPT:
            shutil.rmtree(folder)


def rejected_rows(table: Table, checked: Checked, *, most: int) -> dict[str, Any]:
    """Return the first rejected rows of a file as a page shows them (退回的行), in both languages."""
    headers, rows = rejected_cells(table, checked, most=most)
    shown = [
        {
            "place": row.place,
            "cells": [{"text": one.text, "why": [_both(why) for why in one.why]} for one in row.cells],
            "why": [[_both(title) if title else None, _both(why), said] for title, why, said in row.why],
        }
        for row in rows
    ]
    return {"rejected": checked.rejected_lines, "headers": headers, "rows": shown}


class Rejects:
    """Takes down what is rejected of an upload's files (记下退回内容), to be shown in a page."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: list[dict[str, Any]] = []

    def __call__(self, path: Path, table: Table, checked: Checked) -> None:
        """Take down the rejected rows of a file (记下一个文件)."""
        self._found.append({"file": path.name, **rejected_rows(table, checked, most=MOST_ROWS)})
        text = json.dumps(self._found, ensure_ascii=False)
        (self._folder / REJECTS).write_text(text, encoding="utf-8")


def rejects(store: Path, token: str) -> list[dict[str, Any]]:
    """Return what was rejected of an upload (取退回内容), file by file."""
    found: list[dict[str, Any]] = json.loads(place(store, token, REJECTS).read_text(encoding="utf-8"))
    return found


def _both(words: Any) -> list[str]:
    return [words.text("zh"), words.text("en")]


def _all(store: Path) -> Path:
    return store.with_name(store.name + ".uploads")


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
