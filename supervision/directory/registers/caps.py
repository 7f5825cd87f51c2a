"""Caps (频次上限): how often a year, and how far apart, a unit may be visited."""

from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("检查频次上限", "Frequency caps")
KEY = ("agency", "category", "from_date")
COLUMNS = (
    Column(
        name="agency",
        zh="检查机关",
        en="Agency",
        dtype="code",
        required=True,
        aliases=("检查部门", "领域", "检查机关/领域", "department"),
        code_list="department",
        everything=True,
        note=Label("* 为全部机关合计", "* = all agencies together"),
    ),
    Column(
        name="category",
        zh="企业类别",
        en="Category",
        dtype="code",
        required=True,
        aliases=("主体类别", "类别"),
        code_list="entity_type",
        everything=True,
        note=Label("主体类别，* 为全部", "a type of unit, * = all"),
    ),
    Column(
        name="per_year",
        zh="年度上限",
        en="Per year",
        dtype="integer",
        required=True,
        low=0,
        aliases=("每年上限", "上限"),
    ),
    Column(
        name="min_interval_days",
        zh="最小间隔天数",
        en="Least days between",
        dtype="integer",
        low=0,
        aliases=("间隔天数", "最小间隔"),
    ),
    Column(name="from_date", zh="实施日期", en="From", dtype="date", required=True, aliases=("开始日期", "生效日期")),
    Column(name="until_date", zh="废止日期", en="Until", dtype="date", endless=True, aliases=("结束日期", "截止日期")),
    Column(name="basis", zh="依据", en="Basis", required=True, aliases=("文件依据",)),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "agency": "market",
    "category": "*",
    "per_year": "1",
    "min_interval_days": "90",
    "from_date": "2026-01-01",
    "basis": "公布的年度检查频次上限",
}
