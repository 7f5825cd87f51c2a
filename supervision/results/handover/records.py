"""Records on their way out (移交记录): a row with its parts, and what of it was handed over before.

What was handed over is remembered by the cells that the round gives it; those that are stamped on the way, such as the
time and the batch, make no row a changed one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from supervision.results.handover.formats import Format, FormatTable

INSERT, UPDATE, DELETE = "i", "u", "d"


@dataclass(frozen=True, kw_only=True)
class Record:
    """A row of a table with the rows that are its parts (一条记录): column → text.

    `under`: key of the record that it needs, "" for none; `beside`: what tells a person which one it is.
    """

    table: str
    cells: Mapping[str, str]
    parts: Sequence[Mapping[str, str]] = ()
    under: str = ""
    beside: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """A record as it was handed over last (已移交的记录): what the round gave it, in which batch, as what operation."""

    table: str
    cells: Mapping[str, str]
    parts: Sequence[Mapping[str, str]]
    batch: str
    operation: str


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """A record that goes out (待移交的记录), and as what: i, u or d."""

    record: Record
    operation: str


def outgoing(form: Format, records: Sequence[Record], before: Mapping[str, Handed]) -> list[Outgoing]:
    """Return what is to be handed over (本次应移交的记录): new, changed and removed records; the same ones stay.

    `before`: name of a record (`name_of`) → as it was handed over last. What was removed before and is there again is
    new again.
    """
    found, there = [], set()
    for record in records:
        name = name_of(form, record)
        there.add(name)
        last = before.get(name)
        if last is None or last.operation == DELETE:
            found.append(Outgoing(record=record, operation=INSERT))
        elif (dict(last.cells), list(last.parts)) != (dict(record.cells), list(record.parts)):
            found.append(Outgoing(record=record, operation=UPDATE))
    for name, last in before.items():
        if name not in there and last.operation != DELETE:
            gone = Record(table=last.table, cells=last.cells, parts=last.parts)
            found.append(Outgoing(record=gone, operation=DELETE))
    order = list(form.tables)
    return sorted(found, key=lambda one: (order.index(one.record.table), name_of(form, one.record)))


def name_of(form: Format, record: Record) -> str:
    """Return what names a record among all of a format (记录标识): its table and its key."""
    return f"{record.table}|{form.tables[record.table].key_of(record.cells)}"


def stamped(table: FormatTable, cells: Mapping[str, str], stamps: Mapping[str, str]) -> dict[str, str]:
    """Return a row in the order of its columns with what is set on the way (加盖时间、批次等), blanks as ""."""
    return {
        name: stamps[column.stamp] if column.stamp else cells.get(name, "") for name, column in table.columns.items()
    }
