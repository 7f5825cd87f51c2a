"""Does the draw give every unit the probability it was meant to have (入样概率检验)?

First the largest deviation |π(L) − π| / min(π, 1 − π) of hard populations, computed exactly: plain L (L = 2^53·π)
beside adjusted L (draw protocol 2, section 2.4), and what a commitment makes of the stratum. Then frames are drawn with
20,000 seeds by the real functions (hashes, salts, selection), and how often each unit was drawn is compared with its
wanted probability, beside three usual ways on the same frames: numpy's `choice(p=…, replace=False)`, sequential Poisson
sampling (Ohlsson 1998: the n smallest u/π), and every k-th row of the list sorted by size, from a random start.

    python benchmarks/inclusion.py [--seeds 20000]

The statistic is Σ (drawn − M·π)² / (M·π·(1−π)) over the units. Its null distribution is simulated: normal vectors with
mean zero and the covariance of the draws themselves, so that the fixed sample size is allowed for.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from hashlib import sha256

import numpy as np
import numpy.typing as npt
from frames import ROUND, frame

from supervision.errors import SupervisionError
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.drawing import draw
from supervision.sampling.frame.plan import refuse_deviation
from supervision.sampling.pareto.deviation import largest_deviation
from supervision.sampling.pareto.realised import realised
from supervision.sampling.pareto.working_probability import ONE, inclusion_probability, wanted, working
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames

HASH = "sha256"
NULLS = 20_000

Draws = npt.NDArray[np.bool_]
Probabilities = npt.NDArray[np.float64]


def classed(chances: tuple[int, ...], units: tuple[int, ...] = (50, 30, 15, 5)) -> list[int]:
    """Return sizes of a population whose classes are to be drawn with these chances in per cent."""
    return [chance for chance, many in zip(chances, units, strict=True) for _ in range(many)]


def populations() -> dict[str, tuple[list[int], int]]:
    """Name → sizes and sample of strata where plain working probabilities miss most."""
    random = np.random.default_rng(1)
    spread = np.maximum(1, random.lognormal(0, 2, 300) * 1000).astype(np.int64)
    return {
        "49 of size 1, one of 10^6": ([1] * 49 + [10**6], 1),
        "200 of size 1, one of 400": ([1] * 200 + [400], 1),
        "999 of size 1, one of 900": ([1] * 999 + [900], 1),
        "300 lognormal (sigma 2)": (spread.tolist(), 2),
        "2,000 of 20 to 1,000": (random.integers(20, 1000, 2000).tolist(), 20),
        "classes 1/5/20/60 %": (classed((1, 5, 20, 60)), 8),
        "classes 1/5/30/90 %": (classed((1, 5, 30, 90)), 11),
        "classes 1/5/20/60 %, 12 times": (classed((1, 5, 20, 60)) * 12, 96),
        "classes 1/5/30/90 %, 12 times": (classed((1, 5, 30, 90)) * 12, 132),
        "1,975 of size 2, 25 of 1,000": ([2] * 1975 + [1000] * 25, 28),
        "1,980 of size 1, 20 of 1,000": ([1] * 1980 + [1000] * 20, 21),
        "3,000 lognormal (sigma 1.2)": (np.maximum(1, random.lognormal(0, 1.2, 3000) * 100).astype(int).tolist(), 20),
    }


def exact_deviation(x: npt.NDArray[np.int64], L: npt.NDArray[np.int64], sample: int) -> float:
    """Return the largest deviation by the precise integral, not by the quick one of the frames."""
    target = wanted(x, sample)
    left = ~target.certain
    pairs, counts = np.unique(np.stack([x[left], L[left]]), axis=1, return_counts=True)
    chance = pairs[1] / ONE
    low, _ = realised(np.log(chance) - np.log1p(-chance), counts, target.sample)
    goal = np.array([float(target.fraction(int(size))) for size in pairs[0]])
    return float((np.abs(low - goal) / np.minimum(goal, 1 - goal)).max())


def said(x: npt.NDArray[np.int64], L: npt.NDArray[np.int64], sample: int, method: str) -> str:
    """Return what the commitment makes of a stratum, by its own rule."""
    if method == "adjusted":
        return "adjusted"
    try:
        refuse_deviation(largest_deviation(x, L, sample), where="")
    except SupervisionError as error:
        return f"refused: {error.code}"
    return "plain"


def deviations() -> None:
    print("| population | N / n | largest deviation, plain L | adjusted | commitment | time |")
    print("|---|---|---|---|---|---|")
    for name, (x, sample) in populations().items():
        sizes = np.array(x, dtype=np.int64)
        target = wanted(sizes, sample)
        chance = [1.0 if sure else float(target.fraction(size)) for size, sure in zip(x, target.certain, strict=True)]
        plain = np.rint(np.array(chance) * ONE).astype(np.int64)
        begun = time.process_time()
        found = working(sizes, sample)
        seconds = time.process_time() - begun
        before, verdict = exact_deviation(sizes, plain, sample), said(sizes, found.L, sample, found.method)
        after = f"{exact_deviation(sizes, found.L, sample):.1e}" if found.method == "adjusted" else "–"
        print(f"| {name} | {len(x):,} / {sample} | {before:.1e} | {after} | {verdict} | {seconds:.2f} s |")
    print()


def frozen(x: list[int], sample: int) -> tuple[FrozenFrame, Probabilities]:
    sizes = np.array(x, dtype=np.int64)
    units = [f"91320505{number:010}" for number in range(len(x))]
    secret = Secret(frame_key=bytes(32), round_id=ROUND, hash_name=HASH)
    (record,) = commit_frames([frame("T01", units, ["B"] * len(x), sizes, {"B": sample})], secret)
    return record, inclusion_probability(sizes, sample)


def by_protocol(record: FrozenFrame, seeds: int) -> Draws:
    place = {unit: row for row, unit in enumerate(record.rows["unit_id"])}
    found = np.zeros((seeds, len(place)), dtype=np.bool_)
    for number in range(seeds):
        seed = sha256(f"inclusion|{number}".encode()).digest()
        drawn = draw([record], seed1=seed, round_id=ROUND, hash_name=HASH)[record.task_id].drawn
        found[number, [place[unit] for unit in drawn]] = True
    return found


def by_choice(record: FrozenFrame, seeds: int) -> Draws:
    x = record.rows["x"].to_numpy()
    sample = int(record.strata["sample"].sum())
    random = np.random.default_rng(1)
    found = np.zeros((seeds, len(x)), dtype=np.bool_)
    for number in range(seeds):
        found[number, random.choice(len(x), size=sample, replace=False, p=x / x.sum())] = True
    return found


def by_sequential_poisson(record: FrozenFrame, seeds: int) -> Draws:
    x, sample = record.rows["x"].to_numpy(), int(record.strata["sample"].sum())
    random, found = np.random.default_rng(1), np.zeros((seeds, len(x)), dtype=np.bool_)
    for number in range(seeds):
        found[number, np.argsort(random.random(len(x)) / x)[:sample]] = True
    return found


def by_every_kth(record: FrozenFrame, seeds: int) -> Draws:
    """Every k-th row, k = N // n, n of them: what lies behind the last row reached is never drawn."""
    x, sample = record.rows["x"].to_numpy(), int(record.strata["sample"].sum())
    listed, step = np.argsort(-x, kind="stable"), len(x) // sample
    random, found = np.random.default_rng(1), np.zeros((seeds, len(x)), dtype=np.bool_)
    for number in range(seeds):
        found[number, listed[random.integers(step) + step * np.arange(sample)]] = True
    return found


def chi_square(draws: Draws, wanted: Probabilities) -> tuple[float, float]:
    """The statistic and its p-value under the simulated null."""
    seeds = len(draws)
    scale = np.sqrt(wanted * (1 - wanted))
    statistic = float((((draws.sum(axis=0) - seeds * wanted) / scale) ** 2).sum() / seeds)
    values, vectors = np.linalg.eigh(np.cov(draws.T.astype(float)))
    normal = np.random.default_rng(2).standard_normal((NULLS, len(wanted)))
    nulls = (((normal * np.sqrt(np.maximum(values, 0))) @ vectors.T / scale) ** 2).sum(axis=1)
    return statistic, float((1 + (nulls >= statistic).sum()) / (1 + NULLS))


def by_size(x: list[int], wanted: Probabilities, realised: Probabilities) -> str:
    """Return wanted → realised of the sizes, of the largest alone where there are more than six."""
    sizes = sorted(set(x))
    shown = [np.array(x) == size for size in (sizes if len(sizes) <= 6 else sizes[-1:])]
    pairs = (" ".join(f"{chance[rows].mean():.2%}"[:-1] for rows in shown) for chance in (wanted, realised))
    return " → ".join(pairs)


def line(name: str, drawer: Callable[[FrozenFrame, int], Draws], x: list[int], sample: int, seeds: int) -> str:
    record, wanted = frozen(x, sample)
    begun = time.process_time()
    draws = drawer(record, seeds)
    seconds = time.process_time() - begun
    statistic, p = chi_square(draws, wanted)
    realised = draws.mean(axis=0)
    worst = np.abs(realised / wanted - 1).max()
    return (
        f"| {name} | {len(x)} / {sample} | {statistic:,.1f} | {p:.4f} | {draws.sum(axis=0).min():,} | {worst:.1%} | "
        f"{by_size(x, wanted, realised)} | {seconds:.0f} s |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description="Realised against wanted inclusion probabilities.")
    arguments.add_argument("--seeds", type=int, default=20_000)
    seeds = arguments.parse_args().seeds
    ways = {
        "numpy choice(p, replace=False)": by_choice,
        "sequential Poisson": by_sequential_poisson,
        "every k-th row": by_every_kth,
    }
    drawn = {
        "ten sizes": ([1 + number % 10 for number in range(300)], 60),
        "six sizes": ([1, 2, 3, 4, 5, 6], 3),
        "1/5/20/60 %": (classed((1, 5, 20, 60)), 8),
        "1/5/30/90 %": (classed((1, 5, 30, 90)), 11),
    }
    deviations()
    print(f"{seeds:,} seeds; the null of the statistic is simulated {NULLS:,} times\n")
    print("| draw | N / n | Σ (o−e)²/v | p | fewest draws of a unit | largest deviation | % by size | time |")
    print("|---|---|---|---|---|---|---|---|")
    for name, (x, sample) in drawn.items():
        own = f"protocol 2, {frozen(x, sample)[0].strata['working'].iloc[0]}: {name}"
        print(line(own, by_protocol, x, sample, seeds))
        for way, drawer in ways.items():
            print(line(way, drawer, x, sample, seeds), flush=True)


if __name__ == "__main__":
    main()
