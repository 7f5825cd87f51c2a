"""Check-ins (扫码登记): which entry code was scanned where and when, or that somebody came without one."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("扫码登记", "Check-ins")
KEY = ("unit_id", "scanned_on", "scanned_at", "code")
COLUMNS = (
    ANY_UNIT_ID,
    Column(
        name="code",
        zh="入企码编号",
        en="Code",
        aliases=("入企码", "入企码摘要"),
        pattern=r"[0-9a-f]{16}",
        form=Label("16 位十六进制数，印在入企码旁", "sixteen hexadecimal digits, printed beside the code"),
        note=Label("空白为来人没有入企码", "blank = who came had no code"),
    ),
    Column(
        name="scanned_on", zh="扫码日期", en="Scanned on", dtype="date", required=True, aliases=("登记日期", "日期")
    ),
    Column(
        name="scanned_at",
        zh="扫码时间",
        en="Scanned at",
        required=True,
        aliases=("登记时间", "时间"),
        pattern=r"([01][0-9]|2[0-3]):[0-5][0-9]",
        form=Label("形如 09:05", "like 09:05"),
    ),
    Column(name="place", zh="扫码地点", en="Place", aliases=("地点",)),
    Column(name="note", zh="备注", en="Note", aliases=("说明",)),
)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "code": "0f1e2d3c4b5a6978",
    "scanned_on": "2026-12-03",
    "scanned_at": "09:05",
    "place": "前台",
}
