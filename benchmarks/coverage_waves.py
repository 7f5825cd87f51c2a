"""Why an interval of 95 % holds 94 to 96.5 % (覆盖率的波动): its coverage as the rate of findings changes.

    python benchmarks/coverage_waves.py [--samples 20000]

Four classes as in `estimate_coverage.py`, each drawn with equal chances, at 41 rates of findings (a half to twice those
there). One finding among class A stands for a hundred units, so what can be estimated lies on a coarse grid and the
coverage of any interval goes up and down with the truth. Beside the product's limits of a band (Jeffreys) stand other
intervals of a share, put together in the same way: mean, least and greatest coverage over the rates, mean length.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from estimate_coverage import CHANCES, FINDINGS, SHARES
from scipy.stats import beta, norm

from supervision.sampling.estimates.jeffreys_limits import jeffreys_limits

TAIL = 0.025
RATES = np.linspace(0.5, 2.0, 41)
ROUNDS = 60

Floats = npt.NDArray[np.float64]
Limits = Callable[[Floats, np.float64], tuple[Floats, Floats]]


def jeffreys(found: Floats, trials: np.float64) -> tuple[Floats, Floats]:
    """Return the product's own limits."""
    both = [jeffreys_limits(f / trials, float(trials), confidence=1 - 2 * TAIL) for f in found.tolist()]
    return np.array([low for low, _ in both]), np.array([high for _, high in both])


def wilson(found: Floats, trials: np.float64) -> tuple[Floats, Floats]:
    """Return Wilson's limits."""
    z = norm.ppf(1 - TAIL)
    middle, half = found + z * z / 2, z * np.sqrt(found * (trials - found) / trials + z * z / 4)
    return (middle - half) / (trials + z * z), (middle + half) / (trials + z * z)


def clopper(found: Floats, trials: np.float64) -> tuple[Floats, Floats]:
    """Return the limits of Clopper and Pearson, which never hold less than they say."""
    low, high = beta.ppf(TAIL, found, trials - found + 1), beta.ppf(1 - TAIL, found + 1, trials - found)
    return np.where(found <= 0, 0.0, low), np.where(found >= trials, 1.0, high)


def mid_p(found: Floats, trials: np.float64) -> tuple[Floats, Floats]:
    """Return the mid-P limits, by bisection."""

    def at(share: Floats) -> Floats:
        """P(more than found) and half of P(as many), for shares."""
        above = beta.cdf(share, found + 1, np.maximum(trials - found, 1e-9))
        least = beta.cdf(share, np.maximum(found, 1e-9), trials - found + 1)
        return (np.where(found >= trials, 0.0, above) + np.where(found <= 0, 1.0, least)) / 2

    limits = []
    for wanted in (TAIL, 1 - TAIL):
        low, high = np.zeros(len(found)), np.ones(len(found))
        for _ in range(ROUNDS):
            middle = (low + high) / 2
            below = at(middle) < wanted
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        limits.append(low)
    return np.where(found <= 0, 0.0, limits[0]), np.where(found >= trials, 1.0, limits[1])


METHODS: dict[str, Limits] = {
    "Jeffreys (the product)": jeffreys,
    "Wilson": wilson,
    "mid-P": mid_p,
    "Clopper-Pearson": clopper,
}


@lru_cache(maxsize=64)  # the same for every rate
def _table(limits: Limits, drawn: int, trials: float) -> tuple[Floats, Floats, Floats]:
    """Each possible share of a band's drawn units, with its limits."""
    level = np.arange(drawn + 1) / drawn
    return level, *limits(level * trials, np.float64(trials))


def coverage(units: int, rate: float, limits: Limits, samples: int, rng: np.random.Generator) -> tuple[float, float]:
    """Return how often an interval holds the truth and how long it is, both in percent."""
    share = np.array(SHARES)
    framed = np.rint(share * units)
    drawn = np.rint(framed * CHANCES).astype(int)
    truth = np.rint(framed * np.minimum(FINDINGS * rate, 1.0)).astype(int)
    point, below, above = np.zeros(samples), np.zeros(samples), np.zeros(samples)
    for part, of, many, true in zip(share, framed, drawn, truth, strict=True):
        found = rng.hypergeometric(true, int(of) - true, many, samples)
        trials = many / (1.0 - many / of)  # as `hajek`: a finite frame is worth more trials
        level, low, high = _table(limits, int(many), float(trials))
        point += part * level[found]
        below += (part * (level - low)[found]) ** 2
        above += (part * (high - level)[found]) ** 2
    low_, high_ = point - np.sqrt(below), point + np.sqrt(above)
    real = float(share @ (truth / framed))
    return 100 * float(((low_ <= real) & (real <= high_)).mean()), 100 * float((high_ - low_).mean())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=int, default=20_000)
    told = parser.parse_args()
    print("| units | limits of a band | mean | least | greatest | mean length, % |\n|---|---|---|---|---|---|")
    for units in (2_000, 10_000, 50_000):
        for name, limits in METHODS.items():
            rng = np.random.default_rng(units)
            found = np.array([coverage(units, rate, limits, told.samples, rng) for rate in RATES])
            held, length = found.T
            print(f"| {units:,} | {name} | {held.mean():.2f}", end="")
            print(f" | {held.min():.2f} | {held.max():.2f} | {length.mean():.2f} |", flush=True)


if __name__ == "__main__":
    main()
