"""Messages of the oversight report (督查考核报告的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.report": ("汇总各轮次", "adding up the rounds"),
    "month.report_one_of": (
        "--month 和 --year 必须且只能给一个。请改正。",
        "Give --month or --year: one of them, and not both.",
    ),
    "month.report_no_rounds": (
        "{year} 年没有已抽取的轮次，无可汇总。请先抽取，或加 --rehearsal 看演练。",
        "No round of {year} is drawn, so there is nothing to tell. Draw one first, or add --rehearsal for rehearsals.",
    ),
    "month.report_abandoned": (
        "轮次 {round} 已放弃，没有可考核的检查。请另选轮次。",
        "Round {round} was given up: there are no inspections to tell of. Choose another one.",
    ),
    "month.report_rule": (
        "规则 {rule} 的值“{value}”写法不对，应有 {want}。请改正该规则文件。",
        'The value "{value}" of the rule {rule} is not of the right shape; wanted are {want}. Correct that file.',
    ),
    "month.report_real": ("实际轮次", "real"),
    "month.report_rehearsed": ("演练", "rehearsal"),
    "month.report_head": (
        "督查考核报告 {period}（{mode}，{rounds} 个轮次，截至 {on}）",
        "Oversight report {period} ({mode}, {rounds} rounds, as of {on})",
    ),
    "month.report_line": ("  {name}：{value}{counts}", "  {name}: {value}{counts}"),
    "month.report_no_data": ("没有数据", "no data"),
    "month.report_written": (
        "内部报告（含类别，不得公开）：{folder}",
        "Internal report, with classes, not for the public: {folder}",
    ),
    "month.report_extract": (
        "公开摘要（不分类别，不足 {units} 户的数字不列）：{folder}",
        "Extract for the public, without classes and without figures on fewer than {units} units: {folder}",
    ),
    "month.report_no_extract": (
        "没有规则 {rule}，不写公开摘要。",
        "There is no rule {rule}: no extract for the public was written.",
    ),
}
