"""Tasks (抽查任务): which items, of which units, how many, between which days."""

from supervision.directory import forms
from supervision.directory.register import WITHDRAWN, Column
from supervision.directory.shared_columns import BY_REGION, GROUP, POPULATION, REGIME, RESERVE, TASK_ITEMS, TASK_NAME
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
    TASK_NAME,
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
    TASK_ITEMS,
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
        name="until_date",
        zh="结束日期",
        en="Until",
        dtype="date",
        endless=True,
        required=True,
        aliases=("检查结束日期", "截止日期"),
    ),
    POPULATION,
    REGIME,
    Column(
        name="ratio",
        zh="抽查比例",
        en="Ratio",
        dtype="allocation",
        required=True,
        aliases=("抽查比例/数量", "抽查数量", "比例"),
        note=Label("如 A=1%;B=5%;C=20%;D=60%、3% 或 n=500", "such as A=1%;B=5%;C=20%;D=60%, 3% or n=500"),
    ),
    BY_REGION,
    RESERVE,
    GROUP,
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
    Column(
        name="level",
        zh="层级",
        en="Level",
        dtype="code",
        aliases=("组织层级", "抽查层级"),
        code_list="agency_level",
        note=Label("组织本任务的层级；事项的年度比例按层级分别计算", "of the government that holds the task"),
    ),
    Column(
        name="control_of",
        zh="对照的任务",
        en="Control of",
        aliases=("对照任务", "非现场对照"),
        pattern=r"[A-Za-z0-9._-]{1,35}",
        form=Label("任务编号", "a task's id"),
        note=Label(
            "本任务为哪个非现场任务作实地对照：同一对象范围、机会均等、同轮抽取；空白为不是对照",
            "the off-site task that this one is the on-site control of: the same population, equal chances, the same "
            "round; blank = none",
        ),
    ),
    Column(name="cause", zh="立项原因", en="Cause", aliases=("事由", "任务来源", "原因")),
    WITHDRAWN,
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
