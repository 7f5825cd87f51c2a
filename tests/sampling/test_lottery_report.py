"""The report of the lottery: what many simulated seeds give, against what can be counted by hand."""

from __future__ import annotations

import hashlib
from collections import Counter
from itertools import combinations

import pandas as pd
import pytest

from supervision.sampling.inspectors import lottery_report as lottery_report_module
from supervision.sampling.inspectors.lottery import match
from supervision.sampling.inspectors.lottery_report import lottery_report
from supervision.sampling.inspectors.positions import CALENDAR, RECUSALS, ROSTER, places_of

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


def report(places, people, *, seeds=SEEDS, processes=1):
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
        processes=processes,
        progress=lambda done, total: said.append((done, total)),
    )
    assert said == sorted(said) and said[-1] == (len(places), len(places))
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


def test_processes_do_not_change_a_report(monkeypatch):
    """One process and two give the same tables; offices that meet at a visit, even by a third one, stay together."""
    more = ("U3~1", "south", 1, "2026-12-03T2"), ("U3~1", "north", 1, "2026-12-03T2")
    chain = ("U4~1", "north", 1, "2026-12-04T2"), ("U4~1", "far", 1, "2026-12-04T2")
    places = calendar(*PLACES[["visit_id", "office", "place", "half_days"]].itertuples(index=False), *more, *chain)
    people = roster(east=["E1", "E2", "E3", "E4"], west=["W1", "W2"], south=["S1", "S2"], north=["N1", "N2"], far=["F"])
    groups = [{place.office for place in group} for group in lottery_report_module._apart(places_of(places))]
    assert groups == [{"east", "west"}, {"south", "north", "far"}]
    one, _ = report(places, people)
    monkeypatch.setattr(lottery_report_module, "ALONE", 0)
    two, _ = report(places, people, processes=2)
    for name in ("days", "people", "pairs"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


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


def stream(visit, place, people):
    """The numbers of a place as the module's text says: P of each seed, then R of each seed and inspector."""
    body = b"lottery-report" + COMMITMENT + bytes(8) + f"{visit}\x1feast\x1f{place}\x1f".encode()
    words = hashlib.shake_128(body).digest(4 * SEEDS * (1 + people))
    numbers = [int.from_bytes(words[at : at + 4], "big") // 2 for at in range(0, len(words), 4)]
    return numbers[:SEEDS], [numbers[SEEDS + people * row :][:people] for row in range(SEEDS)]


def test_counted_by_another_hand():
    """The likeliest teams of the office of four are those of a plain loop over the same numbers."""
    made, _ = report(PLACES, PEOPLE)
    drawn = {(visit, place): stream(visit, place, 4) for visit in ("U1~1", "U2~1") for place in (1, 2)}
    seen = {"U1~1": Counter(), "U2~1": Counter()}
    for row in range(SEEDS):
        load = [0] * 4
        for visit, halves in (("U1~1", 1), ("U2~1", 2)):
            team = []
            for place in sorted((1, 2), key=lambda place: drawn[visit, place][0][row]):
                least = min(load[who] for who in range(4) if who not in team)
                light = [who for who in range(4) if who not in team and load[who] <= least + 2]
                team.append(min(light, key=lambda who: drawn[visit, place][1][row][who]))
            for who in team:
                load[who] += halves
            seen[visit][" ".join(f"E{who + 1}" for who in sorted(team))] += 1
    told = made.days[made.days["office"] == "east"].to_dict("records")
    for line, teams in zip(told, seen.values(), strict=True):
        best = max(teams.values())
        assert line["team_seeds"] == line["pair_seeds"] == best
        assert line["team"] == line["pair"] == min(team for team, many in teams.items() if many == best)


def test_teams_of_any_size_are_counted():
    """Of more people than fit into a number, a team of twelve; the one team of all is certain and its pairs, too."""
    crowd = roster(east=[f"E{who:03}" for who in range(60)])
    places = calendar(*[("U1~1", "east", place, "2026-12-03T1") for place in range(1, 13)])
    made, _ = report(places, crowd, seeds=50)
    (line,) = made.days.to_dict("records")
    assert (len(line["team"].split()), line["team_seeds"]) == (12, 1)
    assert 2 <= line["pair_seeds"] < 50
    everybody = roster(east=[f"E{who:03}" for who in range(12)])
    made, _ = report(places, everybody, seeds=50)
    (line,) = made.days.to_dict("records")
    assert (line["team_seeds"], line["pair"], line["pair_seeds"]) == (50, "E000 E001", 50)


def test_a_team_that_goes_twice_on_a_day_goes_on_that_day():
    """Morning and afternoon of an office of two: in every seed, once a seed; of two sizes the more frequent wins."""
    twice = calendar(*[(f"U{n}~1", "west", place, f"2026-12-03T{n}") for n in (1, 2) for place in (1, 2)])
    made, _ = report(twice, PEOPLE, seeds=40)
    (line,) = made.days.to_dict("records")
    assert (line["team"], line["team_seeds"], line["visits"]) == ("W1 W2", 40, 2)
    three = roster(west=["W1", "W2", "W3"])
    alone = calendar(
        *[(f"U{n}~1", "west", place, f"2026-12-03T{n}") for n, many in ((1, 2), (2, 3)) for place in range(1, many + 1)]
    )
    made, _ = report(alone, three, seeds=40)
    (line,) = made.days.to_dict("records")
    assert (line["team"], line["team_seeds"]) == ("W1 W2 W3", 40)
    assert line["pair_seeds"] == 40


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
