"""The published list of items (抽查事项清单): all that may be inspected, by whom, on which basis, how and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from supervision.canonical import canonical_json
from supervision.messages import Label, say
from supervision.notice.plan_table import Labels
from supervision.notice.public_content import require_columns
from supervision.notice.publisher import Publisher
from supervision.notice.site.languages import NO_NAMES
from supervision.notice.site.pages import render
from supervision.spreadsheet_text import open_csv

COLUMNS = {
    "item_id": Label("事项编号", "item id"),
    "name": Label("抽查事项", "item"),
    "department": Label("抽查主体", "department"),
    "kind": Label("事项类别", "kind"),
    "basis": Label("抽查依据", "basis"),
    "objects": Label("检查对象", "objects"),
    "content": Label("抽查内容", "what is looked at"),
    "method": Label("检查方式", "method"),
    "ratio": Label("抽查比例", "ratio"),
    "frequency": Label("抽查频次", "frequency"),
    "from_date": Label("实施日期", "from"),
    "until_date": Label("废止日期", "until"),
}


def item_list_rows(register: pd.DataFrame, labels: Labels) -> list[dict[str, str]]:
    """Return the list in public words (事项清单行), columns `COLUMNS`, all texts; by department, then by id.

    `register`: rows of the register `items`; codes become names, days ISO dates, nothing an empty text.
    """
    require_columns(register, list(COLUMNS), "items")
    rows = register.sort_values(["department", "item_id"], kind="stable").to_dict("records")
    return [_row({str(name): value for name, value in row.items()}, labels) for row in rows]


def _row(row: dict[str, Any], labels: Labels) -> dict[str, str]:
    told = {name: "" if pd.isna(row[name]) else str(row[name]) for name in COLUMNS}
    days = {name: told[name][:10] for name in ("from_date", "until_date")}
    return told | days | {
        "department": labels.label("department", told["department"], "zh"),
        "kind": say(f"notice.kind.{told['kind']}"),
        "method": "、".join(labels.label("method", code, "zh") for code in told["method"].split()),
    }  # fmt: skip


def item_list_files(
    city: str,
    rows: Sequence[dict[str, str]],
    english: Mapping[str, str] = NO_NAMES,
    *,
    publisher: Publisher | None = None,
) -> dict[str, bytes]:
    """Return the files of the list (事项清单文件): items.html, items.csv, items.json; `english`: names of codes."""
    departments: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        departments.setdefault(row["department"], []).append(row)
    told = {"city": city, "publisher": publisher, "english": english}
    return {
        "items.html": render("items", {**told, "departments": departments, "count": len(rows)}),
        "items.csv": open_csv(list(COLUMNS), ([row[name] for name in COLUMNS] for row in rows)),
        "items.json": canonical_json({"city": city, "items": list(rows)}),
    }
