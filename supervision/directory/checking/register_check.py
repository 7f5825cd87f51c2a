"""Checking registers (登记表校验): a table of texts becomes typed rows, and every faulty cell a reason."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from supervision.directory.checking import text_scan, uscc
from supervision.directory.checking.columns import parse_column
from supervision.directory.checking.duplicates import find_duplicates
from supervision.directory.checking.links import check_links
from supervision.directory.checking.problems import in_order, problem
from supervision.directory.register import KNOWN_ON, Column, Register, register
from supervision.directory.row_selection import as_arrow, as_text, keep_series
from supervision.directory.table import Checked, Table
from supervision.errors import DirectoryError
from supervision.law.code_lists import CodeLists
from supervision.messages import Message

__all__ = ["Checked", "check_links", "check_table"]

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Typed = dict[str, "pd.Series[Any]"]


def check_table(kind: str, table: Table, *, as_of: date | None, lists: CodeLists) -> Checked:
    """Return a register file checked (校验登记表): see `Checked`.

    `as_of` fills `known_on` where the file has none; DirectoryError where both are missing. `lists` say what may be
    written in columns of codes. A row with any faulty cell is rejected whole, and all its faulty cells are listed. Rows
    that repeat another row of the file count once; rows with the same key and `known_on` but other values are all
    rejected. Text columns that needed no change share their memory with `table`.
    """
    definition = register(kind)
    if as_of is None and KNOWN_ON.name not in table.frame:
        raise DirectoryError("directory.no_known_on", name=table.name)
    typed, faults = _typed(definition, table, as_of, lists)
    faults += [*_spans(definition, typed), *_required_when(definition, typed)]
    keep = np.ones(len(table.line), dtype=np.bool_)
    for fault in faults:
        keep[fault["line"].to_numpy()] = False
    repeats, conflicts = find_duplicates(definition, typed, keep, table.line)
    keep[repeats] = False
    keep[conflicts["line"].to_numpy()] = False
    good = pd.DataFrame({name: keep_series(values, keep) for name, values in typed.items()}, copy=False)
    lines = table.line if keep.all() else table.line[keep]
    return Checked(
        kind=kind,
        name=table.name,
        good=good,
        lines=lines,
        rejected=in_order(definition, [*_with_lines([*faults, conflicts], table.line), table.rejected]),
        notes=(*table.notes, *_notes(good, lines, len(repeats))),
    )


def _typed(
    definition: Register, table: Table, as_of: date | None, lists: CodeLists
) -> tuple[Typed, list[pd.DataFrame]]:
    """Return every column typed (各列类型化), absent ones as missing, and the faults by row position."""
    frame, rows = table.frame, len(table.line)
    typed: Typed = {}
    faults: list[pd.DataFrame] = []
    for column in definition.columns:
        if column.name not in frame and not column.required:
            typed[column.name] = _absent(column, rows)
            continue
        parsed = parse_column(column, frame[column.name], lists)
        typed[column.name] = parsed.values
        faults.append(parsed.faults)
    known_on = typed[KNOWN_ON.name]
    if as_of is not None:
        typed[KNOWN_ON.name] = known_on.fillna(pd.Timestamp(as_of).as_unit("s"))
    elif known_on.isna().any():
        faulty = np.concatenate([np.zeros(0, np.int64), faults[-1]["line"].to_numpy()])
        blank = np.setdiff1d(np.flatnonzero(known_on.isna().to_numpy()), faulty)
        faults.append(problem(blank, KNOWN_ON, "", "directory.blank"))
    return typed, faults


def _absent(column: Column, rows: int) -> pd.Series[Any]:
    """Return a column that the file does not have (文件中没有的列): its default or missing."""
    if column.storage == "str":
        filled = pa.scalar(column.default, pa.large_string())
        return as_text(pa.chunked_array([pa.repeat(filled, rows)]))
    if column.storage == "float64":
        return pd.Series(np.full(rows, np.nan))
    if column.storage == "datetime64[s]":
        return pd.Series(np.full(rows, "NaT", dtype="datetime64[s]"))
    return pd.Series(pd.NA, index=pd.RangeIndex(rows), dtype=column.storage)


def _spans(definition: Register, typed: Typed) -> list[pd.DataFrame]:
    """Return the faults of periods that end before they begin (起止颠倒)."""
    faults = []
    for first, second in definition.spans:
        start, end = definition.column(first), definition.column(second)
        for row in np.flatnonzero((typed[second] < typed[first]).to_numpy()):
            before, value = (str(typed[name].iloc[row])[:10] for name in (first, second))
            faults.append(problem(np.array([row]), end, value, "directory.span", other=start.title, other_value=before))
    return faults


def _required_when(definition: Register, typed: Typed) -> list[pd.DataFrame]:
    """Return the faults of cells that are blank though another cell of the row asks for them (有条件必填)."""
    faults = []
    for name, value, other in definition.required_when:
        rows = np.flatnonzero(((typed[name] == value) & typed[other].isna()).to_numpy(dtype=np.bool_, na_value=False))
        asks = definition.column(name).title
        faults.append(problem(rows, definition.column(other), "", "directory.blank_when", other=asks, wanted=value))
    return faults


def _with_lines(frames: list[pd.DataFrame], line: np.ndarray[Any, Any]) -> list[pd.DataFrame]:
    """Turn row positions into line numbers (行位置换成行号)."""
    return [frame.assign(line=line[frame["line"].to_numpy()]) for frame in frames]


def _notes(good: pd.DataFrame, lines: np.ndarray[Any, Any], repeats: int) -> list[Message]:
    """Return notes on rows that repeat and on ids that look like codes but are none (提示)."""
    notes = [Message.of("directory.note_same", count=repeats)] if repeats else []
    if "unit_id" not in good:
        return notes
    start = 0
    almost: list[int] = []
    for chunk in as_arrow(good["unit_id"]).chunks:
        rows, codes = text_scan.of_length(chunk, 18)
        capital = ((codes >= ord("0")) & (codes <= ord("9"))) | ((codes >= ord("A")) & (codes <= ord("Z")))
        almost += (start + rows[capital.all(axis=1) & ~uscc.examine(codes)[0]]).tolist()
        start += len(chunk)
    if almost:
        notes.append(Message.of("directory.note_almost_code", count=len(almost), line=lines[almost[0]]))
    return notes
