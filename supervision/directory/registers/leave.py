"""Leave (请休假): days and half-days on which an inspector is not there."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import HALF, INSPECTOR_ID
from supervision.messages import Label

TITLE = Label("请休假", "Leave")
KEY = ("inspector_id", "from_date", "until_date", "half")
COLUMNS = (
    INSPECTOR_ID,
    Column(
        name="from_date",
        zh="开始日期",
        en="From",
        dtype="date",
        required=True,
        aliases=("起始日期", "不可用开始日期", "请假开始", "起"),
    ),
    Column(
        name="until_date",
        zh="结束日期",
        en="Until",
        dtype="date",
        endless=True,
        required=True,
        aliases=("截止日期", "不可用结束日期", "请假结束", "止"),
    ),
    HALF,
    Column(name="reason", zh="事由", en="Reason", aliases=("原由", "请假事由", "类型")),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "inspector_id": "0010",
    "from_date": "2026-12-07",
    "until_date": "2026-12-08",
    "half": "all",
    "reason": "培训",
}
