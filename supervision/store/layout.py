"""What stands in which table (表结构): the columns of the registers and how a cell is kept in SQLite.

A column is described by the pandas dtype it has in a frame; dates are kept as ISO text, truth values as 0 and 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from supervision.directory.register import CORRECTION, kinds, register
from supervision.errors import SupervisionError

DATE = "datetime64[s]"
TEXT = "str"
KNOWN_ON = "known_on"
REGISTER_DTYPES = {"date": DATE, "integer": "Int64", "number": "float64", "boolean": "boolean"}


@dataclass(frozen=True, kw_only=True)
class Layout:
    """The table of one register (登记表的存储结构).

    `columns` maps column → pandas dtype, `key` identifies a row, `version` = key and known_on one version of it, where
    the register knows corrections also which of them: on one day the last correction is the latest version.
    """

    kind: str
    key: tuple[str, ...]
    columns: Mapping[str, str]

    @property
    def version(self) -> tuple[str, ...]:
        """The primary key (主键): the key's columns, then known_on, then the number of the correction."""
        return (*self.key, KNOWN_ON, *(name for name in self.columns if name == CORRECTION.name))

    @property
    def exchange(self) -> tuple[str, ...]:
        """The columns in the order of canonical CSV (规范 CSV 列序): key, others as the register has them, known_on."""
        return (*self.key, *(c for c in self.columns if c not in (*self.key, KNOWN_ON)), KNOWN_ON)


@cache
def layout(kind: str) -> Layout:
    """Return the table of a register (取登记表结构); an unknown kind raises `store.unknown_kind`."""
    if kind not in kinds():
        raise SupervisionError("store.unknown_kind", kind=kind, known=" ".join(kinds()))
    found = register(kind)
    columns = {column.name: REGISTER_DTYPES.get(column.dtype, TEXT) for column in found.columns}
    return Layout(kind=kind, key=tuple(found.key), columns=columns)


def sql_type(dtype: str) -> str:
    """Return the SQLite type of a column (列的 SQLite 类型) from its pandas dtype."""
    if dtype in (TEXT, DATE):
        return "TEXT"
    return "REAL" if dtype.lower().startswith("float") else "INTEGER"


def typical(dtype: str) -> str:
    """Return an SQL literal that has the type of a column and sorts first (类型示例值)."""
    return {"TEXT": "''", "REAL": "0.0", "INTEGER": "-1"}[sql_type(dtype)]


def quoted(name: str) -> str:
    """Return a name quoted for SQL (带引号的名称)."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: tuple[str, ...] | list[str], prefix: str = "") -> str:
    """Return names quoted and joined by commas (带引号的列名单), each after `prefix`."""
    return ", ".join(prefix + quoted(name) for name in names)


def register_ddl(table: Layout) -> str:
    """Return CREATE TABLE of a register (登记表建表语句): a B-tree sorted by the version, without row numbers."""
    lines = [
        f"{quoted(name)} {sql_type(dtype)}" + (" NOT NULL" if name in table.version else "")
        for name, dtype in table.columns.items()
    ]
    body = ", ".join([*lines, f"PRIMARY KEY ({listed(table.version)})"])
    return f"CREATE TABLE {quoted(table.kind)} ({body}) WITHOUT ROWID"
