"""The round's plan in public words (抽查计划公示): which tasks and items, when, by whom, never by which class."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError
from supervision.messages import catalogue, say

PLAN_COLUMNS = (
    "task_id",
    "number",
    "name",
    "cause",
    "regime",
    "access",
    "items",
    "lead",
    "partners",
    "start",
    "end",
    "population",
    "ratio",
    "units",
    "sample",
)
ITEM_COLUMNS = ("item_id", "name", "department", "kind", "basis", "ratio", "method", "content")
CLAUSE = re.compile(r"^\s*(\w+)\s*(!=|\^=|>=|<=|=)\s*(.+?)\s*$")


class Labels(Protocol):
    """What gives codes their names (代码名称): `supervision.law.code_lists.CodeLists`."""

    def label(self, name: str, code: str, lang: str = "zh") -> str:
        """Return the name of a code in a list (取代码名称)."""

    def codes(self, name: str) -> list[str]:
        """Return the codes of a list (全部代码)."""


def plan_rows(
    tasks: Sequence[Task], items: Mapping[str, Item], labels: Labels, committed: Mapping[str, Mapping[str, Any]]
) -> pd.DataFrame:
    """Return one row a task (计划表), sorted by task_id, all columns of `PLAN_COLUMNS` text.

    `committed`: task_id → its entry in commitment.json, for `units` and `sample`; empty before the commitment.
    How the sample falls to classes is never told. An item outside the list raises `notice.item_missing`.
    """
    rows = []
    for task in sorted(tasks, key=lambda task: task.task_id.encode()):
        entry = committed.get(task.task_id, {})
        rows.append(
            {
                "task_id": task.task_id,
                "number": task.number,
                "name": task.name,
                "cause": task.cause,
                "regime": say(f"notice.regime.{task.regime}"),
                "access": _access(task),
                "items": "、".join(_item(items, item_id).name for item_id in task.items),
                "lead": labels.label("department", task.lead, "zh"),
                "partners": "、".join(labels.label("department", code, "zh") for code in task.partners),
                "start": task.start.isoformat(),
                "end": task.end.isoformat(),
                "population": population_words(task.population, labels),
                "ratio": ratio_words(task.ratio),
                "units": str(entry.get("units", "")),
                "sample": str(entry.get("sample", "")),
            }
        )
    return pd.DataFrame(rows, columns=list(PLAN_COLUMNS), dtype="str")


def item_rows(tasks: Sequence[Task], items: Mapping[str, Item], labels: Labels) -> pd.DataFrame:
    """Return the items that this round's tasks use (本轮抽查事项), sorted by item_id, columns `ITEM_COLUMNS`."""
    used = sorted({item_id for task in tasks for item_id in task.items}, key=str.encode)
    rows = []
    for item_id in used:
        item = _item(items, item_id)
        rows.append(
            {
                "item_id": item.item_id,
                "name": item.name,
                "department": labels.label("department", item.department, "zh"),
                "kind": say(f"notice.kind.{item.kind}"),
                "basis": item.basis,
                "ratio": item.ratio,
                "method": "、".join(labels.label("method", code, "zh") for code in item.method),
                "content": item.content,
            }
        )
    return pd.DataFrame(rows, columns=list(ITEM_COLUMNS), dtype="str")


def ratio_words(text: str) -> str:
    """Return a task's ratio in public words (抽查比例): a ratio per class is not told.

    >>> ratio_words("A=1%;D=60%"), ratio_words("n=500"), ratio_words("3%")
    ('按分类监管要求差异化抽取', '500 户', '3%')
    """
    if re.match(r"^\s*n\s*=\s*\d+\s*$", text):
        return say("notice.ratio.count", count=text.partition("=")[2].strip())
    if "=" in text:
        return say("notice.ratio.by_class")
    return text.strip()


def population_words(text: str, labels: Labels) -> str:
    """Return a population condition in Chinese words (抽查对象范围); a clause with unknown columns stays as it is."""
    if text.strip() in ("", "*"):
        return say("notice.population.all")
    return "，".join(_clause(clause, labels) for clause in re.split(r"[;；]", text) if clause.strip())


def _clause(clause: str, labels: Labels) -> str:
    match = CLAUSE.match(clause)
    if match is None or f"notice.population.{match[1]}" not in catalogue("notice"):
        return clause.strip()
    column, operator = match[1], match[2]
    values = [value.strip() for value in re.split(r"[,，]", match[3])]
    if column == "region":
        known = labels.codes("region")
        values = [labels.label("region", value, "zh") if value in known else value for value in values]
    return say(f"notice.population.{operator}", column=say(f"notice.population.{column}"), values="、".join(values))


def _access(task: Task) -> str:
    return say("notice.access.open" if task.access == "open" else f"notice.access.sealed.{task.disclosure}")


def _item(items: Mapping[str, Item], item_id: str) -> Item:
    if item_id not in items:
        raise SupervisionError("notice.item_missing", item_id=item_id)
    return items[item_id]
