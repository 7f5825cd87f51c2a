"""The order of units in a stratum."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from supervision.sampling.bytes.unit_numbers import Numbers, uniforms
from supervision.sampling.pareto.selection import exact_key, order
from supervision.sampling.pareto.working_probability import ONE


def _numbers(units: int, seed: int) -> Numbers:
    found = np.random.default_rng(seed).integers(0, 256, (units, 32), dtype=np.uint8)
    return Numbers(U=uniforms(found), D=found)


def _plain(L: np.ndarray, known: Numbers) -> list[int]:
    """The order by exact fractions for every unit."""

    def key(row: int) -> tuple[int, Fraction, bytes]:
        sure = L[row] == ONE
        return not sure, Fraction(0) if sure else exact_key(int(known.U[row]), int(L[row])), known.D[row].tobytes()

    return sorted(range(len(L)), key=key)


def _first(L: np.ndarray, known: Numbers, count: int) -> np.ndarray:
    """The first of a frame with one stratum."""
    return order(np.arange(len(L)), L, known, count)


def test_same_as_exact_fractions() -> None:
    """Preselection by floats gives the order of the exact fractions, for every count."""
    known = _numbers(300, 1)
    L = np.random.default_rng(2).integers(1, ONE, 300)
    L[::50] = ONE
    full = _plain(L, known)
    for count in (0, 1, 5, 6, 7, 100, 300, 500):
        assert _first(L, known, count).tolist() == full[:count]


def test_near_ties_are_settled_exactly() -> None:
    """Units whose keys agree to fifteen digits stand in the order of the exact fractions."""
    known = _numbers(50, 3)
    U = np.full(50, 2**53 + 1, dtype=np.int64) + 2 * np.arange(50)[::-1]
    near = Numbers(U=U, D=known.D)
    L = np.full(50, ONE // 3, dtype=np.int64) - np.arange(50)
    for count in (3, 25, 50):
        assert _first(L, near, count).tolist() == _plain(L, near)[:count]


def test_exact_ties_go_by_digest() -> None:
    """Equal Q: the smaller digest first."""
    known = _numbers(20, 4)
    tied = Numbers(U=np.full(20, 12345, dtype=np.int64), D=known.D)
    L = np.full(20, ONE // 7, dtype=np.int64)
    assert _first(L, tied, 20).tolist() == _plain(L, tied)


def test_parts_merge() -> None:
    """The first units of two halves, merged, hold the first units of the whole: machines can share the work."""
    known = _numbers(400, 5)
    L = np.random.default_rng(6).integers(1, ONE, 400)
    halves = [np.arange(200), np.arange(200, 400)]
    kept = np.concatenate([order(half, L, known, 30) for half in halves])
    assert order(kept, L, known, 30).tolist() == _first(L, known, 30).tolist()


def test_row_order_makes_no_difference() -> None:
    """A shuffled frame gives the same units in the same order."""
    known = _numbers(200, 7)
    L = np.random.default_rng(8).integers(1, ONE, 200)
    mixed = np.random.default_rng(9).permutation(200)
    assert order(mixed, L, known, 50).tolist() == _first(L, known, 50).tolist()
