"""Chance by counting (计数随机数): every value is a function of seed, column name and row number.

SplitMix64 (Steele, Lea, Flood 2014) over `key(seed, column) + row`, so that neither the size of a chunk nor the
version of a library changes a byte of the city. For invented data only; the draw itself follows the draw protocol.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST, SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, kw_only=True)
class Chance:
    """Random columns of one city (随机列); `seed` names the city."""

    seed: int

    def bits(self, column: str, rows: Integers) -> NDArray[np.uint64]:
        """Return 64 random bits a row (每行64位): uint64, the same for the same seed, column and row number."""
        key = int.from_bytes(hashlib.sha256(f"{self.seed}|{column}".encode()).digest()[:8], "big")
        mixed = (rows.astype(np.uint64) + np.uint64(1)) * GOLDEN + np.uint64(key)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * FIRST
        mixed = (mixed ^ (mixed >> np.uint64(27))) * SECOND
        found: NDArray[np.uint64] = mixed ^ (mixed >> np.uint64(31))
        return found

    def uniform(self, column: str, rows: Integers) -> Floats:
        """Return uniform numbers in [0, 1) (均匀分布), float64."""
        return (self.bits(column, rows) >> np.uint64(11)).astype(np.float64) / 2.0**53

    def below(self, column: str, limit: int, rows: Integers) -> Integers:
        """Return integers from 0 to `limit` − 1 (随机整数), int64."""
        found: Integers = (self.uniform(column, rows) * limit).astype(np.int64)
        return found

    def pick(self, column: str, weights: Sequence[float], rows: Integers) -> Integers:
        """Return indices into `weights` with chances in proportion to them (按权重取下标), int64."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        found = np.searchsorted(edges, self.uniform(column, rows) * edges[-1], side="right")
        places: Integers = np.minimum(found, len(edges) - 1).astype(np.int64)
        return places

    def bell(self, column: str, rows: Integers) -> Floats:
        """Return numbers of mean 0 and variance 1, bell-shaped between ±3.5 (近似正态): the sum of four uniforms."""
        bits = self.bits(column, rows)
        total = np.zeros(len(rows), dtype=np.int64)
        for shift in (0, 16, 32, 48):
            total += ((bits >> np.uint64(shift)) & np.uint64(0xFFFF)).astype(np.int64)
        found: Floats = (total / 65536.0 - 2.0) * 3.0**0.5
        return found
