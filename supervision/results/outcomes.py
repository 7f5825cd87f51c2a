"""What came of each drawn unit (检查结论): a problem, none, or that it could not be inspected; draw protocol 2, 8."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from supervision.domain.items import Task
from supervision.errors import SupervisionError
from supervision.results.public_categories import ResultCodes, require_columns

PROBLEM, COULD_NOT, CLEAN = "problem", "could_not", "clean"
GRAVITY = (CLEAN, COULD_NOT, PROBLEM)
ITEM_KEY = ["task_id", "unit_id", "item_id"]
UNIT_KEY = ["task_id", "unit_id"]


def item_outcomes(
    results: pd.DataFrame,
    *,
    tasks: Sequence[Task],
    chosen: pd.DataFrame,
    replaced: pd.DataFrame,
    codes: ResultCodes,
) -> pd.DataFrame:
    """Return what was found at each unit for each item (各事项结论): task_id, unit_id, item_id, outcome, sorted.

    `results`: visit_id, unit_id, item_id, result; `chosen`: task_id, unit_id of units drawn or stepped in;
    `replaced`: task_id, unit_id of those for whom another stepped in: what nobody reported of them could not be
    inspected. Two visits that say different things of one unit and item raise `results.contradict`.
    """
    require_columns(results, ("visit_id", "unit_id", "item_id", "result"), "results")
    rows = results[["unit_id", "item_id", "visit_id"]].assign(
        outcome=results["result"].map({code: codes.outcome(code) for code in results["result"].unique()}).astype("str")
    )
    several = rows.groupby(["unit_id", "item_id"])["outcome"].nunique()
    if (several > 1).any():
        unit, item = several.index[several.to_numpy() > 1][0]
        visits = rows.loc[rows["unit_id"].eq(unit) & rows["item_id"].eq(item), "visit_id"]
        raise SupervisionError("results.contradict", unit=unit, item=item, visits=" ".join(sorted(visits)))
    rows = rows.drop_duplicates(["unit_id", "item_id"])
    looked_at = _items_of(tasks, chosen).merge(rows, on=["unit_id", "item_id"], how="left")
    gone = pd.MultiIndex.from_frame(looked_at[UNIT_KEY]).isin(pd.MultiIndex.from_frame(replaced[UNIT_KEY]))
    looked_at.loc[looked_at["outcome"].isna() & gone, "outcome"] = COULD_NOT
    looked_at = looked_at.dropna(subset=["outcome"])
    return looked_at[[*ITEM_KEY, "outcome"]].sort_values(ITEM_KEY, kind="stable").reset_index(drop=True)


def unit_outcomes(
    by_item: pd.DataFrame, *, tasks: Sequence[Task], chosen: pd.DataFrame, due: pd.DataFrame
) -> pd.DataFrame:
    """Return what came of each unit in a task (各对象结论): task_id, unit_id, outcome, of those wholly reported.

    `by_item` as `item_outcomes` gives it; `due`: unit_id, item_id that visits should report. A problem with any item
    is a problem; else one that could not be looked at makes it a unit that could not be inspected. A unit of which
    something is still due is not among them.
    """
    owed = _items_of(tasks, chosen).merge(due[["unit_id", "item_id"]].drop_duplicates(), on=["unit_id", "item_id"])
    told = owed.merge(by_item, on=ITEM_KEY, how="left")
    waiting = pd.MultiIndex.from_frame(told.loc[told["outcome"].isna(), UNIT_KEY])
    whole = by_item[~pd.MultiIndex.from_frame(by_item[UNIT_KEY]).isin(waiting)]
    grave = whole.assign(gravity=whole["outcome"].map({name: place for place, name in enumerate(GRAVITY)}))
    worst = grave.groupby(UNIT_KEY, sort=True)["gravity"].max().reset_index()
    worst["outcome"] = worst["gravity"].map(dict(enumerate(GRAVITY))).astype("str")
    return worst[[*UNIT_KEY, "outcome"]]


def _items_of(tasks: Sequence[Task], chosen: pd.DataFrame) -> pd.DataFrame:
    pairs = pd.DataFrame([(t.task_id, item) for t in tasks for item in t.items], columns=["task_id", "item_id"])
    return chosen[UNIT_KEY].drop_duplicates().merge(pairs.astype("str"), on="task_id")
