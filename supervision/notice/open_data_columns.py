"""Columns of the open data (公开数据字典): name, type and meaning of each; another list is another schema version."""

from __future__ import annotations

from typing import NamedTuple

from supervision.messages import Label


class Field(NamedTuple):
    """A column (列): its name, its type (text, integer, date, time, percent, yes/no) and what it means."""

    name: str
    type: str
    meaning: Label


def _field(name: str, type: str, zh: str, en: str) -> Field:
    return Field(name, type, Label(zh, en))


def _text(name: str, zh: str, en: str) -> Field:
    return _field(name, "text", zh, en)


def _count(name: str, zh: str, en: str) -> Field:
    return _field(name, "integer", zh, en)


HEAD = (
    _text("round", "轮次", "round"),
    _field("rehearsal", "yes/no", "是否演练；演练没有任何效力", "a rehearsal, of no effect"),
)
UNIT = (
    _text("unit_id", "统一社会信用代码或注册号", "unified social credit code or registration number"),
    _text("name", "检查对象名称", "name of the unit"),
)
BOUNDS = (
    _field("low", "percent", "95% 区间下限", "lower bound of the 95% interval"),
    _field("high", "percent", "95% 区间上限", "upper bound of the 95% interval"),
)
COLUMNS: dict[str, tuple[Field, ...]] = {
    "rounds": (
        *HEAD,
        _text("month", "所属月份", "month"),
        _text("stage", "进度：committed 已承诺、abandoned 已放弃、drawn 已抽取、planned 已排日程、matched 已抽人员、"
              "results 已有结果", "stage: committed, abandoned, drawn, planned, matched, results"),
        _field("committed_at", "time", "承诺时间（北京时间）", "time of the commitment, Beijing"),
        _count("tasks", "抽查任务数", "tasks"),
        _count("units", "抽样框户次", "units in the frames, once a task"),
        _count("sample", "抽取户次", "units to be drawn, once a task"),
        _count("drawn", "抽中户数；尚未抽取为空", "units drawn; blank before the draw"),
        _count("visits", "入企次数", "visits"),
        _count("office_visits", "各机构单独入企时的次数", "visits if each office went alone"),
        _count("joint", "其中部门联合的次数", "of them joint visits"),
        _count("unheld", "未能排定的项数", "duties that could not be held"),
        _count("inspectors", "参加检查人数", "inspectors sent"),
        _count("results", "已公示结果项数", "results on display"),
        _count("expired", "公示期满而停止公示的项数", "results whose term of display is over"),
        _count("repaired", "信用修复而停止公示的项数", "results taken off after credit repair"),
    ),
    "tasks": (
        *HEAD,
        _text("task_id", "任务编号", "task id"),
        _text("number", "任务文号", "number of its document"),
        _text("name", "任务名称", "name"),
        _text("cause", "临时增加轮次的原因", "why there is an extra round"),
        _text("regime", "抽查方式", "regime"),
        _text("access", "名单何时公开", "when its list is public"),
        _text("items", "抽查事项", "items"),
        _text("lead", "牵头部门", "leading department"),
        _text("partners", "参与部门", "departments that come along"),
        _field("start", "date", "开始日期", "first day"),
        _field("end", "date", "截止日期", "last day"),
        _text("population", "抽查对象范围", "population"),
        _text("ratio", "抽查比例；分类监管的只写“差异化抽取”", "ratio; ratios that differ are not told"),
        _text("units", "抽样框户数", "units in the frame"),
        _text("sample", "抽取户数", "units to be drawn"),
    ),
    "lists": (*HEAD, _text("task_id", "任务编号", "task id"), *UNIT),
    "results": (
        *HEAD,
        *UNIT,
        _text("agency", "检查机关", "agency"),
        _text("item", "抽查事项", "item"),
        _field("inspected_on", "date", "检查日期", "day of the inspection"),
        _text("category", "检查结果（八类）", "result, one of eight categories"),
        _field("corrected_on", "date", "最近更正日期；未更正为空", "day of the last correction; blank if none"),
        _text("correction", "更正说明", "what was corrected"),
        _text("tasks", "抽中它的任务编号，以空格分隔", "ids of the tasks that chose it, joined by spaces"),
        _text("office", "实施检查的机构", "office that inspected"),
        _text("region", "所在区", "district"),
        _text("follow_up", "后续处理", "what follows"),
        _field("due", "date", "应公示日期", "day by which it had to be published"),
        _field("published_on", "date", "实际公示日期", "day on which it was published"),
    ),
    "corrections": (
        *HEAD,
        *UNIT,
        _text("agency", "检查机关", "agency"),
        _text("item", "抽查事项", "item"),
        _field("corrected_on", "date", "更正日期", "day of the correction"),
        _text("field", "更正内容", "what was corrected"),
        _text("old", "原为", "was"),
        _text("new", "更正为", "is"),
        _text("reason", "更正理由", "why"),
    ),
    "publication": (
        *HEAD,
        _text("agency", "检查机关", "agency"),
        _count("inspected", "应公示项数", "results to be published"),
        _count("published", "按期公示", "published in time"),
        _count("published_late", "逾期公示", "published late"),
        _count("pending", "未到期，尚未公示", "not published yet, still in time"),
        _count("overdue", "已到期，尚未公示", "not published yet, overdue"),
    ),
    "estimates": (
        *HEAD,
        _text("kind", "范围类别", "kind of group"),
        _text("name", "范围名称", "group"),
        _count("inspected", "已检查户数", "units inspected"),
        _count("found", "发现问题户数", "of them with a problem"),
        _field("share", "percent", "推断的问题发现率（加权）", "estimated share with a problem, weighted"),
        *BOUNDS,
        _field("could_not", "percent", "不能检查的比例", "share that could not be inspected"),
    ),
    "oversight": (
        *HEAD,
        _text("office", "机构编号", "office id"),
        _text("name", "机构名称", "office"),
        _text("kind", "情形", "kind of departure from what was drawn"),
        _count("number", "件数", "cases"),
        _count("of", "总数", "out of"),
        _field("percent", "percent", "占比", "share"),
        *BOUNDS,
    ),
    "changes": (
        *HEAD,
        _text("office", "机构名称", "office"),
        _count("substituted", "换人", "visits with other inspectors"),
        _count("moved", "改期", "visits moved"),
        _count("cancelled", "取消", "visits cancelled"),
    ),
}  # fmt: skip
TITLES = {
    "rounds": Label("轮次", "Rounds"),
    "tasks": Label("抽查任务", "Tasks"),
    "lists": Label("已公开的抽取名单", "Disclosed lists of units drawn"),
    "results": Label("检查结果", "Results"),
    "corrections": Label("结果更正", "Corrections of results"),
    "publication": Label("公示期限", "Publication in time"),
    "estimates": Label("推断的问题发现率", "Estimated problem rates"),
    "oversight": Label("监督计数", "Counts for oversight"),
    "changes": Label("抽取后变更", "Changes after the draw"),
}
NOTES = (
    Label(
        "CSV 为 UTF-8 编码，首行为列名。以 = + - @（含全角）、制表符或换行开头的文字，前面加一个单引号 '，以免当作"
        "公式运行；本来就以单引号加上述字符开头的，也再加一个。去掉这一个单引号即为原文；JSON 中为原文。",
        "CSV is UTF-8 with the column names first. A text that begins with = + - @ (also full-width), a tab or a line "
        "break has an apostrophe before it, lest a spreadsheet take it for a formula; so has one that begins with an "
        "apostrophe before such a character. Take that one apostrophe off for the text itself; JSON holds it as it is.",
    ),
    Label(
        "日期写作 2026-12-31；百分数为一位小数的文字，不含百分号；空单元格（JSON 为 null 或空文字）表示没有或尚无。",
        "Days are 2026-12-31; percentages are texts of one decimal without the sign; a blank cell (null or an empty "
        "text in JSON) means that there is none, or none yet.",
    ),
    Label(
        "只含各轮已经公示的内容；对象或问题太少的推断不公布。企业信用风险分类、评分、检查人员与联系方式不在任何数据之内。",
        "Only what rounds have published; estimates on too few units or findings are left out. Risk classes, scores, "
        "inspectors and contacts are in no file.",
    ),
    Label(
        "列名与含义在同一版本内不变；增删列即为新版本。",
        "Within a version neither names nor meanings change; another set of columns is another version.",
    ),
)
