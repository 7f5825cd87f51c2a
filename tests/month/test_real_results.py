"""A real round's results: they come back, are published, are overdue, open the sealed lists and are next evidence.

The tests of this file are one story and run in the order of the file; each goes on where the one before stopped.
"""

from __future__ import annotations

import csv
import json
from datetime import datetime
from hashlib import sha256

import openpyxl
import pytest
from real_rounds import DAY, IDS, RECORDS, RESULT, REVIEWER, REVIEWS, ROUND, fill

from supervision.errors import UsageError
from supervision.month import following_up, recording
from supervision.month.calendars import standing
from supervision.store.store import Store

PEOPLE = ("inspectors", "reviewer")


@pytest.fixture(scope="module")
def play(stages, tmp_path_factory):
    """The round after its second draw."""
    return stages["matched"].copy(tmp_path_factory.mktemp("results") / "work")


def most_rows(play, names):
    """The office of these whose workbook has the most rows."""
    counts = {}
    for name in names:
        sheet = openpyxl.load_workbook(play.workbook(name))["结果录入"]
        counts[name] = sum(1 for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value)
    return max(counts, key=counts.__getitem__)


def reasons_in(taken):
    """The text of a file's rejects workbook."""
    sheet = openpyxl.load_workbook(taken["rejects_file"]).worksheets[0]
    return " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)


def test_holders_of_places_are_who_was_drawn(play):
    """The people whom each form names are those who hold the office's places, so that the form goes in as it is."""
    places = standing(play.round(RECORDS))
    for office in play.offices():
        sheet = openpyxl.load_workbook(play.workbook(office))["结果录入"]
        for row in range(3, sheet.max_row + 1):
            mine = places[(places["visit_id"] == sheet.cell(row, 2).value) & (places["office"] == office)]
            assert sorted(mine["inspector_id"]) == (sheet.cell(row, IDS).value or "").split()


def test_results_come_back(play):
    """One office's filled workbook goes in; the next manifest names the one before and the page has its rows."""
    play.set("2026-12-09T10:00")
    before = (play.out / "public" / ROUND / "manifest.json").read_bytes()
    office = play.offices()[0]
    report = recording.record(play.city(RECORDS), [fill(play, office)])
    taken = report.facts["files"][0]
    assert report.exit_code == 0
    assert taken["inserted"] > 0
    play.month(RECORDS)
    manifest = play.public("manifest.json")
    assert manifest["sequence"] == json.loads(before)["sequence"] + 1
    assert manifest["previous"] == sha256(before).hexdigest()
    with (play.out / "public" / ROUND / "results.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert len(list(csv.reader(handle))) == taken["inserted"] + 1
    play.check()


def test_same_workbook_again(play, files):
    """The same workbook once more changes nothing."""
    before = files(play.out)
    report = recording.record(play.city(RECORDS), [fill(play, play.offices()[0])])
    taken = report.facts["files"][0]
    assert (taken["inserted"], taken["rejected"]) == (0, 0)
    play.month(RECORDS)
    assert files(play.out) == before


def test_same_workbook_another_day(play):
    """A workbook that comes back a week later does not make its old rows younger: they were published before."""
    play.set("2026-12-16T10:00")
    recording.record(play.city(RECORDS), [fill(play, play.offices()[0])])
    found = Store.open(play.store).register("results", on=play.time.date())
    assert set(found["known_on"].dt.strftime("%Y-%m-%d")) == {"2026-12-09"}
    play.set("2026-12-09T12:00")


def test_foreign_rows_are_rejected(play):
    """Rows of no visit, of a day outside, or reviewed by their own inspector come back in a workbook, exit code 3."""
    late = fill(play, play.offices()[1], day="2027-03-01")
    path = fill(play, most_rows(play, play.offices()[2:]))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    assert [sheet.cell(2, column).value for column in (IDS, REVIEWER)] == ["检查人员工号", "审核人"]
    people = Store.open(play.store).register("inspectors", on=play.time.date()).set_index("inspector_id")["name"]
    held = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, IDS).value][:4]
    ids = [sheet.cell(row, IDS).value.split()[-1] for row in held[2:]]
    sheet.cell(held[0], 2, "91320500XX0000000X~1")
    sheet.cell(held[1], DAY, datetime(2026, 11, 30))
    sheet.cell(held[2], REVIEWER, ids[0])
    sheet.cell(held[3], REVIEWER, people[ids[1]])
    for row in set(range(3, sheet.max_row + 1)) - set(held):
        sheet.cell(row, RESULT).value = sheet.cell(row, DAY).value = None
    book.save(path)
    report = recording.record(play.city(RECORDS), [late, path])
    assert report.exit_code == 3
    first, second = report.facts["files"]
    assert (first["inserted"], second["inserted"], second["rejected"]) == (0, 0, 4)
    assert reasons_in(first).count("检查日期在今天之后") == first["rejected"] > 0
    text = reasons_in(second)
    assert text.count("本轮日程中没有这次检查") == 1
    assert text.count("检查日期早于本轮月份") == 1
    assert text.count("审核人与检查人员是同一人") == 2


def test_a_column_does_not_say_when_a_result_was_known(play, tmp_path):
    """A list with a column known_on is taken, and what it brings is known today all the same."""
    beside, office = play.copy(tmp_path / "column"), play.offices()[1]
    book = openpyxl.load_workbook(play.workbook(office), read_only=True)
    row = next(iter(book["结果录入"].iter_rows(min_row=3, max_col=IDS, values_only=True)))
    path = beside.work / "known.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        head = ["round", "visit_id", "item_id", "agency", "unit_id", "result", "inspected_on", *PEOPLE, "known_on"]
        cells = [*row[:4], row[6], "1", "2026-12-08", row[IDS - 1], REVIEWS, "2026-12-01"]
        csv.writer(handle).writerows([head, cells])
    report = recording.record(beside.city(RECORDS), [path])
    assert report.facts["files"][0]["inserted"] == 1
    assert "results.note_known_on" in [line.params["note"].code for line in report.lines if line.code == "month.note"]
    found = Store.open(beside.store).register("results", on=play.time.date()).set_index("visit_id")
    assert str(found.loc[row[1], "known_on"])[:10] == play.time.date().isoformat()


def test_results_are_not_back_dated(play, files):
    """Results of a real round are known on the day they come in; --as-of is refused."""
    before = Store.open(play.store).register("results", on=play.time.date())
    with pytest.raises(UsageError) as refused:
        recording.record(play.city(RECORDS), [fill(play, play.offices()[1])], as_of=datetime(2026, 12, 8).date())
    assert refused.value.code == "month.as_of_in_real_round"
    assert Store.open(play.store).register("results", on=play.time.date()).equals(before)


def test_clock_runs(play):
    """The publication clock: what is recorded is published, the rest is open, and overdue after 20 working days."""
    today = following_up.follow_up(play.round(RECORDS))
    states = [row["state"] for row in today.facts["rows"]]
    assert today.exit_code == 0
    assert set(states) == {"published", "pending"}
    play.set("2026-12-31T10:00")
    later = following_up.follow_up(play.round(RECORDS))
    assert later.exit_code == 4
    assert "overdue" in [row["state"] for row in later.facts["rows"]]
    assert [row for row in later.facts["rows"] if row["state"] == "published"]


def test_sealed_lists_open_at_the_end(play):
    """When the last visit of a sealed task is recorded its list is published; a CSV of results goes in as well."""
    sealed = {task["task_id"]: task.get("digest") for task in play.public("result.json")["tasks"]}
    assert sealed["T01-food"]
    path = play.work / "results.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["round", "visit_id", "item_id", "agency", "unit_id", "result", "inspected_on", *PEOPLE])
        for office in play.offices()[1:]:
            book = openpyxl.load_workbook(play.workbook(office), read_only=True)
            for row in book["结果录入"].iter_rows(min_row=3, max_col=IDS, values_only=True):
                if row[1]:
                    writer.writerow([*row[:4], row[6], "1", "2026-12-30", row[IDS - 1], REVIEWS])
    report = recording.record(play.city(RECORDS), [path])
    assert report.exit_code == 0
    play.set("2027-01-02T10:00")
    play.month(RECORDS)
    shown = {task["task_id"]: task for task in play.public("result.json")["tasks"]}
    sample = {task["task_id"]: task["sample"] for task in play.public("commitment.json")["tasks"]}
    assert len(shown["T01-food"]["drawn"]) == sample["T01-food"] > 1
    play.check()


def test_results_are_next_months_evidence(play):
    """What was recorded stands in the history register, with the visit's number, for the next month's scores."""
    history = Store.open(play.store).register("history", on=datetime(2027, 1, 2).date())
    mine = history[history["date"] >= "2026-12-01"]
    assert set(mine["result"]) == {"1"}
    assert mine["visit_no"].str.match(r"2026-12/\w+~\d+$").all()
