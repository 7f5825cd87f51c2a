"""Columns that several registers share (共用列): one definition, so that a header is known in each of them alike."""

from __future__ import annotations

from dataclasses import replace

from supervision.directory import forms
from supervision.directory.register import Column
from supervision.messages import Label

UNIT_ID = Column(
    name="unit_id",
    zh="统一社会信用代码",
    en="Unit id",
    dtype="unit_id",
    required=True,
    aliases=("统一社会信用代码/注册号", "统一代码/注册号", "信用代码", "uscc"),
    link="entities",
)
ANY_UNIT_ID = replace(UNIT_ID, link=None)  # of a unit that need not be in the register
INSPECTOR_ID = Column(
    name="inspector_id",
    zh="单位工号",
    en="Inspector id",
    required=True,
    aliases=("工号", "人员编号", "执法人员编号"),
    pattern=forms.ID_PATTERN,
    form=forms.ID_FORM,
    link="inspectors",
)
HALF = Column(
    name="half",
    zh="时段",
    en="Half",
    dtype="code",
    aliases=("半天",),
    code_list="half",
    default="all",
    note=Label("全天、上午或下午；空白为全天", "all, am or pm; blank = all"),
)
TASK_NAME = Column(name="name", zh="抽查任务名称", en="Name", required=True, aliases=("任务名称", "年度计划名称"))
TASK_ITEMS = Column(
    name="items",
    zh="抽查事项",
    en="Items",
    dtype="list",
    required=True,
    aliases=("抽查事项编号", "事项编号", "item ids"),
    pattern=forms.ID_PATTERN,
    form=forms.ID_FORM,
    link="items",
)
POPULATION = Column(
    name="population",
    zh="抽查对象范围",
    en="Population",
    dtype="population",
    required=True,
    aliases=("检查对象范围", "抽查对象"),
    note=Label("如 type=企业;region=320505；* 为全部", "such as type=企业;region=320505; * for everyone"),
)
REGIME = Column(
    name="regime",
    zh="抽查方式",
    en="Regime",
    dtype="code",
    required=True,
    aliases=("监管方式", "抽取方式"),
    code_list="regime",
)
BY_REGION = Column(name="by_region", zh="分区抽取", en="By region", dtype="boolean", aliases=("按区抽取", "是否分区"))
RESERVE = Column(
    name="reserve",
    zh="备选比例",
    en="Reserve",
    dtype="allocation",
    aliases=("备选", "备选数量"),
    note=Label("如 20% 或 n=5；空白用规则", "such as 20% or n=5; blank = the rule's"),
)
GROUP = Column(
    name="group",
    zh="签号组",
    en="Group",
    aliases=("任务组",),
    pattern=forms.ID_PATTERN,
    form=forms.ID_FORM,
    note=Label("空白为联合组；own 为本任务单独一组", "blank = joint; own = this task alone"),
)


def step_columns(number: Label, *, name: str, alias: str, opening: str, actions: str) -> tuple[Column, Column, Column]:
    """Return the first columns of a journal of steps (台账编号、步骤、处置环节): number, step, action."""
    return (
        Column(
            name=name,
            zh=number.zh,
            en=number.en,
            required=True,
            aliases=(alias,),
            pattern=forms.ID_PATTERN,
            form=forms.ID_FORM,
        ),
        Column(
            name="step",
            zh="步骤序号",
            en="Step",
            required=True,
            pattern=r"[0-9]{2}",
            form=Label(f"两位数字，{opening}为 00", "two digits, 00 = opened"),
            note=Label(
                f"{opening}为 00，其后依次加一；只增不改", "00 = opened, then one by one; never changed afterwards"
            ),
        ),
        Column(
            name="action",
            zh="处置步骤",
            en="Action",
            dtype="code",
            required=True,
            aliases=("步骤", "处置环节"),
            code_list=actions,
        ),
    )


def step_text(*, opening: str) -> Column:
    """Return the column of what is to be done or was done in a step (处置内容)."""
    return Column(
        name="text",
        zh="处置内容",
        en="What is to be done or was done",
        required=True,
        aliases=("处置要求", "处置情况", "内容"),
        note=Label(f"{opening}：要做什么；其后：做了什么", "opened: what is to be done; later: what was done"),
    )


STEP_BY = Column(name="by", zh="经办人", en="By", required=True, aliases=("办理人", "操作人"))
