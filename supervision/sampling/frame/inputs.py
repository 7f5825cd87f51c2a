"""What the frames of a round are made from (抽样框的输入): registers of units, and what all units share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.population import Population
from supervision.law.rules import Law
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.field_classes import task_scores
from supervision.sampling.frame.frame import Frame, build_frame
from supervision.sampling.frame.members import NO_COVERAGE, Members, members_of
from supervision.sampling.frame.unit_positions import are_among, same


@dataclass(frozen=True, kw_only=True, eq=False)
class FrameInputs:
    """What the frames of a round are made from (抽样框的输入).

    `entities`, `scores`, `exemptions`, `visits`, `caps`, `law`, `coverage` as `build_frame` takes them, `professional`
    as `task_scores` does; texts of `entities` may be categories. `other_level`: task_id → units that another level of
    a department of its visits in the month.
    """

    tasks: Sequence[Task]
    items: Mapping[str, Item]
    entities: pd.DataFrame
    scores: pd.DataFrame
    professional: pd.DataFrame
    exemptions: pd.DataFrame
    visits: pd.DataFrame
    caps: pd.DataFrame
    law: Law
    coverage: Coverage = NO_COVERAGE
    other_level: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def frame(self, task: Task) -> Frame:
        """Return a task's frame (生成抽样框)."""
        return build_frame(task, **self._given(task))

    def members(self, task: Task) -> Members:
        """Return a task's members among these units (划定任务对象)."""
        return members_of(task, **self._given(task))

    def cut(self) -> Iterator[FrameInputs]:
        """Yield the inputs of each task alone (逐任务取登记): the rows of its population, as texts.

        What is cut out once need not be looked through again, and can be handed to another process.
        """
        in_step = same(self.scores["unit_id"], self.entities["unit_id"])
        for task in self.tasks:
            yield self._about(task, in_step=in_step)

    def _about(self, task: Task, *, in_step: bool) -> FrameInputs:
        inside = Population.parse(task.population).matches(self.entities)
        entities = _plain(self.entities[inside].reset_index(drop=True))

        def rows(register: pd.DataFrame) -> pd.DataFrame:
            return register[are_among(register["unit_id"], entities["unit_id"])]

        return replace(
            self,
            tasks=[task],
            entities=entities,
            scores=(self.scores[inside] if in_step else rows(self.scores)).reset_index(drop=True),
            professional=rows(self.professional),
            exemptions=rows(self.exemptions),
            visits=rows(self.visits),
            other_level={task.task_id: self.other_level.get(task.task_id, frozenset())},
        )

    def _given(self, task: Task) -> dict[str, Any]:
        return {
            "items": self.items,
            "entities": self.entities,
            "scores": task_scores(task, self.items, self.scores, self.professional),
            "exemptions": self.exemptions,
            "visits": self.visits,
            "caps": self.caps,
            "law": self.law,
            "coverage": self.coverage,
            "other_level": self.other_level.get(task.task_id, frozenset()),
        }


def only_frame(inputs: FrameInputs) -> Frame:
    """Return the frame of inputs that are one task's (单任务抽样框)."""
    return inputs.frame(inputs.tasks[0])


def _plain(rows: pd.DataFrame) -> pd.DataFrame:
    """Categories as texts again: what is cut out is small."""
    return rows.astype({name: "str" for name, kind in rows.dtypes.items() if isinstance(kind, pd.CategoricalDtype)})
