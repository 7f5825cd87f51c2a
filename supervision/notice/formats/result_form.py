"""The form for results (结果录入表): one row a visit and item, as an office fills it in and as it is handed back.

Its headers are those of the register `results`; the ids stand in hidden, locked columns. What is on record is locked
and marked; a correction has its own sheet, with its reason and the second person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from supervision.messages import say
from supervision.notice.formats.sheets import row_height, write_head, write_text
from supervision.notice.office_content import ANSWERS
from supervision.spreadsheet_text import neutral

RESULTS, CORRECTIONS, CHOICES = "结果录入", "结果更正", "选项"
IDS = (
    ("round", "轮次", 0),
    ("visit_id", "检查编号", 0),
    ("item_id", "事项编号", 0),
    ("agency", "检查机关", 0),
)
FORM_COLUMNS = (
    *IDS,
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
    ("item_result", "单项结果", 10),
    ("note", "备注", 14),
)
STATE = ("state", "录入状态", 12)
CORRECTION_COLUMNS = (("correction_reason", "更正理由", 20), ("correction_reviewer", "更正审核人", 11))
REASON = ("reason", "退回原因", 44)
VISIBLE_ID = 16
DAYS = ("date", "inspected_on")
FROZEN = 6  # up to the company's name


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """One row of a form (表中一行): column → text; which columns are open; columns at fault → why."""

    values: Mapping[str, str]
    open: frozenset[str] = frozenset()
    faults: Mapping[str, str] = field(default_factory=dict)


def entry_rows(forms: Sequence[Mapping[str, str]], round_id: str) -> list[FormRow]:
    """Return the rows of the sheet 结果录入 (录入行): open where nothing is on record yet."""
    missing = say("notice.state.missing")
    return [
        FormRow(
            values={**row, "round": round_id, "state": row["state"] or missing},
            open=frozenset() if row["state"] else frozenset(ANSWERS),
        )
        for row in forms
    ]


def correction_rows(forms: Sequence[Mapping[str, str]], round_id: str) -> list[FormRow]:
    """Return the rows of the sheet 结果更正 (更正行): what is on record, open for what was entered wrongly."""
    able = frozenset((*ANSWERS, *(name for name, _, _ in CORRECTION_COLUMNS)))
    return [FormRow(values={**row, "round": round_id}, open=able) for row in forms if row["state"]]


def write_form(
    sheet: Any,
    title: str,
    columns: Sequence[tuple[str, str, int]],
    rows: Sequence[FormRow],
    *,
    choices: Mapping[str, Sequence[str]],
    formats: Mapping[str, Any],
    rehearsal: bool,
) -> None:
    """Write a sheet of the form (写结果表) with its pick-lists; whoever makes the workbook writes the choices."""
    columns = [(name, label, width or _width(name, rows)) for name, label, width in columns]
    write_head(sheet, title, columns, formats, rehearsal=rehearsal)
    widths = [width for _, _, width in columns]
    for line, row in enumerate(rows, 2):
        for place, (name, _, _) in enumerate(columns):
            _write(sheet, line, place, name, row, formats)
        sheet.set_row(line, row_height([row.values.get(name, "") for name, _, _ in columns], widths))
    sheet.freeze_panes(2, FROZEN)
    allowed = ("format_columns", "format_rows", "select_locked_cells", "select_unlocked_cells")
    sheet.protect("", dict.fromkeys(allowed, True))
    if rows:
        _restrict(sheet, columns, rows, choices, formats)


def write_choices(sheet: Any, choices: Mapping[str, Sequence[str]]) -> None:
    """Write what may be picked on its hidden sheet (选项表)."""
    sheet.hide()
    for place, name in enumerate(sorted(choices)):
        for line, text in enumerate(choices[name]):
            sheet.write_string(line, place, neutral(text))


def _width(name: str, rows: Sequence[FormRow]) -> int:
    """Return the width of a hidden column (隐藏列的列宽): it is seen where something in it is at fault."""
    return VISIBLE_ID if any(name in row.faults for row in rows) else 0


def _write(sheet: Any, line: int, place: int, name: str, row: FormRow, formats: Mapping[str, Any]) -> None:
    text = row.values.get(name, "")
    style = "locked"
    if name in row.faults:
        style = "faulty"
    elif name in row.open:
        style = "open"
    elif name in ANSWERS or name == "state":
        style = "recorded" if not row.open else "locked"
    day = _day(text) if name in DAYS else None
    if name in DAYS and (day or not text):
        style += "_day"
    if day:
        sheet.write_datetime(line, place, day, formats[style])
    elif text:
        write_text(sheet, line, place, text, formats[style])
    else:
        sheet.write_blank(line, place, None, formats[style])
    if name in row.faults:
        sheet.write_comment(line, place, row.faults[name], {"author": "", "x_scale": 2})


def _day(text: str) -> date | None:
    """Return a day that is written as one (日期); anything else stays as it was written."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _restrict(
    sheet: Any,
    columns: Sequence[tuple[str, str, int]],
    rows: Sequence[FormRow],
    choices: Mapping[str, Sequence[str]],
    formats: Mapping[str, Any],
) -> None:
    """Give the form its pick-lists and the check of the date (下拉列表与日期校验)."""
    at = {name: place for place, (name, _, _) in enumerate(columns)}
    last = 1 + len(rows)
    for place, name in enumerate(sorted(choices)):
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"={CHOICES}!${letter}$1:${letter}${len(choices[name])}",
            "error_type": "information" if name == "method" else "stop",
            "error_title": "请从列表中选取",
            "error_message": "请从下拉列表中选取；多种检查方式用“、”隔开。",
        }
        sheet.data_validation(2, at[name], last, at[name], rule)
    years = [row.values["round"][:4] for row in rows if row.values.get("round", "")[:4].isdecimal()]
    day = {
        "validate": "date",
        "criteria": ">=",
        "value": date(int(min(years, default="2000")), 1, 1),
        "error_title": "检查日期",
        "error_message": "请填实际检查日期，如 2026-12-03。",
    }
    sheet.data_validation(2, at["inspected_on"], last, at["inspected_on"], day)
    result, on = (chr(ord("A") + at[name]) for name in ("result", "inspected_on"))
    alarm = {"type": "formula", "criteria": f'=AND(${result}3<>"",${on}3="")', "format": formats["alarm"]}
    sheet.conditional_format(2, at["inspected_on"], last, at["inspected_on"], alarm)
