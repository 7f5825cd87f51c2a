"""Calendar (日历): a year's notice of rest days and make-up days, and quiet days, beside the shipped years."""

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
        name="name",
        zh="节日名称",
        en="Holiday",
        aliases=("节日", "节假日名称", "holiday name"),
        note=Label(
            "休息日和调休上班日所属的节日，如 春节；合并放假的写 国庆节、中秋节。一年的全部安排须一次导入",
            "the holiday of a rest day or make-up day; a year's whole arrangement is imported at once",
        ),
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
    Column(name="basis", zh="依据", en="Basis", aliases=("文件依据", "通知文号")),
)
EXAMPLE = {
    "date": "2027-01-01",
    "kind": "holiday",
    "name": "元旦",
    "basis": "国务院办公厅关于节假日安排的通知",
}
