"""Hash trees over frames (默克尔树): draw protocol 2, section 2.6; the tree of RFC 9162, section 2.1.

A root binds every row of a list without showing one; a proof shows one row to its owner and no other.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import digest
from supervision.sampling.bytes.hashing import digests, state
from supervision.sampling.bytes.identifiers import PIECE, pieces
from supervision.sampling.bytes.unit_numbers import salt_bytes

WIDTH = 32


def leaves(
    unit_id: pd.Series[Any],
    salt: npt.NDArray[np.uint8],
    *,
    task_id: str,
    endings: list[str],
    ending: npt.NDArray[np.int64],
    hash_name: str,
) -> bytes:
    """Return the leaves of a list, joined (叶子): H(0x00 ‖ salt ‖ task_id ‖ 0x1f ‖ unit_id ‖ 0x1f ‖ ending).

    `ending` holds for each unit the index of the rest of its row in `endings` (there are few distinct ones); units
    sorted. A frame row ends in "stratum␟x␟L", an excluded one in "reason␟rule".
    """
    started = state(hash_name, b"\x00")
    middle = task_id.encode() + b"\x1f"
    tails = [b"\x1f" + text.encode() for text in endings]
    found = []
    for rows, ids in pieces(unit_id):
        parts = [
            one + middle + text + tails[kind]
            for one, text, kind in zip(salt_bytes(salt[rows]), ids, ending[rows].tolist(), strict=True)
        ]
        found.append(digests(started, parts))
    return b"".join(found)


def root(joined: bytes, *, hash_name: str) -> bytes:
    """Return the root over joined leaves (树根): 32 bytes; H(empty) of no leaves."""
    if not joined:
        return digest(hash_name, b"")
    while len(joined) > WIDTH:
        joined = parents(joined, hash_name=hash_name)
    return joined


def inclusion_proof(joined: bytes, row: int, *, hash_name: str) -> list[bytes]:
    """Return the audit path of leaf `row` (归属证明), from the leaf upwards, as RFC 9162, 2.1.3 orders it."""
    path = []
    while len(joined) > WIDTH:
        sibling = row ^ 1
        if sibling < len(joined) // WIDTH:
            path.append(joined[sibling * WIDTH : (sibling + 1) * WIDTH])
        joined, row = parents(joined, hash_name=hash_name), row // 2
    return path


def proven_root(leaf: bytes, row: int, size: int, path: list[bytes], *, hash_name: str) -> bytes | None:
    """Return the root that a proof leads to (由证明推出的树根), None when the path has the wrong length.

    `row` is the leaf's place (from 0) among `size` leaves.
    """
    found, left = leaf, list(path)
    while size > 1:
        sibling = row ^ 1
        if sibling < size:
            if not left:
                return None
            other = left.pop(0)
            found = digest(hash_name, b"\x01" + (other + found if row & 1 else found + other))
        row, size = row // 2, (size + 1) // 2
    return None if left else found


def parents(joined: bytes, *, hash_name: str) -> bytes:
    """Return the nodes one level up, joined (上一层).

    A node without a sibling goes up as it is, which is RFC 9162's split at a power of two.
    """
    pairs = len(joined) // (2 * WIDTH)
    rest = joined[pairs * 2 * WIDTH :]
    found = []
    started = state(hash_name, b"\x01")
    step = PIECE * 2 * WIDTH
    for start in range(0, pairs * 2 * WIDTH, step):
        piece = joined[start : min(start + step, pairs * 2 * WIDTH)]
        parts: list[bytes] = np.frombuffer(piece, dtype="V64").tolist()
        found.append(digests(started, parts))
    return b"".join([*found, rest])
