"""Frames to stored cells and back (数据框与存储单元互换): pandas ↔ Arrow columns of text, int64 and double.

In registers a blank text and a missing one are the same: stored as NULL, in a key as '' so that the primary key
works, and always read back as missing. In tables of a round both are kept as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.errors import SupervisionError
from supervision.store.layout import DATE, TEXT, sql_type

ARROW = {"TEXT": pa.large_string(), "REAL": pa.float64(), "INTEGER": pa.int64()}


class Cells:
    """A frame whose rows are asked for as stored cells (数据框转存储单元), a chunk at a time.

    `columns` maps column → pandas dtype; a column the frame lacks is all null. Chunks have the types large_string,
    double and int64, null where missing. `table` is for the error: `store.cell_type` names a column that cannot be
    kept so. The frame's own memory is used until a chunk is made.
    """

    def __init__(self, frame: pd.DataFrame, columns: Mapping[str, str], *, table: str) -> None:
        self._columns = columns
        self._table = table
        self._rows = len(frame)
        self._raw: dict[str, pa.ChunkedArray] = {}
        for name in columns:
            if name in frame.columns:
                with self._naming(name):
                    array = pa.array(frame[name], from_pandas=True)
                    self._raw[name] = array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])

    def __len__(self) -> int:
        return self._rows

    def select(self, names: Collection[str]) -> pa.Table:
        """Return some columns of all rows (取若干列)."""
        return pa.table({name: self._column(name, lambda array: array) for name in names})

    def slice(self, start: int, count: int) -> pa.Table:
        """Return rows from `start` (取连续若干行)."""
        return pa.table({name: self._column(name, lambda array: array.slice(start, count)) for name in self._columns})

    def take(self, rows: pa.Array) -> pa.Table:
        """Return the rows with these numbers, in their order (按行号取行)."""
        return pa.table({name: self._column(name, lambda array: array.take(rows)) for name in self._columns})

    def _column(self, name: str, pick: Callable[[pa.ChunkedArray], pa.ChunkedArray]) -> pa.ChunkedArray:
        dtype = self._columns[name]
        if name not in self._raw:
            return pick(pa.chunked_array([pa.nulls(self._rows, ARROW[sql_type(dtype)])]))
        with self._naming(name):
            return _cells(pick(self._raw[name]), dtype)

    @contextmanager
    def _naming(self, name: str) -> Iterator[None]:
        try:
            yield
        except (pa.ArrowException, TypeError, OverflowError) as error:
            reason = str(error).splitlines()[0]
            dtype = self._columns[name]
            raise SupervisionError(
                "store.cell_type", table=self._table, column=name, dtype=dtype, reason=reason
            ) from error


def _cells(column: pa.ChunkedArray, dtype: str) -> pa.ChunkedArray:
    if dtype == DATE:
        if pa.types.is_timestamp(column.type):
            seconds = column.cast(pa.timestamp("s"))
            if not pc.all(pc.equal(seconds, pc.floor_temporal(seconds, unit="day")), min_count=0).as_py():
                raise TypeError("a date with a time of day")
        return column.cast(pa.date32()).cast(pa.large_string())
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return column.cast(ARROW[sql_type(dtype)])


def blanks(table: pa.Table, key: Collection[str]) -> pa.Table:
    """Return a register's cells with blanks as the store keeps them (统一空白): '' in the key, null elsewhere."""
    for place, name in enumerate(table.column_names):
        column = table[name]
        if not pa.types.is_large_string(column.type):
            continue
        if name in key:
            column = pc.fill_null(column, "")
        else:
            column = pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.large_string()), column)
        table = table.set_column(place, name, column)
    return table


def without_blanks(table: pa.Table, key: Collection[str]) -> pa.Table:
    """Return read cells with '' of the key as missing (空白还原为缺失); the reverse of `blanks`."""
    for place, name in enumerate(table.column_names):
        column = table[name]
        if name in key and (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            empty = pc.equal(column, "")
            if pc.any(empty, min_count=0).as_py():
                table = table.set_column(place, name, pc.if_else(empty, pa.scalar(None, column.type), column))
    return table


def to_frame(table: pa.Table, columns: Mapping[str, str]) -> pd.DataFrame:
    """Return stored cells as a frame (还原为数据框) with the given pandas dtypes, columns in the order of `columns`."""
    return pd.DataFrame({name: series(table[name], dtype) for name, dtype in columns.items()}, copy=False)


def series(column: Any, dtype: str) -> Any:
    """Return a column of stored cells with a pandas dtype (还原为一列); dates as text or days."""
    if dtype == TEXT:
        return column.to_pandas(types_mapper=lambda _: pd.StringDtype(na_value=np.nan))
    if dtype == DATE:
        return column.cast(pa.timestamp("s")).to_pandas()
    if sql_type(dtype) == "REAL":
        return column.to_pandas().astype(dtype)
    if dtype == "boolean":
        return column.cast(pa.bool_()).to_pandas(types_mapper=lambda _: pd.BooleanDtype())
    return column.to_pandas(types_mapper=lambda _: pd.Int64Dtype()).astype(dtype)


def dtypes(frame: pd.DataFrame, *, table: str) -> dict[str, str]:
    """Return column → dtype as a round's table keeps it (各列类型).

    Text (also as objects or categories) becomes str, datetimes datetime64[s]; numbers and truth values stay.
    """
    found: dict[str, str] = {}
    for name in frame.columns:
        dtype = frame[name].dtype
        if isinstance(dtype, pd.StringDtype | pd.CategoricalDtype) or pd.api.types.is_object_dtype(dtype):
            found[name] = TEXT
        elif pd.api.types.is_datetime64_dtype(dtype):
            found[name] = DATE
        elif pd.api.types.is_numeric_dtype(dtype) and str(dtype).lower() in NUMERIC:
            found[name] = str(dtype)
        else:
            reason = "this type is not kept"
            raise SupervisionError("store.cell_type", table=table, column=name, dtype=str(dtype), reason=reason)
    return found


NUMERIC = frozenset(
    ["bool", "boolean", "float32", "float64", *(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))]
)


def positions(length: int, step: int) -> Sequence[tuple[int, int]]:
    """Return (start, count) of chunks (分块) of `step` rows that cover `length` rows."""
    return [(start, min(step, length - start)) for start in range(0, length, step)]
