"""One district's calendar (一个区的日程), a function of its demand and the budget alone."""

from __future__ import annotations

from dataclasses import dataclass

from supervision.planner.plan import Budget
from supervision.planner.proof.prices import Bound, bound
from supervision.planner.proof.rooms import Room, rooms
from supervision.planner.proof.teamdays import team_days_at_least
from supervision.planner.reasons import Params, shortage
from supervision.planner.solver.board import Board, Score
from supervision.planner.solver.exact import optimum
from supervision.planner.solver.greedy import start
from supervision.planner.solver.recovery import lost_duties, recover
from supervision.planner.solver.search import improve
from supervision.planner.solver.ties import exchange
from supervision.planner.visits.district import District, Part


@dataclass(frozen=True, kw_only=True)
class Proof:
    """What one office loses in any calendar (一个机构的下界证明): `room` the inspectors it speaks of."""

    room: Room
    bound: Bound


@dataclass(frozen=True, kw_only=True)
class DistrictPlan:
    """A district's calendar (一个区的日程).

    `held`: (unit number, part, first slot), sorted. `lost`: (unit number, asks that are not held by office number,
    reason). `least_further`: doors beyond the first of each unit that are needed at least.
    """

    held: tuple[tuple[int, Part, int], ...]
    lost: tuple[tuple[int, Part, tuple[str, Params]], ...]
    score: Score
    proofs: tuple[Proof, ...]
    least_further: int
    least_team_days: int


def plan_district(district: District, budget: Budget) -> DistrictPlan:
    """Return a district's calendar (编排一个区): greedy, recovery, ties, then ruin and recreate."""
    board = Board(district)
    start(board)
    proofs: tuple[Proof, ...] = ()
    if board.lost or board.further > _forced(board):
        proofs = _proofs(board)
        least = sum(proof.bound.proven for proof in proofs)
        recover(board, budget.rescue * len(board.doors), budget.seed, least)
        if board.lost > least or board.further > _forced(board):
            optimum(board)
        exchange(board)
    improve(board, budget.turns * len(board.doors), budget.seed)
    if board.lost:
        exchange(board)
    held = [(p.unit, Part(p.office, p.asks), board.slot[n]) for n, p in enumerate(board.pieces) if board.slot[n] >= 0]
    whole = [
        (u, d)
        for u, unit in enumerate(district.units)
        for d, duty in enumerate(unit.duties)
        if board.held[u][d] == len(duty.asks)
    ]
    return DistrictPlan(
        held=tuple(sorted(held)),
        lost=_lost(board, proofs),
        score=board.score(),
        proofs=tuple(proof for proof in proofs if proof.bound.proven or proof.bound.computed),
        least_further=_forced(board),
        least_team_days=team_days_at_least(district, whole),
    )


def _forced(board: Board) -> int:
    """Doors beyond the first that are proven for units whose priced asks are all held."""
    return sum(
        len(unit.prices) - 1 for u, unit in enumerate(board.district.units) if unit.prices and not board.short[u]
    )


def _proofs(board: Board) -> tuple[Proof, ...]:
    """For each office with a lost duty the set of its inspectors that proves most."""
    units = board.district.units
    found = []
    for office in sorted({units[u].duties[d].office for u, d in lost_duties(board)}):
        bounds = [Proof(room=room, bound=bound(room)) for room in rooms(board.district, office)]
        found.append(max(bounds, key=lambda proof: (proof.bound.proven, proof.bound.computed)))
    return tuple(found)


def _lost(board: Board, proofs: tuple[Proof, ...]) -> tuple[tuple[int, Part, tuple[str, Params]], ...]:
    district = board.district
    known: dict[int, list[Room]] = {}
    proven = {proof.room.office: proof.bound.proven for proof in proofs}
    found = []
    for u, d in lost_duties(board):
        unit = district.units[u]
        duty = unit.duties[d]
        held = {
            n for own in board.at[u].values() for p in own if board.pieces[p].duty == d for n in board.pieces[p].asks
        }
        asks = tuple(n for n in range(len(duty.asks)) if n not in held)
        slots = 0
        for n in asks:
            slots |= district.slots(unit, duty, (n,))
        why = shortage(district, unit, duty.office, slots or district.grid.open, known, proven)
        found.append((u, Part(duty.office, asks), why))
    return tuple(found)
