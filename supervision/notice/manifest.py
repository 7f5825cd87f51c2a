"""The list of published files (发布清单): draw protocol 1, section 9."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.errors import SupervisionError, UsageError

MANIFEST = "manifest.json"
FIXED = ("commitment", "reveal", "abandoned", "open/")
GROWING = ("commitment.csv",)


def write_manifest(
    files: Mapping[str, bytes | tuple[int, str]],
    *,
    round: str,
    sequence: int,
    previous: str | None,
    reason: str | None,
    hash_name: str,
) -> bytes:
    """Return manifest.json for a folder (生成发布清单).

    `files`: path relative to the folder, with "/" → its bytes, or its size and hex digest where the bytes are large.
    `sequence` counts a round's manifests from 1, `previous` is the hex digest of the one before, `reason` why it was
    replaced. Sorted by the bytes of the path. A path that leaves the folder raises SupervisionError `notice.path`.
    """
    rows: list[dict[str, object]] = []
    for path in sorted(files, key=lambda text: text.encode()):
        _refuse_path(path)
        entry = files[path]
        size, name = (len(entry), digest(hash_name, entry).hex()) if isinstance(entry, bytes) else entry
        rows.append({"path": path, "size": size, "digest": name})
    return canonical_json({"round": round, "sequence": sequence, "previous": previous, "reason": reason, "files": rows})


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    wrong = "\\" in path or ":" in path or path == MANIFEST or any(part in ("", ".", "..") for part in parts)
    if wrong:
        raise SupervisionError("notice.path", path=path)


def next_manifest(
    before: bytes | None, files: Mapping[str, tuple[int, str]], *, round: str, reason: str | None, hash_name: str
) -> bytes:
    """Return the manifest that follows `before` (下一份发布清单): `before` itself where no file changed."""
    if before is None:
        return write_manifest(files, round=round, sequence=1, previous=None, reason=reason, hash_name=hash_name)
    old = parse_canonical(before)
    same = write_manifest(
        files,
        round=round,
        sequence=old["sequence"],
        previous=old["previous"],
        reason=old["reason"],
        hash_name=hash_name,
    )
    if same == before:
        return before
    previous = digest(hash_name, before).hex()
    sequence = old["sequence"] + 1
    return write_manifest(files, round=round, sequence=sequence, previous=previous, reason=reason, hash_name=hash_name)


def check_correction(before: bytes | None, now: bytes, reason: str | None) -> None:
    """Refuse to change without a reason what was public and fixed (更正须说明理由): commitments, values, frames."""
    if before is None or reason:
        return
    fresh = {entry["path"]: entry["digest"] for entry in parse_canonical(now)["files"]}
    for entry in parse_canonical(before)["files"]:
        path = entry["path"]
        fixed = path.startswith(FIXED) and path.endswith((".json", ".csv")) and path not in GROWING
        if fixed and fresh.get(path) != entry["digest"]:
            raise UsageError("notice.reason_missing", path=path)
