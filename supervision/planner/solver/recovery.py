"""Recovery (补排): duties that the greedy calendar left out are brought in, and further doors saved.

Units around a lost duty are taken out of its office's day and put back in another order, divided only where that holds
more (ruin and recreate on plateaus): a calendar that is no worse in what comes first is always accepted.
"""

from __future__ import annotations

from supervision.planner.solver.board import Board
from supervision.planner.solver.chance import Chance
from supervision.planner.solver.greedy import insert
from supervision.planner.solver.search import restore, shuffled
from supervision.planner.visits.halfdays import slots_of

Aims = tuple[int, int, int, int]


def recover(board: Board, turns: int, seed: int, lost: int) -> int:
    """Hold more duties, whole units, with fewer doors (补排未安排的任务): at most `turns` ruins; return the ruins used.

    It ends when no more than `lost` duties are out, which is proven least, and no unit has a further door.
    """
    chance = Chance(seed)
    forced = sum(len(own) - 1 for own in board.own)
    aims = _aims(board)
    least, kept = aims, list(board.slot)
    for turn in range(turns):
        if least[0] <= lost and least[3] <= forced:
            restore(board, kept)
            return turn
        out, first = _ruin(board, chance)
        if not out:
            break
        for unit in [first, *shuffled([u for u in out if u != first], chance)]:
            for door in board.own[unit]:
                insert(board, door)
        new = _aims(board)
        if new <= aims:
            aims = new
            if aims < least:
                least, kept = aims, list(board.slot)
            continue
        for unit in out:
            _empty(board, unit)
        for own in out.values():
            for piece, slot in own:
                board.add(piece, slot)
    restore(board, kept)
    return turns


def lost_duties(board: Board) -> list[tuple[int, int]]:
    """Return (unit, duty) of what is not held whole (未安排的任务)."""
    return [
        (u, d)
        for u, unit in enumerate(board.district.units)
        if board.short[u]
        for d, duty in enumerate(unit.duties)
        if board.held[u][d] < len(duty.asks)
    ]


def _aims(board: Board) -> Aims:
    return board.lost, board.items, board.incomplete, board.further


def _ruin(board: Board, chance: Chance) -> tuple[dict[int, list[tuple[int, int]]], int]:
    """Take out a unit that lacks a duty or has a further door, and some units of a day on which it could be held."""
    lost = lost_duties(board)
    far = [u for u, own in enumerate(board.at) if len(own) > len(board.own[u])]
    if not lost and not far:
        return {}, -1
    if lost and (not far or chance.below(2)):
        unit, duty = lost[chance.below(len(lost))]
    else:
        unit = far[chance.below(len(far))]
        duty = chance.below(len(board.district.units[unit].duties))
    office = board.district.units[unit].duties[duty].office
    pieces = [p for door in board.own[unit] for p in door if board.pieces[p].office == office]
    slots = list(slots_of(board.pieces[pieces[0]].allowed))
    out: dict[int, list[tuple[int, int]]] = {}
    _take(board, unit, out)
    for _ in range(1 + chance.below(2)):
        day = slots[chance.below(len(slots))] >> 1
        here = list(board.on[office][day])
        for _ in range(min(len(here), 1 + chance.below(3))):
            _take(board, board.pieces[here[chance.below(len(here))]].unit, out)
    return out, unit


def _take(board: Board, unit: int, out: dict[int, list[tuple[int, int]]]) -> None:
    if unit not in out:
        out[unit] = [(piece, slot) for slot, own in sorted(board.at[unit].items()) for piece in own]
        _empty(board, unit)


def _empty(board: Board, unit: int) -> None:
    for piece in [p for own in board.at[unit].values() for p in own]:
        board.remove(piece)
