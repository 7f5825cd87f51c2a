"""Secret files (密钥文件): written for their owner alone, and refused where others may read them."""

from __future__ import annotations

import os
from pathlib import Path

from supervision.errors import UsageError
from supervision.store.contents import settle


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file, mode 600 (写密钥文件), and bring it to the disk; one that is there raises FileExistsError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    settle(path.parent)


def refuse_readable(path: Path) -> None:
    """Refuse a secret file that others than its owner may read (他人可读的密钥)."""
    if path.stat().st_mode & 0o077:
        raise UsageError("month.key_readable", file=path)
