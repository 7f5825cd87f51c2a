"""Calendar (日历): announced working days, holidays and quiet days that add to the shipped years."""

from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("日历", "Calendar")
KEY = ("date", "region")
COLUMNS = (
    Column(name="date", zh="日期", en="Date", dtype="date", required=True),
    Column(
        name="kind",
        zh="日期类型",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("类型",),
        code_list="day_kind",
    ),
    Column(
        name="region",
        zh="适用区域",
        en="Region",
        dtype="code",
        aliases=("行政区划代码", "地区"),
        code_list="region",
        note=Label("空白为全市", "blank = everywhere"),
    ),
    Column(name="basis", zh="依据", en="Basis", required=True, aliases=("文件依据", "通知文号")),
)
EXAMPLE = {
    "date": "2027-01-01",
    "kind": "holiday",
    "basis": "国务院办公厅关于节假日安排的通知",
}
