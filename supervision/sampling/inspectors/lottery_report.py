"""What a lottery of inspectors leaves to chance (人员抽取报告): the same calendar drawn with many simulated seeds.

Seed k is H("lottery-report" ‖ commitment2 ‖ k), so that anybody who has the roster, the recusals and the calendar
gets the same figures. A team is who one office sends to one visit; a place that a path filled counts like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from supervision.canonical import digest
from supervision.sampling.inspectors.lottery import match
from supervision.tables import TableSchema

LABEL = b"lottery-report"
FEW = 3
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


def lottery_report(
    calendar: pd.DataFrame,
    roster: pd.DataFrame,
    recusals: pd.DataFrame,
    assignments: pd.DataFrame,
    *,
    commitment2: bytes,
    seeds: int,
    hash_name: str,
    progress: Callable[[int, int], None],
) -> LotteryReport:
    """Return the report of a round's first lottery (人员抽取报告).

    `calendar`, `roster`, `recusals`: as the lottery was drawn from; `assignments`: what it gave; `seeds`: how often it
    is drawn again.
    """
    days = {visit: half[:10] for visit, half in zip(calendar["visit_id"], calendar["half_days"], strict=True)}
    teams: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    pairs: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for number in range(seeds):
        progress(number, seeds)
        seed = digest(hash_name, LABEL, commitment2, str(number).encode())
        again = match(calendar, roster, recusals, seed, hash_name=hash_name).assignments
        together = [(office, days[visit], team) for visit, office, team in teams_of(again)]
        teams.update(set(together))  # a team that goes twice on a day goes on that day
        pairs.update({(office, day, pair) for office, day, team in together for pair in combinations(team, 2)})
    return LotteryReport(
        seeds=seeds,
        days=_days(assignments, days, teams, pairs),
        people=_people(calendar, roster, assignments),
        pairs=_repeated(assignments),
    )


def teams_of(assignments: pd.DataFrame) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield visit_id, office and the sorted team of every visit and office (检查组)."""
    found: dict[tuple[str, str], list[str]] = {}
    for visit, office, who in zip(*(assignments[c] for c in ("visit_id", "office", "inspector_id")), strict=True):
        found.setdefault((visit, office), []).append(who)
    for (visit, office), people in found.items():
        yield visit, office, tuple(sorted(people))


def _days(
    assignments: pd.DataFrame,
    days: dict[str, str],
    teams: Counter[tuple[str, str, tuple[str, ...]]],
    pairs: Counter[tuple[str, str, tuple[str, ...]]],
) -> pd.DataFrame:
    likeliest = [_likeliest(counted) for counted in (teams, pairs)]
    rows = assignments.assign(day=assignments["visit_id"].map(days), few=assignments["candidates"] < FEW)
    found = []
    for (office, day), here in (
        (tuple(map(str, key)), part) for key, part in rows.groupby(["office", "day"], sort=True)
    ):
        (team, team_seeds), (pair, pair_seeds) = (one.get((office, day), ((), 0)) for one in likeliest)
        counts = here["visit_id"].nunique(), len(here), int(here["few"].sum())
        found.append((office, day, *counts, " ".join(team), " ".join(pair), team_seeds, pair_seeds))
    return DAYS.frame(found)


def _likeliest(
    counted: Counter[tuple[str, str, tuple[str, ...]]],
) -> dict[tuple[str, str], tuple[tuple[str, ...], int]]:
    """The people that go together most often, of each office's day; of equal ones the first by id."""
    found: dict[tuple[str, str], tuple[tuple[str, ...], int]] = {}
    for (office, day, people), many in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        found.setdefault((office, day), (people, many))
    return found


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
