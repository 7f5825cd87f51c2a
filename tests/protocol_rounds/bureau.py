"""一个机关的各轮 (a bureau's rounds): one log, one chain of commitments, all files in memory by path below OUT.

`taps` is where an attacker sits: a function by name that gets a value and the round, and returns what is used from
there on, so that everything behind it (digests, seeds, log, manifests) follows from the forged value.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from second_reader import records
from second_reader.encoding import to_json

Tap = Callable[[Any, Any], Any]
RULES = {"shared/ratio.yaml": "0" * 64, "suzhou/whitelist-2026.yaml": "1" * 64}
REGISTERS = {"entities": "2" * 64, "inspectors": "3" * 64}
VERIFIER = b"# the published verifier\n"


class Bureau:
    """机关: files, log and chain of one agency."""

    def __init__(self, taps: dict[str, Tap] | None = None, agency: str = "suzhou", chained: int = 0) -> None:
        """Start with an empty log; chained is the sequence of earlier commitments that are not in these files."""
        self.files: dict[str, bytes] = {}
        self.lines: list[dict] = []
        self.taps = taps or {}
        self.agency = agency
        self.sequence = chained
        self.previous = "ab" * 32 if chained else None

    def tap(self, name: str, value: Any, where: Any = None) -> Any:
        """Return the value, or what the attacker makes of it."""
        return self.taps[name](value, where) if name in self.taps else value

    def put(self, path: str, data: bytes) -> str:
        """Keep a file and return its path; the tap's name leaves the round out: `public/commitment.json`."""
        side, _, rest = path.split("/", 2)
        self.files[path] = self.tap(f"bytes:{side}/{rest}", data, self)
        return path

    def head(self) -> str | None:
        """Return the head of the log."""
        return records.plain(to_json(self.lines[-1])) if self.lines else None

    def log(self, at: str, step: str, who: str, outputs: list[str], inputs: list[str] | None = None) -> None:
        """Add a step to the log."""
        entry = {"at": at, "step": step, "who": who}
        entry["inputs"] = {path: records.plain(self.files[path]) for path in inputs or []}
        entry["outputs"] = {path: records.plain(self.files[path]) for path in outputs}
        entry = self.tap(f"log:{step}", entry, self)
        self.lines.append(records.log_line(self.lines[-1] if self.lines else None, entry))

    def write_log(self, round_id: str) -> None:
        """Write the log of all rounds into the audit folder of one."""
        lines = self.tap("log", [dict(line) for line in self.lines], self)
        self.put(f"audit/{round_id}/log.jsonl", records.log_bytes(lines))

    def write_manifest(self, side: str, round_id: str, reason: str | None) -> None:
        """Write the manifest of a folder; the one before is kept."""
        start = f"{side}/{round_id}/"
        old = self.files.pop(f"{start}manifest.json", None)
        sequence = 1
        if old is not None:
            sequence += sum(1 for path in self.files if path.startswith(f"{start}manifests/")) + 1
            self.files[f"{start}manifests/{sequence - 1:04}.json"] = old
        anchors = f"{start}anchors.json"
        apart = {anchors}
        if anchors in self.files:
            apart |= {start + one["file"] for one in self.anchors_of(round_id)}
        listed = {p[len(start) :]: d for p, d in self.files.items() if p.startswith(start) and p not in apart}
        before = records.plain(old) if old is not None else None
        content = records.manifest(listed, round_id, sequence, before, reason)
        self.put(f"{start}manifest.json", to_json(self.tap(f"manifest:{side}", content, self)))

    def anchors_of(self, round_id: str) -> list[dict]:
        """Return the anchors of a round so far."""
        path = f"public/{round_id}/anchors.json"
        return json.loads(self.files[path]) if path in self.files else []

    def add_anchor(self, round_id: str, of: str, digest: str, kind: str, at: str) -> None:
        """Add evidence from outside; the file is made up."""
        file = f"anchors/{of}-{digest[:8]}-{kind}.txt"
        self.put(f"public/{round_id}/{file}", f"{kind} {of} {digest} {at}\n".encode())
        new = {"at": at, "digest": digest, "file": file, "kind": kind, "of": of}
        anchors = sorted([*self.anchors_of(round_id), new], key=lambda o: (o["of"], o["digest"], o["kind"], o["at"]))
        self.put(f"public/{round_id}/anchors.json", to_json(anchors))
        self.log(at, "anchor", "clerk", [f"public/{round_id}/{file}"])


def write(files: dict[str, bytes], out: Path) -> Path:
    """Write the files below OUT and return it."""
    for path, data in files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return out
