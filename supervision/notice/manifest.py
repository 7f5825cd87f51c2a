"""The list of published files (发布清单): draw protocol 2, section 9; always in SHA-256, earlier ones stay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from supervision.canonical import canonical_json, digest, parse_canonical
from supervision.errors import DoesNotVerify, SupervisionError, UsageError

MANIFEST = "manifest.json"
APART = (MANIFEST, "anchors.json")
FIXED = ("commitment", "reveal", "roster_commitment", "abandoned", "open/")
HOME = "home"

Listed = tuple[int, str]


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """One manifest of a folder (发布清单): `files` path → (size, hex SHA-256); `reason` None for the first."""

    round: str
    sequence: int
    previous: str | None
    reason: str | None
    files: Mapping[str, tuple[int, str]]

    def to_bytes(self) -> bytes:
        """Return manifest.json (发布清单文件); a path that leaves the folder is refused."""
        rows: list[dict[str, object]] = []
        for path in sorted(self.files, key=str.encode):
            _refuse_path(path)
            size, name = self.files[path]
            rows.append({"digest": name, "path": path, "size": size})
        head = {"previous": self.previous, "reason": self.reason, "round": self.round, "sequence": self.sequence}
        return canonical_json({**head, "files": rows})

    @classmethod
    def from_bytes(cls, source: bytes) -> Manifest:
        """Read manifest.json (读取发布清单); another form raises `notice.manifest_form`, a path that leads away too."""
        raw = parse_canonical(source)
        if not isinstance(raw, dict) or set(raw) != set(cls.__dataclass_fields__) or not _is_manifest(raw):
            raise DoesNotVerify("notice.manifest_form", file=MANIFEST)
        for entry in raw["files"]:
            _refuse_path(entry["path"])
        files = {entry["path"]: (entry["size"], entry["digest"]) for entry in raw["files"]}
        return cls(**raw | {"files": files})


def _is_manifest(raw: Mapping[str, Any]) -> bool:
    """Tell whether every field is of its kind (是否发布清单)."""
    texts = [raw["round"], *(raw[name] for name in ("previous", "reason") if raw[name] is not None)]
    whole = type(raw["sequence"]) is int and isinstance(raw["files"], list)
    return whole and all(isinstance(text, str) for text in texts) and all(map(_is_entry, raw["files"]))


def _is_entry(entry: Any) -> bool:
    if not isinstance(entry, dict) or set(entry) != {"digest", "path", "size"} or type(entry["size"]) is not int:
        return False
    return isinstance(entry["digest"], str) and isinstance(entry["path"], str)


def next_manifest(
    before: bytes | None,
    files: Mapping[str, tuple[int, str]],
    *,
    round: str,
    reason: str,
    earlier: Mapping[str, tuple[int, str]],
) -> bytes:
    """Return the manifest that follows `before` (下一份发布清单): `before` itself where no file changed.

    `files` are the folder's own, `earlier` the manifests before (path → size and digest), which the next one lists as
    well; `reason` says why there is another one.
    """
    if before is None:
        return Manifest(round=round, sequence=1, previous=None, reason=None, files=files).to_bytes()
    old = Manifest.from_bytes(before)
    own = {path: entry for path, entry in old.files.items() if not path.startswith("manifests/")}
    if own == dict(files):
        return before
    previous = digest("sha256", before).hex()
    number = f"manifests/{old.sequence:04}.json"
    listed = {**files, **earlier, number: (len(before), previous)}
    return Manifest(round=round, sequence=old.sequence + 1, previous=previous, reason=reason, files=listed).to_bytes()


def check_correction(before: bytes | None, now: bytes, reason: str | None) -> None:
    """Refuse to change without a reason what was public and fixed (更正须说明理由): commitments, values, frames."""
    if before is None or reason:
        return
    fresh = Manifest.from_bytes(now).files
    for path, entry in Manifest.from_bytes(before).files.items():
        is_fixed = path.startswith(FIXED) and path.endswith((".json", ".csv")) and path != "commitment.csv"
        if is_fixed and fresh.get(path) != entry:
            raise UsageError("notice.reason_missing", path=path)


def _refuse_path(path: str) -> None:
    parts = path.split("/")
    wrong = "\\" in path or ":" in path or path in APART or any(part in ("", ".", "..") for part in parts)
    if wrong:
        raise SupervisionError("notice.path", path=path)
