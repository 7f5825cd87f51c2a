"""Write a synthetic city (写出演示城市): the input folder of one rehearsed month.

Nothing in it is real: codes are valid by their check characters and belong to nobody, names of people are a word and a
number, every text that could be taken for a fact says 演示. Offices, trades and lists only resemble Suzhou's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from supervision.demo import events as past
from supervision.demo import lists, off_site, people, publication, visits
from supervision.demo.cases import case_rows
from supervision.demo.chance import Chance
from supervision.demo.codes import BODIES
from supervision.demo.departments import departments_of, items_of
from supervision.demo.entities import CHUNK, entity_tables
from supervision.demo.files import Row, write_arrow, write_register
from supervision.demo.licences import licence_tables
from supervision.demo.objections import objection_rows
from supervision.demo.plans import plan_rows
from supervision.demo.regime_files import write_regimes
from supervision.demo.relations import relation_tables
from supervision.demo.scale import Scale
from supervision.demo.tasks import DemoTask, tasks_of
from supervision.demo.units import Units, fitting, make_units
from supervision.directory.register import CORRECTIONS, WITHDRAWN, register
from supervision.errors import UsageError
from supervision.law.code_lists import CodeLists
from supervision.store import shipped_files

SEED = 20260101
FEWEST = 500
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
KNOWN = 10  # days before the month: when the small registers were known

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What was written (写出内容): `rows` by register, `violation_rate` the mean true probability of units in force."""

    folder: Path
    rows: Mapping[str, int]
    violation_rate: float


def write_city(
    folder: Path,
    *,
    entities: int,
    month: str,
    seed: int = SEED,
    progress: Progress | None = None,
    all_regimes: bool = False,
) -> Summary:
    """Write the input files of a synthetic city (写出演示城市) and return what they hold.

    `entities` units, at least 500; `month` like 2026-12; `seed` names the city. The same arguments give the same bytes.
    `progress` is told a text code, done and total. `all_regimes` adds files with an item and a task of every regime;
    the others stay as they are. Raises UsageError for another month or number.
    """
    start = _first_day(month)
    check_size(entities)
    tell: Progress = progress or _nobody
    folder.mkdir(parents=True, exist_ok=True)
    tell("demo.units", 0, 0)
    units = make_units(entities, month=start, chance=Chance(seed=seed))
    events = past.make_events(units)
    rows = _write_small(folder, units, events, month, start)
    rows["entities"] = _write_entities(folder, units, tell)
    tell("demo.past", 0, 0)
    rows["events"] = write_arrow(folder / "events.csv", _uncorrected("events"), past.event_tables(units, events))
    rows["relations"] = write_arrow(folder / "relations.csv", register("relations").names, relation_tables(units))
    rows["licences"] = write_arrow(folder / "licences.csv", register("licences").names, licence_tables(units))
    tasks = tasks_of({d.code for d in departments_of(entities)})
    items = items_of(departments_of(entities))
    history = visits.history_table(units, events, visits.make_visits(units, events, tasks), tasks, items)
    rows["history"] = write_arrow(folder / "history.csv", history.column_names, [history])
    if cases := case_rows(history, start - timedelta(days=KNOWN)):
        rows["cases"] = write_register(folder, "cases", cases, CodeLists.read(shipped_files.shipped_code_lists()))
    publication.write_ceremony(folder, Chance(seed=seed))
    publication.write_rules(folder, start.year)
    if all_regimes:
        days = {"month": start, "last": _last_day(start), "known": start - timedelta(days=KNOWN)}
        code_lists = CodeLists.read(shipped_files.shipped_code_lists())
        for kind, more in write_regimes(folder, units, **days, lists=code_lists).items():
            rows[kind] = rows.get(kind, 0) + more
    tell("demo.truth", 0, 0)
    rate = _write_truth(folder, units, events)
    return Summary(folder=folder, rows=dict(sorted(rows.items())), violation_rate=rate)


def check_size(entities: int) -> None:
    """Refuse a number of units that a city cannot have (检查对象数)."""
    if not FEWEST <= entities < BODIES:
        raise UsageError("demo.entities", entities=entities, least=FEWEST, most=BODIES - 1)


def _uncorrected(kind: str) -> list[str]:
    """Return a register's columns without those of corrections (无更正列): nothing of the demo city was corrected."""
    left_out = {column.name for column in (*CORRECTIONS, WITHDRAWN)}
    return [name for name in register(kind).names if name not in left_out]


def _nobody(code: str, done: int, total: int) -> None:
    """Nobody wants to know."""


def _first_day(month: str) -> date:
    match = MONTH.fullmatch(month)
    if match is None:
        raise UsageError("demo.month", month=month)
    return date(int(match[1]), int(match[2]), 1)


def _write_small(folder: Path, units: Units, events: past.Events, month: str, start: date) -> dict[str, int]:
    """Write the small registers, in the order in which they point to each other."""
    known, last = start - timedelta(days=KNOWN), _last_day(start)
    departments = departments_of(len(units))
    codes = {department.code for department in departments}
    items, chance = items_of(departments), units.chance
    offices = people.office_rows(departments, known)
    counts = people.headcounts(departments, Scale(entities=len(units)).inspectors)
    inspectors = people.inspector_rows(offices, counts, items, month=start, known=known, chance=chance)
    registers: dict[str, list[Row]] = {
        "offices": offices,
        "inspectors": inspectors,
        "leave": people.leave_rows(inspectors, month=start, last=last, known=known, chance=chance),
        "items": publication.item_rows((*items, *off_site.ITEMS), start.year, known),
        "tasks": publication.task_rows(_held(units, codes), codes, month, last, known),
        "plans": plan_rows(units, items, start.year, known),
        "caps": lists.cap_rows(start, known),
        "calendar": lists.quiet_rows(last, known),
        "recusals": lists.recusal_rows(units, inspectors, known),
        "professional": lists.professional_rows(units, start, known),
        "exemptions": lists.exemption_rows(units, events, start, known),
        "objections": objection_rows(units, events, known),
    }
    code_lists = CodeLists.read(shipped_files.shipped_code_lists())
    return {kind: write_register(folder, kind, rows, code_lists) for kind, rows in registers.items()}


def _held(units: Units, codes: Collection[str]) -> list[DemoTask]:
    """Return the tasks that have enough units for their items' limits; those of few units ask for one ratio."""
    fitted = (fitting(units, task) for task in (*tasks_of(codes), *off_site.TASKS))
    return [task for task in fitted if task is not None]


def _last_day(start: date) -> date:
    return date(start.year + start.month // 12, start.month % 12 + 1, 1) - timedelta(days=1)


def _write_entities(folder: Path, units: Units, tell: Progress) -> int:
    def watched() -> object:
        for number, table in enumerate(entity_tables(units)):
            tell("demo.entities_written", min(number * CHUNK, len(units)), len(units))
            yield table

    return write_arrow(folder / "entities.csv", register("entities").names, watched())  # type: ignore[arg-type]


def _write_truth(folder: Path, units: Units, events: past.Events) -> float:
    """Write what only the maker knows (真实违规概率): never read by an import, for holding a scorecard against."""
    (folder / "truth").mkdir(exist_ok=True)
    everybody = np.arange(len(units), dtype=np.int64)
    found = visits.violation_probability(units, events, everybody, np.full(len(units), units.month))
    tables = (
        pa.table({"unit_id": units.ids(everybody[part]).astype("U18"), "probability": found[part]})
        for part in (slice(first, first + CHUNK) for first in range(0, len(units), CHUNK))
    )
    write_arrow(folder / "truth" / "violation_probability.csv", ("unit_id", "probability"), tables)
    return round(float(found[units.live].mean()), 4)
