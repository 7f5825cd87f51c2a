"""The output folder (输出文件夹): files written one by one, what a person changed is kept aside, manifests last."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from supervision.errors import UsageError

Source = bytes | Path
UNFINISHED = ".unfinished"


def measure(source: Source, hash_name: str) -> tuple[int, str]:
    """Return size and hex digest of a file (大小与摘要)."""
    if isinstance(source, bytes):
        return len(source), hashlib.new(hash_name, source).hexdigest()
    with source.open("rb") as handle:
        return source.stat().st_size, hashlib.file_digest(handle, lambda: hashlib.new(hash_name)).hexdigest()


def write_folder(
    out: Path, files: Mapping[str, Source], manifests: Mapping[str, bytes], *, hash_name: str
) -> list[str]:
    """Bring a folder to exactly these files (写输出文件夹) and return the paths that were kept aside.

    A file that is not ours, or a workbook that somebody filled, moves to `<out>-kept/`, never away. Every file is whole
    or not there; manifests come last, and until then the folder is marked as unfinished, so that the next call can go
    on where this one was killed.
    """
    known = prepare(out)
    for left in out.rglob(".*.part"):
        left.unlink()
    kept = []
    for place in sorted(p for p in out.rglob("*") if p.is_file() and p.name != UNFINISHED):
        path = place.relative_to(out).as_posix()
        if path in manifests or (path in files and not _is_form(path)):
            continue
        if not _as_written(place, (known.get(path, ""), files.get(path)), hash_name):
            kept.append(_keep(out, path))
        elif path not in files:
            place.unlink()
    for path, source in files.items():
        _write(out / path, source)
    for path, body in manifests.items():
        _write(out / path, body)
    for folder in sorted((p for p in out.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    (out / UNFINISHED).unlink()
    return kept


def prepare(out: Path) -> dict[str, str]:
    """Make the folder ready (准备文件夹) and mark it as unfinished; return what was published in it before."""
    known = published(out)
    out.mkdir(parents=True, exist_ok=True)
    (out / UNFINISHED).touch()
    return known


def _is_form(path: str) -> bool:
    return path.startswith("internal/")


def _as_written(place: Path, known: tuple[str, Source | None], hash_name: str) -> bool:
    """Tell whether a file is as it was published, or already as it is about to be."""
    found, (before, source) = measure(place, hash_name)[1], known
    return found == before or (source is not None and found == measure(source, hash_name)[1])


def published(out: Path) -> dict[str, str]:
    """Return the files of the folder's manifests with their digests (已公示文件).

    A folder that holds files and no manifest of ours is refused.
    """
    found: dict[str, str] = {}
    for part in ("", "public/", "audit/"):
        manifest = out / f"{part}manifest.json"
        if manifest.is_file():
            found |= {f"{part}{entry['path']}": entry["digest"] for entry in json.loads(manifest.read_bytes())["files"]}
    if out.is_dir() and not found and not (out / UNFINISHED).exists():
        foreign = next((path for path in sorted(out.rglob("*")) if path.is_file()), None)
        if foreign is not None:
            raise UsageError("month.out_foreign", folder=out, name=foreign.relative_to(out))
    return {path: digest for path, digest in found.items() if not path.endswith("manifest.json")}


def _keep(out: Path, path: str) -> str:
    target = out.with_name(f"{out.name}-kept") / path
    number = 1
    while target.exists():
        number += 1
        target = target.with_stem(f"{Path(path).stem}-{number}")
    target.parent.mkdir(parents=True, exist_ok=True)
    (out / path).replace(target)
    return str(target)


def _write(place: Path, source: Source) -> None:
    if isinstance(source, bytes) and place.is_file() and place.read_bytes() == source:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f".{place.name}.part")
    if isinstance(source, bytes):
        part.write_bytes(source)
    else:
        shutil.copyfile(source, part)
    part.replace(place)
