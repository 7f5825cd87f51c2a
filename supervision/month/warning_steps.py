"""Warnings in the store (预警台账存取): their steps, where each stands, and until when it is to be closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.directory.checking.problems import no_problems
from supervision.directory.table import Checked
from supervision.errors import SupervisionError
from supervision.month import step_journals
from supervision.month.city import City
from supervision.month.step_journals import FAR, misplaced, refuse, typed
from supervision.results.warning_journal import JOURNAL, STEP_COLUMNS, faults, states
from supervision.tables import tuples

WARNINGS = "warnings"
EVENT_KIND = "warning"
_YEAR_UNKNOWN = "law.working_days.year_not_announced"


def steps_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return the steps on record (预警各步骤) as known on a day."""
    return city.register(WARNINGS, on=on, columns=list(STEP_COLUMNS))


def standing_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return where each warning stands (预警现状) with `due` (datetime64[s]) and `awaits`.

    The last day is counted in working days from the day after the warning was opened. Where that runs into a year whose
    calendar is not announced, `due` is missing and `awaits` (Int64) is the year.
    """
    found = states(steps_of(city, on=on))
    pairs = found[["raised", "working_days"]].drop_duplicates()
    made = {pair: _due(city, pair[0].date(), int(pair[1])) for pair in tuples(pairs)}
    dues = [made[pair] for pair in tuples(found, "raised", "working_days")]
    return found.assign(
        due=pd.Series([due for due, _ in dues], index=found.index, dtype="datetime64[s]"),
        awaits=pd.Series([year for _, year in dues], index=found.index, dtype="Int64"),
    )


def _due(city: City, raised: date, days: int) -> tuple[pd.Timestamp | None, int | None]:
    try:
        return pd.Timestamp(city.working_days(FAR, city.rules.on(raised)).add(raised, days)), None
    except SupervisionError as error:
        if error.code != _YEAR_UNKNOWN:
            raise
        return None, int(str(error.params["year"]))


def add_steps(city: City, rows: Sequence[Mapping[str, Any]], *, known_on: date) -> None:
    """Put new steps on record (登记步骤), all in one transaction with their log entry; a fault stops all of them."""
    frame = typed(WARNINGS, rows, known_on=known_on)
    refuse(faults(frame[list(STEP_COLUMNS)], steps_of(city)))
    step_journals.add_steps(city, WARNINGS, JOURNAL, frame)


def without_event(city: City, closed: pd.DataFrame) -> list[str]:
    """Return the closed warnings whose event is not on record (缺少信用记录的已办结预警), sorted."""
    if closed.empty:
        return []
    events = city.register("events", on=FAR, columns=["unit_id", "kind", "event_no"])
    there = set(events.loc[events["kind"] == EVENT_KIND, "event_no"])
    return sorted(set(closed["warning_no"]) - there)


def out_of_order(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of imported steps (步骤核对): unknown or closed warnings, steps that are not the next."""
    if kind != WARNINGS or checked.good.empty:
        return no_problems()
    return misplaced(checked, JOURNAL, lambda rows: faults(rows[list(STEP_COLUMNS)], steps_of(city)))
