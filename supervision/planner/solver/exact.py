"""Exact calendar of a tiny district (小规模精确求解) by CP-SAT: every division of every duty in every half-day.

What a day can fill has no linear form beforehand, as its unions depend on what is planned. A day that does not fill is
therefore forbidden when it turns up, by the fewest of its places that do not fill, on all days with the same people.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations

from ortools.sat.python import cp_model

from supervision.planner.solver.board import Board
from supervision.planner.visits.district import Part
from supervision.planner.visits.halfdays import slots_of

SIZE = 2_000  # pieces × half-days that are worth a model
EFFORT = 1.0  # deterministic seconds of all solutions together

Bools = list[cp_model.IntVar]


def optimum(board: Board) -> bool:
    """Bring the board to a best calendar in duties, items, whole units and doors (求最优日程).

    Return whether it did; a district that is too large, or takes too much work, stays as it is.
    """
    units = board.district.units
    if sum(board.district.slots(u, d, (0,)).bit_count() for u in units for d in u.duties) > SIZE:
        return False
    parts = [
        (u, Part(d, own))
        for u, unit in enumerate(units)
        for d, duty in enumerate(unit.duties)
        for size in range(1, len(duty.asks) + 1)
        for own in combinations(range(len(duty.asks)), size)
    ]
    starts = [(p, s) for p in (board.piece(u, own) for u, own in parts) for s in slots_of(board.pieces[p].allowed)]
    if len(starts) > SIZE:
        return False
    model, left = Model(board, starts), EFFORT
    while left > 0:
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.max_deterministic_time = left
        if solver.solve(model.model) != cp_model.OPTIMAL:
            return False
        chosen = [key for key, held in model.held.items() if solver.boolean_value(held)]
        if not model.forbid(chosen):
            board.restore([])
            for number, slot in chosen:
                board.add(number, slot)
            return True
        left -= solver.response_proto.deterministic_time
    return False


class Model:
    """The program (模型): `held[piece, slot]`, and by office, day and code of a team all that could be it."""

    def __init__(self, board: Board, starts: Iterable[tuple[int, int]]) -> None:
        self.board, self.model = board, cp_model.CpModel()
        self.held = {start: self.model.new_bool_var("") for start in starts}
        self.codes: defaultdict[tuple[int, int, int], Bools] = defaultdict(list)
        self.fewer: dict[tuple[tuple[int, int, int], int], cp_model.IntVar] = {}
        asks: defaultdict[tuple[int, int, int], Bools] = defaultdict(list)
        same: defaultdict[tuple[int, int, int], Bools] = defaultdict(list)
        doors: defaultdict[int, dict[int, cp_model.IntVar]] = defaultdict(dict)
        for (p, slot), held in self.held.items():
            piece = board.pieces[p]
            self.codes[piece.office, slot >> 1, board.code(p, slot)].append(held)
            same[piece.unit, piece.duty, slot].append(held)
            for ask in piece.asks:
                asks[piece.unit, piece.duty, ask].append(held)
            if slot not in doors[piece.unit]:
                doors[piece.unit][slot] = self.model.new_bool_var("")
            self.model.add_implication(held, doors[piece.unit][slot])
        for (p, slot), held in self.held.items():
            piece = board.pieces[p]
            if piece.whole and slot + 1 in doors[piece.unit]:
                self.model.add_at_most_one(held, doors[piece.unit][slot + 1])
        for own in same.values():
            self.model.add_at_most_one(own)
        self._aim(asks, doors)

    def _aim(self, asks: dict[tuple[int, int, int], Bools], doors: dict[int, dict[int, cp_model.IntVar]]) -> None:
        """Σ of the aims, each weighing more than all that come after it."""
        model, aims = self.model, tuple(Bools() for _ in range(4))
        lost, items, incomplete, further = aims
        for u, unit in enumerate(self.board.district.units):
            short, more = model.new_bool_var(""), model.new_int_var(0, len(asks), "")
            for d, duty in enumerate(unit.duties):
                gone = model.new_bool_var("")
                for n in range(len(duty.asks)):
                    items.append(model.new_bool_var(""))
                    model.add_exactly_one(*asks[u, d, n], items[-1])
                    model.add_implication(items[-1], gone)
                model.add_implication(gone, short)
                lost.append(gone)
            model.add(more >= sum(doors[u].values()) - 1)
            incomplete.append(short)
            further.append(more)
        weight = len(items) + 1
        model.minimize(sum(weight ** (3 - n) * sum(own) for n, own in enumerate(aims)))

    def forbid(self, chosen: Iterable[tuple[int, int]]) -> bool:
        """Forbid every day of a solution that does not fill; return whether there was one."""
        board = self.board
        days: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for p, slot in chosen:
            days[board.pieces[p].office, slot >> 1].append(board.code(p, slot))
        broken = {key: sorted(codes) for key, codes in sorted(days.items()) if not board.fills(*key, codes)}
        for (office, t), codes in broken.items():
            fewest = codes
            for code in codes:
                rest = list(fewest)
                rest.remove(code)
                if not board.fills(office, t, rest):
                    fewest = rest
            for other in range(board.days):
                if board.patterns[office][other] == board.patterns[office][t]:
                    self._cut(office, other, Counter(fewest))
        return bool(broken)

    def _cut(self, office: int, t: int, codes: Counter[int]) -> None:
        """Not all of these teams together on a day."""
        below = []
        for code, number in codes.items():
            key = (office, t, code)
            if len(self.codes[key]) < number:
                return
            if (key, number) not in self.fewer:
                fewer = self.fewer[key, number] = self.model.new_bool_var("")
                self.model.add(sum(self.codes[key]) < number).only_enforce_if(fewer)
            below.append(self.fewer[key, number])
        self.model.add_bool_or(below)
