"""The board (排程板): a district's calendar under construction, on bit masks of half-days.

For every office and day the board knows the places held, and for every kind of places the half-days in which one more
would still fill (`visits.capacity`): "where could this door go" is an `&` of a few integers. What was asked of a day
once is remembered: a month has a few thousand different days.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

from supervision.planner.visits.capacity import Day, Group, fits_groups
from supervision.planner.visits.district import District, Part
from supervision.planner.visits.doors import even_share
from supervision.planner.visits.teams import day_of

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
        offices, streets = range(len(district.staffs)), _streets(district)
        self.patterns = [[day_of(staff, t) for t in range(self.days)] for staff in district.staffs]
        self.kinds: list[list[Groups]] = [[] for _ in offices]
        self.people: list[list[tuple[int, int]]] = [[] for _ in offices]
        self.pieces: list[Piece] = []
        self.slot: list[int] = []
        self.known: dict[tuple[int, Part], int] = {}
        self.states: list[list[tuple[int, ...]]] = [[()] * self.days for _ in offices]
        self.memo: list[dict[tuple[Day, tuple[int, ...], int], int]] = [{} for _ in offices]
        self.free: list[list[int]] = [[] for _ in offices]
        self.stale: list[list[int]] = [[] for _ in offices]
        self.on: list[list[dict[int, None]]] = [[{} for _ in range(self.days)] for _ in offices]
        self.load = [[0] * (2 * self.days) for _ in offices]
        self.at: list[dict[int, list[int]]] = [{} for _ in district.units]
        self.street_of, self.streets = streets
        self.halves: dict[int, list[int]] = {}
        self.callers = [[0] * self.days for _ in range(self.streets)]
        self.visited = [0] * self.streets
        self.saving = [0] * (self.streets * len(district.staffs))
        self.held = [[0] * len(u.duties) for u in district.units]
        self.short = [len(u.duties) for u in district.units]
        self.lost = sum(self.short)
        self.items = sum(len(d.asks) for u in district.units for d in u.duties)
        self.incomplete = sum(1 for n in self.short if n)
        self.further = self.team_days = self.uneven = 0
        self.doors = [
            tuple(self.piece(u, part) for part in door) for u, unit in enumerate(district.units) for door in unit.doors
        ]
        self.own: list[list[tuple[int, ...]]] = [[] for _ in district.units]
        for door in self.doors:
            self.own[self.pieces[door[0]].unit].append(door)
        self.share = even_share(district)

    def score(self) -> Score:
        """Return the aims as they stand (当前目标值)."""
        return Score(self.lost, self.items, self.incomplete, self.further, self.team_days, self.uneven)

    def piece(self, unit: int, part: Part) -> int:
        """Return the number of a part of a unit's duty, made when first asked for (取得一块)."""
        number = self.known.get((unit, part))
        if number is None:
            noun = self.district.units[unit]
            duty = next(d for d, one in enumerate(noun.duties) if one.office == part.office)
            asks = [noun.duties[duty].asks[n] for n in part.asks]
            inside = self.district.grid.open
            for ask in asks:
                inside &= ask.slots
            found = self.district.ways(part.office, [a.item for a in asks], noun.away)
            ways = tuple((self._kind(part.office, w.groups), w.slots & inside) for w in found if w.slots & inside)
            number = self.known[unit, part] = len(self.pieces)
            row = part.office * self.streets + self.street_of[unit]
            allowed = sum(slots for _, slots in ways)
            whole = any(a.item.half_days == 2 for a in asks)
            self.pieces.append(Piece(unit, duty, part.asks, part.office, row, ways, allowed, whole))
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

    def remove(self, number: int) -> int:
        """Take a piece out and return the slot it had (取消安排)."""
        slot = self.slot[number]
        self.slot[number] = -1
        self._count(number, slot, -1)
        return slot

    def fits_instead(self, number: int, other: int) -> bool:
        """Return whether a piece would fill on the day of a held one of its office, were that one out (替换可行)."""
        piece, slot = self.pieces[number], self.slot[other]
        t, state = slot >> 1, list(self.states[piece.office][slot >> 1])
        state.remove(self.kind_at(other, slot) << 1 | slot & 1)
        day, rest = self.patterns[piece.office][t], tuple(state)
        return any(
            slots >> 2 * t & 3 and self._bits(piece.office, day, rest, kind) & slots >> 2 * t
            for kind, slots in piece.ways
        )

    def kind_at(self, number: int, slot: int) -> int:
        """Return the kind of places that a piece takes in a slot (该半天的派员方式)."""
        return next(kind for kind, slots in self.pieces[number].ways if slots >> slot & 1)

    def groups(self, number: int, slot: int) -> Groups:
        """Return the places that a piece takes in a slot (该半天的名额)."""
        return self.kinds[self.pieces[number].office][self.kind_at(number, slot)]

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
            mask = self.free[office][kind]
            pattern, states = self.patterns[office], self.states[office]
            while stale:
                low = stale & -stale
                t = low.bit_length() - 1
                stale ^= low
                bits = self._bits(office, pattern[t], states[t], kind)
                mask = mask & ~(3 << 2 * t) | bits << 2 * t
            self.free[office][kind] = mask
            self.stale[office][kind] = 0
        return self.free[office][kind]

    def _bits(self, office: int, day: Day, state: tuple[int, ...], kind: int) -> int:
        """Whether a team of a kind fits in the morning (bit 0) and the afternoon (bit 1) of a day; remembered."""
        found = self.memo[office].get((day, state, kind))
        if found is not None:
            return found
        kinds = self.kinds[office]
        morning = [g for code in state if not code & 1 for g in kinds[code >> 1]]
        afternoon = [g for code in state if code & 1 for g in kinds[code >> 1]]
        new = list(kinds[kind])
        bits = int(fits_groups(day, morning + new, afternoon))
        if not any(g.whole for g in new):
            bits |= fits_groups(day, morning, afternoon + new) << 1
        self.memo[office][day, state, kind] = bits
        return bits

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
        piece, t, h = self.pieces[number], slot >> 1, slot & 1
        office, kind = piece.office, self.kind_at(number, slot)
        code, state = kind << 1 | h, self.states[office][t]
        i = bisect_left(state, code)
        if sign > 0:
            self.states[office][t] = (*state[:i], code, *state[i:])
            self.on[office][t][number] = None
        else:
            self.states[office][t] = (*state[:i], *state[i + 1 :])
            del self.on[office][t][number]
        bit, stale = 1 << t, self.stale[office]
        for k in range(len(stale)):
            stale[k] |= bit
        first, second = self.people[office][kind]
        load, share = self.load[office], self.share[office]
        for s, people in ((slot, first), (slot + 1, second)) if second else ((slot, first),):
            before = load[s]
            after = load[s] = before + sign * people
            self.uneven += max(after, share) - max(before, share)
        self._count_trip(piece, t, h, sign)
        self._count_door(number, piece, slot, sign)

    def _count_trip(self, piece: Piece, t: int, h: int, sign: int) -> None:
        if piece.whole:
            self.team_days += sign
            return
        halves = self.halves.setdefault(piece.street * self.days + t, [0, 0])
        before = max(halves)
        halves[h] += sign
        self.team_days += max(halves) - before
        low = 2 * t
        bits = 1 if halves[0] < halves[1] else 2 if halves[1] < halves[0] else 0
        self.saving[piece.street] = self.saving[piece.street] & ~(3 << low) | bits << low

    def _count_door(self, number: int, piece: Piece, slot: int, sign: int) -> None:
        at = self.at[piece.unit]
        before = len(at)
        if sign > 0:
            at.setdefault(slot, []).append(number)
        else:
            at[slot].remove(number)
            if not at[slot]:
                del at[slot]
        self.further += max(len(at), 1) - max(before, 1)
        if len(at) != before:
            self._count_street(self.street_of[piece.unit], slot >> 1, sign)
        held, count = self.held[piece.unit], len(piece.asks)
        whole = len(self.district.units[piece.unit].duties[piece.duty].asks)
        was = held[piece.duty] == whole
        held[piece.duty] += sign * count
        self.items -= sign * count
        now = held[piece.duty] == whole
        if was != now:
            self.lost -= sign
            self.incomplete -= self.short[piece.unit] > 0
            self.short[piece.unit] -= sign
            self.incomplete += self.short[piece.unit] > 0

    def _count_street(self, street: int, t: int, sign: int) -> None:
        doors = self.callers[street]
        doors[t] += sign
        self.visited[street] = self.visited[street] & ~(3 << 2 * t) | (3 << 2 * t if doors[t] else 0)


def _streets(district: District) -> tuple[list[int], int]:
    """Number of each unit's street, and how many there are; a unit without a street has one of its own."""
    known: dict[object, int] = {}
    own = [known.setdefault(("street", u.street) if u.street else n, len(known)) for n, u in enumerate(district.units)]
    return own, len(known)
