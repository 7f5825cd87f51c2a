"""A place that the lottery cannot fill: the visit goes back to the calendar and is drawn from later sources."""

from __future__ import annotations

import csv
import json
from datetime import datetime
from hashlib import sha256

import pytest

from supervision.errors import UsageError
from supervision.month import assigning, committing, drawing, importing, line, planning, publishing
from supervision.month.city import BEIJING, City, silent
from supervision.month.round_files import CALENDAR
from supervision.sampling.protocol.verifier import verify
from supervision.store.store import Store

ROUND = "2026-12"
DICE, RED, BLUE = ["442", "918", "7", "31", "600"], ["06", "09", "14", "20", "27", "31"], ["11"]


def values(end=""):
    """Values for the three sources of a draw."""
    return {f"dice{end}": DICE, f"ssq-red{end}": RED, f"ssq-blue{end}": BLUE}


def places(path):
    """Read a calendar file."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def supplement(town, tmp_path_factory):
    """A real round whose busiest office is ill on its busiest day: told after the calendar, before the roster."""
    work = tmp_path_factory.mktemp("supplement")
    time = [datetime(2026, 11, 23, 9, tzinfo=BEIJING)]
    store, out = work / "x.db", work / "out"

    def run(who, known):
        return line.run(
            store,
            ROUND,
            inputs=town,
            out=out,
            values=known,
            rehearsal=False,
            accept_unverified="赵核准",
            who=who,
            progress=silent,
            now=lambda: time[0],
        )

    def city(who):
        return City.open(store, who=who, rules=town / "rules", now=lambda: time[0])

    def clock(text):
        time[0] = datetime.fromisoformat(text).replace(tzinfo=BEIJING)

    run("甲", {})
    clock("2026-11-24T16:00")
    drawing.draw(city("乙").round(ROUND), values={"dice": DICE})
    clock("2026-11-24T22:00")
    drawing.draw(city("乙").round(ROUND), values=values())
    planning.plan(city("乙").round(ROUND))
    first = city("乙").round(ROUND).read(CALENDAR)
    days = first.assign(day=first["half_days"].str.slice(0, 10)).groupby(["office", "day"]).size()
    office, day = days.idxmax()
    people = Store.open(store).register("inspectors", on=time[0].date())
    ill = sorted(people.loc[people["office_id"] == office, "inspector_id"])
    rows = "".join(f"{who},{day},{day},all\n" for who in ill)
    (work / "leave-ill.csv").write_text(f"inspector_id,from_date,until_date,half\n{rows}", encoding="utf-8")
    importing.import_file(city("乙"), "leave", work / "leave-ill.csv", as_of=time[0].date())
    assigning.commit_roster(city("甲").round(ROUND))
    clock("2026-11-26T16:00")
    assigning.match(city("丙").round(ROUND), values={"dice-2": DICE})
    clock("2026-11-26T22:00")
    matched = assigning.match(city("丙").round(ROUND), values=values("-2"))
    run("甲", {})
    waiting = run("丙", {})
    stop = verify(out).difference, verify(out / "public").difference
    clock("2026-11-29T16:00")
    run("丙", {"dice-3": DICE})
    clock("2026-11-29T22:00")
    ended = run("丙", values("-3"))
    return {"out": out, "store": store, "office": office, "day": day, "matched": matched, "waiting": waiting} | {
        "stop": stop,
        "ended": ended,
        "city": city("丙"),
        "ill": ill,
    }


def test_visits_are_sent_back(supplement):
    """The lottery releases the visits with an open place, says office and half-day, and ends with exit code 4."""
    back = supplement["matched"].facts["sent_back"]
    assert supplement["matched"].exit_code == 4
    assert back
    assert {row["office"] for row in back} == {supplement["office"]}
    assert {row["half_day"][:10] for row in back} == {supplement["day"]}
    assert "month.sent_back" in [said.code for said in supplement["matched"].lines]


def test_supplement_waits_for_its_own_sources(supplement):
    """The supplement's commitment names the one before and waits for later sources with names of their own."""
    out = supplement["out"]
    before = (out / "public" / "commitment2.json").read_bytes()
    second = json.loads((out / "public" / "commitment2-2.json").read_bytes())
    assert second["previous"] == sha256(before).hexdigest()
    assert [source["name"] for source in second["sources"]] == ["dice-3", "ssq-red-3", "ssq-blue-3"]
    assert min(s["at"] for s in second["sources"]) > max(s["at"] for s in json.loads(before)["sources"])
    missing = next(said.params for said in supplement["waiting"].lines if said.code == "month.values_missing")
    assert missing["names"] == "dice-3 ssq-red-3 ssq-blue-3"
    assert json.loads((out / "public" / "announced2-2.json").read_bytes())["values"] == {"dice-3": DICE}


def test_verifies_at_both_stops(supplement):
    """While it waits and when it is drawn, both folders agree with the protocol."""
    assert supplement["stop"] == (None, None)
    assert verify(supplement["out"]).difference is None
    assert verify(supplement["out"] / "public").difference is None


def test_same_visits_on_another_day(supplement):
    """The supplement holds the visits that were sent back, under their names, on a day when the office is there."""
    back = {row["visit_id"] for row in supplement["matched"].facts["sent_back"]}
    again = places(supplement["out"] / "audit" / "calendar-2.csv")
    assert {row["visit_id"] for row in again} == back
    assert supplement["day"] not in {row["half_days"][:10] for row in again if row["office"] == supplement["office"]}


def test_every_visit_stands_once(supplement):
    """First roster and supplement together fill each visit once, and nobody is in two places at a time."""
    audit = supplement["out"] / "audit"
    halves, held = {}, {}
    for end in ("", "-2"):
        rows = places(audit / f"calendar{end}.csv")
        times = {(r["visit_id"], r["office"], r["place"]): r["half_days"].split() for r in rows}
        for row in json.loads((audit / f"roster{end}.json").read_bytes()):
            held.setdefault(row["visit_id"], set()).add(end)
            for half in times[row["visit_id"], row["office"], str(row["place"])]:
                halves.setdefault((row["inspector_id"], half), []).append(row["visit_id"])
    planned = {row["visit_id"] for row in places(audit / "calendar.csv")}
    assert set(held) == planned
    assert all(len(ends) == 1 for ends in held.values())
    assert all(len(visits) == 1 for visits in halves.values())
    assert not [half for who, half in halves if who in supplement["ill"] and half[:10] == supplement["day"]]


def test_published_as_a_whole(supplement, files):
    """The workbooks and pages count the supplement's visits once; published again nothing changes."""
    before = files(supplement["out"])
    counts = publishing.counts(supplement["city"].round(ROUND), None)
    assert counts["visits"] == len({row["visit_id"] for row in places(supplement["out"] / "audit" / "calendar.csv")})
    publishing.publish(supplement["city"].round(ROUND), supplement["out"])
    assert files(supplement["out"]) == before


def test_abandoned_no_more(supplement):
    """A round that was drawn cannot be given up, whatever its lottery left open."""
    with pytest.raises(UsageError) as refused:
        committing.abandon(supplement["city"].round(ROUND), reason="不满意")
    assert refused.value.code == "month.already_drawn"
