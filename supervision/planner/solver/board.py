"""The board (排程板): a district's calendar under construction, on bit masks of half-days.

For every office and day the board knows the places held, and for every kind of places the half-days in which one more
would still fill (`visits.capacity`): "where could this door go" is an `&` of a few integers. What was asked of a day
once is remembered: a month has a few thousand different days.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from operator import add, sub
from typing import NamedTuple

from supervision.planner.visits.capacity import Day, Group, Need, fits_by_sets, need_of, roomy
from supervision.planner.visits.district import District, Part
from supervision.planner.visits.doors import even_share
from supervision.planner.visits.halfdays import slots_of

Groups = tuple[Group, ...]


class Score(NamedTuple):
    """A calendar's aims (目标值), smaller is better, the earlier the more important.

    `lost` duties not held whole; `items` items not held; `incomplete` units with a lost duty; `further` doors beyond
    the first of a unit; `team_days` Σ over offices, streets and days of the teams that set out, where two visits of one
    street, one in the morning and one in the afternoon, are one; `uneven` people above the office's even share, summed
    over half-days.
    """

    lost: int
    items: int
    incomplete: int
    further: int
    team_days: int
    uneven: int


class Piece(NamedTuple):
    """A part of a duty as the board moves it (可移动的一块): unit, duty and asks by number, office, street row.

    `ways`: (kind of places, slots); `allowed` all these slots; `whole` lasts two half-days.
    """

    unit: int
    duty: int
    asks: tuple[int, ...]
    office: int
    street: int
    ways: tuple[tuple[int, int], ...]
    allowed: int
    whole: bool


class Board:
    """A district's calendar under construction (排程板); `slot[piece]` is −1 where it is not held."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.days = len(district.grid.days)
        offices = range(len(district.staffs))
        self.patterns = [[staff.day(t) for t in range(self.days)] for staff in district.staffs]
        self.kinds: list[list[Groups]] = [[] for _ in offices]
        self.people: list[list[tuple[int, int]]] = [[] for _ in offices]
        self.pieces: list[Piece] = []
        self.slot: list[int] = []
        self.known: dict[tuple[int, Part], int] = {}
        self.states: list[list[tuple[int, ...]]] = [[()] * self.days for _ in offices]
        self.memo: list[dict[tuple[Day, tuple[int, ...], int], int]] = [{} for _ in offices]
        self.needs: list[list[dict[int, Need]]] = [[{} for _ in range(self.days)] for _ in offices]
        self.free: list[list[int]] = [[] for _ in offices]
        self.stale: list[list[int]] = [[] for _ in offices]
        self.on: list[list[dict[int, None]]] = [[{} for _ in range(self.days)] for _ in offices]
        self.load = [[0] * (2 * self.days) for _ in offices]
        self.at: list[dict[int, list[int]]] = [{} for _ in district.units]
        by_street: dict[object, list[int]] = {}
        for u, unit in enumerate(district.units):  # a unit without a street has one of its own
            by_street.setdefault(unit.street or u, []).append(u)
        self.streets = list(by_street.values())
        self.street_of = {u: row for row, own in enumerate(self.streets) for u in own}
        self.halves: dict[int, list[int]] = {}
        self.callers = [[0] * self.days for _ in self.streets]
        self.visited = [0] * len(self.streets)
        self.saving = [0] * (len(self.streets) * len(district.staffs))
        self.team_days = self.uneven = 0
        self.missed = [[set(range(len(duty.asks))) for duty in unit.duties] for unit in district.units]
        self.counts = [(0, 0, 0, 0) for _ in district.units]
        self.totals = (0, 0, 0, 0)
        self.touched = set(range(len(district.units)))
        self.own = [
            [tuple(self.piece(u, part) for part in door) for door in unit.doors]
            for u, unit in enumerate(district.units)
        ]
        self.doors = [door for own in self.own for door in own]
        self.share = even_share(district)

    def score(self) -> Score:
        """Return the aims as they stand (当前目标值)."""
        for unit in self.touched:
            short = [len(left) for left in self.missed[unit] if left]
            now = (len(short), sum(short), min(1, len(short)), max(0, len(self.at[unit]) - 1))
            lost, items, incomplete, further = map(sub, map(add, self.totals, now), self.counts[unit])
            self.totals, self.counts[unit] = (lost, items, incomplete, further), now
        self.touched.clear()
        return Score(*self.totals, self.team_days, self.uneven)

    def lost(self) -> list[tuple[int, int]]:
        """Return (unit, duty) of what is not held whole (未安排的任务)."""
        self.score()
        short = [u for u, (lost, *_) in enumerate(self.counts) if lost]
        return [(u, d) for u in short for d, left in enumerate(self.missed[u]) if left]

    def piece(self, unit: int, part: Part) -> int:
        """Return the number of a part of a unit's duty, made when first asked for (取得一块)."""
        number = self.known.get((unit, part))
        if number is None:
            noun = self.district.units[unit]
            duty = noun.duties[part.duty]
            found = self.district.ways(noun, duty, part.asks)
            ways = tuple((self._kind(duty.office, way.groups), way.slots) for way in found)
            number = self.known[unit, part] = len(self.pieces)
            row = duty.office * len(self.streets) + self.street_of[unit]
            whole = any(duty.asks[n].item.half_days == 2 for n in part.asks)
            allowed = sum(slots for _, slots in ways)
            self.pieces.append(Piece(unit, *part, duty.office, row, ways, allowed, whole))
            self.slot.append(-1)
        return number

    def open(self, number: int) -> int:
        """Return the slots in which a piece that is not held would still fill (可安排的半天)."""
        piece = self.pieces[number]
        mask = 0
        for kind, slots in piece.ways:
            mask |= slots & self._free(piece.office, kind)
        return mask & ~self._taken(piece) if self.at[piece.unit] else mask

    def open_door(self, pieces: tuple[int, ...]) -> int:
        """Return the slots in which pieces of one unit could be held together (整门可安排的半天)."""
        mask = -1
        for number in pieces:
            mask &= self.open(number)
            if not mask:
                break
        return mask

    def add(self, number: int, slot: int) -> None:
        """Hold a piece from a slot on (安排)."""
        self.slot[number] = slot
        self._count(number, slot, 1)

    def remove(self, number: int) -> None:
        """Take a piece out (取消安排)."""
        self._count(number, self.slot[number], -1)
        self.slot[number] = -1

    def restore(self, slots: list[int]) -> None:
        """Bring the board back to earlier slots (恢复到先前的日程); pieces made since then are taken out."""
        wanted = slots + [-1] * (len(self.slot) - len(slots))
        changed = [n for n, slot in enumerate(wanted) if self.slot[n] != slot]
        for number in changed:
            if self.slot[number] >= 0:
                self.remove(number)
        for number in changed:
            if wanted[number] >= 0:
                self.add(number, wanted[number])

    def fits_instead(self, number: int, other: int) -> bool:
        """Return whether a piece would fill on the day of a held one of its office, were that one out (替换可行)."""
        piece, slot = self.pieces[number], self.slot[other]
        t, state = slot >> 1, list(self.states[piece.office][slot >> 1])
        state.remove(self.code(other, slot))
        return any(
            slots >> 2 * t & 3 and self._bits(piece.office, t, tuple(state), kind) & slots >> 2 * t
            for kind, slots in piece.ways
        )

    def kind_at(self, number: int, slot: int) -> int:
        """Return the kind of places that a piece takes in a slot (该半天的派员方式)."""
        ways = self.pieces[number].ways
        return ways[0][0] if len(ways) == 1 else next(kind for kind, slots in ways if slots >> slot & 1)

    def code(self, number: int, slot: int) -> int:
        """Return the code of a piece's team in the state of a day (派员方式代码): its kind · 2 + the half."""
        return self.kind_at(number, slot) << 1 | slot & 1

    def people_at(self, number: int, slot: int) -> list[tuple[int, int]]:
        """Return (half-day, people) of what a piece takes if it begins in a slot (占用的人·半天)."""
        first, second = self.people[self.pieces[number].office][self.kind_at(number, slot)]
        return [(slot, first), (slot + 1, second)] if second else [(slot, first)]

    def fills(self, office: int, t: int, state: Sequence[int]) -> bool:
        """Return whether an office's day fills with teams by their codes (当天是否能派满)."""
        day, needs, kinds = self.patterns[office][t], self.needs[office][t], self.kinds[office]
        for code in state:
            if code not in needs:
                needs[code] = need_of(day, kinds[code >> 1], after_noon=bool(code & 1))
        if roomy(day, [needs[code] for code in state]):
            return True
        sides: tuple[list[Group], list[Group]] = [], []
        for code in state:
            sides[code & 1].extend(kinds[code >> 1])
        return fits_by_sets(day, *sides)

    def _kind(self, office: int, groups: Groups) -> int:
        own = self.kinds[office]
        if groups not in own:
            own.append(groups)
            self.people[office].append((sum(g.people for g in groups), sum(g.people for g in groups if g.whole)))
            self.free[office].append(0)
            self.stale[office].append((1 << self.days) - 1)
        return own.index(groups)

    def _free(self, office: int, kind: int) -> int:
        """Slots in which one more team of a kind fills; days that changed since it was asked are looked up again."""
        stale = self.stale[office][kind]
        if stale:
            mask, states = self.free[office][kind], self.states[office]
            for t in slots_of(stale):
                mask = mask & ~(3 << 2 * t) | self._bits(office, t, states[t], kind) << 2 * t
            self.free[office][kind] = mask
            self.stale[office][kind] = 0
        return self.free[office][kind]

    def _bits(self, office: int, t: int, state: tuple[int, ...], kind: int) -> int:
        """Whether a team of a kind fits in the morning (bit 0) and the afternoon (bit 1) of a day; remembered."""
        key = (self.patterns[office][t], state, kind)
        found = self.memo[office].get(key)
        if found is None:
            found = int(self.fills(office, t, (*state, kind << 1)))
            if not self.people[office][kind][1]:
                found |= self.fills(office, t, (*state, kind << 1 | 1)) << 1
            self.memo[office][key] = found
        return found

    def _taken(self, piece: Piece) -> int:
        """Slots in which a piece would meet another door of its unit, or another part of its duty."""
        mask = 0
        for slot, own in self.at[piece.unit].items():
            if any(self.pieces[n].whole for n in own):
                mask |= 2 << slot
            if piece.whole and slot & 1:
                mask |= 1 << slot - 1
            if any(self.pieces[n].duty == piece.duty for n in own):
                mask |= 1 << slot
        return mask

    def _count(self, number: int, slot: int, sign: int) -> None:
        """Enter a piece that came (+1) or left (−1) wherever it counts."""
        piece, t, h = self.pieces[number], slot >> 1, slot & 1
        office, state = piece.office, list(self.states[piece.office][t])
        at, left = self.at[piece.unit].setdefault(slot, []), self.missed[piece.unit][piece.duty]
        code = self.code(number, slot)
        if sign > 0:
            insort(state, code)
            self.on[office][t][number] = None
            at.append(number)
            left.difference_update(piece.asks)
        else:
            state.remove(code)
            del self.on[office][t][number]
            at.remove(number)
            left.update(piece.asks)
        if not at:
            del self.at[piece.unit][slot]
        self.touched.add(piece.unit)
        self.states[office][t] = tuple(state)
        self.stale[office] = [days | 1 << t for days in self.stale[office]]
        load, share = self.load[office], self.share[office]
        for s, people in self.people_at(number, slot):
            before = load[s]
            after = load[s] = before + sign * people
            self.uneven += max(after, share) - max(before, share)
        street = self.street_of[piece.unit]
        self.callers[street][t] += sign
        self.visited[street] = self.visited[street] & ~(3 << 2 * t) | (3 << 2 * t if self.callers[street][t] else 0)
        if piece.whole:
            self.team_days += sign
            return
        halves = self.halves.setdefault(piece.street * self.days + t, [0, 0])
        teams = max(halves)
        halves[h] += sign
        self.team_days += max(halves) - teams
        bits = 1 if halves[0] < halves[1] else 2 if halves[1] < halves[0] else 0
        self.saving[piece.street] = self.saving[piece.street] & ~(3 << 2 * t) | bits << 2 * t
