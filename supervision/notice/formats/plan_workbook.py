"""Workbook of proposed joint tasks (联合任务建议表): departments say yes or no to each line; it is read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from supervision.errors import SupervisionError
from supervision.notice.formats.sheets import (
    OPTIONS,
    Columns,
    cell_formats,
    row_height,
    write_head,
    write_text,
)
from supervision.spreadsheet_text import ReadableSheet, neutral

PROPOSED, EVERY, MANUAL = "联合任务建议", "全部计划的月份", "说明"
YES, NO = "同意", "不同意"
COLUMNS: Columns = (
    ("proposal", "建议编号", 9),
    ("plan", "计划编号", 22),
    ("department", "发起部门", 11),
    ("name", "抽查任务名称", 24),
    ("population", "抽查对象范围", 26),
    ("ratio", "抽查比例（每批）", 22),
    ("units", "对象数", 9),
    ("batches", "批次数", 7),
    ("allowed", "可用月份", 11),
    ("months", "建议月份", 10),
    ("role", "牵头/配合", 9),
    ("alone", "单独入企（次/年）", 18),
    ("saved", "本建议减少（次/年）", 20),
    ("decision", "意见", 9),
    ("reason", "理由", 24),
)
EVERY_COLUMNS: Columns = tuple(c for c in COLUMNS if c[0] not in ("role", "saved", "decision", "reason"))
OPEN_COLUMNS = ("decision", "reason")
MOVING = ("units", "alone")  # counted anew when registers change: never held against who fills the workbook
KEYS = ("建议编号", "计划编号", "意见")
LINES = (
    "一、“联合任务建议”每行是一个部门的一项计划。同一建议编号的各行建议在同一月份一次入企、联合开展，由“牵头”的部门组织。",
    "二、各部门在“意见”栏从下拉列表中选“同意”或“不同意”；“不同意”须写明理由。空白视为还没有表态，不能批准。",
    "三、不同意的计划退出联合，仍在可用月份内单独开展，月份重新选择。只剩一项计划的建议自动取消。",
    "四、次数是抽签前的期望值：同一户在同一月份被几项计划抽中，只入企一次；没有扣除频次上限和白名单。",
    "五、各类别的比例是内部资料，不对外公开。填好后运行 supervision annual merge {year} --decided 本文件。",
)
_ROWS_BEFORE_HEADER = 10
Line = Mapping[str, tuple[int, str]]  # title → column and text


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a line of the workbook says (一行意见): `accepted` None = nothing yet; `line` as the sheet counts."""

    proposal: str
    plan: str
    accepted: bool | None
    reason: str
    line: int


def write(title: str, year: int, proposed: Sequence[Mapping[str, str]], every: Sequence[Mapping[str, str]],
          figures: Sequence[str]) -> bytes:  # fmt: skip
    """Return the workbook (生成建议表): `proposed` rows of `COLUMNS`, `every` plan's of `EVERY_COLUMNS`, all texts.

    `figures`: what stands above the explanations. The same content gives the same bytes.
    """
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"created": datetime(year, 1, 1), "title": title})
    formats = cell_formats(book)
    _table(book.add_worksheet(PROPOSED), f"{title}　{PROPOSED}", COLUMNS, proposed, formats)
    _table(book.add_worksheet(EVERY), f"{title}　{EVERY}", EVERY_COLUMNS, every, formats)
    sheet = book.add_worksheet(MANUAL)
    sheet.set_column(0, 0, 100)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)  # as wide as the page, or a print cuts the sentences off
    for line, text in enumerate([*figures, "", *(one.format(year=year) for one in LINES)]):
        write_text(sheet, line, 0, text, formats["line"])
        sheet.set_row(line, row_height([text], [100]) + 4)
    book.close()
    return target.getvalue()


def _table(
    sheet: Any, title: str, columns: Columns, rows: Sequence[Mapping[str, str]], formats: Mapping[str, Any]
) -> None:
    write_head(sheet, title, columns, formats, rehearsal=False)
    widths = [width for _, _, width in columns]
    for line, row in enumerate(rows, 2):
        texts = [row[name] for name, _, _ in columns]
        for place, ((name, _, _), text) in enumerate(zip(columns, texts, strict=True)):
            write_text(sheet, line, place, text, formats["open" if name in OPEN_COLUMNS else "text"])
        sheet.set_row(line, row_height(texts, widths))
    sheet.freeze_panes(2, 2)
    names = [name for name, _, _ in columns]
    if "decision" in names and rows:
        place = names.index("decision")
        choice = {"validate": "list", "source": [YES, NO], "ignore_blank": True}
        sheet.data_validation(2, place, len(rows) + 1, place, choice)
        sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def read(name: str, sheets: Sequence[ReadableSheet]) -> list[Decision]:
    """Return what the lines of a filled workbook say (读回意见); `sheets` are the workbook's.

    Raises SupervisionError: "notice.plan_workbook" for another file, "notice.plan_decision" for a word that is neither
    yes nor no, "notice.plan_reason" for a no without reason, "notice.plan_twice" for a line that stands twice.
    """
    found: dict[tuple[str, str], Decision] = {}
    for number, row in _lines(name, sheets, PROPOSED, KEYS):
        one = _decision(name, number, {title: text for title, (_, text) in row.items()})
        if (one.proposal, one.plan) in found:
            raise SupervisionError("notice.plan_twice", file=name, line=number, plan=one.plan)
        found[one.proposal, one.plan] = one
    return list(found.values())


def refuse_edited(
    name: str,
    sheets: Sequence[ReadableSheet],
    proposed: Sequence[Mapping[str, str]],
    every: Sequence[Mapping[str, str]],
) -> None:
    """Refuse a workbook whose locked cells were changed (锁定栏被改动): months are moved by plans, not in the workbook.

    `proposed`, `every`: the rows that were written last. Raises SupervisionError "notice.plan_locked" for the first
    cell that says something else.
    """
    for sheet, columns, keys, rows in (
        (PROPOSED, COLUMNS, ("proposal", "plan"), proposed),
        (EVERY, EVERY_COLUMNS, ("plan",), every),
    ):
        titles = {column: title for column, title, _ in columns}
        written = {tuple(neutral(row[key]) for key in keys): row for row in rows}
        for number, cells in _lines(name, sheets, sheet, [titles[key] for key in keys]):
            row = written.get(tuple(cells[titles[key]][1] for key in keys), {})
            for column, title, _ in columns:
                if column in row and column not in (*OPEN_COLUMNS, *MOVING):
                    place, text = cells.get(title, (len(cells), ""))
                    if text != neutral(row[column]).strip():
                        told = {"sheet": sheet, "cell": xl_rowcol_to_cell(number - 1, place), "line": number}
                        said = {"title": title, "plan": row["plan"], "value": text, "written": row[column]}
                        raise SupervisionError("notice.plan_locked", file=name, **told, **said)


def _lines(name: str, sheets: Sequence[ReadableSheet], title: str, keys: Sequence[str]) -> Iterator[tuple[int, Line]]:
    """Yield the lines of a sheet below its header that name a proposal or plan, with their numbers."""
    places: dict[str, int] = {}
    for row in (row for sheet in sheets if sheet.title == title for row in sheet.rows(None)):
        texts = {place: cell.strip() for place, cell in row.cells.items()}
        if places:
            cells = {head: (place, texts.get(place, "")) for head, place in places.items()}
            if any(cells[head][1] for head in ("建议编号", "计划编号") if head in cells):
                yield row.number, cells
        elif row.number > _ROWS_BEFORE_HEADER:
            break
        elif set(keys) <= set(texts.values()):
            places = {text: place for place, text in texts.items()}
    if not places:
        raise SupervisionError("notice.plan_workbook", file=name, sheet=title)


def _decision(name: str, line: int, cells: Mapping[str, str]) -> Decision:
    word, reason = cells["意见"], cells.get("理由", "")
    if word not in ("", YES, NO):
        raise SupervisionError("notice.plan_decision", file=name, line=line, word=word)
    if word == NO and not reason:
        raise SupervisionError("notice.plan_reason", file=name, line=line, plan=cells["计划编号"])
    accepted = None if not word else word == YES
    return Decision(proposal=cells["建议编号"], plan=cells["计划编号"], accepted=accepted, reason=reason, line=line)
