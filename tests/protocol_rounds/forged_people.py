"""人员 (7): forged rosters, lotteries and supplements, all that follows made again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from second_reader.assignment import Draw, load, ticket

from protocol_rounds import afterwards as after
from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, forged, setting
from protocol_rounds.forged_calendars import on_bytes
from protocol_rounds.lotteries import dlt, ssq
from protocol_rounds.round import Round
from protocol_rounds.scenarios import (
    DAYS,
    END,
    MATCH,
    absent,
    drawn,
    eventful,
    first_recusals,
    plain,
)
from protocol_rounds.worlds import PLANS

ROS, REC, CHG, ASG, BACK = (
    "roster.csv",
    "recusals.csv",
    "roster_changes.csv",
    "roster.json",
    "sent_back.json",
)


def on_roster(name: str, change: Callable[[list[dict], Round], Any], says: Any = ROS) -> Case:
    """Return a case with another roster; changes against roster-0 are made again."""
    return forged(name, says, plain, {"roster": changing(change)})


def rosters() -> list[Case]:
    """Rosters, their changes, recusals."""
    field: Any = lambda name, value, number=3: lambda rows, _: rows[number].update({name: value})  # noqa: E731
    ground = "roster_changes"
    return [
        on_roster("an inspector twice", lambda rows, _: rows.append(rows[0] | {"office": "M1"})),
        on_roster("an inspector twice with other scopes", lambda rows, _: rows.append(rows[0] | {"scopes": "open"})),
        on_roster("from that is no day", field("from", "2026-02-30")),
        on_bytes("a daily limit in words", ROS, "fire-a,2,", "fire-a,two,"),
        on_bytes("a daily limit with a leading zero", ROS, "fire-a,2,", "fire-a,02,"),
        on_bytes("a negative daily limit", ROS, "fire-a,2,", "fire-a,-1,"),
        on_bytes("scopes not sorted", ROS, "food market-a", "market-a food"),
        on_bytes("a scope twice", ROS, "food market-a", "food food market-a"),
        on_roster("an absence at no half-day", field("absent", "2026-12-03")),
        on_bytes("absences not sorted", ROS, "fire-a,2,\n", f"fire-a,2,{DAYS[1]}T1 {DAYS[0]}T1\n"),
        on_roster("an inspector with a space", field("inspector_id", "F1 3")),
        forged("a difference of rosters kept back", CHG, plain, {ground: lambda rows, _: []}),
        forged("another value before", CHG, plain, {ground: setting("2026-12-03T2", 0, "was")}),
        forged("another value after", CHG, plain, {ground: setting("2026-12-03T2", 0, "is")}),
        forged(
            "a difference that is none", CHG, plain, {ground: changing(lambda r, _: r.append(r[0] | {"field": "from"}))}
        ),
        forged("a difference without ground", CHG, plain, {ground: setting("", 0, "ground")}),
        forged("a difference of somebody else", CHG, plain, {ground: setting("F1-3", 0, "inspector_id")}),
        forged("no roster_changes.csv", CHG, plain, {}, disk=gone("audit/2026-12/roster_changes.csv")),
        forged("a recusal without ground", REC, plain, {"recusals": setting("", 0, "ground")}),
        forged("a recusal of nobody", REC, plain, {"recusals": setting("", 0, "inspector_id")}),
    ]


def gone(path: str) -> Callable[[Any], None]:
    """Return what takes a file out of the written folder."""
    return lambda out: (out / path).unlink()


def on_assignment(name: str, change: Callable[[list[dict], Round], Any], says: Any = ASG, story: Any = plain) -> Case:
    """Return a case with another roster.json, written as if drawn."""
    return forged(name, says, story, {"assignment": changing(change)})


def assigned() -> list[Case]:
    """roster.json and sent_back.json: who goes."""

    def holder(pick: Callable[[Round, dict], str]) -> Callable[[list[dict], Round], None]:
        def change(rows: list[dict], one: Round) -> None:
            row = rows[0]
            row["inspector_id"] = pick(one, row)

        return change

    def free(one: Round, row: dict) -> list[str]:
        places = {place.key: place for place in one.seconds[0]["places"]}
        place = places[row["visit_id"], row["office"], row["place"]]
        draw = Draw(one.digest, one.book.held[place.key].seed, one.book.inspectors, one.book.recusals, one.book.held)
        taken = one.book.held[place.key].inspector_id
        return [name for name in draw.eligible(place, set()) if name != taken]

    def another(one: Round, row: dict) -> str:
        return free(one, row)[0]

    def colleague(rows: list[dict], one: Round) -> None:
        a, b = (row for row in rows if row["visit_id"] == rows[0]["visit_id"] and row["office"] == rows[0]["office"])
        a["inspector_id"], b["inspector_id"] = b["inspector_id"], a["inspector_id"]

    def doubled(rows: list[dict], _: Round) -> None:
        rows[1]["inspector_id"] = rows[0]["inspector_id"]

    def recused(rows: list[dict], one: Round) -> None:
        unit_id = one.lists["fire-01"].drawn[0]
        next(row for row in rows if row["visit_id"].startswith(f"{unit_id}~"))["inspector_id"] = "F1-1"

    def release(rows: list[dict], _: Round) -> None:
        visit_id = rows[0]["visit_id"]
        rows[:] = [row for row in rows if row["visit_id"] != visit_id]

    count: Any = lambda by: lambda rows, _: rows[0].update(candidates=rows[0]["candidates"] + by)  # noqa: E731
    sent: Any = lambda name, change: forged(name, BACK, eventful, {"sent_back": changing(change)})  # noqa: E731
    return [
        on_assignment("another of the eligible", holder(another)),
        on_assignment("two of a team swapped", colleague),
        on_assignment(
            "an inspector of another office", holder(lambda one, row: "M1-2" if row["office"] != "M1" else "F1-3")
        ),
        on_assignment("somebody who is not in the roster", holder(lambda one, row: "ghost")),
        on_assignment("the same inspector at both places", doubled),
        on_assignment("an inspector who is recused", recused),
        on_assignment("nobody", lambda rows, _: rows[0].update(inspector_id=None)),
        on_assignment("one candidate more", count(1)),
        on_assignment("one candidate less", count(-1)),
        on_assignment("a place left out", lambda rows, _: rows.__delitem__(0)),
        on_assignment("a place held twice", lambda rows, _: rows.insert(0, rows[0])),
        on_assignment("rows not sorted", lambda rows, _: rows.reverse()),
        on_assignment("a field more in the roster", lambda rows, _: rows[0].update(note="x")),
        on_assignment("a place as a text", lambda rows, _: rows[0].update(place="1")),
        on_assignment("a visit released without need", release, (ASG, BACK)),
        on_assignment("a visit that was sent back, held after all", kept, (ASG, BACK), eventful),
        sent("a visit that was sent back, kept back", lambda rows, _: rows.clear()),
        sent("a visit sent back that was held", lambda rows, _: rows.append({"out": [], "visit_id": "shop.00~1"})),
        sent("a visit sent back with a field more", lambda rows, _: rows[0].update(note="x")),
        sent(
            "a reason with a space", lambda rows, _: rows[0].update(out=[{"inspector_id": "O1-1", "why": "not free"}])
        ),
        sent("a reason without inspector", lambda rows, _: rows[0].update(out=[{"why": "absent"}])),
        sent("visits sent back as a list of ids", lambda rows, _: rows.__setitem__(0, rows[0]["visit_id"])),
    ]


def kept(rows: list[dict], one: Round) -> None:
    """Hold a visit of the open task that was sent back."""
    visit = next(place for place in one.seconds[0]["places"] if place.visit_id in one.book.sent_back)
    row = {"candidates": 1, "inspector_id": "O1-1", "office": visit.office, "place": 1, "visit_id": visit.visit_id}
    rows += [row, row | {"inspector_id": "O1-2", "place": 2}]
    rows.sort(key=lambda one: (one["visit_id"], one["office"], one["place"]))


def lottery(change: Callable[[Draw], None]) -> Any:
    """Return a story whose roster draw follows another rule, with the first sources for which that matters."""

    def story(taps: dict[str, Tap] | None = None) -> Round:
        for variant in range(200):
            one = crowded({}, variant)
            places, first = one.seconds[0]["places"], one.book.held
            seed = next(iter(first.values())).seed
            draw = Draw(one.digest, seed, one.book.inspectors, one.book.recusals, {})
            change(draw)
            rows = draw.run(places)
            if any(key not in first or first[key].inspector_id != hold.inspector_id for key, hold in draw.held.items()):
                break
        back = [one.reasons(visit_id, draw, places) for visit_id in draw.sent_back]
        return crowded({"assignment": lambda _, r: rows, "sent_back": lambda _, r: back}, variant)

    return story


def crowded(taps: dict[str, Tap], variant: int = 0) -> Round:
    """Return a round whose calendar puts everything on three days, so that paths and loads matter."""
    one = drawn(taps, tuple(replace(plan, held=9) for plan in PLANS))
    unheld = one.unheld_rows(one.units_to_visit())
    rows = one.calendar([DAYS[number % 3] for number in range(9)])
    at = "2026-12-01T21:25:00+08:00"
    sources = dlt(at, f"26137.{variant}") + ssq(at, "2026139")
    barred = first_recusals(one)
    people = absent(one, "M1-2", f"{DAYS[0]}T1")
    one.commit_roster("2026-11-30T09:00:00+08:00", sources, rows, unheld=unheld, recusals=barred, roster=people)
    after.anchor(one, "2026-11-30T09:30:00+08:00", "newspaper", "roster_commitment")
    one.match(MATCH)
    after.publish(one, END, "results added")
    return one


def lotteries() -> list[Case]:
    """Whole roster draws by another rule than the protocol's."""

    def least_load(draw: Draw) -> None:
        draw.choose = lambda place, names, seed: min(  # type: ignore[method-assign]
            names, key=lambda name: (load(draw.held, name), ticket(draw.digest, seed, place, name))
        )

    def least_number(draw: Draw) -> None:
        draw.choose = lambda place, names, seed: min(  # type: ignore[method-assign]
            names, key=lambda name: ticket(draw.digest, seed, place, name)
        )

    def no_path(draw: Draw) -> None:
        draw.path = lambda start, stage: []  # type: ignore[method-assign]

    def last_number(draw: Draw) -> None:
        draw.choose = lambda place, names, seed: max(  # type: ignore[method-assign]
            names, key=lambda name: ticket(draw.digest, seed, place, name)
        )

    def by_name(draw: Draw) -> None:
        draw.choose = lambda place, names, seed: min(names)  # type: ignore[method-assign]

    def everybody(draw: Draw) -> None:
        draw.recusals = set()

    def no_absence(draw: Draw) -> None:
        draw.inspectors = [replace(who, absent=()) for who in draw.inspectors]

    def no_limit(draw: Draw) -> None:
        draw.inspectors = [replace(who, daily_limit=2) for who in draw.inspectors]

    def one_node(draw: Draw) -> None:
        draw.node = lambda who, place, stage: (who.inspector_id,)  # type: ignore[method-assign]

    def window(width: int) -> Callable[[Draw], None]:
        def change(draw: Draw) -> None:
            def choose(place: Any, names: list[str], seed: bytes) -> str:
                least = min(load(draw.held, name) for name in names)
                near = [name for name in names if load(draw.held, name) <= least + width]
                return min(near, key=lambda name: ticket(draw.digest, seed, place, name))

            draw.choose = choose  # type: ignore[method-assign]

        return change

    rules = {
        "recusals left out": everybody,
        "absences left out": no_absence,
        "daily limits of two for all": no_limit,
        "a window of one": window(1),
        "a window of three": window(3),
        "paths by inspectors alone": one_node,
        "the least load first": least_load,
        "the least R whatever the load": least_number,
        "no augmenting paths": no_path,
        "the largest R": last_number,
        "by name": by_name,
    }
    return [
        forged(f"people drawn by another rule: {name}", (ASG, BACK), lottery(rule), {}) for name, rule in rules.items()
    ]


def cases() -> list[Case]:
    """Return all cases about people."""
    return [*rosters(), *assigned(), *lotteries()]
