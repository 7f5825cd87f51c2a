"""Tasks (抽查任务): which items, of which units, how many, between which days."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("抽查任务", "Tasks")
KEY = ("task_id",)
COLUMNS = (
    Column(
        name="task_id",
        zh="任务编号",
        en="Task id",
        required=True,
        aliases=("任务代码", "编号"),
        pattern=r"[A-Za-z0-9._-]{1,35}",
        form=Label("1–35 个字母、数字或 . _ -", "1–35 letters, digits or . _ -"),
    ),
    Column(name="number", zh="任务文号", en="Number", aliases=("文号", "任务号")),
    Column(name="name", zh="抽查任务名称", en="Name", required=True, aliases=("任务名称", "年度计划名称")),
    Column(
        name="round",
        zh="轮次",
        en="Round",
        required=True,
        aliases=("月份", "批次"),
        pattern=forms.ROUND_PATTERN,
        form=forms.ROUND_FORM,
        repairs=forms.ROUND_REPAIRS,
    ),
    Column(
        name="items",
        zh="抽查事项",
        en="Items",
        dtype="list",
        required=True,
        aliases=("抽查事项编号", "事项编号", "item ids"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        link="items",
    ),
    Column(
        name="lead",
        zh="牵头部门",
        en="Lead",
        dtype="code",
        required=True,
        aliases=("发起部门", "发起主体", "lead department"),
        code_list="department",
    ),
    Column(
        name="partners",
        zh="配合部门",
        en="Partners",
        dtype="list",
        aliases=("参检单位", "联查部门", "参与部门", "partner departments"),
        code_list="department",
    ),
    Column(
        name="from_date", zh="开始日期", en="From", dtype="date", required=True, aliases=("检查开始日期", "起始日期")
    ),
    Column(
        name="until_date", zh="结束日期", en="Until", dtype="date", required=True, aliases=("检查结束日期", "截止日期")
    ),
    Column(
        name="population",
        zh="抽查对象范围",
        en="Population",
        dtype="population",
        required=True,
        aliases=("检查对象范围", "抽查对象"),
        note=Label("如 type=企业;region=320505；* 为全部", "such as type=企业;region=320505; * for everyone"),
    ),
    Column(
        name="regime",
        zh="抽查方式",
        en="Regime",
        dtype="code",
        required=True,
        aliases=("监管方式", "抽取方式"),
        code_list="regime",
    ),
    Column(
        name="ratio",
        zh="抽查比例",
        en="Ratio",
        dtype="allocation",
        required=True,
        aliases=("抽查比例/数量", "抽查数量", "比例"),
        note=Label("如 A=1%;B=5%;C=20%;D=60%、3% 或 n=500", "such as A=1%;B=5%;C=20%;D=60%, 3% or n=500"),
    ),
    Column(name="by_region", zh="分区抽取", en="By region", dtype="boolean", aliases=("按区抽取", "是否分区")),
    Column(
        name="reserve",
        zh="备选比例",
        en="Reserve",
        dtype="allocation",
        aliases=("备选", "备选数量"),
        note=Label("如 20% 或 n=5；空白用规则", "such as 20% or n=5; blank = the rule's"),
    ),
    Column(
        name="group",
        zh="签号组",
        en="Group",
        aliases=("任务组",),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
        note=Label("空白为联合组；own 为本任务单独一组", "blank = joint; own = this task alone"),
    ),
    Column(
        name="access",
        zh="名单公开方式",
        en="Access",
        dtype="code",
        required=True,
        aliases=("名单公示与否", "名单密级"),
        code_list="access",
    ),
    Column(
        name="disclosure",
        zh="名单公开时间",
        en="Disclosure",
        dtype="code",
        required=True,
        aliases=("公开时间",),
        code_list="disclosure",
    ),
    Column(name="cause", zh="立项原因", en="Cause", aliases=("事由", "任务来源", "原因")),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "task_id": "T01",
    "number": "苏市监抽查〔2026〕1号",
    "name": "登记事项双随机抽查",
    "round": "2026-12",
    "items": "market-001",
    "lead": "market",
    "partners": "tax",
    "from_date": "2026-12-01",
    "until_date": "2026-12-31",
    "population": "type=企业",
    "regime": "random",
    "ratio": "A=1%;B=2%;C=10%;D=30%",
    "by_region": "是",
    "access": "sealed",
    "disclosure": "after_visit",
}
