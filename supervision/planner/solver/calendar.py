"""The calendar (联合检查日程): solve(demand) → when each visit is held, why the rest is not, and the proof.

Every district is solved by itself, in parallel where there are processes. Nothing looks at a clock: counts end every
search, so the same demand gives the same calendar on any machine and with any number of processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd

from supervision.errors import SupervisionError
from supervision.planner.plan import CALENDAR, UNHELD, Budget, Plan
from supervision.planner.proof.prices import SCALE
from supervision.planner.reasons import Cause, Impediments, Why
from supervision.planner.solver.district_plan import Row, plan_district
from supervision.planner.visits.demand import Impossible, Inputs, demand
from supervision.processes import results

COUNTS = (
    *("units", "duties", "held", "lost", "proven_lost", "computed_lost", "incomplete"),
    *("doors", "proven_doors", "team_days", "proven_team_days", "uneven"),
)
NUMBERS = {"ordinal", "place", "cause"}


def solve(given: Inputs, *, budget: Budget, progress: Callable[[int, int], None] | None = None) -> Plan:
    """Return the calendar of a round (求解联合日程).

    `progress(done, all)` is called with numbers of duties after each district. Aims, in this order: duties held,
    whole units, few doors, few team-days, even load.
    """
    wanted = demand(given)
    if wanted.duties == 0 and not any(h >= given.earliest for own in given.half_days.values() for h in own):
        raise SupervisionError("planner.no_day_left", earliest=given.earliest or "-")
    done, plans = 0, []
    solved = results(partial(plan_district, budget=budget), wanted.districts, processes=budget.processes)
    for district, plan in zip(wanted.districts, solved, strict=True):
        plans.append(plan)
        done += sum(len(unit.duties) for unit in district.units)
        if progress is not None:
            progress(done, wanted.duties)
    unheld, causes = _unheld(given, wanted.impossible, [row for plan in plans for row in plan.unheld])
    districts = [plan.certificate for plan in plans]
    total = {name: sum(int(str(row[name])) for row in districts) for name in COUNTS}
    return Plan(
        calendar=_frame([row for plan in plans for row in plan.places], CALENDAR),
        unheld=unheld,
        causes=causes,
        certificate={"districts": districts, "impossible": len(wanted.impossible), "scale": SCALE, "total": total},
    )


def _unheld(
    given: Inputs, impossible: Iterable[Impossible], lost: list[tuple[Row, Why]]
) -> tuple[pd.DataFrame, tuple[Cause, ...]]:
    """A row for each office and set of tasks, with the number of its cause; and the causes."""
    impediments = Impediments(given)
    rows: list[tuple[Row, Why]] = [
        ((own.unit_id, own.region, own.office, own.item, " ".join(sorted(own.tasks))), impediments.why(own))
        for own in impossible
    ]
    rows += lost
    units: dict[Why, set[str | int]] = {}
    for row, why in rows:
        units.setdefault(why, set()).add(row[0])
    order = sorted(units)
    causes = tuple(Cause(code=code, params=params, units=len(units[code, params])) for code, params in order)
    return _frame([(*row, why[0], order.index(why)) for row, why in rows], UNHELD), causes


def _frame(rows: list[Row], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=columns).astype({c: "int64" if c in NUMBERS else "str" for c in columns})
    keys = [c for c in ("unit_id", "ordinal", "office", "place", "items", "task_ids") if c in columns]
    return frame.sort_values(keys, ignore_index=True)
