"""What is asked of a register (读取登记表的要求): its rows as known on a day, some columns of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.errors import SupervisionError
from supervision.store import bulk
from supervision.store.collected_rows import collected
from supervision.store.column_copies import Copy
from supervision.store.layout import Layout, layout
from supervision.store.register_versions import latest


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A register's rows as known on a day (某日的登记表): `wanted` columns and their dtypes, in their order.

    `coded` columns come as codes of texts; rows where the truth value `unless` holds are left out.
    """

    table: Layout
    on: date
    wanted: Mapping[str, str]
    coded: Collection[str]
    unless: str

    @classmethod
    def of(cls, kind: str, *, on: date, columns: Collection[str] | None, coded: Collection[str], unless: str) -> Asked:
        """Look that the register has the columns (核对字段); all where none are given, else `store.unknown_column`."""
        table = layout(kind)
        names = tuple(table.columns) if columns is None else tuple(columns)
        for name in names:
            if name not in table.columns:
                known = " ".join(table.columns)
                raise SupervisionError("store.unknown_column", table=kind, column=name, known=known)
        wanted = {name: table.columns[name] for name in names}
        return cls(table=table, on=on, wanted=wanted, coded=coded, unless=unless)

    def of_database(self, path: Path, among: str) -> Iterator[pa.Table]:
        """Yield its rows from the database (自数据库读取), those of the condition `among`."""
        return latest(path, self.table, on=self.on, columns=self._columns, among=among)

    def of_copy(self, copy: Copy) -> pd.DataFrame:
        """Return its rows from a copy (自副本读取)."""
        return self.frame(copy.halves(on=self.on, columns=self._columns))

    def frame(self, readings: Iterable[Iterator[pa.Table]]) -> pd.DataFrame:
        """Return rows that are read one part after the other (合并为数据框), two at once."""
        parts = [self._picked(chunks) for chunks in readings]
        return collected(parts, self.wanted, key=self.table.version, coded=self.coded)

    @property
    def _columns(self) -> tuple[str, ...]:
        return (*self.wanted, self.unless) if self.unless else tuple(self.wanted)

    def _picked(self, chunks: Iterator[pa.Table]) -> Iterator[pa.Table]:
        yield bulk.nothing(self.wanted)
        for chunk in chunks:
            yield chunk.filter(pc.not_equal(pc.fill_null(chunk[self.unless], 0), 1)) if self.unless else chunk
