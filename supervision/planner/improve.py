"""The search (大邻域搜索): free some forty visits, let CP-SAT place them better, keep what is truly better; repeat.

Large neighbourhood search (Shaw 1998). Three kinds of neighbourhood: around a visit that is not held, around a risky
visit that is late, around a street or a crowded office. Which visits are freed follows from the iteration number by
SplitMix64 (Steele, Lea, Flood 2014), so a search can be repeated anywhere.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from supervision.planner.district import District
from supervision.planner.ledger import Ledger
from supervision.planner.model import Aim, place
from supervision.planner.objective import Score, score
from supervision.planner.safety import shortage

PATIENCE = 30  # iterations of one aim without success before it rests


def improve(
    ledger: Ledger, current: Score, proven: int, *, iterations: int, freed: int, effort: float
) -> tuple[int, Score]:
    """Improve the ledger's calendar in place (改进日程) and return iterations done and the objective.

    `proven` is the number of visits that cannot be held; `freed` visits an iteration; `effort` deterministic limit of
    one model. The objective never gets worse.
    """
    relation = Relation(ledger.district)
    idle = dict.fromkeys(Aim, 0)
    for iteration in range(iterations):
        aim = _aim(iteration, current, proven, idle)
        if aim is None:
            return iteration, current
        chosen = relation.neighbourhood(ledger, aim, iteration, freed)
        found = _attempt(ledger, chosen, current, aim, effort) if chosen else None
        idle[aim] = 0 if found is not None and found < current else idle[aim] + 1
        if found is not None and found < current and aim is Aim.HELD:
            idle = dict.fromkeys(Aim, 0)
        current = found or current
    return iterations, current


def _aim(iteration: int, current: Score, proven: int, idle: dict[Aim, int]) -> Aim | None:
    """Held first, three turns of four while there is hope; the other aims share the rest."""
    wanted = [aim for aim in (Aim.EARLY, Aim.LEVEL) if idle[aim] < PATIENCE]
    hope = current.not_held > proven and idle[Aim.HELD] < 2 * PATIENCE
    if hope and (iteration % 4 or not wanted):
        return Aim.HELD
    return wanted[iteration // (4 if hope else 1) % len(wanted)] if wanted else None


def _attempt(ledger: Ledger, chosen: list[int], current: Score, aim: Aim, effort: float) -> Score | None:
    """Re-place the chosen visits; return the new objective, or None with everything as it was."""
    before = {n: ledger.remove(n) for n in chosen if ledger.slot_of[n] >= 0}
    found = place(ledger, chosen, before, aim=aim, effort=effort)
    if found is not None:
        for number, slot in found.items():
            ledger.add(number, slot)
        after = score(ledger.district, ledger.slot_of)
        if after <= current and not _learn(ledger, found):
            return after
        for number in found:
            ledger.remove(number)
    for number, slot in before.items():
        ledger.add(number, slot)
    return None


def _learn(ledger: Ledger, placed: dict[int, int]) -> bool:
    """Check the touched office-days exactly; teach the ledger what the families missed. True when something failed."""
    touched = sorted({(o, slot // 2) for n, slot in placed.items() for o in ledger.district.jobs[n].offices})
    failed = False
    for office, day in touched:
        short = shortage(ledger.district.crews[office], day, *ledger.places(office, day))
        if short is not None:
            failed = True
            ledger.learn(office, day, short)
    return failed


class Relation:
    """How near visits are to each other (检查之间的关联): shared offices and the same street."""

    def __init__(self, district: District) -> None:
        jobs = district.jobs
        self.uses = np.zeros((len(jobs), len(district.crews)), dtype=np.int64)
        for number, job in enumerate(jobs):
            self.uses[number, list(job.offices)] = 1
        self.trip = np.array([job.trip for job in jobs], dtype=np.int64)
        self.weight = np.array([job.weight for job in jobs], dtype=np.int64)
        self.first = np.array([job.window[0] for job in jobs], dtype=np.int64)
        self.last = np.array([job.window[1] for job in jobs], dtype=np.int64)
        self.possible = np.array([bool(job.starts) for job in jobs], dtype=bool)
        wanted = [sum(job.half_days(o) for job in jobs) for o in range(len(district.crews))]
        self.load = np.array(
            [1000 * w // max(1, crew.half_days) for w, crew in zip(wanted, district.crews, strict=True)], dtype=np.int64
        )

    def neighbourhood(self, ledger: Ledger, aim: Aim, iteration: int, freed: int) -> list[int]:
        """Return the visits to free (选取邻域): a pivot and those nearest to it, sorted; [] without a pivot."""
        slots = np.array(ledger.slot_of, dtype=np.int64)
        luck = tickets(iteration, len(slots))
        pivots = self._pivots(slots, aim)
        if not pivots.any():
            return []
        pivot = int(np.flatnonzero(pivots)[np.argmin(luck[pivots])])
        near = self.uses @ (self.uses[pivot] * (self.load + 100))
        meets = (self.first <= self.last[pivot]) & (self.last >= self.first[pivot])
        if aim is Aim.HELD:
            near += 4000 * (slots < 0) * (near > 0)
        elif aim is Aim.EARLY:
            near += 1500 * ((slots // 2 < slots[pivot] // 2) & (self.weight < self.weight[pivot]))
        else:
            near += 3000 * (self.trip == self.trip[pivot])
        near = np.where(meets & self.possible & ((slots >= 0) | (aim is Aim.HELD)), near, -1)
        near = near * 1024 + (luck >> np.uint64(44)).astype(np.int64) * 512 // 1024 * 2
        near[pivot] = np.iinfo(np.int64).max
        order = np.lexsort((np.arange(len(slots)), -near))
        return sorted(int(n) for n in order[:freed] if near[n] >= 0)

    def _pivots(self, slots: npt.NDArray[np.int64], aim: Aim) -> npt.NDArray[np.bool_]:
        if aim is Aim.HELD:
            return (slots < 0) & self.possible
        if aim is Aim.EARLY:
            return (slots // 2 > self.first // 2) & (self.weight > 0)
        return slots >= 0


def tickets(iteration: int, count: int) -> npt.NDArray[np.uint64]:
    """Return a number for every visit in an iteration (轮次序号), uint64: SplitMix64 of (iteration, visit)."""
    with np.errstate(over="ignore"):
        z = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(iteration + 1) * np.uint64(1 << 32)
        z *= np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found: npt.NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return found
