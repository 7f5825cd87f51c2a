"""Files of a round (批次文件): small ones inside the store, big ones beside it under their digest."""

from __future__ import annotations

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from sqlite_utils import Database

from supervision.errors import SupervisionError

LARGEST_INSIDE = 1 << 20
PART = ".part"


def check_path(path: str) -> str:
    """Return the path of a round's file (检查路径); one that is not plain and relative raises `store.path`."""
    parts = path.split("/")
    if "\\" in path or "\0" in path or ":" in path or any(part in ("", ".", "..") for part in parts):
        raise SupervisionError("store.path", path=path)
    return path


def keep_beside(folder: Path, content: bytes | Path) -> str:
    """Write a file under its digest (按摘要存放) and return the digest; it is whole on the disk or not there."""
    part = folder / f"content{PART}"
    with part.open("wb+") as target:
        if isinstance(content, Path):
            with content.open("rb") as source:
                shutil.copyfileobj(source, target, 1 << 20)
        else:
            target.write(content)
        target.flush()
        os.fsync(target.fileno())
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()
    part.replace(folder / digest)
    settle(folder)
    return digest


def holds(place: Path, digest: str) -> bool:
    """Tell whether a file is there and has a digest (文件与摘要是否相符), SHA-256 in hex."""
    if not place.is_file():
        return False
    with place.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == digest


def settle(folder: Path) -> None:
    """Bring a folder's names to the disk (目录落盘)."""
    # a rename is only safe from a power cut once the folder itself is on the disk; Windows cannot open folders
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path, database: Database) -> None:
    """Remove what no round refers to (清理无主文件): left by a killed step, or replaced."""
    known = {row[0] for row in database.execute("SELECT DISTINCT digest FROM files").fetchall()}
    for path in folder.iterdir():
        is_content = len(path.name) == 64 and path.name not in known
        if is_content or path.suffix == PART or path.name.startswith("incoming"):
            with suppress(OSError):
                path.unlink()
