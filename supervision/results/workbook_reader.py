"""Filled workbooks (结果回收): what an office wrote becomes rows for the register `results`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from supervision.errors import SupervisionError
from supervision.messages import Message

SHEET = "结果录入"
HEADERS = {
    "轮次": "round",
    "检查编号": "visit_id",
    "统一社会信用代码": "unit_id",
    "事项编号": "item_id",
    "检查机关": "agency",
    "检查结果": "result",
    "检查日期": "inspected_on",
    "检查方式": "method",
    "核查方式": "method",
    "后续处置": "follow_up",
    "检查人员工号": "inspectors",
    "检查人员": "inspectors",
    "审核人": "reviewer",
    "复核人": "reviewer",
    "备注": "note",
}
NEEDED = ("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关", "检查结果", "检查日期")
TYPED_BY_HAND = ("inspected_on", "method", "follow_up", "reviewer", "note")
_ROWS_BEFORE_HEADER = 10
_CODE_FIRST = re.compile(r"^\s*([0-9]{1,2}|[A-Z])(?:[\s.．:：、,，-]|$)")


@dataclass(frozen=True, kw_only=True, eq=False)
class Filled:
    """The filled rows of a workbook (已填写的结果行).

    `frame`: one `str` column a recognised header, English names, missing = NaN; `line` (int64): row numbers in the
    sheet; `headers`: column → header; `notes`: about rows left out. The directory's checker says what is
    wrong with a row.
    """

    name: str
    frame: pd.DataFrame
    line: np.ndarray[tuple[int], np.dtype[np.int64]]
    headers: dict[str, str]
    notes: tuple[Message, ...]


def read_results(name: str, source: bytes, *, codes: Collection[str]) -> Filled:
    """Return the filled rows of an office's workbook (读取已填工作簿).

    `name` is the file's name for messages; `codes` are the result codes: "E 发现问题…" becomes "E", any other text
    stays for the checker. Rows without a result are left out and counted. Raises SupervisionError `results.unreadable`
    or `results.no_sheet`.
    """
    rows = _sheet(name, source)
    place = next((n for n, row in enumerate(rows[:_ROWS_BEFORE_HEADER]) if set(NEEDED) <= {*map(_text, row)}), None)
    if place is None:
        raise SupervisionError("results.no_sheet", name=name, sheet=SHEET, headers="、".join(NEEDED))
    labels = [_text(cell) for cell in rows[place]]
    columns = {HEADERS[label]: number for number, label in enumerate(labels) if label in HEADERS}
    table = {column: [_text(row[number]) for row in rows[place + 1 :]] for column, number in columns.items()}
    frame = pd.DataFrame(table, dtype="str").replace("", np.nan)
    line = np.arange(place + 2, place + 2 + len(frame), dtype=np.int64)
    real = frame.notna().any(axis=1).to_numpy()
    blank = frame["result"].isna().to_numpy()
    keep = real & ~blank
    notes = _notes(frame, line, blank=real & blank)
    kept = frame[keep].reset_index(drop=True)
    kept["result"] = [_code(text, codes) for text in kept["result"]]
    headers = {column: str(labels[number]) for column, number in columns.items()}
    return Filled(name=name, frame=kept.astype("str"), line=line[keep], headers=headers, notes=notes)


def _sheet(name: str, source: bytes) -> list[list[Any]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(source))
        if SHEET not in book.sheet_names:
            raise SupervisionError("results.no_sheet", name=name, sheet=SHEET, headers="、".join(NEEDED))
        rows: list[list[Any]] = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError) as error:
        raise SupervisionError("results.unreadable", name=name, reason=str(error)) from error
    return rows


def _text(cell: object) -> str:
    """Return a cell as text: days as 2026-12-03, whole numbers without a point, white space at the ends gone."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _code(text: str, codes: Collection[str]) -> str:
    found = _CODE_FIRST.match(text.upper())
    return found[1] if found and found[1] in codes else text


def _notes(
    frame: pd.DataFrame, line: np.ndarray[tuple[int], np.dtype[np.int64]], *, blank: np.ndarray[Any, np.dtype[np.bool_]]
) -> tuple[Message, ...]:
    """Say how many rows have no result, and which of these were begun."""
    notes: list[Message] = []
    if blank.any():
        notes.append(Message.of("results.note_blank", count=int(blank.sum())))
    begun = blank & frame.reindex(columns=list(TYPED_BY_HAND)).notna().any(axis=1).to_numpy()
    if begun.any():
        notes.append(Message.of("results.note_started", lines=_some(line[begun].tolist())))
    return tuple(notes)


def _some(lines: Sequence[int], most: int = 20) -> str:
    return "、".join(map(str, lines[:most])) + (" …" if len(lines) > most else "")
