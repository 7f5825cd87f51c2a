"""A year's plan is approved (批准年度计划): by whom, filed with whom, and its tasks go into the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from supervision.canonical import canonical_json, digest
from supervision.directory.plan_rows import plans
from supervision.errors import UsageError
from supervision.month.annual_plan import (
    APPROVED,
    Approved,
    day_in,
    key_of,
    merged_digest,
    plans_digest,
    read_approved,
    read_merged,
    save,
)
from supervision.month.annual_tasks import checked_tasks, task_rows, together, withdrawn_rows
from supervision.month.city import City
from supervision.month.report import Report
from supervision.month.round_files import Step

DATES = "shared/plan_dates"


@dataclass(frozen=True, kw_only=True)
class Approval:
    """What the approval sheet says (批准内容): by whom, on which day, its number; filed with whom and when."""

    by: str
    on: date
    number: str
    filed_with: str = ""
    filed_on: date | None = None


def approve(city: City, year: int, approval: Approval) -> Report:
    """Record the approval of a merged plan (批准) and put the tasks of its months into the register.

    Refused while a department has not said yes or no, after a change of the plans, and once a month of the plan is
    committed. Approved anew before that, tasks that are no more in it are withdrawn.
    """
    merged = read_merged(city, year)
    today = city.now().date()
    own = plans(city.register("plans", on=today), year=year)
    if plans_digest(own) != merged.plans:
        raise UsageError("month.plan_changed", year=year)
    if merged.undecided:
        raise UsageError("month.plan_undecided", year=year, plans="、".join(merged.undecided))
    for name, text in (("by", approval.by), ("number", approval.number)):
        if not text.strip():
            raise UsageError("month.plan_approval_blank", field=name)
    for day in (approval.on, approval.filed_on or approval.on):
        if day > today:
            raise UsageError("month.plan_approved_later", day=day, today=today)
    if approval.filed_on and (approval.filed_on < approval.on or not approval.filed_with.strip()):
        raise UsageError("month.plan_filing", on=approval.on, filed_on=approval.filed_on)
    before = _tasks_before(city, year, merged_digest(merged), approval.on)
    _refuse_drawn(city, before)
    known = approval.on.isoformat()
    by_id = {plan.plan_id: plan for plan in own}
    cause = f"{year}年度抽查计划（{approval.number}）"
    rows = task_rows(merged, together(merged, by_id), cause=cause, known_on=known)
    register = city.register("tasks", on=date.max)
    gone = withdrawn_rows(register[register["task_id"].isin(before)], rows, known_on=known)
    checked = checked_tasks(city, [*rows, *gone])
    source = digest("sha256", canonical_json([rows, gone])).hex()
    stored = city.store.insert("tasks", checked.good, who=city.who, at=city.now().isoformat(), source_digest=source)
    if len(stored.conflicts):
        raise UsageError("month.plan_task_conflict", tasks=len(stored.conflicts), day=known)
    kept = Approved(
        by=approval.by,
        on=known,
        number=approval.number,
        filed_with=approval.filed_with,
        filed_on=approval.filed_on.isoformat() if approval.filed_on else "",
        merged=merged_digest(merged),
        tasks=[row["task_id"] for row in rows],
    )
    save(city, year, "annual-approve", APPROVED, asdict(kept), {"merged": kept.merged, "tasks": source})
    report = Report(facts=asdict(kept) | {"withdrawn": [row["task_id"] for row in gone]})
    months = sorted({row["round"] for row in rows})
    report.say("month.plan_approved", year=year, by=kept.by, on=known, number=kept.number, tasks=len(rows),
               first=months[0], last=months[-1])  # fmt: skip
    if gone:
        report.say("month.plan_withdrawn", tasks="、".join(row["task_id"] for row in gone))
    _remark_dates(city, year, kept, report)
    return report


def _tasks_before(city: City, year: int, merged: str, on: date) -> list[str]:
    """The ids of the tasks of an earlier approval; another plan can only be approved on a later day."""
    if APPROVED not in city.store.paths(key_of(year)):
        return []
    before = read_approved(city, year)
    if before.merged != merged and on.isoformat() <= before.on:
        raise UsageError("month.plan_approved_before", day=on, last=before.on)
    return before.tasks


def _refuse_drawn(city: City, tasks: Sequence[str]) -> None:
    """Refuse a new approval once a round with a task of the earlier one is committed."""
    register = city.register("tasks", on=date.max)
    for name in sorted(set(register.loc[register["task_id"].isin(tasks), "round"])):
        round = city.find(name)
        if round is not None and round.has(Step.COMMIT):
            raise UsageError("month.plan_begun", round=name)


def _remark_dates(city: City, year: int, approved: Approved, report: Report) -> None:
    """Say where the plan was filed after the rule's day, or not yet."""
    last = day_in(year, city.rules.on(date(year, 1, 1)).value(DATES)["filed_by"])
    if not approved.filed_on:
        report.say("month.plan_not_filed", last=last)
    elif approved.filed_on > last.isoformat():
        report.say("month.plan_filed_late", on=approved.filed_on, last=last)
