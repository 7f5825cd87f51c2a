"""The workbook's sheet of points to check (检查要点表): a row a visit and item, with places to note and to sign."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from supervision.notice.formats.sheets import Columns, row_height, title_of, write_head, write_text
from supervision.notice.office_content import OfficeContent
from supervision.tables import tuples

POINTS = "检查要点"
COLUMNS: Columns = (
    ("date", "日期", 11),
    ("half", "时段", 7),
    ("name", "企业名称", 22),
    ("item", "检查事项", 20),
    ("kind", "事项类别", 12),
    ("content", "检查要点", 40),
    ("basis", "检查依据", 24),
    ("method", "检查方式", 12),
    ("seen", "现场情况", 22),
    ("signed", "检查人员签名", 13),
    ("unit_signed", "企业签名", 12),
    ("visit_id", "检查编号", 23),
)
LEAST = 42  # points: a row leaves room for handwriting


def write_points(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the sheet (写检查要点): what is noted and signed at the door is left blank."""
    title = title_of(content.heading, content.office.name, POINTS)
    write_head(sheet, title, COLUMNS, formats, rehearsal=content.heading.rehearsal)
    names, widths = [name for name, _, _ in COLUMNS], [width for _, _, width in COLUMNS]
    rows = content.points.assign(seen="", signed="", unit_signed="")
    for line, row in enumerate(tuples(rows, *names), 2):
        sheet.write_datetime(line, 0, date.fromisoformat(row[0]), formats["day"])
        for place, value in enumerate(row[1:], 1):
            write_text(sheet, line, place, value, formats["text"])
        sheet.set_row(line, max(LEAST, row_height(row, widths)))
    last = max(2, 1 + len(rows))
    sheet.autofilter(1, 0, last, len(names) - 1)
    sheet.freeze_panes(2, 3)
    sheet.print_area(0, 0, last, len(names) - 2)
