"""Evidence (证据文件): files handed over; the round keeps their digests, or the public ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

from supervision.errors import UsageError

LARGEST = 20 * 2**20


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file (证据摘要), hex; a file that is not there is refused."""
    return hashlib.sha256(content_of(path)).hexdigest()


def content_of(path: Path) -> bytes:
    """Return a file's bytes (证据内容); one that is not there, empty or larger than 20 MiB is refused."""
    if not path.is_file():
        raise UsageError("month.evidence_missing", file=path)
    size = path.stat().st_size
    if not 0 < size <= LARGEST:
        raise UsageError("month.evidence_size", file=path, size=size, most=LARGEST)
    return path.read_bytes()
