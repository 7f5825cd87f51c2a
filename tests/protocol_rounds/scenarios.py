"""诚实的轮次 (honest rounds): whole stories from the import to the last publication."""

from dataclasses import replace

from second_reader.encoding import later, to_json

from protocol_rounds import afterwards as after
from protocol_rounds.bureau import REGISTERS, RULES, Bureau, Tap
from protocol_rounds.lotteries import dlt, pl5, ssq
from protocol_rounds.round import Round
from protocol_rounds.worlds import FIRE, OPEN, PLANS, SMALL, Plan

DAYS = ["2026-12-03", "2026-12-04", "2026-12-07", "2026-12-08", "2026-12-09", "2026-12-10", "2026-12-11"]
FIRST = dlt("2026-11-28T21:25:00+08:00", "26136") + ssq("2026-11-29T21:15:00+08:00", "2026138")
SECOND = pl5("2026-12-01T21:25:00+08:00", "26320") + ssq("2026-12-01T21:25:00+08:00", "2026139")
THIRD = dlt("2026-12-05T21:25:00+08:00", "26138") + ssq("2026-12-06T21:15:00+08:00", "2026140")
FOURTH = dlt("2026-12-12T21:25:00+08:00", "26141") + ssq("2026-12-13T21:15:00+08:00", "2026143")
COMMIT, DRAW = "2026-11-25T09:00:00+08:00", "2026-11-29T21:30:00+08:00"
ROSTER, MATCH = "2026-11-30T09:00:00+08:00", "2026-12-01T21:40:00+08:00"
LATER_ROSTER, LATER_MATCH = "2026-12-02T14:00:00+08:00", "2026-12-06T21:30:00+08:00"
END = "2026-12-31T17:00:00+08:00"


def start(bureau: Bureau, round_id: str, at: str) -> None:
    """Log the import of registers and rules of a round."""
    paths = [bureau.put(f"audit/{round_id}/registers.json", to_json(REGISTERS))]
    paths.append(bureau.put(f"audit/{round_id}/rules.json", to_json(RULES)))
    bureau.log(at, "import", "registrar", paths)


def committed(
    taps: dict[str, Tap] | None = None,
    plans: tuple[Plan, ...] = PLANS,
    digest: str = "sha256",
    anchored: tuple[str, ...] = ("notice", "supervisor"),
    chained: int = 6,
    sources: list[dict] = FIRST,
) -> Round:
    """Return a real round with its first commitment, anchored and published."""
    bureau = Bureau(taps, chained=chained)
    start(bureau, "2026-12", "2026-11-24T18:00:00+08:00")
    one = Round(bureau, "2026-12", digest)
    one.commit(COMMIT, plans, sources, "2026-11-24")
    for minutes, kind in enumerate(anchored, 1):
        after.anchor(one, later(COMMIT, minutes=20 * minutes), kind)
    after.publish(one, later(COMMIT, hours=2))
    return one


def drawn(taps: dict[str, Tap] | None = None, plans: tuple[Plan, ...] = PLANS, **given) -> Round:
    """Return a real round after its first draw."""
    one = committed(taps, plans, **given)
    one.draw(DRAW)
    return one


def first_recusals(one: Round) -> list[dict]:
    """Return recusals: one inspector of the fire office from its first unit; too many of the open office."""
    unit_id = next(iter(one.lists.values())).drawn[0]
    rows = [{"inspector_id": "F1-1", "unit_id": unit_id, "ground": "relative"}]
    if OPEN.task_id in one.lists:
        unit_id = one.lists[OPEN.task_id].drawn[0]
        rows += [{"inspector_id": f"O1-{n}", "unit_id": unit_id, "ground": "亲属"} for n in range(1, 5)]
    return rows


def absent(one: Round, inspector_id: str, half_day: str) -> list[dict]:
    """Return the roster so far with one more half-day of absence."""
    rows = []
    for row in one.people or one.roster0:
        if row["inspector_id"] == inspector_id:
            row = row | {"absent": " ".join(sorted([*row["absent"].split(), half_day]))}
        rows.append(row)
    return rows


def matched(
    taps: dict[str, Tap] | None = None, plans: tuple[Plan, ...] = PLANS, recused: bool = False, **given
) -> Round:
    """Return a real round after its roster draw; recused sends one visit of the open task back."""
    one = drawn(taps, plans, **given)
    recusals = first_recusals(one)
    if not recused:
        recusals = recusals[:1]
    rosters = absent(one, "F1-2", f"{DAYS[0]}T1")
    unheld = one.unheld_rows(one.units_to_visit())
    one.commit_roster(ROSTER, SECOND, one.calendar(DAYS), roster=rosters, recusals=recusals, unheld=unheld)
    if given.get("anchored", True):
        after.anchor(one, later(ROSTER, minutes=30), "newspaper", "roster_commitment")
    one.match(MATCH)
    return one


def plain(taps: dict[str, Tap] | None = None, plans: tuple[Plan, ...] = PLANS, **given) -> Round:
    """Return a finished real round without step-ins or changes."""
    one = matched(taps, plans, **given)
    after.publish(one, END, "results added")
    return one


def eventful(taps: dict[str, Tap] | None = None, digest: str = "sha256") -> Round:
    """Return a finished real round with step-ins, leave, substitutes, moves, a supplement, a cancelled visit."""
    one = matched(taps, PLANS, recused=True, digest=digest)
    fire = one.lists["fire-01"]
    closed = next(u for u in fire.drawn if u.startswith("shop"))
    first = after.step_in(one, "2026-12-02T08:00:00+08:00", "fire-01", closed)
    second = after.step_in(one, "2026-12-02T08:10:00+08:00", "fire-01", first or "")
    seats = [hold for hold in one.book.held.values() if hold.place.office == "F1"]
    gone = max(seats, key=lambda hold: (hold.place.day, hold.place.key))
    after.leave(one, "2026-12-02T09:00:00+08:00", gone.inspector_id or "", list(gone.place.half_days))
    after.substitute(one, "2026-12-02T09:10:00+08:00", *gone.place.key)
    wanted = [h.place.visit_id for h in one.book.held.values() if h.place.office == "M1"]
    after.move(one, "2026-12-02T09:20:00+08:00", min(wanted), f"{DAYS[6]}T1")
    back = sorted(one.book.sent_back)
    rows = []
    for number, visit_id in enumerate(back):
        unit_id = visit_id.rpartition("~")[0]
        tasks = [name for name, lists in one.lists.items() if unit_id in lists.drawn]
        rows += one.seats(visit_id, tasks, "2026-12-09", 1 + number % 2)
    rows += one.seats(f"{second}~1", ["fire-01"], "2026-12-10", 1)
    people = [row | {"until": "2026-12-31"} if row["inspector_id"] == "M1-4" else row for row in one.people]
    one.people, before = people, one.people
    people = absent(one, gone.inspector_id or "", gone.place.half_days[0])
    new = next(row for row in people if row["inspector_id"] == "F1-5") | {"inspector_id": "F1-8", "absent": ""}
    one.people = before
    rosters = [*[row for row in people if row["inspector_id"] != "M1-3"], new]
    barred = [row for row in first_recusals(one) if row["inspector_id"] in ("F1-1", "O1-4")]
    one.commit_roster(LATER_ROSTER, THIRD, rows, roster=rosters, recusals=barred)
    after.anchor(one, later(LATER_ROSTER, minutes=40), "supervisor", "roster_commitment")
    one.match(LATER_MATCH)
    ill = next(h for h in sorted(one.book.held.values(), key=lambda h: h.place.key) if h.place.day == "2026-12-10")
    after.leave(one, "2026-12-09T08:00:00+08:00", ill.inspector_id or "", ["2026-12-10T1", "2026-12-10T2"])
    after.substitute(one, "2026-12-09T08:10:00+08:00", *ill.place.key)
    after.cancel(one, "2026-12-09T09:00:00+08:00", f"{second}~1")
    one.bureau.log("2026-12-20T09:00:00+08:00", "record", "i-07", [])
    one.bureau.log("2026-12-21T09:00:00+08:00", "review", "chief-2", [])
    after.publish(one, END, "results added")
    return one


def rehearsed(taps: dict[str, Tap] | None = None, plans: tuple[Plan, ...] = PLANS, digest: str = "sha256") -> Round:
    """Return a finished rehearsal: sources may lie before its commitment."""
    bureau = Bureau(taps)
    start(bureau, "2026-12", "2026-11-24T18:00:00+08:00")
    one = Round(bureau, "2026-12", digest, rehearsal=True)
    one.commit(COMMIT, plans, FIRST, "2026-11-24")
    one.draw(DRAW)
    unheld = one.unheld_rows(one.units_to_visit())
    rosters = absent(one, "F1-2", f"{DAYS[0]}T1")
    recusals = first_recusals(one)
    one.commit_roster(ROSTER, SECOND, one.calendar(DAYS), roster=rosters, recusals=recusals, unheld=unheld)
    one.match(MATCH)
    after.publish(one, END)
    return one


def small(taps: dict[str, Tap] | None = None) -> Round:
    """Return a finished real round of two tasks, one open."""
    return plain(taps, (replace(FIRE, group="task.fire-01"), SMALL[1]))
