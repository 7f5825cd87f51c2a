"""一轮的人员抽取: roster commitments, calendars, rosters, supplements and changes, recomputed (7)."""

from second_reader import changes, sources
from second_reader.assignment import Draw, Place
from second_reader.encoding import NAME, TEXT, UNIT_ID, day, from_json, half_day, matches, require, same, values_of
from second_reader.first_draw import Folder, check_head

FIELDS = [
    "agency",
    "calendar",
    "commitment",
    "committed_at",
    "hash",
    "log",
    "number",
    "previous",
    "protocol",
    "recusals",
    "rehearsal",
    "roster",
    "round",
    "sequence",
    "sources",
]
EMPTY = ("inspector_id", "office", "from", "until", "scopes", "daily_limit", "absent")


def ending(number: int) -> str:
    """Return the ending of a roster commitment's files (文件序号)."""
    return "" if number == 1 else f"-{number}"


def numbers_of(folder: Folder) -> list[int]:
    """Return 1, 2, 3 … over the round's roster commitments (序号)."""
    count = sum(1 for name in folder.public if name.startswith("roster_commitment"))
    for number in range(1, count + 1):
        require(f"roster_commitment{ending(number)}.json" in folder.public, f"roster_commitment {number} is missing")
    return list(range(1, count + 1))


def roster_changes(before: list[dict], now: list[dict]) -> list[tuple]:
    """Return inspector_id, field, was, is of every difference of two rosters (3)."""
    old, new = ({row["inspector_id"]: row for row in rows} for rows in (before, now))
    rows = [(who, "inspector_id", "", who) for who in new.keys() - old.keys()]
    rows += [(who, "inspector_id", who, "") for who in old.keys() - new.keys()]
    for who in old.keys() & new.keys():
        rows += [(who, name, old[who][name], new[who][name]) for name in EMPTY[1:] if old[who][name] != new[who][name]]
    return sorted(rows)


def check_roster(rows: list[dict], what: str) -> None:
    """Check names, dates, limits and that everybody stands once (7)."""
    names = [row["inspector_id"] for row in rows]
    require(len(set(names)) == len(names), f"{what}: an inspector stands twice")
    for row in rows:
        require(matches(NAME, row["inspector_id"]) and matches(NAME, row["office"]), f"{what}: {row['inspector_id']}")
        require(day(row["from"], what) <= day(row["until"], what), f"{what}: {row['inspector_id']} from, until")
        for scope in values_of(row["scopes"], what):
            require(scope == "*" or matches(NAME, scope), f"{what}: scope {scope!r}")
        for half in values_of(row["absent"], what):
            half_day(half, what)
    changes.inspectors_of(rows)


def check_calendar(places: list[Place], after: str, what: str) -> None:
    """Check the form of a calendar: one day a visit, its first half-day, place numbers, ordinals (7)."""
    visits: dict[str, list[Place]] = {}
    for place in places:
        visits.setdefault(place.visit_id, []).append(place)
        require(matches(NAME, place.office) and bool(place.items), f"{what}: {place.key}")
    starts: dict[str, list[tuple[int, str]]] = {}
    for visit_id, seats in visits.items():
        unit_id, _, ordinal = visit_id.rpartition("~")
        require(ordinal.isascii() and ordinal.isdigit() and ordinal[0] != "0", f"{what}: {visit_id}")
        first = min(half for seat in seats for half in seat.half_days)
        allowed = [(first,)] + ([(first, f"{first[:10]}T2")] if first.endswith("T1") else [])
        require(all(seat.half_days in allowed for seat in seats), f"{what}: places of {visit_id} lie apart")
        require(first[:10] > after[:10], f"{what}: {visit_id} begins before its draw")
        starts.setdefault(unit_id, []).append((int(ordinal), first))
        for office in {seat.office for seat in seats}:
            numbers = sorted(seat.number for seat in seats if seat.office == office)
            same(f"{what} {visit_id} {office} places", numbers, list(range(1, len(numbers) + 1)))
    for unit_id, pairs in starts.items():
        halves = [first for _, first in sorted(pairs)]
        require(halves == sorted(set(halves)), f"{what}: visits of {unit_id} are not in order")


def check_held_items(folder: Folder, calendars: list[list[Place]]) -> None:
    """Ask that each drawn unit's items stand in a calendar or in unheld.csv (10)."""
    items: dict[str, set[str]] = {}
    for place in (place for places in calendars for place in places):
        items.setdefault(place.unit_id, set()).update(place.items)
    reasons = [row["reason"] for row in folder.rows("unheld", "unheld.csv")]
    require(all(matches(NAME, reason) for reason in reasons), "unheld.csv: reason")
    unheld = {row["unit_id"]: values_of(row["task_ids"], "task_ids") for row in folder.rows("unheld", "unheld.csv")}
    wanted = {row["task_id"]: set(values_of(row["items"], "items")) for row in folder.rows("tasks", "tasks.csv")}
    for task_id, lists in folder.lists.items():
        for unit_id in lists.drawn:
            held = wanted[task_id] <= items.get(unit_id, set())
            require(
                held or task_id in unheld.get(unit_id, []), f"{unit_id} of {task_id}: not in calendar or unheld.csv"
            )


def may_enter(folder: Folder, book: changes.Book, at: str, main: bool) -> set[str]:
    """Return the visits or units that a calendar may hold (7)."""
    stepins = [step["in"] for step in folder.json("audit", "stepins.json") if step["in"] and step["at"] <= at]
    drawn = [unit_id for lists in folder.lists.values() for unit_id in lists.drawn]
    if main:
        return {*drawn, *stepins}
    seen = {place.rpartition("~")[0] for place in book.known}
    return book.sent_back | {f"{unit_id}~1" for unit_id in stepins if unit_id not in seen}


def check_one_at_a_time(folder: Folder, number: int, content: dict) -> None:
    """Ask that the roster commitment before was drawn, or abandoned before this one was made (3, 7)."""
    end = ending(number - 1)
    if number == 1 or f"reveal2{end}.json" in folder.public:
        return
    abandoned = folder.json("public", f"abandoned2{end}.json")
    late = folder.real and content["committed_at"] < abandoned["at"]
    require(not late, f"abandoned2{end}.json: roster commitment {number} was made before")


def read_second(folder: Folder, number: int, book: changes.Book, drawn_before: list[str], after: str) -> str | None:
    """Check one roster commitment and its draw; return the last `at` of its sources, None when abandoned."""
    end = ending(number)
    what, name = f"roster_commitment{end}.json", f"roster_commitment{end}.json"
    data, content = folder.public[name], folder.json("public", name)
    same(f"{what} fields", sorted(content), FIELDS)
    same(f"{what} protocol", content["protocol"], "supervision-roster/2")
    for field in ("agency", "hash", "rehearsal"):
        same(f"{what} {field}", content[field], folder.content[field])
    check_head(content, folder.round_id, what)
    same(f"{what} commitment", content["commitment"], folder.digest_of(folder.public["commitment.json"]))
    same(f"{what} number", content["number"], number)
    require(content["committed_at"] >= after or not folder.real, f"{what}: committed_at before {after}")
    check_one_at_a_time(folder, number, content)
    for kind in ("calendar", "roster", "recusals"):
        digest = folder.keys.file_digest(kind, number, folder.audit.get(f"{kind}{end}.csv", b""))
        same(f"{what} {kind}", content[kind], digest)
    places = changes.places_of(folder.rows("calendar", f"calendar{end}.csv"))
    people = folder.rows("roster", f"roster{end}.csv")
    check_roster(people, f"roster{end}.csv")
    check_roster(folder.rows("roster", "roster-0.csv"), "roster-0.csv")
    before = folder.rows("roster", "roster-0.csv" if number == 1 else f"roster{ending(number - 1)}.csv")
    stated = folder.rows("roster_changes", f"roster_changes{end}.csv")
    require(all(matches(TEXT, row["ground"]) for row in stated), f"roster_changes{end}.csv: ground")
    rows = [(row["inspector_id"], row["field"], row["was"], row["is"]) for row in stated]
    same(f"roster_changes{end}.csv", rows, roster_changes(before, people))
    last = content["sources"][-1]["at"]
    check_calendar(places, last if folder.real else "", f"calendar{end}.csv")
    allowed = may_enter(folder, book, content["committed_at"], not drawn_before)
    for place in places:
        entry = place.unit_id if not drawn_before else place.visit_id
        require(entry in allowed, f"calendar{end}.csv: {place.visit_id} may not enter it")
    if f"reveal2{end}.json" not in folder.public and f"abandoned2{end}.json" not in folder.public:
        return None  # it waits for its sources
    if f"reveal2{end}.json" not in folder.public:
        abandoned = folder.json("public", f"abandoned2{end}.json")
        same(f"abandoned2{end}.json commitment", abandoned["commitment"], folder.digest_of(data))
        require(abandoned["cancelled"] in [one["name"] for one in content["sources"]], f"abandoned2{end}: cancelled")
        return None
    draw_people(folder, number, book, places)
    drawn_before.append(last)
    return last


def draw_people(folder: Folder, number: int, book: changes.Book, places: list[Place]) -> None:
    """Recompute one roster draw (7)."""
    end = ending(number)
    data = folder.public[f"roster_commitment{end}.json"]
    content, reveal = from_json(data, "roster_commitment"), folder.json("public", f"reveal2{end}.json")
    seed = sources.check_reveal(reveal, content, data, folder.keys.digest, folder.seed1, f"reveal2{end}.json")
    book.inspectors = changes.inspectors_of(folder.rows("roster", f"roster{end}.csv"))
    recusals = folder.rows("recusals", f"recusals{end}.csv")
    require(all(matches(TEXT, row["ground"]) for row in recusals), f"recusals{end}.csv: ground")
    named = [matches(NAME, row["inspector_id"]) and matches(UNIT_ID, row["unit_id"]) for row in recusals]
    require(all(named), f"recusals{end}.csv: inspector_id or unit_id")
    book.recusals = {(row["inspector_id"], row["unit_id"]) for row in recusals}
    book.since = content["committed_at"]
    book.last[seed] = content["sources"][-1]["at"] if folder.real else ""
    draw = Draw(folder.keys.digest, seed, book.inspectors, book.recusals, book.held)
    same(f"roster{end}.json", folder.json("audit", f"roster{end}.json"), draw.run(places))
    stated = folder.json("audit", f"sent_back{end}.json")
    same(f"sent_back{end}.json", [line["visit_id"] for line in stated], draw.sent_back)
    for line in stated:
        same(f"sent_back{end}.json fields", sorted(line), ["out", "visit_id"])
        for who in line["out"]:
            require(sorted(who) == ["inspector_id", "why"], f"sent_back{end}.json: out")
            require(matches(NAME, who["why"]) and matches(NAME, who["inspector_id"]), f"sent_back{end}.json: out")
    entered = {place.visit_id for place in places}
    book.known |= entered
    book.sent_back = (book.sent_back - entered) | set(draw.sent_back)


def read_people(folder: Folder) -> None:
    """Replay all roster draws and changes of a round in their order (7)."""
    rows = folder.json("audit", "changes.json")
    for number, row in enumerate(rows, 1):
        changes.check_row(row, number)
    changes.check_times(rows)
    waiting, book = changes.blocks(rows), changes.Book(folder.keys.digest)
    drawn: list[str] = []
    calendars = []
    after = folder.content["sources"][-1]["at"]
    for number in numbers_of(folder):
        content = folder.json("public", f"roster_commitment{ending(number)}.json")
        while drawn and waiting and folder.real and waiting[0][0]["at"] <= content["committed_at"]:
            changes.apply(book, waiting.pop(0))
        last = read_second(folder, number, book, drawn, after)
        if last is None:
            continue
        calendars.append(changes.places_of(folder.rows("calendar", f"calendar{ending(number)}.csv")))
        held = max(folder.json("public", f"reveal2{ending(number)}.json")["held"].values())
        for block in waiting:
            early = drawn[:-1] and folder.real and block[0]["at"] < held
            require(not early or block[0]["kind"] == "leave", f"changes.json no {block[0]['no']}: while a draw waits")
        after = last
    require(len(drawn) <= 3, f"{len(drawn)} roster draws: more than two supplements")
    for block in waiting:
        require(bool(drawn), f"changes.json no {block[0]['no']}: before the roster draw")
        changes.apply(book, block)
    if calendars:
        check_held_items(folder, calendars)


def second_sources(folder: Folder) -> list[tuple]:
    """Return what no two sources of a round may share, over all its commitments (4)."""
    events = [sources.event(one) for one in folder.content["sources"]]
    for number in numbers_of(folder):
        content = folder.json("public", f"roster_commitment{ending(number)}.json")
        events += [sources.event(one) for one in content["sources"]]
    return events


def commitments_of(folder: Folder) -> list[tuple[dict, bytes, str]]:
    """Return content, bytes and path of every commitment of a round (3, 7)."""
    names = ["commitment.json"] + [f"roster_commitment{ending(number)}.json" for number in numbers_of(folder)]
    return [(folder.json("public", name), folder.public[name], f"public/{folder.round_id}/{name}") for name in names]
