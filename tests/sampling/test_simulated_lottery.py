"""Many lotteries at once: with the draw's hashes each is the lottery's; other numbers give the same distribution."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from scipy.stats import chi2_contingency

from supervision.canonical import digest
from supervision.sampling.inspectors.holdings import Holdings
from supervision.sampling.inspectors.lottery import match
from supervision.sampling.inspectors.lottery_report import shake_numbers
from supervision.sampling.inspectors.positions import (
    CALENDAR,
    RECUSALS,
    ROSTER,
    inspectors_of,
    offices,
    places_of,
    recusal_pairs,
)
from supervision.sampling.inspectors.simulated_lottery import BLOCK, NOBODY, NUMBER_BITS, simulate

COMMITMENT = bytes(range(32))
DAYS = ("2026-12-03", "2026-12-04", "2026-12-07")


def seed_of(number):
    """The seed of one lottery."""
    return digest("sha256", b"test", str(number).encode())


def hashed(place, people, first, many):
    """P and R by the draw's own hashes."""
    ranks, lots = np.empty(many, dtype=np.uint32), np.empty((many, len(people)), dtype=np.uint32)
    for row in range(many):
        state = Holdings(recusals=frozenset(), seed=seed_of(first + row), hash_name="sha256")
        ranks[row] = int.from_bytes(state.rank(place)[:4], "big") >> (32 - NUMBER_BITS)
        for column, one in enumerate(people):
            lots[row, column] = int.from_bytes(state.lot(place, one.inspector_id)[:4], "big") >> (32 - NUMBER_BITS)
    return ranks, lots


def world(number, *, people, visits):
    """A calendar, a roster and recusals by chance: whole days, two offices, narrow scopes, leave and daily limits."""
    rng = np.random.default_rng(number)
    roster, places, recused = [], [], []
    for office in ("east", "west"):
        for who in range(people):
            scopes = ("*", "food", "fire food")[rng.integers(3)]
            absent = f"{DAYS[rng.integers(3)]}T{rng.integers(1, 3)}" if rng.random() < 0.4 else ""
            roster.append(
                (f"{office}{who}", office, DAYS[rng.random() < 0.2], "2026-12-31", scopes, rng.integers(1, 3), absent)
            )
            if rng.random() < 0.5:
                recused.append((f"{office}{who}", f"U{rng.integers(visits)}", "kin"))
    for visit in range(visits):
        day, part = DAYS[rng.integers(3)], rng.integers(1, 3)
        for office in ("east", "west")[: rng.integers(1, 3)]:
            whole = part == 1 and rng.random() < 0.4
            halves = f"{day}T1 {day}T2" if whole else f"{day}T{part}"
            for place in range(1, rng.integers(2, 4)):
                places.append((f"U{visit}~1", office, place, halves, ("food", "fire food")[rng.integers(2)]))
    return CALENDAR.frame(places), ROSTER.frame(roster), RECUSALS.frame(recused)


def simulated(calendar, roster, recusals, numbers, seeds):
    """Who takes each place in each seed: key → list of ids, None where the visit goes back."""
    people = offices(inspectors_of(roster))
    found = {}
    for day in simulate(places_of(calendar), people, recusal_pairs(recusals), numbers=numbers, seeds=seeds):
        for place, taken in zip(day.places, day.taken, strict=True):
            found[place.key] = [people[place.office][who].inspector_id if who != NOBODY else None for who in taken]
    return found


@pytest.mark.parametrize(("people", "visits"), [(2, 4), (3, 9), (4, 9), (6, 12), (9, 12)])
def test_with_the_draws_hashes_each_seed_is_the_lottery(people, visits):
    """In 12 worlds of each shape, tight and wide, every place of every seed goes to whom `match` gives it."""
    sent_back = by_path = 0
    for number in range(12):
        calendar, roster, recusals = world(100 * people + number, people=people, visits=visits)
        found = simulated(calendar, roster, recusals, hashed, 6)
        for seed in range(6):
            drawn = match(calendar, roster, recusals, seed_of(seed), hash_name="sha256")
            rows = drawn.assignments.to_dict("records")
            takers = {(row["visit_id"], row["office"], row["place"]): row["inspector_id"] for row in rows}
            assert {key: takers.get(key) for key in found} == {key: takes[seed] for key, takes in found.items()}
            sent_back += len(drawn.sent_back) > 0
            by_path += (drawn.assignments["candidates"] == 0).any()
    assert sent_back > 0 or people > 6
    assert by_path > 0


def test_an_office_without_people_sends_the_visit_back():
    """Nobody goes for an office without people, nor for the other office of that visit."""
    calendar = CALENDAR.frame(
        [("U1~1", "east", 1, "2026-12-03T1", "food"), ("U1~1", "north", 1, "2026-12-03T1", "food")]
    )
    roster = ROSTER.frame([("E1", "east", "2026-12-01", "2026-12-31", "*", 2, "")])
    found = simulated(calendar, roster, RECUSALS.empty(), shake_numbers(COMMITMENT), 5)
    assert found == {("U1~1", "east", 1): [None] * 5, ("U1~1", "north", 1): [None] * 5}


def test_other_numbers_give_the_same_distribution():
    """Who goes together, 1,500 seeds of the lottery against 6,000 simulated: a chi-square test finds no difference."""
    calendar, roster, recusals = world(5, people=4, visits=7)
    many = 1500
    found = simulated(calendar, roster, recusals, shake_numbers(COMMITMENT), 4 * many)
    drawn = [match(calendar, roster, recusals, seed_of(seed), hash_name="sha256").assignments for seed in range(many)]
    least = 1.0
    for visit, office in {key[:2] for key in found}:
        keys = [key for key in found if key[:2] == (visit, office)]
        ours = Counter(zip(*(found[key] for key in keys), strict=True))
        theirs = Counter()
        for rows in drawn:
            here = rows[rows["visit_id"].eq(visit) & rows["office"].eq(office)].set_index("place")["inspector_id"]
            theirs[tuple(here.get(key[2]) for key in keys)] += 1
        teams = sorted(ours.keys() | theirs.keys(), key=str)
        table = np.array([[ours[team] for team in teams], [theirs[team] for team in teams]])
        common = table.sum(axis=0) >= 50
        table = np.column_stack([table[:, common], table[:, ~common].sum(axis=1)])
        table = table[:, table.sum(axis=0) > 0]
        if table.shape[1] > 1:
            least = min(least, chi2_contingency(table).pvalue * len(found))
    assert least > 0.001


def test_numbers_are_of_the_place_and_the_block():
    """31 bits; another place, block or commitment has others; a block's numbers do not depend on how many follow."""
    calendar, roster, _ = world(1, people=3, visits=3)
    (place, other, *_), people = places_of(calendar), offices(inspectors_of(roster))["east"]
    numbers = shake_numbers(COMMITMENT)
    ranks, lots = numbers(place, people, 0, 1000)
    assert lots.shape == (1000, len(people))
    assert 2**30 < max(ranks.max(), lots.max()) < 2**31
    seen = [ranks[0]]
    for ask in (numbers, shake_numbers(bytes(32))):
        seen += [ask(one, people, first, 1000)[0][0] for one in (place, other) for first in (0, BLOCK)]
    assert len(set(map(int, seen))) == len(seen) - 1
