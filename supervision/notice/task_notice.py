"""Notice of a task (抽查任务公告): a page with its number that says what is inspected, of whom, when, by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from supervision.domain.items import Item, Task
from supervision.notice.plan_table import Labels, item_rows
from supervision.notice.public_content import Content
from supervision.notice.site.data import records
from supervision.notice.site.pages import PAGES, render


def notice_name(task_id: str) -> str:
    """Return the file name of a task's notice (任务公告文件名)."""
    return f"task-{task_id}.html"


def task_notices(
    content: Content, tasks: Sequence[Task], items: Mapping[str, Item], labels: Labels
) -> dict[str, bytes]:
    """Return the notices of a round's tasks (各任务公告): file name → page.

    `tasks` are those of the content's plan; what a notice says of them is the row of the plan and their public items.
    """
    plan = {row["task_id"]: row for row in records(content.plan)}
    shared = {
        "heading": content.heading,
        "pages": PAGES,
        "page": "plan",
        "abandoned": content.read.get("abandoned.json"),
        "abandoned_rosters": [],
        "english": content.english,
        "committed_at": content.read["commitment.json"]["committed_at"],
    }
    return {
        notice_name(task.task_id): render(
            "task_notice",
            {**shared, "task": plan[task.task_id], "items": records(item_rows([task], items, labels))},
        )
        for task in tasks
    }
