"""What many tests build from: the shipped code lists, one cell, one register file out of a text."""

from __future__ import annotations

from datetime import date

from supervision.directory.checking import cells
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import Column
from supervision.directory.table import Checked
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
NOVEMBER = date(2026, 11, 1)


def parse(column: Column, text: str) -> cells.Value:
    """Read one cell with the shipped code lists."""
    return cells.parse(column, text, LISTS)


def check(kind: str, text: str, *, as_of: date | None = NOVEMBER) -> Checked:
    """Read and check a CSV text with the shipped code lists."""
    return check_table(kind, read_table(kind, f"{kind}.csv", text.encode()), as_of=as_of, lists=LISTS)


def faults(checked: Checked) -> list[list[object]]:
    """Return line, column, value and code of every fault."""
    rows = checked.rejected.itertuples(index=False, name=None)
    return [[line, column, value, reason.code] for line, column, value, reason in rows]
