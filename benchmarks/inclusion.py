"""Does the draw give every unit the probability it was meant to have (入样概率检验)?

Draws two small frames with 20,000 seeds by the real functions (hashes, salts, selection) and compares how often each
unit was drawn with its wanted probability, beside numpy's `choice(p=…, replace=False)` on the same frames. Before that,
the largest deviation |π(L) − π| / min(π, 1 − π) of hard populations, computed exactly: L as protocol 1 worked it out
beside L adjusted (draw protocol 2, section 6).

    python benchmarks/inclusion.py [--seeds 20000]

The statistic is Σ (drawn − M·π)² / (M·π·(1−π)) over the units. Its null distribution is simulated: normal vectors with
mean zero and the covariance of the draws themselves, so that the fixed sample size is allowed for.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date
from hashlib import sha256

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.domain.items import Task
from supervision.sampling.bytes.unit_numbers import Secret
from supervision.sampling.drawing import draw
from supervision.sampling.frame.frame import Frame
from supervision.sampling.pareto.realised import realised
from supervision.sampling.pareto.working_probability import ONE, inclusion_probability, wanted, working
from supervision.sampling.protocol.frozen_frames import FrozenFrame, commit_frames

HASH = "sha256"
ROUND = "2026-12"
NULLS = 20_000

Draws = npt.NDArray[np.bool_]
Probabilities = npt.NDArray[np.float64]


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
    }


def largest_deviation(x: npt.NDArray[np.int64], L: npt.NDArray[np.int64], sample: int) -> float:
    """The largest deviation of real chances, by the precise integral, not by the quick one of the frames."""
    target = wanted(x, sample)
    left = ~target.certain
    chance = L[left] / ONE
    low, _ = realised(np.log(chance) - np.log1p(-chance), np.ones(int(left.sum()), dtype=np.int64), target.sample)
    goal = np.array([float(target.fraction(int(size))) for size in x[left]])
    return float((np.abs(low - goal) / np.minimum(goal, 1 - goal)).max())


def deviations() -> None:
    print("| population | N / n | largest deviation, plain L | adjusted | time |")
    print("|---|---|---|---|---|")
    for name, (x, sample) in populations().items():
        sizes = np.array(x, dtype=np.int64)
        target = wanted(sizes, sample)
        chance = [1.0 if sure else float(target.fraction(size)) for size, sure in zip(x, target.certain, strict=True)]
        plain = np.rint(np.array(chance) * ONE).astype(np.int64)
        begun = time.perf_counter()
        found = working(sizes, sample).L
        seconds = time.perf_counter() - begun
        before, after = (largest_deviation(sizes, L, sample) for L in (plain, found))
        print(f"| {name} | {len(x):,} / {sample} | {before:.1e} | {after:.1e} | {seconds:.2f} s |")
    print()


def frozen(x: list[int], sample: int) -> tuple[FrozenFrame, Probabilities]:
    sizes = np.array(x, dtype=np.int64)
    found = working(sizes, sample)
    units = [f"91320505{number:010}" for number in range(len(x))]
    rows = pd.DataFrame({"unit_id": units, "stratum": "B", "x": sizes, "L": found.L})
    table = {"stratum": "B", "units": len(x), "sample": sample, "reserve": 0, "size_total": sum(x)}
    task = Task(
        task_id="T01",
        number="",
        name="",
        round=ROUND,
        items=(),
        lead="market",
        partners=(),
        start=date(2026, 12, 1),
        end=date(2026, 12, 31),
        population="*",
        regime="random",
        ratio="20%",
        by_region=False,
        reserve="0%",
        group="joint",
        access="sealed",
        disclosure="after_visit",
    )
    frame = Frame(
        task=task,
        rows=rows.astype({"unit_id": "str", "stratum": "category"}),
        excluded=pd.DataFrame({"unit_id": [], "reason": [], "rule": []}, dtype="str").astype(
            {"rule": "category", "reason": "category"}
        ),
        strata=pd.DataFrame([table | {"working": found.method}]),
    )
    secret = Secret(frame_key=bytes(32), round_id=ROUND, hash_name=HASH)
    (record,) = commit_frames([frame], secret)
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


def chi_square(draws: Draws, wanted: Probabilities) -> tuple[float, float]:
    """The statistic and its p-value under the simulated null."""
    seeds = len(draws)
    scale = np.sqrt(wanted * (1 - wanted))
    statistic = float((((draws.sum(axis=0) - seeds * wanted) / scale) ** 2).sum() / seeds)
    values, vectors = np.linalg.eigh(np.cov(draws.T.astype(float)))
    normal = np.random.default_rng(2).standard_normal((NULLS, len(wanted)))
    nulls = (((normal * np.sqrt(np.maximum(values, 0))) @ vectors.T / scale) ** 2).sum(axis=1)
    return statistic, float((1 + (nulls >= statistic).sum()) / (1 + NULLS))


def line(name: str, drawer: Callable[[FrozenFrame, int], Draws], x: list[int], sample: int, seeds: int) -> str:
    record, wanted = frozen(x, sample)
    begun = time.perf_counter()
    draws = drawer(record, seeds)
    seconds = time.perf_counter() - begun
    statistic, p = chi_square(draws, wanted)
    realised = draws.mean(axis=0)
    biggest = np.array(x) == max(x)
    worst = np.abs(realised / wanted - 1).max()
    return (
        f"| {name} | {len(x)} / {sample} | {statistic:.1f} | {p:.4f} | {draws.sum(axis=0).min():,} | {worst:.1%} | "
        f"{wanted[biggest].mean():.2%} → {realised[biggest].mean():.2%} | {seconds:.0f} s |"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description="Realised against wanted inclusion probabilities.")
    arguments.add_argument("--seeds", type=int, default=20_000)
    seeds = arguments.parse_args().seeds
    frames = [([1 + number % 10 for number in range(300)], 60), ([1, 2, 3, 4, 5, 6], 3)]
    deviations()
    print(f"{seeds:,} seeds; the null of the statistic is simulated {NULLS:,} times\n")
    print("| draw | N / n | Σ (o−e)²/v | p | fewest draws of a unit | largest deviation | largest size | time |")
    print("|---|---|---|---|---|---|---|---|")
    for x, sample in frames:
        print(line(f"protocol 2, {frozen(x, sample)[0].strata['working'].iloc[0]}", by_protocol, x, sample, seeds))
        print(line("numpy choice(p, replace=False)", by_choice, x, sample, seeds))


if __name__ == "__main__":
    main()
