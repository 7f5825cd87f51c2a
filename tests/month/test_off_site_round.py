"""A real round of off-site tasks alone (只有非现场任务的轮次): no door, no second draw, but results and step-ins."""

from __future__ import annotations

import pytest
from off_site_months import ITEM, PAPERS, city_of, people_of
from real_rounds import COMMITS, CONFIRMS, DRAWN, DRAWS, FIRST, RECORDS, REVIEWS, ROUND, Play, rows

from supervision.errors import UsageError
from supervision.month import estimating, following_up, planning, publishing, recording, stepping_in
from supervision.month import round_files as files
from supervision.month.off_site_duties import off_site_duties
from supervision.sampling.protocol.verifier import verify

COLUMNS = "round,visit_id,unit_id,item_id,agency,result,inspected_on,method,inspectors,reviewer"


@pytest.fixture(scope="module")
def play(tmp_path_factory):
    """The round after its draw, published; the tests go on with it one after the other."""
    inputs = city_of(tmp_path_factory.mktemp("inputs") / "town", PAPERS, entities=500)
    for name in ("sources.csv", "frame_key.hex"):
        (inputs / name).unlink()
    found = Play(tmp_path_factory.mktemp("papers"), inputs)
    found.month(COMMITS)
    found.set(DRAWN)
    found.month(DRAWS, FIRST)
    found.month(CONFIRMS, FIRST)
    return found


def record(play, result="1", **changes):
    """Report every off-site check in a list of the register's columns."""
    round, people = play.round(RECORDS), people_of(play.inputs)
    lines = [COLUMNS]
    for row in off_site_duties(round).to_dict("records"):
        own = {name: row[name] for name in ("visit_id", "unit_id", "item_id")}
        said = {"agency": "market", "result": result, "inspected_on": "2026-12-10", "method": "desk"}
        who = {"inspectors": " ".join(people[row["office"]][:2]), "reviewer": REVIEWS}
        values = {"round": ROUND} | own | said | who
        lines.append(",".join((values | changes)[name] for name in COLUMNS.split(",")))
    path = play.work / "papers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return recording.record(play.city(RECORDS), [path]).facts["files"][0]


def test_nobody_goes_anywhere(play):
    """The calendar is empty and waits for nobody; the list of papers stands, and all of it verifies."""
    round = play.round(COMMITS)
    assert round.read(files.CALENDAR).empty
    assert not round.has(files.Step.ROSTER)
    duties = off_site_duties(round)
    assert len(duties) > 5
    assert set(duties["correct_by"]) == {"2026-12-15"}, "ten working days after the window's first day, not the draw's"
    assert planning.plan(round).exit_code == 0
    play.check()
    unheld = rows(play.audit("unheld.csv"))
    assert {(row["task_ids"], row["reason"]) for row in unheld} == {(PAPERS, "off_site")}
    with pytest.raises(UsageError) as nothing:
        estimating.estimate(round)
    assert nothing.value.code == "month.no_results"


def test_results_need_no_second_draw(play):
    """Results go in, are due, estimated and published, and the list is shown when all have come."""
    play.set("2026-12-11T10:00")
    taken = record(play)
    duties = off_site_duties(play.round(RECORDS))
    assert (taken["inserted"], taken["rejected"]) == (len(duties), 0)
    round = play.round(RECORDS)
    states = {row["state"] for row in following_up.follow_up(round).facts["rows"]}
    assert states == {"published"}
    report = estimating.estimate(round, internal=True)
    assert report.facts["off_site"] == {"checks": len(duties), "avoided": len(duties), "controls": []}
    publishing.publish(round, play.out)
    assert {row["item"] for row in play.public("results.json")["results"]} == {"企业年度报告书面核查（书面检查）"}
    play.check()
    history = play.city(RECORDS).register("history", on=play.time.date())
    own = history[history["visit_no"].isin(f"{ROUND}/" + duties["visit_id"])]
    assert len(own) == len(duties)
    assert not own["on_site"].any(), "no door: no cap counts it"
    assert set(own["office_id"]) == set(duties["office"])


def test_a_step_in_is_checked_off_site_too(play):
    """The next unit gets its own day of self-correction and a row to report; no calendar is made for it."""
    round = play.round(RECORDS)
    planned = round.read(files.OFF_SITE)
    evidence = play.work / "register.pdf"
    evidence.write_bytes(b"deregistered")
    out = planned["unit_id"].iloc[0]
    stepping_in.propose(round, out, task_id=PAPERS, reason="9", evidence=evidence)
    unit = stepping_in.confirm(play.round("qian-05"), out).facts["in"]
    round = play.round(RECORDS)
    more = off_site_duties(round).iloc[len(planned) :]
    assert more.values.tolist() == [
        [f"{unit}~0", unit, f"market-{unit[2:8]}", ITEM, PAPERS, "2026-12-25"],
    ]
    assert round.count(files.Step.PLAN) == 1
    planning.plan(play.round(COMMITS))
    assert play.round(COMMITS).count(files.Step.PLAN) == 1
    play.set("2026-12-28T10:00")
    assert record(play)["inserted"] == 1
    publishing.publish(play.round(RECORDS), play.out)
    assert verify(play.out).difference is None
