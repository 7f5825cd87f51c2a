"""Random checks (双随机抽查): plan, tasks and results as the national publicity system shows them.

Only what may be published is handed over: results of tasks that disclose their lists, in the eight public categories,
as long as they may be shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from supervision.domain.items import Task
from supervision.domain.rounds import RoundId
from supervision.errors import SupervisionError
from supervision.law.code_lists import CodeLists
from supervision.messages import say
from supervision.results.handover.records import Record
from supervision.results.public_categories import require_columns

EVERYBODY = "*"
PROVINCE, CITY, REGION = 2, 4, 6  # leading digits of GB/T 2260
EXTRA_TASKS = 1000  # a round of the month keeps its tasks below; the first number of an extra round's


def region_of(regions: Sequence[str]) -> str:
    """Return the region that covers some districts (所在区划): six digits.

    >>> region_of(["320505", "320581"]), region_of(["320505"]), region_of(["320505", "320105"])
    ('320500', '320505', '320000')
    """
    for digits in (REGION, CITY, PROVINCE):
        shared = {region[:digits] for region in regions}
        if len(shared) == 1:
            return shared.pop().ljust(REGION, "0")
    return "0" * REGION


def plan_id(name: RoundId, region: str) -> str:
    """Return raninsPlanId (抽查计划编号): region, year, number: 0001 the year's plan, MMnn an extra round of a month.

    >>> plan_id(RoundId.parse("2026-12"), "320500"), plan_id(RoundId.parse("2026-12-b"), "320500")
    ('32050020260001', '32050020261202')
    """
    number = f"{name.number:02}{_extra(name):02}" if name.extra else "0001"
    return f"{region}{name.year:04}{number}"


def task_ids(name: RoundId, region: str, tasks: Sequence[Task]) -> dict[str, str]:
    """Return task_id → raninsTaskId (抽查任务编号): region, first day, number among the round's tasks."""
    if len(tasks) >= EXTRA_TASKS:
        raise SupervisionError("results.handover.tasks", count=len(tasks), most=EXTRA_TASKS - 1)
    first = _extra(name) * EXTRA_TASKS if name.extra else 0
    listed = sorted(tasks, key=lambda task: task.task_id.encode())
    return {task.task_id: f"{region}{task.start:%Y%m%d}{first + n:04}" for n, task in enumerate(listed, start=1)}


def random_checks(
    results: pd.DataFrame,
    *,
    waiting: set[tuple[str, str]],
    tasks: Sequence[Task],
    units: Mapping[str, str],
    offices: Mapping[str, str],
    items: Mapping[str, str],
    lists: CodeLists,
    name: RoundId,
    region: str,
    city: str,
) -> tuple[list[Record], int]:
    """Return plan, tasks and results (计划、任务、结果), and how many results wait for others of the same visit.

    `results`: task_id, unit_id, office_id, item_id, category, inspected_on (a day as text), those that may be shown;
    `waiting`: (unit_id, office_id) some item of which is not reported yet; `units`, `offices`, `items`: id → name.
    """
    require_columns(results, ("task_id", "unit_id", "office_id", "item_id", "category", "inspected_on"), "results")
    plan, numbers = _plan(name, region, city), task_ids(name, region, tasks)
    found = [Record(table="plan", cells=plan)]
    of_task = {}
    for task in (task for task in tasks if task.disclosure != "never"):
        kind = "undirected" if task.population.strip() == EVERYBODY else "directed"
        of_task[task.task_id] = {
            "raninsTaskId": numbers[task.task_id],
            "raninsTaskName": task.name,
            "raninsPlanId": plan["raninsPlanId"],
            "raninsTypeName": lists.label("ranins_type", kind),
        }
        lead = {"insAuth": lists.label("department", task.lead)}
        found.append(Record(table="task", cells=of_task[task.task_id] | lead, under=f"plan|{plan['raninsPlanId']}"))
    late = 0
    for (task_id, unit, office), own in results.groupby(["task_id", "unit_id", "office_id"], sort=True):
        if (unit, office) in waiting:
            late += 1
            continue
        about = {**of_task[str(task_id)], "raninsPlaneName": plan["raninsPlaneName"]}
        key = {
            "raninsTaskId": about["raninsTaskId"],
            "uniscId": str(unit),
            "insAuth": offices.get(str(office), ""),
        }
        rows = own.sort_values("item_id")
        parts = [
            {
                **key,
                "seqno": str(number),
                "raninsItemName": items.get(item, ""),
                "raninsCheckResName": lists.label("category", category),
            }
            for number, (item, category) in enumerate(zip(rows["item_id"], rows["category"], strict=True), start=1)
        ]
        cells = {**about, **key, "entName": units.get(str(unit), ""), "insDate": str(rows["inspected_on"].max())}
        found.append(
            Record(
                table="result",
                cells=cells,
                parts=parts,
                under=f"task|{about['raninsTaskId']}",
                beside={"office": key["insAuth"], "items": "、".join(part["raninsItemName"] for part in parts)},
            )
        )
    return found, late


def _plan(name: RoundId, region: str, city: str) -> dict[str, str]:
    title = (
        say("results.handover.extra_plan_name", city=city, month=name.month, extra=name.extra)
        if name.extra
        else say("results.handover.plan_name", city=city, year=name.year)
    )
    return {"raninsPlanId": plan_id(name, region), "raninsPlaneName": title, "insAuth": city}


def _extra(name: RoundId) -> int:
    """Return the number of an extra round (增加轮次的序号): b is 2."""
    return ord(name.extra) - ord("a") + 1
