"""Greedy calendar (初始日程): door by door, the scarcest first, each where it saves most team-days."""

from __future__ import annotations

from collections.abc import Iterable

from supervision.planner.solver.board import Board
from supervision.planner.visits.district import Part
from supervision.planner.visits.doors import subsets
from supervision.planner.visits.halfdays import slots_of


def start(board: Board) -> None:
    """Hold as much as fits, without ever moving anything (贪心排程)."""
    for number in order(board, range(len(board.doors))):
        insert(board, board.doors[number])


def order(board: Board, doors: Iterable[int]) -> list[int]:
    """Return doors in the order in which they are held (安排次序): full offices first, few half-days first, then T."""
    needed, capacity = demand_of(board)
    scarce = [max(0, 100 * n // max(1, c) - 80) for n, c in zip(needed, capacity, strict=True)]

    def rank(number: int) -> tuple[int, int, bytes, int]:
        pieces = [board.pieces[p] for p in board.doors[number]]
        room = -1
        for piece in pieces:
            room &= piece.allowed
        unit = board.district.units[pieces[0].unit]
        return -max(scarce[p.office] for p in pieces), room.bit_count(), unit.tie, number

    return sorted(doors, key=rank)


def demand_of(board: Board) -> tuple[list[int], list[int]]:
    """Return the inspector-half-days that all doors need of each office, and those it has (各机构需求与可用)."""
    needed = [0] * len(board.kinds)
    for door in board.doors:
        for number in door:
            piece = board.pieces[number]
            needed[piece.office] += sum(board.people[piece.office][piece.ways[0][0]])
    return needed, [sum(staff.capacity(t) for t in range(board.days)) for staff in board.district.staffs]


def insert(board: Board, pieces: tuple[int, ...]) -> bool:
    """Hold a door whole where it fits; else duty by duty, else item by item. Return whether all of it is held."""
    mask = board.open_door(pieces)
    if mask:
        slot = best(board, pieces, mask)
        for number in pieces:
            board.add(number, slot)
        return True
    left = list(pieces)
    while left:
        slot, able = _most(board, left)
        if not able:
            break
        for number in able:
            board.add(number, slot)
            left.remove(number)
    held = [divide(board, number) for number in left]
    return all(held)


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
    least, at = -1, -1
    for slot in slots_of(mask):
        cost = crowding(board, pieces, slot)
        if least < 0 or cost < least:
            least, at = cost, slot
    return at


def crowding(board: Board, pieces: tuple[int, ...], slot: int) -> int:
    """Return how much fuller a door makes its offices' half-days (占用增加): Σ of load², so that even is less."""
    cost = 0
    for number in pieces:
        piece = board.pieces[number]
        first, second = board.people[piece.office][board.kind_at(number, slot)]
        load = board.load[piece.office]
        cost += first * (2 * load[slot] + first)
        if second:
            cost += second * (2 * load[slot + 1] + second)
    return cost


def divide(board: Board, number: int) -> bool:
    """Hold a duty that fits nowhere in parts, largest first (拆分检查内容); return whether all of it is held."""
    piece = board.pieces[number]
    left, whole = piece.asks, True
    while left:
        for own in subsets(left) if len(left) > 1 or left != piece.asks else ():
            part = board.piece(piece.unit, Part(piece.office, own))
            mask = board.open(part)
            if mask:
                known = [s for s in board.at[piece.unit] if mask >> s & 1]
                board.add(part, min(known) if known else best(board, (part,), mask))
                left = tuple(n for n in left if n not in own)
                break
        else:
            left, whole = left[1:], False
    return whole


def _most(board: Board, pieces: list[int]) -> tuple[int, list[int]]:
    """The slot that holds most of some pieces; a door the unit already has before a further one."""
    unit = board.pieces[pieces[0]].unit
    masks = [(number, board.open(number)) for number in pieces]
    every = 0
    for _, mask in masks:
        every |= mask
    found: tuple[int, int, int] | None = None
    for slot in slots_of(every):
        able = sum(1 for _, mask in masks if mask >> slot & 1)
        rank = (slot in board.at[unit], able, -slot)
        if found is None or rank > found:
            found = rank
    if found is None:
        return -1, []
    return -found[2], [number for number, mask in masks if mask >> -found[2] & 1]
