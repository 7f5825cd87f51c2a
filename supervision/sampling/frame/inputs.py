"""What the frames of a round are made from (抽样框的输入): registers of units, and what all units share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.law.rules import Law
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.field_classes import task_scores
from supervision.sampling.frame.frame import Frame, build_frame
from supervision.sampling.frame.members import NO_COVERAGE, Members, members_of


@dataclass(frozen=True, kw_only=True, eq=False)
class FrameInputs:
    """What the frames of a round are made from (抽样框的输入).

    `entities`, `scores`, `exemptions`, `visits`, `caps`, `law`, `coverage` as `build_frame` takes them, `professional`
    as `task_scores` does. `other_level`: task_id → units that another level of a department of its visits in the month.
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
