"""What many tests build from: the shipped code lists, one cell, one register file out of a text, a task."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervision.directory.checking import cells
from supervision.directory.checking.conventions import Conventions, Plain
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.register import Column
from supervision.directory.table import Checked, Table
from supervision.domain.items import Task
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

LISTS = CodeLists.read(shipped_files.shipped_code_lists())
CONVENTIONS = Conventions(lists=LISTS)
NOVEMBER = date(2026, 11, 1)


def parse(column: Column, text: str) -> Plain:
    """Read one cell with the shipped code lists."""
    return cells.parse(column, text, CONVENTIONS)


def check(kind: str, source: str | bytes, *, as_of: date | None = NOVEMBER, own_ids: bool = False) -> Checked:
    """Read and check the text of a CSV, or the bytes of any file, with the shipped code lists."""
    table = read_table(kind, f"{kind}.csv", source if isinstance(source, bytes) else source.encode())
    return check_table(kind, table, as_of=as_of, lists=LISTS, own_ids=own_ids)


def faults(checked: Checked) -> list[list[object]]:
    """Return line, column, value and code of every fault."""
    rows = checked.rejected.itertuples(index=False, name=None)
    return [[line, column, value, reason.code] for line, column, value, reason in rows]


def said(table: Table | Checked) -> tuple[str, ...]:
    """Return the notes on a file in Chinese."""
    return tuple(str(note) for note in table.notes)


def task(**changes: Any) -> Task:
    """Return a task of December 2026 whose sealed list draws 3 % of everybody at random, but for what is changed."""
    given: dict[str, Any] = {
        "task_id": "T01",
        "name": "",
        "round": "2026-12",
        "items": (),
        "lead": "market",
        "start": date(2026, 12, 1),
        "end": date(2026, 12, 31),
        "population": "*",
        "regime": "random",
        "ratio": "3%",
        "access": "sealed",
        "disclosure": "after_visit",
    }
    return Task(**given | changes)
