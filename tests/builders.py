"""What many tests build from: the shipped code lists, one cell, one register file out of a text."""

from __future__ import annotations

from datetime import date

from supervision.directory.checking import cells
from supervision.directory.checking.conventions import Conventions, Plain
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import Column
from supervision.directory.table import Checked
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
CONVENTIONS = Conventions(lists=LISTS)
NOVEMBER = date(2026, 11, 1)


def parse(column: Column, text: str) -> Plain:
    """Read one cell with the shipped code lists."""
    return cells.parse(column, text, CONVENTIONS)


def check(kind: str, text: str, *, as_of: date | None = NOVEMBER, own_ids: bool = False) -> Checked:
    """Read and check a CSV text with the shipped code lists."""
    table = read_table(kind, f"{kind}.csv", text.encode())
    return check_table(kind, table, as_of=as_of, lists=LISTS, own_ids=own_ids)


def faults(checked: Checked) -> list[list[object]]:
    """Return line, column, value and code of every fault."""
    rows = checked.rejected.itertuples(index=False, name=None)
    return [[line, column, value, reason.code] for line, column, value, reason in rows]
