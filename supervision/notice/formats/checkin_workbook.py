"""Workbook of check-ins that do not fit (扫码登记核对表): one sheet, sorted by what is wrong."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter

from supervision.messages import say
from supervision.notice.formats.sheets import OPTIONS, cell_formats, row_height, title_of, write_head, write_text
from supervision.notice.public_content import Heading
from supervision.notice.site.data import records

SHEET = "扫码登记核对"
COLUMNS = (
    ("said", "不符之处", 26),
    ("name", "企业名称", 26),
    ("unit_id", "统一社会信用代码", 20),
    ("office_name", "检查机关", 24),
    ("visit_id", "检查编号", 23),
    ("code", "入企码编号", 19),
    ("date", "日期", 11),
    ("time", "时间", 8),
    ("place", "地点", 18),
    ("answer", "核实情况", 30),
)


def write(heading: Heading, found: pd.DataFrame, *, on: date) -> bytes:
    """Return the workbook (生成核对表), the last column left open for what was found out; the same bytes every time.

    `found`: `results.checkins.FOUND` with name and office_name.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": datetime(on.year, on.month, on.day), "title": f"{SHEET} {heading.round}"})
    formats = cell_formats(book)
    sheet = book.add_worksheet(SHEET)
    write_head(sheet, title_of(heading, heading.city, SHEET), COLUMNS, formats, rehearsal=heading.rehearsal)
    widths = [width for _, _, width in COLUMNS]
    line = 2
    for line, row in enumerate(records(found), 2):
        told = {**row, "said": say(f"results.checkin.{row['cause']}"), "answer": ""}
        for place, (name, _, _) in enumerate(COLUMNS):
            write_text(sheet, line, place, told[name], formats["text"])
        sheet.set_row(line, row_height([told[name] for name, _, _ in COLUMNS], widths))
    sheet.freeze_panes(2, 0)
    sheet.autofilter(1, 0, max(line, 2), len(COLUMNS) - 1)
    book.close()
    return target.getvalue()
