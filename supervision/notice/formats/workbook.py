"""Office workbook (机构工作簿): the month's visits in calendar order and the form for results, as .xlsx.

The sheet 结果录入 has the headers of the register `results`; its ids stand in hidden, locked columns. Names are written
as texts, never as formulas. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from supervision.notice.office_content import FORM_COLUMNS as OFFICE_FORM
from supervision.notice.office_content import OfficeContent
from supervision.notice.public_content import tuples

NAME = "workbook"
SCHEDULE, RESULTS, MANUAL, CHOICES = "本月检查日程", "结果录入", "说明", "选项"
FONT = "宋体"
SCHEDULE_COLUMNS = (
    ("date", "日期", 11),
    ("half", "时段", 7),
    ("name", "企业名称", 22),
    ("unit_id", "统一社会信用代码", 20),
    ("address", "地址", 24),
    ("street", "街道", 10),
    ("items", "检查事项", 22),
    ("joint", "同行部门", 24),
    ("inspectors", "本机构检查人员", 14),
    ("tasks", "任务编号", 16),
    ("visit_id", "检查编号", 23),
)
FORM_COLUMNS = (
    ("round", "轮次", 0),
    ("visit_id", "检查编号", 0),
    ("item_id", "事项编号", 0),
    ("agency", "检查机关", 0),
    ("date", "计划日期", 11),
    ("name", "企业名称", 22),
    ("unit_id", "统一社会信用代码", 20),
    ("item", "抽查事项", 20),
    ("result", "检查结果", 24),
    ("inspected_on", "检查日期", 11),
    ("method", "检查方式", 14),
    ("follow_up", "后续处置", 18),
    ("inspectors", "检查人员工号", 13),
    ("reviewer", "审核人", 9),
    ("note", "备注", 14),
)
LINE_HEIGHT = 13.5
MANUAL_WIDTH = 74
FILLED_IN = ("result", "inspected_on", "method", "follow_up", "inspectors", "reviewer", "note")
MANUAL_LINES = (
    "一、“本月检查日程”按日期排列本机构的全部入企检查；“同行部门”为同一次入企的其他机构，请一同前往，进一次门、查多项事。",
    "二、检查人员由抽签产生，不得自行更换；确需更换的，报牵头部门按规程另行抽取。",
    "三、检查结束后在“结果录入”逐行填写。每行为一次检查的一个事项；白底单元格可填，灰底单元格已锁定，请勿改动。",
    "四、“检查结果”“后续处置”从下拉列表中选取；“检查方式”可选一种，也可填多种，中间用“、”隔开。",
    "五、“检查日期”填实际检查日期，如 2026-12-03；“检查人员工号”已按抽取结果填好，实际不同的据实更正，多人用空格隔开。",
    "六、“检查结果”为空的行不会导入，可以分批填写、分批交回。填了结果而缺检查日期的，日期格显示为红色。",
    "七、结果须由另一人审核，审核人不得是检查人员本人。",
    "八、检查结果自检查结束次日起 {days} 个工作日内公示，谁检查、谁录入、谁公开。",
)


def write(content: OfficeContent) -> bytes:
    """Return the workbook of one office (生成机构工作簿)."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(target, options)
    year, month = int(content.heading.round[:4]), int(content.heading.round[5:7])
    book.set_properties({"created": datetime(year, month, 1), "title": _title(content, SCHEDULE)})
    book.set_size(2400, 1400)
    formats = _formats(book)
    _schedule(book.add_worksheet(SCHEDULE), content, formats)
    _results(book.add_worksheet(RESULTS), content, formats)
    _manual(book.add_worksheet(MANUAL), content, formats)
    _choices(book.add_worksheet(CHOICES), content)
    book.close()
    return target.getvalue()


def _title(content: OfficeContent, sheet: str) -> str:
    heading = content.heading
    mark = "【演练 REHEARSAL】" if heading.rehearsal else ""
    return f"{mark}{content.office.name}　{heading.round} 轮次　{sheet}"


def _formats(book: Any) -> dict[str, Any]:
    cell = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    cell["border_color"] = "#8A949E"
    made = {
        "title": {"font_name": FONT, "font_size": 15, "bold": True, "valign": "vcenter"},
        "rehearsal": {"font_name": FONT, "font_size": 15, "bold": True, "valign": "vcenter", "font_color": "#A01818"},
        "head": {**cell, "bold": True, "bg_color": "#DCE6F1", "align": "center"},
        "text": {**cell, "num_format": "@"},
        "day": {**cell, "num_format": "yyyy-mm-dd", "align": "center"},
        "locked": {**cell, "num_format": "@", "bg_color": "#EEEEEE"},
        "locked_day": {**cell, "num_format": "yyyy-mm-dd", "align": "center", "bg_color": "#EEEEEE"},
        "open": {**cell, "num_format": "@", "locked": False},
        "open_day": {**cell, "num_format": "yyyy-mm-dd", "align": "center", "locked": False},
        "line": {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"},
        "alarm": {"bg_color": "#F4B6B6"},
    }
    return {name: book.add_format(values) for name, values in made.items()}


def _head(sheet: Any, content: OfficeContent, formats: Mapping[str, Any], columns: Any) -> None:
    """Write title, header and page set-up of a table sheet (表头与打印设置)."""
    rehearsal = content.heading.rehearsal
    sheet.set_row(0, 30)
    sheet.set_row(1, 24)
    first = next(place for place, (_, _, width) in enumerate(columns) if width)
    sheet.write_string(0, first, _title(content, sheet.get_name()), formats["rehearsal" if rehearsal else "title"])
    for place, (_, label, width) in enumerate(columns):
        sheet.write_string(1, place, label, formats["head"])
        sheet.set_column(place, place, width or 12, None, {} if width else {"hidden": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0, 1)
    sheet.set_footer(("&L演练 REHEARSAL" if rehearsal else "&L内部资料") + "&C第 &P 页，共 &N 页")


def _schedule(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    _head(sheet, content, formats, SCHEDULE_COLUMNS)
    names = [name for name, _, _ in SCHEDULE_COLUMNS]
    for line, row in enumerate(tuples(content.visits, *names), 2):
        sheet.write_datetime(line, 0, date.fromisoformat(row[0]), formats["day"])
        for place, value in enumerate(row[1:], 1):
            sheet.write_string(line, place, value, formats["text"])
        sheet.set_row(line, _height(row, [width for _, _, width in SCHEDULE_COLUMNS]))
    sheet.autofilter(1, 0, 1 + len(content.visits), len(names) - 1)
    sheet.freeze_panes(2, 3)
    sheet.print_area(0, 0, 1 + len(content.visits), len(names) - 2)


def _results(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    _head(sheet, content, formats, FORM_COLUMNS)
    known = {"round": content.heading.round}
    for line, row in enumerate(tuples(content.forms, *OFFICE_FORM), 2):
        values = known | dict(zip(OFFICE_FORM, row, strict=True))
        for place, (name, _, _) in enumerate(FORM_COLUMNS):
            if name == "date":
                sheet.write_datetime(line, place, date.fromisoformat(values[name]), formats["locked_day"])
            elif name not in FILLED_IN:
                sheet.write_string(line, place, values[name], formats["locked"])
            elif values.get(name):
                sheet.write_string(line, place, values[name], formats["open"])
            else:
                sheet.write_blank(line, place, None, formats["open_day" if name == "inspected_on" else "open"])
        widths = [width for _, _, width in FORM_COLUMNS]
        sheet.set_row(line, _height([values.get(name, "") for name, _, _ in FORM_COLUMNS], widths))
    sheet.freeze_panes(2, 6)
    allowed = ("format_columns", "format_rows", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))
    if len(content.forms):
        _restrict(sheet, content, formats, last=1 + len(content.forms))


def _height(values: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height in points of a row that shows all its texts (行高).

    A Chinese character, three bytes, is two wide; others are one.
    """
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if width:
            lines = max(lines, -(-(len(value) + len(value.encode())) // 2 // (width - 1)))
    return LINE_HEIGHT * lines + 5


def _restrict(sheet: Any, content: OfficeContent, formats: Mapping[str, Any], *, last: int) -> None:
    """Give the form its pick-lists and the check of the date (下拉列表与日期校验)."""
    column = {name: place for place, (name, _, _) in enumerate(FORM_COLUMNS)}
    for place, name in enumerate(sorted(content.choices)):
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"={CHOICES}!${letter}$1:${letter}${len(content.choices[name])}",
            "error_type": "information" if name == "method" else "stop",
            "error_title": "请从列表中选取",
            "error_message": "请从下拉列表中选取；多种检查方式用“、”隔开。",
        }
        sheet.data_validation(2, column[name], last, column[name], rule)
    start = date(int(content.heading.round[:4]), 1, 1)
    day = {
        "validate": "date",
        "criteria": ">=",
        "value": start,
        "error_title": "检查日期",
        "error_message": "请填实际检查日期，如 2026-12-03。",
    }
    sheet.data_validation(2, column["inspected_on"], last, column["inspected_on"], day)
    result, on = (chr(ord("A") + column[name]) for name in ("result", "inspected_on"))
    alarm = {"type": "formula", "criteria": f'=AND(${result}3<>"",${on}3="")', "format": formats["alarm"]}
    sheet.conditional_format(2, column["inspected_on"], last, column["inspected_on"], alarm)


def _manual(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, MANUAL_WIDTH)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    rehearsal = content.heading.rehearsal
    sheet.write_string(0, 0, _title(content, MANUAL), formats["rehearsal" if rehearsal else "title"])
    sheet.set_row(0, 30)
    for line, template in enumerate(MANUAL_LINES, 1):
        text = template.format(days=content.publication_days)
        sheet.write_string(line, 0, text, formats["line"])
        sheet.set_row(line, _height([text], [MANUAL_WIDTH]) + LINE_HEIGHT)


def _choices(sheet: Any, content: OfficeContent) -> None:
    sheet.hide()
    for place, name in enumerate(sorted(content.choices)):
        for line, text in enumerate(content.choices[name]):
            sheet.write_string(line, place, text)
