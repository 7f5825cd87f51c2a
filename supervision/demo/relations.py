"""Relations of the synthetic city (关联关系): people who stand behind several units, and addresses that several share.

A holder's conduct shows in all its units: part of what visits find is theirs in common. Keys of people and addresses
are numbers without meaning.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from supervision.demo.chance import Floats, Integers
from supervision.demo.units import Units

SHARE, AMONG = 0.2, 20  # of the units, and of how many neighbours in the list the units of one holder are
ENDED = 0.1
KINDS = (("legal_rep", 45.0), ("investor", 35.0), ("holding", 20.0))
PERCENT = (20, 51, 100)
CHUNK = 500_000
NONE = -1


def holder(units: Units, rows: Integers) -> Integers:
    """Return who stands behind each unit (实际控制人), a number, −1 for those that stand alone."""
    return np.where(units.chance.uniform("holder", rows) < SHARE, rows // AMONG, NONE)


def conduct(units: Units, rows: Integers) -> Floats:
    """Return what a holder adds to the log odds of a violation (控制人影响): mean 0, variance 1, 0 of those alone."""
    who = holder(units, rows)
    found: Floats = np.where(who >= 0, units.chance.bell("holder conduct", who), 0.0)
    return found


def shares_address(units: Units, rows: Integers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell the units at an address of several (是否集中登记)."""
    found: np.ndarray[tuple[int], np.dtype[np.bool_]] = units.chance.uniform("shared address", rows) < 1 / 30
    return found


def relation_tables(units: Units) -> Iterator[pa.Table]:
    """Yield the register of relations in chunks (分块生成关联关系), columns in the register's order."""
    for first in range(0, len(units), CHUNK):
        rows = np.arange(first, min(first + CHUNK, len(units)), dtype=np.int64)
        yield from (_held(units, rows), _at_addresses(units, rows))


def _held(units: Units, rows: Integers) -> pa.Table:
    """Units of holders: by a person's key, or by the code of the holder's first unit."""
    chance, who = units.chance, holder(units, rows)
    chosen = np.flatnonzero(who >= 0)
    rows, who = rows[chosen], who[chosen]
    head = rows[np.searchsorted(who, who, side="left")]
    kind = chance.pick("relation kind", [share for _, share in KINDS], rows)
    kind = np.where((kind == 2) & (head == rows), 0, kind)
    keys = np.char.add("P-", chance.bits("person", who).astype("U20"))
    related = np.where(kind == 2, units.ids(head).astype("U18"), keys)
    percent = np.array(PERCENT)[chance.below("percent", len(PERCENT), rows)]
    share = pa.array(percent, mask=kind == 0)
    return _table(units, rows, related, pa.array([name for name, _ in KINDS]).take(pa.array(kind)), share)


def _at_addresses(units: Units, rows: Integers) -> pa.Table:
    rows = rows[shares_address(units, rows)]
    keys = np.char.add("A-", units.chance.bits("address", rows // 300).astype("U20"))
    kind = pa.array(["address"] * len(rows), type=pa.string())
    return _table(units, rows, keys, kind, pa.array([None] * len(rows), type=pa.int64()))


def _table(units: Units, rows: Integers, related: np.ndarray, kind: pa.Array, share: pa.Array) -> pa.Table:
    chance, begins = units.chance, units.established[rows]
    until = units.month - 30 - chance.below("relation until", 700, rows)
    ended = (chance.uniform("relation ended", rows) < ENDED) & (until > begins)
    known = np.minimum(begins + 3 + chance.below("relation known", 20, rows), units.known_on)
    return pa.table(
        {
            "unit_id": units.ids(rows).astype("U18"),
            "related": related,
            "kind": kind,
            "share": share,
            "from_date": _days(begins, np.zeros(len(rows), dtype=np.bool_)),
            "until_date": _days(until, ~ended),
            "source": pa.array(["登记机关（演示）"] * len(rows), type=pa.string()),
            "known_on": _days(known, np.zeros(len(rows), dtype=np.bool_)),
        }
    )


def _days(numbers: Integers, missing: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pa.Array:
    return pa.array(numbers.astype(np.int32), mask=missing).cast(pa.date32())
