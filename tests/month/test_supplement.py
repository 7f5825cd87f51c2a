"""A place that the lottery cannot fill: the visit goes back to the calendar and is drawn from later sources."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from real_rounds import COMMITS, CONFIRMS, DRAWS, FIRST, MATCHED, ROSTERED, ROUND, SECOND, THIRD, rows, said
from second_reader import comparison

from supervision.errors import UsageError
from supervision.month import assigning, committing, importing, publishing
from supervision.month.round_files import CALENDAR
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

KNOWN = FIRST | SECOND
THIRD_NAMES = "ssq-red ssq-blue dlt-front dlt-back"


def matched(play):
    """Draw the inspectors; return the report of the second person's call."""
    play.set(MATCHED)
    values = {name.removesuffix("-2"): texts for name, texts in SECOND.items()}
    assigning.match(play.round(DRAWS), values=values)
    return assigning.match(play.round(CONFIRMS), values=values)


@pytest.fixture(scope="module")
def supplement(stages, tmp_path_factory):
    """A real round whose busiest office is ill on its busiest day: told after the calendar, before the roster."""
    play = stages["drawn"].copy(tmp_path_factory.mktemp("supplement") / "work")
    first = play.round(COMMITS).read(CALENDAR)
    days = first.assign(day=first["half_days"].str.slice(0, 10)).groupby(["office", "day"]).size()
    office, day = days.idxmax()
    people = Store.open(play.store).register("inspectors", on=play.time.date())
    ill = sorted(people.loc[people["office_id"] == office, "inspector_id"])
    leave = play.work / "leave-ill.csv"
    listed = "".join(f"{who},{day},{day},all\n" for who in ill)
    leave.write_text(f"inspector_id,from_date,until_date,half\n{listed}", encoding="utf-8")
    importing.import_file(play.city(DRAWS), "leave", leave, as_of=play.time.date())
    play.set(ROSTERED)
    assigning.commit_roster(play.round(COMMITS))
    back = matched(play)
    play.month(CONFIRMS, KNOWN)
    waiting = play.month(COMMITS, KNOWN)
    stop = [verify(folder).difference for folder in (play.out, play.out / "public")]
    play.set("2026-12-02T22:00")
    play.month(DRAWS, KNOWN | THIRD)
    ended = play.month(CONFIRMS, KNOWN | THIRD)
    return {"play": play, "office": office, "day": day, "ill": ill, "matched": back, "waiting": waiting} | {
        "stop": stop,
        "ended": ended,
    }


def test_visits_are_sent_back(supplement):
    """The lottery releases the visits with an open place, says office and half-day, and ends with exit code 4."""
    back = supplement["matched"].facts["sent_back"]
    assert supplement["matched"].exit_code == 4
    assert back
    assert {row["office"] for row in back} == {supplement["office"]}
    assert {row["half_day"][:10] for row in back} == {supplement["day"]}
    assert set(supplement["ill"]) >= {row["inspector_id"] for row in back if row["why"] == "absent"} > set()
    assert "month.sent_back" in [said.code for said in supplement["matched"].lines]
    told = json.loads(supplement["play"].audit("sent_back.json"))
    assert [one["visit_id"] for one in told] == sorted({row["visit_id"] for row in back})
    assert json.loads(supplement["play"].audit("sent_back-2.json")) == []


def test_supplement_waits_for_its_own_sources(supplement):
    """The supplement's commitment names the one before and waits for later issues, none of which served before."""
    play = supplement["play"]
    before = (play.out / "public" / ROUND / "roster_commitment.json").read_bytes()
    second = play.public("roster_commitment-2.json")
    assert (second["number"], second["sequence"]) == (2, 3)
    assert second["previous"] == sha256(before).hexdigest()
    assert [(one["name"], one["at"]) for one in second["sources"]] == [
        ("ssq-red", "2026-12-01T21:15:00+08:00"),
        ("ssq-blue", "2026-12-01T21:15:00+08:00"),
        ("dlt-front", "2026-12-02T21:25:00+08:00"),
        ("dlt-back", "2026-12-02T21:25:00+08:00"),
    ]
    missing = said(supplement["waiting"], "month.values_missing")
    assert missing == {"names": THIRD_NAMES, "at": "2026-12-02T21:25:00+08:00"}
    assert play.public("reveal2-2.json")["key_string"] == "2.3.17.22.25.32./16./1.8.20.21.34./4.11./"


def test_the_roster_s_leave_is_listed(supplement):
    """roster_changes.csv holds the illness that came in before the first roster, and nothing new for the second.

    Who is on no roster of the month, or was on leave that whole day anyway, has not changed.
    """
    play = supplement["play"]
    day = {f"{supplement['day']}{part}" for part in ("T1", "T2")}
    there = {row["inspector_id"] for row in rows(play.audit("roster-0.csv")) if not day <= set(row["absent"].split())}
    changes = rows(play.audit("roster_changes.csv"))
    assert {row["inspector_id"] for row in changes} == set(supplement["ill"]) & there != set()
    assert all(day <= set(row["is"].split()) and not day <= set(row["was"].split()) for row in changes)
    assert {row["field"] for row in changes} == {"absent"}
    assert rows(play.audit("roster_changes-2.csv")) == []


def test_verifies_at_both_stops(supplement):
    """While it waits and when it is drawn, both folders agree with the protocol, and the second reader does."""
    assert supplement["stop"] == [None, None]
    supplement["play"].check()
    assert comparison.compare(supplement["play"].out) == []


def test_same_visits_on_another_day(supplement):
    """The supplement holds the visits that were sent back, under their names, after its sources, on another day."""
    back = {row["visit_id"] for row in supplement["matched"].facts["sent_back"]}
    again = rows(supplement["play"].audit("calendar-2.csv"))
    assert {row["visit_id"] for row in again} == back
    assert supplement["day"] not in {row["half_days"][:10] for row in again if row["office"] == supplement["office"]}
    assert min(row["half_days"] for row in again) > "2026-12-02T2"


def test_every_visit_stands_once(supplement):
    """First roster and supplement together fill each visit once, and nobody is in two places at a time."""
    play = supplement["play"]
    halves, held = {}, {}
    for end in ("", "-2"):
        times = {
            (one["visit_id"], one["office"], one["place"]): one["half_days"].split()
            for one in rows(play.audit(f"calendar{end}.csv"))
        }
        for row in json.loads(play.audit(f"roster{end}.json")):
            held.setdefault(row["visit_id"], set()).add(end)
            for half in times[row["visit_id"], row["office"], str(row["place"])]:
                halves.setdefault((row["inspector_id"], half), []).append(row["visit_id"])
    assert set(held) == {row["visit_id"] for row in rows(play.audit("calendar.csv"))}
    assert all(len(ends) == 1 for ends in held.values())
    assert all(len(visits) == 1 for visits in halves.values())
    assert not [half for who, half in halves if who in supplement["ill"] and half[:10] == supplement["day"]]


def test_two_persons_for_each_draw(supplement):
    """Every draw has two entries by two persons, none of whom committed anything."""
    entries = [(entry["step"], entry["who"]) for entry in supplement["play"].log()]
    assert [who for step, who in entries if step in ("draw", "match")] == [DRAWS, CONFIRMS] * 3
    assert {who for step, who in entries if step in ("commit", "commit_roster")} == {COMMITS}


def test_published_as_a_whole(supplement, files):
    """The workbooks and pages count the supplement's visits once; published again nothing changes."""
    play = supplement["play"]
    before = files(play.out)
    counts = publishing.counts(play.round(DRAWS), None)
    assert counts["visits"] == len({row["visit_id"] for row in rows(play.audit("calendar.csv"))})
    publishing.publish(play.round(DRAWS), play.out)
    assert files(play.out) == before


def test_abandoned_no_more(supplement):
    """A round that was drawn cannot be given up, whatever its lottery left open."""
    with pytest.raises(UsageError) as refused:
        committing.abandon(supplement["play"].round(COMMITS), reason="不满意")
    assert refused.value.code == "month.already_drawn"
