"""The output folder (输出文件夹): one place for all rounds; a round's files are brought into its own folders only.

OUT/public/<round>/, OUT/audit/<round>/, OUT/internal/<round>/ hold a round, OUT/papers/<round>/<office>/ an office's
papers; OUT/public/ itself the home page. Each file is whole or not there, what a person changed is kept aside,
manifests come last.
"""

from __future__ import annotations

import filecmp
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO

from supervision.errors import UsageError
from supervision.store.contents import settle
from supervision.store.store_folders import store_around

Source = bytes | Path
UNFINISHED = ".unfinished"
MANIFEST = "manifest.json"
IN_STORE = "month.out_in_store"
EARLIER = "manifests"
PAPERS = "papers"
FOLDERS = ("public", "audit", "internal", PAPERS)
KEPT = "-kept"
AT_ONCE = 8  # files: each waits for the disk to say that it has it, and a disk hears of several at a time


def measure(source: Source) -> tuple[int, str]:
    """Return size and SHA-256 of a file (大小与摘要), as manifests give them."""
    if isinstance(source, bytes):
        return len(source), hashlib.sha256(source).hexdigest()
    with source.open("rb") as handle:
        return source.stat().st_size, hashlib.file_digest(handle, "sha256").hexdigest()


def write_folder(
    folder: Path, files: Mapping[str, Source], *, last: Mapping[str, bytes], forms: bool = False
) -> list[str]:
    """Bring a folder to exactly these files (写一个文件夹) and return the paths that were kept aside.

    A file that is not ours, or, with `forms`, a workbook that somebody filled, moves to `<OUT>-kept/`, never away.
    Every file is whole or not there; those in `last` come last, and until then the folder is marked as unfinished, so
    that the next call can go on where this one was killed.
    """
    known = written(folder)
    make_folder(folder)
    (folder / UNFINISHED).touch()
    for left in folder.rglob(".*.part"):
        left.unlink()
    kept = []
    for place in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != UNFINISHED):
        path = place.relative_to(folder).as_posix()
        if path in last or (path in files and not forms):
            continue
        if not _as_written(place, known.get(path, ""), files.get(path)):
            kept.append(_keep(folder, path))
        elif path not in files:
            place.unlink()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda path: write_whole(folder / path, files[path]), files))
    for path, source in last.items():
        write_whole(folder / path, source, lasting=True)
    for empty in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if not any(empty.iterdir()):
            empty.rmdir()
    (folder / UNFINISHED).unlink()
    return kept


def write_files(folder: Path, files: Mapping[str, Source]) -> None:
    """Write some files of a folder (写若干文件), one by one in their order; others stay as they are."""
    for path, source in files.items():
        write_whole(folder / path, source, lasting=path == MANIFEST)


def written(folder: Path) -> dict[str, str]:
    """Return the files that a folder's manifest lists, with their digests (已写出的文件)."""
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return {}
    return {entry["path"]: entry["digest"] for entry in json.loads(manifest.read_bytes())["files"]}


def refuse_foreign(out: Path) -> None:
    """Refuse an output folder that holds files and none of ours (他人文件夹), or lies in what stands beside a store."""
    if (store := store_around(out)) is not None:
        raise UsageError(IN_STORE, folder=out, store=store)
    if not out.is_dir() or any((out / name).is_dir() for name in FOLDERS):
        return
    foreign = next((path for path in sorted(out.rglob("*")) if path.is_file()), None)
    if foreign is not None:
        raise UsageError("month.out_foreign", folder=out, name=foreign.relative_to(out))


def set_aside(out: Path, round_id: str) -> list[str]:
    """Move all of a round's folders to `<OUT>-kept/` (移开一轮的文件), and return where they went."""
    moved = []
    for name in FOLDERS:
        folder = out / name / round_id
        if folder.is_dir():
            moved.append(str(_free(out.with_name(f"{out.name}{KEPT}") / name / round_id)))
            make_folder(Path(moved[-1]).parent)
            folder.replace(moved[-1])
    return moved


def _as_written(place: Path, before: str, source: Source | None) -> bool:
    """Tell whether a file is as it was published, or already as it is about to be."""
    found = measure(place)[1]
    return found == before or (source is not None and found == measure(source)[1])


def _keep(folder: Path, path: str) -> str:
    """Move a file aside, out of OUT: OUT/<part>/<round>/x goes to OUT-kept/<part>/<round>/x."""
    out = folder.parents[1] if folder.parent.name in FOLDERS else folder.parent
    if folder.parents[1].name == PAPERS:
        out = folder.parents[2]
    target = _free(out.with_name(f"{out.name}{KEPT}") / folder.relative_to(out) / path)
    make_folder(target.parent)
    (folder / path).replace(target)
    return str(target)


def _free(target: Path) -> Path:
    number, found = 1, target
    while found.exists():
        number += 1
        found = target.with_stem(f"{target.stem}-{number}")
    return found


def make_folder(folder: Path, *, private: bool = False) -> None:
    """Make a folder and those above it (建文件夹): `private` ones for their owner and their group alone.

    Private are all parts of an output folder but the public one: they hold keys, numbers, visits to come, people.
    """
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        closed = private or one.name in FOLDERS[1:] or one.name.endswith(KEPT)
        one.mkdir(mode=0o770 if closed else 0o777, exist_ok=True)


def write_whole(place: Path, source: Source, *, lasting: bool = False) -> None:
    """Write a file at once (整体写入): a reader finds the old one or the new one, never a part, nor after a power cut.

    The name of one that is `lasting` is on the disk, too, when this returns: of a manifest, which names those before
    it, and of what nothing else could make again. All others the same command writes again.
    """
    if isinstance(source, bytes) and place.is_file() and place.read_bytes() == source:
        return
    make_folder(place.parent)
    part = place.with_name(f".{place.name}.part")
    if isinstance(source, bytes):
        part.write_bytes(source)
    else:
        shutil.copyfile(source, part)
    with part.open("rb+") as whole:
        os.fsync(whole.fileno())  # or the new name may stand after a power cut, and nothing under it
    part.replace(place)
    if lasting:
        settle(place.parent)


def write_made(place: Path, make: Callable[[BinaryIO], None]) -> None:
    """Write a large file that is made on the way (边做边写), at once; one that would be the same stays as it is."""
    part = place.with_name(f".{place.name}.part")
    with part.open("wb") as target:
        make(target)
        target.flush()
        os.fsync(target.fileno())
    if place.is_file() and filecmp.cmp(part, place, shallow=False):
        part.unlink()
    else:
        part.replace(place)
