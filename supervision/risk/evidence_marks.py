"""Evidence marks (证据指纹): a number for all that is known of a unit itself, to tell whether anything is new.

Compared are the facts, not the days on which they came in: a row that was imported again changes nothing, one that
came late, was corrected or repaired, or may no longer be used, does. What only grows older is nothing new, nor are the
records of other units.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from supervision.risk.coded_registers import EventRows, Ids, VisitRows
from supervision.risk.dated_rows import Bools, Ints, packed_days
from supervision.risk.features import COLUMNS
from supervision.risk.other_registers import COLUMNS as OTHERS
from supervision.risk.other_registers import OtherRegisters
from supervision.risk.record_use import without_repaired, without_repaired_results

_NO_FACTS = ("unit_id", "known_on", "until")  # until: a record that ends leaves; that it will end is nothing new
_ROWS = {kind: [name for name in names if name not in _NO_FACTS] for kind, names in (COLUMNS | OTHERS).items()}

CHUNK = 100_000

Marks = NDArray[np.int64]
Hashes = NDArray[np.uint64]


def marked_columns() -> list[str]:
    """Return the columns that marks are made of (指纹所用字段), "events.kind" and so on."""
    return [f"{kind}.{name}" for kind, names in _ROWS.items() for name in names]


class Marking:
    """Marks in the making (指纹累计): what each register says of a unit is added to the unit's number.

    A register is asked once, in any order; its rows may be forgotten afterwards.
    """

    def __init__(self, on: date) -> None:
        self._day = int(np.datetime64(on, "D").astype(np.int64))
        self._total = np.zeros(0, dtype=np.uint64)
        self._own = np.zeros(0, dtype=np.uint64)

    def events(self, rows: EventRows) -> None:
        """Add records without repaired ones (计入信用记录): those in force in their last version known."""
        known = (rows.known <= self._day) & (rows.happened <= self._day)
        self._add("events", rows.frame, rows.unit, known & (rows.ends > self._day) & (rows.until > self._day))

    def visits(self, rows: VisitRows) -> None:
        """Add past inspections without repaired ones (计入检查记录): all versions that were known and had been held."""
        known = packed_days(rows.frame["known_on"]) <= self._day
        self._add("history", rows.frame, rows.unit, known & (rows.visited <= self._day))

    def facts(self, kind: str, rows: pd.DataFrame, unit: Ints) -> None:
        """Add relations or licences (计入关联关系、许可证): each fact once, one imported again is nothing new."""
        self._add(kind, rows, unit, packed_days(rows["known_on"]) <= self._day, once=True)

    def units(self, entities: pd.DataFrame) -> None:
        """Keep what the register says of units itself (计入主体登记), a row a unit."""
        self._own = np.zeros(len(entities), dtype=np.uint64)
        for start, hashes in _hashes(entities, "entities", np.arange(len(entities))):
            self._own[start : start + len(hashes)] = hashes

    def of(self, unit: Ints) -> Marks:
        """Return the marks (指纹), int64, one a row of the register of units, whose codes are `unit`."""
        self._grow(unit)
        return (self._own + self._total[unit]).view(np.int64)

    def _add(self, kind: str, rows: pd.DataFrame, unit: Ints, chosen: Bools, *, once: bool = False) -> None:
        self._grow(unit)
        place = np.flatnonzero(chosen & (unit >= 0))
        made = np.zeros(len(place), dtype=np.uint64)
        for start, hashes in _hashes(rows, kind, place):
            made[start : start + len(hashes)] = hashes
        mine = unit[place]
        if once:
            order = np.lexsort((made, mine))
            made, mine = made[order], mine[order]
            fresh = np.ones(len(made), dtype=np.bool_)
            fresh[1:] = (made[1:] != made[:-1]) | (mine[1:] != mine[:-1])
            made, mine = made[fresh], mine[fresh]
        np.add.at(self._total, mine, made)

    def _grow(self, unit: Ints) -> None:
        more = int(unit.max(initial=-1)) + 1 - len(self._total)
        if more > 0:
            self._total = np.concatenate((self._total, np.zeros(more, dtype=np.uint64)))


def evidence_marks(entities: pd.DataFrame, events: pd.DataFrame, history: pd.DataFrame, *, on: date,
                   others: OtherRegisters | None = None) -> Marks:  # fmt: skip
    """Return the mark of every unit (证据指纹) on a day, int64, one a row of `entities`.

    `events` with the terms of the rule shared/record_use already set; several versions of an event may stand there,
    the last one known counts. The order of rows makes no difference.
    """
    ids, marking, other = Ids(), Marking(on), others or OtherRegisters.none()
    held = without_repaired_results(history, events, on=on)
    marking.events(EventRows.of(without_repaired(events, on=on), ids))
    marking.visits(VisitRows.of(held, ids, outcomes=dict.fromkeys(held["result"].dropna().unique(), "clean")))
    for kind in OTHERS:
        rows = getattr(other, kind)
        marking.facts(kind, rows, ids.codes(rows["unit_id"]))
    marking.units(entities)
    return marking.of(ids.codes(entities["unit_id"]))


def _hashes(rows: pd.DataFrame, kind: str, place: Ints) -> Iterator[tuple[int, Hashes]]:
    """Yield (start, numbers) of some rows, by parts; the kind is part of them, so that no event looks like a visit."""
    columns = rows[_ROWS[kind]]
    number = np.uint64(2 * list(_ROWS).index(kind) + 1)
    for start in range(0, len(place), CHUNK):  # hashing takes several times the memory of what is hashed
        part = _texts(columns.iloc[place[start : start + CHUNK]])
        hashes: Hashes = np.multiply(pd.util.hash_pandas_object(part, index=False).to_numpy(), number)
        yield start, hashes


def _texts(part: pd.DataFrame) -> pd.DataFrame:
    """Return rows with the texts of coded columns (还原编码字段): pandas would take all texts that the codes know."""
    for name, dtype in part.dtypes.items():
        if isinstance(dtype, pd.ArrowDtype):
            texts = pd.arrays.ArrowExtensionArray(pa.array(part[name]).cast(pa.string()))
            part = part.assign(**{str(name): pd.Series(texts, index=part.index)})
    return part
