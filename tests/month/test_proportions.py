"""Proportion in a month: lists beside each finding, in follow-up and in the office's workbook, and never in public."""

from __future__ import annotations

import openpyxl
import pytest
from result_desk import NOW, Desk

from supervision.month import publishing
from supervision.month.following_up import follow_up
from supervision.month.importing import import_file
from supervision.month.proportions import advice_of

ROUND = "2026-12"


@pytest.fixture
def desk(at, tmp_path):
    """The month after its second draw."""
    return Desk(at("matched"), tmp_path)


def entries(desk):
    """Visit → entries that may apply, and whether it is the first time."""
    found = advice_of(desk.city.round(ROUND))
    return {
        visit: (bool(own["first_time"].iloc[0]), own["entry"].tolist())
        for visit, own in found.groupby("visit_id", sort=True)
    }


def spotless(desk, many):
    """Rows of the workbook of different units with neither penalty nor finding on record."""
    events, history = (desk.city.register(kind, on=NOW.date()) for kind in ("events", "history"))
    seen = {*events.loc[events["kind"] == "penalty", "unit_id"], *history.loc[history["result"] != "1", "unit_id"]}
    rows = {}
    for row in desk.rows:
        unit = desk.value(row, "统一社会信用代码")
        if unit not in seen:
            rows.setdefault(unit, row)
    assert len(rows) >= many
    return list(rows.values())[:many]


def penalise(desk, unit, day):
    """Put a penalty into the register of events."""
    path = desk.work / f"penalty-{day}.csv"
    path.write_text(f"unit_id,kind,happened,event_no,known_on\n{unit},penalty,{day},P{day},{day}\n", encoding="utf-8")
    assert import_file(desk.city, "events", path, as_of=None).inserted == 1


def test_beside_each_finding(desk):
    """Corrected, not corrected, nothing found: lists for the first two; a penalty before makes it not the first."""
    one, two = spotless(desk, 2)
    three = next(row for row in desk.rows if row not in (one, two))
    cells = {(one, "检查结果"): "E 发现问题经责令已改正", (two, "检查结果"): "A 发现问题待后续处理"}
    desk.record(desk.fill("filled", cells, rows=[one, two, three]))
    visits = [desk.value(row, "检查编号") for row in (one, two, three)]
    units = [desk.value(row, "统一社会信用代码") for row in (one, two, three)]
    assert entries(desk) == {
        visits[0]: (True, ["statute-33-minor", "statute-33-first", "suzhou-leniency-2"]),
        visits[1]: (True, ["statute-33-first", "statute-32", "suzhou-leniency-2", "discretion"]),
    }
    for row in (0, 1):
        penalise(desk, units[row], "2024-12-08")
    assert {first for first, _ in entries(desk).values()} == {True}  # 24 months and a day before the inspection
    penalise(desk, units[0], "2024-12-09")
    penalise(desk, units[1], "2026-12-09")  # on the day of the inspection: not before it
    assert entries(desk)[visits[0]] == (False, ["statute-33-minor"])
    assert entries(desk)[visits[1]][0] is True
    report = follow_up(desk.city.round(ROUND))
    assert len(report.facts["advice"]) == 5
    texts = [line.text("zh") for line in report.lines]
    assert any("按期改正的" in text and visits[1] in text for text in texts)
    assert any("2 项发现的问题有可参考的清单" in text for text in texts)
    assert any("once corrected in time" in line.text("en") for line in report.lines)


def test_in_the_workbook_and_not_in_public(desk):
    """The office's workbook has the sheet; no public file has a word of it."""
    (one,) = spotless(desk, 1)
    desk.record(desk.fill("filled", {(one, "检查结果"): "E 发现问题经责令已改正"}, rows=[one]))
    publishing.publish(desk.city.round(ROUND), desk.out)
    sheet = openpyxl.load_workbook(desk.book)["处置参考"]
    told = [[cell.value for cell in line][2:5] for line in sheet.iter_rows(min_row=3, max_row=5)]
    assert [(row[0][:1], row[1]) for row in told] == [("E", "初次")] * 3
    assert told[0][2].startswith("轻微并及时改正")
    public = b"".join(path.read_bytes() for path in (desk.out / "public").rglob("*.js*") if path.is_file())
    assert "不予处罚".encode() not in public and b"statute-33" not in public
