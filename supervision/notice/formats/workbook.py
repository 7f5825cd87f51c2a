"""Office workbook (机构工作簿): the month's visits in calendar order, the form for results, reasons and load, as .xlsx.

What is on record already stands in the form, locked and marked, and can be corrected on a sheet of its own. Names are
written as texts, never as formulas. The same content gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from supervision.messages import say
from supervision.notice.formats.calendar_sheets import LOAD, PROOF, write_load, write_proof
from supervision.notice.formats.change_sheet import CHANGES, write_changes
from supervision.notice.formats.note_sheets import ADVICE, WARNINGS, write_advice, write_warnings
from supervision.notice.formats.off_site_sheet import OFF_SITE, write_off_site
from supervision.notice.formats.point_sheet import POINTS, write_points
from supervision.notice.formats.result_form import (
    CHOICES,
    CORRECTION_COLUMNS,
    CORRECTIONS,
    FORM_COLUMNS,
    RESULTS,
    STATE,
    FormRow,
    correction_rows,
    entry_rows,
    write_choices,
    write_form,
)
from supervision.notice.formats.sheets import (
    LINE_HEIGHT,
    OPTIONS,
    Columns,
    cell_formats,
    row_height,
    title_of,
    write_head,
    write_text,
)
from supervision.notice.office_content import OfficeContent
from supervision.tables import tuples

NAME = "workbook"
SCHEDULE, MANUAL = "本月检查日程", "说明"
SCHEDULE_COLUMNS = (
    ("date", "日期", 11),
    ("half", "时段", 7),
    ("name", "企业名称", 22),
    ("address", "地址", 22),
    ("street", "街道", 9),
    ("contact", "联络人", 9),
    ("phone", "联系方式", 14),
    ("items", "检查事项", 22),
    ("inspectors", "本机构检查人员", 14),
    ("partners", "同行机构及人员", 24),
    ("used", "本年入企频次（含本次）", 18),
    ("earlier", "历次发现问题", 26),
    ("signed", "检查人员签名", 13),
    ("unit_id", "统一社会信用代码", 20),
    ("lead", "牵头机构", 12),
    ("tasks", "任务编号", 16),
    ("ground", "事由", 18),
    ("visit_id", "检查编号", 23),
)
CARRIED = 13  # columns that are printed; the rest is for filters on the screen
MANUAL_WIDTH = 74
MANUAL_LINES = (
    "一、“本月检查日程”按日期排列本机构的全部入企检查；“同行机构及人员”为同一次入企的其他机构，请一同前往，进一次门、查多项事。"
    "“检查要点”逐项写明查什么、依据什么，可打印带到现场。",
    "二、检查人员由抽签产生，不得自行更换；确需更换的，报牵头部门按规程另行抽取。",
    "三、检查结束后在“结果录入”逐行填写。每行为一次检查的一个事项；白底单元格可填，灰底单元格已锁定，请勿改动。",
    "四、“检查结果”“后续处置”从下拉列表中选取；“检查方式”可选一种，也可填多种，中间用“、”隔开。",
    "五、“检查日期”填实际检查日期，如 2026-12-03；“检查人员工号”已按抽取结果填好，也可填日程表上的姓名，"
    "多人用“、”隔开。只能是本次抽取的人员，且不得少于规定人数。",
    "六、“检查结果”为空的行不会录入，可以分批填写、分批交回。填了结果而缺检查日期的，日期格显示为红色。请勿合并单元格。",
    "七、结果须由检查人员以外的另一人审核并填入“审核人”，没有审核人的行不予受理。",
    "八、注销、被吊销、被撤销、迁出（9 至 12）须有登记信息印证；现场关门停业的选 7。",
    "九、“录入状态”注明已录入的行，绿底锁定。录入有误的，在“结果更正”表改正该行，"
    "并填“更正理由”（对外公开）和“更正审核人”（经办人、检查人员以外的另一人）。",
    "十、“未排定与证明”写明本机构未能安排的检查、原因和解决办法，以及日程经证明做到了什么；“每日负荷”为各工作日需用和可用的人·半天。",
    "十一、“本年入企频次”为本年已用和剩余的次数，含本次检查；检查通知书上的“检查频次”照此填写。个案检查按规则另计。",
    "十二、检查结果自检查结束次日起 {days} 个工作日内公示，谁检查、谁录入、谁公开。",
)


def write(content: OfficeContent) -> bytes:
    """Return the workbook of one office (生成机构工作簿)."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    year, month = int(content.heading.round[:4]), int(content.heading.round[5:7])
    book.set_properties({"created": datetime(year, month, 1), "title": _title(content, SCHEDULE)})
    book.set_size(2400, 1400)
    formats = cell_formats(book)
    _schedule(book.add_worksheet(SCHEDULE), content, formats)
    write_points(book.add_worksheet(POINTS), content, formats)
    _forms(book, content, formats)
    if len(content.off_site):
        write_off_site(book.add_worksheet(OFF_SITE), content, formats)
    if len(content.changes):
        write_changes(book.add_worksheet(CHANGES), _title(content, CHANGES), content, formats)
    if len(content.warnings):
        write_warnings(book.add_worksheet(WARNINGS), content, formats)
    if len(content.advice):
        write_advice(book.add_worksheet(ADVICE), content, formats)
    write_proof(book.add_worksheet(PROOF), content, formats)
    write_load(book.add_worksheet(LOAD), content, formats)
    _manual(book.add_worksheet(MANUAL), content, formats)
    write_choices(book.add_worksheet(CHOICES), content.choices)
    book.close()
    return target.getvalue()


def _title(content: OfficeContent, sheet: str) -> str:
    return title_of(content.heading, content.office.name, sheet)


def _forms(book: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the sheet for results, and the one for corrections where something is on record (结果录入与更正)."""
    round_id = content.heading.key
    forms = [{str(name): str(text) for name, text in row.items()} for row in content.forms.to_dict("records")]
    sheets: list[tuple[str, Columns, list[FormRow]]] = [(RESULTS, (*FORM_COLUMNS, STATE), entry_rows(forms, round_id))]
    if content.forms["state"].ne("").any():
        sheets.append((CORRECTIONS, (*FORM_COLUMNS, *CORRECTION_COLUMNS), correction_rows(forms, round_id)))
    for name, columns, rows in sheets:
        write_form(
            book.add_worksheet(name),
            _title(content, name),
            columns,
            rows,
            choices=content.choices,
            formats=formats,
            rehearsal=content.heading.rehearsal,
        )


def _schedule(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    """Write the list of visits (检查日程): what is carried is printed, with a place for the signature."""
    title = _title(content, SCHEDULE)
    write_head(sheet, title, SCHEDULE_COLUMNS, formats, rehearsal=content.heading.rehearsal)
    names = [name for name, _, _ in SCHEDULE_COLUMNS]
    rows = content.visits.merge(content.details, on="visit_id", how="left", validate="1:1").assign(signed="")
    for line, row in enumerate(tuples(rows, *names), 2):
        sheet.write_datetime(line, 0, date.fromisoformat(row[0]), formats["day"])
        for place, value in enumerate(row[1:], 1):
            write_text(sheet, line, place, value, formats["text"])
        sheet.set_row(line, row_height(row, [width for _, _, width in SCHEDULE_COLUMNS]))
    last = 1 + len(rows)
    if rows.empty:
        write_text(sheet, 2, 2, say("notice.no_visits"), formats["line"])
        last = 2
    sheet.autofilter(1, 0, last, len(names) - 1)
    sheet.freeze_panes(2, 3)
    sheet.print_area(0, 0, last, CARRIED - 1)


def _manual(sheet: Any, content: OfficeContent, formats: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, MANUAL_WIDTH)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    rehearsal = content.heading.rehearsal
    write_text(sheet, 0, 0, _title(content, MANUAL), formats["rehearsal" if rehearsal else "title"])
    sheet.set_row(0, 30)
    for line, template in enumerate(MANUAL_LINES, 1):
        text = template.format(days=content.publication_days)
        write_text(sheet, line, 0, text, formats["line"])
        sheet.set_row(line, row_height([text], [MANUAL_WIDTH]) + LINE_HEIGHT)
