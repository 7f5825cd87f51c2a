"""How often intervals of estimates hold (区间覆盖率): replays of the draw on populations whose truth is known.

    python benchmarks/estimate_coverage.py [--replays 10000] [--only NAME]

Four classes with chances 1 : 60 (1 %, 5 %, 20 %, 60 % in strata; or one stratum with sizes so), findings rare where
chances are small. Each replay draws with the product's own numbers, order and estimates. A line says what is
estimated, how many units a sample has of it, its mean, and how often 95 % intervals held the truth: the product's,
the draw's standard error ± 1.96, and what an unweighted share ± 1.96 of its binomial error does.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, replace
from functools import cached_property
from math import sqrt

import numpy as np
import pandas as pd

from supervision.sampling.bytes.unit_numbers import Numbers
from supervision.sampling.estimates.hajek import Estimate, share_of
from supervision.sampling.estimates.stratum_design import SmallStratum, StratumDesign, stratum_design
from supervision.sampling.estimates.task_sample import TaskSample, drawn_sample, joined
from supervision.sampling.pareto.selection import order
from supervision.sampling.pareto.working_probability import working

CHANCES = np.array([0.01, 0.05, 0.20, 0.60])
SHARES = (0.60, 0.25, 0.10, 0.05)
FINDINGS = np.array([0.03, 0.06, 0.12, 0.30])
SCORES = ((200, 300), (300, 500), (500, 700), (700, 1000))
DISTRICTS = 10
SEED = 20261201


@dataclass(frozen=True, kw_only=True)
class Population:
    """A population (总体): `strata` "classes", "districts" (classes in each) or "one" with sizes 1 : 60."""

    name: str
    units: int
    strata: str
    findings: float = 1.0


POPULATIONS = (
    Population(name="town", units=2_000, strata="classes"),
    Population(name="small city", units=10_000, strata="classes"),
    Population(name="city", units=50_000, strata="classes"),
    Population(name="city, few findings", units=50_000, strata="classes", findings=0.3),
    Population(name="strata of districts", units=10_000, strata="districts"),
    Population(name="one stratum", units=10_000, strata="one"),
)


class Remembered(SmallStratum):
    """A small stratum whose joint probabilities are computed once for all replays (缓存的联合入样概率)."""

    @cached_property
    def _all(self) -> np.ndarray:
        return super().joint(np.arange(len(self.logits)))

    def joint(self, kinds: np.ndarray) -> np.ndarray:
        """Return π_ij of drawn units of these kinds, in their order."""
        found: np.ndarray = self._all[np.ix_(kinds, kinds)]
        return found


def remembered(design: StratumDesign) -> StratumDesign:
    """Return a design that remembers its joint probabilities."""
    return replace(design, small=Remembered(**vars(design.small))) if design.small else design


class Frame:
    """A frame whose truth is known (真值已知的抽样框)."""

    def __init__(self, population: Population, rng: np.random.Generator) -> None:
        kind = np.repeat(np.arange(4), [round(share * population.units) for share in SHARES])
        many = len(kind)
        self.district = rng.integers(0, DISTRICTS, many)
        low, high = np.array(SCORES).T
        score = rng.integers(low[kind], high[kind])
        chance = np.minimum(population.findings * FINDINGS[kind] * score / ((low + high) / 2)[kind], 1.0)
        self.truth = rng.random(many) < chance
        name = np.array(list("ABCD"))[kind].astype(object)
        if population.strata == "districts":
            name = name + "-" + self.district.astype(str).astype(object)
        x = score if population.strata != "one" else np.rint(1000 * CHANCES[kind]).astype(np.int64)
        name = name if population.strata != "one" else np.full(many, "all", dtype=object)
        self.strata: list[tuple[np.ndarray, StratumDesign]] = []
        for stratum in sorted(set(name)):
            rows = np.flatnonzero(name == stratum)
            samples = max(1, round(CHANCES[kind[rows]].sum()))
            L = working(x[rows], samples).L
            self.strata.append((rows, remembered(stratum_design(x[rows], L, samples))))

    def draw(self, rng: np.random.Generator) -> tuple[TaskSample, np.ndarray]:
        """Draw once with fresh numbers; return the sample and its rows of the frame."""
        parts, drawn = [], []
        for rows, design in self.strata:
            known = Numbers(U=rng.integers(0, 1 << 53, len(rows)) * 2 + 1, D=np.zeros((len(rows), 32), dtype=np.uint8))
            chosen = order(design.L, known, design.sample)
            parts.append(drawn_sample(design, chosen))
            drawn.append(rows[chosen])
        sample = joined("T1", "joint", len(self.truth), pd.Index([], dtype="str"), parts)
        return sample, np.concatenate(drawn)


class Count:
    """How often intervals held (覆盖计数)."""

    def __init__(self, truth: float) -> None:
        self.truth, self.replays, self.points, self.units = truth, 0, 0.0, 0
        self.held = np.zeros(3, dtype=int)
        self.missed = np.zeros(2, dtype=int)

    def add(self, found: Estimate) -> None:
        """Count one replay."""
        self.replays += 1
        self.points += found.share
        self.units += found.units
        plain = found.found / found.units
        reach = 1.96 * (found.standard_error or 0.0), 1.96 * sqrt(plain * (1 - plain) / found.units)
        self.held += (
            found.low <= self.truth <= found.high,
            abs(found.share - self.truth) <= reach[0],
            abs(plain - self.truth) <= reach[1],
        )
        self.missed += (self.truth < found.low, self.truth > found.high)

    def line(self, name: str, what: str) -> str:
        """Return the line of the table."""
        held = "  ".join(f"{100 * many / self.replays:9.2f}" for many in self.held)
        units, mean = self.units / self.replays, 100 * self.points / self.replays
        missed = "/".join(f"{100 * many / self.replays:.1f}" for many in self.missed)
        return f"{name:20}{what:9}{units:7.0f}{100 * self.truth:8.2f}{mean:8.2f}  {held}   {missed}"


def main() -> None:
    """Replay and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replays", type=int, default=10_000)
    parser.add_argument("--only", default="")
    told = parser.parse_args()
    print(f"{'population':20}{'of':9}{'units':>7}{'truth %':>8}{'mean %':>8}  {'interval':>9}  {'± 1.96 s':>9}", end="")
    print(f"  {'naive':>9}   missed below/above, %")
    for number, population in enumerate(POPULATIONS):
        if told.only and told.only != population.name:
            continue
        rng, started = np.random.default_rng(SEED + number), time.monotonic()
        frame = Frame(population, rng)
        inside = {"all": np.full(len(frame.truth), True), "district": frame.district == 0}
        counts = {name: Count(float(frame.truth[rows].mean())) for name, rows in inside.items()}
        for _ in range(told.replays):
            sample, rows = frame.draw(rng)
            for name, here in inside.items():
                found = share_of([sample], [frame.truth[rows]], [here[rows]])
                if found is not None:
                    counts[name].add(found)
        for name, count in counts.items():
            print(count.line(population.name, name), flush=True)
        print(f"{'':20}{told.replays:,} replays in {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
