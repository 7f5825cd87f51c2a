"""Rows of the register plans as nouns (计划登记行转为名词)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from supervision.domain.plans import ALL_MONTHS, DepartmentPlan, parse_months


def plans(register: pd.DataFrame, *, year: int) -> tuple[DepartmentPlan, ...]:
    """Return the departments' plans of a year (本年度部门计划), sorted by plan_id."""
    rows = register[register["year"] == year].to_dict("records")
    return tuple(sorted((_plan(row) for row in rows), key=lambda plan: plan.plan_id.encode()))


def _plan(row: Mapping[Any, Any]) -> DepartmentPlan:
    months = row["months"]
    return DepartmentPlan(
        plan_id=row["plan_id"],
        year=int(row["year"]),
        name=row["name"],
        department=row["department"],
        items=tuple(sorted(row["items"].split())),
        population=row["population"],
        regime=row["regime"],
        ratio=row["ratio"],
        months=parse_months(months) if _text(months) else ALL_MONTHS,
        batches=1 if pd.isna(row["batches"]) else int(row["batches"]),
        kind=_text(row["kind"]) or "routine",
        by_region=bool(row["by_region"] is not pd.NA and row["by_region"]),
        reserve=_text(row["reserve"]),
        group=_text(row["group"]) or "joint",
        access=_text(row["access"]) or "sealed",
        disclosure=_text(row["disclosure"]) or "after_visit",
        level=_text(row["level"]),
        approval=_text(row["approval"]),
        approved_on=None if pd.isna(row["approved_on"]) else row["approved_on"].date(),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
