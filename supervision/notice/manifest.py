"""The list of published files (发布清单): draw protocol 1, section 9."""

from __future__ import annotations

from collections.abc import Mapping

from supervision.canonical import canonical_json, digest
from supervision.errors import SupervisionError

MANIFEST = "manifest.json"


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
