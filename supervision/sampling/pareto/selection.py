"""Who is drawn (抽取): draw protocol 2, section 6; Pareto sampling (Rosén 1997).

Order in a stratum: certainty units by D, then by (Q, D) with Q = U·(2^53 − L) / (L·(2^54 − U)), an exact fraction.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import numpy.typing as npt

from supervision.sampling.bytes.unit_numbers import Numbers
from supervision.sampling.pareto.working_probability import ONE, Integers

NEAR = 1e-9


def order(rows: npt.NDArray[np.int64], L: Integers, drawn: Numbers, count: int) -> npt.NDArray[np.int64]:
    """Return the first `count` of a stratum's `rows` in the order of the draw (抽取顺序): int64 (min(count, N),).

    `L` and `drawn` are of the whole frame. Float64 keys preselect; neighbours within relative 1e-9 are compared as
    exact integers, so no float decides.
    """
    is_certain = L[rows] == ONE
    certain = rows[is_certain]
    first: Integers = certain[_by_digest(drawn.D[certain])][:count]
    others = rows[~is_certain]
    wanted = min(count - len(first), len(others))
    if wanted <= 0:
        return first
    keys = _keys(L[others], drawn.U[others])
    edge = np.partition(keys, wanted - 1)[wanted - 1]
    others = others[keys <= edge * (1 + 10 * NEAR)]
    ranked = others[np.argsort(_keys(L[others], drawn.U[others]), kind="stable")]
    return np.concatenate([first, _settled(ranked, L, drawn)[:wanted]])


def exact_key(U: int, L: int) -> Fraction:
    """Return Q of a unit that is not certain (排序值), exactly."""
    return Fraction(U * (ONE - L), L * (2 * ONE - U))


def _keys(L: Integers, U: Integers) -> npt.NDArray[np.float64]:
    return np.asarray((U / (2 * ONE - U)) * ((ONE - L) / L), dtype=np.float64)


def _settled(ranked: npt.NDArray[np.int64], L: Integers, drawn: Numbers) -> npt.NDArray[np.int64]:
    """Sort every run of near neighbours by exact (Q, D)."""
    keys = _keys(L[ranked], drawn.U[ranked])
    near = keys[1:] <= keys[:-1] * (1 + NEAR)
    result = ranked.copy()
    edges = np.flatnonzero(np.diff(np.concatenate([[False], near, [False]]).astype(np.int8)))
    for start, stop in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        run = ranked[start : stop + 1].tolist()
        run.sort(key=lambda row: (exact_key(int(drawn.U[row]), int(L[row])), drawn.D[row].tobytes()))
        result[start : stop + 1] = run
    return result


def _by_digest(found: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """Rows in the order of their digests: numpy compares fixed-width bytes as the bytes stand."""
    return np.argsort(np.ascontiguousarray(found).view("S32").reshape(-1), kind="stable")
