"""The lottery of inspectors for many seeds at once (批量模拟人员抽取): the rules of `lottery`, a row a seed.

Nobody's lot decides anything here, so numbers stand in for the draw's hashes: any function of place and people that
gives P and R of each seed. With the draw's own hashes a row is what `lottery.match` gives for that seed, and a test
says so. Only the first draw of a round is played: nothing is held before it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

import numpy as np
import numpy.typing as npt

from supervision.sampling.inspectors.holdings import SLACK, Holdings
from supervision.sampling.inspectors.positions import Inspector, Place

NOBODY = -1
BLOCK = 2000  # seeds that are played together: their arrays stay in the processor's cache
NUMBER_BITS = 31
LAST = np.uint32(2**32 - 1)  # above every number
HEAVY = np.int32(2**31 - 1 - SLACK)  # above every load

Taken = npt.NDArray[np.int16]
Flags = npt.NDArray[np.bool_]
Loads = npt.NDArray[np.int32]
Lots = npt.NDArray[np.uint32]
Rows = npt.NDArray[np.intp]
Node = int


class Numbers(Protocol):
    """What stands for P and R (岗位次序与人员签号): uint32 (many,), (many, people) below 2^31, from seed `first`."""

    def __call__(self, place: Place, people: Sequence[Inspector], first: int, many: int) -> tuple[Lots, Lots]:
        """Return P and R of a place."""


@dataclass(frozen=True, kw_only=True, eq=False)
class PlayedDay:
    """A day of all seeds (模拟的一天): `taken` int16 (places, seeds), the taker's number in the office, or -1."""

    day: str
    places: Sequence[Place]
    taken: Taken


@dataclass(kw_only=True, eq=False)
class _Stage:
    """One stage of an office's day in a block of seeds; its arrays change as places are taken.

    A node is whom a place can be taken from: a person's half-day, or the person where a place takes both half-days of
    theirs; 2 × the person's number, 1 more in the afternoon. `halves` (m,): 1 for a place of the afternoon; `able` bool
    (m, p): who could hold a place, but for what is held; `free` bool (B, p): nothing held before the stage;
    `both` bool (p,): a place takes both half-days of these; `held` bool (B, 2, p); `load` int32 (B, p); `lots`
    (m, B, p); `taken` (m, B).
    """

    places: Sequence[Place]
    able: Flags
    both: Flags
    free: Flags
    load: Loads
    lots: Lots
    held: Flags
    taken: Taken
    halves: Rows

    @property
    def size(self) -> int:
        return len(self.places[0].half_days)

    def nodes(self, places: int | Rows, people: Rows) -> Rows:
        """Return the nodes of people at places (人员节点)."""
        return 2 * people + np.where(self.both[people], 0, self.halves[places])


def simulate(
    places: Sequence[Place],
    people: Mapping[str, Sequence[Inspector]],
    recused: frozenset[tuple[str, str]],
    *,
    numbers: Numbers,
    seeds: int,
) -> Iterator[PlayedDay]:
    """Yield each day of a calendar as `seeds` lotteries fill it (逐日模拟); `people`: of each office, sorted by id."""
    able = _Able(people, recused)
    load = {office: np.zeros((seeds, len(those)), dtype=np.int32) for office, those in people.items()}
    listed = sorted(places, key=lambda place: (place.day, place.office.encode(), not place.is_whole_day, place.key))
    for day, group in groupby(listed, key=lambda place: place.day):
        here = list(group)
        taken = np.full((len(here), seeds), NOBODY, dtype=np.int16)
        start = 0
        for office, some in groupby(here, key=lambda place: place.office):
            many = len(list(some))
            if people.get(office):
                for first in range(0, seeds, BLOCK):
                    block = slice(first, min(first + BLOCK, seeds))
                    taken[start : start + many, block] = _office_day(
                        here[start : start + many], people[office], load[office][block], able, numbers, first
                    )
            start += many
        _release(here, taken, load)
        yield PlayedDay(day=day, places=here, taken=taken)


class _Able:
    """Who of an office could hold a place, but for what is held: asked once of all places that are alike."""

    def __init__(self, people: Mapping[str, Sequence[Inspector]], recused: frozenset[tuple[str, str]]) -> None:
        self._people = people
        self._rules = Holdings(recusals=recused, seed=b"", hash_name="")
        self._units = {unit for _, unit in recused}
        self._known: dict[tuple[str, tuple[str, ...], frozenset[str], str], list[bool]] = {}

    def at(self, place: Place) -> list[bool]:
        """Return it for each inspector of the place's office."""
        unit = place.unit_id if place.unit_id in self._units else ""
        key = (place.office, place.half_days, place.items, unit)
        if key not in self._known:
            people, nothing = self._people[place.office], frozenset[str]()
            self._known[key] = [self._rules.barred(one, place, nothing) is None for one in people]
        return self._known[key]


def _office_day(
    places: Sequence[Place],
    people: Sequence[Inspector],
    load: Loads,
    able: _Able,
    numbers: Numbers,
    first: int,
) -> Taken:
    """Fill an office's day, whole-day places first; `load` grows."""
    many, taken = len(load), []
    free = np.ones(load.shape, dtype=bool)
    for whole_day, group in groupby(places, key=lambda place: place.is_whole_day):
        stage_places = list(group)
        drawn = [numbers(place, people, first, many) for place in stage_places]
        stage = _Stage(
            places=stage_places,
            able=np.array([able.at(place) for place in stage_places]),
            both=np.array([whole_day or one.daily_limit == 1 for one in people]),
            free=free,
            load=load,
            lots=np.array([lots for _, lots in drawn]),
            held=np.zeros((many, 2, len(people)), dtype=bool),
            taken=np.full((len(stage_places), many), NOBODY, dtype=np.int16),
            halves=np.array([int(place.half_days[0].endswith("T2")) for place in stage_places]),
        )
        _fill(stage, np.argsort(np.array([rank for rank, _ in drawn]), axis=0, kind="stable"))
        free = free & ~stage.held.any(axis=1)
        taken.append(stage.taken)
    return np.concatenate(taken)


def _fill(stage: _Stage, turns: Rows) -> None:
    """Give each place to the least lot among the light; `turns` (m, B): the places in the order of each seed."""
    rows = np.arange(turns.shape[1])
    for place in turns:
        half = stage.halves[place]
        eligible = stage.able[place] & stage.free & ~stage.held[rows, half]
        loads = np.where(eligible, stage.load, HEAVY)
        least = loads.min(axis=1)
        light = eligible & (loads <= least[:, None] + SLACK)
        who = np.where(light, stage.lots[place, rows], LAST).argmin(axis=1)
        fine = np.flatnonzero(least < HEAVY)
        place_, who_, half_ = place[fine], who[fine], half[fine]
        stage.taken[place_, fine] = who_
        stage.load[fine, who_] += stage.size
        stage.held[fine, half_, who_] = True
        stage.held[fine, 1 - half_, who_] |= stage.both[who_]
        for row in np.flatnonzero(least == HEAVY).tolist():
            _augment(stage, int(place[row]), row)


def _augment(stage: _Stage, start: int, row: int) -> None:
    """Look breadth first for a path that frees somebody for `start` in one seed; move everybody on it up by one."""
    taken = stage.taken[:, row]
    filled = np.flatnonzero(taken != NOBODY)
    holder = dict(zip(stage.nodes(filled, taken[filled].astype(np.intp)).tolist(), filled.tolist(), strict=True))
    seen: set[Node] = set()
    came: dict[int, tuple[int, Node]] = {}
    queue = deque([start])
    while queue:
        place = queue.popleft()
        able = np.flatnonzero(stage.able[place] & stage.free[row])
        lightest_first = able[np.lexsort((stage.lots[place, row, able], stage.load[row, able]))]
        for node in stage.nodes(place, lightest_first).tolist():
            if node in seen:
                continue
            seen.add(node)
            if node not in holder:
                _move_up(stage, row, node, place, came)
                return
            came[holder[node]] = (place, node)
            queue.append(holder[node])


def _move_up(stage: _Stage, row: int, taker: Node, place: int, came: Mapping[int, tuple[int, Node]]) -> None:
    """Walk the path back to the open place: each node takes the place that was being expanded for it.

    Everybody else on the path gives up one place and takes another: only the taker's load grows.
    """
    moves = [(taker, place)]
    while place in came:
        place, node = came[place]
        moves.append((node, place))
    taken = stage.taken[:, row]
    for node, target in moves:
        taken[target] = node // 2
    stage.load[row, taker // 2] += stage.size
    filled = np.flatnonzero(taken != NOBODY)
    stage.held[row] = False
    stage.held[row, stage.halves[filled], taken[filled]] = True
    stage.held[row] |= stage.held[row].any(axis=0) & stage.both


def _release(places: Sequence[Place], taken: Taken, load: Mapping[str, Loads]) -> None:
    """A visit with a place left open releases all its places at the end of the day."""
    of_visit: dict[str, list[int]] = {}
    for number, place in enumerate(places):
        of_visit.setdefault(place.visit_id, []).append(number)
    for numbers in of_visit.values():
        back = (taken[numbers] == NOBODY).any(axis=0)
        for number in numbers if back.any() else []:
            gone = np.flatnonzero(back & (taken[number] != NOBODY))
            if len(gone):
                load[places[number].office][gone, taken[number, gone]] -= len(places[number].half_days)
            taken[number, back] = NOBODY
