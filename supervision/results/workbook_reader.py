"""Filled workbooks (结果回收): what an office wrote becomes rows for the register `results`.

The sheet 结果录入 takes first results, the sheet 结果更正 corrections; both are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeList
from supervision.messages import Message
from supervision.spreadsheet_text import ReadableSheet, exact

SHEET, CORRECTIONS = "结果录入", "结果更正"
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
    "单项结果": "item_result",
    "备注": "note",
    "更正理由": "correction_reason",
    "更正审核人": "correction_reviewer",
}
BESIDE = {"计划日期": "date", "企业名称": "name", "抽查事项": "item"}
NEEDED = ("轮次", "检查编号", "统一社会信用代码", "事项编号", "检查机关", "检查结果", "检查日期")
TYPED_BY_HAND = (
    "inspected_on",
    "follow_up",
    "reviewer",
    "item_result",
    "note",
    "correction_reason",
    "correction_reviewer",
)
_ROWS_BEFORE_HEADER = 10
_CODE_FIRST = re.compile(r"\s*([0-9]{1,2}|[A-Z])(?:[\s.．:：、,，-]+(.*)|\s*)", re.IGNORECASE | re.DOTALL)

Lines = np.ndarray[tuple[int], np.dtype[np.int64]]


@dataclass(frozen=True, kw_only=True)
class CellFault:
    """A cell that cannot be read (无法采用的单元格): its row in the sheet, the column, the value, the reason."""

    line: int
    column: str
    value: str
    reason: Message


@dataclass(frozen=True, kw_only=True, eq=False)
class Filled:
    """The filled rows of a sheet (已填写的结果行).

    `frame`: one `str` column a recognised header, English names, missing = NaN; `line` (int64): row numbers in the
    sheet; `headers`: column → header; `beside`: name, item, date as the sheet shows them, for handing rows back;
    `faults`: cells that cannot be read; `notes`: about rows left out; `corrects`: it is the sheet 结果更正. What
    else is wrong the directory's checker says.
    """

    name: str
    frame: pd.DataFrame
    line: Lines
    headers: dict[str, str]
    beside: pd.DataFrame
    faults: tuple[CellFault, ...]
    notes: tuple[Message, ...]
    corrects: bool


def read_results(name: str, sheets: Sequence[ReadableSheet], *, codes: CodeList) -> list[Filled]:
    """Return the filled rows of an office's workbook (读取已填工作簿), one `Filled` a sheet.

    `name` is the file's name for messages; `sheets` are those of the workbook, of whichever format; `codes` are the
    result codes: "E 发现问题…" becomes "E" where code and words agree. Rows without a result are left out and counted.
    Raises SupervisionError `results.no_sheet`.
    """
    there = [sheet for title in (SHEET, CORRECTIONS) for sheet in sheets if sheet.title == title]
    if not there:
        raise SupervisionError("results.no_sheet", name=name, sheet=SHEET, headers="、".join(NEEDED))
    return [_filled(name, sheet, codes=codes) for sheet in there]


def _filled(name: str, sheet: ReadableSheet, *, codes: CodeList) -> Filled:
    header, labels = _header(name, sheet)
    columns = {HEADERS[label]: place for place, label in sorted(labels.items()) if label in HEADERS}
    asides = {BESIDE[label]: place for place, label in sorted(labels.items()) if label in BESIDE}
    wanted = frozenset({*columns.values(), *asides.values()})
    rows = [row for row in sheet.rows(wanted) if row.number > header]
    frame = _columns(rows, columns)
    line = np.array([row.number for row in rows], dtype=np.int64)
    joined = _merged(sheet.merges(), columns, line)
    real = frame.notna().any(axis=1).to_numpy()
    blank = frame["result"].isna().to_numpy() & ~np.isin(line, list(joined))
    keep = real & ~blank
    kept, lines = frame[keep].reset_index(drop=True), line[keep]
    kept["result"], faults = picked_codes(kept["result"], lines, codes)
    faults += [CellFault(line=n, column=c, value="", reason=why) for n, (c, why) in sorted(joined.items())]
    beside = _columns(rows, asides)
    return Filled(
        name=name,
        frame=kept.astype("str"),
        line=lines,
        headers={column: labels[place] for column, place in columns.items()},
        beside=beside[keep].reset_index(drop=True),
        faults=tuple(fault for fault in faults if fault.line in set(lines.tolist())),
        notes=_notes(frame, line, blank=real & blank),
        corrects=sheet.title == CORRECTIONS,
    )


def _header(name: str, sheet: ReadableSheet) -> tuple[int, dict[int, str]]:
    """Return the header's row and its texts by column (表头)."""
    for row in sheet.rows(None):
        if row.number > _ROWS_BEFORE_HEADER:
            break
        labels = {place: _text(cell) for place, cell in row.cells.items()}
        if set(NEEDED) <= set(labels.values()):
            return row.number, labels
    raise SupervisionError("results.no_sheet", name=name, sheet=sheet.title, headers="、".join(NEEDED))


def picked_codes(texts: pd.Series[str], line: Lines, codes: CodeList) -> tuple[pd.Series[str], list[CellFault]]:
    """Return result cells as codes (检查结果取代码), and the faults of those whose code and words disagree.

    "E" and "E 发现问题经责令已改正" are E; "9 其他" is at fault; other texts stay for the checker.
    """
    found, faults = texts.tolist(), []
    for place, text in enumerate(found):
        match = _CODE_FIRST.fullmatch(text) if isinstance(text, str) else None
        code = codes.find(match[1]) if match else None
        if not match or code is None:
            continue
        words = (match[2] or "").strip()
        if words and codes.find(text) is None and codes.find(words) != code:
            why = Message.of("results.code_and_words", picked=code, name=codes.codes[code].label, text=words)
            faults.append(CellFault(line=int(line[place]), column="result", value=text, reason=why))
        else:
            found[place] = code
    return pd.Series(found, index=texts.index, dtype="str"), faults


def _columns(rows: Sequence[Any], columns: dict[str, int]) -> pd.DataFrame:
    table = {column: [_text(row.cells.get(place, "")) for row in rows] for column, place in columns.items()}
    return pd.DataFrame(table, index=range(len(rows)), dtype="str").replace("", np.nan)


def _merged(merged: Sequence[Any], columns: dict[str, int], line: Lines) -> dict[int, tuple[str, Message]]:
    """Return the rows that merged cells cover (合并单元格涉及的行): number → the column and what is said of it."""
    found: dict[int, tuple[str, Message]] = {}
    for area in merged:
        covered = [column for column, place in columns.items() if area.left <= place <= area.right]
        if not covered or (area.top, area.left) == (area.bottom, area.right):
            continue
        cells = f"{_letters(area.left)}{area.top}:{_letters(area.right)}{area.bottom}"
        for number in line[(line >= area.top) & (line <= area.bottom)].tolist():
            found.setdefault(number, (covered[0], Message.of("results.merged", cells=cells)))
    return found


def _letters(place: int) -> str:
    found = ""
    while place >= 0:
        place, found = place // 26 - 1, chr(ord("A") + place % 26) + found
    return found


def _text(cell: str) -> str:
    """Return a cell's text, white space at the ends gone."""
    return exact(cell).strip()


def _notes(frame: pd.DataFrame, line: Lines, *, blank: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[Message, ...]:
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
