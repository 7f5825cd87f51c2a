"""Results of a rehearsal (演练结果): they come back under the rehearsal's name, and no register learns of them."""

from __future__ import annotations

import json
from datetime import datetime

import openpyxl
from real_rounds import ROUND

from supervision.month import publishing, recording
from supervision.month.city import BEIJING, City

SHEET = "结果录入"
NOW = datetime(2026, 12, 20, 10, tzinfo=BEIJING)


def test_a_rehearsal_s_results_are_nobody_s_evidence(copied, tmp_path):
    """A rehearsal's workbook names the rehearsal and comes back to it: no register of inspections learns of it."""
    city = City.open(copied.store, who="tester", rules=copied.inputs / "rules", now=lambda: NOW)
    before = {kind: len(city.register(kind, on=NOW.date())) for kind in ("history", "events")}
    path = min((copied.out / "internal" / ROUND).glob("market-*/*.xlsx"))
    book = openpyxl.load_workbook(path)
    sheet = book[SHEET]
    at = {cell.value: cell.column for cell in sheet[2]}
    assert sheet.cell(3, at["轮次"]).value == "2026-12.rehearsal"
    for header, value in (("检查结果", "A"), ("检查日期", datetime(2026, 12, 9)), ("审核人", "钱审核")):
        sheet.cell(3, at[header]).value = value
    book.save(tmp_path / "filled.xlsx")
    report = recording.record(city, [tmp_path / "filled.xlsx"])
    assert (report.facts["rounds"], report.facts["files"][0]["inserted"]) == (["2026-12.rehearsal"], 1)
    assert {kind: len(city.register(kind, on=NOW.date())) for kind in before} == before
    publishing.publish(city.round(ROUND, rehearsal=True), copied.out)
    shown = json.loads((copied.out / "public" / ROUND / "results.json").read_bytes())
    assert len(shown["results"]) == 1
    assert city.store.versions("results", of=[ROUND]).empty
