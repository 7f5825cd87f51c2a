"""Files of the synthetic city (演示文件): CSV with its header in line 1, and workbooks of the small registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from supervision.directory.register import Column, register
from supervision.law.code_lists import CodeLists

FIXED = datetime(2026, 1, 1)  # a workbook carries a time; a fixed one keeps the bytes the same
NOT_TRANSLATED = ("region", "result")

Row = dict[str, object]


def write_arrow(path: Path, header: Sequence[str], tables: Iterable[pa.Table]) -> int:
    """Write tables one after the other into a CSV file (写CSV) and return the rows; missing values are blank."""
    from pyarrow import csv

    options = csv.WriteOptions(include_header=False, quoting_style="needed", batch_size=65_536)
    rows = 0
    with path.open("wb") as handle:
        handle.write((",".join(header) + "\n").encode())
        for table in tables:
            csv.write_csv(table, handle, options)
            rows += table.num_rows
    return rows


def write_register(folder: Path, kind: str, rows: Sequence[Row], lists: CodeLists, *, end: str = "") -> int:
    """Write a small register under Chinese headers and labels (写小登记表), as CSV and as a workbook in `xlsx/`.

    `end` comes after the kind in the files' names.
    """
    definition = register(kind)
    used = [column for column in definition.columns if any(column.name in row for row in rows)]
    cells = [[_label(column, row.get(column.name), lists) for column in used] for row in rows]
    header = [column.zh for column in used]
    columns = [pa.array([line[number] for line in cells], type=pa.string()) for number in range(len(used))]
    write_arrow(folder / f"{kind}{end}.csv", header, [pa.table(columns, names=header)])
    _workbook(folder / "xlsx" / f"{kind}{end}.xlsx", definition.title.zh, header, cells)
    return len(rows)


def _label(column: Column, value: object, lists: CodeLists) -> str | None:
    """Write a value as a regulator would: Chinese labels of codes, 是 and 否, several values with ， between."""
    if value is None:
        return None
    if column.dtype == "boolean":
        return "是" if value else "否"
    text = str(value)
    if column.code_list is None or column.name in NOT_TRANSLATED:
        return text.replace(" ", "，") if column.dtype == "list" else text
    codes = lists.named(column.code_list).codes
    parts = text.split(" ") if column.dtype == "list" else [text]
    return "，".join(codes[part].label.zh if part in codes else part for part in parts)


def _workbook(path: Path, title: str, header: Sequence[str], cells: Sequence[Sequence[str | None]]) -> None:
    import xlsxwriter

    path.parent.mkdir(exist_ok=True)
    book: Any = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"title": f"{title}（演示）", "created": FIXED})
    sheet, bold = book.add_worksheet(title), book.add_format({"bold": True})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, 18)
    sheet.write_row(0, 0, header, bold)
    for number, line in enumerate(cells, start=1):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write_string(number, column, value)
    book.close()
