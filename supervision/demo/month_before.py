"""The month before the synthetic month (上一个月): few tasks and only their units, for a round that comes to its end.

All of it is of the same city: units, people and records are those of the month, as far as they were known by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from supervision.demo import events as past
from supervision.demo import lists, people, publication, visits
from supervision.demo.chance import Chance, Integers
from supervision.demo.city import KNOWN, check_size
from supervision.demo.departments import departments_of, items_of
from supervision.demo.entities import CHUNK, entity_table
from supervision.demo.files import Row, write_arrow, write_register
from supervision.demo.licences import licence_tables
from supervision.demo.relations import relation_tables
from supervision.demo.scale import Scale
from supervision.demo.tasks import EARLIER, DemoTask, tasks_of
from supervision.demo.units import SNAPSHOT, Units, day_number, fitting, listed, make_units
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files


def month_before(start: date) -> date:
    """Return the first day of the month before (上月首日).

    >>> month_before(date(2027, 1, 1))
    datetime.date(2026, 12, 1)
    """
    return (start - timedelta(days=1)).replace(day=1)


def write_before(folder: Path, *, entities: int, start: date, seed: int) -> dict[str, int]:
    """Write the input files of the month before `start` (写出上一个月) and return the rows by register.

    The city is the one that the same `entities` and `seed` give for the month that begins on `start`; too small or too
    large a city is refused.
    """
    check_size(entities)
    folder.mkdir(parents=True, exist_ok=True)
    first, last = month_before(start), start - timedelta(days=1)
    units = make_units(entities, month=start, chance=Chance(seed=seed))
    events = past.make_events(units)
    held = [task for task in (fitting(units, task) for task in EARLIER) if task is not None]
    rows = _write_small(folder, units, held, start, first, last)
    chosen = np.flatnonzero(np.logical_or.reduce([listed(units, task) for task in held]))
    files = {
        "entities": _entities(units, chosen, day_number(first) - SNAPSHOT),
        "events": past.event_tables(units, events),
        "relations": relation_tables(units),
        "licences": licence_tables(units),
        "history": [_history(units, events)],
    }
    codes, eve = pa.array(units.ids(chosen).astype("U18")), first - timedelta(days=past.LAST)
    for kind, tables in files.items():
        kept = [_known(table, codes, eve) for table in tables]
        rows[kind] = write_arrow(folder / f"{kind}.csv", kept[0].column_names, kept)
    publication.write_ceremony(folder, Chance(seed=seed + 1))  # other values than the month itself has
    publication.write_rules(folder, start.year)
    return dict(sorted(rows.items()))


def _write_small(
    folder: Path, units: Units, held: list[DemoTask], start: date, first: date, last: date
) -> dict[str, int]:
    """Write offices, people, items, tasks and caps; people are those of the month itself, their leave is not."""
    departments, known = departments_of(len(units)), first - timedelta(days=KNOWN)
    items, codes = items_of(departments), {department.code for department in departments}
    offices = people.office_rows(departments, known)
    counts = people.headcounts(departments, Scale(entities=len(units)).inspectors)
    inspectors = people.inspector_rows(offices, counts, items, month=start, known=known, chance=units.chance)
    registers: dict[str, list[Row]] = {
        "offices": offices,
        "inspectors": inspectors,
        "leave": people.leave_rows(inspectors, month=first, last=last, known=known, chance=units.chance),
        "items": publication.item_rows(items, start.year, known),
        "tasks": publication.task_rows(held, codes, f"{first:%Y-%m}", last, known),
        "caps": lists.cap_rows(first, known),
    }
    code_lists = CodeLists.read(shipped_files.shipped_code_lists())
    return {kind: write_register(folder, kind, rows, code_lists) for kind, rows in registers.items()}


def _entities(units: Units, chosen: Integers, snapshot: int) -> Iterator[pa.Table]:
    """Yield the units of the tasks as they were at an earlier snapshot (较早的名录)."""
    day = pa.scalar(snapshot, pa.int32()).cast(pa.date32())
    for place in range(0, len(chosen), CHUNK):
        table = entity_table(units, chosen[place : place + CHUNK])
        there = pc.and_(pc.less_equal(table["established"], day), pc.less_equal(table["approved"], day))
        at = table.schema.get_field_index("known_on")
        yield table.set_column(at, "known_on", pa.array([day.as_py()] * len(table), pa.date32())).filter(there)


def _history(units: Units, events: past.Events) -> pa.Table:
    departments = departments_of(len(units))
    tasks, items = tasks_of({one.code for one in departments}), items_of(departments)
    return visits.history_table(units, events, visits.make_visits(units, events, tasks), tasks, items)


def _known(table: pa.Table, codes: pa.Array, eve: date) -> pa.Table:
    """Return the rows of some units that were known on a day (当日已知的行), columns in the register's order."""
    mine = pc.is_in(table["unit_id"], value_set=codes)
    return table.filter(pc.and_(mine, pc.less_equal(table["known_on"], pa.scalar(eve))))
