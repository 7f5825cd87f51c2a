"""诚实的特例 (honest odd cases): unusual rounds that must agree, or agree without being shown to be the only one."""

from dataclasses import replace

from second_reader.encoding import later

from protocol_rounds import afterwards as after
from protocol_rounds import chains
from protocol_rounds.bureau import Bureau
from protocol_rounds.cases import Case, changing, forged, honest, setting
from protocol_rounds.lotteries import dlt, source, ssq
from protocol_rounds.round import Round
from protocol_rounds.scenarios import (
    COMMIT,
    DAYS,
    DRAW,
    END,
    FIRST,
    MATCH,
    ROSTER,
    SECOND,
    committed,
    drawn,
    eventful,
    matched,
    plain,
    rehearsed,
    small,
    start,
)
from protocol_rounds.worlds import FIRE, MARKET, OPEN, Plan

ONE = replace(OPEN, group="task.open-02")


def published(one: Round, at: str = END) -> Round:
    """Publish once more and return the round."""
    after.publish(one, at, "状态更新")
    return one


def with_units(plan: Plan, units: list[tuple[str, str, int]], samples: dict) -> Plan:
    """Return the plan with other units."""
    return replace(plan, units=tuple(units), samples=samples, excluded=())


def strata_worlds() -> list[Case]:
    """Frames at the edges of section 2."""
    certain = with_units(FIRE, [(f"c{i}", "A", 5 + i) for i in range(4)], {"A": (4, 0)})
    single = with_units(FIRE, [("only", "A", 3)], {"A": (1, 0)})
    many = with_units(FIRE, [(f"u{k:02}{i}", f"K{k:02}", 4) for k in range(12) for i in range(2)], {})
    many = replace(many, samples={f"K{k:02}": (1, 1) for k in range(12)}, held=3)
    odd_ids = ["a" * 39, "A.b_c-d", "91320500ma0000001x", "0", "-", "91320500MA000000", "z.9"]
    ids = with_units(FIRE, [(one, "A", 2) for one in odd_ids], {"A": (2, 1)})
    wide = with_units(FIRE, [(f"w{i}", "A", 10**6 if i == 0 else 1) for i in range(6)], {"A": (2, 1)})
    two = with_units(FIRE, [(f"t{i}", "A", (1000, 700, 1, 2, 2, 3, 2, 1)[i]) for i in range(8)], {"A": (3, 1)})
    crowd = with_units(FIRE, [(f"v{i:04}", "A", 50 + i % 7) for i in range(2001)], {"A": (20, 1)})
    largest = with_units(FIRE, [(f"x{i}", "A", 2**51 - i % 2) for i in range(4)], {"A": (1, 1)})
    return [
        honest("a stratum in which everybody is certain", lambda: plain(plans=(certain,))),
        honest("a frame of one unit", lambda: plain(plans=(single,))),
        honest("twelve strata, s10 before s2", lambda: plain(plans=(many,))),
        honest("unit ids of 39 characters, of one, of lower case that is no credit code", lambda: plain(plans=(ids,))),
        honest("a size a million times the smallest, which is certain", lambda: plain(plans=(wide,))),
        honest("two certainty units found one after the other", lambda: plain(plans=(two,))),
        honest("2001 units of unequal sizes with n of 20", lambda: plain(plans=(replace(crowd, held=2),))),
        honest("sizes as large as 2^53 / N", lambda: plain(plans=(largest,))),
        honest("no excluded units at all", lambda: plain(plans=(MARKET,))),
        honest("a sealed task with its own group", small),
    ]


def bare(sources: list[dict], taps: dict | None = None) -> Round:
    """Return a finished real round of one open task with other sources of the first draw."""
    return plain(taps, (ONE,), sources=sources)


def source_worlds() -> list[Case]:
    """Sources at the edges of section 4."""
    exact = [source("big", "sequence", (2, 0, 2**20 - 1), "2026-11-28T21:25:00+08:00", "1")]
    last = [
        source("pick", "sequence", (20, 0, 1), "2026-11-28T21:25:00+08:00", "1"),
        source("top", "number", (1, 0, 2**20 - 1), "2026-11-28T22:25:00+08:00", "1"),
    ]
    edge = dlt("2026-11-26T09:00:00+08:00", "26135") + ssq("2026-11-29T21:15:00+08:00", "2026138")
    same_issue = dlt("2026-11-28T21:25:00+08:00", "1") + ssq("2026-11-29T21:15:00+08:00", "1")
    full = [source("all", "set", (20, 1, 40), "2026-11-28T21:25:00+08:00", "5"), *FIRST[2:]]
    late = dict.fromkeys(("dlt-front", "dlt-back", "ssq-red", "ssq-blue"), "2026-11-29T21:25:00+08:00")
    return [
        honest("exactly 40 bits in one event", lambda: bare(exact)),
        honest("exactly 40 bits, the last event exactly 20", lambda: bare(last)),
        honest("the first source exactly 24 hours after the commitment", lambda: bare(edge)),
        honest("two lotteries with the same issue number", lambda: bare(same_issue)),
        honest("half of forty numbers as a set", lambda: bare(full)),
        forged("sources held later than announced", (), plain, {"reveal": setting(late, "held")}, verdicts={0}),
    ]


def anchored(*kinds: str) -> Round:
    """Return a finished round whose first commitment has these anchors."""
    return plain(anchored=kinds)


def anchored_at(at: str) -> Round:
    """Return a drawn round whose one anchor has another time."""
    one = committed(anchored=())
    after.anchor(one, at, "newspaper")
    one.draw(DRAW)
    return published(one)


def without_roster_anchor() -> Round:
    """Return a round whose roster commitment nobody outside has seen."""
    one = drawn()
    unheld = one.unheld_rows(one.units_to_visit())
    one.commit_roster(ROSTER, SECOND, one.calendar(DAYS), unheld=unheld)
    one.match(MATCH)
    return published(one)


def anchor_worlds() -> list[Case]:
    """Anchors: verdict 0 with newspaper or supervisor before the first source, else 6."""
    first = FIRST[0]["at"]
    return [
        honest("no anchors", lambda: anchored(), 6, says=("anchor", "锚", "commitment.json")),
        honest("notice and time stamp only", lambda: anchored("notice", "tsa"), 6),
        honest("newspaper alone", lambda: anchored("newspaper")),
        honest("all four kinds", lambda: anchored("notice", "newspaper", "supervisor", "tsa")),
        honest("an anchor a second before the first source", lambda: anchored_at(later(first, seconds=-1))),
        honest("an anchor at the time of the first source", lambda: anchored_at(first), 6),
        honest("a roster commitment without anchor", without_roster_anchor, 6),
    ]


def waiting_people() -> Round:
    """Return a round whose roster commitment waits for its sources."""
    one = drawn()
    unheld = one.unheld_rows(one.units_to_visit())
    one.commit_roster(ROSTER, SECOND, one.calendar(DAYS), unheld=unheld)
    after.anchor(one, later(ROSTER, minutes=30), "newspaper", "roster_commitment")
    return published(one, later(ROSTER, hours=1))


def corrected() -> Round:
    """Return a round corrected three times, with pages beside the files."""
    one = plain()
    for number in range(3):
        one.public(f"pages/更正-{number}.html", "<p>更正</p>\n".encode())
        published(one, later(END, days=number + 1))
    one.public("2026-12.zip", bytes(range(256)))
    return published(one, later(END, days=9))


def shown_after_visits() -> Round:
    """Return a round whose after_visit list has been shown."""
    one = plain()
    one.write_result(("fire-01",))
    one.bureau.log(later(END, hours=1), "publish", "clerk", [f"public/{one.round_id}/result.json"])
    return published(one, later(END, hours=2))


def two_visits() -> Round:
    """Return a round in which a unit is visited twice, and one visit has eleven places."""
    one = drawn(plans=(FIRE, OPEN))
    rows = one.calendar(DAYS)
    unit_id = one.lists["open-02"].drawn[0]
    rows += one.seats(f"{unit_id}~2", ["open-02"], DAYS[6], 2)
    unheld = one.unheld_rows(one.units_to_visit())
    people = [dict(row) for row in one.roster0]
    people += [people[-1] | {"inspector_id": f"O1-x{n:02}", "daily_limit": "2"} for n in range(12)]
    visit = [row for row in rows if row["visit_id"] == f"{unit_id}~1"]
    rows += [visit[0] | {"place": number} for number in range(3, 12)]
    one.commit_roster(ROSTER, SECOND, rows, roster=people, unheld=unheld, ground='增派, 见"附件"')
    after.anchor(one, later(ROSTER, minutes=30), "newspaper", "roster_commitment")
    one.match(MATCH)
    return published(one)


def one_leave_while_waiting() -> Round:
    """Return a round with leave between a supplement's commitment and its draw."""
    one = matched()
    new = after.step_in(one, "2026-12-02T08:00:00+08:00", "fire-01", one.lists["fire-01"].drawn[0])
    at = "2026-12-02T14:00:00+08:00"
    sources = dlt("2026-12-05T21:25:00+08:00", "9") + ssq("2026-12-06T21:15:00+08:00", "9")
    one.commit_roster(at, sources, one.seats(f"{new}~1", ["fire-01"], "2026-12-10", 1))
    after.anchor(one, later(at, hours=1), "supervisor", "roster_commitment")
    after.leave(one, "2026-12-04T08:00:00+08:00", "F1-3", ["2026-12-10T1"])
    one.match("2026-12-06T21:30:00+08:00")
    holders = [hold for hold in one.book.held.values() if hold.place.visit_id == f"{new}~1"]
    for hold in sorted(holders, key=lambda one: one.place.key):
        if hold.inspector_id == "F1-3":
            after.substitute(one, "2026-12-07T08:00:00+08:00", *hold.place.key)
    return published(one)


def used_up() -> Round:
    """Return a round whose reserve is used up: the last step-in has nobody."""
    one = matched()
    at, out = "2026-12-03T08:00:00+08:00", one.lists["open-02"].drawn[0]
    for hour in range(3):
        new = after.step_in(one, later(at, hours=hour), "open-02", out)
        out = new or ""
    return published(one)


def in_month(round_id: str, at: str) -> Bureau:
    """Return a first round of an agency in another month."""
    bureau = Bureau()
    chains.whole(bureau, round_id, at)
    return bureau


def rehearsal_with_changes() -> Round:
    """Return a rehearsal in which a unit steps in and a place is substituted after the draw."""
    one = rehearsed()
    after.step_in(one, later(END, hours=1), "fire-01", one.lists["fire-01"].drawn[0])
    hold = min(one.book.held.values(), key=lambda one: one.place.key)
    after.leave(one, later(END, hours=2), hold.inspector_id or "", list(hold.place.half_days))
    after.substitute(one, later(END, hours=3), *hold.place.key)
    return published(one, later(END, hours=4))


def by_one_person() -> Round:
    """Return a rehearsal in which one person commits and draws."""
    return rehearsed(
        {f"log:{step}": setting("trainer", "who") for step in ("commit", "draw", "commit_roster", "match")}
    )


def without_delay() -> Round:
    """Return a round drawn and committed again at the time of the last source, its visits from the next morning."""
    one = committed(plans=(FIRE, OPEN))
    last, day = FIRST[-1]["at"], "2026-12-02"
    one.draw(last)
    unheld = one.unheld_rows(one.units_to_visit())
    sources = dlt(later(last, hours=24), "1") + ssq(later(last, hours=48, minutes=10), "1")
    rows = one.calendar([day, *DAYS])
    one.commit_roster(last, sources, rows, unheld=unheld)
    after.anchor(one, later(last, minutes=1), "newspaper", "roster_commitment")
    one.match(later(last, hours=49))
    return published(one)


def beside_a_rehearsal() -> Bureau:
    """Return a rehearsal of one month and a real round of the next in one folder."""
    bureau = Bureau()
    start(bureau, "2026-11", "2026-10-24T18:00:00+08:00")
    one = Round(bureau, "2026-11", rehearsal=True)
    one.commit(COMMIT, chains.TWO, FIRST, "2026-10-24")
    one.draw(COMMIT)
    after.publish(one, COMMIT)
    bureau.lines.clear()
    chains.whole(bureau, "2026-12", "2026-11-24T09:00:00+08:00")
    return bureau


def texts_of_all_kinds() -> Round:
    """Return a round with quotes, backslashes, commas, signs beyond the first plane in its free texts."""
    ground = changing(lambda rows, _: [row | {"ground": 'a,"b" \\ 张三 🏭'} for row in rows])
    return plain({"recusals": ground, "roster_changes": ground})


def seen_twice() -> Round:
    """Return a round whose draw and match are repeated by a third person, who changes nothing."""
    one = drawn(plans=(FIRE, OPEN))
    commit = "public/2026-12/commitment.json"
    one.bureau.log(later(DRAW, minutes=5), "draw", "carol", [], [commit])
    unheld = one.unheld_rows(one.units_to_visit())
    one.commit_roster(ROSTER, SECOND, one.calendar(DAYS), unheld=unheld)
    after.anchor(one, later(ROSTER, minutes=30), "newspaper", "roster_commitment")
    one.match(MATCH)
    one.bureau.log(later(MATCH, minutes=5), "match", "carol", [], ["public/2026-12/roster_commitment.json"])
    return published(one)


def with_home_page() -> Bureau:
    """Return two rounds in an OUT folder with a home page, a search script and the offices' papers."""
    bureau = chains.three_months()
    bureau.files["public/index.html"] = b"<h1>home</h1>\n"
    bureau.files["public/search/2026.js"] = b"var x = 1;\n"
    bureau.files["internal/2026-12/F1/plan.csv"] = b"not canonical, \r\n not ours"
    return bureau


def first_of_all() -> Round:
    """Return a round whose commitment is the first step in the log."""
    bureau = Bureau()
    one = Round(bureau, "2026-12")
    one.commit(COMMIT, (ONE,), FIRST, "2026-11-24")
    after.anchor(one, later(COMMIT, minutes=20), "supervisor")
    one.draw(DRAW)
    after.publish(one, END)
    return one


def waiting_together() -> Bureau:
    """Return two rounds that wait for their sources at the same time."""
    bureau = Bureau()
    one = chains.commit(bureau, "2026-12", "2026-11-24T09:00:00+08:00")
    other = (chains.moved(FIRE, "gas-01", ("gas",), "gas."),)
    two = chains.commit(bureau, "2026-12-b", "2026-11-26T09:00:00+08:00", other, "专项任务")
    chains.draw(one)
    now = chains.draw(two)
    after.publish(one, now)
    after.publish(two, now)
    return bureau


def four_roster_commitments() -> Bureau:
    """Return a round with one roster commitment abandoned, one drawn and two supplements."""
    return chains.supplements(count=2, first=chains.roster_made_again_unpublished)


def rehearsed_supplement() -> Round:
    """Return a rehearsal in which a visit that was sent back is drawn in a supplement."""
    one = rehearsed()
    rows = []
    for visit_id in sorted(one.book.sent_back):
        rows += one.seats(visit_id, ["open-02"], DAYS[6], 1)
    one.commit_roster(later(END, hours=1), dlt(MATCH, "7") + ssq(MATCH, "7"), rows, recusals=[])
    one.match(later(END, hours=2))
    return published(one, later(END, hours=3))


same_day = setting("2026-11-25", "evidence")


def chain_worlds() -> list[Case]:
    """Several rounds of one agency."""
    long = "因故加抽" * 125
    other = (chains.moved(FIRE, "gas-01", ("gas",)),)

    def extra() -> Bureau:
        bureau = chains.three_months()
        chains.whole(bureau, "2026-12-b", "2026-12-20T09:00:00+08:00", other, long)
        return bureau

    rounds = ("public/2026-10", "public/2026-11")
    return [
        honest("three months of one agency", chains.three_months),
        honest("the third month with its history", chains.three_months, folder="public/2026-12", history=rounds),
        honest("an extra round committed between a round's two draws", chains.overlapping),
        honest("a round abandoned before its first source, and the next letter", chains.abandoned_before),
        honest("a round abandoned for a cancelled source, anchored", chains.abandoned_cancelled),
        honest("the same without anchor of the abandonment", lambda: chains.abandoned_cancelled(anchored=False), 6),
        honest("a roster commitment abandoned and made again", chains.roster_made_again),
        honest("a roster commitment abandoned, no other calendar yet", chains.roster_given_up),
        honest("the same without anchor", lambda: chains.roster_made_again(anchored=False), 6),
        honest("two supplements", chains.supplements),
        honest("two supplements after a roster commitment made again", four_roster_commitments),
        honest("two rounds that wait together", waiting_together),
        honest("three months under a home page", with_home_page),
        honest(
            "an extra round with the abandoned one as its history",
            chains.abandoned_before,
            folder="public/2026-12-b",
            history=("public/2026-12",),
        ),
        honest("an extra round for another item, with a cause of 500 characters", extra),
        honest("a first round in January", lambda: in_month("2027-01", "2026-12-27T09:00:00+08:00")),
        honest("a first round with sources on leap day", lambda: in_month("2028-03", "2028-02-26T09:00:00+08:00")),
    ]


def story_worlds() -> list[Case]:
    """Whole rounds, finished or waiting, whole folders and copies."""
    return [
        honest("a plain real round", plain),
        honest("a real round with all kinds of changes", eventful),
        honest("the same in SM3", lambda: eventful(digest="sm3")),
        honest("a rehearsal", rehearsed),
        honest("a rehearsal in SM3", lambda: rehearsed(digest="sm3")),
        honest("a rehearsal with a step-in and a substitute", rehearsal_with_changes),
        honest("a rehearsal by one person", by_one_person),
        honest("a rehearsal with a supplement", rehearsed_supplement),
        honest("draw and match repeated by a third person", seen_twice),
        honest("a commitment as the first step of all", first_of_all),
        honest("a rehearsal and a real round in one folder", beside_a_rehearsal),
        honest("no hour lost between draw, commitment, draw and visits", without_delay),
        forged("evidence of the day of the commitment", (), plain, {"commitment": same_day}, verdicts={0}),
        honest("a commitment that waits for its sources", committed),
        honest("a roster commitment that waits for its sources", waiting_people),
        honest("the public folder alone", plain, folder="public/2026-12"),
        honest("the public folder of an eventful round alone", eventful, folder="public/2026-12"),
        honest("a round corrected again and again, with pages and a zip", corrected),
        honest("a list shown after the visits", shown_after_visits),
        honest("a unit visited twice, and eleven places of an office", two_visits),
        honest("leave while a supplement waits for its draw", one_leave_while_waiting),
        honest("a reserve that is used up", used_up),
        honest("free texts with quotes, commas and signs beyond the first plane", texts_of_all_kinds),
        honest("a first round of an agency", lambda: plain(chained=0)),
    ]


def cases() -> list[Case]:
    """Return all honest cases."""
    return [*story_worlds(), *strata_worlds(), *source_worlds(), *anchor_worlds(), *chain_worlds()]
