"""Checking registers (登记表校验): a table of texts becomes typed rows, and every faulty cell a reason."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from supervision.directory.checking.amounts import converted, unit_of_header
from supervision.directory.checking.column_notes import absent_note, blank_note, told_notes
from supervision.directory.checking.columns import Parsed, parse_column
from supervision.directory.checking.conventions import Conventions
from supervision.directory.checking.duplicates import find_duplicates
from supervision.directory.checking.links import check_links
from supervision.directory.checking.problems import in_order, problem
from supervision.directory.checking.total_rows import total_rows
from supervision.directory.register import KNOWN_ON, Column, Register, register
from supervision.directory.row_selection import as_text, keep_series
from supervision.directory.table import Checked, Table
from supervision.errors import DirectoryError
from supervision.law.code_lists import CodeLists
from supervision.messages import Message

__all__ = ["Checked", "check_links", "check_table"]

Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]
Typed = dict[str, "pd.Series[Any]"]


def check_table(kind: str, table: Table, *, as_of: date | None, lists: CodeLists, own_ids: bool = False) -> Checked:
    """Return a register file checked (校验登记表): see `Checked`.

    `as_of` fills `known_on` where the file has none; DirectoryError where both are missing. `lists` say what may be
    written in columns of codes; `own_ids`: units may have ids of the city's own making. A row with any faulty cell is
    rejected whole, and all its faulty cells are listed. Rows of totals are left out. Rows that repeat another row of
    the file count once; rows with the same key and `known_on` but other values are all rejected. Text columns that
    needed no change share their memory with `table`.
    """
    definition = register(kind)
    if as_of is None and KNOWN_ON.name not in table.frame:
        raise DirectoryError("directory.no_known_on", name=table.name)
    conventions = Conventions(lists=lists, own_ids=own_ids)
    typed, faults, notes = _typed(definition, table, as_of, conventions)
    faults += _spans(definition, typed)
    totals = total_rows(definition, table, faults)
    keep = np.ones(len(table.line), dtype=np.bool_)
    for fault in faults:
        keep[fault["line"].to_numpy()] = False
    repeats, conflicts = find_duplicates(definition, typed, keep, table.line)
    keep[repeats] = False
    keep[conflicts["line"].to_numpy()] = False
    good = pd.DataFrame({name: keep_series(values, keep) for name, values in typed.items()}, copy=False)
    if len(repeats):
        notes.append(Message.of("directory.note_same", count=len(repeats)))
    if len(totals):
        faults = [fault[~fault["line"].isin(totals)] for fault in faults]
        notes.append(Message.of("directory.note_total", lines="、".join(str(one) for one in table.line[totals[:5]])))
    return Checked(
        kind=kind,
        name=table.name,
        good=good,
        lines=table.line if keep.all() else table.line[keep],
        rejected=in_order(definition, [*_with_lines([*faults, conflicts], table.line), table.rejected]),
        notes=(*table.notes, *notes),
    )


def _typed(
    definition: Register, table: Table, as_of: date | None, conventions: Conventions
) -> tuple[Typed, list[pd.DataFrame], list[Message]]:
    """Return every column typed (各列类型化), absent ones as missing; the faults by row position; and what is told."""
    rows, typed, faults, notes = len(table.line), Typed(), [], []
    for column in definition.columns:
        if column.name not in table.frame and not column.required:
            typed[column.name] = _absent(column, rows)
            continue
        parsed = _parsed(column, table, conventions)
        typed[column.name] = parsed.values
        faults.append(parsed.faults)
        notes += told_notes(column, parsed.told, table.line)
    faulty = {str(fault["column"].iloc[0]): len(fault) for fault in faults if len(fault)}
    there = {name: typed[name] for name in table.frame.columns if name != KNOWN_ON.name}
    if rows:
        notes += [*absent_note(definition, table.frame.columns), *blank_note(definition, there, faulty)]
    faults += _fill_known_on(typed, faults[-1], as_of)
    return typed, faults, notes


def _parsed(column: Column, table: Table, conventions: Conventions) -> Parsed:
    """Return one column parsed (解析一列), in the unit that its header names, turned into the column's own."""
    values = table.frame[column.name]
    header = unicodedata.normalize("NFKC", table.headers.get(column.name, ""))
    unit = unit_of_header("".join(header.split())) if column.unit else None
    if unit is None or unit == column.unit:
        return parse_column(column, values, conventions)
    parsed = parse_column(dataclasses.replace(column, unit=unit), values, conventions)
    return dataclasses.replace(parsed, values=converted(parsed.values, unit, str(column.unit)))


def _fill_known_on(typed: Typed, faults: pd.DataFrame, as_of: date | None) -> list[pd.DataFrame]:
    """Fill the days on which rows became known (补知悉日期); without a day for it they are faulty."""
    known_on = typed[KNOWN_ON.name]
    if as_of is not None:
        typed[KNOWN_ON.name] = known_on.fillna(pd.Timestamp(as_of).as_unit("s"))
        return []
    blank = np.setdiff1d(np.flatnonzero(known_on.isna().to_numpy()), faults["line"].to_numpy())
    return [problem(blank, KNOWN_ON, "", "directory.blank")]


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


def _with_lines(frames: list[pd.DataFrame], line: np.ndarray[Any, Any]) -> list[pd.DataFrame]:
    """Turn row positions into line numbers (行位置换成行号)."""
    return [frame.assign(line=line[frame["line"].to_numpy()]) for frame in frames]
