"""Ruin and recreate (拆除与重排): some doors of a street are taken out and put back better.

Team-days first, then even load; what is held and how it is divided into doors stays as it is. A worse calendar is
accepted within a threshold that falls to nothing (threshold accepting, Dueck and Scheuer 1990; ruin and recreate,
Schrimpf et al. 2000). Counts of turns end the search, never seconds.
"""

from __future__ import annotations

from supervision.planner.solver.board import Board
from supervision.planner.solver.chance import Chance
from supervision.planner.solver.greedy import best

TEAM_DAY = 64  # a team-day against people above the even share: large enough that a team-day always counts more


class Doors:
    """Doors as they stand (现有的门): pieces of one unit that begin together, and the doors of each street."""

    def __init__(self, board: Board) -> None:
        self.pieces: list[tuple[int, ...]] = []
        self.of: dict[int, int] = {}
        self.street: list[int] = []
        self.streets: dict[int, list[int]] = {}
        for unit, own in enumerate(board.at):
            for _, pieces in sorted(own.items()):
                number = len(self.pieces)
                self.pieces.append(tuple(sorted(pieces)))
                self.of.update(dict.fromkeys(pieces, number))
                self.street.append(board.street_of[unit])
                self.streets.setdefault(board.street_of[unit], []).append(number)


def improve(board: Board, turns: int, seed: int, heat: int = 96) -> None:
    """Lower team-days and unevenness, everything else kept (改进日程): `turns` ruins, the best calendar is restored."""
    doors, chance = Doors(board), Chance(seed)
    if not doors.pieces:
        return
    cost = _cost(board)
    least, kept = cost, list(board.slot)
    for turn in range(turns):
        threshold = max(0, heat * (turns - turn - turns // 4) // turns)
        late = turn * 4 > turns * 3
        out = _ruin(board, doors, chance, late)
        placed = []
        for number in shuffled(list(out), chance):
            pieces = doors.pieces[number]
            mask = board.open_door(pieces)
            if not mask:
                break
            slot = best(board, pieces, mask, near=not late and chance.below(4) > 0)
            for piece in pieces:
                board.add(piece, slot)
            placed.append(number)
        new = _cost(board) if len(placed) == len(out) else -1
        if 0 <= new <= cost + threshold:
            cost = new
            if cost < least:
                least, kept = cost, list(board.slot)
            continue
        for number in placed:
            for piece in doors.pieces[number]:
                board.remove(piece)
        for number, slot in out.items():
            for piece in doors.pieces[number]:
                board.add(piece, slot)
    restore(board, kept)


def restore(board: Board, slots: list[int]) -> None:
    """Bring the board back to earlier slots (恢复到先前的日程); pieces made since then are taken out."""
    wanted = slots + [-1] * (len(board.slot) - len(slots))
    changed = [n for n, slot in enumerate(wanted) if board.slot[n] != slot]
    for number in changed:
        if board.slot[number] >= 0:
            board.remove(number)
    for number in changed:
        if wanted[number] >= 0:
            board.add(number, wanted[number])


def _cost(board: Board) -> int:
    return board.team_days * TEAM_DAY + board.uneven


def _ruin(board: Board, doors: Doors, chance: Chance, late: bool) -> dict[int, int]:
    """Take out a door that wastes a team-day and some of its street; late a door of a half-day that is too full."""
    out: dict[int, int] = {}
    pivot = _crowded(board, doors, chance) if late and chance.below(2) else _wasteful(board, doors, chance)
    _take(board, doors, pivot, out)
    mates = doors.streets[doors.street[pivot]]
    for _ in range(min(len(mates) - 1, 1 + chance.below(5))):
        _take(board, doors, mates[chance.below(len(mates))], out)
    if not chance.below(4):
        piece = board.pieces[doors.pieces[pivot][chance.below(len(doors.pieces[pivot]))]]
        here = list(board.on[piece.office][chance.below(board.days)])
        for _ in range(min(len(here), 1 + chance.below(2))):
            number = doors.of[here[chance.below(len(here))]]
            _take(board, doors, number, out)
    return out


def _take(board: Board, doors: Doors, number: int, out: dict[int, int]) -> None:
    if number not in out:
        slots = [board.remove(piece) for piece in doors.pieces[number]]
        out[number] = slots[0]


def _wasteful(board: Board, doors: Doors, chance: Chance) -> int:
    """A door of which some team is not shared with another visit, the first of a few at random."""
    number = 0
    for _ in range(8):
        number = chance.below(len(doors.pieces))
        for p in doors.pieces[number]:
            piece, slot = board.pieces[p], board.slot[p]
            if not piece.whole:
                halves = board.halves[piece.street * board.days + (slot >> 1)]
                if halves[slot & 1] > halves[1 - (slot & 1)]:
                    return number
    return number


def _crowded(board: Board, doors: Doors, chance: Chance) -> int:
    """A door of a half-day with more people than the office's even share, the first of a few at random."""
    number = 0
    for _ in range(8):
        number = chance.below(len(doors.pieces))
        for p in doors.pieces[number]:
            piece, slot = board.pieces[p], board.slot[p]
            if board.load[piece.office][slot] > board.share[piece.office]:
                return number
    return number


def shuffled(numbers: list[int], chance: Chance) -> list[int]:
    """Return numbers in random order (随机次序)."""
    for i in range(len(numbers) - 1, 0, -1):
        j = chance.below(i + 1)
        numbers[i], numbers[j] = numbers[j], numbers[i]
    return numbers
