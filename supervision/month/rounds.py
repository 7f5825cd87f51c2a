"""The other rounds of the year (本年其他轮次): what they already ask of a unit, and what may not be drawn again."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.errors import SupervisionError
from supervision.month.desk import Desk
from supervision.month.nouns import items_of, offices_of, tasks_of
from supervision.month.timetable import standing
from supervision.sampling.frame.frame import Frame

VISITS = ["unit_id", "agency", "date", "kind", "visit_no", "known_on"]


def others(desk: Desk, round_id: str, *, within: str) -> list[str]:
    """Return other rounds of the same kind, real or rehearsed, that are committed and were not given up (其他轮次).

    `within` is what their names begin with: "2026" for the year, "2026-12" for the month.
    """
    mine, found = desk.is_rehearsal(round_id), []
    for other in desk.store.rounds():
        done = desk.finished(other)
        if other != round_id and other.startswith(within) and "commit" in done and "abandon" not in done:
            found += [other] if desk.is_rehearsal(other) == mine else []
    return found


def pledged_visits(desk: Desk, round_id: str, history: pd.DataFrame) -> pd.DataFrame:
    """Return visits of the year's other rounds that are not in history yet (已安排未入库的检查), in its columns.

    Drawn units count from the draw on: a cap is kept even while results are still on their way.
    """
    parts = [history.iloc[:0][VISITS]]
    for other in others(desk, round_id, within=round_id[:4]):
        if "plan" in desk.finished(other):
            rows = _planned(desk, other)
        elif "draw" in desk.finished(other):
            rows = _drawn(desk, other)
        else:
            continue
        rows = rows.assign(kind="routine", known_on=pd.Timestamp(desk.evidence_day(round_id)))
        held = history.loc[history["visit_no"].isin(rows["visit_no"]), ["visit_no", "agency"]]
        there = pd.MultiIndex.from_frame(rows[["visit_no", "agency"]]).isin(pd.MultiIndex.from_frame(held))
        parts.append(rows.loc[~there, VISITS])
    return pd.concat(parts, ignore_index=True).astype(history[VISITS].dtypes.to_dict())


def refuse_repeated(desk: Desk, round_id: str, frames: Sequence[Frame]) -> None:
    """Refuse a task that draws from a population of this month again (同月重复抽取), protocol 3.

    Populations are compared as sets of units, however their conditions are worded: with an item in common, neither may
    lie within the other.
    """
    for other in others(desk, round_id, within=round_id[:7]):
        for task in tasks_of(desk, other):
            taken = _population(desk, other, task.task_id)
            for frame in frames:
                mine = set(frame.rows["unit_id"]) | set(frame.excluded["unit_id"])
                if set(task.items) & set(frame.task.items) and (mine <= taken or taken <= mine):
                    raise SupervisionError(
                        "month.population_repeated", task=frame.task.task_id, other=task.task_id, round=other
                    )


def _population(desk: Desk, round_id: str, task_id: str) -> set[str]:
    found: set[str] = set()
    for name in ("frame", "excluded"):
        path = desk.store.path_of(round_id, f"audit/tasks/{task_id}/{name}.csv")
        found |= set(pd.read_csv(path, usecols=["unit_id"], dtype="str", keep_default_na=False)["unit_id"])
    return found


def _planned(desk: Desk, round_id: str) -> pd.DataFrame:
    places, offices = standing(desk, round_id), offices_of(desk, round_id)
    places = places.drop_duplicates(["visit_id", "office"])
    return pd.DataFrame(
        {
            "unit_id": places["visit_id"].str.rsplit("~", n=1).str[0],
            "agency": places["office"].map({name: office.department for name, office in offices.items()}),
            "date": pd.to_datetime(places["half_days"].str.slice(0, 10)).astype("datetime64[s]"),
            "visit_no": round_id + "/" + places["visit_id"],
        }
    )


def _drawn(desk: Desk, round_id: str) -> pd.DataFrame:
    items, drawn = items_of(desk, round_id), desk.store.table(round_id, "drawn")
    drawn = drawn.loc[drawn["role"] == "drawn", ["task_id", "unit_id"]]
    agencies = [
        (task.task_id, department, pd.Timestamp(task.start))
        for task in tasks_of(desk, round_id)
        for department in sorted({items[item].department for item in task.items})
    ]
    rows = drawn.merge(pd.DataFrame(agencies, columns=["task_id", "agency", "date"]), on="task_id")
    return rows.assign(visit_no=round_id + "/" + rows["unit_id"]).drop_duplicates(["unit_id", "agency"])
