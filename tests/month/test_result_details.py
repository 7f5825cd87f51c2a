"""What stands beside a published result (公示结果的附栏), compared with the files of the round it comes from."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import openpyxl
import pandas as pd
from real_rounds import ROUND

from supervision.month import publishing, recording, result_details
from supervision.month.city import BEIJING, City

NOW = datetime(2026, 12, 20, 10, tzinfo=BEIJING)
ROWS = 6
MORE = (("审核人", "钱审核"), ("后续处置", "责令改正"))


def filled(out: Path, target: Path) -> Path:
    """Fill the first rows of an office's workbook."""
    path = min((out / "internal" / ROUND).glob("market-*/*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book["结果录入"]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, min(3 + ROWS, sheet.max_row + 1)):
        for header, value in (("检查结果", "E"), ("检查日期", datetime(2026, 12, 9)), *MORE):
            sheet.cell(row, at[header]).value = value
    book.save(target)
    return target


def drawn(out: Path) -> Iterator[tuple[str, str]]:
    """Yield task and unit of all that were drawn."""
    for path in (out / "audit" / ROUND / "tasks").glob("*/order.csv"):
        with path.open(encoding="utf-8", newline="") as handle:
            yield from ((path.parent.name, row["unit_id"]) for row in csv.DictReader(handle) if row["role"] == "drawn")


def test_beside_a_result_stand_its_tasks_office_district_and_days(copied, tmp_path):
    """Tasks by the order files, district and office by the registers, follow-up as it was filled."""
    city = City.open(copied.store, who="tester", rules=copied.inputs / "rules", now=lambda: NOW)
    report = recording.record(city, [filled(copied.out, tmp_path / "filled.xlsx")])
    assert report.exit_code == 0, report.facts
    publishing.publish(city.round(ROUND, rehearsal=True), copied.out)
    shown = json.loads((copied.out / "public" / ROUND / "results.json").read_bytes())["results"]
    assert shown
    of_unit = pd.DataFrame(drawn(copied.out), columns=["task_id", "unit_id"])
    plan = pd.read_csv(copied.out / "public" / ROUND / "plan.csv", dtype="str").set_index("task_id")
    entities = pd.read_csv(copied.inputs / "entities.csv", dtype="str").set_index("unit_id")
    for row in shown:
        tasks = of_unit[of_unit["unit_id"] == row["unit_id"]]["task_id"]
        due = sorted(task for task in tasks if row["item"] in plan.loc[task, "items"].split("、"))
        assert row["tasks"].split(" ") == due != []
        assert row["region"] == city.code_lists.label("region", entities.loc[row["unit_id"], "region"])
        assert row["region"][:2] in row["office"] and row["agency"] in row["office"]
        assert row["follow_up"] == "责令改正"
        assert row["inspected_on"] <= row["published_on"] and row["due"] in ("", max(row["due"], row["inspected_on"]))
    search = (copied.out / "public" / "search" / "units-1.js").read_text(encoding="utf-8")
    assert shown[0]["unit_id"] in search and shown[0]["office"] in search


def test_a_task_that_never_discloses_its_list_is_not_named(copied, monkeypatch):
    """A unit that such a task drew, too, shows only the others."""
    city = City.open(copied.store, who="tester", rules=copied.inputs / "rules", now=lambda: NOW)
    round = city.round(ROUND, rehearsal=True)
    told = result_details._tasks(round)
    busy = told["tasks"].str.split(" ").str[0].value_counts().index[0]
    task = next(task for task in round.tasks if task.task_id == busy)
    object.__setattr__(task, "disclosure", "never")
    kept = result_details._tasks(round)
    assert busy in set(told["tasks"].str.split(" ").explode())
    assert busy not in set(kept["tasks"].str.split(" ").explode())


def test_without_results_there_is_nothing_beside_them(copied):
    """Before the first result, and with none that may be shown."""
    city = City.open(copied.store, who="tester", rules=copied.inputs / "rules", now=lambda: NOW)
    round = city.round(ROUND, rehearsal=True)
    assert result_details.result_details(round, None) is None
    assert result_details.result_details(round, pd.DataFrame()) is None
