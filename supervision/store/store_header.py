"""The header of a store file (数据文件头): whose a file is, read without SQLite, also where the rest is damaged.

SQLite keeps "SQLite format 3" in the first 16 bytes and the number of the application in bytes 68 to 71
(sqlite.org/fileformat2.html, 1.3).
"""

from __future__ import annotations

from pathlib import Path

from supervision.errors import SupervisionError

APPLICATION = 0x53534A31  # "SSJ1"
SQLITE, AT = b"SQLite format 3\0", 68
DESK = ".desk"  # what a desk's own file is called after its store; it has no application's number


def is_ours(path: Path) -> bool:
    """Tell whether a file's header names this program (是否本程序的数据文件), however damaged the rest is."""
    return _header(path)[AT:] == APPLICATION.to_bytes(4, "big")


def unreadable(path: Path, reason: str) -> SupervisionError:
    """Return what is said of a file that SQLite cannot read (读不了的数据文件): one of ours is damaged."""
    ours = is_ours(path) or (path.suffix == DESK and _header(path).startswith(SQLITE))
    return SupervisionError("store.damaged" if ours else "store.not_a_store", path=path, reason=reason)


def _header(path: Path) -> bytes:
    try:
        with path.open("rb") as handle:
            return handle.read(AT + 4)
    except OSError:
        return b""


def stores_in(folder: Path) -> list[Path]:
    """Return the stores in a folder (文件夹中的数据文件), by name; none where there is no folder that can be listed."""
    try:
        return sorted(path for path in folder.iterdir() if path.is_file() and is_ours(path))
    except OSError:
        return []
