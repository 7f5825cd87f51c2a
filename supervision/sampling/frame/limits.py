"""Limits of a task's ratio (比例限制): those of its items, and the shared one of general items.

Maxima are enforced on every task and never exceeded: a conflict is named and nothing is drawn. What is meant for the
year is kept over the year as well, by `yearly_limits`. A minimum for a batch that is missed is a remark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from supervision.domain.items import Item, Task
from supervision.domain.ratio import BATCH, YEAR, Ratio
from supervision.errors import SupervisionError
from supervision.law.rules import Law
from supervision.messages import Message

GENERAL, GENERAL_LIMIT = "general", "shared/general_item_limit"


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
        share, source, _ = min(item_maxima(item, law), default=(Fraction(1), "items", BATCH))
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
    """Return what a user should know about a batch (比例提醒): the items whose minimum for a batch is missed."""
    found = []
    for item in items:
        least = item_minimum(item, BATCH)
        if least is not None and sample < least * units:
            ratio_now = percent(Fraction(sample, units))
            named = {"task": task.task_id, "item": item.item_id}
            found.append(Message.of("sampling.below_minimum", **named, ratio=ratio_now, least=percent(least)))
    return found


def item_minimum(item: Item, period: str) -> Fraction | None:
    """Return the least share that an item asks for in a year or a batch (下限), None where it asks for none."""
    ratio = Ratio.parse(item.ratio)
    name = "exact" if ratio.minimum is None else "minimum"
    least = ratio.exact if ratio.minimum is None else ratio.minimum
    return least if (ratio.period(name) or item.period) == period else None


def item_maxima(item: Item, law: Law) -> list[tuple[Fraction, str, str]]:
    """Return the greatest shares that an item allows (上限): share, where it stands, and its period.

    The item's own, and for a general item the rule shared/general_item_limit, which is meant for the year where it
    does not say 每批. None in the rule = decided that there is none.
    """
    found = []
    stated, period = _greatest(Ratio.parse(item.ratio))
    if stated is not None:
        found.append((stated, f"items/{item.item_id}", period or item.period))
    shared = law.value(GENERAL_LIMIT) if item.kind == GENERAL else None
    if shared is not None:
        share, period = _greatest(Ratio.parse(str(shared)))
        if share is None:
            raise SupervisionError("sampling.rule_field", rule=GENERAL_LIMIT, field=str(shared))
        found.append((share, GENERAL_LIMIT, period or YEAR))
    return found


def _greatest(ratio: Ratio) -> tuple[Fraction | None, str | None]:
    """The greatest share that a text allows, and what it is meant for."""
    if ratio.maximum is not None:
        return ratio.maximum, ratio.period("maximum")
    return ratio.exact, ratio.period("exact")


def visits_a_year(item: Item) -> int | None:
    """Return the most visits to a unit that an item allows in a year (年度抽查次数): its ratio's, its frequency's."""
    texts = [item.ratio, *([item.frequency] if item.frequency else [])]
    found = [ratio.per_year for ratio in map(_readable, texts) if ratio is not None and ratio.per_year is not None]
    return min(found, default=None)


def frequency_remarks(task: Task, items: list[Item]) -> list[Message]:
    """Return the frequencies that nobody can read (看不懂的频次), as remarks."""
    unread = [item for item in items if item.frequency and _readable(item.frequency) is None]
    named = [(item.item_id, item.frequency) for item in unread]
    return [Message.of("sampling.frequency_unread", task=task.task_id, item=item, text=text) for item, text in named]


def _readable(text: str) -> Ratio | None:
    try:
        return Ratio.parse(text)
    except SupervisionError:
        return None


def percent(share: Fraction) -> str:
    """Return a share as a percentage of at most four decimals (百分数)."""
    return f"{float(share * 100):.4f}".rstrip("0").rstrip(".") + "%"
