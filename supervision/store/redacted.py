"""A copy to look at (浏览用副本): only named columns, in a file of its own, made anew each time and read by others.

What is not copied cannot be read from it by any query. For each table there is a view with headings that people read
and the names of codes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from supervision.directory.register import WITHDRAWN
from supervision.store import bulk
from supervision.store.arrow_columns import without_blanks
from supervision.store.connection import clear_errors
from supervision.store.layout import layout, quoted, sql_type
from supervision.store.register_versions import latest

CODE, NAME = "code", "name"


@dataclass(frozen=True, kw_only=True)
class CopiedRegister:
    """A register in the copy (副本中的登记表): its columns, and which of them hold codes of which table."""

    kind: str
    columns: tuple[str, ...]
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class CopiedTable:
    """A table of the copy that was made for it (副本中的编制表); `codes` as in `CopiedRegister`."""

    name: str
    frame: pd.DataFrame
    codes: Mapping[str, str] = field(default_factory=dict)


def write_copy(
    store: Path,
    target: Path,
    *,
    on: date,
    registers: list[CopiedRegister],
    tables: list[CopiedTable],
    codes: Mapping[str, Mapping[str, str]],
    headings: Mapping[str, tuple[str, Mapping[str, str]]],
) -> None:
    """Write the copy (写浏览用副本): registers as known on a day without withdrawn rows, tables as they are given.

    `codes`: table of codes → code → name; `headings`: register or table → name of its view, column → heading. A file
    that stands at `target` is replaced.
    """
    target.unlink(missing_ok=True)
    named = {
        f"code_{name}": pd.DataFrame(rows.items(), columns=[CODE, NAME], dtype="str") for name, rows in codes.items()
    }
    with clear_errors(target), closing(sqlite3.connect(target)) as connection:
        for name in named:
            connection.execute(f"CREATE TABLE {quoted(name)} ({CODE} TEXT PRIMARY KEY, {NAME} TEXT)")
        for register in registers:
            types = layout(register.kind).columns
            connection.execute(_ddl(register.kind, {one: types[one] for one in register.columns}, register.codes))
        for table in tables:
            connection.execute(_ddl(table.name, dict(table.frame.dtypes.astype("str")), table.codes))
        for name, held in [*((one.kind, one.codes) for one in registers), *((one.name, one.codes) for one in tables)]:
            connection.execute(_view(name, *headings[name], held))
        connection.commit()
    for register in registers:
        bulk.load(target, register.kind, _rows(store, register, on))
    for name, frame in [*named.items(), *((table.name, table.frame) for table in tables)]:
        bulk.load(target, name, [pa.Table.from_pandas(frame, preserve_index=False)])


def _ddl(name: str, columns: Mapping[str, str], codes: Mapping[str, str]) -> str:
    lines = [
        f"{quoted(column)} {sql_type(dtype)}"
        + (f" REFERENCES {quoted(f'code_{codes[column]}')}({CODE})" if column in codes else "")
        for column, dtype in columns.items()
    ]
    return f"CREATE TABLE {quoted(name)} ({', '.join(lines)})"


def _view(name: str, title: str, columns: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """Return what makes a table's view (视图): a code that has no name stands as it is."""

    def shown(column: str) -> str:
        plain = f"t.{quoted(column)}"
        if column not in codes:
            return plain
        return f"coalesce((SELECT {NAME} FROM {quoted(f'code_{codes[column]}')} WHERE {CODE} = {plain}), {plain})"

    cells = ", ".join(f"{shown(column)} AS {quoted(heading)}" for column, heading in columns.items())
    return f"CREATE VIEW {quoted(title)} AS SELECT {cells} FROM {quoted(name)} t"


def _rows(store: Path, register: CopiedRegister, on: date) -> Iterator[pa.Table]:
    table = layout(register.kind)
    gone = (WITHDRAWN.name,) if WITHDRAWN.name in table.columns else ()
    for chunk in latest(store, table, on=on, columns=(*register.columns, *gone)):
        kept = chunk.filter(pc.fill_null(pc.equal(chunk[gone[0]], 0), fill_value=True)) if gone else chunk
        yield without_blanks(kept, table.version).select(register.columns)
