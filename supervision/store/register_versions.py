"""The register as it was known on a day (某日已知的登记表): of each key the latest version with known_on ≤ that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import reduce
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from supervision.store import bulk
from supervision.store.layout import Layout


def latest(path: Path, table: Layout, *, on: date, columns: tuple[str, ...]) -> Iterator[pa.Table]:
    """Yield the rows known on a day (截至某日的最新行), sorted by key in byte order, chunk by chunk as stored cells.

    The chunks hold the version's columns and `columns`. Versions of a key stand one after the other in the table, so
    a row is the latest when the next one has another key; the last row of a chunk waits for the next chunk.
    """
    wanted = {name: table.columns[name] for name in dict.fromkeys((*table.version, *columns))}
    where = f"known_on <= '{on.isoformat()}'"
    held = None
    for chunk in bulk.scan(path, table.kind, wanted, where=where, order=table.version):
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
