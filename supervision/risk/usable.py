"""Usable evidence of a whole city (全市可用的证据): registers made ready one after the other.

The registers of 2.8 million units together are larger than all that is made of them. So each is asked for once, what
may not be used is left out, what stays are numbers, and its texts are forgotten then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from supervision.risk.coded_registers import EventRows, Ids, UnitRows, VisitRows
from supervision.risk.dated_rows import Ints
from supervision.risk.evidence_marks import Marking, Marks
from supervision.risk.features import CODED, MEASURED
from supervision.risk.licences import Licences
from supervision.risk.links import LinkRows, Links
from supervision.risk.record_use import within_terms, without_repaired, without_repaired_results
from supervision.risk.snapshot import Evidence, coded_texts
from supervision.spare_memory import give_back

Read = Callable[[str], pd.DataFrame]
REGISTERS = ("history", "events", "licences", "relations", "entities")
"""Registers in the order in which they are made ready (整理次序)."""
FINDING = ("kind", "agency", "item_id", "inspector", "known_on")


@dataclass(frozen=True, kw_only=True)
class Ready:
    """Registers made ready one after the other (整理好的登记表): codes of the same ids; `coded` texts of units."""

    units: UnitRows
    records: EventRows
    visits: VisitRows
    licences: Licences
    relations: LinkRows
    coded: dict[Hashable, Any]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What classes are made from beside the scores (定类所用的其他依据).

    `units`: unit_id, a row a row of the register. `statutory`: the records of kinds that by law make a class worse,
    with their terms. `marks` waits for those of each unit's own evidence, which are made meanwhile; of nobody where
    they were not asked for.
    """

    units: pd.Series
    statutory: pd.DataFrame
    marks: Callable[[], Marks]


def usable(read: Read, *, on: date, record_use: object, statutory: list[str], outcomes: Mapping[str, str],
           needed: object, marked: bool) -> tuple[Evidence, Beside]:  # fmt: skip
    """Make a city's registers ready (整理全市登记表).

    Parameters
    ----------
    read
        Gives a register as known on the day, with the columns that this stage reads; asked once for each.
    on
        The day.
    record_use
        The value of the rule shared/record_use.
    statutory
        Kinds of events that by law make a class worse.
    outcomes
        As `build_features` takes them.
    needed
        The value of the rule shared/licence_needed.
    marked
        Whether marks are wanted.
    """
    with read_ahead(read, REGISTERS) as taken:
        found, beside = ready(taken, Ids(), on=on, record_use=record_use, statutory=statutory, outcomes=outcomes,
                              marked=marked)  # fmt: skip
    links = Links.of(found.relations, units=found.units.unit)
    evidence = Evidence.joined(
        found.units, found.records, found.visits, links=links, licences=found.licences, needed=needed,
        coded=found.coded,
    )  # fmt: skip
    give_back()
    return evidence, beside


@contextmanager
def read_ahead(read: Read, kinds: Iterable[str]) -> Iterator[Read]:
    """Give a reading of registers that are being read meanwhile (预读), one after the other in this order.

    The database lets go of the interpreter while it reads; whoever takes a register works on it until the next one is
    there. Each is asked once, as its texts are forgotten with who took them.
    """
    with ThreadPoolExecutor(1) as pool:
        coming = {kind: pool.submit(read, kind) for kind in kinds}
        try:
            yield lambda kind: coming.pop(kind).result()
        finally:
            pool.shutdown(cancel_futures=True)


def ready(read: Read, ids: Ids, *, on: date, record_use: object, statutory: list[str], outcomes: Mapping[str, str],
          marked: bool) -> tuple[Ready, Beside]:  # fmt: skip
    """Make registers ready one after the other (逐表整理), as `usable` does before it joins them.

    `ids` are kept by who needs them afterwards: it may be a city's, whose texts are large.
    """
    marking = Marking(on) if marked else None
    history, events = read("history"), within_terms(read("events"), record_use)
    history = without_repaired_results(history, events, on=on)
    events = without_repaired(events, on=on)
    visits = VisitRows.of(history, ids, outcomes=outcomes)
    records = EventRows.of(events, ids)
    if marking:
        marking.visits(visits)
        marking.events(records)
    by_law = events[events["kind"].isin(statutory)]
    finding = list(FINDING) if marked else [*FINDING, "unit_id"]  # by which samples are ordered
    visits = replace(visits, frame=history[finding])
    records = replace(records, frame=events[list(MEASURED)])
    del history, events
    give_back()
    licences = read("licences")
    holder = ids.codes(licences["unit_id"])
    if marking:
        marking.facts("licences", licences, holder)
    held = Licences.of(licences, unit=holder)
    del licences, holder
    give_back()
    relations = read("relations")
    if marking:
        marking.facts("relations", relations, ids.codes(relations["unit_id"]))
    linked = LinkRows.of(relations, ids)
    del relations
    give_back()
    entities = read("entities")
    give_back()
    own = _begun(marking.units, entities) if marking else None  # texts keep the interpreter, what follows leaves it
    coded = coded_texts(entities, CODED)
    entities = entities.drop(columns=list(CODED))
    give_back()
    units = UnitRows.of(entities, ids)
    del entities, ids
    give_back()
    beside = Beside(units=units.frame["unit_id"], statutory=by_law, marks=partial(_marks, marking, own, units.unit))
    return Ready(units=units, records=records, visits=visits, licences=held, relations=linked, coded=coded), beside


def _begun(work: Callable[[pd.DataFrame], None], rows: pd.DataFrame) -> Future[None]:
    """Work that has begun in a thread of its own."""
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(work, rows)
    pool.shutdown(wait=False)
    return begun


def _marks(marking: Marking | None, own: Future[None] | None, unit: Ints) -> Marks:
    if marking is None or own is None:
        return np.zeros(0, dtype=np.int64)
    own.result()
    return marking.of(unit)
