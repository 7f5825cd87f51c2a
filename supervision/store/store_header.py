"""The header of a store file (数据文件头): whose a file is, read without SQLite, also where the rest is damaged.

SQLite keeps "SQLite format 3" in the first 16 bytes and the number of the application in bytes 68 to 71
(sqlite.org/fileformat2.html, 1.3).
"""

from __future__ import annotations

from pathlib import Path

APPLICATION = 0x53534A31  # "SSJ1"
AT = 68


def is_ours(path: Path) -> bool:
    """Tell whether a file's header names this program (是否本程序的数据文件), however damaged the rest is."""
    try:
        with path.open("rb") as handle:
            return handle.read(AT + 4)[AT:] == APPLICATION.to_bytes(4, "big")
    except OSError:
        return False


def stores_in(folder: Path) -> list[Path]:
    """Return the stores in a folder (文件夹中的数据文件), by name."""
    return sorted(path for path in folder.iterdir() if path.is_file() and is_ours(path))
