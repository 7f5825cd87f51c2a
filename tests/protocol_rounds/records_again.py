"""重算记录 (what an attacker makes again): digests in the log, the chain of the log, manifests of both folders."""

import json

from second_reader import records
from second_reader.encoding import to_json


def rounds_of(files: dict[str, bytes]) -> list[str]:
    """Return the rounds that have a folder."""
    return sorted({path.split("/")[1] for path in files})


def remake_log(files: dict[str, bytes], before: dict[str, bytes], round_id: str) -> None:
    """Give the log of a round the digests of the files as they are now, and chain it again."""
    path = f"audit/{round_id}/log.jsonl"
    if path not in files or files[path] != before.get(path):
        return
    lines = [json.loads(text) for text in files[path].splitlines()]
    changed = {p: records.plain(files[p]) for p in files if p in before and files[p] != before[p] and p != path}
    previous = None
    done = []
    for line in lines:
        for name in ("inputs", "outputs"):
            for own in set(line[name]) & set(changed):
                if line[name][own] == records.plain(before[own]):
                    line[name][own] = changed[own]
        entry = {name: line[name] for name in ("at", "inputs", "outputs", "step", "who")}
        previous = records.log_line(previous, entry)
        done.append(previous)
    files[path] = records.log_bytes(done)


def remake_manifest(files: dict[str, bytes], side: str, round_id: str) -> None:
    """Make the manifest of a folder again, with the sequence, previous and reason it had."""
    start = f"{side}/{round_id}/"
    path = f"{start}manifest.json"
    if path not in files:
        return
    old = json.loads(files[path])
    apart = {path, f"{start}anchors.json"}
    if f"{start}anchors.json" in files:
        anchors = json.loads(files[f"{start}anchors.json"])
        apart |= {start + one["file"] for one in anchors}
    listed = {p[len(start) :]: data for p, data in files.items() if p.startswith(start) and p not in apart}
    content = records.manifest(listed, round_id, old["sequence"], old["previous"], old["reason"])
    files[path] = to_json(content)


def make(files: dict[str, bytes], before: dict[str, bytes]) -> None:
    """Make again what follows from changed files; manifests that were changed by hand stay as they are."""
    for round_id in rounds_of(files):
        if files.get(f"public/{round_id}/manifest.json") == before.get(f"public/{round_id}/manifest.json"):
            remake_manifest(files, "public", round_id)
        remake_log(files, before, round_id)
        if files.get(f"audit/{round_id}/manifest.json") == before.get(f"audit/{round_id}/manifest.json"):
            remake_manifest(files, "audit", round_id)
