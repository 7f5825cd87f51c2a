"""Messages of the review of results and of follow-up workbooks (结果审核与督办清单的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.results_wait": (
        "轮次 {round}：{rows:,} 条结果待另一人审核，审核前不公示、不作为证据。"
        "由录入人以外的人运行：supervision --as 姓名 review {round}",
        "Round {round}: {rows:,} results wait for a second person; until then they are neither shown nor evidence. "
        "Somebody who did not enter them runs: supervision --as NAME review {round}",
    ),
    "month.review_not_needed": (
        "轮次 {round} 的结果不需在系统中另行审核（规则 shared/result_review），录入即生效",
        "Results of round {round} need no review here (rule shared/result_review); they count once recorded",
    ),
    "month.review_unneeded": (
        "轮次 {round} 的结果不需在系统中另行审核（规则 shared/result_review），无可审核。"
        "有误的请更正（record --correct）。",
        "Results of round {round} need no review here (rule shared/result_review). What is wrong is corrected "
        "(record --correct).",
    ),
    "month.review_no_reason": (
        "退回须说明理由：--reason。",
        "What is sent back needs a reason: --reason.",
    ),
    "month.review_unknown": (
        "轮次 {round} 没有这些待审核的结果：{names}。请用 supervision review {round} 查看"
        "（写“检查编号”或“检查编号/事项编号”）。",
        "Round {round} has no such results to review: {names}. See supervision review {round} "
        "(give VISIT or VISIT/ITEM).",
    ),
    "month.review_changed": (
        "轮次 {round}：这些结果在您查看之后已重新录入：{names}。未作任何审核，请重新查看后再审核。",
        "Round {round}: these results were entered anew since you read them: {names}. Nothing was decided. Read them "
        "again first.",
    ),
    "month.review_office_unknown": (
        "没有机构 {office}。本轮机构如：{known}",
        "There is no office {office}. The round has such as: {known}",
    ),
    "month.review_waits": (
        "轮次 {round}：待审核 {waiting:,} 条，已退回待重报 {back:,} 条",
        "Round {round}: {waiting:,} results wait for review, {back:,} were sent back",
    ),
    "month.review_line": (
        "  待审核：{visit} {name} {day} {said}（录入：{by}）",
        "  waits: {visit} {name} {day} {said} (entered by {by})",
    ),
    "month.review_line_back": (
        "  已退回：{visit} {name} {day} {said}（{sent_back_by}：{reason}）",
        "  sent back: {visit} {name} {day} {said} ({sent_back_by}: {reason})",
    ),
    "month.review_by_nobody": ("未登记，请重新录入原文件", "not on record; record the file once more"),
    "month.review_accepted": (
        "轮次 {round}：{who} 审核通过 {rows:,} 条结果",
        "Round {round}: {who} accepted {rows:,} results",
    ),
    "month.review_sent_back": (
        "轮次 {round}：{who} 退回 {rows:,} 条结果；改正后写明更正理由重新录入（record），原填写留存",
        "Round {round}: {who} sent {rows:,} results back; corrected ones are recorded with a reason, what was entered "
        "stays on record",
    ),
    "month.second_leave": (
        "请假 {half_days}，事由：{ground}",
        "Leave {half_days}, because: {ground}",
    ),
    "month.second_own": (
        "由 {who} 登记，须由另一人复核",
        "{who} recorded it: another person confirms it",
    ),
    "month.second_step_in": (
        "任务 {task} 中无法检查：{reason}",
        "Could not be inspected for task {task}: {reason}",
    ),
    "month.review_one_thing": (
        "--accept、--accept-all、--send-back 一次只用一种。",
        "Use one of --accept, --accept-all, --send-back at a time.",
    ),
    "month.review_left": ("  未审核：{reason}", "  left: {reason}"),
    "month.review_remains": ("尚待审核或重报 {rows:,} 条", "{rows:,} results still wait or were sent back"),
    "month.clock_unreviewed": (
        "  其中已录入、待审核或已退回而未公示 {rows:,} 条",
        "  {rows:,} of them are recorded and wait for review, or were sent back",
    ),
    "month.review_named_others": (
        "其中 {rows:,} 条结果表内写的审核人是 {named}，不是 {who}：以本次审核为准，表内姓名照录不改",
        "In {rows:,} the form names {named} as reviewer, not {who}: this review counts, the form stays as it is",
    ),
    "month.owed_files": (
        "督办清单已写入 {folder}：{count:,} 个机构，另有当日文件 follow-up.json",
        "Written to {folder}: workbooks of {count:,} offices, and the day's file follow-up.json",
    ),
    "month.owed_overdue": ("逾期（{what}）", "overdue ({what})"),
    "month.owed_open": ("{what}", "{what}"),
    "month.owed_missing": ("未录入", "not recorded"),
    "month.owed_waiting": ("待审核", "waits for review"),
    "month.owed_sent_back": ("已退回", "sent back"),
    "month.owed_unpublished": ("已录入未公示", "recorded, not public"),
    "month.owed_awaits": ("期限待 {year} 年安排公布", "deadline waits for the announcement of {year}"),
}
