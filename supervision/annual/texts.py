"""Messages about the year (年度计划的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "annual.rule_field": (
        "规则 {rule} 缺少“{field}”或写法不对。请在本市规则目录中补全。",
        'The rule {rule} lacks "{field}", or it is malformed. Complete it in the city\'s rules.',
    ),
    "annual.months_wrong": (
        "所选月份不符合计划（{wrong}）：程序有误，请报告。",
        "The months chosen break the plans ({wrong}): a fault of the program, please report it.",
    ),
    "annual.for_cause": (
        "计划 {plan}：个案检查由线索触发，不能列入年度计划。请删去，或改为日常、专项。",
        "Plan {plan}: a check for cause cannot be planned for a year. Leave it out, or make it routine or special.",
    ),
    "annual.few_months": (
        "计划 {plan}：要分 {batches} 批，只有 {months} 个月份可用。请增加月份或减少批次。",
        "Plan {plan}: {batches} batches in {months} months. Name more months or fewer batches.",
    ),
    "annual.item_unlisted": (
        "计划 {plan}：事项 {item} 在 {year} 年的随机抽查事项清单中没有，不得检查。请先公布事项，或从计划中删去。",
        "Plan {plan}: item {item} is not on the published list of {year} and cannot be inspected. Publish it first, "
        "or leave it out.",
    ),
    "annual.item_unlisted_months": (
        "计划 {plan}：事项 {item} 在 {months} 月不在公布的清单中。请从计划月份中删去这些月份，或改动清单的起止日期。",
        "Plan {plan}: item {item} is not on the published list in month {months}. Leave these months out, or "
        "change the "
        "list's dates.",
    ),
    "annual.item_department": (
        "计划 {plan}：事项 {item} 由 {department} 实施，不是本部门的事项。请由该部门另列一项计划，归并时再联合。",
        "Plan {plan}: item {item} belongs to {department}. Let that department plan it; the merge joins them.",
    ),
    "annual.full_ratio": (
        "计划 {plan}：全覆盖检查的比例应为 100%，现为 {ratio}。请改比例或改抽查方式。",
        "Plan {plan}: full coverage is 100%, not {ratio}. Change the ratio or the regime.",
    ),
    "annual.open_ratio": (
        "计划 {plan}：公开名单的任务只能有一个比例、不分区抽取，现为 {ratio}。请改比例或改名单公开方式。",
        "Plan {plan}: an open list has one ratio and no districts, not {ratio}. Change the ratio or the access.",
    ),
    "annual.special_unapproved": (
        "计划 {plan}：专项检查没有批准文号或批准日期。请报批后补填；上级部署的，检查类型填“上级专项”。",
        "Plan {plan}: a special check without approval or its date. Have it approved; one that a superior "
        "ordered is of "
        "the kind superior.",
    ),
    "annual.special_too_many": (
        "计划 {plan}：是 {department} 本年度第 {number} 项专项检查，规则 shared/special_checks 每部门每年最多 "
        "{most} 项。"
        "请删减，或并入其他专项。",
        "Plan {plan}: special check no. {number} of {department} this year; rule shared/special_checks allows {most}. "
        "Leave it out, or merge it into another.",
    ),
    "annual.overlapping": (
        "计划 {plan} 与 {other} 重复：同一事项 {item} 对同样的 {units:,} 户检查两遍。请合并为一项，要分批的填批次数。",
        "Plans {plan} and {other} overlap: item {item} twice for the same {units:,} units. Make them one; "
        "several times "
        "a year are batches.",
    ),
    "annual.contradicting": (
        "计划 {plan} 与 {other} 矛盾：同一事项 {item}、同样的 {units:,} 户，比例一为 {ratio}，一为 {other_ratio}。"
        "请只留一项，或把两项的对象范围分开。",
        "Plans {plan} and {other} contradict: item {item}, the same {units:,} units, {ratio} and {other_ratio}. Keep "
        "one, or part their populations.",
    ),
    "annual.nobody": (
        "计划 {plan}：名录库中没有符合“{population}”的存续对象。请核对条件。",
        'Plan {plan}: no unit in force fulfils "{population}". Check the condition.',
    ),
}
