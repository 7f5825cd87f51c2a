"""Sheets beside the visits (预警与处置参考): an office's open warnings, and the lists that may apply to findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from supervision.messages import Message
from supervision.notice.formats.sheets import Columns, row_height, title_of, write_head, write_text
from supervision.notice.office_content import OfficeContent
from supervision.tables import tuples

WARNINGS, ADVICE = "风险预警", "处置参考"
WARNING_SHEET = (
    ("warning_no", "预警编号", 17),
    ("signal", "信号", 12),
    ("name", "企业名称", 22),
    ("unit_id", "统一社会信用代码", 20),
    ("raised", "发出日期", 11),
    ("due", "办结期限", 11),
    ("text", "要求", 32),
    ("evidence", "依据记录", 30),
    ("hand_over", "查实后移交", 12),
    ("done", "已办", 22),
)
ADVICE_SHEET = (
    ("name", "企业名称", 22),
    ("item", "检查事项", 20),
    ("result", "检查结果", 20),
    ("first_time", "初次", 10),
    ("advice", "可能适用", 34),
    ("basis", "依据", 40),
    ("visit_id", "检查编号", 23),
)
TERMS = {WARNINGS: "notice.warning_terms", ADVICE: "notice.advice_terms"}
DUE = next(place for place, (name, _, _) in enumerate(WARNING_SHEET) if name == "due")


def write_warnings(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the open warnings of an office (风险预警); a day that has passed turns red when the sheet is opened."""
    end = _write(sheet, content, WARNINGS, WARNING_SHEET, tuples(content.warnings, *_names(WARNING_SHEET)), formats)
    late = {"type": "formula", "criteria": "=AND(ISNUMBER($F3),$F3<TODAY())", "format": formats["alarm"]}
    sheet.conditional_format(2, DUE, end - 1, DUE, late)


def write_advice(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the lists that may apply to what was found (处置参考)."""
    _write(sheet, content, ADVICE, ADVICE_SHEET, tuples(content.advice, *_names(ADVICE_SHEET)), formats)


def _names(columns: Columns) -> list[str]:
    return [name for name, _, _ in columns]


def _write(
    sheet: Any, content: OfficeContent, name: str, columns: Columns, rows: Any, formats: Mapping[str, Any]
) -> int:
    """Write a table and its terms below; return the line after the table."""
    title = title_of(content.heading, content.office.name, name)
    write_head(sheet, title, columns, formats, rehearsal=content.heading.rehearsal)
    widths, line = [width for _, _, width in columns], 2
    for row in rows:
        for place, (text, (column, _, _)) in enumerate(zip(row, columns, strict=True)):
            if column in ("raised", "due") and text[:1].isdigit():
                sheet.write_datetime(line, place, date.fromisoformat(text), formats["day"])
            else:
                write_text(sheet, line, place, text, formats["text"])
        sheet.set_row(line, row_height(row, widths))
        line += 1
    terms = Message.of(TERMS[name]).text()
    sheet.merge_range(line + 1, 0, line + 1, len(widths) - 1, "")
    write_text(sheet, line + 1, 0, terms, formats["line"])
    sheet.set_row(line + 1, row_height([terms], [sum(widths)]) + 6)
    sheet.freeze_panes(2, 1)
    return line
