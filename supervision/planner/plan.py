"""What a calendar is and what it may cost (日程与计算预算): plain values, known to solver and checker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from supervision.planner.reasons import Cause

CALENDAR = ["visit_id", "unit_id", "ordinal", "office", "place", "half_days", "items"]
UNHELD = ["unit_id", "region", "office", "items", "task_ids", "reason", "cause"]


@dataclass(frozen=True, kw_only=True)
class Budget:
    """How much work a calendar is worth (计算预算): counts only, never seconds; `processes` never change the result.

    `turns` of ruin and recreate for every door, `rescue` turns for every door of a district that lost a duty.
    """

    turns: int = 6
    rescue: int = 6
    seed: int = 1
    processes: int = 1


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A calendar with its proof (日程与证明).

    `calendar`: visit_id, unit_id, ordinal (int64 from 1 by first half-day), office, place (int64 from 1), half_days,
    items; sorted by unit_id, ordinal, office, place. `unheld`, a row for each office and set of tasks: unit_id, region,
    office ("" where the district has none of the department), items, task_ids, reason (code), cause (int64, number in
    `causes`); sorted by unit_id, office, items.

    `certificate`, texts and integers only: `districts`, each with its counts and `offices`, for each office that loses
    a duty in any calendar `office`, `item` (whose holders the proof speaks of, "" everybody), `prices` (one for each
    need, needs in ascending order), `proven_lost`, `computed_lost`. `doors` of the calendar and the fewest for the
    units it holds whole; `team_days` and the fewest for the duties it holds; `uneven` people above an office's even
    share; `impossible` items that no calendar can hold; `total` of the counts; `scale` of the prices. `proven_…` can be
    recomputed without a solver (`check.certificate`), from the prices; `computed_…` is a solver's bound.
    """

    calendar: pd.DataFrame
    unheld: pd.DataFrame
    causes: tuple[Cause, ...]
    certificate: Mapping[str, object]
