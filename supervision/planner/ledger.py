"""The ledger of a district (占用台账): who is needed when, and where one more visit fits.

For every office it keeps families: sets of kinds of places (a kind = mask and length) whose people are counted
together against the inspectors who could serve any of them. Four counts a family and day stand for the conditions in
`safety`: morning people, afternoon people, whole-day people who may be taken from the family's inspectors, and morning
people who may bring them to their daily limit. The families make a quick filter over all half-days at once; `safe` is
the exact condition. Where the two differ, `learn` adds the family that was missing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supervision.planner.crew import Crew
from supervision.planner.district import District, Job
from supervision.planner.safety import Group, Shortage, shortage

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]
Kind = tuple[int, bool]


@dataclass(frozen=True)
class Share:
    """What a job takes from the families of its offices (对各类人员的占用): one entry a family, people.

    `rows` family numbers; `inside` one-half-day people of the family's kinds, `inside_long` whole-day ones;
    `across_long` whole-day people that may take the family's inspectors, `across_limited` one-half-day people that
    may take those with one half-day a day.
    """

    rows: npt.NDArray[np.intp]
    inside: Ints
    inside_long: Ints
    across_long: Ints
    across_limited: Ints


class Ledger:
    """Counts of a district's calendar under construction (占用台账).

    `slot_of[job]` is the first slot of a job, −1 when it is not held. Frames are (families, days), int32.
    """

    def __init__(self, district: District) -> None:
        self.district = district
        self.slot_of = [-1] * len(district.jobs)
        self.on_day: dict[tuple[int, int], list[int]] = {}
        self.families: list[list[frozenset[Kind]]] = []
        self.allowed = np.zeros((len(district.jobs), 2 * len(district.grid.days)), dtype=bool)
        for number, job in enumerate(district.jobs):
            self.allowed[number, list(job.starts)] = True
        self.siblings = _siblings(district)
        for office in range(len(district.crews)):
            kinds = {(g.mask, g.whole_day) for job in district.jobs for o, g in job.groups if o == office}
            own = {frozenset(k for k in kinds if k[0] & ~mask == 0) for mask, _ in kinds} | {frozenset(kinds)}
            self.families.append(sorted(own, key=lambda f: sorted(f)))
        self._rebuild()

    def _rebuild(self) -> None:
        """Set up capacities and counts for the families known now."""
        days = len(self.district.grid.days)
        rows = [(o, f) for o, own in enumerate(self.families) for f in own]
        self.morning_room, self.afternoon_room, self.limited = (np.zeros((len(rows), days), np.int32) for _ in range(3))
        for r, (office, family) in enumerate(rows):
            for day in range(days):
                room = _room(self.district.crews[office], family, day)
                self.morning_room[r, day], self.afternoon_room[r, day], self.limited[r, day] = room
        starts = np.concatenate([[0], np.cumsum([len(own) for own in self.families])])
        self.shares = [self._share(job, starts) for job in self.district.jobs]
        self.morning, self.afternoon, self.long, self.tired = (np.zeros((len(rows), days), np.int32) for _ in range(4))
        for number, slot in enumerate(self.slot_of):
            if slot >= 0:
                self._count(number, slot, 1)

    def _share(self, job: Job, starts: npt.NDArray[np.int64]) -> Share:
        rows: list[int] = []
        counts: list[tuple[int, int, int, int]] = []
        for office in job.offices:
            groups = [g for o, g in job.groups if o == office]
            once = ~self.district.crews[office].twice
            for position, family in enumerate(self.families[office]):
                union = 0
                for mask, whole_day in family:
                    union |= 0 if whole_day else mask
                rows.append(int(starts[office]) + position)
                counts.append(
                    (
                        sum(g.people for g in groups if not g.whole_day and (g.mask, False) in family),
                        sum(g.people for g in groups if g.whole_day and (g.mask, True) in family),
                        sum(g.people for g in groups if g.whole_day and g.mask & union),
                        sum(g.people for g in groups if not g.whole_day and g.mask & union & once),
                    )
                )
        table = np.array(counts, dtype=np.int32).T[:, :, None]
        return Share(np.array(rows, dtype=np.intp), table[0], table[1], table[2], table[3])

    def _count(self, number: int, slot: int, sign: int) -> None:
        share, day = self.shares[number], slot // 2
        if slot % 2:
            self.afternoon[share.rows, day] += sign * share.inside[:, 0]
        else:
            self.morning[share.rows, day] += sign * (share.inside + share.inside_long)[:, 0]
            self.long[share.rows, day] += sign * share.across_long[:, 0]
            self.tired[share.rows, day] += sign * share.across_limited[:, 0]

    def add(self, number: int, slot: int) -> None:
        """Hold a job from a slot on (安排)."""
        self.slot_of[number] = slot
        self._count(number, slot, 1)
        for office in self.district.jobs[number].offices:
            self.on_day.setdefault((office, slot // 2), []).append(number)

    def remove(self, number: int) -> int:
        """Take a job out and return the slot it had (取消安排)."""
        slot = self.slot_of[number]
        self._count(number, slot, -1)
        self.slot_of[number] = -1
        for office in self.district.jobs[number].offices:
            self.on_day[office, slot // 2].remove(number)
        return slot

    def open_slots(self, number: int) -> Bools:
        """Return the slots where the families leave room for a job (可安排的半天): bool, length 2·days."""
        s = self.shares[number]
        rows = s.rows
        morning, afternoon = self.morning[rows], self.afternoon[rows]
        long, tired, limited = self.long[rows], self.tired[rows], self.limited[rows]
        room = self.afternoon_room[rows]
        first = morning + s.inside + s.inside_long <= self.morning_room[rows]
        first &= (afternoon == 0) | (
            afternoon + long + s.across_long + np.minimum(limited, tired + s.across_limited) <= room
        )
        second = (s.inside == 0) | (afternoon + s.inside + long + np.minimum(limited, tired) <= room)
        found: Bools = np.empty(2 * first.shape[1], dtype=bool)
        found[0::2] = first.all(axis=0)
        found[1::2] = second.all(axis=0)
        found &= self.allowed[number]
        for other in self.siblings.get(number, ()):
            if self.slot_of[other] >= 0:
                for slot in self.apart(other, self.slot_of[other], number):
                    found[slot] = False
        return found

    def apart(self, held: int, slot: int, other: int) -> list[int]:
        """Return the slots in which a unit's other visit may not begin (同一户不重叠) while one is held from a slot."""
        jobs = self.district.jobs
        taken = [slot, slot + 1] if jobs[held].whole_day else [slot]
        return [slot - 1, *taken] if slot % 2 and jobs[other].whole_day else taken

    def safe(self, number: int, slot: int) -> bool:
        """Whether a job may be added in a slot by the exact condition (精确核对)."""
        return all(
            shortage(self.district.crews[office], slot // 2, *self.places(office, slot // 2, (number, slot))) is None
            for office in self.district.jobs[number].offices
        )

    def places(self, office: int, day: int, more: tuple[int, int] | None = None) -> tuple[list[Group], list[Group]]:
        """Return an office's morning and afternoon groups on a day (当日名额), with one more job if given."""
        held = [(n, self.slot_of[n]) for n in self.on_day.get((office, day), ())]
        counts: tuple[dict[Kind, int], dict[Kind, int]] = ({}, {})
        for number, slot in [*held, more] if more else held:
            for o, g in self.district.jobs[number].groups:
                if o == office:
                    counts[slot % 2][g.mask, g.whole_day] = counts[slot % 2].get((g.mask, g.whole_day), 0) + g.people
        morning, afternoon = ([Group(mask, long, n) for (mask, long), n in c.items()] for c in counts)
        return morning, afternoon

    def learn(self, office: int, day: int, short: Shortage) -> bool:
        """Add the family of kinds that a shortage was found for (补充人员类别); False when it is known already."""
        crew = self.district.crews[office]
        first, second = crew.present[2 * day], crew.present[2 * day + 1]
        kinds = set()
        for mask, whole_day in frozenset().union(*self.families[office]):
            there = second if short.half else first & second & crew.twice if whole_day else first
            if mask & there & ~short.mask == 0 and not (short.half and whole_day):
                kinds.add((mask, whole_day))
        family = frozenset(kinds)
        if family in self.families[office]:
            return False
        self.families[office].append(family)
        self._rebuild()
        return True


def _siblings(district: District) -> dict[int, list[int]]:
    """Job → the other jobs of its unit whose windows overlap its own."""
    by_unit: dict[str, list[int]] = {}
    for number, job in enumerate(district.jobs):
        by_unit.setdefault(job.unit, []).append(number)
    found: dict[int, list[int]] = {}
    for own in by_unit.values():
        for n in own if len(own) > 1 else ():
            (first, last) = district.jobs[n].window
            near = [m for m in own if m != n and first <= district.jobs[m].window[1] + 1]
            found[n] = [m for m in near if district.jobs[m].window[0] <= last + 1]
    return found


def _room(crew: Crew, family: frozenset[Kind], day: int) -> tuple[int, int, int]:
    first, second = crew.present[2 * day], crew.present[2 * day + 1]
    all_day = first & second & crew.twice
    morning = afternoon = 0
    for mask, whole_day in family:
        morning |= mask & (all_day if whole_day else first)
        afternoon |= 0 if whole_day else mask & second
    return morning.bit_count(), afternoon.bit_count(), (afternoon & first & ~crew.twice).bit_count()
