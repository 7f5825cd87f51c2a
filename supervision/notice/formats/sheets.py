"""Sheets of office workbooks (工作表样式): fonts and cells, title and header, printing; every text neutral."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from supervision.notice.public_content import Heading
from supervision.spreadsheet_text import neutral

FONT = "宋体"
LINE_HEIGHT = 13.5
HIDDEN_WIDTH = 12
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
Columns = Sequence[tuple[str, str, int]]


def cell_formats(book: Any) -> dict[str, Any]:
    """Return the formats of cells by name (单元格样式): text cells are text, so nothing changes on saving."""
    cell = {"font_name": FONT, "font_size": 10, "valign": "vcenter", "text_wrap": True, "border": 1}
    cell["border_color"] = "#8A949E"
    day = {**cell, "num_format": "yyyy-mm-dd", "align": "center"}
    text = {**cell, "num_format": "@"}
    title = {"font_name": FONT, "font_size": 15, "bold": True, "valign": "vcenter"}
    made = {
        "title": title,
        "rehearsal": {**title, "font_color": "#A01818"},
        "head": {**cell, "bold": True, "bg_color": "#DCE6F1", "align": "center"},
        "text": text,
        "day": day,
        "number": {**cell, "num_format": "0", "align": "right"},
        "percent": {**cell, "num_format": "0%", "align": "right"},
        "locked": {**text, "bg_color": "#EEEEEE"},
        "locked_day": {**day, "bg_color": "#EEEEEE"},
        "recorded": {**text, "bg_color": "#DDEBDD"},
        "recorded_day": {**day, "bg_color": "#DDEBDD"},
        "open": {**text, "locked": False},
        "open_day": {**day, "locked": False},
        "faulty": {**text, "locked": False, "bg_color": "#F8CBAD"},
        "faulty_day": {**day, "locked": False, "bg_color": "#F8CBAD"},
        "line": {"font_name": FONT, "font_size": 11, "text_wrap": True, "valign": "top"},
        "alarm": {"bg_color": "#F4B6B6"},
    }
    return {name: book.add_format(values) for name, values in made.items()}


def title_of(heading: Heading, of: str, sheet: str) -> str:
    """Return a sheet's title (工作表标题): whose it is, the round, and that it is a rehearsal where it is one."""
    mark = "【演练 REHEARSAL】" if heading.rehearsal else ""
    return f"{mark}{of}　{heading.round} 轮次　{sheet}"


def write_text(sheet: Any, row: int, place: int, text: str, style: Any) -> None:
    """Write a text (写文字), never a formula."""
    sheet.write_string(row, place, neutral(text), style)


def write_head(sheet: Any, title: str, columns: Columns, formats: Mapping[str, Any], *, rehearsal: bool) -> None:
    """Write title, header and page set-up of a table sheet (表头与打印设置); columns of no width are hidden."""
    sheet.set_row(0, 30)
    sheet.set_row(1, 24)
    first = next(place for place, (_, _, width) in enumerate(columns) if width)
    write_text(sheet, 0, first, title, formats["rehearsal" if rehearsal else "title"])
    for place, (_, label, width) in enumerate(columns):
        write_text(sheet, 1, place, label, formats["head"])
        sheet.set_column(place, place, width or HIDDEN_WIDTH, None, {} if width else {"hidden": True})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(0, 1)
    sheet.set_footer(("&L演练 REHEARSAL" if rehearsal else "&L内部资料") + "&C第 &P 页，共 &N 页")


def row_height(values: Sequence[str], widths: Sequence[int]) -> float:
    """Return the height in points of a row that shows all its texts (行高).

    A Chinese character, three bytes, is two wide; others are one.
    """
    lines = 1
    for value, width in zip(values, widths, strict=True):
        if width:
            lines = max(lines, -(-(len(value) + len(value.encode())) // 2 // (width - 1)))
    return LINE_HEIGHT * lines + 5
