"""Counts of the year's plan (年度计划执行计数): batches planned and begun, units drawn, held and published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from supervision.directory.plan_rows import plans
from supervision.domain.plans import DepartmentPlan
from supervision.month.annual_plan import read_approved, read_merged
from supervision.month.annual_tasks import task_id, together
from supervision.month.city import City
from supervision.month.round import Round
from supervision.month.round_files import COMMITMENT, DRAWN, Step
from supervision.month.round_results import results_of

COUNTS = ("planned", "begun", "sample", "drawn", "held", "published")


@dataclass(frozen=True, kw_only=True)
class PlanCounts:
    """How far a year's plan is (年度计划进度): department → `COUNTS`; `late`: task and month of batches not drawn."""

    departments: Mapping[str, Counter[str]]
    late: Sequence[tuple[str, str]]
    own: Mapping[str, DepartmentPlan]


def plan_counts(city: City, year: int, *, rehearsal: bool = False) -> PlanCounts:
    """Return how far the year's plan is (年度计划进度), department by department.

    Units are counted for each plan and batch in which they are drawn: drawn, with a result on record (held), with one
    while the round's page is published. A batch whose month is over and that was not drawn is late.
    """
    merged, approved = read_merged(city, year), read_approved(city, year)
    today = city.now().date()
    own = {plan.plan_id: plan for plan in plans(city.register("plans", on=today), year=year)}
    register = city.register("tasks", on=date.max)
    rounds = dict(zip(register["task_id"], register["round"], strict=True))
    lines: dict[str, Counter[str]] = {plan.department: Counter() for plan in own.values()}
    late = []
    for group in together(merged, own):
        for batch in range(1, len(merged.months[group[0].plan_id]) + 1):
            task = task_id(group[0], batch)
            if task not in approved.tasks:
                continue
            round = city.find(rounds[task], rehearsal=rehearsal)
            counts = _counts(round, task, group)
            for plan in group:
                lines[plan.department].update(counts[plan.plan_id])
            if not counts[group[0].plan_id]["drawn"] and rounds[task] < today.isoformat()[:7]:
                late.append((task, rounds[task]))
    return PlanCounts(departments=dict(sorted(lines.items())), late=late, own=own)


def _counts(round: Round | None, task: str, group: list[DepartmentPlan]) -> Mapping[str, Counter[str]]:
    """Plan → what became of one batch."""
    found = {plan.plan_id: Counter(planned=1) for plan in group}
    if round is None or not round.has(Step.COMMIT) or round.has(Step.ABANDON):
        return found
    samples = {one.task_id: one.sample for one in round.read(COMMITMENT).tasks}
    if task not in samples:
        return found
    units: set[str] = set()
    if round.has(Step.DRAW):
        lists = round.table(DRAWN)
        units = set(lists.loc[(lists["task_id"] == task) & (lists["role"] == "drawn"), "unit_id"])
    results = results_of(round)
    for plan in group:
        of_plan = results[results["item_id"].isin(plan.items)]
        held = len(units & set(of_plan["unit_id"]))
        public = held if round.manifests("public") else 0
        found[plan.plan_id].update(begun=1, sample=samples[task], drawn=len(units), held=held, published=public)
    return found
