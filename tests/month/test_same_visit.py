"""One inspection, one record: what was recorded here stands, whoever else reports the same (同一次检查).

The tests of this file are one story and run in the order of the file; each goes on where the one before stopped.
"""

from __future__ import annotations

import csv
from datetime import date

import openpyxl
import pytest
from real_rounds import COMMITS, IDS, RECORDS, ROUND, codes, fill, said

from supervision.month import following_up, importing, publishing, recording
from supervision.month.public_results import rounds_to_publish

DAY = "2026-12-08"


@pytest.fixture(scope="module")
def play(stages, tmp_path_factory):
    """The round after its second draw, a week into its month."""
    found = stages["matched"].copy(tmp_path_factory.mktemp("same") / "work")
    found.set("2026-12-09T10:00")
    return found


@pytest.fixture(scope="module")
def visit(play):
    """A visit of the first office: visit_id, item_id, agency, unit_id."""
    book = openpyxl.load_workbook(play.workbook(play.offices()[0]), read_only=True)
    row = next(iter(book["结果录入"].iter_rows(min_row=3, max_col=IDS, values_only=True)))
    return row[1], row[2], row[3], row[6]


def told(play, visit, *rows):
    """Import what another system says of the visit's item: rows of (visit_no, day)."""
    _, item, agency, unit = visit
    path = play.work / "elsewhere.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(["unit_id", "agency", "item_id", "date", "kind", "result", "visit_no"])
        table.writerows([unit, agency, item, day, "routine", "A", number] for number, day in rows)
    report = importing.import_files(play.city(COMMITS), "history", [path], as_of=play.time.date())
    return report.facts["files"][0], report


def history_of(play, visit):
    """The past inspections of the visit's unit and item since December, as a register: visit_no → result."""
    rows = play.city(COMMITS).register("history", on=play.time.date())
    rows = rows[(rows["unit_id"] == visit[3]) & (rows["item_id"] == visit[1]) & (rows["date"] >= "2026-12-01")]
    return dict(zip(rows["visit_no"], rows["result"], strict=True))


def test_what_came_before_is_withdrawn(play, visit):
    """Another system was quicker; with our own result its row is withdrawn, and the command says so."""
    taken, _ = told(play, visit, ("外-1", DAY), ("外-2", "2026-12-07"))
    assert taken["inserted"] == 2
    report = recording.record(play.city(RECORDS), [fill(play, play.offices()[0], result="E", day=DAY)])
    assert said(report, "month.history_withdrawn") == {"round": ROUND, "rows": 1}
    assert history_of(play, visit) == {f"{ROUND}/{visit[0]}": "E", "外-2": "A"}
    versions = play.city(COMMITS).store.versions("history", of=[visit[3]])
    gone = versions[versions["visit_no"] == "外-1"].iloc[-1]
    assert gone["withdrawn"] and visit[0] in gone["correction_reason"]


def test_what_comes_afterwards_is_not_stored_again(play, visit):
    """Under another number, or with none, the same inspection is left out with a note; another day's is a new one."""
    before = history_of(play, visit)
    taken, report = told(play, visit, ("外-3", DAY), ("", DAY))
    assert (taken["inserted"], taken["unchanged"], taken["rejected"]) == (0, 2, 0)
    notes = [line.params["note"] for line in report.lines if line.code == "month.note"]
    note = next(note for note in notes if note.code == "month.history_same_visit")
    assert note.params == {"rows": 2, "visit": f"{ROUND}/{visit[0]}"}
    assert history_of(play, visit) == before
    taken, _ = told(play, visit, ("外-4", "2026-12-09"))
    assert taken["inserted"] == 1
    path = play.work / "elsewhere.csv"
    assert importing.dry_run(play.city(COMMITS), "history", path, as_of=play.time.date()).facts["new"] == 0


def test_a_repaired_result_has_to_leave_the_page_and_somebody_is_told(play, visit):
    """A repair names the result in repaired_no; until the round is published again follow-up names the round."""
    city = play.city(RECORDS)
    publishing.publish(city.round(ROUND), play.out)
    assert rounds_to_publish(play.city(RECORDS)) == []
    path = play.work / "repairs.csv"
    named = f"{ROUND}/{visit[0]}/{visit[1]}"
    path.write_text(
        "unit_id,kind,happened,event_no,repaired_no\n"
        f"{visit[3]},repair,{DAY},修-1,{named}\n{visit[3]},repair,{DAY},修-2,不存在的记录\n",
        encoding="utf-8",
    )
    report = importing.import_files(play.city(COMMITS), "events", [path], as_of=date(2026, 12, 9))
    notes = [line.params["note"] for line in report.lines if line.code == "month.note"]
    unknown = next(note for note in notes if note.code == "month.repair_of_nothing")
    assert unknown.params == {"rows": 1, "number": "不存在的记录", "unit": visit[3]}
    shown = len(play.public("results.json")["results"])
    assert said(following_up.follow_up(play.round(RECORDS)), "month.publish_again") == {"rounds": ROUND}
    publishing.publish(play.round(RECORDS), play.out)
    assert len(play.public("results.json")["results"]) == shown - 1
    assert "month.publish_again" not in codes(following_up.follow_up(play.round(RECORDS)))
    play.check()
