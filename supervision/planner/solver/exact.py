"""Exact calendar of a tiny district (小规模精确求解) by CP-SAT: every division of every duty in every half-day.

What a day can fill has no linear form beforehand, as its unions depend on what is planned. A day that does not fill is
therefore forbidden when it turns up, by the fewest of its places that do not fill, on all days with the same people.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from ortools.sat.python import cp_model

from supervision.planner.solver.board import Board
from supervision.planner.visits.capacity import Day, fits_groups
from supervision.planner.visits.district import Part
from supervision.planner.visits.halfdays import slots_of

SIZE = 2_000  # pieces × half-days that are worth a model
EFFORT = 1.0  # deterministic seconds of all solutions together

Code = tuple[int, int, int, int]  # office, day, kind of places, half


@dataclass(kw_only=True)
class Model:
    """The program under construction (模型): `held[piece, slot]`, and what counts towards each kind of a day."""

    board: Board
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    held: dict[tuple[int, int], cp_model.IntVar] = field(default_factory=dict)
    codes: dict[Code, list[cp_model.IntVar]] = field(default_factory=dict)
    many: dict[tuple[Code, int], cp_model.IntVar] = field(default_factory=dict)


def optimum(board: Board) -> bool:
    """Bring the board to a best calendar in duties, items, whole units and doors (求最优日程).

    Return whether it did; a district that is too large, or takes too much work, stays as it is.
    """
    duties = [(u, d) for u in board.district.units for d in u.duties]
    if sum(board.district.slots(u, d, (0,)).bit_count() for u, d in duties) > SIZE:
        return False
    pieces = _pieces(board)
    if sum(board.pieces[p].allowed.bit_count() for p in pieces) > SIZE:
        return False
    built, left = Model(board=board), EFFORT
    built.model.minimize(_build(built, pieces))
    while left > 0:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = left
        if solver.solve(built.model) != cp_model.OPTIMAL:
            return False
        chosen = [key for key, held in built.held.items() if solver.boolean_value(held)]
        if not _forbid(built, chosen):
            _lay(board, chosen)
            return True
        left -= solver.response_proto.deterministic_time
    return False


def _pieces(board: Board) -> list[int]:
    """Every part of every duty that has a half-day."""
    found: list[int] = []
    for u, unit in enumerate(board.district.units):
        for duty in unit.duties:
            numbers = range(len(duty.asks))
            for size in range(1, len(duty.asks) + 1):
                found.extend(board.piece(u, Part(duty.office, own)) for own in combinations(numbers, size))
    return [p for p in found if board.pieces[p].allowed]


def _build(built: Model, pieces: Iterable[int]) -> cp_model.LinearExprT:
    """Variables, and the rules of one unit: each item once, one part of a duty in a half-day, doors apart."""
    board, model = built.board, built.model
    asks: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
    doors: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    whole: dict[tuple[int, int], list[cp_model.IntVar]] = {}
    same: dict[tuple[int, int, int], list[cp_model.IntVar]] = {}
    for p in pieces:
        piece = board.pieces[p]
        for slot in slots_of(piece.allowed):
            held = built.held[p, slot] = model.new_bool_var("")
            for ask in piece.asks:
                asks.setdefault((piece.unit, piece.duty, ask), []).append(held)
            same.setdefault((piece.unit, piece.duty, slot), []).append(held)
            doors.setdefault((piece.unit, slot), []).append(held)
            if piece.whole:
                whole.setdefault((piece.unit, slot), []).append(held)
            code = (piece.office, slot >> 1, board.kind_at(p, slot), slot & 1)
            built.codes.setdefault(code, []).append(held)
    for own in (*asks.values(), *same.values()):
        model.add_at_most_one(own)
    opened = {key: model.new_bool_var("") for key in doors}
    for key, own in doors.items():
        model.add_max_equality(opened[key], own)
    for (unit, slot), own in whole.items():
        if (unit, slot + 1) in opened:
            for held in own:
                model.add_bool_or(held.negated(), opened[unit, slot + 1].negated())
    return _aim(built, asks, opened)


def _aim(
    built: Model,
    asks: dict[tuple[int, int, int], list[cp_model.IntVar]],
    opened: dict[tuple[int, int], cp_model.IntVar],
) -> cp_model.LinearExprT:
    """Σ of the aims, each weighing more than all that come after it."""
    model, units = built.model, built.board.district.units
    items, lost, incomplete, further = [], [], [], []
    for u, unit in enumerate(units):
        out = []
        for d, duty in enumerate(unit.duties):
            missing = [model.new_bool_var("") for _ in duty.asks]
            for n, miss in enumerate(missing):
                model.add(sum(asks.get((u, d, n), [])) + miss == 1)
            gone = model.new_bool_var("")
            model.add_max_equality(gone, missing)
            items.extend(missing)
            out.append(gone)
        short, more = model.new_bool_var(""), model.new_int_var(0, len(items), "")
        model.add_max_equality(short, out)
        model.add(more >= sum(v for (w, _), v in opened.items() if w == u) - 1)
        lost.extend(out)
        incomplete.append(short)
        further.append(more)
    weight, aim = 1, cp_model.LinearExpr.sum(further)
    for own, below in ((incomplete, items), (items, incomplete), (lost, items)):
        weight *= len(below) + 1
        aim = aim + weight * cp_model.LinearExpr.sum(own)
    return aim


def _forbid(built: Model, chosen: Iterable[tuple[int, int]]) -> bool:
    """Forbid every day of a solution that does not fill; return whether there was one."""
    board = built.board
    days: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for p, slot in chosen:
        key = (board.pieces[p].office, slot >> 1)
        days.setdefault(key, []).append((board.kind_at(p, slot), slot & 1))
    broken = False
    for (office, t), held in sorted(days.items()):
        day = board.patterns[office][t]
        if not _fills(board, office, day, held):
            broken = True
            fewest = _fewest(board, office, day, sorted(held))
            for other in range(board.days):
                if board.patterns[office][other] == day:
                    _cut(built, office, other, fewest)
    return broken


def _fills(board: Board, office: int, day: Day, held: list[tuple[int, int]]) -> bool:
    kinds = board.kinds[office]
    first = [g for kind, half in held if not half for g in kinds[kind]]
    return fits_groups(day, first, [g for kind, half in held if half for g in kinds[kind]])


def _fewest(board: Board, office: int, day: Day, held: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places of a day that do not fill, and do without any one of them."""
    for one in list(held):
        rest = list(held)
        rest.remove(one)
        if not _fills(board, office, day, rest):
            held = rest
    return held


def _cut(built: Model, office: int, t: int, held: list[tuple[int, int]]) -> None:
    """Not all of these places together on a day."""
    below = []
    for kind, half in sorted(set(held)):
        code, number = (office, t, kind, half), held.count((kind, half))
        if len(built.codes.get(code, [])) < number:
            return
        if (code, number) not in built.many:
            fewer = built.many[code, number] = built.model.new_bool_var("")
            built.model.add(sum(built.codes[code]) <= number - 1).only_enforce_if(fewer)
        below.append(built.many[code, number])
    built.model.add_bool_or(below)


def _lay(board: Board, chosen: Iterable[tuple[int, int]]) -> None:
    for number, slot in enumerate(list(board.slot)):
        if slot >= 0:
            board.remove(number)
    for number, slot in sorted(chosen):
        board.add(number, slot)
