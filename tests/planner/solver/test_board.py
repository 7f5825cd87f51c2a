"""The board counts what it holds, and opens exactly the half-days that fill."""

from __future__ import annotations

import random
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from supervision.planner.solver.board import Board, Score
from supervision.planner.solver.greedy import best, crowding, insert, order, start
from supervision.planner.visits.capacity import fits
from supervision.planner.visits.demand import demand
from supervision.planner.visits.halfdays import slots_of


def board_of(world: Any) -> Board:
    """The board of a world's first district."""
    return Board(demand(world.inputs()).districts[0])


def test_score_as_a_table(small: Any) -> None:
    """Each count by itself: lost and partly held duties, incomplete units, further doors, team-days, uneven load."""
    board = board_of(small)
    (u1,), (early,), (late,), (u3,) = ([d] for d in board.doors)
    assert board.score() == Score(lost=4, items=5, incomplete=3, further=0, team_days=0, uneven=0)
    fire, market = u1
    board.add(market, 0)
    assert board.score() == Score(3, 4, 3, 0, 1, 0)
    board.add(fire, 0)
    assert board.score() == Score(2, 3, 2, 0, 2, 0)
    board.add(early[0], 1)
    assert board.score() == Score(2, 2, 2, 0, 2, 0)
    board.add(late[0], 6)
    assert board.score() == Score(1, 1, 1, 1, 3, 0)
    board.add(u3[0], 4)
    assert board.score() == Score(0, 0, 0, 1, 4, 0)
    assert board.load == [[2, 2, 0, 0, 2, 2, 0, 0], [2, 2, 0, 0, 0, 0, 2, 0]]
    board.remove(market)
    assert board.score() == Score(1, 1, 1, 1, 4, 0)
    board.add(market, 4)
    assert board.score() == Score(0, 0, 0, 2, 5, 0)


def test_uneven_counts_people_above_the_share(small: Any) -> None:
    """Three people a half-day where two are even: one above, in each half-day of a whole-day visit."""
    small.items["f1"] = small.items["f1"].__class__(**{**vars(small.items["f1"]), "inspectors": 1})
    small.least = 1
    board = board_of(small)
    assert board.share == [1, 2]
    fires = [p for door in board.doors for p in door if board.pieces[p].office == 0]
    board.add(fires[0], 0)
    assert board.uneven == 0
    board.add(fires[1], 0)
    assert board.uneven == 2
    board.remove(fires[0])
    assert board.uneven == 0


def test_a_street_shares_a_team_in_opposite_halves(small: Any) -> None:
    """Morning and afternoon of one street are one team-day, two mornings are two, other streets never share."""
    small.drawn = [("m", u) for u in ("U1", "U2", "U3")]
    board = board_of(small)
    a, b, c = (door[0] for door in board.doors)
    board.add(a, 0)
    assert board.saving[board.pieces[b].street] == 0b10
    board.add(b, 1)
    assert (board.team_days, board.saving[board.pieces[b].street]) == (1, 0)
    board.add(c, 1) if board.open(c) >> 1 & 1 else board.add(c, 2)
    assert board.team_days == 2
    board.remove(b)
    board.add(b, 2)
    assert board.team_days == 3


def test_doors_of_one_unit_do_not_overlap(small: Any, kit: SimpleNamespace) -> None:
    """No door begins in the afternoon of a whole-day door of its unit, nor the other way round."""
    board = board_of(small)
    fire, market = board.doors[0]
    board.add(fire, 2)
    assert list(slots_of(board.open(market))) == [0, 1, 2, 4, 5]
    board.remove(fire)
    board.add(market, 3)
    assert list(slots_of(board.open(fire))) == [0, 4, 6]
    board.remove(market)
    assert board.open_door((fire, market)) == 0b010101


def test_open_slots_are_those_that_fill(random_world: Callable[..., Any]) -> None:
    """On random boards every open slot fills and every closed one does not, or meets the unit's own door."""
    for seed in range(25):
        districts = demand(random_world(seed, units=(6, 14)).inputs()).districts
        if not districts:
            continue
        board = Board(districts[0])
        luck = random.Random(seed)
        for _ in range(60):
            number = luck.randrange(len(board.pieces))
            if board.slot[number] >= 0:
                board.remove(number)
                continue
            mask, piece = board.open(number), board.pieces[number]
            for slot in slots_of(piece.allowed):
                t, sides = slot >> 1, ([], [])
                for n, s in [(number, slot), *((n, board.slot[n]) for n in board.on[piece.office][t])]:
                    sides[s & 1].extend(board.kinds[piece.office][board.kind_at(n, s)])
                good = fits(board.patterns[piece.office][t], *sides)
                if mask >> slot & 1:
                    assert good, (seed, number, slot)
                elif not board.at[piece.unit]:
                    assert not good, (seed, number, slot)
            if mask:
                board.add(number, luck.choice(list(slots_of(mask))))


def test_adding_and_removing_leaves_no_trace(random_world: Callable[..., Any]) -> None:
    """A board from which everything is taken out again is an empty board."""
    for seed in range(10):
        world = random_world(seed)
        board, empty = board_of(world), board_of(world)
        start(board)
        for number, slot in enumerate(board.slot):
            if slot >= 0:
                board.remove(number)
        assert board.score() == empty.score()
        assert (board.load, board.states, board.at) == (empty.load, empty.states, empty.at)
        assert set(board.saving) == {0}


def test_greedy_takes_the_scarcest_first(small: Any) -> None:
    """Few half-days first where no office is full, then T."""
    small.ties = {"U1": "00" * 32, "U2": "11" * 32, "U3": "ff" * 32}
    board = board_of(small)
    # U2's late door has 2 half-days, U1's 3, U3's 4, U2's early door 6
    assert order(board) == [2, 0, 3, 1]
    small.tasks["f"] = small.tasks["f"].__class__(
        **{**vars(small.tasks["f"]), "start": small.tasks["f"].end.replace(day=3)}
    )
    small.drawn = [("f", "U1"), ("f", "U3"), ("m", "U2")]
    small.units[0] = ("U1", "320505", "S1", "2026-12-01")
    assert order(board_of(small)) == [0, 2, 1]


def test_a_full_office_goes_first(small: Any) -> None:
    """Doors of an office that is asked for more than four fifths of what it has go before scarce windows."""
    small.drawn = [("f", f"V{n}") for n in range(5)] + [("late", "U2")]
    small.units += [(f"V{n}", "320505", "", "") for n in range(5)]
    board = board_of(small)
    assert [board.pieces[board.doors[n][0]].office for n in order(board)] == [0, 0, 0, 0, 0, 1]


def test_the_best_slot_saves_team_days_then_joins_a_street_then_evens(small: Any) -> None:
    """Opposite half of a neighbour; else a day on which the street is visited; else the emptiest half-day."""
    small.drawn = [("m", u) for u in ("U1", "U2", "U3")]
    small.tasks["m"] = small.tasks["late"].__class__(**{**vars(small.tasks["m"]), "end": small.tasks["late"].end})
    board = board_of(small)
    a, b, c = (door[0] for door in board.doors)
    board.add(a, 5)
    assert best(board, (b,), board.open(b)) == 4
    assert best(board, (b,), board.open(b) & ~(1 << 4)) == 0
    assert best(board, (c,), board.open(c)) == 0
    assert best(board, (c,), 0b100001) == 0
    assert crowding(board, (c,), 0) == 4
    board.add(b, 4)
    assert crowding(board, (c,), 4) == 12
    assert best(board, (c,), 0b010001) == 0


def test_what_does_not_fit_whole_is_divided(small: Any, kit: SimpleNamespace) -> None:
    """While the fire office is taken on all days but the last, U1 gets a second door rather than lose a duty."""
    small.drawn = [("m", "U1"), ("f", "U1"), ("f", "V1"), ("f", "V2"), ("f", "V3")]
    small.units += [(f"V{n}", "320505", "", "") for n in (1, 2, 3)]
    board = board_of(small)
    for n in (1, 2, 3):
        board.add(board.doors[n][0], 2 * n - 2)
    insert(board, board.doors[0])
    assert board.score()[:4] == (0, 0, 0, 1)
    assert sorted(board.at[0]) == [0, 6]


@pytest.mark.parametrize(("people", "items", "lost"), [(2, 2, 1), (3, 1, 1), (4, 0, 0)])
def test_items_of_a_full_office_are_held_one_by_one(
    small: Any, kit: SimpleNamespace, people: int, items: int, lost: int
) -> None:
    """A duty of three items for one half-day: what the people can do of it is held, the rest is lost."""
    small.tasks = {"m": kit.task("m", "m1 m2 m3", 1, 1)}
    small.items = {f"m{n}": kit.item(f"m{n}", "market") for n in (1, 2, 3)}
    small.items["m3"] = kit.item("m3", "market", inspectors=4)
    small.items["m2"] = kit.item("m2", "market", inspectors=3)
    small.halves = dict.fromkeys(small.items, "T1")
    small.roster = [kit.inspector(f"M{n}", "M", "m1 m2 m3") for n in range(people)]
    small.drawn = [("m", "U1")]
    found = demand(small.inputs())
    assert sorted(i.item for i in found.impossible) == ["m2", "m3"][2 - items :]
    assert len(small.solve().unheld) == items
