"""Scratch files (暂存库) beside the store, where rows wait for the one transaction that takes them over."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from supervision.store.connection import PAGE, clear_errors, files_folder

ROWS = "incoming"
FILES = "incoming_files"


def scratch_path(store: Path, name: str) -> Path:
    """Return the place of a scratch file (暂存库位置)."""
    return files_folder(store) / f"{name}.db"


def create(path: Path, *statements: str) -> None:
    """Make a fresh scratch file with tables (新建暂存库); one that a killed process left is removed."""
    with clear_errors(path):
        path.unlink(missing_ok=True)
        extend(path, *statements)


def extend(path: Path, *statements: str) -> None:
    """Add tables to a scratch file (增加暂存表)."""
    with clear_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA page_size = {PAGE}")
        connection.execute("PRAGMA synchronous = OFF")
        for statement in statements:
            connection.execute(statement)
