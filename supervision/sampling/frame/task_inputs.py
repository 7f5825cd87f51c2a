"""What one task's frame is made from (一个任务的抽样框依据): the rows of its population, and nothing else of a city.

A city has millions of units and dozens of tasks, each about a few of them. What is cut out once need not be looked
through again, and can be handed to another process.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.population import Population
from supervision.law.rules import Law
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.field_classes import task_scores
from supervision.sampling.frame.frame import Frame, build_frame
from supervision.sampling.frame.unit_positions import same


@dataclass(frozen=True, kw_only=True, eq=False)
class Registers:
    """The registers that all tasks are cut from (全市登记); columns as `build_frame` and `task_scores` take them.

    `entities`: texts may be categories.
    """

    entities: pd.DataFrame
    scores: pd.DataFrame
    professional: pd.DataFrame
    exemptions: pd.DataFrame
    visits: pd.DataFrame


@dataclass(frozen=True, kw_only=True, eq=False)
class TaskInputs:
    """The rows of a task's population in each register (任务范围内的登记), and who another level visits."""

    task: Task
    entities: pd.DataFrame
    scores: pd.DataFrame
    professional: pd.DataFrame
    exemptions: pd.DataFrame
    visits: pd.DataFrame
    other_level: Collection[str]


def cut_out(
    tasks: Iterable[Task], registers: Registers, *, other_level: Mapping[str, Collection[str]]
) -> list[TaskInputs]:
    """Return the inputs of tasks (逐任务取登记); `other_level`: task_id → units that another level visits."""
    in_step = same(registers.scores["unit_id"], registers.entities["unit_id"])
    found = []
    for task in tasks:
        inside = Population.parse(task.population).matches(registers.entities)
        entities = _plain(registers.entities[inside].reset_index(drop=True))
        units = entities["unit_id"]
        scores = registers.scores[inside] if in_step else _about(registers.scores, units)
        found.append(
            TaskInputs(
                task=task,
                entities=entities,
                scores=scores.reset_index(drop=True),
                professional=_about(registers.professional, units),
                exemptions=_about(registers.exemptions, units),
                visits=_about(registers.visits, units),
                other_level=other_level[task.task_id],
            )
        )
    return found


def frame_of(
    given: TaskInputs, *, items: Mapping[str, Item], caps: pd.DataFrame, law: Law, coverage: Coverage
) -> Frame:
    """Build the frame of what was cut out (生成抽样框), as `build_frame` does of the whole city."""
    return build_frame(
        given.task,
        items=items,
        entities=given.entities,
        scores=task_scores(given.task, items, given.scores, given.professional),
        exemptions=given.exemptions,
        visits=given.visits,
        caps=caps,
        law=law,
        coverage=coverage,
        other_level=given.other_level,
    )


def _about(register: pd.DataFrame, units: pd.Series[Any]) -> pd.DataFrame:
    return register[register["unit_id"].isin(units)]


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Categories as texts again: what is cut out is small."""
    return rows.astype({name: "str" for name, kind in rows.dtypes.items() if isinstance(kind, pd.CategoricalDtype)})
