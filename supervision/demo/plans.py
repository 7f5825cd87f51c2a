"""Departments' plans of the synthetic year (演示年度的部门计划): one for each item, each department for itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from supervision.demo.departments import DemoItem
from supervision.demo.files import Row
from supervision.demo.tasks import TASKS, DemoTask
from supervision.demo.units import Units, fitting

MONTHS = ("3-11", "", "4-6、9-10", "3-6", "", "9-11", "5-10", "")  # the items' plans in turn
TWICE = ("market-production", "market-drug", "ecology-discharge")  # key items, held in two batches
SPECIAL = {"fire-workshop": "special", "market-device": "superior"}
APPROVED = "演示专项〔{year}〕1号"


def plan_rows(units: Units, items: Sequence[DemoItem], year: int, known: date) -> list[Row]:
    """Return the register of plans (部门年度抽查计划): of each item that a task has, for all units of its tasks."""
    found: list[Row] = []
    for item in items:
        own = [task for task in TASKS if item.item_id in task.items]
        if not own:
            continue
        first = own[0]._replace(tags=_tags(own), types=(), batch=False)
        regime = "full" if item.ratio.startswith("100%") else _regime(own)
        task = fitting(units, first._replace(regime=regime, ratio="100%" if regime == "full" else _ratio(own)))
        if task is None:
            continue
        kind = SPECIAL.get(item.item_id, "routine")
        found.append(
            {
                "plan_id": f"JH{year % 100:02}-{item.item_id}",
                "year": year,
                "name": f"{item.name}（演示计划）",
                "department": item.department,
                "kind": kind,
                "items": item.item_id,
                "population": task.population,
                "regime": task.regime,
                "ratio": task.ratio,
                "months": MONTHS[len(found) % len(MONTHS)] or None,
                "batches": 2 if item.item_id in TWICE else 1,
                "approval": APPROVED.format(year=year) if kind == "special" else None,
                "approved_on": f"{year - 1}-12-10" if kind == "special" else None,
                "known_on": known.isoformat(),
            }
        )
    return found


def _tags(tasks: Collection[DemoTask]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for task in tasks for tag in task.tags))


def _regime(tasks: Sequence[DemoTask]) -> str:
    return "full" if all(task.regime == "full" for task in tasks) else "random"


def _ratio(tasks: Sequence[DemoTask]) -> str:
    """The ratio of the last task that draws; full coverage of a few is no ratio for all."""
    return next((task.ratio for task in reversed(tasks) if task.regime != "full"), "100%")
