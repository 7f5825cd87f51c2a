"""Register rows as nouns (登记行转为名词): items, offices and tasks of a round; never one object per enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.domain.ratio import YEAR
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.tables import valid_between


def items(register: pd.DataFrame, *, first: date, last: date) -> dict[str, Item]:
    """Return the published items (抽查事项清单) in force on some day from `first` to `last`, by item_id.

    An item that takes a whole day and can be inspected in one half only is refused: no calendar could hold it.
    """
    live = valid_between(register, first, last)
    found = {
        row["item_id"]: Item(
            item_id=row["item_id"],
            name=row["name"],
            department=row["department"],
            kind=row["kind"],
            basis=row["basis"],
            ratio=row["ratio"],
            half_days=int(row["half_days"]),
            inspectors=int(row["inspectors"]),
            method=_words(row["method"]),
            content=_text(row["content"]),
            period=_text(row["ratio_period"]) or YEAR,
            frequency=_text(row["frequency"]),
            half=_text(row.get("half")) or "all",
            field=_text(row.get("field")),
            rule=_text(row.get("rule")),
        )
        for row in live.to_dict("records")
    }
    for item in found.values():
        if item.only_half and item.half_days > 1:
            raise SupervisionError("directory.item_half", item=item.item_id, half_days=item.half_days, half=item.half)
    return found


def offices(register: pd.DataFrame) -> dict[str, Office]:
    """Return the offices (执法机构), by office_id."""
    names = ("office_id", "department", "region", "name")
    return {row["office_id"]: Office(**{name: row[name] for name in names}) for row in register.to_dict("records")}


def tasks(register: pd.DataFrame, *, round: RoundId, items: Mapping[str, Item]) -> list[Task]:
    """Return the tasks of a round (抽查任务), sorted by task_id.

    A task whose item is not on the published list, or whose window leaves the month, is refused: an item that is not
    listed cannot be inspected (国办发〔2015〕58号).
    """
    found = [_task(row) for row in register[register["round"] == str(round)].to_dict("records")]
    for task in found:
        for item in task.items:
            if item not in items:
                raise SupervisionError("directory.item_unlisted", task=task.task_id, item=item, on=round.first_day)
        if not round.first_day <= task.start <= task.end <= round.last_day:
            raise SupervisionError("directory.window_outside", task=task.task_id, start=task.start, end=task.end)
    return sorted(found, key=lambda task: task.task_id.encode())


def _task(row: Mapping[Any, Any]) -> Task:
    return Task(
        task_id=row["task_id"],
        number=_text(row["number"]),
        name=row["name"],
        round=row["round"],
        items=_words(row["items"]),
        lead=row["lead"],
        partners=_words(row["partners"]),
        start=row["from_date"].date(),
        end=row["until_date"].date(),
        population=row["population"],
        regime=row["regime"],
        ratio=row["ratio"],
        by_region=_true(row["by_region"]),
        reserve=_text(row["reserve"]),
        group=_text(row["group"]) or "joint",
        access=row["access"],
        disclosure=row["disclosure"],
        cause=_text(row["cause"]),
        level=_text(row["level"]),
        control_of=_text(row.get("control_of")),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> tuple[str, ...]:
    return tuple(_text(value).split())


def _true(value: Any) -> bool:
    return value is not pd.NA and bool(value) and value == value
