"""The class by which a task draws (任务所用类别): general, or of the fields that its items belong to.

A unit's class for a task is the worst of its classes for the task's items: for an item of a field what counts there,
for other items, and where a department has not classed the unit, the general one. The score stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.strata import CLASSES
from supervision.sampling.frame.unit_positions import rows_of


def fields_of(task: Task, items: Mapping[str, Item]) -> list[str]:
    """Return the fields of a task's items (任务涉及的行业、领域), sorted; "" for items of none."""
    return sorted({items[name].field for name in task.items if name in items})


def only_field(items: Collection[Item]) -> str:
    """Return the field that all items belong to (全部事项所属领域), "" where they belong to none or to several."""
    found = {item.field for item in items}
    return found.pop() if len(found) == 1 else ""


def task_scores(
    task: Task, items: Mapping[str, Item], scores: pd.DataFrame, professional: pd.DataFrame
) -> pd.DataFrame:
    """Return everybody's score and the class by which this task draws (本任务所用评分与类别).

    `scores`: unit_id, score, class; `professional`: unit_id, field, class, what counts for the items of a field.
    """
    fields = fields_of(task, items)
    if fields in ([], [""]) or professional.empty:
        return scores
    general = _ranks(scores["class"])
    worst = np.full(len(scores), -1, dtype=np.int64)
    for field in fields:
        mine = general.copy()
        part = professional[professional["field"] == field]
        rows = rows_of(scores["unit_id"], part["unit_id"])
        mine[rows[rows >= 0]] = _ranks(part["class"])[rows >= 0]
        worst = np.maximum(worst, mine)
    names = np.array([*CLASSES, None], dtype=object)[worst]
    return scores.assign(**{"class": pd.array(names, dtype="str")})


def _ranks(classes: pd.Series[str]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return pd.Index(CLASSES).get_indexer(pd.Index(classes)).astype(np.int64)
