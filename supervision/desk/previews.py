"""Previews of publications (公示预览): kept beside the store, the latest of each round, until they are published."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from supervision.canonical import canonical_json
from supervision.errors import UsageError
from supervision.messages import Message
from supervision.month import publishing
from supervision.month.output_folder import measure
from supervision.month.preview_folder import CHANGED, GONE, NEW, SAME, PreviewFile
from supervision.month.report import Report
from supervision.month.round import Round

LIST = "list.json"
PUBLIC = "public"


def folder_of(store: Path, key: str, number: int) -> Path:
    """Return where the preview that a job made stands (预览位置): `<store>.previews/<round>/<job>`."""
    return store.with_name(f"{store.name}.previews") / key / str(number)


def make(round: Round, out: Path, *, number: int, reason: str) -> Report:
    """Make a preview (生成预览) in the place of earlier ones of the round, for its owner alone to read."""
    folder = folder_of(round.city.store.path, round.key, number)
    folder.parent.parent.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(folder.parent, ignore_errors=True)
    folder.mkdir(parents=True)
    state = state_of(round, out)
    found = publishing.preview(round, out, folder, reason=reason or None)
    (folder / LIST).write_text(json.dumps([asdict(one) for one in found.files]), encoding="utf-8")
    counts = Counter(one.state for one in found.files)
    told = {name: counts[name] for name in (NEW, CHANGED, GONE, SAME)}
    facts = {"seen": found.fingerprint, "state": state, **told}
    return Report(facts=facts, lines=[Message.of("desk.previewed", **told)])


def listed(store: Path, key: str, number: int) -> dict[str, PreviewFile]:
    """Return the files of a preview by their paths (预览清单); one that is gone raises `desk.preview_gone`."""
    place = folder_of(store, key, number) / LIST
    if not place.is_file():
        raise UsageError("desk.preview_gone")
    rows = json.loads(place.read_text(encoding="utf-8"))
    return {row["path"]: PreviewFile(**row) for row in rows}


def content(store: Path, key: str, number: int, one: PreviewFile) -> bytes:
    """Return the bytes of a file that a preview lists (预览文件内容)."""
    found = (folder_of(store, key, number) / PUBLIC / one.path).read_bytes()
    if measure(found) != (one.size, one.digest):
        raise UsageError("desk.preview_gone")
    return found


def state_of(round: Round, out: Path) -> str:
    """Return what a publication rests on (公示所依状态), SHA-256 in hex: quick to ask before a long work."""
    manifests = sorted((out / PUBLIC).glob("**/manifest.json"))
    body = {
        "round": dict(round.city.store.digests(round.key)),
        "public": {path.relative_to(out).as_posix(): measure(path)[1] for path in manifests},
        "on": round.city.now().date().isoformat(),
    }
    return hashlib.sha256(canonical_json(body)).hexdigest()
