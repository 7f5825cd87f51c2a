"""Limits of a task's ratio (比例限制): those of its items, and the shared one of general items.

Maxima are enforced on a month: a conflict is named and nothing is drawn. A minimum is meant for a year; a month below
it is a remark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction

from supervision.errors import SupervisionError
from supervision.ratio import Ratio, parse_share
from supervision.rules import Law, Remark
from supervision.terms import Item, Task

GENERAL = "general"


def task_items(task: Task, items: Mapping[str, Item]) -> list[Item]:
    """Return the items of a task (任务的抽查事项); one that is not listed, or of a department not in it, raises."""
    found = []
    for item_id in task.items:
        if item_id not in items:
            raise SupervisionError("sampling.item_unknown", task=task.task_id, item=item_id)
        item = items[item_id]
        if item.department not in (task.lead, *task.partners):
            raise SupervisionError(
                "sampling.item_department", task=task.task_id, item=item_id, department=item.department
            )
        found.append(item)
    return found


def most_units(task: Task, items: list[Item], *, wanted: Fraction, units: int, law: Law) -> int:
    """Return the largest allowed sample (允许的最大样本量) of a frame of `units`; `wanted` is the unrounded sample.

    Raises SupervisionError("sampling.above_limit") naming task, item and both figures.
    """
    most = Fraction(1)
    for item in items:
        limit, source = _maximum(item, law)
        if wanted > limit * units:
            raise SupervisionError(
                "sampling.above_limit",
                task=task.task_id,
                item=item.item_id,
                ratio=percent(wanted / units),
                limit=percent(limit),
                source=source,
            )
        most = min(most, limit)
    return math.floor(most * units)


def limit_remarks(task: Task, items: list[Item], *, sample: int, units: int, most: int) -> list[Remark]:
    """Return what a user should know about a month's ratio (比例提醒): below a yearly minimum, above by rounding."""
    found = []
    if sample > most:
        params = {"task": task.task_id, "sample": sample, "most": most, "units": units}
        found.append(Remark(code="sampling.above_by_strata", params=params))
    for item in items:
        ratio = Ratio.parse(item.ratio)
        least = ratio.minimum if ratio.minimum is not None else ratio.exact
        if least is not None and sample < least * units:
            params = {"task": task.task_id, "item": item.item_id, "ratio": percent(Fraction(sample, units))}
            found.append(Remark(code="sampling.below_minimum", params=params | {"least": percent(least)}))
    return found


def percent(share: Fraction) -> str:
    """Return a share as a percentage of at most four decimals (百分数)."""
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"


def _maximum(item: Item, law: Law) -> tuple[Fraction, str]:
    ratio = Ratio.parse(item.ratio)
    stated = ratio.maximum if ratio.maximum is not None else ratio.exact
    found = (Fraction(1), "items") if stated is None else (stated, f"items/{item.item_id}")
    if item.kind == GENERAL:
        shared = law.value("shared/general_item_limit")
        if shared is not None:
            found = min(found, (parse_share(str(shared)), "shared/general_item_limit"))
    return found
