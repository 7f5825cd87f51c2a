"""Messages of the hand-over (移交提示)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "results.item_result_contradicts": (
        "与检查结果“{result}”不能并存，可填：{allowed}；请核对检查结果和单项结果",
        'does not go with the result "{result}", which allows: {allowed}; check both',
    ),
    "results.handover.format": (
        "数据格式文件 {file} 的 {place} 有无法识别的值：{value}。请对照随附文件改正。",
        "The format file {file} has a value that is not known, at {place}: {value}. Compare it with the shipped file.",
    ),
    "results.handover.missing": ("必填，现为空", "needed, and blank"),
    "results.handover.missing_from": (
        "必填，现为空；取自{source}，请补填后再移交",
        "needed, and blank; it is taken from {source}: fill it in and export again",
    ),
    "results.handover.long": ("有 {found} 个字符，最多 {length} 个", "has {found} characters, {length} are allowed"),
    "results.handover.code": (
        "“{value}”不在代码表 {list} 内；请更正，或在本市的 rules/code_lists/{list}.yaml 中加入这一写法",
        '"{value}" is not in the code list {list}; correct it, or add it to rules/code_lists/{list}.yaml',
    ),
    "results.handover.form": ("“{value}”不合格式 {pattern}", '"{value}" is not of the form {pattern}'),
    "results.handover.number": ("“{value}”不是正整数", '"{value}" is no positive whole number'),
    "results.handover.time": ("“{value}”不是 {form} 形式的时间", '"{value}" is no time of the form {form}'),
    "results.handover.uscc": (
        "“{value}”不是有效的统一社会信用代码；没有信用代码的不能移交",
        '"{value}" is no valid unified social credit code; who has none cannot be handed over',
    ),
    "results.handover.agency_code": (
        "“{value}”应为机构的统一社会信用代码加 1 至 5 开头的编码",
        '"{value}" should be the agency\'s unified social credit code and a code that begins with 1 to 5',
    ),
    "results.handover.no_column": ("格式中没有这一列", "the format has no such column"),
    "results.handover.twice": ("与第 {first} 行标识相同", "has the same key as row {first}"),
    "results.handover.later": ("应晚于“{other}”（{value}）", 'must be later than "{other}" ({value})'),
    "results.handover.least": ("应不少于 {count} 个，现有 {found} 个", "needs {count} at least, has {found}"),
    "results.handover.as_many": (
        "有 {found} 个，与“{other}”的 {wanted} 个不一致；请补齐执法检查人员名录库中的执法证编号",
        'has {found}, "{other}" has {wanted}; fill in the certificates in the directory of inspectors',
    ),
    "results.handover.together": ("应与“{other}”同填或同空", 'and "{other}" are filled together or not at all'),
    "results.handover.begins": ("应以“{other}”（{value}）开头", 'must begin with "{other}" ({value})'),
    "results.handover.tasks": (
        "本轮有 {count} 个任务，任务编号最多容纳 {most} 个。请分轮移交。",
        "The round has {count} tasks; the numbers of tasks hold {most}. Hand them over in several rounds.",
    ),
    "results.handover.part": (
        "同一记录“{table}”第 {row} 行的“{column}”：{reason}",
        '"{column}" in row {row} of its "{table}": {reason}',
    ),
    "results.handover.under": ("所属的记录（{key}）未通过校验", "the record that it belongs to ({key}) was refused"),
    "results.handover.action_name": ("对{unit}的{items}", "Inspection of {unit}: {items}"),
    "results.handover.plan_name": (
        "{city}{year}年度“双随机、一公开”抽查工作计划",
        "{city}: plan of random inspections of {year}",
    ),
    "results.handover.extra_plan_name": (
        "{city}{month}第{extra}轮增加的“双随机、一公开”抽查",
        "{city}: extra round {extra} of random inspections of {month}",
    ),
}
