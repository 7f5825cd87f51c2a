"""Exemptions (白名单、正面清单、观察期): units that a list treats otherwise, for how long, and on what basis."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import UNIT_ID
from supervision.messages import Label

TITLE = Label("白名单、正面清单与观察期", "Whitelists, positive lists and observation periods")
KEY = ("unit_id", "list", "scope")
COLUMNS = (
    UNIT_ID,
    Column(
        name="list",
        zh="清单",
        en="List",
        dtype="code",
        required=True,
        aliases=("清单名称", "名单"),
        code_list="exemption_list",
    ),
    Column(
        name="tier",
        zh="档次",
        en="Tier",
        dtype="code",
        required=True,
        aliases=("档位", "等次"),
        code_list="exemption_tier",
    ),
    Column(
        name="scope",
        zh="适用部门",
        en="Departments",
        dtype="list",
        aliases=("事项范围", "适用范围", "部门范围"),
        code_list="department",
        note=Label("空白为全部部门", "blank = all departments"),
    ),
    Column(name="from_date", zh="开始日期", en="From", dtype="date", required=True, aliases=("起始日期", "起")),
    Column(
        name="until_date",
        zh="结束日期",
        en="Until",
        dtype="date",
        endless=True,
        required=True,
        aliases=("截止日期", "止"),
    ),
    Column(name="basis", zh="依据", en="Basis", required=True, aliases=("列入依据", "文件依据")),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "list": "whitelist",
    "tier": "low_frequency",
    "scope": "market",
    "from_date": "2026-01-01",
    "until_date": "2026-12-31",
    "basis": "市场监管领域白名单（2026年第一批）",
}
