"""Caps (频次上限): how often a year, and how far apart, a unit may be visited on site, and what is counted."""

from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("检查频次上限", "Frequency caps")
KEY = ("agency", "category", "from_date", "field", "risk_class", "kinds", "level", "counted_by")
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
        name="field",
        zh="领域",
        en="Field",
        dtype="list",
        aliases=("领域（标签）", "专项库", "行业领域"),
        note=Label("检查对象标签，空白为全部", "tags of units, blank = all"),
    ),
    Column(
        name="risk_class",
        zh="信用风险类别",
        en="Risk class",
        dtype="list",
        aliases=("信用类别", "风险类别"),
        pattern="[ABCD]",
        form=Label("A、B、C、D", "A, B, C, D"),
        note=Label("如 A，B；空白为全部", "such as A, B; blank = all"),
    ),
    Column(
        name="kinds",
        zh="计次的检查类型",
        en="Kinds counted",
        dtype="list",
        aliases=("计入的检查类型", "检查类型"),
        code_list="inspection_kind",
        note=Label(
            "如 日常，专项；空白按规则 shared/check_kind；只计现场检查",
            "such as routine, special; blank = as rule shared/check_kind says; only visits on site count",
        ),
    ),
    Column(
        name="level",
        zh="计次的层级",
        en="Levels counted",
        dtype="list",
        aliases=("检查层级", "层级"),
        code_list="agency_level",
        note=Label("空白为整个系统（各层级合计）", "blank = the whole system, all levels together"),
    ),
    Column(
        name="counted_by",
        zh="计次单位",
        en="Counted by",
        dtype="code",
        aliases=("按何计次",),
        code_list="cap_unit",
        default="unit",
        note=Label("按主体，或按经营场所", "the unit, or the place of business"),
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
