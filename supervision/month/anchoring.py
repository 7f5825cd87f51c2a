"""Anchors (锚定): evidence from outside the agency that a digest existed; draw protocol 2, section 9."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from supervision.canonical import digest
from supervision.errors import SupervisionError, UsageError
from supervision.month import round_files as files
from supervision.month.evidence import content_of
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.round_files import File, Step
from supervision.month.supervising import read_receipt
from supervision.sampling.protocol.records import ANCHOR_KINDS, ANCHORED, Anchor
from supervision.sampling.protocol.seeds import moment

ENDINGS = (".txt", ".json", ".pdf", ".png", ".jpg", ".jpeg", ".tsr", ".html")
FOLDER = "public/anchors/"


def anchor(
    round: Round, *, of: str, kind: str, file: Path, at: str = "", number: int = 0, roots: Path | None = None
) -> Report:
    """Record evidence from outside (登记锚定材料): a posted notice, a newspaper, a supervisor's receipt, a time stamp.

    `number` says which roster commitment or manifest, the last one where it is 0. A supervisor's receipt must name the
    digest and its signature must be right; an RFC 3161 token is checked with `openssl ts -verify` against `roots`.
    """
    if of not in ANCHORED or kind not in ANCHOR_KINDS:
        raise UsageError("month.anchor_kind", of=" ".join(ANCHORED), kind=" ".join(ANCHOR_KINDS))
    if file.suffix.lower() not in ENDINGS:
        raise UsageError("month.anchor_ending", file=file, known=" ".join(ENDINGS))
    body, shown = _shown(round, of, number)
    content, time = content_of(file), at or round.at
    if kind == "supervisor":
        time = _receipt(content, shown)
    if kind == "tsa":
        _check_token(content, body, roots, file)
    moment(time, name="at")
    # the kind stands first: a file that is named like a commitment would pass for a second one
    path = f"{FOLDER}{kind}-{of}-{shown[:8]}-{digest('sha256', content).hex()[:8]}{file.suffix.lower()}"
    entry = Anchor(at=time, digest=shown, file=path.removeprefix("public/"), kind=kind, of=of)
    before = tuple(round.read(files.ANCHORS)) if round.holds(files.ANCHORS) else ()
    listed = {(one.of, one.digest, one.kind, one.at): one for one in (*before, entry)}
    kept = {one.file: round.content(f"public/{one.file}") for one in before}
    with round.save(Step.ANCHOR) as saving:
        saving.put(files.ANCHORS, tuple(listed[key] for key in sorted(listed)))
        for name, old in kept.items():
            saving.put_bytes(f"public/{name}", old)
        saving.put_bytes(path, content)
    report = Report(facts=dict(vars(entry)))
    report.say("month.anchored", of=of, kind=kind, digest=shown, at=time)
    return report


def _shown(round: Round, of: str, number: int) -> tuple[bytes, str]:
    """The bytes that are anchored and the digest that is shown of them."""
    if of == "manifest":
        listed = round.manifests("public")
        if not listed or not 0 <= number <= len(listed):
            raise UsageError("month.nothing_to_anchor", of=of, round=round.id)
        body = listed[number - 1]
        return body, digest("sha256", body).hex()
    known: dict[str, File[Any]] = {
        "commitment": files.COMMITMENT,
        "roster_commitment": files.ROSTER_COMMITMENT,
        "abandoned": files.ABANDONED,
    }
    which = number or max(1, round.count(Step.ROSTER)) if of == "roster_commitment" else 1
    if of == "abandoned" and not round.has(Step.ABANDON):  # then it can only be a roster commitment that was given up
        known[of], which = files.ABANDONED_ROSTER, number or max(1, round.count(Step.ABANDON_ROSTER))
    path = known[of].path(which)
    if path not in round.paths:
        raise UsageError("month.nothing_to_anchor", of=of, round=round.id)
    body = round.content(path)
    return body, digest(round.hash_name, body).hex()


def _receipt(content: bytes, shown: str) -> str:
    receipt = read_receipt(content)
    if receipt["digest"] != shown:
        raise SupervisionError("month.receipt_other", found=receipt["digest"], wanted=shown)
    return str(receipt["at"])


def _check_token(token: bytes, body: bytes, roots: Path | None, file: Path) -> None:
    """Check an RFC 3161 response over the anchored bytes with the machine's openssl."""
    openssl = shutil.which("openssl")
    if openssl is None or roots is None:
        raise UsageError("month.tsa_unchecked", file=file)
    with tempfile.TemporaryDirectory() as folder:
        data, answer = Path(folder) / "data", Path(folder) / "token.tsr"
        data.write_bytes(body)
        answer.write_bytes(token)
        command = [openssl, "ts", "-verify", "-data", str(data), "-in", str(answer), "-CAfile", str(roots)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = (done.stderr or done.stdout).strip().splitlines()
        raise SupervisionError("month.tsa_wrong", file=file, reason=reason[-1] if reason else "-")
