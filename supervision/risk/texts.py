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
    "risk.card_file_sign": (
        "评分卡中指标 {name} 的分值 {points} 方向不对：情节更重反而分数更低。"
        "请按单调方向改正，或使用该轮次发布的 scorecard.json。",
        "In the scorecard the points {points} of {name} run the wrong way: the graver fact would lower the score. Put "
        "them in order, or use the scorecard.json of the round.",
    ),
    "risk.card_version": (
        "评分卡的格式为“{format}”，本软件读取“{want}”。请使用该轮次发布的 scorecard.json，或重新训练。",
        'The scorecard is of the format "{format}"; this software reads "{want}". Use the scorecard.json of the round, '
        "or train again.",
    ),
    "risk.card_entry": (
        "评分卡的“{entry}”为 {value}，应为 {want}。请改正，或使用该轮次发布的 scorecard.json。",
        'The entry "{entry}" of the scorecard is {value}; wanted is {want}. Correct it, or use the scorecard.json of '
        "the round.",
    ),
    "risk.card_points": (
        "评分卡中 {name} 的分值 {points} 超出 ±{most}。请改正。",
        "In the scorecard the points {points} of {name} are beyond ±{most}. Correct them.",
    ),
    "risk.card_bounds": (
        "评分卡中指标 {name} 的分段上限 {up_to} 与分值 {points} 不合："
        "上限应为从小到大、不重复、不小于 0 的整数，分值比上限多一个。请改正。",
        "In the scorecard the bounds {up_to} of {name} do not fit its points {points}: bounds are whole numbers from "
        "0, rising, none twice, and there is one point more than bounds. Correct them.",
    ),
    "risk.card_doubled": (
        "评分卡的指标重复或过多：{names}。每项指标只能出现一次，最多 {most} 项。请改正。",
        "Indicators of the scorecard stand twice or are too many: {names}. Each stands once, at most {most} do. "
        "Correct the card.",
    ),
    "risk.card_kind": (
        "评分卡类型“{kind}”与其来历不符（检查 {rows} 条，发现问题 {found} 条，最近“{latest}”）："
        "learned 须有 0 < 发现问题 < 检查，并注明最近检查日期；expert 三项均为空。"
        "请使用该轮次发布的 scorecard.json，或重新训练。",
        'The kind "{kind}" of the scorecard does not agree with its figures (inspections {rows}, problems {found}, '
        'latest "{latest}"): a learned one has 0 < problems < inspections and the day of the latest, an expert one has '
        "none of them. Use the scorecard.json of the round, or train again.",
    ),
    "risk.cards_format": (
        "行业评分卡文件的格式为“{format}”，本软件读取“{want}”。请使用该轮次的 industry_cards.json，或重新训练。",
        'The file of the industries\' cards is of the format "{format}"; this software reads "{want}". Use the '
        "industry_cards.json of the round, or train again.",
    ),
    "risk.cards_section": (
        "行业评分卡文件中的行业“{section}”不是国民经济行业门类，应为 {known} 之一。请改正，或重新训练。",
        'The industry "{section}" in the file of the industries\' cards is no section of industry; wanted is one of '
        "{known}. Correct it, or train again.",
    ),
    "risk.cards_inside": (
        "行业评分卡文件中行业 {section} 的卡有误：{why}",
        "In the file of the industries' cards the card of {section} is wrong: {why}",
    ),
    "risk.cards_general": (
        "行业评分卡文件是为摘要 {said} 的通用卡做的，而 scorecard.json 的摘要为 {general}。两个文件须出自同一次训练；"
        "请使用该轮次的文件，或重新训练。",
        "The file of the industries' cards was made for the general card with the digest {said}; that of "
        "scorecard.json is {general}. Both must come from one training; use the files of the round, or train again.",
    ),
    "risk.cards_shift": (
        "行业评分卡文件中行业 {section} 的换算分值为 {said}，按两张卡的样本应为 {shift}。请改正，或重新训练。",
        "In the file of the industries' cards the shift of {section} is {said}; by the inspections of both cards it is "
        "{shift}. Correct it, or train again.",
    ),
    "risk.cards_unlearned": (
        "行业 {section} 的评分卡和通用卡须都由检查结果训练；专家卡没有概率，分值无法换算。请重新训练。",
        "The card of {section} and the general one must both be learned: an expert card has no chances, and nothing "
        "puts them on one scale. Train again.",
    ),
    "risk.feature_missing": (
        "评分卡需要的指标 {names} 不在特征表中。评分卡与软件版本不符，请重新训练。",
        "The scorecard needs the features {names}, which the table does not have. Card and software are of different "
        "versions; train again.",
    ),
    "risk.unit_unknown": (
        "检查对象名录库中没有 {unit}（截至 {on}）。请核对统一社会信用代码。",
        "The register of units has no {unit} (as known on {on}). Check the code.",
    ),
    "risk.why_disputed": ("异议处理中", "disputed: the objection is open"),
    "risk.why_upheld": ("异议成立", "the objection was upheld"),
    "risk.why_repaired": ("已信用修复", "repaired"),
    "risk.why_repair": ("信用修复本身不计分", "a repair itself gives no points"),
    "risk.why_expired": ("已过使用期限", "its term of use is over"),
    "risk.why_later": ("尚未发生", "has not happened yet"),
    "risk.why_unwindowed": ("不在任何指标的期限或种类之内", "outside every indicator's window or kinds"),
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
