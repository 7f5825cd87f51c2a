"""Calendars, rosters, lotteries, supplements and changes: each condition is broken once by a forger."""

from typing import Any

import pytest
from edits import Edit, cell, more, put, row
from forge import PEOPLE, STRATA
from forge_draws import Full, short

from supervision.sampling.protocol import verifier as v

HEX, PUB, AUD = "0" * 64, "public/2026-12", "audit/2026-12"
MON, TUE = "2026-12-07", "2026-12-08"


def halves(number: int, value: str) -> Edit:
    """Set the half-days of one place."""
    return cell(number, 3, value)


def visit(rows: list[list[str]], number: int = 0) -> str:
    """Return one of the calendar's visits."""
    return sorted({one[0] for one in rows})[number]


def renamed(change: Any) -> Edit:
    """Rename the first visit."""
    return lambda rows: sorted([change(one[0]) if one[0] == visit(rows) else one[0], *one[1:]] for one in rows)


def second_visit(half: str) -> Edit:
    """Add a second visit of the first unit."""
    return lambda rows: sorted([*rows, *([visit(rows)[:-1] + "2", "F1", n, half, "fire-a"] for n in "12")])


CASES: list[tuple[str, str, Edit]] = [
    ("csv.cell", "calendar", halves(0, "2026-12-07")),
    ("csv.cell", "calendar", halves(0, "2026-12-07T3")),
    ("csv.cell", "calendar", halves(0, f"{MON}T2 {MON}T1")),
    ("csv.cell", "calendar", halves(0, f"{MON}T1 {MON}T1")),
    ("csv.cell", "calendar", cell(0, 2, "01")),
    ("csv.cell", "calendar", cell(0, 4, "")),
    ("csv.cell", "calendar", renamed(lambda name: name[:-1] + "0")),
    ("csv.cell", "roster", cell(0, 2, "2026-02-30")),
    ("csv.cell", "roster", cell(0, 4, "b a")),
    ("csv.cell", "recusals", cell(0, 2, "")),
    ("csv.cell", "recusals", cell(0, 2, "x" * 501)),
    ("csv.cell", "unheld", lambda rows: [["A00", "", "full"]]),
    ("csv.cell", "roster_changes-2", cell(0, 1, "name")),
    ("calendar.halves", "calendar", halves(0, f"{MON}T1 {MON}T2 {TUE}T1")),
    ("calendar.whole_day", "calendar", halves(0, f"{MON}T1 {TUE}T2")),
    ("calendar.whole_day", "calendar", halves(0, f"{MON}T1 {TUE}T1")),
    ("calendar.one_day", "calendar", halves(0, f"{TUE}T1 {TUE}T2")),
    ("calendar.one_start", "calendar", halves(0, f"{MON}T2")),
    ("calendar.places", "calendar", cell(1, 2, "3")),
    ("calendar.places", "calendar", lambda rows: [*rows[:1], *rows[2:]] if rows[2][0] == rows[0][0] else rows[1:]),
    ("calendar.ordinals", "calendar", renamed(lambda name: name[:-1] + "2")),
    ("calendar.ordinal_order", "calendar", second_visit("2026-12-06T1")),
    ("calendar.ordinal_order", "calendar", second_visit(f"{MON}T1")),
    ("exit 0", "calendar", second_visit(f"{TUE}T1")),
    (
        "calendar.too_early",
        "calendar",
        lambda rows: [[*one[:3], "2026-12-01T2", one[4]] if one[0] == visit(rows) else one for one in rows],
    ),
    (
        "exit 0",
        "calendar",
        lambda rows: [[*one[:3], "2026-12-02T1", one[4]] if one[0] == visit(rows) else one for one in rows],
    ),
    ("calendar.not_drawn", "calendar", renamed(lambda name: "X00~1")),
    ("calendar.items_other", "calendar", cell(0, 4, "fire-z")),
    ("calendar.items_missing", "calendar", lambda rows: [one for one in rows if one[0] != visit(rows)]),
    ("unheld.not_drawn", "unheld", lambda rows: [["X00", "fire", "full"]]),
    ("unheld.not_drawn", "unheld", lambda rows: [*rows[:-1], [rows[-1][0], "fire market open", "full"]]),
    ("roster.digest", "roster_commitment", put(calendar=HEX)),
    ("roster.digest", "roster_commitment", put(roster=HEX)),
    ("roster.digest", "roster_commitment", put(recusals=HEX)),
    ("roster.twice", "roster", lambda rows: [rows[0], [*rows[0][:5], "3", ""], *rows[1:]]),
    ("roster.changes", "roster_changes", lambda rows: [["F-0", "daily_limit", "1", "2", "x"]]),
    ("roster.changes", "roster_changes-2", lambda rows: []),
    ("roster.changes", "roster_changes-2", cell(0, 3, "")),
    ("roster.drawn", "roster_json", row(0, inspector_id="F-9")),
    ("roster.drawn", "roster_json", row(0, candidates=9)),
    ("roster.drawn", "roster_json", lambda rows: rows[:-1]),
    ("roster.drawn", "roster_json-2", lambda rows: [*rows, rows[0]]),
    ("roster.sent_back", "sent_back", lambda rows: [{"out": [], "visit_id": "A00~1"}]),
    (
        "fields.value",
        "sent_back",
        lambda rows: [{"out": [{"inspector_id": "F-1", "why": "no time"}], "visit_id": "A00~1"}],
    ),
    ("fields.value", "roster_json", row(0, place="1")),
    ("roster.without", "files", more(f"{AUD}/calendar-4.csv", b"")),
    ("roster.without", "files", more(f"{AUD}/roster-3.json", b"[]")),
    (
        "supplement.visit",
        "supplement",
        lambda rows: [[visit(rows)[:-1] + "2", *one[1:]] if one[0] == visit(rows) else one for one in rows],
    ),
    ("change.no", "changes", row(1, no=3)),
    ("change.time", "changes", row(1, at="2026-12-02T09:29:59+08:00")),
    ("change.persons", "changes", row(1, by="chief-2")),
    ("change.half_days", "changes", row(0, half_days=[])),
    ("change.half_days", "changes", row(0, half_days=[f"{TUE}T1", f"{MON}T1"])),
    ("change.half_days", "changes", row(0, half_days=[f"{TUE}T1", f"{TUE}T1"])),
    ("change.place", "changes", row(0, office="F1")),
    ("change.place", "changes", row(1, office=None)),
    ("change.leave", "changes", row(0, inspector_id=None)),
    ("change.leave_out", "changes", row(0, out="F-1")),
    ("change.leave_unknown", "changes", row(0, inspector_id="F-9")),
    (
        "change.cancelled",
        "changes",
        lambda rows: [one | {"inspector_id": "F-1"} if one["kind"] == "cancelled" else one for one in rows],
    ),
    ("change.visit", "changes", row(1, visit_id="X00~1")),
    ("change.no_place", "changes", row(1, place=7)),
    ("change.out", "changes", row(1, out="F-9")),
    ("change.half_days_other", "changes", row(1, half_days=[f"{TUE}T1"])),
    ("change.inspector", "changes", row(1, inspector_id="F-9")),
    ("change.inspector", "changes", row(1, inspector_id=None)),
    (
        "change.whole_team",
        "changes",
        lambda rows: [one | {"no": k} for k, one in enumerate([*rows[:2], *rows[3:]], 1)] if rows[2:] else None,
    ),
    ("change.together", "changes", lambda rows: [*rows[:-1], rows[-1] | {"at": "2026-12-07T12:00:01+08:00"}]),
    (
        "change.together",
        "changes",
        lambda rows: [*rows[:3], rows[3] | {"ground": "another"}, *rows[4:]] if rows[3:] else None,
    ),
]


@pytest.mark.parametrize(("condition", "record", "edit"), CASES, ids=[f"{c[0]}-{k}" for k, c in enumerate(CASES)])
def test_a_forged_second_draw_is_named(condition: str, record: str, edit: Edit, differs: Any) -> None:
    """Calendar, roster, lottery and changes are made again after the change; the condition itself names it."""
    if record == "changes":  # the list is forged at its end, as its entries in the log
        last = []

        def at_end(rows: list[Any]) -> Any:
            last[:] = [rows]
            return None

        def forge(files: dict[str, bytes]) -> dict[str, bytes]:
            from forge import text

            return files | {f"{AUD}/changes.json": text(edit(last[0]) or last[0])}

        assert differs({"changes": at_end, "files": forge}) == condition
        return
    assert (
        differs(
            {record: edit},
            course=lambda one: short(one) if record != "supplement" and not record.endswith("-2") else one.whole(),
        )
        == condition
    )


def test_a_place_begins_at_noon_or_midnight() -> None:
    """A source at noon leaves the afternoon, one second later leaves nothing of that day."""

    def allowed(half: str, at: str) -> bool:
        place = v.Place(visit="A~1", office="F1", number=1, halves=(half,), items=frozenset())
        try:
            v.check_begins([place], {"sources": [{"at": f"2026-12-07T{at}+08:00"}]}, "calendar.csv")
        except v.Difference as difference:
            return difference.name != "calendar.too_early"
        return True

    assert [allowed(f"{MON}T{n}", at) for n in "12" for at in ("00:00:00", "00:00:01", "12:00:00", "12:00:01")] == [
        *(True, False, False, False),
        *(True, True, True, False),
    ]


def sparse(one: Full) -> Full:
    """Carry a round to a first draw that sends a visit back: both of its market places find one person on duty."""
    people = [[*person] for person in PEOPLE]
    for person in people[6:9]:
        person[6] = " ".join(f"2026-12-{day:02}T{half}" for day in (7, 8, 9) for half in "12")
    one.commit().draw()
    return one.second("2026-11-30T09:00:00", "2026-12-01", one.plan(), people).match("2026-12-01T21:30:00")


def test_visits_sent_back_enter_a_supplement(differs: Any, forged: Any) -> None:
    """What the first draw could not fill is drawn again in a supplement, with its own visit_id, and nothing else is."""

    def course(one: Full) -> Full:
        sparse(one)
        assert one.back
        return one.supplement("2026-12-02T14:00:00", "2026-12-04").match("2026-12-04T21:30:00")

    report = forged({}, course=course)
    assert report.code == 0, report.lines("en")[-1]
    assert [en for _, en in report.checked if "sent back" in en and " 0 visits" not in en]
    assert differs({"sent_back": lambda rows: []}, course=course) == "roster.sent_back"
    held = lambda rows: [[visit(rows)[:-1] + "7", *one[1:]] if one[0] == visit(rows) else one for one in rows]  # noqa: E731
    assert differs({"supplement": held}, course=course) == "supplement.visit"


def test_a_calendar_may_wait_for_its_commitment(forged: Any) -> None:
    """A planned calendar is checked for its form, and the report says that it is not committed."""

    def course(one: Full) -> Full:
        one.commit().draw()
        rows = one.plan()
        one.files[f"{AUD}/calendar.csv"] = "".join(
            f"{','.join(cells)}\n" for cells in [["visit_id", "office", "place", "half_days", "items"], *sorted(rows)]
        ).encode()
        one.log("plan", "alice", "2026-11-30T08:00:00+08:00", [f"{AUD}/calendar.csv"])
        return one

    report = forged({}, course=course)
    assert report.code == 0
    assert ("2026-12 calendar.csv 尚未承诺", "2026-12 calendar.csv is not committed yet") in report.remarks


def test_rosters_differ_by_column_and_person(differs: Any) -> None:
    """One new, one gone, one changed in two columns: four rows, compared with the roster before."""

    def course(one: Full) -> Full:
        people = [[*person] for person in PEOPLE if person[0] != "M-3"]
        people[0][4:6] = ["*", "1"]
        people = [*people, ["N-0", "M1", "2026-01-01", "2027-12-31", "market", "2", ""]]
        one.commit().draw()
        one.second("2026-11-30T09:00:00", "2026-12-01", one.plan(), people)
        rows = [line.split(",")[:4] for line in one.files[f"{AUD}/roster_changes.csv"].decode().splitlines()[1:]]
        assert rows == [
            ["F-0", "daily_limit", "2", "1"],
            ["F-0", "scopes", "fire-a", "*"],
            ["M-3", "inspector_id", "M-3", ""],
            ["N-0", "inspector_id", "", "N-0"],
        ]
        return one.match("2026-12-01T21:30:00")

    assert differs({}, course=course) == "exit 0"


def test_a_step_in_with_a_visit_gets_none(differs: Any) -> None:
    """A unit that stepped in and is visited already for another task enters no supplement."""
    market = {f"A{k:02}": 1 for k in range(12)}

    def course(*, fresh: bool) -> Any:
        def run(one: Full) -> Full:
            short(one)
            for key, out in (("A", 0), ("A", 1), ("A", 2), ("D", 0)):
                one.stepin("fire", one.stratum(key), out, "2026-12-02T09:00:00")
            visited = {key[0][:-2] for key in one.course.places}
            stepped = [step["in"] for step in one.stepins if (step["in"] not in visited) == fresh]
            rows = [[f"{stepped[0]}~1", "F1", place, "2026-12-14T1", "fire-a"] for place in "12"]
            return one.second("2026-12-02T14:00:00", "2026-12-04", rows).match("2026-12-04T21:30:00")

        return run

    options = {"strata": STRATA | {"market": {"ABC": (9, 2, market)}}}
    assert differs({}, course=course(fresh=True), **options) == "exit 0"
    assert differs({}, course=course(fresh=False), **options) == "supplement.visit"


def test_a_step_in_after_the_commitment_enters_no_supplement(differs: Any) -> None:
    """What is known at its committed_at enters a supplement, at the very second too."""

    def course(at: str) -> Any:
        def run(one: Full) -> Full:
            short(one).stepin("fire", one.stratum("D"), 0, at)
            return one.supplement("2026-12-02T14:00:00", "2026-12-04").match("2026-12-04T21:30:00")

        return run

    assert differs({}, course=course("2026-12-02T14:00:00")) == "exit 0"
    assert differs({}, course=course("2026-12-02T14:00:01")) == "calendar.not_drawn"
