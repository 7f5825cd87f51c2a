"""Workbook of what an office still owes (督办清单): results that are not public yet, and cases that are open.

The first sheet says which results are due until when and what each waits for; the second which problems, ratings and
objections are to be dealt with until when. Overdue ones come first and are coloured. The same rows, the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from supervision.messages import Message
from supervision.notice.formats.sheets import (
    OPTIONS,
    Columns,
    cell_formats,
    row_height,
    title_of,
    write_head,
    write_text,
)
from supervision.notice.public_content import Heading

RESULTS, CASES = "结果公示督办", "后续处置督办"
RESULT_COLUMNS: Columns = (
    ("state", "状态", 14),
    ("due", "应公示日期", 12),
    ("late", "超期天数", 9),
    ("name", "企业名称", 28),
    ("unit_id", "统一社会信用代码", 21),
    ("item", "检查事项", 28),
    ("ended", "检查日期", 12),
    ("visit_id", "检查编号", 24),
    ("remark", "说明", 30),
)
CASE_COLUMNS: Columns = (
    ("state", "状态", 12),
    ("due", "办理期限", 12),
    ("late", "超期天数", 9),
    ("case_no", "台账编号", 18),
    ("matter", "类别", 12),
    ("name", "企业名称", 26),
    ("item", "检查事项", 24),
    ("text", "要求", 32),
    ("done", "最近办理", 32),
)
DAYS, NUMBERS = ("due", "ended"), ("late",)


def write(
    heading: Heading, office: str, on: date, results: Sequence[Mapping[str, Any]], cases: Sequence[Mapping[str, Any]]
) -> bytes:
    """Return an office's workbook of a day (生成督办清单).

    Rows have the names of the columns; days are ISO texts, "" where there is none, `late` a number of days or 0.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    title = title_of(heading, office, f"督办清单（{on.isoformat()}）")
    book.set_properties({"created": datetime(2020, 1, 1), "title": title})
    formats = cell_formats(book)
    for name, columns, rows in ((RESULTS, RESULT_COLUMNS, results), (CASES, CASE_COLUMNS, cases)):
        _sheet(book.add_worksheet(name), f"{title}　{name}", columns, rows, formats, rehearsal=heading.rehearsal)
    book.close()
    return target.getvalue()


def _sheet(
    sheet: Any,
    title: str,
    columns: Columns,
    rows: Sequence[Mapping[str, Any]],
    formats: Mapping[str, Any],
    *,
    rehearsal: bool,
) -> None:
    write_head(sheet, title, columns, formats, rehearsal=rehearsal)
    widths = [width for _, _, width in columns]
    for line, row in enumerate(rows, 2):
        for place, (name, _, _) in enumerate(columns):
            value = row[name]
            if name in DAYS and value:
                sheet.write_datetime(line, place, datetime.fromisoformat(value), formats["day"])
            elif name in NUMBERS and value:
                sheet.write_number(line, place, value, formats["number"])
            else:
                write_text(sheet, line, place, str(value or ""), formats["text"])
        sheet.set_row(line, row_height([str(row[name] or "") for name, _, _ in columns], widths))
    if not rows:
        write_text(sheet, 2, 0, Message.of("notice.follow_up_none").text(), formats["text"])
        return
    sheet.conditional_format(
        *(2, 0, len(rows) + 1, len(columns) - 1), {"type": "formula", "criteria": "=$C3>0", "format": formats["alarm"]}
    )
    sheet.autofilter(1, 0, len(rows) + 1, len(columns) - 1)
    sheet.freeze_panes(2, 4)
