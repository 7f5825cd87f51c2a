"""Tables between stages (表结构): columns, dtypes and units, written once and checked on reading."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from supervision.canonical import csv_bytes
from supervision.errors import DoesNotVerify, SupervisionError

TEXT, WHOLE, DATE, NUMBER, TRUTH = "str", "int64", "datetime64[s]", "float64", "bool"


@dataclass(frozen=True, kw_only=True)
class TableSchema:
    """The columns of a table (表结构).

    `columns` maps column → pandas dtype in the order in which they stand; `units` says of a column what its values are
    where the name does not ("half-days", "yuan"). In a file rows are sorted by the first column, then the next; whole
    numbers are sorted as numbers.
    """

    name: str
    columns: Mapping[str, str]
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The column names in order (列名)."""
        return list(self.columns)

    def empty(self) -> pd.DataFrame:
        """Return a table without rows (空表)."""
        return pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in self.columns.items()})

    def frame(self, rows: Any) -> pd.DataFrame:
        """Return rows as a table with these columns and dtypes (按结构成表)."""
        made: pd.DataFrame = pd.DataFrame(rows, columns=self.names).astype(dict(self.columns))
        return made

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the table's own columns of a frame (核对列与类型).

        Raises
        ------
        SupervisionError
            `tables.column_missing` or `tables.dtype`, naming table and column.
        """
        for name, dtype in self.columns.items():
            if name not in frame.columns:
                raise SupervisionError("tables.column_missing", table=self.name, column=name)
            if str(frame[name].dtype) != dtype:
                found = str(frame[name].dtype)
                raise SupervisionError("tables.dtype", table=self.name, column=name, dtype=dtype, found=found)
        return frame[self.names]

    def to_csv(self, frame: pd.DataFrame) -> bytes:
        """Return a small table as protocol CSV (规范 CSV): dates as ISO days, missing cells blank, rows sorted."""
        cells = frame[self.names].copy()
        for name, dtype in self.columns.items():
            if pd.api.types.is_datetime64_any_dtype(cells[name].dtype):
                cells[name] = cells[name].dt.strftime("%Y-%m-%d")
            cells[name] = cells[name].astype("int64") if dtype == WHOLE else cells[name].astype("str").fillna("")
        return csv_bytes(self.names, sorted(tuples(cells)))

    def from_csv(self, source: bytes) -> pd.DataFrame:
        """Return the table that a CSV file holds (读取规范 CSV); another header raises `tables.header`."""
        dtypes = {name: dtype if dtype == WHOLE else "str" for name, dtype in self.columns.items()}
        try:
            found = pd.read_csv(io.BytesIO(source), dtype=dtypes, keep_default_na=False, na_filter=False)
        except ValueError as error:
            raise DoesNotVerify("tables.cell", table=self.name, reason=str(error)) from error
        if list(found.columns) != self.names:
            wanted, header = ",".join(self.names), ",".join(map(str, found.columns))
            raise DoesNotVerify("tables.header", table=self.name, header=header, wanted=wanted)
        return found


def valid_between(register: pd.DataFrame, first: date, last: date) -> pd.DataFrame:
    """Return the rows that hold on some day of a span (期间有效的行), both days included.

    By the columns from_date and until_date of a register; a row without an end holds for ever.
    """
    begun = register["from_date"] <= pd.Timestamp(last)
    return register[begun & ~(register["until_date"] < pd.Timestamp(first))]


def tuples(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a frame as plain tuples (逐行取值) of the named columns, of all when none is named.

    Cells are as `DataFrame.itertuples` gives them, as Python's own values; texts that Arrow holds come in a twentieth
    of its time.
    """
    wanted = frame[list(columns)] if columns else frame
    return zip(*(listed(column) for _, column in wanted.items()), strict=True)


def listed(column: pd.Series) -> list[Any]:
    """Return the cells of a column as plain values (一列取值)."""
    found: list[Any] = column.to_numpy(dtype=object).tolist()
    return found
