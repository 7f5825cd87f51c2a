"""Could not be inspected, so the next of the order steps in: until then it stands in the follow-up list."""

from __future__ import annotations

import json
from datetime import date

import openpyxl
import pytest
from real_rounds import ROUND
from result_desk import NOW, Desk

from supervision.month import stepping_in
from supervision.month.calendars import drawn_units
from supervision.month.city import City
from supervision.month.due_step_ins import due_step_ins
from supervision.month.following_up import follow_up

GONE = "6 通过登记的住所（经营场所）无法联系"


@pytest.fixture
def desk(at, tmp_path):
    """The month after its second draw."""
    played = at("matched")
    made = Desk(played, tmp_path)
    made.rules = played.inputs / "rules"
    return made


def test_until_somebody_steps_in(desk):
    """Listed for the office with the task's last day; told as recorded; gone once a second person confirmed."""
    visit = desk.value(desk.rows[0], "检查编号")
    unit = desk.value(desk.rows[0], "统一社会信用代码")
    rows = [row for row in desk.rows if desk.value(row, "检查编号") == visit]
    report, taken = desk.record(desk.fill("gone", {(row, "检查结果"): GONE for row in rows}))
    assert (report.exit_code, taken["rejected"]) == (0, 0)
    drawn = drawn_units(desk.city.round(ROUND))
    tasks = {task.task_id: task for task in desk.city.round(ROUND).tasks}
    items = {desk.value(row, "事项编号") for row in rows}
    owed = sorted(t for t in drawn.loc[drawn["unit_id"] == unit, "task_id"] if items & set(tasks[t].items))
    told = follow_up(desk.city.round(ROUND), on=date(2026, 12, 29), out=desk.out)
    assert told.facts["step_ins_due"] == len(owed) > 0
    assert "month.step_ins_due" in {line.code for line in told.lines}
    folder = desk.out / "internal" / "follow-up" / ROUND / "2026-12-29"
    own = openpyxl.load_workbook(folder / f"{desk.book.stem}.xlsx")["后续处置督办"]
    shown = [row for row in own.iter_rows(min_row=3, values_only=True) if row[4] == "无法检查待递补"]
    assert [(row[3], str(row[1])[:10]) for row in shown] == [
        (f"{ROUND}/{visit}", tasks[task].end.isoformat())
        for task in sorted(owed, key=lambda one: (tasks[one].end, one))
    ]
    assert all("无法联系" in row[7] and "stepin" in row[7] for row in shown)
    listed = json.loads((folder / "follow-up.json").read_bytes())["cases"]
    assert {row["unit_id"] for row in listed if row["matter"] == "无法检查待递补"} == {unit}

    evidence = desk.work / "photo.jpg"
    evidence.write_bytes(b"door")
    stepping_in.propose(round_of(desk, "li-03"), unit, task_id=owed[0], reason="6", evidence=evidence)
    marks = [row["done"] for row in due_step_ins(round_of(desk, "sun"), on=date(2027, 1, 5))]
    assert [mark for mark in marks if mark] == ["li-03 已登记，待第二人复核"]
    late = due_step_ins(round_of(desk, "sun"), on=date(2027, 1, 5))
    assert {row["late"] for row in late} == {(date(2027, 1, 5) - tasks[task].end).days for task in owed}
    stepping_in.confirm(round_of(desk, "qian-04"), unit)
    left = due_step_ins(round_of(desk, "sun"), on=date(2026, 12, 29))
    assert len(left) == len(owed) - 1
    assert all(row["office_id"] == desk.book.stem and row["state"] == "办理中" for row in left)


def round_of(desk, who):
    """The round as opened by somebody who held neither key nor order."""
    city = desk.city
    return City.open(city.store.path, who=who, rules=desk.rules, now=lambda: NOW).round(ROUND)
