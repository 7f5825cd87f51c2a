"""Files of a hand-over (移交文件): one CSV a table, a workbook of all, JSON with nested parts; refused rows apart.

Values stand exactly as they are, since programs read them; cells of workbooks are texts, never formulas.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import xlsxwriter

from supervision.messages import say
from supervision.notice.formats.sheets import OPTIONS, row_height

Row = Mapping[str, str]
LONGEST_CELL = 32_767
HEAD, FAULTY, PLAIN, REASON = "head", "faulty", "plain", "reason"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table to write (一张表): `title` and its `columns` (name → Chinese header), rows, and what was refused.

    `faults`: (position of a row, column) → reason; `reasons`: a text a row, for the first column.
    """

    name: str
    title: str
    columns: Mapping[str, str]
    rows: Sequence[Row]
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)
    reasons: Sequence[str] = ()


def csv_file(sheet: Sheet) -> bytes:
    """Return a table as CSV (写 CSV): UTF-8 with its mark, English names first, lines ended as RFC 4180 has it."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(sheet.columns)
    writer.writerows([row.get(name, "") for name in sheet.columns] for row in sheet.rows)
    return target.getvalue().encode("utf-8-sig")


def json_file(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Return rows as JSON (写 JSON), in UTF-8 and in the order of their columns."""
    return json.dumps(rows, ensure_ascii=False, indent=1).encode() + b"\n"


def workbook(sheets: Sequence[Sheet], title: str) -> bytes:
    """Return all tables as one workbook (写工作簿): Chinese headers above English names, a sheet a table.

    With faults each faulty cell is coloured and has its reason as a comment, and the first column gives all reasons.
    The same rows give the same bytes.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        book.set_properties({"created": datetime(2020, 1, 1), "title": title})
        text = {"num_format": "@", "valign": "top", "border": 1, "border_color": "#8A949E"}
        formats = {
            HEAD: book.add_format({**text, "bold": True, "bg_color": "#DCE6F1", "text_wrap": True}),
            PLAIN: book.add_format({**text, "text_wrap": True}),
            FAULTY: book.add_format({**text, "text_wrap": True, "bg_color": "#F8CBAD"}),
        }
        for one in sheets:
            _write(book.add_worksheet(one.title[:31]), one, formats)
    return target.getvalue()


def _write(sheet: Any, table: Sheet, formats: Mapping[str, Any]) -> None:
    heads = list(table.columns.items())
    if table.reasons:
        heads.insert(0, (REASON, say("notice.handover_reason")))
    widths = [_width(name, label, table) for name, label in heads]
    for place, (name, label) in enumerate(heads):
        sheet.write_string(0, place, label, formats[HEAD])
        sheet.write_string(1, place, name, formats[HEAD])
        sheet.set_column(place, place, widths[place])
    for line, row in enumerate(table.rows):
        cells = [row.get(name, "") for name in table.columns]
        if table.reasons:
            cells.insert(0, table.reasons[line])
        sheet.set_row(line + 2, row_height(cells, widths))
        for place, ((name, _), cell) in enumerate(zip(heads, cells, strict=True)):
            reason = table.faults.get((line, name))
            style = formats[FAULTY if reason else PLAIN]
            if cell:
                sheet.write_string(line + 2, place, cell[:LONGEST_CELL], style)
            else:
                sheet.write_blank(line + 2, place, None, style)
            if reason:
                sheet.write_comment(line + 2, place, reason, {"author": "", "x_scale": 2})
    sheet.freeze_panes(2, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(0, 1)


def _width(name: str, label: str, table: Sheet) -> int:
    """Return the width of a column (列宽): its longest text, a Chinese character two wide, within 10 and 40."""
    texts = [label, name, *(row.get(name, "") for row in table.rows[:200])]
    if name == REASON:
        texts += table.reasons[:200]
    return max(10, min(40, max((len(text) + len(text.encode())) // 2 for text in texts) + 2))
