"""Events (涉企信用记录): what became known about a unit, and when."""

from supervision.directory import choices
from supervision.directory.register import Column

TITLE = ("涉企信用记录", "Credit events")
KEY = ("unit_id", "kind", "happened", "event_no")
COLUMNS = (
    Column(
        name="unit_id",
        zh="统一社会信用代码",
        en="Unit id",
        dtype="unit_id",
        required=True,
        aliases=("统一社会信用代码/注册号", "统一代码/注册号", "信用代码", "uscc"),
    ),
    Column(
        name="kind",
        zh="类型",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("记录类型", "事件类型", "类别"),
        choices=choices.writings(
            {
                "penalty": ("行政处罚", "处罚"),
                "abnormal": ("经营异常", "列入经营异常名录", "经营异常名录"),
                "dishonesty": ("严重违法失信", "严重违法失信名单", "严重违法"),
                "complaint": ("投诉举报", "投诉", "举报"),
                "annual_report": ("年报", "年度报告"),
                "licence": ("许可", "行政许可"),
                "court": ("司法失信", "失信被执行人", "司法"),
                "change": ("变更", "变更登记"),
                "opinion": ("舆情", "网络舆情"),
                "repair": ("信用修复", "修复"),
            }
        ),
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
        note=("0 至 3", "0 to 3"),
    ),
    Column(
        name="amount",
        zh="金额",
        en="Amount",
        dtype="number",
        aliases=("金额（元）", "罚款金额"),
        note=("元", "in yuan"),
        unit="元",
    ),
    Column(name="source", zh="来源", en="Source", aliases=("信息来源", "数据来源")),
    Column(name="until", zh="影响期至", en="Until", dtype="date", aliases=("有效期至", "公示期至", "截止日期")),
    Column(name="result", zh="结果", en="Result", aliases=("处理结果",)),
)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "kind": "penalty",
    "happened": "2026-05-18",
    "event_no": "苏市监罚〔2026〕18号",
    "severity": "1",
    "amount": "5000",
    "source": "市场监管",
}
