"""The stepped ridge (有界阶梯岭回归): log-odds as a sum of bounded step functions of the indicators.

Each indicator is cut at quantiles into at most STEPS parts. Its log-odds are a straight line over the parts' means plus
a few jumps, all drawn towards nothing (ridge); where an indicator has a sign no line and no jump may run against it.
Beyond the greatest value seen nothing grows. Nuisance terms stand beside and are left out of the score.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from itertools import chain, pairwise, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS, JUMPS = 16, 5
RIDGE = 100.0  # of one unit of log-odds squared
WEIGHT_OF_JUMP, FARTHEST = 0.5, 4.0
NUISANCE = 3.0  # a nuisance term is drawn to nothing nine times less: it shall explain what it can
ROUNDS = 300
THREADS, TOGETHER = 2, 3


@dataclass(frozen=True, kw_only=True)
class Parts:
    """An indicator cut into parts (指标分段): values up to `up_to[k]` fall into part k + 1, unknown (−1) into part 0.

    `basis` float64 (parts, terms): what a row of each part has of the line, the jumps, and of being unknown; `bounded`
    tells the terms that may not run against the indicator's sign.
    """

    up_to: Ints
    basis: Floats
    bounded: tuple[bool, ...]

    def of(self, values: NDArray[np.int32]) -> NDArray[np.uint8]:
        """Return the part of each value (所在分段)."""
        part = np.searchsorted(self.up_to, values, side="left") + 1
        return np.where(values < 0, 0, part).astype(np.uint8)


def cut(values: NDArray[np.int32]) -> Parts:
    """Cut an indicator at the quantiles of what is known (按分位数分段)."""
    known = values[values >= 0].astype(np.int64)
    if not len(known):
        return Parts(up_to=np.zeros(0, dtype=np.int64), basis=np.zeros((2, 0)), bounded=())
    ranks = np.arange(1, STEPS) * (len(known) - 1) // STEPS
    bounds = np.unique(np.sort(known)[ranks])
    bounds = bounds[bounds < known.max()]
    part = np.searchsorted(bounds, known, side="left")
    count = np.bincount(part, minlength=len(bounds) + 1)
    middle = np.maximum.accumulate(np.bincount(part, weights=known, minlength=len(bounds) + 1) / np.maximum(count, 1))
    spread = known.std() or 1.0
    terms = [np.clip((middle - known.mean()) / spread, -FARTHEST, FARTHEST)] if len(bounds) else []
    chosen = range(len(bounds) // 6, len(bounds), max(1, len(bounds) // 6)) if len(bounds) > 1 else range(0)
    terms += [WEIGHT_OF_JUMP * (np.arange(len(bounds) + 1) > place) for place in chosen]
    bounded = [True] * len(terms)
    basis = np.zeros((len(bounds) + 2, len(terms)))
    basis[1:] = np.column_stack(terms) if terms else np.zeros((len(bounds) + 1, 0))
    if (values < 0).any():
        unknown = np.zeros(len(bounds) + 2)
        unknown[0] = WEIGHT_OF_JUMP
        basis, bounded = np.column_stack([basis, unknown]), [*bounded, False]
    share = np.bincount(np.concatenate([part + 1, np.zeros(len(values) - len(known), dtype=np.int64)]),
                        minlength=len(basis)) / len(values)  # fmt: skip
    return Parts(up_to=bounds, basis=basis - share @ basis, bounded=tuple(bounded))


def fit_parts(parts: Sequence[Parts], columns: Sequence[NDArray[np.uint8]], signs: Sequence[int],
              nuisances: Sequence[Ints], found: NDArray[np.int8]) -> list[Floats]:  # fmt: skip
    """Return the log-odds of each part of each indicator (各分段对数优势), float64 (parts,), least penalised loss.

    Parameters
    ----------
    parts, columns
        How each indicator is cut, and the part of each row.
    signs
        1: may not fall, −1: may not rise, 0: free.
    nuisances
        Codes of other things that explain what was found; below 0 is nothing.
    found
        1 problem, 0 clean.
    """
    # takes a quarter of a second to load, and few commands train; comes without types
    from scipy.optimize import minimize  # type: ignore[import-untyped]

    sizes = [part.basis.shape[1] for part in parts]
    edges = np.cumsum([0, *sizes])
    levels = [int(codes.max(initial=-1)) + 1 for codes in nuisances]
    walls = edges[-1] + np.cumsum([0, *levels])
    share = found.mean()
    start = np.zeros(walls[-1] + 1)
    start[-1] = np.log(share / (1 - share))
    bounds: list[tuple[float | None, float | None]] = []
    limits = {1: (0.0, None), -1: (None, 0.0), 0: (None, None)}
    for part, sign in zip(parts, signs, strict=True):
        bounds += [limits[sign if tied else 0] for tied in part.bounded]
    bounds += [(None, None)] * (len(start) - len(bounds))
    with ThreadPoolExecutor(THREADS) as pool:  # numpy lets go of the interpreter; every sum is made in one thread
        loss = _loss(parts, columns, nuisances, found, ends=(edges, walls), pool=pool)
        weights = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": ROUNDS}).x
    return _curves(parts, weights, edges)


def _curves(parts: Sequence[Parts], weights: Floats, edges: Ints) -> list[Floats]:
    return [part.basis @ weights[a:b] for part, (a, b) in zip(parts, pairwise(edges), strict=True)]


def _loss(
    parts: Sequence[Parts], columns: Sequence[NDArray[np.uint8]], nuisances: Sequence[Ints], found: NDArray[np.int8],
    *, ends: tuple[Ints, Ints], pool: Executor,
) -> Callable[[Floats], tuple[float, Floats]]:  # fmt: skip
    """Return the penalised loss and its slope as a function of the weights (带惩罚的损失); as `fit_parts` has them.

    `ends`: where the weights of each indicator begin and end, and those of each nuisance; the last weight is the base.
    """
    edges, walls = ends
    penalty = np.full(walls[-1] + 1, RIDGE)
    penalty[-1] = 0.0
    groups = _grouped([len(part.basis) for part in parts], columns)
    # a nuisance's −1 is place 0 of its table
    places = [place for _, place in groups] + [codes.astype(np.intp) + 1 for codes in nuisances]
    halves = [slice(0, len(found) // 2), slice(len(found) // 2, len(found))]
    terms = [slice(0, len(places) // 2), slice(len(places) // 2, len(places))]
    eta, beside, rest, losses = (np.empty(len(found)) for _ in range(4))
    seen = found.astype(np.float64)

    def of_rows(some: slice, tables: Sequence[Floats], base: float) -> None:
        eta[some] = base
        for table, place in zip(tables, places, strict=True):
            np.take(table, place[some], out=beside[some], mode="clip")
            eta[some] += beside[some]
        rest[some] = 1 / (1 + np.exp(-eta[some])) - seen[some]
        losses[some] = np.logaddexp(0, eta[some])

    def of_terms(some: slice, sizes: Sequence[int]) -> list[NDArray[Any]]:
        return [np.bincount(at, weights=rest, minlength=n) for at, n in zip(places[some], sizes[some], strict=True)]

    def loss(weights: Floats) -> tuple[float, Floats]:
        curves = _curves(parts, weights, edges)
        tables = [reduce(np.add.outer, [curves[at] for at in group]).ravel() for group, _ in groups]
        tables += [np.append(0.0, weights[a:b] * NUISANCE) for a, b in pairwise(walls)]
        list(pool.map(of_rows, halves, repeat(tables), repeat(weights[-1])))
        sums = list(chain(*pool.map(of_terms, terms, repeat(list(map(len, tables))))))
        slope = penalty * weights
        for (group, _), total in zip(groups, sums, strict=False):
            shaped = total.reshape([len(parts[at].basis) for at in group])
            for axis, at in enumerate(group):
                others = tuple(other for other in range(len(group)) if other != axis)
                slope[edges[at] : edges[at + 1]] += shaped.sum(axis=others) @ parts[at].basis
        for total, (a, b) in zip(sums[len(groups) :], pairwise(walls), strict=True):
            slope[a:b] += NUISANCE * total[1:]
        slope[-1] += rest.sum()
        value = losses.sum() - eta @ seen + 0.5 * (penalty * weights * weights).sum()
        return float(value), slope

    return loss


def _grouped(sizes: Sequence[int], columns: Sequence[NDArray[np.uint8]]) -> list[tuple[range, Ints]]:
    """Return some indicators at a time, and the place of each row among all their parts (指标分组).

    A row's place in a table of three indicators is looked up once instead of three times.
    """
    found = []
    for first in range(0, len(columns), TOGETHER):
        group = range(first, min(first + TOGETHER, len(columns)))
        place = np.zeros(len(columns[first]), dtype=np.intp)
        for at in group:
            place = place * sizes[at] + columns[at]
        found.append((group, place))
    return found
