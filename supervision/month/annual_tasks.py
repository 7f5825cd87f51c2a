"""Tasks that follow from a year's plan (年度计划生成的任务): rows of the register, so that `commit` draws them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from supervision.canonical import csv_bytes
from supervision.directory.checking.register_check import check_table
from supervision.directory.reading.register_file import read_table
from supervision.directory.table import Checked
from supervision.domain.plans import DepartmentPlan
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.month.annual_plan import Merged
from supervision.month.city import City

COLUMNS = (
    "task_id",
    "name",
    "round",
    "items",
    "lead",
    "partners",
    "from_date",
    "until_date",
    "population",
    "regime",
    "ratio",
    "by_region",
    "reserve",
    "group",
    "access",
    "disclosure",
    "level",
    "cause",
    "withdrawn",
    "known_on",
)


def together(merged: Merged, plans: Mapping[str, DepartmentPlan]) -> list[list[DepartmentPlan]]:
    """Return which plans become one task (合为一个任务的计划), the lead first, sorted by the lead's id.

    Plans of a joint task with the same terms are one task with partners; others are held in the same months, and their
    common random numbers bring them to the same doors.
    """
    joined = {plan for own in merged.groups for plan in own}
    found = [[plans[plan]] for plan in sorted(plans) if plan not in joined]
    for own in merged.groups:
        of_terms: dict[tuple[object, ...], list[DepartmentPlan]] = {}
        for plan in own:
            terms = (*plans[plan].terms, tuple(merged.months[plan]), plans[plan].kind)
            of_terms.setdefault(terms, []).append(plans[plan])
        found += of_terms.values()
    return sorted(found, key=lambda own: own[0].plan_id.encode())


def beside(merged: Merged, plans: Mapping[str, DepartmentPlan]) -> dict[str, list[str]]:
    """Return plan → departments of its joint task (联合开展的部门), sorted; its own among them."""
    found = {plan: [plans[plan].department] for plan in plans}
    for own in merged.groups:
        departments = sorted({plans[plan].department for plan in own})
        found.update(dict.fromkeys(own, departments))
    return found


def task_rows(
    merged: Merged, tasks: Sequence[Sequence[DepartmentPlan]], *, cause: str, known_on: str
) -> list[dict[str, str]]:
    """Return the rows of the register (任务登记行), one a task and batch, texts by the names of `COLUMNS`.

    A batch keeps its id, whatever month it is moved to.
    """
    rows = []
    for own in tasks:
        lead = own[0]
        departments = sorted({plan.department for plan in own} - {lead.department})
        for batch, month in enumerate(merged.months[lead.plan_id], 1):
            round = RoundId(year=merged.year, number=month)
            rows.append(
                {
                    "task_id": task_id(lead, batch),
                    "name": lead.name,
                    "round": str(round),
                    "items": " ".join(sorted({item for plan in own for item in plan.items})),
                    "lead": lead.department,
                    "partners": " ".join(departments),
                    "from_date": round.first_day.isoformat(),
                    "until_date": round.last_day.isoformat(),
                    "population": lead.population,
                    "regime": lead.regime,
                    "ratio": lead.ratio,
                    "by_region": "是" if lead.by_region else "",
                    "reserve": lead.reserve,
                    "group": "" if lead.group == "joint" else lead.group,
                    "access": lead.access,
                    "disclosure": lead.disclosure,
                    "level": lead.level,
                    "cause": cause,
                    "withdrawn": "",
                    "known_on": known_on,
                }
            )
    return rows


def task_id(lead: DepartmentPlan, batch: int) -> str:
    """Return the id of a batch's task (任务编号)."""
    return f"{lead.plan_id}.{batch}"


def withdrawn_rows(before: pd.DataFrame, kept: Sequence[Mapping[str, str]], *, known_on: str) -> list[dict[str, str]]:
    """Return rows that withdraw tasks of an earlier approval which the new one has no more (撤销的任务)."""
    there = {row["task_id"] for row in kept}
    gone = before[~before["task_id"].isin(there)]
    texts = gone.reindex(columns=list(COLUMNS))
    for name in ("from_date", "until_date"):
        texts[name] = texts[name].dt.strftime("%Y-%m-%d")
    texts = texts.astype(object).where(texts.notna(), "")
    rows = [{str(name): str(value) for name, value in row.items()} for row in texts.to_dict("records")]
    return [{**row, "by_region": "", "withdrawn": "是", "known_on": known_on} for row in rows]


def checked_tasks(city: City, rows: Sequence[Mapping[str, str]]) -> Checked:
    """Return the rows as the register's own check reads them (按登记表规则校验); one that it rejects raises."""
    content = csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in rows])
    table = read_table("tasks", "tasks.csv", content)
    checked = check_table("tasks", table, as_of=None, lists=city.code_lists)
    if not checked.rejected.empty:
        cell = checked.rejected.iloc[0]
        raise SupervisionError("month.plan_task_rejected", value=cell["value"], reason=cell["reason"])
    return checked
