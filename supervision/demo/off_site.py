"""Off-site checks of the synthetic month (演示月份的非现场检查): one item that needs no visit, and its on-site control.

They stand apart from the other items and tasks: no inspector is certified for a check on paper, and nobody was checked
so in the past two years.
"""

from __future__ import annotations

from supervision.demo.departments import GENERAL, LIMIT, NET, DemoItem
from supervision.demo.tasks import DemoTask
from supervision.demo.trades import DISCLOSURE

ITEMS = (DemoItem("market-report", "企业年度报告书面核查", GENERAL, "企业", LIMIT, NET, 1, "B"),)
TASKS = (
    DemoTask("T33-report", "企业年度报告非现场核查", ("market-report",), (DISCLOSURE,), "random", "3%", batch=False,
             types=("企业",)),
    DemoTask("T34-reportsite", "企业年度报告实地对照检查", ("market-disclosure",), (DISCLOSURE,), "random", "1%",
             batch=False, types=("企业",), control_of="T33-report"),
)  # fmt: skip
