"""Before inspectors are drawn a change makes the calendar, still a draft, anew; and what imported leave says of it."""

from __future__ import annotations

import csv

import pytest
from real_rounds import COMMITS, CONFIRMS, DRAWS, FIRST, MATCHED, ROSTERED, ROUND, SECOND, codes, rows, said
from replanned import AFTER, BEFORE, agrees, ask, held, urgent_file

from supervision.month import importing
from supervision.month import round_files as files
from supervision.month.calendars import changes, drafts
from supervision.store.store import Store


@pytest.fixture
def play(at):
    """The round with its calendar planned and not committed."""
    found = at("drawn")
    found.set(BEFORE)
    return found


def to_the_draw(play):
    """Commit the roster and draw the inspectors."""
    play.set(ROSTERED)
    play.month(COMMITS, FIRST)
    play.set(MATCHED)
    play.month(DRAWS, FIRST | SECOND)
    play.month(CONFIRMS, FIRST | SECOND)


def first_visit(play):
    """The unit, office and day of the first visit of the draft."""
    row = held(play).sort_values(["half_days", "visit_id"]).iloc[0]
    return row["visit_id"].partition("~")[0], row["office"], row["half_days"][:10]


def test_a_draft_is_neither_published_nor_logged(play):
    """The calendar is named in the log once: when it is committed; until then no folder holds it."""
    assert drafts(play.round(COMMITS)) == {"audit/calendar.csv", "audit/unheld.csv"}
    assert not (play.out / "audit" / ROUND / "calendar.csv").exists()
    to_the_draw(play)
    assert drafts(play.round(COMMITS)) == frozenset()
    puts = [one["step"] for one in play.log() if f"audit/{ROUND}/calendar.csv" in one["outputs"]]
    assert puts == ["commit_roster"]
    assert rows(play.audit("calendar.csv"))
    agrees(play)


def test_every_event_before_the_draw(play, tmp_path):
    """Leave, a closed office, a blocked and a closed unit, an urgent visit: a new draft, and the round goes on."""
    unit, office, day = first_visit(play)
    who = f"{office}-01"
    assert ask(play, "absent", who, day).exit_code == 0
    play.check()
    ask(play, "blocked", unit, day, ground="设备检修")
    visits = held(play)[held(play)["visit_id"].str.startswith(unit)]
    assert not visits.empty
    assert not visits["half_days"].str.startswith(day).any()
    ask(play, "office", office, day, ground="机构整体培训")
    table = held(play)
    assert not ((table["office"] == office) & table["half_days"].str.startswith(day)).any()
    other = table[table["office"] != office].iloc[0]
    item, half_day = other["items"].split()[0], other["half_days"].split()[0]
    ask(play, "urgent", urgent=urgent_file(tmp_path / "u.csv", ["X1", other["office"], half_day, item, "2"]))
    closed = ask(play, "closed", unit, ground="已停业")
    assert closed.exit_code == 0
    assert not held(play)["visit_id"].str.startswith(unit).any()
    assert [one["step"] for one in play.log()].count("replan") == 5
    assert changes(play.round(COMMITS)) == ()
    play.check()
    to_the_draw(play)
    assert {row["reason"] for row in rows(play.audit("unheld.csv")) if row["unit_id"] == unit} == {"unit_closed"}
    roster = {row["inspector_id"]: row["absent"].split() for row in rows(play.audit("roster.csv"))}
    assert {f"{day}T1", f"{day}T2"} <= set(roster[who])
    taken = [one for one, absent in roster.items() if one.startswith(other["office"]) and half_day in absent]
    assert len(taken) >= 2
    busy = held(play)
    assert not (busy["inspector_id"].isin(taken) & busy["half_days"].str.contains(half_day)).any()
    agrees(play)


def test_a_duty_that_is_newly_lost(play):
    """With an office away to the end of the month its duties are lost: exit 4, with the reason."""
    _, office, _ = first_visit(play)
    people = [
        row["inspector_id"] for row in play.city(COMMITS).register("inspectors", on=play.time.date()).to_dict("records")
    ]
    mine = [who for who in people if who.startswith(office)]
    told = [ask(play, "absent", who, "2026-12-01", "2026-12-31") for who in mine[:-1]]
    lost = [report for report in told if report.exit_code == 4]
    assert lost
    report = lost[0]
    assert report.facts["unheld"]
    assert "month.unheld" in codes(report)
    again = ask(play, "absent", mine[told.index(report)], "2026-12-01", "2026-12-31")
    assert (codes(again)[0], again.exit_code) == ("month.replan_again", 4)
    play.check()


def leave(play, *lines):
    """Import leave as the file of an office brings it."""
    path = play.work / "leave-new.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([["inspector_id", "from_date", "until_date", "half", "reason"], *lines])
    return importing.import_files(play.city(DRAWS), "leave", [path], as_of=play.time.date())


def test_imported_leave_names_the_visits_and_the_command(at):
    """Leave of a holder says which visits it touches, and the command, which then does it; imported again, nothing."""
    play = at("matched")
    play.set(AFTER)
    row = held(play).sort_values("half_days").iloc[0]
    who, day = row["inspector_id"], row["half_days"][:10]
    report = leave(play, [who, day, day, "all", "病假"])
    touched = said(report, "month.leave_touches")
    assert (touched["inspector"], touched["count"]) == (who, len(touched["visits"].split()))
    assert row["visit_id"] in touched["visits"]
    words = said(report, "month.leave_offer")["command"].split()
    since, until = (words[words.index(option) + 1] for option in ("--from", "--until"))
    assert words[words.index("replan") : words.index("replan") + 4] == ["replan", ROUND, "--absent", who]
    ask(play, "absent", who, since, until)
    mine = held(play)[held(play)["inspector_id"] == who]
    assert not mine["half_days"].str.startswith(day).any()
    assert "month.leave_touches" not in codes(leave(play, [who, day, day, "all", "病假"]))
    assert "month.leave_touches" not in codes(leave(play, [who, "2026-12-31", "2026-12-31", "pm", "年假"]))
    agrees(play)


def test_imported_leave_of_a_draft(play):
    """While nobody is drawn, an office that is too short now is named, with its visits and the command."""
    _, office, day = first_visit(play)
    report = leave(play, *([f"{office}-{n:02}", day, day, "all", "培训"] for n in (1, 2)))
    short = said(report, "month.leave_short")
    assert (short["office"], short["day"]) == (office, day)
    assert short["visits"]
    assert codes(report).count("month.leave_offer") == 2
    ask(play, "absent", f"{office}-01", day)
    assert "month.leave_short" not in codes(leave(play, [f"{office}-03", "2026-12-31", "2026-12-31", "pm", "年假"]))


def test_leave_between_commitment_and_draw_is_answered_by_the_draw(play):
    """It is on record at once; the draw goes by the committed roster, then names the visits and the command."""
    office = held(play)["office"].value_counts().idxmax()  # so many places that each of its people holds one
    who = f"{office}-01"
    play.set(ROSTERED)
    play.month(COMMITS, FIRST)
    waits = said(leave(play, [who, "2026-12-01", "2026-12-31", "all", "病假"]), "month.leave_waits")
    assert (waits["inspectors"], waits["count"]) == (who, 1)
    assert waits["at"] <= f"{MATCHED}:00+08:00"
    play.set(MATCHED)
    play.month(DRAWS, FIRST | SECOND)
    drawn = play.month(CONFIRMS, FIRST | SECOND)
    mine = set(held(play).query("inspector_id == @who")["visit_id"])
    assert mine
    assert set(said(drawn, "month.leave_touches")["visits"].split()) == mine
    words = said(drawn, "month.leave_offer")["command"].split()
    since, until = (words[words.index(option) + 1] for option in ("--from", "--until"))
    play.set(AFTER)
    ask(play, "absent", who, since, until)
    assert held(play).query("inspector_id == @who").empty
    agrees(play)


def test_the_calendar_of_a_change_is_in_the_store_at_once(play):
    """The new draft takes the old one's place in the same step; the certificate is the new one's."""
    unit, _, _ = first_visit(play)
    ask(play, "closed", unit)
    store = Store.open(play.store)
    assert not [row for row in rows(store.get(ROUND, "audit/calendar.csv")) if row["visit_id"].startswith(unit)]
    causes = play.round(COMMITS).read(files.CERTIFICATE)["causes"]
    assert {"code": "unit_closed", "params": {}, "units": 1} in causes
