"""The report of the lottery: what many simulated seeds give, against what can be counted by hand."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest

from supervision.canonical import digest
from supervision.sampling.inspectors.lottery import match
from supervision.sampling.inspectors.lottery_report import LABEL, lottery_report
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER

SEEDS = 300
COMMITMENT = bytes(range(32))


def roster(**offices):
    """A roster: office → its inspectors."""
    rows = [
        (who, office, "2026-12-01", "2026-12-31", "*", 2, "") for office, people in offices.items() for who in people
    ]
    return ROSTER.frame(rows)


def calendar(*places):
    """A calendar: visit, office, place, half-days."""
    return CALENDAR.frame([(*place, "food") for place in places])


def report(places, people, *, seeds=SEEDS):
    """Draw once and report."""
    nobody = RECUSALS.empty()
    drawn = match(places, people, nobody, COMMITMENT, hash_name="sha256").assignments
    said = []
    made = lottery_report(
        places,
        people,
        nobody,
        drawn,
        commitment2=COMMITMENT,
        seeds=seeds,
        hash_name="sha256",
        progress=lambda done, total: said.append((done, total)),
    )
    assert said == [(number, seeds) for number in range(seeds)]
    return made, drawn


PLACES = calendar(
    ("U1~1", "east", 1, "2026-12-03T1"),
    ("U1~1", "east", 2, "2026-12-03T1"),
    ("U2~1", "east", 1, "2026-12-04T1 2026-12-04T2"),
    ("U2~1", "east", 2, "2026-12-04T1 2026-12-04T2"),
    ("U1~1", "west", 1, "2026-12-03T1"),
    ("U1~1", "west", 2, "2026-12-03T1"),
)
PEOPLE = roster(east=["E1", "E2", "E3", "E4"], west=["W1", "W2"])


def test_an_office_of_two_is_certain():
    """Where two people serve two places the team is certain and every place has fewer than three candidates."""
    made, _ = report(PLACES, PEOPLE)
    (west,) = made.days[made.days["office"] == "west"].to_dict("records")
    assert west == {
        "office": "west",
        "day": "2026-12-03",
        "visits": 1,
        "places": 2,
        "few": 2,
        "team": "W1 W2",
        "pair": "W1 W2",
        "team_seeds": SEEDS,
        "pair_seeds": SEEDS,
    }


def test_an_office_of_four_is_not():
    """Six pairs of four people are equally likely on the first day: none is far above a sixth."""
    made, _ = report(PLACES, PEOPLE)
    (first, second) = made.days[made.days["office"] == "east"].to_dict("records")
    assert (first["day"], second["day"], first["few"]) == ("2026-12-03", "2026-12-04", 0)
    assert SEEDS / 6 <= first["team_seeds"] < SEEDS / 4
    assert first["team_seeds"] == first["pair_seeds"]


def test_counted_by_another_hand():
    """The likeliest team is the one that a plain count over the same seeds finds."""
    made, _ = report(PLACES, PEOPLE)
    seen = Counter()
    for number in range(SEEDS):
        seed = digest("sha256", LABEL, COMMITMENT, str(number).encode())
        drawn = match(PLACES, PEOPLE, RECUSALS.empty(), seed, hash_name="sha256").assignments
        here = drawn[drawn["office"].eq("east") & drawn["visit_id"].eq("U2~1")]
        seen[" ".join(sorted(here["inspector_id"]))] += 1
    second = made.days[made.days["office"] == "east"].to_dict("records")[1]
    best = max(seen.values())
    assert second["team_seeds"] == best
    assert second["team"] == min(team for team, many in seen.items() if many == best)


def test_loads_and_repeated_pairs():
    """A whole day is two half-days; who holds nothing stands with 0; a pair that goes twice is named."""
    made, drawn = report(PLACES, PEOPLE, seeds=1)
    assert made.people["load"].sum() == 2 + 4 + 2
    assert len(made.people) == 6
    twice = calendar(*[(f"U{n}~1", "west", place, f"2026-12-0{n}T1") for n in (3, 4) for place in (1, 2)])
    again, _ = report(twice, PEOPLE, seeds=1)
    assert again.pairs.to_numpy().tolist() == [["west", "W1 W2", 2]]
    pairs = Counter(
        pair
        for _, team in drawn.groupby(["visit_id", "office"])["inspector_id"]
        for pair in combinations(sorted(team), 2)
    )
    assert len(made.pairs) == sum(many > 1 for many in pairs.values())


@pytest.mark.parametrize("turn", [1, 2])
def test_rows_in_any_order(turn):
    """The order of rows of calendar and roster changes nothing."""
    one, _ = report(PLACES, PEOPLE, seeds=5)
    other, _ = report(PLACES.sample(frac=1, random_state=turn), PEOPLE.sample(frac=1, random_state=turn), seeds=5)
    for name in ("days", "people", "pairs"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
