"""Workbook of a province's month (各机构运行结果表): a row an agency, failures coloured, totals in the last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from supervision.notice.formats.sheets import OPTIONS, Columns, cell_formats, row_height, write_head, write_text

SHEET = "各机构运行结果"
COLUMNS: Columns = (
    ("agency", "机构", 18),
    ("kind", "类别", 7),
    ("state", "状态", 7),
    ("step", "进度", 14),
    ("units", "主体数", 10),
    ("drawn", "抽中户数", 9),
    ("visits", "检查次数", 9),
    ("unheld", "未排定", 8),
    ("waits", "在等什么", 24),
    ("issues", "所等信源与期号", 24),
    ("since", "何时起可办", 16),
    ("due", "办理期限", 12),
    ("exit", "退出码", 8),
    ("error", "出错说明", 36),
    ("commitment", "承诺摘要", 34),
    ("manifest", "公示清单摘要", 34),
    ("seconds", "用时（秒）", 10),
)
WHOLE = ("units", "drawn", "visits", "unheld", "exit")
SECONDS = "seconds"
BORDER = {"border": 1, "border_color": "#8A949E"}
FAILED = "失败"
_STATE_CELL = "$C3"


def write(title: str, rows: Sequence[Mapping[str, object]], totals: Mapping[str, object], *, rehearsal: bool) -> bytes:
    """Return the workbook (生成结果表): rows and `totals` have the names of `COLUMNS`, numbers as numbers."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": datetime(2020, 1, 1), "title": title})
    formats = cell_formats(book)
    formats["seconds"] = book.add_format({"num_format": "0.0", "align": "right", "valign": "vcenter", **BORDER})
    sheet = book.add_worksheet(SHEET)
    write_head(sheet, title, COLUMNS, formats, rehearsal=rehearsal)
    widths = [width for _, _, width in COLUMNS]
    for line, row in enumerate([*rows, totals], 2):
        for place, (name, _, _) in enumerate(COLUMNS):
            value = row[name]
            if name in WHOLE and value != "":
                sheet.write_number(line, place, value, formats["number"])
            elif name == SECONDS:
                sheet.write_number(line, place, value, formats["seconds"])
            else:
                write_text(sheet, line, place, str(value), formats["text"])
        sheet.set_row(line, row_height([str(row[name]) for name, _, _ in COLUMNS], widths))
    area = (2, 0, len(rows) + 1, len(COLUMNS) - 1)
    rule = {"type": "formula", "criteria": f'={_STATE_CELL}="{FAILED}"', "format": formats["alarm"]}
    sheet.conditional_format(*area, rule)
    sheet.autofilter(1, 0, len(rows) + 1, len(COLUMNS) - 1)
    sheet.freeze_panes(2, 1)
    book.close()
    return target.getvalue()
