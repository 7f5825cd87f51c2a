"""The frame of a task (抽样框): who may be drawn, in which stratum, with which size; draw protocol 2, section 2.

A sealed task has a stratum for each credit-risk class (and region, where the task says so); an open task has one with
equal sizes, and so has a full coverage, in which the draw gives the order of the batches. Where a legal maximum does
not allow one unit in each stratum, strata are merged as `merging` says, and a remark says which and why.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.law.rules import Law
from supervision.messages import Message
from supervision.sampling.frame.cells import cells_of
from supervision.sampling.frame.coverage_strata import Level
from supervision.sampling.frame.due_dates import Coverage
from supervision.sampling.frame.limits import task_items
from supervision.sampling.frame.members import NO_COVERAGE, members_of
from supervision.sampling.frame.plan import plan_frame
from supervision.sampling.frame.strata import stratum_rows
from supervision.sampling.frame.unit_positions import Rows
from supervision.sampling.pareto.working_probability import inclusion_probability


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One task's frame (抽样框), sorted by the bytes of unit_id; `build_frame` makes it.

    Attributes
    ----------
    task
        The task.
    rows
        unit_id (str), stratum (category), x, L (int64; L = working probability × 2^53).
    excluded
        unit_id (str), reason, rule (category).
    strata
        stratum (str), units, sample, reserve, size_total (int64), working (str), sorted by stratum.
    remarks
        What a user should know and nothing forbids.
    levels
        What dates ask of each region this round (`coverage_strata`), none where no duty does.

    Examples
    --------
    >>> import pandas as pd, supervision
    >>> rows = pd.DataFrame({"unit_id": ["u1", "u2"], "stratum": pd.Categorical(["all", "all"]), "x": [1, 1],
    ...                      "L": [2**52, 2**52]})
    >>> strata = pd.DataFrame({"stratum": ["all"], "units": [2], "sample": [1], "reserve": [0], "size_total": [2],
    ...                        "working": ["pareto"]})
    >>> supervision.Frame(task=None, rows=rows, excluded=rows[:0], strata=strata).inclusion()["probability"].tolist()
    [0.5, 0.5]
    """

    task: Task
    rows: pd.DataFrame
    excluded: pd.DataFrame
    strata: pd.DataFrame
    remarks: tuple[Message, ...] = ()
    levels: tuple[Level, ...] = ()

    def inclusion(self) -> pd.DataFrame:
        """Return the wanted inclusion probabilities (入样概率): unit_id, probability (float64), for previews."""
        found = np.empty(len(self.rows))
        for stratum, part in stratum_rows(self.rows, self.strata):
            found[part] = inclusion_probability(self.rows["x"].to_numpy()[part], int(stratum["sample"]))
        return pd.DataFrame({"unit_id": self.rows["unit_id"], "probability": found})


def build_frame(
    task: Task,
    *,
    items: Mapping[str, Item],
    entities: pd.DataFrame,
    scores: pd.DataFrame,
    exemptions: pd.DataFrame,
    visits: pd.DataFrame,
    caps: pd.DataFrame,
    law: Law,
    coverage: Coverage = NO_COVERAGE,
    other_level: Collection[str] = (),
) -> Frame:
    """Build one task's frame (生成抽样框).

    `entities`: unit_id, status, type, region, established and the columns of the task's population condition; tags
    and address where a cap counts by field or place.
    `scores`: unit_id, score (0–1000), class (A–D) of everybody in the population, as `task_scores` gives them for the
    task; open and full tasks look at none.
    `exemptions`, `caps`: the registers; `visits`: the history register's unit_id, agency, date, kind, visit_no and,
    where known, item_id, on_site, level, place, result, of the calendar year and as far back as the longest interval
    and the years of a duty. `law`: the rules on the first day of the window; only those that the task needs are asked
    for. `coverage`: the city's duties; the columns of their populations stand in `entities`. `other_level`: units that
    another level of a department of the task's visits in the month. Raises SupervisionError where the task cannot be
    drawn as it stands.
    """
    members = members_of(
        task,
        items=items,
        entities=entities,
        scores=scores,
        exemptions=exemptions,
        visits=visits,
        caps=caps,
        law=law,
        coverage=coverage,
        other_level=other_level,
    )
    cells, cell = cells_of(members)
    plan = plan_frame(task, task_items(task, items), cells, law=law, coverage=coverage)
    return Frame(
        task=task,
        rows=planned_rows(members.unit_id, plan.kinds, cell),
        excluded=members.excluded,
        strata=plan.strata,
        remarks=plan.remarks,
        levels=plan.levels,
    )


def planned_rows(unit_id: pd.Series[str], kinds: pd.DataFrame, cell: Rows) -> pd.DataFrame:
    """Return a frame's rows (抽样框行), of all its units or of some; `cell`: each unit's row of the plan's `kinds`."""
    names = kinds["stratum"].cat
    return pd.DataFrame(
        {
            "unit_id": unit_id.array,
            "stratum": pd.Categorical.from_codes(names.codes.to_numpy()[cell], categories=names.categories),
            "x": kinds["x"].to_numpy()[cell],
            "L": kinds["L"].to_numpy()[cell],
        }
    )
