"""A real month whose results come back, for tests that fill its workbooks."""

from __future__ import annotations

import json
from datetime import datetime

import openpyxl
from real_rounds import RECORDS, ROUND

from supervision.month import publishing, recording
from supervision.month.city import BEIJING, City

SHEET = "结果录入"
NOW = datetime(2026, 12, 20, 10, tzinfo=BEIJING)


class Desk:
    """A real month that a test may change: its city, and the workbook of its busiest market office."""

    def __init__(self, played, work):
        self.city = City.open(played.store, who=RECORDS, rules=played.inputs / "rules", now=lambda: NOW)
        self.out, self.work = played.out, work
        books = sorted((played.out / "internal" / ROUND).glob("market-*/*.xlsx"))
        self.book = max(books, key=lambda path: openpyxl.load_workbook(path)[SHEET].max_row)
        sheet = openpyxl.load_workbook(self.book)[SHEET]
        self.at = {cell.value: cell.column for cell in sheet[2]}
        # a visit that the second draw sent back has a row and nobody who could go
        self.rows = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, self.at["检查人员工号"]).value]

    def fill(self, name, cells=None, *, rows=None):
        """Fill some rows well, then change cells: (row, header) → value."""
        book = openpyxl.load_workbook(self.book)
        sheet = book[SHEET]
        for row in self.rows if rows is None else rows:
            for header, value in (
                ("检查结果", "1 未发现问题"),
                ("检查日期", datetime(2026, 12, 9)),
                ("审核人", "钱审核"),
            ):
                sheet.cell(row, self.at[header], value)
        for (row, header), value in (cells or {}).items():
            sheet.cell(row, self.at[header]).value = value
        path = self.work / f"{name}.xlsx"
        book.save(path)
        return path

    def record(self, *paths, **options):
        """Record files; return the report and what became of the only file."""
        report = recording.record(self.city, list(paths), **options)
        files = report.facts["files"]
        return report, files[0] if len(files) == 1 else files

    def publish(self, reason=None):
        """Publish; return the public results and the manifest's reason."""
        publishing.publish(self.city.round(ROUND), self.out, reason=reason)
        manifest = json.loads((self.out / "public" / ROUND / "manifest.json").read_bytes())
        return json.loads((self.out / "public" / ROUND / "results.json").read_bytes()), manifest["reason"]

    def versions(self):
        """All versions of the round's results."""
        return self.city.store.versions("results", of=[ROUND])

    def value(self, row, header):
        """A cell of the published workbook."""
        return openpyxl.load_workbook(self.book)[SHEET].cell(row, self.at[header]).value
