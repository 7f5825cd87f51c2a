"""Salts and numbers of units (盐与签号): draw protocol 1, sections 2.5 and 5.

All tasks of a group share them: compute once over the union of the group's units and index into the result.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.canonical import digest
from supervision.sampling.bytes.hashing import digests, state
from supervision.sampling.bytes.identifiers import pieces

SALT_BYTES = 16
DIGEST_BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """Numbers of units (签号): `U` int64 (odd, 1 … 2^54−1), `D` uint8 (N, 32), in the order of the units given."""

    U: npt.NDArray[np.int64]
    D: npt.NDArray[np.uint8]

    def take(self, rows: npt.NDArray[np.int64]) -> Numbers:
        """Return the numbers of some rows (取子集)."""
        return Numbers(U=self.U[rows], D=self.D[rows])


def scope(kind: str, *, round_id: str, group: str, hash_name: str) -> bytes:
    """Return H(kind | round | group) (用途标签), the 32 bytes that keep salts, numbers and rounds apart."""
    return digest(hash_name, f"{kind}|{round_id}|{group}".encode())


def salts(
    unit_id: pd.Series[Any], *, frame_key: bytes, round_id: str, group: str, hash_name: str
) -> npt.NDArray[np.uint8]:
    """Return the salts of a group's units (盐): uint8 (N, 16), for sealed tasks; open tasks use `open_salts`."""
    started = state(hash_name, frame_key + scope("salt", round_id=round_id, group=group, hash_name=hash_name))
    found = np.empty((len(unit_id), SALT_BYTES), dtype=np.uint8)
    for rows, ids in pieces(unit_id):
        found[rows] = as_digests(digests(started, ids))[:, :SALT_BYTES]
    return found


def open_salts(units: int) -> npt.NDArray[np.uint8]:
    """Return the sixteen zero bytes of each unit of an open task (公开任务的盐): uint8 (units, 16)."""
    return np.zeros((units, SALT_BYTES), dtype=np.uint8)


def numbers(
    unit_id: pd.Series[Any],
    salt: npt.NDArray[np.uint8],
    *,
    seed1: bytes,
    round_id: str,
    group: str,
    hash_name: str,
) -> Numbers:
    """Return the numbers of a group's units (计算签号): D = H(seed1 ‖ H("targets|round|group") ‖ salt ‖ unit_id)."""
    started = state(hash_name, seed1 + scope("targets", round_id=round_id, group=group, hash_name=hash_name))
    found = np.empty((len(unit_id), DIGEST_BYTES), dtype=np.uint8)
    for rows, ids in pieces(unit_id):
        parts = [one + text for one, text in zip(salt_bytes(salt[rows]), ids, strict=True)]
        found[rows] = as_digests(digests(started, parts))
    return Numbers(U=uniforms(found), D=found)


def uniforms(found: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Return U = 2·(first 8 bytes, big-endian, >> 11) + 1 of digests (签号整数): int64; u = U / 2^54."""
    first = np.ascontiguousarray(found[:, :8]).view(">u8").reshape(-1).astype(np.uint64)
    return ((first >> np.uint64(11)) * np.uint64(2) + np.uint64(1)).astype(np.int64)


def as_digests(joined: bytes) -> npt.NDArray[np.uint8]:
    """Return joined digests as uint8 (N, 32) (杂凑表)."""
    return np.frombuffer(joined, dtype=np.uint8).reshape(-1, DIGEST_BYTES)


def salt_bytes(salt: npt.NDArray[np.uint8]) -> list[bytes]:
    """Return each salt as 16 bytes (逐个取盐)."""
    found: list[bytes] = np.ascontiguousarray(salt).view(f"V{SALT_BYTES}").reshape(-1).tolist()
    return found
