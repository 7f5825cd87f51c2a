"""From result codes to what the public reads (结果代码与公示类别).

A code has one of the eight public categories, or none: then there is no public row, but a status event, and the
reserve steps in (递补). Results of tasks whose lists are never disclosed are withheld.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import pandas as pd

from supervision.domain.items import Task
from supervision.errors import SupervisionError

RESULT_COLUMNS = ("visit_id", "unit_id", "item_id", "agency", "result", "inspected_on")
PUBLIC_COLUMNS = ("visit_id", "unit_id", "agency", "item_id", "inspected_on", "category")
EVENT_COLUMNS = ("unit_id", "kind", "happened", "event_no", "severity", "amount", "source", "until", "result")
STATUS_EVENT = "change"


class ResultCodes(Protocol):
    """What tells about result codes (结果代码表): `supervision.law.code_lists.CodeLists`."""

    def codes(self, name: str) -> list[str]:
        """Return the codes of a list (全部代码)."""

    def label(self, name: str, code: str, lang: str = "zh") -> str:
        """Return the name of a code (代码名称)."""

    def category(self, result_code: str) -> str | None:
        """Return the public category of a result code, None = no public row (公示类别)."""

    def outcome(self, result_code: str) -> str:
        """Return "clean", "problem" or "could_not" (检查结果分组)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Published:
    """Results by what happens to them (结果去向).

    `rows`: `PUBLIC_COLUMNS`, `category` a code of the list, one row a visit, agency and item; `unavailable`:
    rows without a public category; `withheld`: rows that no task with a disclosed list has drawn. The last two have
    `RESULT_COLUMNS`. All sorted by inspected_on, unit_id, agency, item_id.
    """

    rows: pd.DataFrame
    unavailable: pd.DataFrame
    withheld: pd.DataFrame


def publish_results(
    results: pd.DataFrame, *, tasks: Sequence[Task], drawn: pd.DataFrame, codes: ResultCodes
) -> Published:
    """Sort results into public, unavailable and withheld rows (结果分流).

    `results`: rows of the register `results`, reviewed; `drawn`: task_id, unit_id, every unit that a task has drawn,
    those that stepped in among them. A row is public where a task that discloses its list drew the unit and has the
    item. An unknown result code raises `results.code_unknown`.
    """
    require_columns(results, RESULT_COLUMNS, "results")
    require_columns(drawn, ("task_id", "unit_id"), "drawn")
    order = ["inspected_on", "unit_id", "agency", "item_id", "visit_id"]
    rows = results[list(RESULT_COLUMNS)].sort_values(order, kind="stable").reset_index(drop=True)
    category = rows["result"].map(_categories(rows["result"], codes)).astype("str")
    allowed = disclosed(rows, tasks=tasks, drawn=drawn)
    named = category.notna().to_numpy()
    return Published(
        rows=rows.assign(category=category)[allowed & named][list(PUBLIC_COLUMNS)].reset_index(drop=True),
        unavailable=rows[~named].reset_index(drop=True),
        withheld=rows[named & ~allowed].reset_index(drop=True),
    )


def disclosed(rows: pd.DataFrame, *, tasks: Sequence[Task], drawn: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which rows (unit_id, item_id) a task that discloses its list has drawn (是否属于公开名单的任务)."""
    disclosing = [task for task in tasks if task.disclosure != "never"]
    pairs = _drawn_items(drawn, disclosing)[["unit_id", "item_id"]].drop_duplicates()
    found = rows[["unit_id", "item_id"]].merge(pairs, how="left", indicator=True)["_merge"].eq("both")
    return found.to_numpy(dtype=np.bool_)


def step_ins(results: pd.DataFrame, *, tasks: Sequence[Task], drawn: pd.DataFrame, codes: ResultCodes) -> pd.DataFrame:
    """Return task_id, unit_id, result, visit_id of drawn units that could not be inspected (需递补的检查对象).

    One row a task and unit, sorted; the task is one that drew the unit and has the item. The next reserve unit of the
    same stratum steps in, once a second person has agreed.
    """
    require_columns(results, RESULT_COLUMNS, "results")
    could_not = {code for code in codes.codes("result") if codes.outcome(code) == "could_not"}
    rows = results.loc[results["result"].isin(could_not), ["unit_id", "item_id", "visit_id", "result"]]
    found = _drawn_items(drawn, tasks).merge(rows, on=["unit_id", "item_id"])
    found = found.sort_values(["task_id", "unit_id", "visit_id", "result"], kind="stable")
    return (
        found.drop_duplicates(["task_id", "unit_id"])[["task_id", "unit_id", "result", "visit_id"]]
        .astype("str")
        .reset_index(drop=True)
    )


def status_events(unavailable: pd.DataFrame, *, codes: ResultCodes) -> pd.DataFrame:
    """Return rows of the register `events` for units found closed, deregistered or moved (状态变更事件).

    One row a visit: kind change, happened the day of the visit, event_no the visit_id, source the agency, result the
    code's Chinese name. Without known_on: the caller knows when this became known.
    """
    rows = unavailable.sort_values(["visit_id", "result", "agency"], kind="stable").drop_duplicates("visit_id")
    names = {code: codes.label("result", code, "zh") for code in rows["result"].unique()}
    return pd.DataFrame(
        {
            "unit_id": rows["unit_id"].astype("str"),
            "kind": pd.Series(STATUS_EVENT, index=rows.index, dtype="str"),
            "happened": rows["inspected_on"].astype("datetime64[s]"),
            "event_no": rows["visit_id"].astype("str"),
            "severity": pd.Series(pd.NA, index=rows.index, dtype="Int64"),
            "amount": pd.Series(float("nan"), index=rows.index, dtype="float64"),
            "source": rows["agency"].astype("str"),
            "until": pd.Series(pd.NaT, index=rows.index, dtype="datetime64[s]"),
            "result": rows["result"].map(names).astype("str"),
        },
        columns=list(EVENT_COLUMNS),
    ).reset_index(drop=True)


def require_columns(frame: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    """Raise `results.columns` where a frame lacks columns (检查必需的列); `name` says which frame."""
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise SupervisionError("results.columns", table=name, missing=" ".join(missing))


def _categories(result: pd.Series, codes: ResultCodes) -> Mapping[str, str | None]:
    known = set(codes.codes("result"))
    for code in result.unique():
        if code not in known:
            raise SupervisionError("results.code_unknown", result=code)
    return {code: codes.category(code) for code in result.unique()}


def _drawn_items(drawn: pd.DataFrame, tasks: Sequence[Task]) -> pd.DataFrame:
    """Return task_id, unit_id, item_id: what each of the tasks would look at, at each of its units."""
    pairs = [(task.task_id, item_id) for task in tasks for item_id in task.items]
    items = pd.DataFrame(pairs, columns=["task_id", "item_id"], dtype="str")
    return drawn[["task_id", "unit_id"]].drop_duplicates().merge(items, on="task_id")
