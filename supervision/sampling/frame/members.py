"""Members of a task (任务对象): who stays in a frame, by what it is planned, and who is left out.

Each unit is looked at by itself, so that a population may be looked at whole or in partitions: nothing here depends on
how many others there are. What does is worked out from the cells alone (`cells`, `plan`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from supervision.domain.items import Item, Task
from supervision.domain.population import Population
from supervision.law.rules import Law
from supervision.sampling.bytes.identifiers import check_unit_ids
from supervision.sampling.frame.due_dates import Coverage, Dates, earliest_occasions
from supervision.sampling.frame.exclusion import REASONS, Exclusion, exclude
from supervision.sampling.frame.limits import task_items
from supervision.sampling.frame.past_visits import past_visits
from supervision.sampling.frame.regime_check import refuse_unlawful
from supervision.sampling.frame.strata import (
    check_task,
    equal_sizes,
    factor_scale,
    scaled_factors,
    scores_of,
    sizes_of,
    strata_of,
)
from supervision.sampling.frame.unit_positions import Rows

COLUMNS = ["unit_id", "status", "type", "region", "established"]
FOR_CAPS = ["tags", "address"]
FOR_NOW = ("cap", "interval", "other_level")  # reasons that pass, while the date stays
NO_COVERAGE = Coverage()


@dataclass(frozen=True, kw_only=True, eq=False)
class Members:
    """Some units of a task's population (任务对象), sorted by the bytes of unit_id.

    `unit_id`, `stratum` (by class and region), `region`, `occasion` (last occasion of a coverage duty, −1 none) and `x`
    (size times `scale`) are of the units that stay in, row by row; `waiting_region`, `waiting_occasion` of those kept
    out this time only. `excluded`: unit_id, reason, rule. `rarer`: how many stand on a list that makes them rarer;
    `missed`: how many of the excluded are due.
    """

    unit_id: pd.Series[str]
    stratum: pd.Categorical
    region: pd.Series[str]
    occasion: Rows
    x: Rows
    scale: int
    waiting_region: pd.Series[str]
    waiting_occasion: Rows
    excluded: pd.DataFrame
    rarer: int
    missed: int


def members_of(
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
) -> Members:
    """Return the members of a task among some units (划定任务对象), arguments as those of `build_frame`."""
    check_task(task)
    chosen = task_items(task, items)
    refuse_unlawful(task, chosen, law)
    entities = entities.reset_index(drop=True)
    columns = [
        name for name in dict.fromkeys((*COLUMNS, *FOR_CAPS, *sorted(coverage.columns))) if name in entities.columns
    ]
    pool = entities.loc[Population.parse(task.population).matches(entities), columns]
    if not pool["unit_id"].is_monotonic_increasing:
        pool = pool.sort_values("unit_id")
    check_unit_ids(pool["unit_id"])
    dates = dates_in(task, pool, visits, coverage)
    out = exclude(
        task,
        entities=pool,
        departments={item.department for item in chosen},
        items=chosen,
        scores=scores,
        exemptions=exemptions,
        visits=visits,
        caps=caps,
        law=law,
        coverage=coverage,
        dates=dates,
        other_level=other_level,
    )
    kept = np.flatnonzero(out.reason < 0)
    own, scale = pool.take(kept), factor_scale(out.factor)
    if equal_sizes(task):
        scale = 1
        stratum = strata_of(task, own["region"], None)
        x = np.ones(len(kept), dtype=np.int64)
    elif not len(kept):
        stratum, x = pd.Categorical([]), np.zeros(0, dtype=np.int64)
    else:
        known = scores_of(task, pool["unit_id"].take(kept), entities["unit_id"], scores)
        stratum = strata_of(task, own["region"].reset_index(drop=True), known["class"])
        floor = int(law.value("shared/size_floor"))
        factor = scaled_factors(out.factor, kept, scale)
        x = sizes_of(known["score"].to_numpy(), floor=floor, factor=factor, scale=scale)
    asked = [duty.name for duty in coverage.duties if duty.asks_of(task.items) and task.regime != "full"]
    occasion = earliest_occasions({name: dates[name] for name in asked}, len(pool))
    waits = np.flatnonzero(np.isin(out.reason, [REASONS.index(name) for name in FOR_NOW]))
    return Members(
        unit_id=own["unit_id"].reset_index(drop=True),
        stratum=stratum,
        region=own["region"].reset_index(drop=True),
        occasion=occasion[kept],
        x=x,
        scale=scale,
        waiting_region=pool["region"].take(waits).reset_index(drop=True),
        waiting_occasion=occasion[waits],
        excluded=_excluded(pool, out),
        rarer=len(out.factor),
        missed=int((occasion[out.reason >= 0] == 0).sum()),
    )


def dates_in(task: Task, pool: pd.DataFrame, visits: pd.DataFrame, coverage: Coverage) -> dict[str, Dates]:
    """Return what the city's duties ask of a task's population (任务范围内的应检期限), by the duty's name."""
    if not coverage.duties:
        return {}
    return coverage.dates(pool, past_visits(pool, visits), month=task.start.replace(day=1))


def _excluded(pool: pd.DataFrame, out: Exclusion) -> pd.DataFrame:
    gone = np.flatnonzero(out.reason >= 0)
    return pd.DataFrame(
        {
            "unit_id": pool["unit_id"].take(gone).reset_index(drop=True),
            "reason": pd.Categorical.from_codes(out.reason[gone], categories=pd.Index(REASONS)),
            "rule": pd.Categorical.from_codes(out.rule[gone], categories=pd.Index(out.rules or ("-",))),
        }
    )
