"""Follow-up cases in the store (后续处置台账存取): their steps, where each stands, and what may not be added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json, digest
from supervision.directory.checking.problems import no_problems, problems
from supervision.directory.register import KNOWN_ON, register
from supervision.directory.table import Checked
from supervision.errors import SupervisionError
from supervision.month.city import City
from supervision.results.case_journal import STEP_COLUMNS, faults, states

CASES = "cases"
FAR = date(9999, 12, 31)


def steps_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return the steps on record (台账各步骤) as known on a day."""
    return city.register(CASES, on=on, columns=list(STEP_COLUMNS))


def standing_of(city: City, *, on: date = FAR) -> pd.DataFrame:
    """Return where each case stands (台账现状): see `results.case_journal.states`."""
    return states(steps_of(city, on=on))


def typed(kind: str, rows: Sequence[Mapping[str, Any]], *, known_on: date) -> pd.DataFrame:
    """Return rows as the register has them (登记表行), known on a day; columns that they lack are blank."""
    columns = register(kind).columns
    frame = pd.DataFrame([dict(row) | {KNOWN_ON.name: pd.Timestamp(known_on)} for row in rows])
    frame = frame.reindex(columns=[column.name for column in columns])
    return frame.astype({column.name: column.storage for column in columns})


def check_steps(city: City, rows: Sequence[Mapping[str, Any]], *, known_on: date) -> pd.DataFrame:
    """Return new steps as rows of the register (核对步骤); the first fault stops all of them."""
    frame = typed(CASES, rows, known_on=known_on)
    for _, _, reason in faults(frame[list(STEP_COLUMNS)], steps_of(city), _visited(city, frame)):
        raise SupervisionError(reason.code, **reason.params)
    return frame


def add_steps(city: City, frame: pd.DataFrame) -> None:
    """Put checked steps on record (登记步骤), all in one transaction with their log entry."""
    stored = insert(city, CASES, frame)
    if len(stored):
        first = stored.iloc[0]
        raise SupervisionError("month.case_meanwhile", number=first["case_no"], step=first["step"])


def insert(city: City, kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Put rows into a register with their log entry (入库), and return the cells that contradict what is there."""
    source = digest("sha256", canonical_json(frame.astype("str").fillna("").to_dict("records"))).hex()
    return city.store.insert(kind, frame, who=city.who, at=city.now().isoformat(), source_digest=source).conflicts


def misplaced_steps(city: City, kind: str, checked: Checked) -> pd.DataFrame:
    """Return the faults of imported steps (步骤核对): unknown or closed cases, steps or days that are not the next."""
    if kind != CASES or checked.good.empty:
        return no_problems()
    found = [no_problems()]
    # a case's steps follow from one another, in whatever order the rows of a file stand
    good = checked.good.reset_index(drop=True).sort_values(["case_no", "step"], kind="stable")
    for place, column, reason in faults(good[list(STEP_COLUMNS)], steps_of(city), _visited(city, good)):
        value = str(good[column].iloc[place])[:40]
        found.append(problems(line=good.index.to_numpy()[[place]], column=column, value=value, reason=reason))
    return pd.concat(found, ignore_index=True)


def _visited(city: City, rows: pd.DataFrame) -> dict[tuple[str, str], pd.Timestamp]:
    """When the visits that cases name were made (检查日期), by (visit_no, item_id), where a result is on record."""
    rounds = {text.partition("/")[0] for text in rows["visit_no"].dropna()}
    results = city.store.versions("results", of=rounds).drop_duplicates(["round", "visit_id", "item_id"], keep="last")
    names: Iterable[str] = results["round"] + "/" + results["visit_id"]
    return dict(zip(zip(names, results["item_id"], strict=True), results["inspected_on"], strict=True))
