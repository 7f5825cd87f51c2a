"""The menu (菜单): the pages that a person's roles open."""

from __future__ import annotations

from flask import url_for

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


def menu() -> list[tuple[str, str, str]]:
    """Return the entries for who asks (菜单项): endpoint, address, words."""
    allowed = own_acts()
    return [(endpoint, url_for(endpoint), t(zh, en)) for endpoint, act, zh, en in ENTRIES if act in allowed]
