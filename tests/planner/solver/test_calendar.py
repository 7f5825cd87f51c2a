"""The whole planner: the calendar and its tables, aims in order, the same bytes everywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from supervision.errors import SupervisionError
from supervision.planner.check.calendar import check
from supervision.planner.check.certificate import differences
from supervision.planner.plan import Budget
from supervision.planner.solver import search
from supervision.planner.solver.board import Board
from supervision.planner.solver.calendar import solve
from supervision.planner.solver.chance import Chance
from supervision.planner.solver.exact import optimum
from supervision.planner.solver.greedy import start
from supervision.planner.solver.search import exchange, improve, recover
from supervision.planner.visits.demand import demand


def boards(world: Any) -> list[Board]:
    """An empty board for each district of a world that asks for something."""
    return [Board(district) for district in demand(world.inputs()).districts]


def test_calendar_of_a_small_month(small: Any) -> None:
    """Every place as a literal table: one door for U1, two for U2, all day for the fire office."""
    plan = small.solve()
    assert check(small.inputs(), plan) == []
    assert differences(small.inputs(), plan) == []
    rows = plan.calendar.drop(columns=["half_days"]).to_dict("split")["data"]
    assert rows == [
        ["U1~1", "U1", 1, "F", 1, "f1"],
        ["U1~1", "U1", 1, "F", 2, "f1"],
        ["U1~1", "U1", 1, "M", 1, "m1"],
        ["U1~1", "U1", 1, "M", 2, "m1"],
        ["U2~1", "U2", 1, "M", 1, "m1"],
        ["U2~1", "U2", 1, "M", 2, "m1"],
        ["U2~2", "U2", 2, "M", 1, "m2"],
        ["U2~2", "U2", 2, "M", 2, "m2"],
        ["U3~1", "U3", 1, "F", 1, "f1"],
        ["U3~1", "U3", 1, "F", 2, "f1"],
    ]
    when = dict(zip(plan.calendar["visit_id"], plan.calendar["half_days"].str.slice(0, 10), strict=True))
    assert when["U1~1"] == when["U2~1"]
    assert when["U2~2"] == "2026-12-04"
    assert plan.certificate["total"] == {
        "units": 3,
        "duties": 4,
        "held": 4,
        "lost": 0,
        "proven_lost": 0,
        "computed_lost": 0,
        "incomplete": 0,
        "doors": 4,
        "proven_doors": 4,
        "team_days": 4,
        "proven_team_days": 3,
        "uneven": 0,
    }
    assert str(plan.calendar["ordinal"].dtype) == str(plan.calendar["place"].dtype) == "int64"


def test_an_overfull_office_loses_the_least_and_says_so(small: Any) -> None:
    """Six whole-day duties for three people in four days: one team a day, two are lost, proven, one line for both."""
    small.drawn = [("f", f"V{n}") for n in range(6)]
    small.units = [(f"V{n}", "320505", "S1", "") for n in range(6)]
    small.ties = {f"V{n}": f"{n}0" * 32 for n in range(6)}
    plan = small.solve()
    assert check(small.inputs(), plan) == []
    assert differences(small.inputs(), plan) == []
    total = plan.certificate["total"]
    assert (total["lost"], total["proven_lost"], total["computed_lost"]) == (2, 2, 2)  # type: ignore[index]
    assert [(c.code, c.units, dict(c.params)) for c in plan.causes] == [
        ("office_full", 2, {"office": "F", "duties": 6, "lost": 2, "start": "2026-12-01", "end": "2026-12-04"})
    ]
    assert plan.unheld[["unit_id", "office", "items", "task_ids", "reason", "cause"]].to_numpy().tolist() == [
        ["V4", "F", "f1", "f", "office_full", 0],
        ["V5", "F", "f1", "f", "office_full", 0],
    ]


def test_who_stays_out_follows_t_alone(small: Any) -> None:
    """With the ties turned round the other units stay out."""
    small.drawn = [("f", f"V{n}") for n in range(6)]
    small.units = [(f"V{n}", "320505", "S1", "") for n in range(6)]
    small.ties = {f"V{n}": f"{9 - n}0" * 32 for n in range(6)}
    assert small.solve().unheld["unit_id"].tolist() == ["V0", "V1"]


def test_no_exchange_is_left(random_world: Callable[..., Any]) -> None:
    """In tight random worlds no lost duty could take the place of one whose unit has a greater T."""
    seen = 0
    for seed in range(60):
        for board in boards(random_world(seed, units=(10, 20), days=3)):
            district = board.district
            start(board)
            recover(board, 200, 1, 0)
            aims = board.score()[:4]
            lost = sorted(district.units[u].tie for u, _ in board.lost())
            count = exchange(board)
            assert board.score()[:4] <= aims
            if count and board.score()[:4] == aims:
                assert sorted(district.units[u].tie for u, _ in board.lost()) > lost
                seen += 1
            assert exchange(board) == 0
    assert seen > 5


def test_processes_change_nothing(random_world: Callable[..., Any], kit: SimpleNamespace) -> None:
    """Two districts in one process and in two: the same tables, causes and certificate; progress counts duties."""
    one, two = random_world(3), random_world(4)
    world = one
    world.tasks = {**one.tasks, **{f"b{n}": replace(t, task_id=f"b{n}") for n, t in two.tasks.items()}}
    world.offices |= {f"{o}-b": kit.office(f"{o}-b", n.department, "320506") for o, n in one.offices.items()}
    world.roster = one.roster + [(f"{r[0]}b", f"{r[1]}-b", *r[2:]) for r in one.roster]
    more = [(f"B{u}", "320506", s, b) for u, _, s, b in one.units]
    world.drawn = one.drawn + [(t, f"B{u}") for t, u in one.drawn]
    world.units = one.units + more
    said: list[tuple[int, int]] = []
    given = world.inputs()
    first = solve(given, budget=Budget(turns=2), progress=lambda a, b: said.append((a, b)))
    second = solve(given, budget=Budget(turns=2, processes=2))
    pd.testing.assert_frame_equal(first.calendar, second.calendar)
    pd.testing.assert_frame_equal(first.unheld, second.unheld)
    assert (first.causes, first.certificate) == (second.causes, second.certificate)
    assert len(said) == 2
    assert said[-1][0] == said[-1][1] == demand(given).duties
    assert check(given, first) == []
    assert differences(given, first) == []


@pytest.mark.parametrize("seed", range(12))
def test_random_worlds_are_sound_and_proven(random_world: Callable[..., Any], seed: int) -> None:
    """Calendars of random worlds break no rule, and their certificates are what a recomputation gives."""
    world = random_world(100 + seed, units=(10, 30), days=4)
    plan = world.solve(turns=2, rescue=3)
    assert check(world.inputs(), plan) == []
    assert differences(world.inputs(), plan) == []


def test_search_lowers_team_days_and_then_load(random_world: Callable[..., Any]) -> None:
    """The aims only get better, the first of them first; the best calendar is restored."""
    better = 0
    for seed in range(20):
        for board in boards(random_world(seed, units=(15, 25))):
            start(board)
            before = board.score()
            improve(board, 150, 1)
            cost = board.team_days * 64 + board.uneven
            assert (board.score()[:4], cost) <= (before[:4], before.team_days * 64 + before.uneven)
            better += board.score() < before
    assert better > 5


def test_the_search_accepts_a_worse_calendar_at_first(
    small: Any, kit: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Worse by what the heat allows, which is nothing in the last quarter; what is worse than that is undone."""
    small.roster = [kit.inspector(f"F{n:02d}", "F", "f1 f2") for n in range(12)]
    small.items["f2"] = kit.item("f2", "fire")
    small.tasks = {"f": kit.task("f", "f2")}
    small.units = [(f"U{n:02d}", "320505", f"S{n % 4}", "") for n in range(24)]
    small.drawn = [("f", unit) for unit, *_ in small.units]
    costs: list[Any] = []
    cost, undo = search._cost, search._undo
    monkeypatch.setattr(search, "HEAT", 8)
    monkeypatch.setattr(search, "_cost", lambda board: costs.append(cost(board)) or costs[-1])
    monkeypatch.setattr(search, "_undo", lambda *of: undo(*of) or costs.append(None))
    worse = 0
    for seed in range(5):
        (board,) = boards(small)
        start(board)
        costs.clear()
        improve(board, 100, seed)
        kept, *later = costs
        tries = [(new, after is None) for new, after in zip(later, [*later[1:], ()], strict=True) if new]
        assert len(tries) == 100
        for turn, (new, undone) in enumerate(tries):
            assert undone == (new[4] > kept[4] + max(0, 75 - turn) * 8 // 100)
            worse += not undone and new > kept
            kept = kept if undone else new
    assert worse > 5


def test_recovery_brings_in_what_greedy_left_out(
    random_world: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recovery never loses more, and on tight worlds often less; it stops where the proven least is reached.

    Only a calendar that is worse in what comes first is undone, whatever the others cost in team-days.
    """
    undo = search._undo

    def undone(board: Board, *others: Any) -> None:
        worse = board.score()[:4]
        undo(board, *others)
        assert worse > board.score()[:4]

    monkeypatch.setattr(search, "_undo", undone)
    gained = 0
    for seed in range(40):
        for board in boards(random_world(seed, units=(10, 20), days=3)):
            start(board)
            before = board.score()[:4]
            assert recover(board, 0, 1, 0) == 0
            if before[3] == 0:
                assert recover(board, 60, 1, board.score().lost) == 0
                assert board.score()[:4] == before
            recover(board, 60, 1, 0)
            assert board.score()[:4] <= before
            gained += board.score()[:4] < before
    assert gained > 5


def test_the_exact_model_is_never_worse_than_recovery(random_world: Callable[..., Any]) -> None:
    """CP-SAT lays a calendar that fills, with aims no worse; a district that is too large stays as it is."""
    solved = 0
    for seed in range(12):
        for board in boards(random_world(seed, units=(4, 8), days=2)):
            start(board)
            recover(board, 100, 1, 0)
            before = board.score()[:4]
            if optimum(board):
                assert board.score()[:4] <= before
                refill(board)
                solved += 1
            assert board.score()[:4] <= before
    assert solved > 6


def refill(board: Board) -> None:
    """Take everything out and hold it again, which the board must allow."""
    slots = list(board.slot)
    for number in [n for n, slot in enumerate(slots) if slot >= 0]:
        board.remove(number)
    for number, slot in enumerate(slots):
        if slot >= 0:
            assert board.open(number) >> slot & 1
            board.add(number, slot)


def test_a_large_district_is_left_to_the_search(small: Any) -> None:
    """Two duties in up to eight half-days for 220 units are too many for the exact model: nothing changes."""
    small.drawn = [(t, f"V{n}") for n in range(220) for t in ("m", "f")]
    small.units = [(f"V{n}", "320505", "", "") for n in range(220)]
    (board,) = boards(small)
    assert not optimum(board)
    assert set(board.slot) == {-1}


def test_a_restored_board_is_as_before(random_world: Callable[..., Any]) -> None:
    """Slots kept aside bring the board back, pieces made since then are taken out."""
    board = boards(random_world(5))[0]
    start(board)
    kept, score = list(board.slot), board.score()
    improve(board, 40, 3)
    board.restore(kept)
    assert (board.slot[: len(kept)], board.score()) == (kept, score)


def test_numbers_of_the_search_are_fixed() -> None:
    """The same seed gives the same numbers on any machine, each below its bound."""
    chance = Chance(1)
    assert [chance.below(100) for _ in range(6)] == [93, 9, 97, 19, 69, 49]
    assert all(0 <= chance.below(7) < 7 for _ in range(100))
    assert sorted(Chance(2).shuffled(list(range(9)))) == list(range(9))
    assert Chance(2).shuffled([1, 2, 3, 4, 5]) == [2, 5, 4, 1, 3]


def test_no_day_left_is_an_error(small: Any) -> None:
    """A month whose half-days are all before the earliest cannot be planned."""
    small.earliest = "2026-12-05T1"
    with pytest.raises(SupervisionError) as error:
        small.solve()
    assert (error.value.code, error.value.params) == ("planner.no_day_left", {"earliest": "2026-12-05T1"})


def test_days_that_are_past_are_no_error_while_others_are_left(small: Any) -> None:
    """Nothing can be held for want of offices: reasons, not an error, though the first day is past."""
    small.earliest, small.offices = "2026-12-02T1", {"X": replace(small.offices["M"], office_id="X", department="x")}
    plan = small.solve()
    assert plan.calendar.empty
    assert set(plan.unheld["reason"]) == {"no_office"}
