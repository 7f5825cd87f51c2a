"""Messages about coverage duties (覆盖要求的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.coverage_item": (
        "规则 shared/coverage 的覆盖要求 {duty} 列了事项 {item}，而它不在事项清单中。请更正规则或清单。",
        "The duty {duty} of the rule shared/coverage names the item {item}, which is not on the list. Correct either.",
    ),
    "month.coverage_none": (
        "规则 shared/coverage 没有列出覆盖要求。请在本市规则目录中列出（supervision rules 有示例）。",
        "The rule shared/coverage names no duty. Name them in the city's rules folder (supervision rules "
        "has an example).",
    ),
    "month.coverage_head": (
        "覆盖要求 {duty}（{rule}，{years} 年内至少一次）：{units:,} 户，未逾期 {reached:,} 户，逾期未查 {late:,} 户",
        "Duty {duty} ({rule}, at least once in {years} years): {units:,} units, {reached:,} in time, {late:,} late",
    ),
    "month.coverage_late": (
        "{unit}：应于 {by} 前检查，最近一次 {last}；{why}",
        "{unit}: was to be inspected by {by}, last {last}; {why}",
    ),
    "month.coverage_due": (
        "{office} 覆盖要求 {duty}：{units:,} 户，按最迟可抽月份 {months}",
        "{office}, duty {duty}: {units:,} units, by the last month in which they can be drawn {months}",
    ),
    "month.coverage_due_month": ("{month} {units:,} 户", "{month} {units:,}"),
    "month.coverage_level": (
        "任务 {task} 区域 {region}：本轮到期 {due} 户，后续各月均摊后本月至少 {level} 户，其中提前 {ahead} 户随机抽取",
        "Task {task}, region {region}: {due} units due now; shared over the months to come this month takes at least "
        "{level}, {ahead} of them drawn ahead at random",
    ),
    "month.coverage_written": ("逐户清单 {rows:,} 行写入 {file}", "{rows:,} rows of all units written to {file}"),
    "month.coverage_before_start": (
        "期限早于本系统的第一轮",
        "the date lies before the first round of this system",
    ),
    "month.coverage_no_task": ("期限前没有任务包含该户", "it stood in no task before the date"),
    "month.coverage_not_held": (
        "曾进入抽样框，但期限前没有计入的检查结果",
        "it was in a frame, but no inspection that counts came of it before the date",
    ),
}
