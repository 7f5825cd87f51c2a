"""人员抽取 (7): inspectors drawn office by office and day by day, with augmenting paths."""

from collections import deque
from dataclasses import dataclass, field

from second_reader.digests import Hash


@dataclass(frozen=True)
class Place:
    """岗位: one place of a visit; half_days sorted, items sorted."""

    visit_id: str
    office: str
    number: int
    half_days: tuple[str, ...]
    items: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """What names the place."""
        return self.visit_id, self.office, self.number

    @property
    def unit_id(self) -> str:
        """The unit that is visited."""
        return self.visit_id.rpartition("~")[0]

    @property
    def day(self) -> str:
        """The day of the visit."""
        return self.half_days[0][:10]


@dataclass(frozen=True)
class Inspector:
    """检查人员: one row of a roster."""

    inspector_id: str
    office: str
    first: str
    until: str
    scopes: tuple[str, ...]
    daily_limit: int
    absent: tuple[str, ...] = ()


@dataclass
class Holding:
    """担任: who holds a place, at which half-days, drawn with which seed."""

    place: Place
    inspector_id: str | None
    seed: bytes


Held = dict[tuple[str, str, int], Holding]


def load(held: Held, inspector_id: str) -> int:
    """Return the half-day places that an inspector holds in the round (负荷)."""
    return sum(len(one.place.half_days) for one in held.values() if one.inspector_id == inspector_id)


def busy(held: Held, inspector_id: str, day: str, without: set) -> set[str]:
    """Return the half-days that an inspector holds on a day, the named places left out."""
    return {
        half_day
        for key, one in held.items()
        if one.inspector_id == inspector_id and key not in without and one.place.day == day
        for half_day in one.place.half_days
    }


def ticket(digest: Hash, seed: bytes, place: Place, inspector_id: str = "") -> bytes:
    """Return P of a place, or R of a place and an inspector."""
    text = "".join(f"{cell}\x1f" for cell in (place.visit_id, place.office, str(place.number)))
    return digest(seed + text.encode() + inspector_id.encode())


@dataclass
class Draw:
    """一次人员抽取: one roster draw and its outcome."""

    digest: Hash
    seed: bytes
    inspectors: list[Inspector]
    recusals: set[tuple[str, str]]  # inspector_id, unit_id
    held: Held  # goes on through the round
    candidates: dict[tuple, int] = field(default_factory=dict)
    sent_back: list[str] = field(default_factory=list)
    trace: list[dict] = field(default_factory=list)

    def fits(self, who: Inspector, place: Place) -> bool:
        """Return whether office, duty, scope and recusals let an inspector hold a place."""
        day = place.day
        return (
            who.office == place.office
            and who.first <= day <= who.until
            and not set(place.half_days) & set(who.absent)
            and ("*" in who.scopes or set(place.items) <= set(who.scopes))
            and (who.inspector_id, place.unit_id) not in self.recusals
        )

    def could_hold(self, who: Inspector, place: Place, stage: set) -> bool:
        """Return whether an inspector could hold a place: holdings of this stage do not count."""
        if not self.fits(who, place):
            return False
        earlier = busy(self.held, who.inspector_id, place.day, stage)
        room = len(earlier) + len(place.half_days) <= who.daily_limit
        return room and not earlier & set(place.half_days)

    def eligible(self, place: Place, stage: set) -> list[str]:
        """Return who could hold a place and is free for it now."""
        result = []
        for who in self.inspectors:
            if not self.could_hold(who, place, stage):
                continue
            now = busy(self.held, who.inspector_id, place.day, set())
            if not now & set(place.half_days) and len(now) + len(place.half_days) <= who.daily_limit:
                result.append(who.inspector_id)
        return result

    def choose(self, place: Place, names: list[str], seed: bytes) -> str:
        """Return the least R among those within two of the least load."""
        least = min(load(self.held, name) for name in names)
        near = [name for name in names if load(self.held, name) <= least + 2]
        return min(near, key=lambda name: ticket(self.digest, seed, place, name))

    def node(self, who: Inspector, place: Place, stage: set) -> tuple:
        """Return the node through which an inspector would hold a place: with its half-day or without."""
        earlier = busy(self.held, who.inspector_id, place.day, stage)
        if len(place.half_days) == 2 or who.daily_limit - len(earlier) == 1:
            return (who.inspector_id,)
        return (who.inspector_id, place.half_days[0])

    def holds(self, node: tuple, stage: set) -> Place | None:
        """Return the place of this stage that a node holds."""
        for key in stage:
            one = self.held.get(key)
            if one and one.inspector_id == node[0] and (len(node) == 1 or one.place.half_days == (node[1],)):
                return one.place
        return None

    def path(self, start: Place, stage: set) -> list[tuple[str, Place]]:
        """Return who takes which place along the first augmenting path, from its end; empty when there is none."""
        queue: deque[tuple[Place, tuple | None]] = deque([(start, None)])
        came: dict[tuple, tuple[Place, tuple | None]] = {}
        while queue:
            place, reached = queue.popleft()
            could = [who for who in self.inspectors if self.could_hold(who, place, stage)]
            ranked = {}
            for who in could:
                number = ticket(self.digest, self.seed, place, who.inspector_id)
                ranked[who] = load(self.held, who.inspector_id), number
            for who in sorted(could, key=lambda one: ranked[one]):
                node = self.node(who, place, stage)
                if node in came:
                    continue
                came[node] = (place, reached)
                other = self.holds(node, stage)
                if other is not None:
                    queue.append((other, node))
                    continue
                moves: list[tuple[str, Place]] = []
                step: tuple | None = node
                while step is not None:
                    seat, before = came[step]
                    moves.append((step[0], seat))
                    step = before
                return moves
        return []

    def fill(self, place: Place, stage: set) -> bool:
        """Fill one place; False when it stays open."""
        names = self.eligible(place, stage)
        self.candidates[place.key] = len(names)
        line: dict = {"eligible": {name: load(self.held, name) for name in sorted(names)}, "place": list(place.key)}
        self.trace.append(line)
        if names:
            line["takes"] = self.choose(place, names, self.seed)
            self.held[place.key] = Holding(place, line["takes"], self.seed)
            return True
        moves = self.path(place, stage)
        for name, seat in moves:
            self.held[seat.key] = Holding(seat, name, self.seed)
        if moves:
            line["path"] = [[name, list(seat.key)] for name, seat in moves]
        else:
            line["open"] = True
        return bool(moves)

    def run(self, places: list[Place]) -> list[dict]:
        """Draw all places and return the rows of roster.json; held, candidates and sent_back are set."""
        for day in sorted({place.day for place in places}):
            today = [place for place in places if place.day == day]
            left_open: set[str] = set()
            for office in sorted({place.office for place in today}):
                for count in (2, 1):
                    seats = [one for one in today if one.office == office and len(one.half_days) == count]
                    stage = {place.key for place in seats}
                    for place in sorted(seats, key=lambda one: ticket(self.digest, self.seed, one)):
                        if not self.fill(place, stage):
                            left_open.add(place.visit_id)
            for place in today:
                if place.visit_id in left_open:
                    self.held.pop(place.key, None)
            self.sent_back += sorted(left_open)
        self.sent_back.sort()
        rows = [self.held[place.key] for place in places if place.key in self.held]
        return [roster_row(one, self.candidates) for one in sorted(rows, key=lambda one: one.place.key)]


def roster_row(one: Holding, candidates: dict[tuple, int]) -> dict:
    """Return a row of roster.json."""
    visit_id, office, number = one.place.key
    head = {"candidates": candidates[one.place.key], "inspector_id": one.inspector_id}
    return head | {"office": office, "place": number, "visit_id": visit_id}
