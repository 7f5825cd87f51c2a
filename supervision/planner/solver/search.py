"""Ruin and recreate (拆除与重排): some units are taken out of the calendar and put back in another order.

First for what comes first: around lost duties and further doors, where a calendar that is no worse in duties, items,
whole units and doors is kept. Then by the order of T. Last for team-days and even load, all else kept, where a worse
calendar is accepted within a threshold that falls to nothing (threshold accepting, Dueck and Scheuer 1990; ruin and
recreate, Schrimpf et al. 2000). Counts of turns end every search, never seconds.
"""

from __future__ import annotations

from collections.abc import Sequence

from supervision.planner.solver.board import Board
from supervision.planner.solver.chance import Chance
from supervision.planner.solver.greedy import insert
from supervision.planner.visits.halfdays import slots_of

TEAM_DAY = 64  # a team-day against people above the even share: large enough that a team-day always counts more
HEAT = 104  # by how much a calendar may be worse at first
ATTEMPTS = 4  # exchanges by T that are tried at most for every door


def recover(board: Board, turns: int, seed: int, lost: int) -> int:
    """Hold more duties, whole units, with fewer doors (补排未安排的任务): at most `turns` ruins; return the ruins used.

    It ends when no more than `lost` duties are out, which is proven least, and no unit has a further door.
    """
    chance, forced = Chance(seed), sum(len(own) - 1 for own in board.own)
    for turn in range(turns):
        aims = board.score()[:4]
        if aims[0] <= lost and aims[3] <= forced:
            return turn
        first, *others = _lacking(board, chance)
        units = [first, *chance.shuffled(sorted({*others} - {first}))]
        out = _again(board, units)
        if board.score()[:4] > aims:
            _undo(board, units, out)
    return turns


def exchange(board: Board) -> int:
    """Exchange lost duties against held ones of a greater T until none is left (按 T 值交换); return how many.

    In a full office the units with the greatest T stay out, never by class or number drawn, wherever nothing that comes
    first gets worse. Where very much is lost it ends after `ATTEMPTS` for every door.
    """
    units, count, before, left = board.district.units, 0, -1, ATTEMPTS * len(board.doors)
    while count > before and left > 0:
        before = count
        for unit, duty in sorted(board.lost(), key=lambda pair: (units[pair[0]].tie, pair)):
            aims, ties = board.score()[:4], _ties(board)
            for other in _rivals(board, unit, units[unit].duties[duty].office)[:left]:
                left -= 1
                out = _again(board, [unit, other])
                now = board.score()[:4]
                if now < aims or (now == aims and _ties(board) > ties):
                    count += 1
                    break
                _undo(board, [unit, other], out)
    return count


def improve(board: Board, turns: int, seed: int) -> None:
    """Lower team-days and unevenness, everything else kept (改进日程): `turns` ruins, the best calendar is restored."""
    chance = Chance(seed)
    cost = least = _cost(board)
    kept = list(board.slot)
    for turn in range(turns if board.doors else 0):
        threshold = max(0, HEAT * (turns - turn - turns // 4) // turns)
        late = turn * 4 > turns * 3
        units = chance.shuffled(list(dict.fromkeys(_wasteful(board, chance, late))))
        out = _again(board, units, near=not late and chance.below(4) > 0, whole=True)
        new = _cost(board)
        if new > (*cost[:4], cost[4] + threshold):
            _undo(board, units, out)
            continue
        cost = new
        if cost < least:
            least, kept = cost, list(board.slot)
    board.restore(kept)


def _cost(board: Board) -> tuple[int, int, int, int, int]:
    lost, items, incomplete, further, team_days, uneven = board.score()
    return lost, items, incomplete, further, team_days * TEAM_DAY + uneven


def _ties(board: Board) -> list[bytes]:
    """T of the units with a lost duty, ascending: the greater, the later in the order of T are those left out."""
    return sorted(board.district.units[u].tie for u, _ in board.lost())


def _again(board: Board, units: Sequence[int], *, near: bool = True, whole: bool = False) -> list[tuple[int, int]]:
    """Take units out and put them back one after the other; return where their pieces were."""
    out = [(p, slot) for u in units for slot, own in sorted(board.at[u].items()) for p in own]
    for piece, _ in out:
        board.remove(piece)
    for door in (door for u in units for door in board.own[u]):
        insert(board, door, near=near, whole=whole)
    return out


def _undo(board: Board, units: Sequence[int], out: list[tuple[int, int]]) -> None:
    for piece in [p for u in units for own in board.at[u].values() for p in own]:
        board.remove(piece)
    for piece, slot in out:
        board.add(piece, slot)


def _lacking(board: Board, chance: Chance) -> list[int]:
    """A unit that lacks a duty or has a further door, and some units of days on which it could be held."""
    lost = board.lost()
    far = [u for u, own in enumerate(board.at) if len(own) > len(board.own[u])]
    if lost and (not far or chance.below(2)):
        unit, duty = lost[chance.below(len(lost))]
    else:
        unit = far[chance.below(len(far))]
        duty = chance.below(len(board.district.units[unit].duties))
    piece = next(p for p in (board.pieces[n] for door in board.own[unit] for n in door) if p.duty == duty)
    slots, found = list(slots_of(piece.allowed)), [unit]
    for _ in range(1 + chance.below(2)):
        found += _some(board, chance, piece.office, slots[chance.below(len(slots))] >> 1, 3)
    return found


def _wasteful(board: Board, chance: Chance, late: bool) -> list[int]:
    """A unit with a team that no other visit shares, some of its street and of a day of an office.

    Late one whose half-day has more people than the office's even share. It is the first of a few at random.
    """
    crowded = late and chance.below(2)
    for _ in range(8):
        unit = chance.below(len(board.at))
        held = [(board.pieces[p], slot) for slot, own in board.at[unit].items() for p in own]
        if crowded and any(board.load[p.office][slot] > board.share[p.office] for p, slot in held):
            break
        if not crowded and any(not p.whole and board.saving[p.street] >> (slot ^ 1) & 1 for p, slot in held):
            break
    mates = board.streets[board.street_of[unit]]
    found = [unit, *(mates[chance.below(len(mates))] for _ in range(min(len(mates) - 1, 1 + chance.below(5))))]
    if held and not chance.below(4):
        office = held[chance.below(len(held))][0].office
        found += _some(board, chance, office, chance.below(board.days), 2)
    return found


def _some(board: Board, chance: Chance, office: int, day: int, most: int) -> list[int]:
    """Some units that an office visits on a day."""
    here = list(board.on[office][day])
    return [board.pieces[here[chance.below(len(here))]].unit for _ in range(min(len(here), 1 + chance.below(most)))]


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
