"""Counts per office of a real round (监督计数), from what was recorded."""

from __future__ import annotations

from real_rounds import RECORDS, fill

from supervision.month import publishing, recording
from supervision.month.round_results import expected


def test_a_visit_that_found_a_closed_door_is_counted_at_its_office(at) -> None:
    """Code 7 has no public row, yet a place in the counts: each visit once, whatever it was to look at."""
    play = at("matched")
    play.set("2026-12-09T10:00")
    office, other = play.offices()[:2]
    recording.record(play.city(RECORDS), [fill(play, office, result="7"), fill(play, other)])
    publishing.publish(play.round(RECORDS), play.out)
    told = {row["office"]: row for row in play.public("oversight.json")["counts"] if row["kind"] == "could_not"}
    owed = expected(play.round(RECORDS)).groupby("office_id")["visit_id"].nunique()
    counted = {name: (row["number"], row["of"]) for name, row in told.items()}
    assert counted == {office: (owed[office], owed[office]), other: (0, owed[other])}
    assert told[office]["high"] == "100.0" and told[other]["low"] == "0.0"
    assert [row for row in play.public("results.json")["results"] if "关闭" in row["category"]] == []
    play.check()
