"""Many short hashes (批量杂凑): H of a round, SHA-256 or SM3, over millions of rows; draw protocol 2, section 0."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from supervision.canonical import HASHES
from supervision.errors import SupervisionError

if TYPE_CHECKING:
    from hashlib import _Hash


def state(hash_name: str, prefix: bytes = b"") -> _Hash:
    """Return the hash state after `prefix` (杂凑状态); an unknown `hash_name` raises `canonical.hash`."""
    if hash_name not in HASHES or hash_name not in hashlib.algorithms_available:
        raise SupervisionError("canonical.hash", name=hash_name, known=" ".join(HASHES))
    return hashlib.new(hash_name, prefix)


def digests(started: _Hash, parts: Iterable[bytes]) -> bytes:
    """Return H(prefix ‖ part) of each part, joined (批量杂凑): 32 bytes each.

    `started` is the state after the common prefix; copying it is what makes millions of short hashes cheap.
    """
    copy = started.copy
    found = []
    for part in parts:
        one = copy()
        one.update(part)
        found.append(one.digest())
    return b"".join(found)
