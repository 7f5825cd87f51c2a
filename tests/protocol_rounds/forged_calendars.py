"""日程 (7): forged calendars and lists of what is not held, all that follows made again."""

from collections.abc import Callable
from typing import Any

from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, dropping, forged, setting
from protocol_rounds.round import Round
from protocol_rounds.scenarios import DAYS, plain

CAL = "calendar.csv"


def on_calendar(name: str, change: Callable[[list[dict], Round], Any], says: Any = (CAL, "unheld.csv")) -> Case:
    """Return a case with another calendar; people are drawn for it by the rules."""
    return forged(name, says, plain, {"calendar": changing(change)})


def first_visit(rows: list[dict]) -> list[dict]:
    """Return the rows of the first visit that is no whole day."""
    whole = {row["visit_id"] for row in rows if len(row["half_days"]) == 2}
    visit_id = min(row["visit_id"] for row in rows if row["visit_id"] not in whole)
    return [row for row in rows if row["visit_id"] == visit_id]


def each(change: Callable[[dict], Any]) -> Callable[[list[dict], Round], None]:
    """Return a change of all rows of the first visit."""

    def apply(rows: list[dict], _: Round) -> None:
        for row in first_visit(rows):
            change(row)

    return apply


def second_place(**values: Any) -> Callable[[list[dict], Round], None]:
    """Return a change of the second row of the first visit."""
    return lambda rows, _: first_visit(rows)[1].update(values)


def on_bytes(name: str, path: str, old: str, new: str) -> Case:
    """Return a case in which a text of a file is replaced once before its digest is taken."""
    change: Tap = lambda data, _: data.replace(old.encode(), new.encode(), 1)  # noqa: E731
    return forged(name, path, plain, {f"bytes:audit/{path}": change})


def calendars() -> list[Case]:
    """The form of a calendar, and whom it may hold."""
    late, split = f"{DAYS[6]}T1", f"{DAYS[6]}T2"

    def halves(*values: str) -> Callable[[list[dict], Round], None]:
        return each(lambda row: row.update(half_days=list(values)))

    def no_visit(rows: list[dict], _: Round) -> None:
        gone = first_visit(rows)[0]["visit_id"]
        rows[:] = [row for row in rows if row["visit_id"] != gone]

    def stranger(rows: list[dict], one: Round) -> None:
        framed = [row["unit_id"] for row in one.tasks["fire-01"].rows]
        out = next(unit for unit in framed if all(unit not in lists.drawn for lists in one.lists.values()))
        rows += one.seats(f"{out}~1", ["fire-01"], DAYS[6], 2)

    def turned(rows: list[dict], one: Round) -> None:
        unit_id = one.lists["open-02"].drawn[0]
        rows[:] = [row for row in rows if not row["visit_id"].startswith(f"{unit_id}~")]
        rows += one.seats(f"{unit_id}~1", ["open-02"], DAYS[6], 1) + one.seats(f"{unit_id}~2", ["open-02"], DAYS[5], 1)

    def renamed(ending: str) -> Callable[[list[dict], Round], None]:
        return each(lambda row: row.update(visit_id=row["visit_id"].rpartition("~")[0] + ending))

    def apart(rows: list[dict], _: Round) -> None:
        first_visit(rows)[1].update(half_days=[late if first_visit(rows)[0]["half_days"][0] != late else split])

    def other_half(rows: list[dict], _: Round) -> None:
        for row in first_visit(rows):
            row["half_days"] = [late]
        first_visit(rows)[1]["half_days"] = [split]

    return [
        on_calendar("places of a visit on different days", apart),
        on_calendar("places of a visit in two halves of a day", other_half),
        on_calendar("a whole day from the afternoon", halves(f"{DAYS[5]}T2", f"{DAYS[6]}T1")),
        on_calendar("three half-days", halves(f"{DAYS[5]}T1", f"{DAYS[5]}T2", f"{DAYS[6]}T1")),
        on_bytes("no half-day", CAL, f"1,{DAYS[0]}T2,", "1,,"),
        on_bytes("a half-day T3", CAL, f"1,{DAYS[0]}T2,", f"1,{DAYS[0]}T3,"),
        on_bytes("a half-day on a day that is none", CAL, f"1,{DAYS[0]}T2,", "1,2026-12-32T2,"),
        on_bytes("a place with a leading zero", CAL, f"1,{DAYS[0]}T2,", f"01,{DAYS[0]}T2,"),
        on_bytes("items not sorted", CAL, "market-a market-b", "market-b market-a"),
        on_bytes("items with two spaces", CAL, "market-a market-b", "market-a  market-b"),
        on_calendar("a visit on the day before its draw", halves("2026-11-30T1")),
        on_calendar("a visit on the morning of the day of its draw", halves("2026-12-01T1")),
        on_calendar("a visit on the afternoon of the day of its draw", halves("2026-12-01T2")),
        on_calendar("a visit in the past", halves("2026-11-03T1")),
        on_calendar("a place number left out", second_place(place=3)),
        on_calendar("a place number of nothing", second_place(place=0)),
        on_calendar("a place twice", second_place(place=1)),
        on_calendar("no items", second_place(items=[])),
        on_calendar("an office with a space", each(lambda row: row.update(office="F 1"))),
        on_calendar("a drawn unit left out", no_visit),
        on_calendar("a unit that was not drawn", stranger),
        on_calendar("visit number 0", renamed("~0")),
        on_calendar("visit number 01", renamed("~01")),
        on_calendar("a visit without number", renamed("")),
        on_calendar("the second visit before the first", turned),
        forged("a unit not held without its task", (CAL, "unheld.csv"), plain, {"unheld": dropping(0)}),
        forged("a reason of not held with a space", "unheld.csv", plain, {"unheld": setting("no time", 0, "reason")}),
        forged(
            "a unit not held under another task",
            ("unheld.csv", CAL),
            plain,
            {"unheld": setting(["gas-01"], 0, "task_ids")},
        ),
    ]


def cases() -> list[Case]:
    """Return all cases about calendars."""
    return calendars()
