"""Follow-up cases in the store (后续处置台账存取): their steps, where each stands, and what may not be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.directory.checking.problems import no_problems
from supervision.directory.table import Checked
from supervision.month import step_journals
from supervision.month.city import City
from supervision.month.step_journals import FAR, misplaced, refuse, typed
from supervision.results.case_journal import JOURNAL, STEP_COLUMNS, faults, states

CASES = "cases"


def steps_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return the steps on record (台账各步骤) as known on a day."""
    return city.register(CASES, on=on, columns=list(STEP_COLUMNS))


def standing_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return where each case stands (台账现状): see `results.case_journal.states`."""
    return states(steps_of(city, on=on))


def check_steps(city: City, rows: Sequence[Mapping[str, Any]], *, known_on: date) -> pd.DataFrame:
    """Return new steps as rows of the register (核对步骤); the first fault stops all of them."""
    frame = typed(CASES, rows, known_on=known_on)
    refuse(faults(frame[list(STEP_COLUMNS)], steps_of(city), _visited(city, frame)))
    return frame


def add_steps(city: City, frame: pd.DataFrame) -> None:
    """Put checked steps on record (登记步骤), all in one transaction with their log entry."""
    step_journals.add_steps(city, CASES, JOURNAL, frame)


def misplaced_steps(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of imported steps (步骤核对): unknown or closed cases, steps or days that are not the next."""
    if kind != CASES or checked.good.empty:
        return no_problems()
    return misplaced(
        checked, JOURNAL, lambda rows: faults(rows[list(STEP_COLUMNS)], steps_of(city), _visited(city, rows))
    )


def _visited(city: City, rows: pd.DataFrame) -> dict[tuple[str, str], pd.Timestamp]:
    """When the visits that cases name were made (检查日期), by (visit_no, item_id), where a result is on record."""
    rounds = {text.partition("/")[0] for text in rows["visit_no"].dropna()}
    results = city.store.versions("results", of=rounds).drop_duplicates(["round", "visit_id", "item_id"], keep="last")
    names: Iterable[str] = results["round"] + "/" + results["visit_id"]
    return dict(zip(zip(names, results["item_id"], strict=True), results["inspected_on"], strict=True))
