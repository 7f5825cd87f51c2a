"""What a calendar is and what it may cost (日程与计算预算): plain values, known to the checker and to the solver."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

CALENDAR = ["visit_id", "unit_id", "office", "place", "half_days", "items"]
UNHELD = ["unit_id", "task_ids", "reason", "office", "needed", "available", "text_zh", "text_en", "visit", "items"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much work a calendar is worth (计算预算): counts only, never seconds.

    `iterations` of the search for every 1,000 visits of a district (0: the greedy calendar), `freed` visits in each of
    them, `effort` the deterministic limit of one model, `processes` worked in parallel (1 = in this process);
    processes never change the result.
    """

    iterations: int = 250
    freed: int = 40
    effort: float = 0.25
    processes: int = 1


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A calendar with its proof (日程与证明).

    `calendar`: visit_id, unit_id, office, place (int64 from 1), half_days, items; sorted by visit_id, office, place.
    `unheld`: unit_id, task_ids, reason, office, needed, available (int64), text_zh, text_en, visit (number in the
    demand, 0 for a part no calendar can hold), items. `certificate`: texts and integers only.
    """

    calendar: pd.DataFrame
    unheld: pd.DataFrame
    certificate: dict[str, object]
