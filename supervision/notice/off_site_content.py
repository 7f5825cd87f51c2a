"""Off-site checks of an office (机构的非现场检查): what it checks without a visit, and its rows in the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.domain.items import Item, Task
from supervision.errors import SupervisionError

OFF_SITE_COLUMNS = ("name", "unit_id", "item", "method", "correct_by", "tasks", "visit_id", "item_id")


def no_off_site() -> pd.DataFrame:
    """Return the off-site duties of a round without any (无非现场检查)."""
    return pd.DataFrame(columns=["office", "task_ids", *OFF_SITE_COLUMNS], dtype="str")


def off_site_rows(
    duties: pd.DataFrame, names: Mapping[str, Any], items: Mapping[str, Item], tasks: Mapping[str, Task]
) -> list[dict[str, str]]:
    """Return what an office checks off site (非现场检查清单), `OFF_SITE_COLUMNS`, by the day of self-correction.

    `duties`: visit_id, unit_id, item_id, task_ids, correct_by, method in words; `names`: unit_id → name. An item that
    is not in `items` raises `notice.item_missing`.
    """
    rows = []
    for row in duties.sort_values(["correct_by", "unit_id", "item_id"]).to_dict("records"):
        if row["item_id"] not in items:
            raise SupervisionError("notice.item_missing", item_id=row["item_id"])
        name = names.get(row["unit_id"])
        rows.append(
            {
                **{one: str(row[one]) for one in ("unit_id", "method", "correct_by", "visit_id", "item_id")},
                "name": name if isinstance(name, str) else str(row["unit_id"]),
                "item": items[row["item_id"]].name,
                "tasks": "、".join(tasks[one].number or one for one in str(row["task_ids"]).split()),
            }
        )
    return rows


def off_site_forms(
    rows: Sequence[Mapping[str, str]], on_record: Mapping[tuple[str, str], Mapping[Any, Any]], *, agency: str
) -> list[dict[str, Any]]:
    """Return the rows of the form for off-site checks (非现场检查录入行): the method filled in, nobody's name.

    `on_record`: (visit_id, item_id) → what is on record, as the form shows it.
    """
    return [
        {**row, "date": row["correct_by"], **on_record.get((row["visit_id"], row["item_id"]), {}), "agency": agency}
        for row in rows
    ]
