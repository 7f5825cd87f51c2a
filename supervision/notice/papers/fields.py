"""Fields of papers (文书字段): what a template may name, by kind of paper, each with its meaning.

Their names are Chinese, as the people who write templates write them. A field with entries of its own is a list.
"""

from __future__ import annotations

from collections.abc import Mapping

from supervision.messages import Label

Fields = Mapping[str, Label | Mapping[str, Label]]

ITEM: Mapping[str, Label] = {
    "序号": Label("从 1 起", "from 1"),
    "名称": Label("抽查事项名称", "name of the item"),
    "类别": Label("一般或重点检查事项", "general or key item"),
    "要点": Label("抽查内容", "what is looked at"),
    "依据": Label("抽查依据", "basis"),
    "方式": Label("检查方式，以、隔开", "ways to inspect"),
}
EVERY: Mapping[str, Label] = {
    "城市": Label("本市名称", "the city"),
    "轮次": Label("如 2026-12", "the round"),
    "演练": Label("演练标记；正式轮次为空", "mark of a rehearsal; empty in a real round"),
}
VISIT: Fields = {
    **EVERY,
    "检查机关": Label("本机构名称", "this office"),
    "检查编号": Label("本次入企的编号", "the visit's id"),
    "企业名称": Label("被检查单位", "the unit"),
    "统一社会信用代码": Label("或原注册号", "its id"),
    "法定代表人": Label("或负责人", "its legal representative"),
    "地址": Label("住所（经营场所）", "its address"),
    "街道": Label("所在街道", "its street"),
    "联络人": Label("企业联络人", "its contact"),
    "联系方式": Label("企业联系电话", "its phone"),
    "检查日期": Label("如 2026年12月3日", "the first day"),
    "时段": Label("上午、下午、全天", "part of the day"),
    "钟点": Label("如 09:00–12:00", "hours"),
    "检查人员": Label("本机构检查人员姓名", "this office's inspectors"),
    "执法证": Label("本机构检查人员及执法证号", "inspectors with their certificates"),
    "同行机构": Label("同次入企的其他机构及其人员", "other offices of the visit, with people"),
    "牵头机构": Label("联合检查的牵头机构", "who leads a joint visit"),
    "任务编号": Label("抽查任务编号", "number of the task"),
    "任务名称": Label("抽查任务名称或事由", "name or cause of the task"),
    "检查频次": Label("本年已用和剩余次数，含本次", "visits used and left in the year"),
    "历次发现问题": Label("以往检查发现的问题", "what earlier inspections found"),
    "检查依据": Label("各事项依据", "basis of all items"),
    "事项名称": Label("各事项名称，以、隔开", "names of all items"),
    "公示期限": Label("公示结果的工作日数", "working days until publication"),
    "评价码": Label("一次一评的匿名评价码", "code by which the visit is rated"),
    "结果选项": Label("检查结果可选项", "results to choose from"),
    "处置选项": Label("后续处置可选项", "follow-ups to choose from"),
    "入企码": Label("入企码二维码", "the visit's signed QR code"),
    "入企码编号": Label("入企码编号", "the code's number"),
    "入企码文字": Label("入企码全文，可录入核验页", "the code's text, to be typed"),
    "事项": ITEM,
}
DAY: Fields = {
    **EVERY,
    "检查机关": Label("本机构名称", "this office"),
    "检查日期": Label("如 2026年12月3日", "the day"),
    "户数": Label("当日入企次数", "visits of the day"),
    "入企": {
        "序号": Label("从 1 起", "from 1"),
        **{name: label for name, label in VISIT.items() if isinstance(label, Label)},
    },
}
TASK: Fields = {
    **EVERY,
    "任务编号": Label("抽查任务编号", "number of the task"),
    "任务名称": Label("抽查任务名称", "name of the task"),
    "牵头部门": Label("发起部门", "the department that leads"),
    "配合部门": Label("参与部门", "departments that come along"),
    "对象范围": Label("抽查对象范围", "the population"),
    "抽查方式": Label("随机、全覆盖等", "the regime"),
    "抽查比例": Label("比例或户数，不含分类差异", "ratio or number, never by class"),
    "对象总数": Label("抽查对象总数", "units in the frame"),
    "抽取户数": Label("抽取的户数", "units drawn"),
    "开始日期": Label("如 2026年12月1日", "first day"),
    "结束日期": Label("如 2026年12月31日", "last day"),
    "公示期限": Label("公示结果的工作日数", "working days until publication"),
    "事项": ITEM,
}
KINDS: Mapping[str, Fields] = {"visit": VISIT, "day": DAY, "task": TASK}


def empty_values(kind: str) -> dict[str, object]:
    """Return values with nothing in any field (空值): the other thing that a template is tried on."""
    return {name: "" if isinstance(label, Label) else [] for name, label in KINDS[kind].items()}


def sample_values(kind: str) -> dict[str, object]:
    """Return values with something in every field (试填值): what a template is tried on before anything is printed."""
    return {
        name: label.zh if isinstance(label, Label) else [{part: said.zh for part, said in label.items()}]
        for name, label in KINDS[kind].items()
    }
