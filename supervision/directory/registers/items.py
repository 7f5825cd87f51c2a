"""Items (随机抽查事项清单): the published list; what is not on it cannot be inspected."""

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

TITLE = Label("随机抽查事项清单", "List of items")
KEY = ("item_id",)
COLUMNS = (
    Column(
        name="item_id",
        zh="事项编号",
        en="Item id",
        required=True,
        aliases=("编号", "事项编码", "抽查事项编号", "item_code"),
        pattern=forms.ID_PATTERN,
        form=forms.ID_FORM,
    ),
    Column(name="name", zh="抽查事项", en="Name", required=True, aliases=("抽查事项名称", "抽查子项", "事项名称")),
    Column(
        name="department",
        zh="抽查主体",
        en="Department",
        dtype="code",
        required=True,
        aliases=("检查主体", "部门", "职能部门", "检查部门"),
        code_list="department",
    ),
    Column(
        name="kind",
        zh="事项类别",
        en="Kind",
        dtype="code",
        required=True,
        aliases=("事项类型",),
        code_list="item_kind",
    ),
    Column(name="basis", zh="抽查依据", en="Basis", required=True, aliases=("检查依据", "法律依据", "legal_basis")),
    Column(name="objects", zh="检查对象", en="Objects", aliases=("抽查对象", "抽查对象范围")),
    Column(
        name="ratio",
        zh="抽查比例",
        en="Ratio",
        dtype="ratio",
        required=True,
        aliases=("抽查比例及频次", "比例"),
        note=Label("如 不低于5%、不高于10%、100%", "such as >=5%, 不高于10%, 100%"),
    ),
    Column(name="frequency", zh="抽查频次", en="Frequency", aliases=("频次", "检查频次")),
    Column(
        name="method",
        zh="检查方式",
        en="Method",
        dtype="list",
        required=True,
        aliases=("抽查方式", "核查方式"),
        code_list="method",
    ),
    Column(
        name="half_days",
        zh="半天数",
        en="Half-days",
        dtype="integer",
        required=True,
        low=1,
        high=2,
        aliases=("所需半天", "检查时长"),
        note=Label("一次检查用几个半天，1 或 2", "half-days of one visit, 1 or 2"),
    ),
    Column(
        name="inspectors",
        zh="检查人员数",
        en="Inspectors",
        dtype="integer",
        required=True,
        low=1,
        high=99,
        aliases=("检查人员要求", "检查人数", "inspector_req"),
    ),
    Column(name="content", zh="抽查内容", en="Content", aliases=("检查内容",)),
    Column(name="from_date", zh="实施日期", en="From", dtype="date", required=True, aliases=("生效日期", "起始日期")),
    Column(
        name="until_date",
        zh="废止日期",
        en="Until",
        dtype="date",
        endless=True,
        aliases=("失效日期", "截止日期", "有效期至"),
    ),
    Column(name="note", zh="备注", en="Note", aliases=("说明",)),
)
SPANS = (("from_date", "until_date"),)
EXAMPLE = {
    "item_id": "market-001",
    "name": "登记事项检查",
    "department": "market",
    "kind": "general",
    "basis": "《企业信息公示暂行条例》第十四条",
    "ratio": "不低于3%",
    "method": "on_site",
    "half_days": "1",
    "inspectors": "2",
    "from_date": "2026-01-01",
}
