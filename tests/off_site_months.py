"""A small month with off-site checks and their control, for tests that play it and fill its workbooks."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl

from supervision.demo.city import write_city

ROUND, SHEET = "2026-12", "结果录入"
PAPERS, CONTROL, DOORS = "T33-report", "T34-reportsite", "T01-food"
ITEM = "market-report"


def city_of(folder: Path, *tasks: str, entities: int = 800) -> Path:
    """Write the demo city with these tasks alone."""
    write_city(folder, entities=entities, month=ROUND)
    keep_tasks(folder, lambda row: row["任务编号"] in tasks)
    shutil.rmtree(folder / "xlsx", ignore_errors=True)
    return folder


def keep_tasks(folder: Path, wanted, **changes: dict[str, str]) -> None:
    """Keep the tasks that are wanted, with changed cells: task → {header: text}."""
    path = folder / "tasks.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        listed = list(csv.DictReader(handle))
    rows = [row | changes.get(row["任务编号"].partition("-")[0], {}) for row in listed if wanted(row)]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(listed[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def people_of(folder: Path) -> dict[str, list[str]]:
    """Return the inspectors of each office, those without a recusal first: they may check any unit."""
    tables = {}
    for name in ("inspectors", "recusals"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
            tables[name] = list(csv.DictReader(handle))
    recused = {row["单位工号"] for row in tables["recusals"]}
    found: dict[str, list[str]] = {}
    for row in sorted(tables["inspectors"], key=lambda row: row["单位工号"] in recused):
        found.setdefault(row["机构编号"], []).append(row["单位工号"])
    return found


def fill(book_path: Path, target: Path, *, people: list[str], cells=None, only=lambda visit: True) -> Path:
    """Fill an office's workbook: every row with a result on its planned day, off-site ones with two of the office.

    `cells`: visit → {header: value} that stand instead.
    """
    book = openpyxl.load_workbook(book_path)
    sheet = book[SHEET]
    at = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        visit = sheet.cell(row, at["检查编号"]).value
        if not visit or not only(visit):
            continue
        day = sheet.cell(row, at["计划日期"]).value
        values = {"检查结果": "1 未发现问题", "检查日期": day, "审核人": "钱审核"}
        if visit.endswith("~0"):
            values["检查人员工号"] = "、".join(people[:2])
        for header, value in (values | (cells or {}).get(visit, {})).items():
            sheet.cell(row, at[header]).value = value
    book.save(target)
    return target
