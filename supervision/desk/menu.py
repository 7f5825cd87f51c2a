"""The menu (菜单): the pages that a person's roles open."""

from __future__ import annotations

from flask import request, url_for

from supervision.desk.roles import own_acts
from supervision.desk.words import t

# endpoint, act, Chinese, English
ENTRIES = (
    ("home.page", "see", "待办", "To do"),
    ("visits.start", "visits", "检查", "Visits"),
    ("rounds.all_rounds", "rounds", "轮次", "Rounds"),
    ("registers.all_registers", "registers", "登记表", "Registers"),
    ("review.queue", "review", "待审核", "To review"),
    ("audit.page", "log", "核验", "Verify"),
    ("logs.page", "log", "日志", "Log"),
    ("reports.page", "reports", "报告", "Reports"),
    ("rulebook.rules", "rounds", "规则", "Rules"),
    ("jobs.all_jobs", "rounds", "任务", "Jobs"),
)
# pages that have no entry of their own → those whose entry leads to them
UNDER = {
    **dict.fromkeys(("due", "entry", "ledger"), "visits"),
    **dict.fromkeys(("board", "ceremony", "preparing", "publication", "replan"), "rounds"),
    "mappings": "registers",
}


def menu() -> list[tuple[bool, str, str]]:
    """Return the entries for who asks (菜单项): whether the page belongs to it, address, words."""
    allowed, here = own_acts(), request.blueprint or ""
    return [
        (endpoint.partition(".")[0] == UNDER.get(here, here), url_for(endpoint), t(zh, en))
        for endpoint, act, zh, en in ENTRIES
        if act in allowed
    ]
