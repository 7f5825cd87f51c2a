"""变更 (7): leave, substitution, moves, cancelled visits, replayed in their order."""

from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise

from second_reader.assignment import Draw, Held, Holding, Inspector, Place, ticket
from second_reader.digests import Hash
from second_reader.encoding import DIGEST, NAME, TEXT, half_day, matches, moment, require, same, values_of, whole

FIELDS = [
    "at",
    "by",
    "evidence",
    "ground",
    "half_days",
    "inspector_id",
    "kind",
    "no",
    "office",
    "out",
    "place",
    "reviewed_by",
    "visit_id",
]


def places_of(rows: list[dict]) -> list[Place]:
    """Return the places of a calendar's rows (岗位)."""
    result = []
    for row in rows:
        half_days = tuple(half_day(one, "calendar half_days") for one in values_of(row["half_days"], "half_days"))
        number = whole(row["place"], "place")
        result.append(Place(row["visit_id"], row["office"], number, half_days, tuple(values_of(row["items"], "items"))))
    return result


def inspectors_of(rows: list[dict]) -> list[Inspector]:
    """Return the inspectors of a roster's rows (名录)."""
    result = []
    for row in rows:
        scopes, absent = values_of(row["scopes"], "scopes"), values_of(row["absent"], "absent")
        limit = whole(row["daily_limit"], "daily_limit")
        who = Inspector(
            row["inspector_id"], row["office"], row["from"], row["until"], tuple(scopes), limit, tuple(absent)
        )
        result.append(who)
    return result


@dataclass
class Book:
    """担任簿: who holds what in a round at a moment, with the latest draw's people and the leave since."""

    digest: Hash
    held: Held = field(default_factory=dict)
    inspectors: list[Inspector] = field(default_factory=list)
    recusals: set[tuple[str, str]] = field(default_factory=set)
    leave: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)  # at, inspector_id, half-days
    since: str = ""  # committed_at of the latest draw
    moved: set[str] = field(default_factory=set)
    sent_back: set[str] = field(default_factory=set)
    last: dict[bytes, str] = field(default_factory=dict)  # seed of a draw: last `at` of its sources
    known: set[str] = field(default_factory=set)  # visits that entered a calendar

    def rules(self, seed: bytes) -> Draw:
        """Return a draw by the latest roster and recusals less the leave entered since."""
        people = []
        for who in self.inspectors:
            off = {h for at, name, halves in self.leave if name == who.inspector_id and at > self.since for h in halves}
            people.append(replace(who, absent=tuple(sorted(set(who.absent) | off))))
        return Draw(self.digest, seed, people, self.recusals, self.held)

    def seats(self, visit_id: str) -> list[Holding]:
        """Return the places of a visit with their holders, by office and place."""
        return sorted((one for one in self.held.values() if one.place.visit_id == visit_id), key=lambda o: o.place.key)

    def substitute(self, one: Holding) -> dict[str, bytes]:
        """Give a place that has been taken from its holder to the one the rules give; return R of the eligible."""
        names = self.rules(one.seed).eligible(one.place, set())
        names = [name for name in names if name != one.inspector_id]
        taker = self.rules(one.seed).choose(one.place, names, one.seed) if names else None
        self.held[one.place.key] = replace(one, inspector_id=taker)
        return {name: ticket(self.digest, one.seed, one.place, name) for name in names}

    def free(self, one: Holding) -> None:
        """Take a place from its holder."""
        self.held[one.place.key] = replace(one, inspector_id=None)

    def move(self, visit_id: str, target: str) -> bool:
        """Move a visit to the half-day; False (and released) when more than half of its team is replaced."""
        old = self.seats(visit_id)
        day = target[:10]
        new: list[Holding] = []
        for one in old:
            halves = (f"{day}T1", f"{day}T2") if len(one.place.half_days) == 2 else (target,)
            new.append(replace(one, place=replace(one.place, half_days=halves)))
        for one in new:
            self.free(one)
        opened = []
        for one in new:
            stays = one.inspector_id is not None and one.inspector_id in self.rules(one.seed).eligible(one.place, set())
            self.held[one.place.key] = replace(one, inspector_id=one.inspector_id if stays else None)
            opened += [] if stays else [one]
        for one in opened:
            self.substitute(one)
        self.moved.add(visit_id)
        if 2 * len(opened) <= len(old):
            return True
        for one in old:
            del self.held[one.place.key]
        self.sent_back.add(visit_id)
        return False


def loads(held: Held) -> dict[str, int]:
    """Return the load of everybody who holds a place (负荷)."""
    result: dict[str, int] = {}
    for one in held.values():
        if one.inspector_id is not None:
            result[one.inspector_id] = result.get(one.inspector_id, 0) + len(one.place.half_days)
    return result


def check_row(row: dict, number: int) -> None:
    """Check the form of one row of changes.json (变更行)."""
    what = f"changes.json no {number}"
    same(f"{what} fields", sorted(row), FIELDS)
    same(f"{what} no", row["no"], number)
    require(row["by"] != row["reviewed_by"], f"{what}: {row['by']} reviewed the own change")
    require(row["kind"] in ("leave", "substituted", "moved", "cancelled"), f"{what}: kind {row['kind']}")
    require(all(matches(NAME, row[name]) for name in ("by", "reviewed_by")), f"{what}: names")
    require(matches(DIGEST, row["evidence"]) and matches(TEXT, row["ground"]), f"{what}: evidence or ground")
    moment(row["at"], what)
    halves = [half_day(one, what) for one in row["half_days"]]
    require(bool(halves) and halves == sorted(set(halves)), f"{what}: half_days {halves}")


def blocks(changes: list[dict]) -> list[list[dict]]:
    """Return the rows in blocks: those of a moved or cancelled visit stand together (变更块)."""
    together = ("moved", "cancelled")

    def block(row: dict) -> tuple:
        return (row["kind"], row["visit_id"]) if row["kind"] in together else (row["kind"], row["no"])

    return [list(rows) for _, rows in groupby(changes, key=block)]


def apply(book: Book, rows: list[dict]) -> None:
    """Replay one block of changes in the book and compare it with what the rules give (7)."""
    first = rows[0]
    what, kind = f"changes.json no {first['no']}", first["kind"]
    if kind == "leave":
        same(f"{what} of leave", [first[name] for name in ("visit_id", "office", "place", "out")], [None] * 4)
        require(first["inspector_id"] in [who.inspector_id for who in book.inspectors], f"{what}: not in the roster")
        book.leave.append((first["at"], first["inspector_id"], tuple(first["half_days"])))
        return
    seats = book.seats(first["visit_id"])
    if kind == "substituted":
        seats = [one for one in seats if (one.place.office, one.place.number) == (first["office"], first["place"])]
    keys = [[one.place.office, one.place.number, one.inspector_id] for one in seats]
    same(f"{what} places and holders", [[row["office"], row["place"], row["out"]] for row in rows], keys)
    require(bool(seats), f"{what}: {first['visit_id']} has no such place")
    together = ("at", "by", "reviewed_by")
    require(all(row[name] == first[name] for row in rows for name in together), f"{what}: rows of a visit differ")
    if kind == "substituted":
        book.free(seats[0])
        book.substitute(seats[0])
    elif kind == "cancelled":
        for one in seats:
            del book.held[one.place.key]
    else:
        require(first["visit_id"] not in book.moved, f"{what}: {first['visit_id']} is moved a second time")
        target = min(half for row in rows for half in row["half_days"])
        early = any(target[:10] <= book.last.get(one.seed, "")[:10] for one in seats)
        require(not early, f"{what}: {target} is before the draw")
        book.move(first["visit_id"], min(half for row in rows for half in row["half_days"]))
    target = min(half for row in rows for half in row["half_days"])
    expected = []
    for one in seats:
        now = book.held.get(one.place.key)
        halves = list(one.place.half_days)
        if kind == "moved":
            halves = [f"{target[:10]}T1", f"{target[:10]}T2"] if len(halves) == 2 else [target]
        expected.append([halves, now.inspector_id if now else None])
    same(f"{what} outcome", [[row["half_days"], row["inspector_id"]] for row in rows], expected)


def check_times(changes: list[dict]) -> None:
    """Check that the times of changes do not fall (时序)."""
    require(all(a["at"] <= b["at"] for a, b in pairwise(changes)), "changes.json: times fall")
