"""Rejected rows (退回的行): handed back as they were, each with its reasons, ready to be corrected and imported."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pandas as pd
import xlsxwriter

from supervision.directory.register import register
from supervision.directory.returning.template import CREATED
from supervision.directory.table import Checked, Table, place_of_line
from supervision.messages import JOINED, say
from supervision.spreadsheet_text import neutral
from supervision.tables import tuples

MOST_ROWS = 500_000
ROWS_IN_MEMORY = 20_000
MOST_COMMENTS = 2_000
LONGEST_CELL = 32_767


def rejects_format(checked: Checked) -> str:
    """Return the form in which `rejects` gives the rejected rows (退回文件格式): "xlsx", or "csv" above `MOST_ROWS`."""
    return "csv" if checked.rejected_lines > MOST_ROWS else "xlsx"


def rejects(kind: str, table: Table, checked: Checked, lang: str) -> bytes:
    """Return the rejected rows of a file (退回文件) as bytes of the form that `rejects_format` names.

    First column: the row's number in the file; last column: all reasons. Between them stand the file's own columns with
    their own headers and values as they were, a text that begins like a formula with a mark, which an import takes off.
    In a workbook each faulty cell is coloured and has its reason as a comment (the first `MOST_COMMENTS`). Rows that
    could not be split into cells are given in the last column.
    The corrected file can be imported as it is. The same bytes every time.
    """
    frame = _rows(kind, table, checked, lang)
    if rejects_format(checked) == "csv":
        return frame.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    return _workbook(kind, frame, table, checked, lang)


def _rows(kind: str, table: Table, checked: Checked, lang: str) -> pd.DataFrame:
    """Return the rejected rows with their line numbers and reasons (退回行), in the file's order."""
    reasons = _reasons(kind, checked, lang)
    lines = np.array(list(reasons), dtype=np.int64)
    places = np.searchsorted(table.line, lines)
    split = np.zeros(len(lines), dtype=np.bool_)
    if len(table.line):
        split = table.line[np.minimum(places, len(table.line) - 1)] == lines
    at = np.where(split, places, -1)
    frame = pd.DataFrame(
        {say("directory.reject_line", lang): [place_of_line(line, table.sheets) for line in lines.tolist()]}
    )
    for name, header in table.headers.items():
        frame[header] = table.frame[name].reset_index(drop=True).reindex(at).to_numpy(dtype=object)
    frame[say("directory.reject_reason", lang)] = list(reasons.values())
    neutrals = frame.map(lambda cell: neutral(cell) if isinstance(cell, str) else cell)
    return neutrals.rename(columns=lambda header: neutral(str(header)))


def _reasons(kind: str, checked: Checked, lang: str) -> dict[int, str]:
    """Return line → all its reasons (各行原因)."""
    titles = {column.name: column.title.text(lang) for column in register(kind).columns}
    said: dict[int, list[str]] = {}
    for line, column, value, reason in tuples(checked.rejected):
        why = reason.text(lang)
        text = f"{titles[column]}{': ' if lang == 'en' else '：'}{why}" if column else f"{why} | {value}"
        said.setdefault(int(line), []).append(text)
    return {line: JOINED[lang].join(texts) for line, texts in sorted(said.items())}


def _workbook(kind: str, frame: pd.DataFrame, table: Table, checked: Checked, lang: str) -> bytes:
    """Return the rows as xlsx bytes (退回工作簿)."""
    stream = io.BytesIO()
    names = [None, *table.headers, None]
    reasons = {(int(line), column): reason.text(lang) for line, column, _, reason in tuples(checked.rejected)}
    title = register(kind).title.text(lang)
    options = {"in_memory": True} if len(frame) <= ROWS_IN_MEMORY else {"constant_memory": True}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": title, "created": CREATED})
        sheet = book.add_worksheet(title[:31])
        plain, faulty, head = _styles(book)
        sheet.set_column(0, len(names) - 1, 16, plain)
        sheet.set_column(len(names) - 1, len(names) - 1, 60)
        sheet.freeze_panes(1, 0)
        for position, header in enumerate(frame.columns):
            sheet.write_string(0, position, str(header), head)
        comments = 0
        columns = [frame.iloc[:, place].tolist() for place in range(frame.shape[1])]
        lines = sorted({int(line) for line in checked.rejected["line"]})
        for row, (line, *cells) in enumerate(zip(lines, *columns, strict=True), start=1):
            for position, (name, cell) in enumerate(zip(names, cells, strict=True)):
                reason = reasons.get((line, name)) if name else None
                _write(sheet, row, position, cell, faulty if reason else plain)
                if reason and comments < MOST_COMMENTS:
                    sheet.write_comment(row, position, reason, {"author": ""})
                    comments += 1
    return stream.getvalue()


def _styles(book: Any) -> tuple[Any, Any, Any]:
    """Return the formats of plain, faulty and header cells (单元格样式); all are text, so nothing changes on saving."""
    return (
        book.add_format({"num_format": "@"}),
        book.add_format({"num_format": "@", "bg_color": "#F8CBAD"}),
        book.add_format({"bold": True, "border": 1, "bg_color": "#DDEBF7"}),
    )


def _write(sheet: Any, row: int, position: int, cell: object, style: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, position, cell[:LONGEST_CELL], style)
    else:
        sheet.write_blank(row, position, None, style)
