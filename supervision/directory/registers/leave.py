"""Leave (请休假): days and half-days on which an inspector is not there."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("请休假", "Leave")
KEY = ("inspector_id", "from_date", "until_date", "half")
COLUMNS = (
    Column(
        name="inspector_id",
        zh="单位工号",
        en="Inspector id",
        required=True,
        aliases=("工号", "人员编号", "执法人员编号"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="inspectors",
    ),
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
    Column(
        name="half",
        zh="时段",
        en="Half",
        dtype="code",
        aliases=("半天",),
        code_list="half",
        default="all",
        note=Label("全天、上午或下午；空白为全天", "all, am or pm; blank = all"),
    ),
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
