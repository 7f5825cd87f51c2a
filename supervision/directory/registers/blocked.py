"""Blocked days (检查对象不可检查日): days and half-days on which a unit cannot be visited, and on what ground."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import HALF, UNIT_ID
from supervision.messages import Label

TITLE = Label("检查对象不可检查日", "Days on which a unit cannot be visited")
KEY = ("unit_id", "from_date", "until_date", "half")
COLUMNS = (
    UNIT_ID,
    Column(
        name="from_date",
        zh="开始日期",
        en="From",
        dtype="date",
        required=True,
        aliases=("起始日期", "不可检查开始日期", "起"),
    ),
    Column(
        name="until_date",
        zh="结束日期",
        en="Until",
        dtype="date",
        required=True,
        aliases=("截止日期", "不可检查结束日期", "止"),
    ),
    HALF,
    Column(
        name="ground",
        zh="事由",
        en="Ground",
        required=True,
        aliases=("原因", "不可检查事由"),
        note=Label("如 停产检修、中高考考点", "such as a shutdown for repair, an examination site"),
    ),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "from_date": "2026-12-07",
    "until_date": "2026-12-08",
    "half": "all",
    "ground": "停产检修",
}
