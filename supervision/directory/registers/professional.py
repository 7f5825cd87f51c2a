"""Professional classes (专业领域风险类别): how a department itself classes a unit in its field, on its own scale."""

from supervision.directory.register import Column
from supervision.directory.shared_columns import UNIT_ID
from supervision.messages import Label

TITLE = Label("专业领域风险类别", "Professional risk classes")
KEY = ("unit_id", "field", "from_date")
COLUMNS = (
    UNIT_ID,
    Column(
        name="field",
        zh="行业、领域",
        en="Field",
        dtype="code",
        required=True,
        aliases=("领域", "专业领域", "行业领域"),
        code_list="credit_field",
    ),
    Column(
        name="class",
        zh="专业类别",
        en="Professional class",
        required=True,
        aliases=("风险等级", "信用等级", "评定等级", "分级结果", "专业分类等级"),
        note=Label(
            "按主管部门自己的等次填写，如 A、一级、绿牌；等次由该领域的规则规定",
            "on the department's own scale, such as A, 一级, 绿牌; the rule of the field says which there are",
        ),
    ),
    Column(name="from_date", zh="评定日期", en="From", dtype="date", required=True, aliases=("认定日期", "生效日期")),
    Column(
        name="until_date",
        zh="有效期至",
        en="Until",
        dtype="date",
        endless=True,
        aliases=("失效日期", "截止日期"),
    ),
    Column(
        name="source",
        zh="评定机关",
        en="Source",
        required=True,
        aliases=("来源", "认定机关", "评定部门"),
        note=Label("谁评定的，依据哪份文件", "who classed it, and by which document"),
    ),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "unit_id": "91320505MA1EXAMP07",
    "field": "food",
    "class": "B",
    "from_date": "2026-01-01",
    "until_date": "2026-12-31",
    "source": "市场监管局（食品生产经营风险分级）",
}
