"""Checking registers (登记表校验): a table of texts becomes typed rows, and every faulty cell a reason."""

from __future__ import annotations

import dataclasses
import unicodedata
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from supervision.directory.checking.amounts import unit_of_header
from supervision.directory.checking.column_notes import absent_note, blank_note, told_notes
from supervision.directory.checking.columns import Parsed, parse_column
from supervision.directory.checking.conventions import Conventions
from supervision.directory.checking.duplicates import find_duplicates
from supervision.directory.checking.links import check_links
from supervision.directory.checking.problems import in_order, problem
from supervision.directory.checking.second_values import contradictions
from supervision.directory.checking.total_rows import footer_rows, total_rows
from supervision.directory.reading.remarks import numbers
from supervision.directory.register import KNOWN_ON, Column, Register, register
from supervision.directory.row_selection import as_text, keep_series
from supervision.directory.table import Checked, Table, place_of_line
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
    faults += [*_spans(definition, typed), *_required_when(definition, typed)]
    faults += contradictions(definition, table, conventions)
    totals = total_rows(definition, table, faults)
    footers = np.setdiff1d(footer_rows(definition, table, faults), totals)
    keep = ~np.isin(table.line, table.rejected["line"].to_numpy())
    places = _places(table)
    for fault in faults:
        keep[fault["line"].to_numpy()] = False
    repeats, conflicts = find_duplicates(definition, typed, keep, places)
    keep[repeats] = False
    keep[conflicts["line"].to_numpy()] = False
    good = pd.DataFrame({name: keep_series(values, keep) for name, values in typed.items()}, copy=False)
    if len(repeats):
        notes.append(Message.of("directory.note_same", count=len(repeats)))
    if len(totals):
        notes.append(Message.of("directory.note_total", lines=numbers(places[totals].tolist())))
    if len(footers):
        text = next(value for value in table.frame.iloc[footers[0]] if isinstance(value, str) and value.strip())
        notes.append(Message.of("directory.note_footer", lines=numbers(places[footers].tolist()), text=text))
    faults = [fault[~fault["line"].isin([*totals, *footers])] for fault in faults]
    return Checked(
        kind=kind,
        name=table.name,
        good=good,
        lines=table.line if keep.all() else table.line[keep],
        rejected=in_order(definition, [*_with_lines([*faults, conflicts], table.line), table.rejected]),
        notes=(*table.notes, *notes),
        sheets=table.sheets,
    )


def _places(table: Table) -> np.ndarray[Any, Any]:
    """Return how each row is named (各行的说法): its number, with its sheet where several were read."""
    if not table.sheets:
        return table.line
    return np.array([place_of_line(line, table.sheets) for line in table.line.tolist()], dtype=object)


def _typed(
    definition: Register, table: Table, as_of: date | None, conventions: Conventions
) -> tuple[Typed, list[pd.DataFrame], list[Message]]:
    """Return every column typed (各列类型化), absent ones as missing; the faults by row position; and what is told."""
    rows, typed, faults, notes = len(table.line), Typed(), [], []
    places = _places(table)
    for column in definition.columns:
        if column.name not in table.frame and not column.required:
            typed[column.name] = _absent(column, rows)
            continue
        parsed = _parsed(column, table, conventions)
        typed[column.name] = parsed.values
        faults.append(parsed.faults)
        notes += told_notes(column, parsed.told, places)
    faulty = {str(fault["column"].iloc[0]): len(fault) for fault in faults if len(fault)}
    there = {name: typed[name] for name in table.frame.columns if name in typed and name != KNOWN_ON.name}
    if rows:
        notes += [*absent_note(definition, table.frame.columns), *blank_note(definition, there, faulty)]
    faults += _fill_known_on(typed, faults[-1], as_of)
    return typed, faults, notes


def _parsed(column: Column, table: Table, conventions: Conventions) -> Parsed:
    """Return one column parsed (解析一列), numbers without a unit of their own in the one that the header names."""
    header = unicodedata.normalize("NFKC", table.headers.get(column.name, ""))
    unit = unit_of_header("".join(header.split())) if column.unit else None
    asked = column if unit is None else dataclasses.replace(column, header_unit=unit)
    return parse_column(asked, table.frame[column.name], conventions)


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
