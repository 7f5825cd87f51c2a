"""Evidence (证据文件): files handed over; the round keeps their digests, or the public ones."""

from __future__ import annotations

import hashlib
from pathlib import Path

from supervision.errors import UsageError
from supervision.messages import Label

LARGEST = 20 * 2**20
EVIDENCE = Label("证据文件", "Evidence")
PUBLIC_KEY, PRIVATE_KEY = Label("公钥", "The public key"), Label("私钥", "The private key")


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file (证据摘要), hex; a file that is not there is refused."""
    return hashlib.sha256(content_of(path)).hexdigest()


def content_of(path: Path, *, what: Label = EVIDENCE) -> bytes:
    """Return a file's bytes (证据内容); one that is not there, empty or larger than 20 MiB is refused as `what`."""
    if not path.is_file():
        raise UsageError("month.evidence_missing", what=what, file=path)
    size = path.stat().st_size
    if not 0 < size <= LARGEST:
        raise UsageError("month.evidence_size", what=what, file=path, size=size, most=LARGEST)
    return path.read_bytes()
