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

PATIENCE = {Aim.HELD: 60, Aim.EARLY: 30, Aim.LEVEL: 40}  # turns of an aim without success before it is given up
SIZE = {Aim.HELD: 2, Aim.EARLY: 2, Aim.LEVEL: 1}  # visits freed, times the budget's number: LEVEL is the hardest


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
        aim = _aim(iteration, iterations, current.not_held > proven, idle)
        if aim is None:
            return iteration, current
        chosen = relation.neighbourhood(ledger, aim, iteration, SIZE[aim] * freed)
        found = _attempt(ledger, chosen, current, aim, effort, iteration) if chosen else None
        better = found is not None and found < current
        idle[aim] = 0 if better else idle[aim] + 1 if chosen else PATIENCE[aim]
        current = found or current
    return iterations, current


def _aim(iteration: int, iterations: int, hope: bool, idle: dict[Aim, int]) -> Aim | None:
    """Three turns of four for visits not held while there is hope; else risk in the first half, then even load."""
    wanted = {aim for aim in Aim if idle[aim] < PATIENCE[aim]}
    if hope and Aim.HELD in wanted and (iteration % 4 or len(wanted) == 1):
        return Aim.HELD
    if Aim.EARLY in wanted and (2 * iteration < iterations or Aim.LEVEL not in wanted):
        return Aim.EARLY
    return Aim.LEVEL if Aim.LEVEL in wanted else None


def _attempt(ledger: Ledger, chosen: list[int], current: Score, aim: Aim, effort: float, turn: int) -> Score | None:
    """Re-place the chosen visits; return the new objective, or None with everything as it was."""
    before = {n: ledger.remove(n) for n in chosen if ledger.slot_of[n] >= 0}
    found = place(ledger, chosen, before, aim=aim, effort=effort, turn=turn)
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
        loads = [1000 * n // max(1, crew.half_days) for n, crew in zip(district.needed, district.crews, strict=True)]
        self.load = np.array(loads, dtype=np.int64)

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
        near += (luck >> np.uint64(54)).astype(np.int64)  # 0 … 1023, as much as sharing a crowded office
        near[pivot] = np.iinfo(np.int64).max
        able = np.flatnonzero(meets & self.possible & ((slots >= 0) | (aim is Aim.HELD)))
        order = able[np.argsort(-near[able], kind="stable")]
        return sorted(int(n) for n in order[:freed])

    def _pivots(self, slots: npt.NDArray[np.int64], aim: Aim) -> npt.NDArray[np.bool_]:
        pivots: npt.NDArray[np.bool_] = slots >= 0
        if aim is Aim.HELD:
            pivots = (slots < 0) & self.possible
        elif aim is Aim.EARLY:
            pivots = (slots // 2 > self.first // 2) & (self.weight > 0)
        return pivots


def tickets(iteration: int, count: int) -> npt.NDArray[np.uint64]:
    """Return a number for every visit in an iteration (轮次序号), uint64: SplitMix64 of (iteration, visit)."""
    with np.errstate(over="ignore"):
        z = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(iteration + 1) * np.uint64(1 << 32)
        z *= np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        found: npt.NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return found
