"""Files to take away (下载): the kind of each by its ending, its name as people read it."""

from __future__ import annotations

from flask import Response

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ics": "text/calendar",
    "jsonl": "application/jsonl",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def attachment(body: bytes, name: str) -> Response:
    """Return a file that the browser keeps (附件) under its name."""
    answer = Response(body, mimetype=TYPES[name.rpartition(".")[2]])
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
