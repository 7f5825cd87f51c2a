"""Sheets on the calendar (日程证明与每日负荷): what could not be held and why, what is proven, load by day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from supervision.messages import Message
from supervision.notice.formats.sheets import row_height, title_of, write_head, write_text
from supervision.notice.office_content import OfficeContent
from supervision.tables import tuples

PROOF, LOAD = "未排定与证明", "每日负荷"
PROOF_COLUMNS = (
    ("units", "户数", 7),
    ("reason", "未排定的原因和解决办法", 58),
    ("items", "检查事项", 24),
    ("names", "检查对象", 44),
)
LOAD_COLUMNS = (
    ("date", "日期", 12),
    ("am_visits", "上午检查（次）", 14),
    ("am", "上午用人（人）", 14),
    ("pm_visits", "下午检查（次）", 14),
    ("pm", "下午用人（人）", 14),
    ("needed", "需用（人·半天）", 15),
    ("available", "可用（人·半天）", 15),
    ("load", "负荷", 12),
)
NAMED = 10
TERMS = "notice.certificate.terms"


def write_proof(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write what is not held, a row a cause, and the certificate's statements below (未排定原因与日程证明)."""
    rehearsal = content.heading.rehearsal
    write_head(sheet, _title(content, PROOF), PROOF_COLUMNS, formats, rehearsal=rehearsal)
    widths, line = [width for _, _, width in PROOF_COLUMNS], 2
    for units, *words, names in tuples(content.causes, "units", "reason", "items", "names"):
        row = [str(units), *words, _some(str(names), int(units))]
        for place, text in enumerate(row):
            write_text(sheet, line, place, text, formats["text"])
        sheet.set_row(line, row_height(row, widths))
        line += 1
    if content.causes.empty:
        write_text(sheet, line, 1, Message.of("notice.everything_held").text(), formats["text"])
        line += 1
    line += 1
    for one in [*content.certificate, Message.of(TERMS)]:
        text = one.text()
        sheet.merge_range(line, 0, line, len(widths) - 1, "")
        write_text(sheet, line, 0, text, formats["line"])
        sheet.set_row(line, row_height([text], [sum(widths)]) + 6)
        line += 1


def write_load(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write what each working day binds beside what there is (每日负荷)."""
    write_head(sheet, _title(content, LOAD), LOAD_COLUMNS, formats, rehearsal=content.heading.rehearsal)
    line = 2
    for day, *numbers, available in tuples(content.days, "date", "am_visits", "am", "pm_visits", "pm", "available"):
        needed = numbers[1] + numbers[3]
        sheet.write_datetime(line, 0, date.fromisoformat(day), formats["day"])
        for place, number in enumerate([*numbers, needed, available], 1):
            sheet.write_number(line, place, number, formats["number"])
        sheet.write_number(line, 7, needed / available if available else 0, formats["percent"])
        line += 1
    if line > 2:
        bar = {"type": "data_bar", "bar_color": "#F8CF9B", "min_type": "num", "min_value": 0}
        sheet.conditional_format(2, 7, line - 1, 7, {**bar, "max_type": "num", "max_value": 1})
    sheet.freeze_panes(2, 1)


def _title(content: OfficeContent, sheet: str) -> str:
    return title_of(content.heading, content.office.name, sheet)


def _some(names: str, units: int) -> str:
    """The first names, and how many there are; all of them stand on the office's page."""
    some = names.split("、")[:NAMED]
    if units <= NAMED:
        return names
    return Message.of("notice.some_units", names="、".join(some), units=units).text()
