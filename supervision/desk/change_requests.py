"""What is asked of a replanning at the desk (工作台的变更申请): a form's words, its files, and the same checks."""

from __future__ import annotations

import base64
import hashlib
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from werkzeug.datastructures import FileStorage

from supervision.errors import SupervisionError, UsageError
from supervision.messages import Label, Message
from supervision.month.change_order import ABSENT, BLOCKED, CLOSED, OFFICE, URGENT, Asked
from supervision.month.change_request import read_request
from supervision.month.evidence import LARGEST
from supervision.month.report import Report
from supervision.month.round import Round

KINDS: Mapping[str, Label] = {
    ABSENT: Label("检查人员请假", "An inspector is away"),
    CLOSED: Label("检查对象已关闭", "A unit has closed"),
    BLOCKED: Label("检查对象某日不能入企", "A unit cannot be visited on a day"),
    OFFICE: Label("执法机构某日不能出检", "An office cannot come on a day"),
    URGENT: Label("紧急检查", "Urgent visits"),
}
TEXTS = ("kind", "subject", "since", "until", "reason")


def typed(form: Mapping[str, str], who: str) -> dict[str, Any]:
    """Return what was typed into a form (表单内容), trimmed; who is at the desk entered it, whatever the form says."""
    words: dict[str, Any] = {name: form.get(name, "").strip() for name in TEXTS}
    return words | {"by": who}


def with_files(words: dict[str, Any], *, urgent: FileStorage | None, evidence: FileStorage | None) -> dict[str, Any]:
    """Return the words with a form's files (加入附件): urgent visits as they are, of a paper its digest."""
    found = dict(words)
    if words["kind"] == URGENT:
        content = _bytes(urgent)
        if not content:
            raise UsageError("desk.replan_no_file")
        name = Path((urgent.filename if urgent else "") or "urgent.csv").name
        found["urgent"] = {"name": name, "content": base64.b64encode(content).decode("ascii")}
    elif paper := _bytes(evidence):
        found["evidence"] = hashlib.sha256(paper).hexdigest()
    return found


def _bytes(file: FileStorage | None) -> bytes:
    content: bytes = file.read(LARGEST + 1) if file is not None else b""
    if len(content) > LARGEST:
        raise UsageError("desk.replan_large_file", file=file.filename if file else "", most=LARGEST // 2**20)
    return content


def asked_of(round: Round, words: Mapping[str, Any], *, look: bool) -> Asked:
    """Return what is asked (变更申请), checked as the command checks it; `look`: nobody approves it yet."""
    kind, subject = words["kind"], words["subject"]
    if kind not in KINDS:
        raise UsageError("desk.replan_kind", kind=kind, known=" ".join(KINDS))
    if kind != URGENT and not subject:
        raise UsageError("desk.replan_no_subject", what=KINDS[kind])
    until = (words["until"] or words["since"][:10]) if kind == ABSENT else words["since"]
    told = {"kind": kind, "subject": subject, "since": words["since"], "until": until}
    more = {"by": words["by"], "ground": words["reason"], "look": look}
    if kind != URGENT:
        return replace(read_request(round, **told, **more), evidence=words.get("evidence"))
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        place = Path(folder) / "urgent.csv"
        place.write_bytes(base64.b64decode(words["urgent"]["content"]))
        try:
            return read_request(round, **told, **more, urgent=place)
        except SupervisionError as error:  # the file is known to its sender by its own name
            if "file" not in error.params:
                raise
            raise type(error)(error.code, **{**error.params, "file": words["urgent"]["name"]}) from error


def kept_apart(report: Report) -> Report:
    """Return a report whose first line stands with the job, and whose others are its facts (明细另存).

    More people may see jobs than may see whom an inspection visits.
    """
    head, rest = report.lines[:1], report.lines[1:]
    report.facts["lines"] = [[line.text("zh"), line.text("en")] for line in rest]
    report.lines = [*head, Message.of("desk.replan_details")]
    return report
