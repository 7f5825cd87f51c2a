"""Workbook of the oversight report (督查考核报告工作簿): a sheet of key figures with charts, then a sheet a table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from supervision.messages import say
from supervision.notice.formats.sheets import OPTIONS, cell_formats, row_height, write_head, write_text
from supervision.notice.report_content import COUNT, NUMBER, SHARE, TEXT, Content, Share, Table, words

FIRST = "一分钟"
KEY: tuple[tuple[str, str, int], ...] = (("name", "指标", 30), ("value", "数字", 14), ("number", "件数", 12),
                                         ("of", "总数", 12), ("interval", "95 % 区间（%）", 18))  # fmt: skip
HALF = 0.5  # a chart whose longest bar is above it ends at 100 %, others where Excel likes
WIDTHS = {TEXT: 18, COUNT: 9, SHARE: 11, NUMBER: 9}
CHART_COLUMN, SHOWN = 6, 12  # charts stand beside the figures, two in a row, each of so many bars at most
WIDE, LOW, LINE, GAP = 560, 90, 22, 14  # pixels
MORE = {"share": "0.0%", "decimal": "#,##0.0", "count": "#,##0"}


def write(content: Content, title: str) -> bytes:
    """Return the workbook (生成报告工作簿): shares are numbers, to be sorted; the same content gives the same bytes."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    made = date.fromisoformat(content.on)
    book.set_properties({"created": datetime(made.year, made.month, made.day), "title": title})
    formats = cell_formats(book)
    cell = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1, "border_color": "#8A949E"}
    formats["plain"] = book.add_format({"font_name": "宋体", "font_size": 10})
    formats |= {name: book.add_format({**cell, "num_format": shape, "align": "right"}) for name, shape in MORE.items()}
    first = book.add_worksheet(FIRST)
    mark = "【演练 REHEARSAL】" if content.rehearsal else ""
    _key(first, f"{mark}{title}", content, formats)
    first.fit_to_pages(1, 1)
    tops = [0, 0]
    for table in content.tables:
        columns = _columns(table)
        name = say(f"notice.report.table.{table.name}")
        sheet = book.add_worksheet(name)
        write_head(sheet, f"{mark}{content.period} {name}", columns, formats, rehearsal=content.rehearsal)
        _rows(sheet, table, formats)
        if table.charted:
            bars = min(len(table.rows), SHOWN)
            chart = _chart(book, name, table, bars)
            side = tops.index(min(tops))
            place = {"x_offset": side * (WIDE + GAP), "y_offset": tops[side], "object_position": 3}
            first.insert_chart(1, CHART_COLUMN, chart, place)
            tops[side] += LOW + LINE * bars + GAP
    book.close()
    return target.getvalue()


def _key(sheet: Any, title: str, content: Content, formats: Mapping[str, Any]) -> None:
    write_head(sheet, title, KEY, formats, rehearsal=content.rehearsal)
    for line, (name, cell) in enumerate(content.key.items(), 2):
        write_text(sheet, line, 0, say(f"notice.report.key.{name}"), formats["text"])
        if cell is None or (isinstance(cell, Share) and not cell.of):
            write_text(sheet, line, 1, say("notice.report.no_data"), formats["text"])
        else:
            _number(sheet, line, 1, cell, formats)
        counts = [cell.number, cell.of] if isinstance(cell, Share) and cell.of else [None, None]
        for place, count in enumerate(counts, 2):
            sheet.write(line, place, count, formats["count"])
        write_text(sheet, line, 4, cell.interval if isinstance(cell, Share) else "", formats["text"])
        sheet.set_row(line, 22)


def _columns(table: Table) -> list[tuple[str, str, int]]:
    """The sheet's columns: a share is followed by its counts."""
    found = []
    for column in table.columns:
        label = say(f"notice.report.column.{column.name}")
        wide = 30 if column == table.columns[0] else WIDTHS[column.kind]
        found.append((column.name, label, max(wide, 2 * len(label) + 2)))
        if column.kind == SHARE:
            found += [(f"{column.name}_{part}", f"{label}{zh}", 10) for part, zh in (("number", "件"), ("of", "总"))]
    return found


def _rows(sheet: Any, table: Table, formats: Mapping[str, Any]) -> None:
    for line, row in enumerate(table.rows, 2):
        place = 0
        for column in table.columns:
            cell = row[column.name]
            if column.kind == TEXT:
                write_text(sheet, line, place, words(cell), formats["text"])
            else:
                _number(sheet, line, place, cell, formats)
            place += 1
            if column.kind == SHARE:
                for count in (cell.number, cell.of) if cell else (None, None):
                    sheet.write(line, place, count, formats["count"])
                    place += 1
        texts = [words(row[column.name]) for column in table.columns if column.kind == TEXT]
        sheet.set_row(line, row_height(texts, [30] + [WIDTHS[TEXT]] * (len(texts) - 1)))
    if not table.rows:
        write_text(sheet, 2, 0, say("notice.report.no_data"), formats["text"])
    about = [say(f"notice.report.about.{table.name}", lang) for lang in ("zh", "en")]
    for line, text in enumerate(about, len(table.rows) + 4):
        write_text(sheet, line, 0, text, formats["plain"])
    sheet.freeze_panes(2, 1)


def _number(sheet: Any, line: int, place: int, cell: Any, formats: Mapping[str, Any]) -> None:
    if isinstance(cell, Share):
        sheet.write(line, place, cell.value, formats["share"])
    elif isinstance(cell, float):
        sheet.write(line, place, round(cell, 1), formats["decimal"])
    else:
        sheet.write(line, place, cell, formats["count"])


def _chart(book: Any, name: str, table: Table, bars: int) -> Any:
    """A native chart of the table's share, the first row on top, as many as there is room for."""
    place = next(place for place, column in enumerate(_columns(table)) if column[0] == table.chart)
    last = bars + 1
    highest = max(share.value or 0.0 for _, share in table.charted[:bars])
    chart = book.add_chart({"type": "bar"})
    series = {"categories": [name, 2, 0, last, 0], "values": [name, 2, place, last, place], "gap": 40}
    chart.add_series({**series, "fill": {"color": "#2F6EA5"}, "data_labels": {"value": True}})
    chart.set_title({"name": f"{name} · {say(f'notice.report.column.{table.chart}')}", "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True, "interval_unit": 1})
    scale = {"min": 0, "max": 1} if highest > HALF else {"min": 0}
    chart.set_x_axis({**scale, "num_format": "0%", "major_gridlines": {"visible": True, "line": {"color": "#CFD6DE"}}})
    chart.set_legend({"none": True})
    chart.set_size({"width": WIDE, "height": LOW + LINE * bars})
    return chart
