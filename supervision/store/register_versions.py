"""Versions of a register (登记表的各版本): the latest of each key as known on a day, or all of some keys."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from supervision.store import bulk
from supervision.store.layout import Layout, layout, listed, quoted
from supervision.store.table_digest import table_digest

EVERYBODY = "1"


def latest(
    path: Path, table: Layout, *, on: date, columns: tuple[str, ...], among: str = EVERYBODY
) -> Iterator[pa.Table]:
    """Yield the rows known on a day (截至某日的最新行), sorted by key in byte order, chunk by chunk as stored cells.

    The chunks hold the version's columns and `columns`. `among`: a condition on the first column of the key, as `those`
    and `halves` give it.
    """
    wanted = {name: table.columns[name] for name in dict.fromkeys((*table.version, *columns))}
    where = f"known_on <= '{on.isoformat()}' AND {among}"
    return last_versions(bulk.scan(path, table.kind, wanted, where=where, order=table.version), table)


def last_versions(chunks: Iterable[pa.Table], table: Layout) -> Iterator[pa.Table]:
    """Yield the last version of each key (各键的最后版本) of rows in the order of their versions.

    Versions of a key stand one after the other, so a row is the latest when the next one has another key; the last row
    of a chunk waits for the next chunk.
    """
    held = None
    for chunk in chunks:
        rows = pa.concat_tables([held, chunk]).combine_chunks() if held is not None else chunk
        end = len(rows) - 1
        if end < 0:
            continue
        changes = [pc.not_equal(rows[name].slice(0, end), rows[name].slice(1)) for name in table.key]
        keep = reduce(pc.or_, changes)
        head = rows.slice(0, end)
        yield head if pc.all(keep, min_count=0).as_py() else head.filter(keep)
        held = rows.slice(end)
    if held is not None:
        yield held


def register_digest(path: Path, kind: str, *, on: date, hash_name: str) -> str:
    """Return the digest of a register as known on a day (登记表摘要), made from its rows; hex."""
    table = layout(kind)
    return table_digest(table.exchange, latest(path, table, on=on, columns=table.exchange), hash_name=hash_name)


def every(path: Path, table: Layout, *, of: Collection[str], since: date | None) -> Iterator[pa.Table]:
    """Yield all versions of the rows whose key begins with one of some ids (各版本), in the order of the versions.

    `since` leaves out what was known before that day.
    """
    known = EVERYBODY if since is None else f"known_on >= '{since.isoformat()}'"
    return bulk.scan(path, table.kind, table.columns, where=f"{known} AND {those(table, of)}", order=table.version)


def those(table: Layout, ids: Collection[str]) -> str:
    """Return the condition for rows whose key begins with one of some ids (限于部分标识).

    SQLite looks each of them up in its tree: ten thousand among millions are read in a moment. A missing id, as a file
    may have where a row is too short, is nobody's.
    """
    asked = json.dumps(sorted(text for text in ids if isinstance(text, str)))
    return f"{quoted(table.key[0])} IN (SELECT value FROM json_each({_literal(asked)}))"


def halves(ask: bulk.Ask, table: Layout) -> list[str]:
    """Return conditions that part a register in two (分两半读取), in order; the versions of a key stay together.

    A register without rows is not parted.
    """
    first, name = quoted(table.key[0]), quoted(table.kind)
    middle = f"(SELECT count(*) / 2 FROM {name})"
    query = f"SELECT {first} FROM {name} ORDER BY {listed(table.version)} LIMIT 1 OFFSET {middle}"
    found = ask(query)
    return [EVERYBODY] if found is None else [f"{first} {side} {_literal(found)}" for side in ("<", ">=")]


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
