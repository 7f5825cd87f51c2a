"""Events (涉企信用记录): what became known about a unit, and when."""

from supervision.directory.register import CORRECTIONS, WITHDRAWN, Column
from supervision.directory.shared_columns import ANY_UNIT_ID
from supervision.messages import Label

TITLE = Label("涉企信用记录", "Credit events")
KEY = ("unit_id", "kind", "happened", "event_no")
COLUMNS = (
    ANY_UNIT_ID,
    Column(
        name="kind",
        zh="类型",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("记录类型", "事件类型", "类别"),
        code_list="event_kind",
    ),
    Column(
        name="happened", zh="日期", en="Happened", dtype="date", required=True, aliases=("发生日期", "事件日期", "date")
    ),
    Column(name="event_no", zh="记录编号", en="Event number", aliases=("文书号", "决定书文号", "编号")),
    Column(
        name="severity",
        zh="程度",
        en="Severity",
        dtype="integer",
        low=0,
        high=3,
        aliases=("严重程度", "等级"),
        note=Label("0 至 3", "0 to 3"),
    ),
    Column(
        name="amount",
        zh="金额",
        en="Amount",
        dtype="number",
        low=0,
        aliases=("金额（元）", "金额（万元）", "罚款金额", "罚款金额（元）", "罚款金额（万元）", "罚没金额"),
        note=Label("元", "in yuan"),
        unit="元",
    ),
    Column(name="source", zh="来源", en="Source", aliases=("信息来源", "数据来源")),
    Column(
        name="until",
        zh="影响期至",
        en="Until",
        dtype="date",
        aliases=("有效期至", "公示期至", "截止日期"),
        endless=True,
    ),
    Column(name="result", zh="结果", en="Result", aliases=("处理结果",)),
    *CORRECTIONS,
    WITHDRAWN,
    Column(
        name="repaired_no",
        zh="所修复记录编号",
        en="Number of the repaired record",
        aliases=("修复的记录", "被修复记录编号", "修复对象文书号", "原记录编号"),
        note=Label(
            "信用修复必填：所修复记录的“记录编号”；自修复之日起该记录不再使用",
            "for a repair: the event number of the record that it ends, which is not used from that day",
        ),
    ),
)
REQUIRED_WHEN = (("kind", "repair", "repaired_no"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "kind": "penalty",
    "happened": "2026-05-18",
    "event_no": "苏市监罚〔2026〕18号",
    "severity": "1",
    "amount": "5000",
    "source": "市场监管",
}
