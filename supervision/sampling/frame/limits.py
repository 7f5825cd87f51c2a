"""Limits of a task's ratio (比例限制): those of its items, and the shared one of general items.

Maxima are enforced on a month and never exceeded: a conflict is named and nothing is drawn. A minimum is meant for a
year; a month below it is a remark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from supervision.domain.items import Item, Task
from supervision.domain.ratio import Ratio, parse_share
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.messages import Message

GENERAL = "general"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The strictest maximum of a task (最严上限): at most `most` of `units`, which is `share` of them rounded down.

    `item` is the item that it comes from and `source` where it stands, both "" for a task that has none below 100 %.
    """

    units: int
    share: Fraction = Fraction(1)
    item: str = ""
    source: str = ""

    @property
    def most(self) -> int:
        """The largest allowed sample (允许的最大样本量)."""
        return math.floor(self.share * self.units)

    def params(self, task: Task) -> dict[str, object]:
        """Return what a message about the limit names (提示参数): task, item, source, limit, units, most."""
        named = {"task": task.task_id, "item": self.item, "source": self.source}
        return named | {"limit": percent(self.share), "units": self.units, "most": self.most}


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


def limit_of(task: Task, items: list[Item], *, wanted: Fraction, units: int, law: Law) -> Limit:
    """Return the strictest maximum (最严上限) for a frame of `units`; `wanted` is the unrounded sample.

    Raises SupervisionError: "sampling.above_limit" where more is wanted, "sampling.limit_below_one" where not even one
    unit may be drawn; both name task, item and both figures.
    """
    strictest = Limit(units=units)
    for item in items:
        share, source = _maximum(item, law)
        if wanted > share * units:
            raise SupervisionError(
                "sampling.above_limit",
                task=task.task_id,
                item=item.item_id,
                ratio=percent(wanted / units),
                limit=percent(share),
                source=source,
            )
        if share < strictest.share:
            strictest = Limit(units=units, share=share, item=item.item_id, source=source)
    if strictest.most < 1:
        raise SupervisionError("sampling.limit_below_one", **strictest.params(task))
    return strictest


def minimum_remarks(task: Task, items: list[Item], *, sample: int, units: int) -> list[Message]:
    """Return what a user should know about a month's ratio (比例提醒): the items whose yearly minimum it is below."""
    found = []
    for item in items:
        ratio = Ratio.parse(item.ratio)
        least = ratio.minimum if ratio.minimum is not None else ratio.exact
        if least is not None and sample < least * units:
            ratio_now = percent(Fraction(sample, units))
            named = {"task": task.task_id, "item": item.item_id}
            found.append(Message.of("sampling.below_minimum", **named, ratio=ratio_now, least=percent(least)))
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
