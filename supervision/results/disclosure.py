"""Whose lists may be shown (名单公开): those of tasks whose visits are all over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd

from supervision.domain.items import Task
from supervision.results.acceptance import KEY
from supervision.tables import tuples


def finished_tasks(
    tasks: Sequence[Task],
    *,
    drawn: pd.DataFrame,
    expected: pd.DataFrame,
    recorded: pd.DataFrame,
    waiting: set[str],
    on: date,
) -> set[str]:
    """Return the tasks whose visits are over (已完成入企检查的任务): each reported, or the task's time has passed.

    `drawn`: task_id, unit_id; `expected`: see `acceptance.expected_results`; `recorded`: visit_id, item_id of the
    results; `waiting`: tasks of which some part is not held, over once their last day has passed.
    """
    done = set(tuples(recorded, *KEY))
    over = set()
    for task in tasks:
        units = drawn.loc[drawn["task_id"] == task.task_id, "unit_id"]
        mine = expected[expected["unit_id"].isin(units) & expected["item_id"].isin(task.items)]
        held = set(tuples(mine, *KEY)) <= done
        if held and (task.task_id not in waiting or on > task.end):
            over.add(task.task_id)
    return over
