"""Small years: plans, cells and items made by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from supervision.annual.demand import Demand
from supervision.domain.items import Item
from supervision.domain.plans import DepartmentPlan


def plan(plan_id: str, department: str = "market", **more: object) -> DepartmentPlan:
    """A plan of one item of its department."""
    given: dict[str, object] = {
        "plan_id": plan_id,
        "year": 2026,
        "name": plan_id,
        "department": department,
        "items": (f"{department}-1",),
        "population": "*",
        "regime": "random",
        "ratio": "10%",
    }
    return DepartmentPlan(**(given | more))  # type: ignore[arg-type]


def item(item_id: str, **more: object) -> Item:
    """An item of the department that its id begins with."""
    given: dict[str, object] = {
        "item_id": item_id,
        "name": item_id,
        "department": item_id.partition("-")[0],
        "kind": "key",
        "basis": "-",
        "ratio": "根据实际情况确定",
        "half_days": 1,
        "inspectors": 2,
    }
    return Item(**(given | more))  # type: ignore[arg-type]


def demand(plans: Sequence[DepartmentPlan], cells: Sequence[tuple[int, Sequence[float]]]) -> Demand:
    """Cells of one class in one district: units and the chance of each plan."""
    many = len(cells)
    return Demand(
        plans=tuple(plans),
        chance=np.array([row for _, row in cells], dtype=np.float64).reshape(many, len(plans)),
        units=np.array([units for units, _ in cells], dtype=np.int64),
        region=np.zeros(many, dtype=np.int64),
        regions=("320505",),
        risk_class=np.zeros(many, dtype=np.int64),
        classes=("A",),
        cell=np.repeat(np.arange(many), [units for units, _ in cells]),
    )
