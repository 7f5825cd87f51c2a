"""Public notice of a year's plan (年度抽查计划公告): a page and its table, never a ratio of a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supervision.canonical import canonical_json, csv_bytes
from supervision.domain.items import Item
from supervision.domain.plans import DepartmentPlan, months_text
from supervision.messages import say
from supervision.notice.plan_table import Labels, population_words, ratio_words
from supervision.notice.publisher import Publisher
from supervision.notice.site.languages import NO_NAMES
from supervision.notice.site.pages import render

COLUMNS = ("name", "kind", "lead", "partners", "items", "population", "regime", "ratio", "months")


def annual_rows(
    tasks: Sequence[Sequence[DepartmentPlan]],
    beside: Mapping[str, Sequence[str]],
    months: Mapping[str, Sequence[int]],
    items: Mapping[str, Item],
    labels: Labels,
) -> list[dict[str, str]]:
    """Return one row a task (公告表), columns `COLUMNS`, all texts, in the order of their months.

    Of each task the lead's plan comes first; `beside`: its id → departments that come along in the same months, with
    the task or with one of their own.
    """
    rows = []
    for own in sorted(tasks, key=lambda own: (tuple(months[own[0].plan_id]), beside[own[0].plan_id])):
        lead = own[0]
        partners = [code for code in beside[lead.plan_id] if code != lead.department]
        names = [items[i].name for i in sorted({item for plan in own for item in plan.items})]
        rows.append(
            {
                "name": lead.name,
                "kind": labels.label("inspection_kind", lead.kind, "zh"),
                "lead": labels.label("department", lead.department, "zh"),
                "partners": "、".join(labels.label("department", code, "zh") for code in partners),
                "items": "、".join(names),
                "population": population_words(lead.population, labels),
                "regime": say(f"notice.regime.{lead.regime}"),
                "ratio": ratio_words(lead.ratio),
                "months": say("notice.annual.months", months=months_text(months[lead.plan_id])),
            }
        )
    return rows


def annual_files(
    city: str,
    year: int,
    rows: Sequence[Mapping[str, str]],
    approved: Mapping[str, object],
    *,
    on: str,
    last: str,
    english: Mapping[str, str] = NO_NAMES,
    publisher: Publisher | None = None,
) -> dict[str, bytes]:
    """Return the files of the notice (公告文件): index.html, plan.csv, plan.json.

    `last`: the rule's day; `english`: names of codes; `publisher`: who stands in the masthead.
    """
    shown = {name: approved[name] for name in ("by", "on", "number", "filed_with", "filed_on")}
    page = {"city": city, "year": year, "rows": rows, "columns": COLUMNS, "approved": shown}
    told = {"published_on": on, "last": last, "late": on > last, "english": english, "publisher": publisher}
    body = {"city": city, "year": year, "approved": shown, "tasks": list(rows), "published_on": on, "due": last}
    return {
        "index.html": render("annual", {**page, **told}),
        "plan.csv": csv_bytes(COLUMNS, [[row[name] for name in COLUMNS] for row in rows]),
        "plan.json": canonical_json(body),
    }
