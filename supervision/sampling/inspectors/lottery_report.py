"""What a lottery of inspectors leaves to chance (人员抽取报告): the same calendar drawn with many simulated seeds.

Numbers stand in for the draw's hashes, see `simulated_lottery`. Of a place and each `BLOCK` of seeds SHAKE-128 of
"lottery-report" ‖ commitment2 ‖ the block's first seed (eight bytes) ‖ the place's bytes under P and R gives four bytes
each, without the last bit: P of each seed, then R of each seed and inspector of the office, sorted by id. Anybody who
has the roster, the recusals and the calendar gets the same figures. A team is who one office sends to one visit; a
place that a path filled counts like any other.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, groupby

import numpy as np
import numpy.typing as npt
import pandas as pd

from supervision.processes import results
from supervision.sampling.inspectors.positions import Inspector, Place, inspectors_of, offices, places_of, recusal_pairs
from supervision.sampling.inspectors.simulated_lottery import (
    NOBODY,
    NUMBER_BITS,
    Lots,
    Numbers,
    PlayedDay,
    Taken,
    simulate,
)
from supervision.tables import TableSchema

LABEL = b"lottery-report"
FEW = 3
ALONE = 2_000_000  # places filled over all seeds up to which one process is done before a second one has begun
WORD = np.dtype(">u4")
WIDEST = 2**63 - 1
DAYS = TableSchema(
    name="lottery days",
    columns={
        **dict.fromkeys(("office", "day"), "str"),
        **dict.fromkeys(("visits", "places", "few"), "int64"),
        **dict.fromkeys(("team", "pair"), "str"),
        **dict.fromkeys(("team_seeds", "pair_seeds"), "int64"),
    },
    units={
        "few": "places with fewer than three candidates, as drawn",
        "team": "the most probable team of any of the office's visits of the day, ids joined by a space",
        "team_seeds": "in how many of the simulated seeds it goes together that day",
    },
)
PEOPLE = TableSchema(
    name="lottery people",
    columns={"inspector_id": "str", "office": "str", "load": "int64"},
    units={"load": "half-days held, as drawn"},
)
PAIRS = TableSchema(
    name="lottery pairs",
    columns={"office": "str", "pair": "str", "visits": "int64"},
    units={"visits": "to how many visits the two go together, as drawn: two or more"},
)


@dataclass(frozen=True, kw_only=True, eq=False)
class LotteryReport:
    """A lottery's report (人员抽取报告): `seeds` how many were simulated; tables `DAYS`, `PEOPLE`, `PAIRS`."""

    seeds: int
    days: pd.DataFrame
    people: pd.DataFrame
    pairs: pd.DataFrame


Likeliest = tuple[str, int]
Found = dict[tuple[str, str], tuple[Likeliest, Likeliest]]
Codes = npt.NDArray[np.int64]


def lottery_report(
    calendar: pd.DataFrame,
    roster: pd.DataFrame,
    recusals: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    commitment2: bytes,
    seeds: int,
    progress: Callable[[int, int], None],
    processes: int = 1,
) -> LotteryReport:
    """Return the report of a round's first lottery (人员抽取报告).

    `calendar`, `roster`, `recusals`: as the lottery was drawn from; `assignments`: what it gave; `seeds`: how often it
    is drawn again; `processes` never change the result.
    """
    places = places_of(calendar)
    groups = _apart(places)
    play = partial(
        _played, people=offices(inspectors_of(roster)), recused=recusal_pairs(recusals), commitment2=commitment2,
        seeds=seeds,
    )  # fmt: skip
    likeliest: Found = {}
    done = 0
    together = processes if len(places) * seeds > ALONE else 1
    for group, found in zip(groups, results(play, groups, processes=together), strict=True):
        likeliest |= found
        progress(done := done + len(group), len(places))
    return LotteryReport(
        seeds=seeds,
        days=_days(assignments, calendar, likeliest),
        people=_people(calendar, roster, assignments),
        pairs=_repeated(assignments),
    )


def _apart(places: Sequence[Place]) -> list[list[Place]]:
    """Part the places into groups whose offices never meet at a visit (互不同行的机构): most of all districts."""
    leader: dict[str, str] = {}

    def lead(office: str) -> str:
        while leader.setdefault(office, office) != office:
            office = leader[office]
        return office

    first: dict[str, str] = {}
    for place in places:
        leader[lead(place.office)] = lead(first.setdefault(place.visit_id, place.office))
    groups: dict[str, list[Place]] = {}
    for place in places:
        groups.setdefault(lead(place.office), []).append(place)
    return list(groups.values())


def _played(
    places: list[Place],
    *,
    people: Mapping[str, Sequence[Inspector]],
    recused: frozenset[tuple[str, str]],
    commitment2: bytes,
    seeds: int,
) -> Found:
    """Draw some places many times; who goes together most often, and which two, by office and day."""
    found = {}
    for day in simulate(places, people, recused, numbers=shake_numbers(commitment2), seeds=seeds):
        for office, taken in _office_days(day):
            names = [one.inspector_id for one in people[office]]
            pairs = [pair for several in taken for pair in _pairs(several)]
            found[office, day.day] = (_likeliest(taken, names), _likeliest(pairs, names))
    return found


def shake_numbers(commitment2: bytes) -> Numbers:
    """Return the numbers of a round's report (报告用随机数); see the module."""

    def numbers(place: Place, people: Sequence[Inspector], first: int, many: int) -> tuple[Lots, Lots]:
        stream = hashlib.shake_128(LABEL + commitment2 + first.to_bytes(8, "big") + place.label)
        drawn = np.frombuffer(stream.digest(WORD.itemsize * many * (1 + len(people))), dtype=WORD)
        drawn = (drawn >> (8 * WORD.itemsize - NUMBER_BITS)).astype(np.uint32)
        return drawn[:many], drawn[many:].reshape(many, len(people))

    return numbers


def _office_days(day: PlayedDay) -> Iterator[tuple[str, list[Taken]]]:
    """Yield each office with who is at each of its visits: int16 (places, seeds), -1 where the visit was released."""
    rows: dict[str, dict[str, list[int]]] = {}
    for number, place in enumerate(day.places):
        rows.setdefault(place.office, {}).setdefault(place.visit_id, []).append(number)
    for office, visits in rows.items():
        if (day.taken[[number for numbers in visits.values() for number in numbers]] != NOBODY).any():
            yield office, [np.sort(day.taken[numbers], axis=0) for numbers in visits.values()]


def _pairs(taken: Taken) -> Iterator[Taken]:
    """Yield everybody at a visit with everybody else, who comes first by id first."""
    yield from (taken[list(pair)] for pair in combinations(range(len(taken)), 2))


def _likeliest(groups: Sequence[Taken], names: Sequence[str]) -> Likeliest:
    """Who goes together in most seeds, ids joined, and in how many; of equal ones the first by id.

    `groups`: (people, seeds) each, sorted by id. A group that goes twice on a day counts once a seed.
    """
    found: list[tuple[int, tuple[int, ...]]] = [(0, ())]
    for _, alike in groupby(sorted(groups, key=len), key=len):
        several = np.stack(list(alike), axis=1)
        codes = _codes(several, len(names))
        _, where, number = np.unique(codes, return_index=True, return_inverse=True)
        number = np.sort(number.reshape(codes.shape), axis=0)
        first = np.ones(codes.shape, dtype=bool)
        first[1:] = number[1:] != number[:-1]
        many = np.bincount(number[first], minlength=len(where))
        many[codes.ravel()[where] == NOBODY] = 0
        most = int(many.argmax())
        found.append((int(many[most]), tuple(several.reshape(len(several), -1)[:, where[most]].tolist())))
    seeds, group = min(found, key=lambda one: (-one[0], one[1]))
    return " ".join(names[who] for who in group), seeds


def _codes(people: Taken, many: int) -> Codes:
    """Return a number of each group of `people` (who, …), in the order of their members; -1 where nobody goes."""
    codes, size = people[0].astype(np.int64), many
    for member in people[1:]:
        if size * many > WIDEST:
            several, codes = np.unique(codes, return_inverse=True)
            size = len(several)
        codes = codes * many + member
        size *= many
    return np.where(people[0] == NOBODY, NOBODY, codes.reshape(people[0].shape))


def teams_of(assignments: pd.DataFrame) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield visit_id, office and the sorted team of every visit and office (检查组)."""
    found: dict[tuple[str, str], list[str]] = {}
    for visit, office, who in zip(*(assignments[c] for c in ("visit_id", "office", "inspector_id")), strict=True):
        found.setdefault((visit, office), []).append(who)
    for (visit, office), people in found.items():
        yield visit, office, tuple(sorted(people))


def _days(
    assignments: pd.DataFrame,
    calendar: pd.DataFrame,
    likeliest: Found,
) -> pd.DataFrame:
    days = {visit: half[:10] for visit, half in zip(calendar["visit_id"], calendar["half_days"], strict=True)}
    rows = assignments.assign(day=assignments["visit_id"].map(days), few=assignments["candidates"] < FEW)
    found = []
    for (office, day), here in (
        (tuple(map(str, key)), part) for key, part in rows.groupby(["office", "day"], sort=True)
    ):
        (team, team_seeds), (pair, pair_seeds) = likeliest.get((office, day), (("", 0), ("", 0)))
        counts = here["visit_id"].nunique(), len(here), int(here["few"].sum())
        found.append((office, day, *counts, team, pair, team_seeds, pair_seeds))
    return DAYS.frame(found)


def _people(calendar: pd.DataFrame, roster: pd.DataFrame, assignments: pd.DataFrame) -> pd.DataFrame:
    """Everybody of the roster with the half-days held, those who hold none among them."""
    key = ["visit_id", "office", "place"]
    held = assignments.merge(calendar[[*key, "half_days"]], on=key)
    load: Counter[str] = Counter()
    for who, half_days in zip(held["inspector_id"], held["half_days"], strict=True):
        load[who] += len(half_days.split())
    everybody = sorted(zip(roster["office"], roster["inspector_id"], strict=True))
    return PEOPLE.frame([(who, office, load[who]) for office, who in everybody])


def _repeated(assignments: pd.DataFrame) -> pd.DataFrame:
    together: Counter[tuple[str, str]] = Counter()
    for _, office, team in teams_of(assignments):
        together.update((office, " ".join(pair)) for pair in combinations(team, 2))
    rows = [(office, pair, many) for (office, pair), many in together.items() if many > 1]
    return PAIRS.frame(sorted(rows, key=lambda row: (row[0], -row[2], row[1])))
