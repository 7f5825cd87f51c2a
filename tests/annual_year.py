"""A town with departments' plans, for the tests of the yearly plan."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
from still_clock import Clock

from supervision.month import drawing, importing, line
from supervision.month.annual_merging import decide, merge
from supervision.month.city import BEIJING, City
from supervision.month.report import Report
from supervision.month.round import Round
from supervision.month.source_file import read_source_file

DecidedBy = Callable[[list[dict[str, str]]], object]
NOW = datetime(2026, 1, 25, 9, tzinfo=BEIJING)
SHEET, HEAD = "联合任务建议", 2


@dataclass
class Town:
    """A store with everything imported and the month before the first planned one scored."""

    city: City
    folder: Path
    inputs: Path
    clock: Clock
    twice: tuple[str, ...]

    def file(self, name: str) -> Path:
        """A place in the test's folder."""
        return self.folder / name

    def merged(self) -> Report:
        """Merge the plans."""
        return merge(self.city, 2026, self.file("plan.xlsx"))

    def decided(self, refused: Mapping[str, str]) -> Report:
        """Say yes to every line but those refused."""
        fill(self.file("plan.xlsx"), self.file("filled.xlsx"), refused)
        return decide(self.city, 2026, self.file("filled.xlsx"), self.file("plan.xlsx"))

    def change(self, plan: str, **cells: str) -> None:
        """Import one plan anew with other cells, known a day later."""
        rows = list(csv.DictReader((self.inputs / "plans.csv").open(encoding="utf-8-sig")))
        row = next(row for row in rows if row["计划编号"] == plan) | {"知悉日期": "2026-01-26"} | cells
        place = self.file("plans-new.csv")
        with place.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(row))
            writer.writeheader()
            writer.writerow(row)
        taken = importing.import_file(self.city, "plans", place, as_of=None)
        assert (taken.inserted, taken.rejected) == (1, 0)

    def draw(self, round_id: str) -> Round:
        """Commit and draw the rehearsal of a month."""
        key = (self.inputs / "frame_key.hex").read_text(encoding="ascii")
        line.commit(self.city, round_id, rehearsal=True, key=key)
        round = self.city.round(round_id, rehearsal=True)
        values = read_source_file("sources.csv", (self.inputs / "sources.csv").read_bytes()).values
        drawing.draw(round, values={name: own for name, own in values.items() if name[-2:] not in ("-2", "-3", "-4")})
        return round


def fill(
    source: Path, target: Path | None, refused: Mapping[str, str], edit: DecidedBy | None = None
) -> list[dict[str, str]]:
    """Fill a workbook with yes, and no with a reason; return its rows as they were or became."""
    book = openpyxl.load_workbook(source)
    sheet = book[SHEET]
    titles = [str(cell.value) for cell in sheet[HEAD]]
    rows = [
        {title: str(cell.value or "") for title, cell in zip(titles, line, strict=True)}
        for line in sheet.iter_rows(min_row=HEAD + 1)
    ]
    if target is None:
        return rows
    for row in rows:
        row["意见"] = "不同意" if row["计划编号"] in refused else "同意"
        row["理由"] = refused.get(row["计划编号"], "")
    if edit:
        edit(rows)
    for number, row in enumerate(rows, HEAD + 1):
        for place, title in enumerate(titles, 1):
            sheet.cell(number, place).value = row[title] or None
    book.save(target)
    return rows
