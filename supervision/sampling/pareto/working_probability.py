"""Working probabilities of a stratum (工作概率): draw protocol 2, sections 2.2 to 2.4.

The wanted inclusion probability of a unit is proportional to its size; it is an exact fraction, and L is that
fraction × 2^53 rounded half to even. No float takes part outside the small strata of `adjusted`.

Nothing here looks at who a unit is: a row may stand for one unit, or with `many` for as many of one size as it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from supervision.errors import SupervisionError
from supervision.sampling.pareto.adjusted import adjust

ONE = 1 << 53
SPREAD = 10**6
FEW = 2000
FEW_CELLS = 40_000
SMALL_SAMPLE = 20
VARIANCE = 10
HALF = Fraction(1, 2)

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Wanted inclusion probabilities (期望入样概率): 1 where `certain`, else sample·x / size_total, exactly.

    `certain` bool (N,); `sample` and `size_total` are of the units that are not certain.
    """

    certain: npt.NDArray[np.bool_]
    sample: int
    size_total: int

    def fraction(self, x: int) -> Fraction:
        """Return π of a unit of size `x` that is not certain (入样概率分数)."""
        return Fraction(self.sample * x, self.size_total)


@dataclass(frozen=True, kw_only=True)
class Working:
    """Working probabilities (工作概率): `L` int64 (N,), `certain` bool (N,), `method` "pareto" or "adjusted"."""

    L: Integers
    certain: npt.NDArray[np.bool_]
    method: str


def check_sizes(x: Integers, *, sample: int, reserve: int, where: str, many: Integers | None = None) -> None:
    """Check a stratum against section 2.2 (校验层): 1 ≤ n ≤ N, n + r ≤ N, 1 ≤ x ≤ 2^53/N, spread ≤ 10^6.

    More than 2,000 non-certainty units of unequal sizes need n ≥ 20 and no probability above 1/2 among them.
    """
    units = units_in(x, many)
    if not 1 <= sample <= units or reserve < 0 or sample + reserve > units:
        raise SupervisionError("sampling.stratum_size", where=where, units=units, sample=sample, reserve=reserve)
    low, high = int(x.min()), int(x.max())
    if low < 1 or high * units > ONE or high > SPREAD * low:
        raise SupervisionError("sampling.sizes", where=where, low=low, high=high, units=units)
    if not is_regular(x, sample, many):
        raise SupervisionError("sampling.large_stratum", where=where, units=units, sample=sample)


def units_in(x: Integers, many: Integers | None, chosen: npt.NDArray[np.bool_] | None = None) -> int:
    """Return how many units rows stand for (户数), all or the chosen ones."""
    if many is None:
        return len(x) if chosen is None else int(chosen.sum())
    return int(many.sum() if chosen is None else many[chosen].sum())


def size_total(x: Integers, many: Integers | None = None) -> int:
    """Return Σx of the units (规模合计)."""
    return int(x.sum() if many is None else (x * many).sum())


def is_regular(x: Integers, sample: int, many: Integers | None = None) -> bool:
    """Tell whether a stratum's sizes may be so in section 2.2 (大层是否合规): only large unequal ones may not."""
    target = wanted(x, sample, many)
    left = x[~target.certain]
    if units_in(x, many, ~target.certain) <= FEW or int(left.min()) == int(left.max()):
        return True
    return target.sample >= SMALL_SAMPLE and target.fraction(int(left.max())) <= HALF


def bounded_sizes(x: Integers, sample: int, many: Integers | None = None) -> Integers:
    """Return sizes that section 2.2 allows (规模封顶): `x` itself, or cut off at the largest value that will do.

    Certainty units keep theirs. Cutting the others to the least size makes them equal, which is always allowed.
    """
    if is_regular(x, sample, many):
        return x
    certain = wanted(x, sample, many).certain
    sizes = np.unique(x[~certain])
    low, high = 0, len(sizes) - 1  # cut at sizes[low] is allowed, at sizes[high] it is not
    while high - low > 1:
        middle = (low + high) // 2
        if is_regular(_cut(x, certain, sizes[middle]), sample, many):
            low = middle
        else:
            high = middle
    return _cut(x, certain, sizes[low])


def _cut(x: Integers, certain: npt.NDArray[np.bool_], most: int) -> Integers:
    return np.where(certain, x, np.minimum(x, most))


def wanted(x: Integers, sample: int, many: Integers | None = None) -> Wanted:
    """Return the wanted inclusion probabilities of a stratum (期望入样概率); x int64 (N,) ≥ 1, 1 ≤ sample ≤ N.

    All units with n·x ≥ Σx become certainty units together, n and Σx fall, until none does.
    """
    sizes, _, counts = _tallied(x, many)
    values: list[int] = sizes.tolist()
    each: list[int] = counts.tolist()
    kept = len(values)
    left, total = sample, sum(value * count for value, count in zip(values, each, strict=True))
    while kept and left * values[kept - 1] >= total:
        taken = kept
        while taken and left * values[taken - 1] >= total:
            taken -= 1
        left -= sum(each[taken:kept])
        total -= sum(value * count for value, count in zip(values[taken:kept], each[taken:kept], strict=True))
        kept = taken
    certain = x >= values[kept] if kept < len(values) else np.zeros(len(x), dtype=np.bool_)
    return Wanted(certain=certain, sample=left, size_total=total)


def inclusion_probability(x: Integers, sample: int) -> npt.NDArray[np.float64]:
    """Return the wanted inclusion probabilities as float64 (N,) (入样概率), for previews and estimates only."""
    found = wanted(x, sample)
    result = np.ones(len(x))
    result[~found.certain] = x[~found.certain] * (found.sample / found.size_total) if found.size_total else 1.0
    return result


def working(x: Integers, sample: int, many: Integers | None = None) -> Working:
    """Return L of each unit of a stratum (计算工作概率): 2^53 for certainty units, else λ × 2^53.

    λ is the wanted probability, except in the small unequal strata of section 2.4, where it is adjusted so that the
    realised probability is the wanted one (Aires 1999).
    """
    target = wanted(x, sample, many)
    open_ = ~target.certain
    result = np.full(len(x), ONE, dtype=np.int64)
    if not open_.any():
        return Working(L=result, certain=target.certain, method="pareto")
    sizes, place, counts = _tallied(x[open_], None if many is None else many[open_])
    if may_adjust(x, target, many):
        probability = np.array([float(target.fraction(size)) for size in sizes.tolist()])
        found = adjust(probability, counts, target.sample)
        if found is not None:
            result[open_] = np.array([_integer(Fraction(float(value))) for value in found], dtype=np.int64)[place]
            return Working(L=result, certain=target.certain, method="adjusted")
    exact = np.array([_integer(target.fraction(size)) for size in sizes.tolist()], dtype=np.int64)
    result[open_] = exact[place]
    return Working(L=result, certain=target.certain, method="pareto")


def may_adjust(x: Integers, target: Wanted, many: Integers | None = None) -> bool:
    """Return whether section 2.4 adjusts this stratum (是否调整): unequal sizes, few units, little variance."""
    left = x[~target.certain]
    units = units_in(x, many, ~target.certain)
    if not units or int(left.min()) == int(left.max()) or units > FEW or units * target.sample > FEW_CELLS:
        return False
    if target.sample <= SMALL_SAMPLE:
        return True
    sizes, _, counts = _tallied(left, None if many is None else many[~target.certain])
    chances = [(target.fraction(size), count) for size, count in zip(sizes.tolist(), counts.tolist(), strict=True)]
    variance = sum((count * chance * (1 - chance) for chance, count in chances), Fraction(0))
    return variance < VARIANCE


def _tallied(x: Integers, many: Integers | None) -> tuple[Integers, Integers, Integers]:
    """The distinct sizes ascending, each row's place among them, and how many units are of each."""
    if many is None:
        return np.unique(x, return_inverse=True, return_counts=True)
    sizes, place = np.unique(x, return_inverse=True)
    counts = np.zeros(len(sizes), dtype=np.int64)
    np.add.at(counts, place, many)
    return sizes, place, counts


def _integer(chance: Fraction) -> int:
    """Return 2^53 × a fraction, rounded half to even as `round` does with a Fraction."""
    return round(chance * ONE)
