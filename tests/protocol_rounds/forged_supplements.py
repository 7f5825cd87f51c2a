"""补充抽取 (7): forged supplements: how many, which visits, what precedes them."""

from typing import Any

from second_reader.encoding import later

from protocol_rounds import afterwards as after
from protocol_rounds import chains
from protocol_rounds.bureau import Tap
from protocol_rounds.cases import Case, changing, forged, setting
from protocol_rounds.lotteries import dlt, ssq
from protocol_rounds.round import Round
from protocol_rounds.scenarios import DAYS, END, LATER_MATCH, LATER_ROSTER, MATCH, eventful, matched, rehearsed


def on_second(name: str, tap: str, change: Any, says: Any) -> Case:
    """Return a case with a tap on the supplement of an eventful round."""
    return forged(name, says, eventful, {tap: changing(change)})


def supplements() -> list[Case]:
    """Supplements: how many, which visits, what precedes them."""

    def held_again(rows: list[dict], one: Round) -> None:
        free = [place.visit_id for place in one.seconds[0]["places"] if place.visit_id not in one.book.sent_back]
        rows += one.seats(min(free), ["fire-01"], "2026-12-11", 2)

    def next_ordinal(rows: list[dict], one: Round) -> None:
        back = min(one.book.sent_back)
        for row in rows:
            if row["visit_id"] == back:
                row["visit_id"] = back[:-1] + "2"

    def stepin_two(rows: list[dict], one: Round) -> None:
        for row in rows:
            if row["visit_id"] not in one.book.sent_back:
                row["visit_id"] = row["visit_id"][:-1] + "2"

    def reserve(rows: list[dict], one: Round) -> None:
        stratum = one.stepins[-1]["stratum"]
        other = next(name for name in one.lists["fire-01"].reserve if name != stratum)
        rows += one.seats(f"{one.lists['fire-01'].reserve[other][0]}~1", ["fire-01"], "2026-12-11", 1)

    def early(rows: list[dict], one: Round) -> None:
        for row in rows:
            row["half_days"] = [f"2026-12-04{half[10:]}" for half in row["half_days"]]

    cal = "calendar-2.csv"
    commit = "roster_commitment-2.json"
    soon = setting("2026-12-01T20:00:00+08:00", "committed_at")
    reused = setting(dlt("2026-12-05T21:25:00+08:00", "26136") + ssq("2026-12-06T21:15:00+08:00", "2026140"), "sources")
    return [
        forged("a third supplement", ("calendar-4", "roster_commitment-4", "supplement"), third, {}),
        on_second("a visit held already, in a supplement", "calendar-2", held_again, cal),
        on_second("a visit sent back under the next number", "calendar-2", next_ordinal, cal),
        on_second("a step-in unit under number 2", "calendar-2", stepin_two, cal),
        on_second("a reserve unit that has not stepped in", "calendar-2", reserve, cal),
        forged("a supplement before its draw", cal, supplemented, {"calendar-2": changing(early)}),
        forged("a supplement committed before the roster draw", commit, eventful, {"roster_commitment-2": soon}),
        forged("a supplement that uses an issue again", commit, eventful, {"roster_commitment-2": reused}),
        forged("a supplement with number 3", commit, eventful, {"roster_commitment-2": setting(3, "number")}),
        on_second(
            "a supplement's roster with somebody twice",
            "roster-2",
            lambda r, _: r.append(r[0] | {"office": "O1"}),
            "roster-2.csv",
        ),
        on_second(
            "a supplement's differences kept back", "roster_changes-2", lambda r, _: r.clear(), "roster_changes-2.csv"
        ),
        on_second(
            "another in the supplement", "assignment-2", lambda r, _: r[0].update(inspector_id="F1-9"), "roster-2.json"
        ),
        forged("a cancelled visit in a supplement", cal, cancelled_again, {}),
        forged("a rehearsal with a step-in in a supplement", (cal, "stepins"), rehearsed_step_in, {}),
        forged("a unit in a supplement that steps in later", cal, steps_in_later, {}),
        forged("a substitute while a supplement waits for its draw", ("changes.json", "roster-2.json"), waiting, {}),
        forged("a step-in and a visit kept under two calendars", cal, both_calendars, {}),
    ]


def third(taps: dict[str, Tap] | None) -> Any:
    """Return a round with three supplements."""
    return chains.supplements(taps, 3)


def waiting(taps: dict[str, Tap] | None, change: bool = True) -> Round:
    """Return a round with a substitute between a supplement's commitment and its draw."""
    one = matched(taps)
    new = after.step_in(one, "2026-12-02T08:00:00+08:00", "fire-01", one.lists["fire-01"].drawn[0])
    sources = dlt("2026-12-05T21:25:00+08:00", "9") + ssq("2026-12-06T21:15:00+08:00", "9")
    one.commit_roster(LATER_ROSTER, sources, one.seats(f"{new}~1", ["fire-01"], "2026-12-10", 1))
    after.anchor(one, later(LATER_ROSTER, hours=1), "supervisor", "roster_commitment")
    if change:
        hold = max(one.book.held.values(), key=lambda h: h.place.key)
        after.leave(one, "2026-12-04T08:00:00+08:00", hold.inspector_id or "", list(hold.place.half_days))
        after.substitute(one, "2026-12-04T08:10:00+08:00", *hold.place.key)
    one.match(LATER_MATCH)
    after.publish(one, END, "results added")
    return one


def cancelled_again(taps: dict[str, Tap] | None) -> Round:
    """Return a round whose supplement holds a visit that was cancelled."""
    one = matched(taps)
    visit = max(hold.place.visit_id for hold in one.book.held.values() if hold.place.office == "O1")
    after.cancel(one, "2026-12-02T08:00:00+08:00", visit)
    sources = dlt("2026-12-05T21:25:00+08:00", "9") + ssq("2026-12-06T21:15:00+08:00", "9")
    one.commit_roster(LATER_ROSTER, sources, one.seats(visit, ["open-02"], "2026-12-10", 1))
    after.anchor(one, later(LATER_ROSTER, hours=1), "supervisor", "roster_commitment")
    one.match(LATER_MATCH)
    after.publish(one, END, "results added")
    return one


def rehearsed_step_in(taps: dict[str, Tap] | None) -> Round:
    """Return a rehearsal with a supplement for a unit that stepped in."""
    one = rehearsed(taps)
    new = after.step_in(one, later(END, hours=1), "fire-01", one.lists["fire-01"].drawn[0])
    sources = dlt(MATCH, "7") + ssq(MATCH, "7")
    one.commit_roster(later(END, hours=2), sources, one.seats(f"{new}~1", ["fire-01"], DAYS[6], 1))
    one.match(later(END, hours=3))
    after.publish(one, later(END, hours=4), "a supplement")
    return one


def steps_in_later(taps: dict[str, Tap] | None) -> Round:
    """Return a round whose supplement holds a unit that steps in only afterwards."""
    one = matched(taps)
    lists, out = one.lists["fire-01"], one.lists["fire-01"].drawn[0]
    new = lists.reserve[after.stratum_of(one, "fire-01", out)][0]
    sources = dlt("2026-12-05T21:25:00+08:00", "9") + ssq("2026-12-06T21:15:00+08:00", "9")
    one.commit_roster(LATER_ROSTER, sources, one.seats(f"{new}~1", ["fire-01"], "2026-12-10", 1))
    after.anchor(one, later(LATER_ROSTER, hours=1), "supervisor", "roster_commitment")
    one.match(LATER_MATCH)
    after.step_in(one, "2026-12-08T08:00:00+08:00", "fire-01", out)
    after.publish(one, END, "results added")
    return one


def supplemented(taps: dict[str, Tap] | None) -> Round:
    """Return a round with one supplement and nothing while it waits."""
    return waiting(taps, change=False)


def both_calendars(taps: dict[str, Tap] | None) -> Round:
    """Return a round in which a unit that has a visit steps in and gets a second one."""
    one = matched(taps)
    plan = next(plan for plan in one.plans if plan.task_id == "fire-01")
    visited = {place.unit_id for place in one.seconds[0]["places"]}
    new = after.step_in(one, "2026-12-02T08:00:00+08:00", plan.task_id, one.lists["fire-01"].drawn[0])
    again = new if new in visited else min(visited)
    rows = one.seats(f"{again}~1", ["fire-01"], "2026-12-10", 1)
    one.commit_roster(LATER_ROSTER, dlt("2026-12-05T21:25:00+08:00", "9") + ssq("2026-12-06T21:15:00+08:00", "9"), rows)
    after.anchor(one, later(LATER_ROSTER, hours=1), "supervisor", "roster_commitment")
    one.match(LATER_MATCH)
    after.publish(one, END, "results added")
    return one


def cases() -> list[Case]:
    """Return all cases about supplements."""
    return supplements()
