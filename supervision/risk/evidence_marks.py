"""Evidence marks (证据指纹): a number for all that is known of a unit itself, to tell whether anything is new.

Compared are the facts, not the days on which they came in: a row that was imported again changes nothing, one that
came late, was corrected or repaired, or may no longer be used, does. What only grows older is nothing new, nor are the
records of other units.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from supervision.risk.features import COLUMNS
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.record_use import in_force, without_repaired, without_repaired_results

_NO_FACTS = ("unit_id", "known_on", "until")  # until: a record that ends leaves; that it will end is nothing new
_ROWS = {kind: [name for name in names if name not in _NO_FACTS] for kind, names in (COLUMNS | OTHERS).items()}

CHUNK = 100_000

Marks = NDArray[np.int64]


def marked_columns() -> list[str]:
    """Return the columns that marks are made of (指纹所用字段), "events.kind" and so on."""
    return [f"{kind}.{name}" for kind, names in _ROWS.items() for name in names]


def evidence_marks(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                   others: OtherRegisters | None = None) -> Marks:  # fmt: skip
    """Return the mark of every unit (证据指纹) on a day, int64, one a row of `entities`.

    `events` with the terms of the rule shared/record_use already set; several versions of an event may stand there,
    the last one known counts. The order of rows makes no difference.
    """
    day = pd.Timestamp(on)
    valid = in_force(without_repaired(events, on=on), on)
    held = without_repaired_results(history, events, on=on)
    held = held[(held["known_on"] <= day) & (held["date"] <= day)]
    total = _hashes(entities, "entities")
    units = pd.Index(entities["unit_id"])
    other = others or OtherRegisters.none()
    own = {kind: _facts_known(getattr(other, kind), kind, day) for kind in OTHERS}
    for kind, rows in ({"events": valid, "history": held} | own).items():
        place = units.get_indexer(pd.Index(rows["unit_id"]))
        there = place >= 0
        np.add.at(total, place[there], _hashes(rows, kind)[there])
    return total.view(np.int64)


def _facts_known(rows: pd.DataFrame, kind: str, day: pd.Timestamp) -> pd.DataFrame:
    """Rows known by the day, each fact once: one imported again is nothing new."""
    return rows[rows["known_on"] <= day].drop_duplicates(["unit_id", *_ROWS[kind]])


def _hashes(rows: pd.DataFrame, kind: str) -> NDArray[np.uint64]:
    """A number of each row; the kind is part of it, so that no event looks like a visit."""
    made = np.empty(len(rows), dtype=np.uint64)
    columns = rows[_ROWS[kind]]
    for start in range(0, len(rows), CHUNK):  # hashing takes several times the memory of what is hashed
        part = columns.iloc[start : start + CHUNK]
        made[start : start + CHUNK] = pd.util.hash_pandas_object(part, index=False)
    return made * np.uint64(2 * list(_ROWS).index(kind) + 1)
