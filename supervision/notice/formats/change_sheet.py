"""The workbook's sheet of changes (变更记录表): what of an office's month is no longer as it was drawn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supervision.messages import say
from supervision.notice.change_notice import time_words
from supervision.notice.formats.sheets import Columns, row_height, write_head, write_text
from supervision.notice.office_content import OfficeContent
from supervision.notice.site.pages import when

CHANGES = "变更记录"
COLUMNS: Columns = (
    ("order", "变更记录号", 10),
    ("at", "变更时间", 18),
    ("kind", "类别", 10),
    ("name", "企业名称", 26),
    ("was", "原定时间", 16),
    ("half_days", "现定时间", 16),
    ("out", "原承担人", 14),
    ("into", "现承担人", 14),
    ("visit_id", "检查编号", 23),
)


def write_changes(sheet: Any, title: str, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the sheet (写变更记录); a visit that is cancelled has no time and nobody any more."""
    write_head(sheet, title, COLUMNS, formats, rehearsal=content.heading.rehearsal)
    for line, row in enumerate(content.changes.to_dict("records"), 2):
        cancelled, leave = row["kind"] == "cancelled", row["kind"] == "leave"
        values = [
            str(row["order"]),
            when(str(row["at"])),
            say(f"notice.change.kind.{row['kind']}"),
            str(row["name"]),
            "" if leave else time_words(str(row["was"])),
            "" if cancelled else time_words(str(row["half_days"])),
            str(row["into"] if leave else row["out"]),
            "" if leave else str(row["into"]),
            str(row["visit_id"]),
        ]
        for place, value in enumerate(values):
            write_text(sheet, line, place, value, formats["text"])
        sheet.set_row(line, row_height(values, [width for _, _, width in COLUMNS]))
    sheet.freeze_panes(2, 0)
