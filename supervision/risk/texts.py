"""Messages of credit risk (信用风险分类)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "risk.result_unknown": (
        "历次检查记录中的结果代码“{result}”没有含义（代码表给出：{outcome}）。请在结果代码表 result.yaml 中为它写明 "
        "clean、problem 或 could_not，或更正该记录。",
        'The result code "{result}" in the past inspections has no meaning (the code list says: {outcome}). Give it '
        "clean, problem or could_not in the code list result.yaml, or correct the record.",
    ),
    "risk.rule_shape": (
        "规则 {rule} 的值“{value}”写法不对，应为 {want}。请改正该规则文件。",
        'The value "{value}" of the rule {rule} is not of the right shape; wanted is {want}. Correct the rule file.',
    ),
    "risk.no_chance_for_classes": (
        "规则 {rule} 按发现问题概率划分类别，而专家评分卡没有概率。请在该规则中另写 shares（各类比例），供专家卡使用。",
        "The rule {rule} makes classes of the chance of a problem, and an expert card has no chances. Write shares "
        "beside it in the rule, which stand for an expert card.",
    ),
    "risk.off_scale": (
        "行业、领域“{field}”有 {units} 户的专业类别“{name}”不在等次之内（如 {unit}）；规则 {rule} 规定的等次为 "
        "{known}。请更正该登记，或在规则中补写这一等次。",
        'In the field "{field}" the class "{name}" of {units} units ({unit} among them) is not on the scale; by the '
        "rule {rule} its classes are {known}. Correct the register, or add the class to the rule.",
    ),
    "risk.card_sign": (
        "规则 {rule} 中指标 {name} 的分值 {points} 方向不对：情节更重反而分数更低。请按单调方向改正。",
        "In the rule {rule} the points {points} of {name} run the wrong way: the graver fact would lower the score. "
        "Put them in order.",
    ),
    "risk.card_unreadable": (
        "评分卡无法读取：{reason}。请使用该轮次发布的 scorecard.json，或重新训练。",
        "The scorecard cannot be read: {reason}. Use the scorecard.json of the round, or train again.",
    ),
    "risk.feature_missing": (
        "评分卡需要的指标 {names} 不在特征表中。评分卡与软件版本不符，请重新训练。",
        "The scorecard needs the features {names}, which the table does not have. Card and software are of different "
        "versions; train again.",
    ),
    "risk.no_probability": (
        "专家评分卡只排先后，不给概率。请用检查结果训练评分卡后再求概率。",
        "An expert card ranks and has no probabilities. Train a card from outcomes to get them.",
    ),
    "risk.one_outcome": (
        "{rows} 条检查结果中发现问题的有 {found} 条，结果全部相同，无法训练。请使用专家评分卡。",
        "Of {rows} inspections {found} found problems: all results are alike and nothing can be learned. Use the "
        "expert card.",
    ),
    "risk.no_later_rows": (
        "{split} 之后没有检查结果，无法检验。请选更早的日期。",
        "There are no outcomes from {split} on to test with. Choose an earlier day.",
    ),
    "risk.months_order": (
        "终止月份 {last} 早于起始月份 {first}。请对调。",
        "The last month {last} is before the first one {first}. Swap them.",
    ),
}
