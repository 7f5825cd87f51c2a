"""A real round from its drawn lists to its drawn inspectors: extra rounds beside it, calendar, second commitment."""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256

import openpyxl
import pandas as pd
import pytest
from real_rounds import (
    ACCEPTS,
    COMMITS,
    CONFIRMS,
    DRAWN,
    DRAWS,
    EXTRA,
    FIRST,
    FOOD,
    MATCHED,
    ROSTERED,
    ROUND,
    SECOND,
    codes,
    extra_task,
    register_file,
    rows,
    said,
)

from supervision.errors import CannotHold, SupervisionError, UsageError
from supervision.month import assigning, drawing, line, other_rounds, planning, publishing
from supervision.store.store import Store


def draw(play):
    """Draw the lists: two persons enter the same values."""
    play.set(DRAWN)
    for who in (DRAWS, CONFIRMS):
        drawing.draw(play.round(who), values=FIRST)


def test_a_back_dated_import_changes_nothing(at, tmp_path):
    """Tasks, items, offices and units that come in late, dated before the commitment, leave list and workload alone."""
    play = at("committed")
    play.set(DRAWN)
    before = play.round(COMMITS)
    nouns = [before.tasks, before.items, before.offices]
    changed = play.copy(tmp_path / "changed")
    city = changed.city(COMMITS)
    for kind, change in (
        ("tasks", {"ratio": "50%", "items": "fire-premises"}),
        ("items", {"half_days": 2, "inspectors": 4}),
        ("offices", {"department": "fire"}),
        ("entities", {"status": "注销", "tags": ""}),
    ):
        late = city.store.register(kind, on=play.time.date()).assign(**change)
        late["known_on"] = late["known_on"].max() + (datetime(2026, 11, 22) - datetime(2026, 11, 21))
        assert late["known_on"].max() <= datetime(2026, 11, 23)
        taken = city.store.insert(kind, late, who=COMMITS, at=city.now().isoformat(), source_digest="late")
        assert taken.inserted == len(late)
    after = changed.round(COMMITS)
    assert [after.tasks, after.items, after.offices] == nouns
    for one in (play, changed):
        draw(one)
    stores = [Store.open(one.store) for one in (play, changed)]
    assert stores[0].get(ROUND, "public/result.json") == stores[1].get(ROUND, "public/result.json")
    assert stores[0].table(ROUND, "drawn").equals(stores[1].table(ROUND, "drawn"))


@pytest.mark.parametrize("stage", ["drawn", "planned"])
def test_pledged_visits_count(at, tmp_path, stage):
    """A unit drawn in the month is out of its extra round where its cap is reached, before any result is recorded."""
    play = at("committed")
    draw(play)
    store = Store.open(play.store)
    drawn = store.table(ROUND, "drawn")
    units = set(drawn.loc[(drawn["role"] == "drawn") & (drawn["task_id"] == "T01-food"), "unit_id"])
    if stage == "planned":
        planning.plan(play.round(DRAWS))
        visits = rows(store.get(ROUND, "audit/calendar.csv"))
        units &= {row["visit_id"].split("~")[0] for row in visits if row["office"].startswith("market")}
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    out = {row["unit_id"]: row["reason"] for row in rows(store.get(EXTRA, "audit/tasks/X01/excluded.csv"))}
    before = {row["unit_id"] for row in rows(store.get(ROUND, "audit/tasks/T01-food/excluded.csv"))}
    assert units
    assert {out.get(unit) for unit in units} == {"cap"}
    assert {unit for unit, reason in out.items() if reason == "cap"} - before >= units
    assert store.register("results", on=play.time.date()).empty


@pytest.mark.parametrize(
    "population",
    [
        FOOD,
        "tags=本月批次;unit_id!=无;tags=食品经营,餐饮",
        f"{FOOD};region=320505,320506,320507",
        "tags=餐饮,食品经营",
        "type=企业;tags=本月批次",
    ],
)
def test_a_unit_is_framed_once(at, tmp_path, population):
    """With an item in common an extra round frames nobody again: the same, a narrower, a wider, an overlapping one."""
    play = at("drawn")
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production market-food", population=population)
    with pytest.raises(SupervisionError) as refused:
        line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    assert refused.value.code == "month.framed_again"
    params = refused.value.params
    assert (params["task"], params["other"], params["round"]) == ("X01", "T01-food", ROUND)
    framed = {row["unit_id"] for row in rows(play.audit("tasks/T01-food/frame.csv"))}
    assert params["unit"] in framed
    assert 1 <= params["units"] <= len(framed)
    assert "commit" not in play.state(EXTRA)


def test_another_item_or_other_units_are_no_repetition(at, tmp_path):
    """The same units with another item, and other units with the same item, may be framed; the two rounds verify."""
    play = at("drawn")
    city = play.city(COMMITS)
    units = rows((play.inputs / "entities.csv").read_bytes())
    framed = {row["unit_id"] for row in rows(play.audit("tasks/T01-food/frame.csv"))}
    left = {row["unit_id"] for row in rows(play.audit("tasks/T01-food/excluded.csv"))}
    free = [row["unit_id"] for row in units if row["unit_id"] not in framed | left and row["status"] == "存续"][:40]
    assert len(free) == 40
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    extra_task(play, city, tmp_path, "X02", items="market-food", population=f"unit_id={','.join(free)}")
    assert len(line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS).facts["tasks"]) == 2
    publishing.publish(city.round(EXTRA), play.out)
    play.check()


def test_scores_follow_the_registers(at, tmp_path):
    """When a register changed after the scores were made the commitment scores again."""
    play = at("drawn")
    city = play.city(COMMITS)
    extra_task(play, city, tmp_path, "X01", items="market-production", population=FOOD)
    line.score(city, EXTRA)
    first = city.store.table(EXTRA, "scores").set_index("unit_id")["score"]
    unit, day = first.idxmin(), play.time.date().isoformat()
    events = [[unit, "complaint", "2026-11-20", f"E{number}", "12345"] for number in range(12)]
    register_file(city, tmp_path, "events", "unit_id,kind,happened,event_no,source", *events, day=day)
    line.commit(city, EXTRA, cause="投诉集中", accept_unverified=ACCEPTS)
    second = city.store.table(EXTRA, "scores").set_index("unit_id")["score"]
    assert second[unit] > first[unit]
    assert [entry["step"] for entry in play.log(EXTRA)] == ["import", "train", "score", "score", "commit"]
    registers = json.loads(city.store.get(EXTRA, "audit/registers.json"))
    evidence = json.loads(city.store.get(EXTRA, "evidence.json"))
    assert evidence.pop("previous")  # the round before, whose classes count
    assert evidence.pop("cards") and evidence.pop("rules")  # what else scores rest on
    assert evidence == {kind: registers[kind] for kind in evidence}


def test_pledges_end_agency_by_agency(at):
    """When one agency of a joint visit has reported, the visit is still pledged for the others, and only for them."""
    play = at("drawn")
    city = play.city(COMMITS)
    extra = city.begin(EXTRA)
    history = city.store.register("history", on=play.time.date())
    known = other_rounds.with_pledged(extra, history)
    pledged = known[known["visit_no"].str.startswith(f"{ROUND}/", na=False)]
    agencies = pledged.groupby("visit_no")["agency"].agg(set)
    visit = agencies[agencies.str.len() > 1].index[0]
    assert visit.startswith(f"{ROUND}/")
    reported = pledged[(pledged["visit_no"] == visit) & (pledged["agency"] == "market")]
    both = pd.concat([history, reported.assign(result="1")], ignore_index=True)
    after = other_rounds.with_pledged(extra, both)
    assert len(reported) == 1
    assert len(after) == len(known)
    assert after.loc[after["visit_no"] == visit, "agency"].value_counts().to_dict() == dict.fromkeys(agencies[visit], 1)


def test_what_another_system_says_of_a_planned_visit_is_that_visit(at):
    """The same unit, agency, item and day under another number is no second visit; on another day it is one."""
    play = at("drawn")
    city = play.city(COMMITS)
    extra = city.begin(EXTRA)
    history = city.store.register("history", on=play.time.date())
    known = other_rounds.with_pledged(extra, history)
    foreign = known[known["visit_no"].str.startswith(f"{ROUND}/", na=False)].head(1).assign(visit_no="外-1")
    for rows_more, day in ((0, foreign["date"]), (1, foreign["date"] - pd.Timedelta(days=1))):
        more = pd.concat([history, foreign.assign(date=day)], ignore_index=True)
        assert len(other_rounds.with_pledged(extra, more)) == len(known) + rows_more


def test_a_calendar_too_early_is_planned_again(at):
    """A calendar that would begin before its lottery is not committed; the next plan begins after it."""
    play = at("drawn")
    first = rows(Store.open(play.store).get(ROUND, "audit/calendar.csv"))
    play.set("2026-12-01T09:00")
    with pytest.raises(CannotHold) as refused:
        assigning.commit_roster(play.round(COMMITS))
    assert (refused.value.code, refused.value.exit_code) == ("month.calendar_too_early", 4)
    last = refused.value.params["last"]
    assert last == "2026-12-03T21:15:00+08:00"
    assert min(row["half_days"] for row in first)[:10] <= last[:10]
    planning.plan(play.round(DRAWS))
    again = rows(Store.open(play.store).get(ROUND, "audit/calendar.csv"))
    assert min(row["half_days"] for row in again)[:10] > last[:10]
    assigning.commit_roster(play.round(COMMITS))
    assert play.state()[-1] == "commit_roster"
    publishing.publish(play.round(COMMITS), play.out)
    play.check()


def test_who_drew_does_not_commit_the_roster(at):
    """Calendar and roster are committed by who committed, or by a third person, never by who enters values."""
    play = at("drawn")
    for who in (DRAWS, CONFIRMS):
        with pytest.raises(UsageError) as refused:
            assigning.commit_roster(play.round(who))
        assert refused.value.code == "month.one_person"
    play.set(ROSTERED)
    assert assigning.commit_roster(play.round("somebody-else")).facts["roster_commitment"]


def test_commits_the_roster(at):
    """Calendar and roster are committed with later sources of their own, none of which served before."""
    play = at("rostered")
    report = play.month(COMMITS, FIRST)
    assert said(report, "month.values_missing")["names"] == "dlt-front dlt-back ssq-red ssq-blue"
    assert "commit_roster" in play.state()
    first, second = play.public("commitment.json"), play.public("roster_commitment.json")
    digest = sha256((play.out / "public" / ROUND / "commitment.json").read_bytes()).hexdigest()
    assert (second["commitment"], second["previous"], second["sequence"], second["number"]) == (digest, digest, 2, 1)
    assert [(one["name"], one["at"]) for one in second["sources"]] == [
        ("dlt-front", "2026-11-28T21:25:00+08:00"),
        ("dlt-back", "2026-11-28T21:25:00+08:00"),
        ("ssq-red", "2026-11-29T21:15:00+08:00"),
        ("ssq-blue", "2026-11-29T21:15:00+08:00"),
    ]
    events = [(one["issue"], one["count"], one["high"]) for body in (first, second) for one in body["sources"]]
    assert len(set(events)) == 8
    entries = {entry["step"]: entry for entry in play.log()}
    lines = play.audit("log.jsonl").splitlines()
    number = next(n for n, one in enumerate(lines) if json.loads(one)["step"] == "commit_roster")
    assert second["log"] == sha256(lines[number - 1]).hexdigest()
    assert set(entries["commit_roster"]["inputs"]) == {f"audit/{ROUND}/calendar.csv"}
    play.check()


def test_changes_of_the_roster_are_listed(at, tmp_path):
    """Leave that came in between stands in roster_changes.csv: who, which column, what it was and is."""
    play = at("drawn")
    city = play.city(COMMITS)
    who = rows(play.audit("roster-0.csv"))[0]["inspector_id"]
    leave = [who, "2026-12-10", "2026-12-10", "am"]
    register_file(city, tmp_path, "leave", "inspector_id,from_date,until_date,half", leave, day="2026-11-25")
    play.set(ROSTERED)
    assigning.commit_roster(play.round(COMMITS))
    (found,) = rows(Store.open(play.store).get(ROUND, "audit/roster_changes.csv"))
    before = next(row for row in rows(play.audit("roster-0.csv")) if row["inspector_id"] == who)
    assert (found["inspector_id"], found["field"], found["was"]) == (who, "absent", before["absent"])
    assert set(found["is"].split()) == {*before["absent"].split(), "2026-12-10T1"}


def test_inspectors_are_not_known_yet(at):
    """Before the second draw no workbook names an inspector, afterwards some do."""
    texts = []
    for stage in ("rostered", "matched"):
        play = at(stage)
        book = openpyxl.load_workbook(play.workbook(play.offices()[0]))
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        texts.append(" ".join(str(cell) for cell in cells if cell))
    assert ["检查员" in text for text in texts] == [False, True]


def test_who_fixed_the_roster_does_not_match(at):
    """The person who committed calendar and roster is refused as the one who draws the inspectors."""
    play = at("rostered")
    play.set(MATCHED)
    assert said(play.month(COMMITS, FIRST | SECOND), "month.one_person")["who"] == COMMITS
    values = {name.removesuffix("-2"): texts for name, texts in SECOND.items()}
    with pytest.raises(UsageError) as refused:
        assigning.match(play.round(COMMITS), values=values)
    assert refused.value.code == "month.one_person"
    assert "match" not in play.state()


def test_second_values_are_entered_twice_too(at):
    """The inspectors' values need two persons, both others than who committed; only then they are drawn."""
    play = at("rostered")
    play.set(MATCHED)
    report = play.month(DRAWS, FIRST | SECOND)
    assert said(report, "month.values_entered")["who"] == DRAWS
    assert play.state()[-1] == "enter_roster"
    report = play.month(CONFIRMS, FIRST | SECOND)
    assert report.exit_code in (0, 4)
    assert report.lines[-1].code == "month.next_verify"
    assert "match" in play.state()
    assert play.public("reveal2.json")["key_string"] == "5.14.16.30.33./1.9./1.14.19.27.30.33./5./"
    assert len(json.loads(play.audit("roster.json"))) > 20
    play.check()


def test_log_names_who_did_what(at):
    """The auditor's log says who did each step, in order, each entry bound to the one before."""
    play = at("matched")
    lines = play.audit("log.jsonl").splitlines()
    entries = [json.loads(one) for one in lines]
    assert [(entry["step"], entry["who"]) for entry in entries if entry["step"] not in ("publish",)] == [
        ("import", COMMITS),
        ("train", COMMITS),
        ("score", COMMITS),
        ("commit", COMMITS),
        ("draw", DRAWS),
        ("draw", CONFIRMS),
        ("plan", CONFIRMS),
        ("commit_roster", COMMITS),
        ("match", DRAWS),
        ("match", CONFIRMS),
    ]
    assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["previous"] for entry in entries] == [None, *(sha256(one).hexdigest() for one in lines[:-1])]


def test_matching_is_done_once(at):
    """A second call of the lottery says what was drawn and draws nothing."""
    play = at("matched")
    before = play.log()
    report = assigning.match(play.round(DRAWS), values={})
    assert report.facts["filled"] > 20
    assert codes(report)[0] == "month.matched"
    assert play.log() == before
