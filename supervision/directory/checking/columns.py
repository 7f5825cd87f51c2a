"""Columns (整列解析): millions of cells at once, with the same meaning as `cells.parse` gives to one.

Three ways: free text and unit ids are scanned by bytes and only odd cells parsed; numbers are cast in one go; every
other dtype is parsed once per distinct writing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking import cells, text_scan, unit_ids
from supervision.directory.checking.conventions import Conventions, Plain
from supervision.directory.checking.problems import no_problems, problem, problems
from supervision.directory.register import Column
from supervision.directory.row_selection import as_arrow, as_text
from supervision.domain import uscc
from supervision.errors import SupervisionError

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

_BLANKS = pa.array(sorted(cells.BLANKS), pa.large_string())
_PLAIN_NUMBER = r"^[+-]?\d{1,15}(\.\d{1,15})?$"


@dataclass(frozen=True, kw_only=True)
class Told:
    """A note that some good cells give rise to (单元格说明): its code, a writing, how many rows, the first of them."""

    note: str
    text: str
    rows: int
    first: int


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A parsed column (解析结果): `values` typed as `Column.storage` says, the `faults`, and what is `told` of cells.

    Faulty cells are missing, or 0 in a required integer column. `faults` has the columns of a list of problems, with
    row positions (from 0) in place of line numbers.
    """

    values: pd.Series[Any]
    faults: pd.DataFrame
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Each:
    """Texts parsed one by one (逐个解析结果): values (None where faulty); errors and notes by position."""

    values: list[Plain]
    errors: dict[int, SupervisionError]
    notes: dict[int, str]


def parse_column(column: Column, values: pd.Series[Any], conventions: Conventions) -> Parsed:
    """Return one column parsed (解析一列): `values` is `str`, missing = NaN; blanks in required columns are faults."""
    raw = as_arrow(values)
    if column.dtype in ("text", "unit_id") and not column.pattern:
        parsed = _scanned(column, raw, conventions)
    elif column.dtype in ("integer", "number") and column.header_unit in (None, column.unit):
        parsed = _numbers(column, raw, conventions)
    else:
        parsed = _distinct(column, raw, conventions)
    if column.default is not None:
        default = int(column.default) if column.dtype == "integer" else column.default
        return replace(parsed, values=parsed.values.fillna(default))
    if not column.required:
        return parsed
    missing = np.flatnonzero(parsed.values.isna().to_numpy())
    missing = missing[~np.isin(missing, parsed.faults["line"].to_numpy())]
    faults = pd.concat([parsed.faults, problem(missing, column, "", "directory.blank")], ignore_index=True)
    values_kept = parsed.values.fillna(0).astype("int64") if column.storage == "int64" else parsed.values
    return replace(parsed, values=values_kept, faults=faults)


def _parse_each(column: Column, texts: list[str], conventions: Conventions) -> _Each:
    """Parse texts one by one (逐个解析)."""
    values: list[Plain] = []
    errors: dict[int, SupervisionError] = {}
    notes: dict[int, str] = {}
    for position, text in enumerate(texts):
        try:
            value, note = cells.parse_noted(column, text, conventions)
        except SupervisionError as error:
            values.append(None)
            errors[position] = error
            continue
        values.append(value)
        if note is not None:
            notes[position] = note
    return _Each(values=values, errors=errors, notes=notes)


def _faults(column: Column, rows: Rows, texts: list[str], errors: dict[int, SupervisionError]) -> pd.DataFrame:
    """Return the faults of cells parsed one by one (逐个解析的问题)."""
    if not errors:
        return no_problems()
    at = list(errors)
    return problems(
        line=rows[at],
        column=column.name,
        value=[texts[position] for position in at],
        reason=[error.message for error in errors.values()],
    )


def _scanned(column: Column, raw: Any, conventions: Conventions) -> Parsed:
    """Free text and unit ids (自由文字与主体代码): bytes first, `cells.parse` for what stands out."""
    chunks, faults, start = [], [], 0
    told: list[Told] = []
    for chunk in raw.chunks:
        rows = text_scan.odd_rows(chunk)
        if len(rows) > 1000 and len(rows) > len(chunk) // 10:
            chunk = pc.utf8_trim_whitespace(chunk)
            rows = text_scan.odd_rows(chunk)
        rows = np.union1d(rows, _odd_ids(chunk) if column.dtype == "unit_id" else text_scan.rows_among(chunk, _BLANKS))
        if len(rows):
            texts = chunk.take(pa.array(rows)).to_pylist()
            each = _parse_each(column, texts, conventions)
            faults.append(_faults(column, rows + start, texts, each.errors))
            told += [
                Told(note=note, text=texts[place], rows=1, first=int(rows[place]) + start)
                for place, note in each.notes.items()
            ]
            if each.values != texts:
                mask = np.zeros(len(chunk), np.bool_)
                mask[rows] = True
                chunk = pc.replace_with_mask(chunk, pa.array(mask), pa.array(each.values, pa.large_string()))
        chunks.append(chunk)
        start += len(chunk)
    values = as_text(pa.chunked_array(chunks, type=pa.large_string()))
    return Parsed(values=values, faults=pd.concat([no_problems(), *faults], ignore_index=True), told=tuple(told))


def _odd_ids(chunk: Any) -> Rows:
    """Return the rows that are not plainly a valid code (需细看的代码); one of digits may be something else."""
    odd = np.asarray(pc.fill_null(pc.not_equal(pc.binary_length(chunk), 18), False))
    rows, codes = text_scan.of_length(chunk, 18)
    odd[rows] = ~(uscc.examine(codes)[1] & uscc.plausible(codes)) | unit_ids.doubtful(codes)
    return np.flatnonzero(odd)


def _numbers(column: Column, raw: Any, conventions: Conventions) -> Parsed:
    """Numbers (数值): plain ones are cast in one go, others parsed once per writing."""
    plain = pc.fill_null(pc.match_substring_regex(raw, _PLAIN_NUMBER), False)
    cast = pc.cast(pc.if_else(plain, raw, pa.scalar(None, pa.large_string())), pa.float64())
    number = np.array(cast.to_numpy())
    fine = plain.to_numpy() & (np.abs(number) < 2**53)
    if column.dtype == "integer":
        fine &= number == np.trunc(number)
    for bound, sign in ((column.low, 1), (column.high, -1)):
        if bound is not None:
            fine &= sign * number >= sign * bound
    rest = np.flatnonzero(~fine & raw.is_valid().to_numpy())
    number[~fine] = np.nan
    faults, told = no_problems(), _unit_taken(column, raw, fine)
    missing = np.isnan(number)
    whole = np.where(missing, 0, number).astype(np.int64) if column.dtype == "integer" else None
    if len(rest):
        seen, positions = np.unique(np.asarray(raw.take(pa.array(rest)).to_pylist(), dtype=object), return_inverse=True)
        each = _parse_each(column, seen.tolist(), conventions)
        faults = _spread(column, rest, positions, seen.tolist(), each.errors)
        missing[rest] = np.array([value is None for value in each.values])[positions]
        if whole is None:
            found = [np.nan if value is None else value for value in each.values]
            number[rest] = np.array(found, np.float64)[positions]
        else:
            whole[rest] = np.array([value or 0 for value in each.values], np.int64)[positions]
    if whole is None:
        return Parsed(values=pd.Series(number), faults=faults, told=told)
    return Parsed(values=pd.Series(pd.arrays.IntegerArray(whole, missing)), faults=faults, told=told)


def _unit_taken(column: Column, raw: Any, plain: Flags) -> tuple[Told, ...]:
    """Tell of plain numbers in a column of amounts whose header names no unit (未写单位): 10,000 yuan was taken."""
    if column.unit != "万元" or column.header_unit is not None or not plain.any():
        return ()
    first = int(np.argmax(plain))
    return (Told(note="directory.note_no_unit", text=raw[first].as_py(), rows=int(plain.sum()), first=first),)


def _spread(
    column: Column, rows: Rows, positions: Rows, texts: list[str], errors: dict[int, SupervisionError]
) -> pd.DataFrame:
    """Return the faults of all rows from the errors of their distinct writings (问题展开到各行)."""
    if not errors:
        return no_problems()
    at = np.flatnonzero(np.isin(positions, list(errors)))
    listed = _faults(column, np.arange(len(texts)), texts, errors).set_index("line")
    spread = listed.loc[positions[at]].reset_index(drop=True)
    spread.insert(0, "line", rows[at])
    return spread


def _distinct(column: Column, raw: Any, conventions: Conventions) -> Parsed:
    """Codes, dates, lists and the like (代码、日期、列表等): each distinct writing is parsed once."""
    encoded = pc.dictionary_encode(raw).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.large_string()).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    positions = pc.fill_null(encoded.indices, len(texts)).to_numpy(zero_copy_only=False)
    each = _parse_each(column, texts, conventions)
    faults = _spread(column, np.arange(len(positions)), positions, texts, each.errors)
    told = _told(each.notes, texts, positions)
    values = [*each.values, None]
    return Parsed(values=_gather(column, values, positions, texts, raw), faults=faults, told=tuple(told))


def _told(notes: dict[int, str], texts: list[str], positions: Rows) -> tuple[Told, ...]:
    """Return what is told of distinct writings (各写法的说明), with their numbers of rows and first rows."""
    if not notes:
        return ()
    rows = np.bincount(positions, minlength=len(texts) + 1)
    first = np.zeros(len(texts) + 1, np.int64)
    first[positions[::-1]] = np.arange(len(positions))[::-1]
    return tuple(
        Told(note=note, text=texts[place], rows=int(rows[place]), first=int(first[place]))
        for place, note in notes.items()
    )


def _gather(column: Column, values: list[Plain], positions: Rows, texts: list[str], raw: Any) -> pd.Series[Any]:
    """Return typed values of all rows from those of the distinct writings (取回各行的值)."""
    if column.dtype == "date":
        days = np.array([_day(value) for value in values], dtype="datetime64[s]")
        return pd.Series(days[positions])
    if column.dtype == "boolean":
        missing = np.array([value is None for value in values])
        flags = np.array([bool(value) for value in values])
        return pd.Series(pd.arrays.BooleanArray(flags[positions], missing[positions]))
    if column.dtype in ("integer", "number"):
        missing = np.array([value is None for value in values])
        if column.dtype == "number":
            return pd.Series(np.array([np.nan if value is None else value for value in values], np.float64)[positions])
        whole = np.array([value or 0 for value in values], np.int64)
        return pd.Series(pd.arrays.IntegerArray(whole[positions], missing[positions]))
    if values[:-1] == texts:
        return as_text(raw)
    return as_text(pa.chunked_array([pa.array(values, pa.large_string()).take(pa.array(positions))]))


def _day(value: Plain) -> np.datetime64:
    return np.datetime64(value, "s") if isinstance(value, date) else np.datetime64("NaT", "s")
