"""Greedy calendar (初始日程): door by door, the scarcest first, each where it saves most team-days."""

from __future__ import annotations

from supervision.planner.solver.board import Board
from supervision.planner.visits.district import Part
from supervision.planner.visits.doors import subsets
from supervision.planner.visits.halfdays import slots_of


def start(board: Board) -> None:
    """Hold as much as fits, without ever moving anything (贪心排程)."""
    for number in order(board):
        insert(board, board.doors[number])


def order(board: Board) -> list[int]:
    """Return doors in the order in which they are held (安排次序): full offices first, few half-days first, then T."""
    needed = [0] * len(board.kinds)
    for piece in (board.pieces[p] for door in board.doors for p in door):
        needed[piece.office] += sum(board.people[piece.office][piece.ways[0][0]])
    capacity = [sum(staff.capacity(t) for t in range(board.days)) for staff in board.district.staffs]
    scarce = [max(0, 100 * n // max(1, c) - 80) for n, c in zip(needed, capacity, strict=True)]

    def rank(number: int) -> tuple[int, int, bytes, int]:
        pieces = [board.pieces[p] for p in board.doors[number]]
        room = -1
        for piece in pieces:
            room &= piece.allowed
        tie = board.district.units[pieces[0].unit].tie
        return -max(scarce[p.office] for p in pieces), room.bit_count(), tie, number

    return sorted(range(len(board.doors)), key=rank)


def insert(board: Board, pieces: tuple[int, ...], *, near: bool = True, whole: bool = False) -> None:
    """Hold a door whole where it fits; else as many duties together as can be, the rest item by item (插入一门).

    `whole`: not at all where it does not fit whole.
    """
    at, left = board.at[board.pieces[pieces[0]].unit], list(pieces)
    mask = board.open_door(pieces)
    if whole and not mask:
        return
    while left:
        if mask:
            slot, able = best(board, pieces, mask, near=near), left
        else:
            masks = {number: board.open(number) for number in left}
            able_at = {s: [n for n in left if masks[n] >> s & 1] for m in masks.values() for s in slots_of(m)}
            if not able_at:
                break
            slot = max(able_at, key=lambda s: (s in at, len(able_at[s]), -s))
            able = able_at[slot]
        for number in able:
            board.add(number, slot)
        left = [n for n in left if n not in able]
    for number in left:
        divide(board, number)


def best(board: Board, pieces: tuple[int, ...], mask: int, *, near: bool = True) -> int:
    """Return the slot of a mask in which a door saves most team-days, then loads offices least (最佳半天).

    `near`: of equal slots those on a day on which the street is visited already, as others may join there.
    """
    levels = [mask]
    for number in pieces:
        piece = board.pieces[number]
        if not piece.whole:
            saving = board.saving[piece.street]
            for level in range(len(levels) - 1, -1, -1):
                more = levels[level] & saving
                if more:
                    if level + 1 == len(levels):
                        levels.append(more)
                    else:
                        levels[level + 1] |= more
    mask = levels[-1]
    if near:
        mask = mask & board.visited[board.street_of[board.pieces[pieces[0]].unit]] or mask
    if mask & mask - 1 == 0:
        return mask.bit_length() - 1
    return min(slots_of(mask), key=lambda slot: crowding(board, pieces, slot))


def crowding(board: Board, pieces: tuple[int, ...], slot: int) -> int:
    """Return how much fuller a door makes its offices' half-days (占用增加): Σ of load², so that even is less."""
    cost = 0
    for number in pieces:
        load = board.load[board.pieces[number].office]
        for s, people in board.people_at(number, slot):
            cost += people * (2 * load[s] + people)
    return cost


def divide(board: Board, number: int) -> None:
    """Hold a duty that fits nowhere in parts, largest first (拆分检查内容)."""
    piece = board.pieces[number]
    left = piece.asks
    while left:
        for own in subsets(left):
            part = board.piece(piece.unit, Part(piece.duty, own))
            mask = board.open(part)
            if mask:
                known = [s for s in board.at[piece.unit] if mask >> s & 1]
                board.add(part, min(known) if known else best(board, (part,), mask))
                left = tuple(n for n in left if n not in own)
                break
        else:
            left = left[1:]
