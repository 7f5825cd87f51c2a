"""Ties by T (按 T 值取舍): in a full office the units with the greatest T stay out, never by class or number drawn.

A lost duty takes the place of a held one of the same office whose unit has a greater T wherever nothing that comes
first gets worse: duties, items, whole units, doors. It ends when no such exchange is left.
"""

from __future__ import annotations

from supervision.planner.solver.board import Board
from supervision.planner.solver.greedy import insert
from supervision.planner.solver.recovery import lost_duties

ATTEMPTS = 4  # exchanges that are tried at most for every door


def exchange(board: Board) -> int:
    """Exchange lost duties against held ones of a greater T until none is left (按 T 值交换); return how many.

    Where very much is lost it ends after `ATTEMPTS` for every door.
    """
    units, count, before, left = board.district.units, 0, -1, ATTEMPTS * len(board.doors)
    while count > before and left > 0:
        before = count
        for unit, duty in sorted(lost_duties(board), key=lambda pair: (units[pair[0]].tie, pair)):
            office, ties = units[unit].duties[duty].office, _ties(board)
            for other in _rivals(board, unit, office):
                left -= 1
                if left <= 0 or _swap(board, unit, other, office, ties):
                    count += left > 0
                    break
    return count


def _rivals(board: Board, unit: int, office: int) -> list[int]:
    """Units with a greater T whose leaving makes room for a unit's duty on its day, the greatest T first."""
    units = board.district.units
    own = [p for door in board.own[unit] for p in door if board.pieces[p].office == office]
    found = {
        board.pieces[p].unit
        for day in board.on[office]
        for p in day
        if units[board.pieces[p].unit].tie > units[unit].tie and any(board.fits_instead(q, p) for q in own)
    }
    return sorted(found, key=lambda u: units[u].tie, reverse=True)


def _swap(board: Board, unit: int, other: int, office: int, ties: list[bytes]) -> bool:
    """Whether a unit's duty can be held instead of another unit's; if not, nothing is changed."""
    aims = board.score()[:4]
    before = [(p, s) for u in (unit, other) for s, own in board.at[u].items() for p in own]
    for p, _ in before:
        if board.pieces[p].unit == unit or board.pieces[p].office == office:
            board.remove(p)
    for door in board.own[unit]:
        insert(board, door)
    now = board.score()[:4]
    if now < aims or (now == aims and _ties(board) > ties):
        return True
    for p in [p for u in (unit, other) for own in board.at[u].values() for p in own]:
        board.remove(p)
    for p, s in before:
        board.add(p, s)
    return False


def _ties(board: Board) -> list[bytes]:
    """T of the units with a lost duty, ascending: the greater, the later in the order of T are those left out."""
    return sorted(board.district.units[u].tie for u, _ in lost_duties(board))
