"""Recusals (回避关系): which inspector may not visit which unit, and on what ground."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import INSPECTOR_ID, UNIT_ID
from supervision.messages import Label

TITLE = Label("回避关系", "Recusals")
KEY = ("inspector_id", "unit_id")
COLUMNS = (
    INSPECTOR_ID,
    UNIT_ID,
    Column(name="ground", zh="回避事由", en="Ground", required=True, aliases=("事由", "回避原因")),
    Column(name="declared", zh="申报日期", en="Declared", dtype="date", aliases=("登记日期",)),
)
EXAMPLE = {
    "inspector_id": "0010",
    "unit_id": "91320505MA1EXAMP07",
    "ground": "relative",
    "declared": "2026-11-02",
}
