"""变更 (7): forged leave, substitutes, moves and cancelled visits, all that follows made again."""

import json
from collections.abc import Callable
from typing import Any

from second_reader.assignment import Holding
from second_reader.encoding import later, to_json

from protocol_rounds import afterwards as after
from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, dropping, forged, honest, rehashed, setting
from protocol_rounds.round import Round
from protocol_rounds.scenarios import DAYS, END, drawn, matched

CHANGES = "changes.json"
AT = "2026-12-02T08:00:00+08:00"


def holding(one: Round, office: str, halves: int = 1) -> Holding:
    """Return the first place of an office with that many half-days."""
    seats = [hold for hold in one.book.held.values() if hold.place.office == office]
    return min((hold for hold in seats if len(hold.place.half_days) == halves), key=lambda hold: hold.place.key)


def several(one: Round, office: str) -> Holding:
    """Return the first place of an office that at least two others could take."""
    for hold in sorted(one.book.held.values(), key=lambda hold: hold.place.key):
        if hold.place.office == office and len(one.book.rules(hold.seed).eligible(hold.place, set())) > 1:
            return hold
    return holding(one, office)


def changed(taps: dict[str, Tap] | None = None, more: Callable[[Round], Any] | None = None) -> Round:
    """Return a round with leave (1), a substitute (2), a move (3, 4) and a cancelled visit (5, 6 …)."""
    one = matched(taps)
    hold = several(one, "F1")
    after.leave(one, AT, hold.inspector_id or "", list(hold.place.half_days))
    after.substitute(one, later(AT, minutes=10), *hold.place.key)
    after.move(one, later(AT, minutes=20), holding(one, "O1").place.visit_id, f"{DAYS[6]}T1")
    seats = [hold for hold in one.book.held.values() if hold.place.office == "M1"]
    visit = max(hold.place.visit_id for hold in seats if hold.place.visit_id.startswith("food"))
    after.cancel(one, later(AT, minutes=30), visit)
    if more:
        more(one)
    after.publish(one, END, "results added")
    return one


def row(name: str, number: int, **values: Any) -> Case:
    """Return a case with fields of one row set."""
    return forged(name, CHANGES, changed, {f"change:{number}": lambda entry, _: entry | values})


def another(entry: dict, one: Round) -> dict:
    """Return the row with another of the eligible."""
    key = (entry["visit_id"], entry["office"], entry["place"])
    hold = one.book.held[key]
    names = one.book.rules(hold.seed).eligible(hold.place, set())
    return entry | {"inspector_id": next(name for name in names if name not in (hold.inspector_id, entry["out"]))}


def rows_of(change: Callable[[list[dict]], Any]) -> Callable[[Any], None]:
    """Return an edit of the finished changes.json."""

    def edit(files: Any) -> None:
        path = f"audit/2026-12/{CHANGES}"
        rows = json.loads(files[path])
        change(rows)
        files[path] = to_json(rows)

    return edit


def numbered(change: Callable[[list[dict]], Any]) -> Callable[[list[dict]], None]:
    """Return a change after which rows are numbered again."""

    def both(rows: list[dict]) -> None:
        change(rows)
        for number, one in enumerate(rows, 1):
            one["no"] = number

    return both


def edits() -> list[Case]:
    """Rows left out, in another order, or of another form."""

    def edit(name: str, change: Callable[[list[dict]], Any]) -> Case:
        return rehashed(name, (CHANGES, "log.jsonl"), changed, rows_of(numbered(change)))

    return [
        edit("one row of a moved visit left out", lambda rows: rows.__delitem__(3)),
        edit("one row of a cancelled visit left out", lambda rows: rows.pop() and None),
        edit("a leave left out", lambda rows: rows.__delitem__(0)),
        edit("a substitute left out", lambda rows: rows.__delitem__(1)),
        edit("rows of a moved visit swapped", lambda rows: rows.insert(2, rows.pop(3))),
        edit("rows of a visit not together", lambda rows: rows.insert(5, rows.pop(2))),
        edit("a change twice", lambda rows: rows.insert(1, dict(rows[1]))),
        rehashed(
            "changes numbered from 0", CHANGES, changed, rows_of(lambda rows: [r.update(no=r["no"] - 1) for r in rows])
        ),
        rehashed("a number left out", CHANGES, changed, rows_of(lambda rows: rows[-1].update(no=99))),
        rehashed("no changes.json", CHANGES, changed, lambda files: files.pop(f"audit/2026-12/{CHANGES}") and None),
        rehashed("changes in an object", CHANGES, changed, lambda f: f.update({f"audit/2026-12/{CHANGES}": b"{}"})),
    ]


def rows() -> list[Case]:
    """Fields of rows that the rules do not give."""
    moved = f"{DAYS[6]}T2"
    return [
        forged("another of the eligible substituted", CHANGES, changed, {"change:2": another}),
        forged(
            "the holder substituted for himself",
            CHANGES,
            changed,
            {"change:2": lambda e, _: e | {"inspector_id": e["out"]}},
        ),
        row("nobody substituted although somebody is eligible", 2, inspector_id=None),
        row("somebody of another office substituted", 2, inspector_id="M1-3"),
        row("somebody who is not in the roster substituted", 2, inspector_id="ghost"),
        row("nobody as the holder", 2, out=None),
        row("the holder of another place", 2, place=2),
        row("a place that is none", 2, place=7),
        row("a visit that is none", 2, visit_id="shop.99~1"),
        row("other half-days of the place", 2, half_days=[f"{DAYS[6]}T1"]),
        row("a change reviewed by the same person", 2, reviewed_by="desk-1"),
        row("leave reviewed by the same person", 1, reviewed_by="desk-1"),
        row("leave of nobody", 1, inspector_id=None),
        row("leave with a visit", 1, visit_id="shop.01~1"),
        row("leave with an office", 1, office="F1"),
        row("leave without half-days", 1, half_days=[]),
        row("leave at half-days not sorted", 1, half_days=[f"{DAYS[1]}T1", f"{DAYS[0]}T1"]),
        row("leave at a text", 1, half_days=f"{DAYS[0]}T1"),
        row("leave at a half-day twice", 1, half_days=[f"{DAYS[0]}T1", f"{DAYS[0]}T1"]),
        row("a kind that is none", 2, kind="swapped"),
        row("a field more in a change", 2, note="x"),
        forged("no evidence field", CHANGES, changed, {"change:2": dropping("evidence")}),
        row("evidence of a change that is no digest", 2, evidence="letter"),
        row("a change at no time", 2, at="2026-12-02 08:10"),
        row("a change by nobody", 2, by=""),
        row("a place as a text in a change", 2, place="1"),
        row("one place of a visit moved elsewhere", 4, half_days=[moved]),
        row("a moved visit sent back in one row", 4, inspector_id=None),
        row("a cancelled visit that somebody holds", 5, inspector_id="M1-2"),
        row("a cancelled visit at other half-days", 5, half_days=[f"{DAYS[6]}T1"]),
        forged(
            "a substitute before the roster draw",
            (CHANGES, "log.jsonl"),
            changed,
            {"change:2": setting("2026-12-01T20:00:00+08:00", "at")},
        ),
    ]


def again(one: Round) -> None:
    """Move the moved visit a second time."""
    after.move(one, later(AT, hours=1), holding(one, "O1").place.visit_id, f"{DAYS[6]}T2")


def before_draw(one: Round) -> None:
    """Move a visit to a half-day before the last source of its draw."""
    visits = {hold.place.visit_id for hold in one.book.held.values() if hold.place.office == "M1"}
    after.move(one, later(AT, hours=1), min(visits), "2026-12-01T1")


def after_cancelling(one: Round) -> None:
    """Move a visit that has been cancelled, as if it were still there."""
    gone = one.changes[-1]
    fields = {"half_days": gone["half_days"], "inspector_id": "M1-1", "kind": "substituted", "office": gone["office"]}
    after.add_changes(
        one, later(AT, hours=1), [fields | {"out": gone["out"], "place": gone["place"], "visit_id": gone["visit_id"]}]
    )


def clashing(taps: dict[str, Tap] | None = None, mine: Callable[[Round], Any] | None = None) -> Round:
    """Return a round in which a visit is moved to a half-day at which its whole team is on leave."""
    one = matched(taps)
    visit = holding(one, "O1").place.visit_id
    team = [hold.inspector_id or "" for hold in one.book.seats(visit)]
    target = f"{DAYS[6]}T1"
    for number, name in enumerate(team):
        after.leave(one, later(AT, minutes=number), name, [target])
    if mine:
        mine(one)
    else:
        after.move(one, later(AT, hours=1), visit, target)
    after.publish(one, END, "results added")
    return one


def keeps_its_team(one: Round) -> None:
    """Move the visit and substitute everybody instead of sending it back."""
    visit = holding(one, "O1").place.visit_id
    before = one.book.seats(visit)
    names = [f"O1-{n}" for n in range(5) if f"O1-{n}" not in [hold.inspector_id for hold in before]]
    rows_ = []
    for hold, name in zip(before, names, strict=False):
        row_ = {"half_days": [f"{DAYS[6]}T1"], "inspector_id": name, "kind": "moved", "office": "O1"}
        rows_.append(row_ | {"out": hold.inspector_id, "place": hold.place.number, "visit_id": visit})
    after.add_changes(one, later(AT, hours=1), rows_)


def stays(one: Round) -> None:
    """Move a visit whose team is on leave without changing anybody."""
    visit = holding(one, "O1").place.visit_id
    rows_ = []
    for hold in one.book.seats(visit):
        row_ = {"half_days": [f"{DAYS[6]}T1"], "inspector_id": hold.inspector_id, "kind": "moved", "office": "O1"}
        rows_.append(row_ | {"out": hold.inspector_id, "place": hold.place.number, "visit_id": visit})
    after.add_changes(one, later(AT, hours=1), rows_)


def sent_back_freely(one: Round) -> None:
    """Send a visit back that could be moved with its team."""
    visit = max(hold.place.visit_id for hold in one.book.held.values() if hold.place.office == "O1")
    rows_ = []
    for hold in one.book.seats(visit):
        row_ = {"half_days": [f"{DAYS[6]}T2"], "inspector_id": None, "kind": "moved", "office": hold.place.office}
        rows_.append(row_ | {"out": hold.inspector_id, "place": hold.place.number, "visit_id": visit})
    after.add_changes(one, later(AT, hours=1), rows_)


def halved(taps: dict[str, Tap] | None = None) -> Round:
    """Return a round in which a whole-day place is moved to a half-day."""
    one = matched(taps)
    whole = next(hold for hold in one.book.held.values() if len(hold.place.half_days) == 2)
    rows_ = []
    for hold in one.book.seats(whole.place.visit_id):
        row_ = {"half_days": [f"{DAYS[6]}T1"], "inspector_id": hold.inspector_id, "kind": "moved"}
        seat = {"office": hold.place.office, "out": hold.inspector_id, "place": hold.place.number}
        rows_.append(row_ | seat | {"visit_id": hold.place.visit_id})
    after.add_changes(one, AT, rows_)
    after.publish(one, END, "results added")
    return one


def too_early(taps: dict[str, Tap] | None = None) -> Round:
    """Return a round with a substitute before there is a roster draw."""
    one = drawn(taps)
    visit = {"office": "F1", "out": "F1-1", "place": 1, "visit_id": f"{one.lists['fire-01'].drawn[0]}~1"}
    fields = {"half_days": [f"{DAYS[0]}T1"], "inspector_id": "F1-2", "kind": "substituted"}
    after.add_changes(one, "2026-11-30T10:00:00+08:00", [fields | visit])
    after.publish(one, END, "results added")
    return one


def on_leave(one: Round) -> None:
    """Substitute a holder by the one who would have come, had no leave been entered before."""
    hold = several(one, "M1")
    names = [name for name in one.book.rules(hold.seed).eligible(hold.place, set()) if name != hold.inspector_id]
    taker = one.book.rules(hold.seed).choose(hold.place, names, hold.seed)
    after.leave(one, later(AT, hours=1), taker, list(hold.place.half_days))
    visit_id, office, place = hold.place.key
    seat = {"office": office, "out": hold.inspector_id, "place": place, "visit_id": visit_id}
    fields = {"half_days": list(hold.place.half_days), "inspector_id": taker, "kind": "substituted"}
    after.add_changes(one, later(AT, hours=2), [fields | seat])


def moves() -> list[Case]:
    """Visits moved, cancelled and sent back against the rules, and as the rules say."""
    return [
        honest("leave, a substitute, a move and a cancelled visit", changed),
        honest("a moved visit sent back because its whole team is replaced", clashing),
        forged("a visit moved twice", CHANGES, lambda taps: changed(taps, again), {}),
        forged("a place of a cancelled visit substituted", CHANGES, lambda taps: changed(taps, after_cancelling), {}),
        forged("a whole team replaced in a move", CHANGES, lambda taps: clashing(taps, keeps_its_team), {}),
        forged("a move by which people on leave stay", CHANGES, lambda taps: clashing(taps, stays), {}),
        forged("a visit sent back that could be moved", CHANGES, lambda taps: changed(taps, sent_back_freely), {}),
        forged("a visit moved to before its draw", CHANGES, lambda taps: changed(taps, before_draw), {}),
        forged("a whole-day place moved to a half-day", CHANGES, halved, {}),
        forged("somebody on leave substituted", CHANGES, lambda taps: changed(taps, on_leave), {}),
        forged("changes before any roster draw", CHANGES, too_early, {}),
    ]


def cases() -> list[Case]:
    """Return all cases about changes."""
    return [*rows(), *edits(), *moves()]
