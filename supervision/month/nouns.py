"""Register rows as nouns (登记行转为名词): tasks, items and offices of a round; never one object per enterprise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.people import Office
from supervision.errors import SupervisionError
from supervision.month.desk import Desk, first_day, month_bounds


def items_of(desk: Desk, round_id: str) -> dict[str, Item]:
    """Return the published items (抽查事项清单) in force in the round's month, by item_id."""
    start, end = month_bounds(round_id)
    frame = register_of(desk, round_id, "items")
    live = frame[(frame["from_date"] <= pd.Timestamp(end)) & ~(frame["until_date"] < pd.Timestamp(start))]
    return {
        row.item_id: Item(
            item_id=row.item_id,
            name=row.name,
            department=row.department,
            kind=row.kind,
            basis=row.basis,
            ratio=row.ratio,
            half_days=int(row.half_days),
            inspectors=int(row.inspectors),
            method=_words(row.method),
            content=_text(row.content),
        )
        for row in _rows(live)
    }


def offices_of(desk: Desk, round_id: str) -> dict[str, Office]:
    """Return the offices (执法机构), by office_id."""
    frame = register_of(desk, round_id, "offices")
    return {
        row.office_id: Office(office_id=row.office_id, department=row.department, region=row.region, name=row.name)
        for row in _rows(frame)
    }


def tasks_of(desk: Desk, round_id: str) -> list[Task]:
    """Return the tasks of a round (抽查任务), sorted by task_id.

    A task whose item is not on the published list, or whose window leaves the month, is refused: an item that is not
    listed cannot be inspected (国办发〔2015〕58号).
    """
    frame = register_of(desk, round_id, "tasks")
    frame = frame[frame["round"] == round_id]
    if frame.empty:
        raise SupervisionError("month.no_tasks", round=round_id, on=desk.evidence_day(round_id))
    items = items_of(desk, round_id)
    tasks = [_task(row) for row in _rows(frame)]
    for task in tasks:
        for item in task.items:
            if item not in items:
                raise SupervisionError("month.item_unlisted", task=task.task_id, item=item, on=first_day(round_id))
        start, end = month_bounds(round_id)
        if not start <= task.start <= task.end <= end:
            raise SupervisionError("month.window_outside", task=task.task_id, start=task.start, end=task.end)
    return sorted(tasks, key=lambda task: task.task_id.encode())


def register_of(desk: Desk, round_id: str, kind: str) -> pd.DataFrame:
    """Return tasks, items or offices as the round was committed with (承诺时的登记表), before that as known now."""
    if desk.is_open(round_id) and "commit" in desk.finished(round_id):
        return desk.store.table(round_id, f"frozen_{kind}")
    return desk.store.register(kind, on=desk.evidence_day(round_id))


def _task(row: Any) -> Task:
    return Task(
        task_id=row.task_id,
        number=_text(row.number),
        name=row.name,
        round=row.round,
        items=_words(row.items),
        lead=row.lead,
        partners=_words(row.partners),
        start=_day(row.from_date),
        end=_day(row.until_date),
        population=row.population,
        regime=row.regime,
        ratio=row.ratio,
        by_region=_true(row.by_region),
        reserve=_text(row.reserve),
        group=_text(row.group) or "joint",
        access=row.access,
        disclosure=row.disclosure,
        cause=_text(row.cause),
    )


def _rows(frame: pd.DataFrame) -> list[Any]:
    """Rows as attribute objects; a column named `items` would hide a tuple's own method, so plain ones are made."""
    return [_Row(record) for record in frame.to_dict("records")]


class _Row:
    def __init__(self, record: Mapping[Any, Any]) -> None:
        self.__dict__.update(record)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> tuple[str, ...]:
    return tuple(_text(value).split())


def _true(value: Any) -> bool:
    return value is not pd.NA and bool(value) and value == value


def _day(value: Any) -> date:
    day: date = value.date()
    return day
