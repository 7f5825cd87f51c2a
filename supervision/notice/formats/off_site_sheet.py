"""Sheet of off-site checks (非现场检查): what an office checks without a visit, and by when units correct themselves.

Their results stand in the form like those of visits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from supervision.messages import Message
from supervision.notice.formats.sheets import row_height, title_of, write_head, write_text
from supervision.notice.office_content import OfficeContent
from supervision.tables import tuples

OFF_SITE = "非现场检查"
OFF_SITE_SHEET = (
    ("correct_by", "自查自纠截止", 13),
    ("name", "企业名称", 26),
    ("unit_id", "统一社会信用代码", 20),
    ("item", "检查事项", 26),
    ("method", "检查方式", 18),
    ("tasks", "任务编号", 18),
    ("visit_id", "检查编号", 23),
)
TERMS = "notice.off_site_terms"


def write_off_site(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write what is checked without a visit, and how it is done below (非现场检查及办法)."""
    title = title_of(content.heading, content.office.name, OFF_SITE)
    write_head(sheet, title, OFF_SITE_SHEET, formats, rehearsal=content.heading.rehearsal)
    widths, line = [width for _, _, width in OFF_SITE_SHEET], 2
    for day, *texts in tuples(content.off_site, *(name for name, _, _ in OFF_SITE_SHEET)):
        if day:
            sheet.write_datetime(line, 0, date.fromisoformat(day), formats["day"])
        else:
            write_text(sheet, line, 0, Message.of("notice.off_site_waits").text(), formats["text"])
        for place, text in enumerate(texts, 1):
            write_text(sheet, line, place, text, formats["text"])
        sheet.set_row(line, row_height(["", *texts], widths))
        line += 1
    sheet.autofilter(1, 0, line - 1, len(widths) - 1)
    terms = Message.of(TERMS).text()
    sheet.merge_range(line + 1, 0, line + 1, len(widths) - 1, "")
    write_text(sheet, line + 1, 0, terms, formats["line"])
    sheet.set_row(line + 1, row_height([terms], [sum(widths)]) + 6)
    sheet.freeze_panes(2, 2)
