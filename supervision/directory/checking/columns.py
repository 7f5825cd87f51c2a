"""Columns (整列解析): millions of cells at once, with the same meaning as `cells.parse` gives to one.

Three ways: free text and unit ids are scanned by bytes and only odd cells parsed; numbers are cast in one go; every
other dtype is parsed once per distinct writing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.checking import cells, text_scan
from supervision.domain import uscc
from supervision.directory.checking.problems import no_problems, problem, problems
from supervision.directory.register import Column
from supervision.directory.row_selection import as_arrow, as_text
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists

Rows = np.ndarray[tuple[int], np.dtype[np.int64]]
Flags = np.ndarray[tuple[int], np.dtype[np.bool_]]

_PLAIN_NUMBER = r"^[+-]?\d{1,15}(\.\d{1,15})?$"


@dataclass(frozen=True, kw_only=True)
class Parsed:
    """A parsed column (解析结果): `values` typed as `Column.storage` says, and the `faults`.

    Faulty cells are missing, or 0 in a required integer column. `faults` has the columns of a list of problems, with
    row positions (from 0) in place of line numbers.
    """

    values: pd.Series[Any]
    faults: pd.DataFrame


def parse_column(column: Column, values: pd.Series[Any], lists: CodeLists) -> Parsed:
    """Return one column parsed (解析一列): `values` is `str`, missing = NaN; blanks in required columns are faults."""
    raw = as_arrow(values)
    if column.dtype in ("text", "unit_id") and not column.pattern:
        parsed = _scanned(column, raw, lists)
    elif column.dtype in ("integer", "number"):
        parsed = _numbers(column, raw, lists)
    else:
        parsed = _distinct(column, raw, lists)
    if column.default is not None:
        return Parsed(values=parsed.values.fillna(column.default), faults=parsed.faults)
    if not column.required:
        return parsed
    missing = np.flatnonzero(parsed.values.isna().to_numpy())
    missing = missing[~np.isin(missing, parsed.faults["line"].to_numpy())]
    faults = pd.concat([parsed.faults, problem(missing, column, "", "directory.blank")], ignore_index=True)
    values_kept = parsed.values.fillna(0).astype("int64") if column.storage == "int64" else parsed.values
    return Parsed(values=values_kept, faults=faults)


def _parse_each(
    column: Column, texts: list[str], lists: CodeLists
) -> tuple[list[cells.Value], dict[int, SupervisionError]]:
    """Parse texts one by one (逐个解析): values (None where faulty), and the errors by position."""
    values: list[cells.Value] = []
    errors: dict[int, SupervisionError] = {}
    for position, text in enumerate(texts):
        try:
            values.append(cells.parse(column, text, lists))
        except SupervisionError as error:
            values.append(None)
            errors[position] = error
    return values, errors


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


def _scanned(column: Column, raw: Any, lists: CodeLists) -> Parsed:
    """Free text and unit ids (自由文字与主体代码): bytes first, `cells.parse` for what stands out."""
    chunks, faults, start = [], [], 0
    for chunk in raw.chunks:
        rows = text_scan.odd_rows(chunk)
        if len(rows) > 1000 and len(rows) > len(chunk) // 10:
            chunk = pc.utf8_trim_whitespace(chunk)
            rows = text_scan.odd_rows(chunk)
        if column.dtype == "unit_id":
            rows = np.union1d(rows, _odd_ids(chunk))
        if len(rows):
            texts = chunk.take(pa.array(rows)).to_pylist()
            values, errors = _parse_each(column, texts, lists)
            faults.append(_faults(column, rows + start, texts, errors))
            if values != texts:
                mask = np.zeros(len(chunk), np.bool_)
                mask[rows] = True
                chunk = pc.replace_with_mask(chunk, pa.array(mask), pa.array(values, pa.large_string()))
        chunks.append(chunk)
        start += len(chunk)
    values_all = pa.chunked_array(chunks, type=pa.large_string())
    return Parsed(values=as_text(values_all), faults=pd.concat([no_problems(), *faults], ignore_index=True))


def _odd_ids(chunk: Any) -> Rows:
    """Return the rows that are not plainly a valid code or a short opaque id (需细看的代码)."""
    offsets, _ = text_scan.parts(chunk)
    length = np.diff(offsets)
    odd = length > 39
    rows, codes = text_scan.of_length(chunk, 18)
    lettered, valid = uscc.examine(codes)
    odd[rows] = ~valid & (lettered | (codes >= ord("a")).any(axis=1))
    wide = text_scan.wide_rows(chunk)
    odd[wide] = True
    return np.flatnonzero(odd)


def _numbers(column: Column, raw: Any, lists: CodeLists) -> Parsed:
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
    faults = no_problems()
    missing = np.isnan(number)
    whole = np.where(missing, 0, number).astype(np.int64) if column.dtype == "integer" else None
    if len(rest):
        seen, positions = np.unique(np.asarray(raw.take(pa.array(rest)).to_pylist(), dtype=object), return_inverse=True)
        values, errors = _parse_each(column, seen.tolist(), lists)
        faults = _spread(column, rest, positions, seen.tolist(), errors)
        missing[rest] = np.array([value is None for value in values])[positions]
        if whole is None:
            number[rest] = np.array([np.nan if value is None else value for value in values], np.float64)[positions]
        else:
            whole[rest] = np.array([value or 0 for value in values], np.int64)[positions]
    if whole is None:
        return Parsed(values=pd.Series(number), faults=faults)
    return Parsed(values=pd.Series(pd.arrays.IntegerArray(whole, missing)), faults=faults)


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


def _distinct(column: Column, raw: Any, lists: CodeLists) -> Parsed:
    """Codes, dates, lists and the like (代码、日期、列表等): each distinct writing is parsed once."""
    encoded = pc.dictionary_encode(raw).combine_chunks()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pa.array([], pa.large_string()).dictionary_encode()
    texts = encoded.dictionary.to_pylist()
    positions = pc.fill_null(encoded.indices, len(texts)).to_numpy(zero_copy_only=False)
    values, errors = _parse_each(column, texts, lists)
    faults = _spread(column, np.arange(len(positions)), positions, texts, errors)
    values.append(None)
    return Parsed(values=_gather(column, values, positions, texts, raw), faults=faults)


def _gather(column: Column, values: list[cells.Value], positions: Rows, texts: list[str], raw: Any) -> pd.Series[Any]:
    """Return typed values of all rows from those of the distinct writings (取回各行的值)."""
    if column.dtype == "date":
        days = np.array([_day(value) for value in values], dtype="datetime64[s]")
        return pd.Series(days[positions])
    if column.dtype == "boolean":
        missing = np.array([value is None for value in values])
        flags = np.array([bool(value) for value in values])
        return pd.Series(pd.arrays.BooleanArray(flags[positions], missing[positions]))
    if values[:-1] == texts:
        return as_text(raw)
    return as_text(pa.chunked_array([pa.array(values, pa.large_string()).take(pa.array(positions))]))


def _day(value: cells.Value) -> np.datetime64:
    return np.datetime64(value, "s") if isinstance(value, date) else np.datetime64("NaT", "s")
