"""Ties by T (按 T 值取舍): in a full office the units with the greatest T stay out, never by class or number drawn.

A lost duty takes the place of a held one of the same office whose unit has a greater T wherever nothing that comes
first gets worse: duties, items, whole units, doors. It ends when no such exchange is left.
"""

from __future__ import annotations

from supervision.planner.solver.board import Board
from supervision.planner.solver.greedy import insert
from supervision.planner.solver.recovery import lost_duties


def exchange(board: Board) -> int:
    """Exchange lost duties against held ones of a greater T until none is left (按 T 值交换); return how many."""
    count = 0
    while _exchange_one(board):
        count += 1
    return count


def _exchange_one(board: Board) -> bool:
    units = board.district.units
    for unit, duty in sorted(lost_duties(board), key=lambda pair: (units[pair[0]].tie, pair)):
        office = units[unit].duties[duty].office
        rivals = {board.pieces[p].unit for day in board.on[office] for p in day}
        later = sorted((u for u in rivals if units[u].tie > units[unit].tie), key=lambda u: units[u].tie, reverse=True)
        for other in later:
            if _swap(board, unit, other, office):
                return True
    return False


def _swap(board: Board, unit: int, other: int, office: int) -> bool:
    """Whether a unit's duty can be held instead of another unit's; if not, nothing is changed."""
    aims, ties = board.score()[:4], _ties(board)
    before = [(p, s) for u in (unit, other) for s, own in board.at[u].items() for p in own]
    for p, _ in before:
        if board.pieces[p].unit == unit or board.pieces[p].office == office:
            board.remove(p)
    for door in board.doors:
        if board.pieces[door[0]].unit == unit:
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
