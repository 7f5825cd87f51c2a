"""Salts and numbers of units (盐与签号): draw protocol 2, sections 2.5, 2.7, 5 and 7.

All tasks of a group share them: they depend on round, group and unit alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
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


def scope(kind: str, *, round_id: str, group: str, hash_name: str) -> bytes:
    """Return H(kind | round | group) (用途标签), the 32 bytes that keep salts, numbers and rounds apart."""
    return digest(hash_name, f"{kind}|{round_id}|{group}".encode())


@dataclass(frozen=True, kw_only=True)
class Secret:
    """What salts and hidden names of a round are made from (本轮密钥): the frame key, 32 bytes, round and hash."""

    frame_key: bytes
    round_id: str
    hash_name: str

    def label(self, kind: str) -> bytes:
        """Return H(kind | round) (用途标签), for what belongs to a round and no group."""
        return digest(self.hash_name, f"{kind}|{self.round_id}".encode())

    def salt(self, kind: str, name: str) -> bytes:
        """Return the salt of something that has a name (盐), 16 bytes: "strata", "list" of a task, a file's number."""
        return digest(self.hash_name, self.frame_key, self.label(kind), name.encode())[:SALT_BYTES]

    def file_digest(self, kind: str, number: int, body: bytes) -> str:
        """Return the salted digest of a file (加盐文件摘要), section 7, hex: `kind` calendar, roster or recusals."""
        return digest(self.hash_name, b"\x03", self.salt(kind, str(number)), body).hex()

    def list_digest(self, task_id: str, listed: bytes) -> str:
        """Return the digest that stands for a drawn list which is not shown (名单摘要), section 6, hex."""
        return digest(self.hash_name, b"\x04", self.salt("list", task_id), listed).hex()

    def stratum_names(self, task_id: str, keys: Iterable[str]) -> dict[str, str]:
        """Return key → public name of a task's strata (层的公开名称): s1, s2, … in an order that only the key tells."""
        label = self.label("stratum")

        def place(key: str) -> bytes:
            return digest(self.hash_name, self.frame_key, label, task_id.encode(), b"\x1f", key.encode())

        return {key: f"s{number}" for number, key in enumerate(sorted(keys, key=place), 1)}

    def ties(self, unit_id: pd.Series[Any], *, seed1: bytes) -> list[bytes]:
        """Return T of each unit (日程次序值), 32 bytes: what breaks ties in the calendar, section 7."""
        label = self.label("ties")
        secret, public = state(self.hash_name, self.frame_key + label), state(self.hash_name, seed1 + label)
        found: list[bytes] = []
        for _, ids in pieces(unit_id):
            salt = as_digests(digests(secret, ids))[:, :SALT_BYTES]
            joined = digests(public, map(add, salt_bytes(salt), ids))
            found += [joined[at : at + DIGEST_BYTES] for at in range(0, len(joined), DIGEST_BYTES)]
        return found


def salts(unit_id: pd.Series[Any], *, group: str, secret: Secret) -> npt.NDArray[np.uint8]:
    """Return the salts of a group's units (盐): uint8 (N, 16); the framed ones of an open task use `open_salts`."""
    label = scope("salt", round_id=secret.round_id, group=group, hash_name=secret.hash_name)
    started = state(secret.hash_name, secret.frame_key + label)
    found = np.empty((len(unit_id), SALT_BYTES), dtype=np.uint8)
    for rows, ids in pieces(unit_id):
        found[rows] = as_digests(digests(started, ids))[:, :SALT_BYTES]
    return found


def open_salts(units: int) -> npt.NDArray[np.uint8]:
    """Return the sixteen zero bytes of each framed unit of an open task (公开任务的盐): uint8 (units, 16)."""
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
        found[rows] = as_digests(digests(started, map(add, salt_bytes(salt[rows]), ids)))
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
