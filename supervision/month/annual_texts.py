"""Messages of the yearly plan's steps (年度计划各步骤的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.plan_demand": ("汇总年度检查需求", "adding up what the plans ask for"),
    "month.plan_months": ("选择月份", "choosing months"),
    "month.no_plans": (
        "登记表 plans 中没有 {year} 年的部门计划。请先运行 supervision annual import。",
        "The register plans has none of {year}. Run supervision annual import first.",
    ),
    "month.plan_unscored": (
        "轮次 {round} 评分时还没有 {units:,} 户检查对象（如 {unit}），没有类别可用。请重新运行 supervision score，"
        "或用 --scores 指定较新的轮次。",
        "{units:,} units, such as {unit}, had no class when round {round} was scored. Score again, or name a "
        "newer round "
        "with --scores.",
    ),
    "month.plan_year_over": (
        "{year} 年没有尚未开始的月份。已过去的年度只能用 --from 指定从哪个月起重算。",
        "No month of {year} is still to come. For a year that is over, --from says from which month to choose.",
    ),
    "month.plan_no_scores": (
        "还没有任何轮次评过分，无法估计 {year} 年各类别的户数。请先运行 supervision score。",
        "No round is scored, so nobody knows the classes of {year}. Run supervision score first.",
    ),
    "month.plan_above_limit": (
        "计划 {plan}：事项 {item} 全年要抽 {ratio}（{batches} 批），超过上限 {limit}（{source}）。"
        "请降低比例或减少批次。",
        "Plan {plan}: item {item} would be drawn at {ratio} in {batches} batches, above {limit} ({source}). Lower the "
        "ratio, or plan fewer batches.",
    ),
    "month.plan_above_frequency": (
        "计划 {plan}：每户全年预计检查 {visits} 次，事项 {item} 的频次至多 {most} 次。请降低比例或减少批次。",
        "Plan {plan}: {visits} visits a year to one unit, item {item} allows {most}. Lower the ratio, or plan fewer "
        "batches.",
    ),
    "month.plan_above_cap": (
        "计划 {plans}：对 {units:,} 户（如 {unit}）每户全年预计入企 {visits} 次，超过频次上限 {most} 次"
        "（{rule}，机关 {agency}），比例达不到。请降低比例或减少批次。",
        "Plan {plans} asks {visits} visits a year of each of {units:,} units, such as {unit}, above the cap of {most} "
        "({rule}, agency {agency}): the ratio cannot be reached. Lower it, or plan fewer batches.",
    ),
    "month.plans_above_cap": (
        "按所选月份，计划 {plans} 对 {units:,} 户（如 {unit}）合计预计入企 {visits} 次，超过频次上限 {most} 次"
        "（{rule}，机关 {agency}）。请让这些计划在同一月份开展，或降低比例。",
        "In the months chosen, plans {plans} together ask {visits} visits of {units:,} units, such as {unit}, "
        "above the "
        "cap of {most} ({rule}, agency {agency}). Let them be held in one month, or lower their ratios.",
    ),
    "month.plan_months_gone": (
        "计划 {plan}：从 {first} 月起只剩 {months} 个月份可用，要分 {batches} 批。请增加月份或减少批次，"
        "或用 --from 1 把已过的月份算在内。",
        "Plan {plan}: {months} months are left from month {first}, for {batches} batches. Name more months or fewer "
        "batches, or count the months that are over with --from 1.",
    ),
    "month.plan_no_office": (
        "计划 {plan}：{department} 在 {region} 没有执法机构，那里的对象无人检查。请登记机构，或缩小对象范围。",
        "Plan {plan}: {department} has no office in {region} to visit its units. Register one, or narrow the "
        "population.",
    ),
    "month.plan_problems": (
        "年度计划有 {problems} 处问题，未生成任何建议：",
        "The yearly plans have {problems} problems; nothing was proposed:",
    ),
    "month.plan_changed": (
        "{year} 年的部门计划在归并之后有改动。请重新运行 supervision annual merge。",
        "The plans of {year} were changed after the merge. Run supervision annual merge again.",
    ),
    "month.plan_not_merged": (
        "{year} 年的计划还没有归并。请先运行 supervision annual merge。",
        "The plans of {year} are not merged. Run supervision annual merge first.",
    ),
    "month.plan_not_approved": (
        "{year} 年的计划还没有批准。请先运行 supervision annual approve。",
        "The plan of {year} is not approved. Run supervision annual approve first.",
    ),
    "month.plan_workbook_title": ("{city}{year}年度抽查计划", "Plan of inspections of {city} for {year}"),
    "month.plan_lead": ("牵头", "lead"),
    "month.plan_partner": ("配合", "partner"),
    "month.plan_off_site": ("非现场，不入企", "off site, no door"),
    "month.plan_uncovered": (
        "覆盖要求 {duty}（{rule}）：{units:,} 户（如 {unit}）最迟应在 {months} 抽查，所选月份中没有含事项 {items} "
        "并包括这些对象的批次，年内达不到。请让相应计划在这些月份各有一批，或扩大对象范围。",
        "Duty {duty} ({rule}): {units:,} units, such as {unit}, are to be drawn in {months} at the latest, and no "
        "batch with item {items} that is about them is held then: the duty cannot be fulfilled this year. Plan a batch "
        "in each of these months, or widen the population.",
    ),
    "month.plan_coverage_limit": (
        "覆盖要求 {duty}（{rule}）：计划 {plan} 年内到期 {units:,} 户，超过事项 {item} 全年至多 {most:,} 户"
        "（{limit}，{source}），年内达不到。请把事项改为重点检查事项，或请求调整比例。",
        "Duty {duty} ({rule}): {units:,} units of plan {plan} fall due this year, more than the {most:,} that item "
        "{item} allows ({limit}, {source}). Make it a key item, or have its ratio changed.",
    ),
    "month.plan_id_of_year": (
        "计划编号 {plan} 已用于 {year} 年的计划。编号须各年不同，否则会顶替往年的计划和任务；请在编号中加上年度。",
        "Plan id {plan} is that of a plan of {year}. Ids differ from year to year, or the earlier plan and its tasks "
        "would be replaced: put the year into it.",
    ),
    "month.plan_merged": (
        "{year} 年 {plans} 项部门计划，其中可联合开展的归并为 {proposals} 项联合任务：",
        "{plans} plans of departments for {year}; {proposals} joint tasks:",
    ),
    "month.plan_proposal": (
        "  {proposal}：{lead} 牵头，与 {others} 联合，{months} 月，每年少入企 {saved} 次",
        "  {proposal}: {lead} leads, with {others}, month {months}, {saved} doors saved a year",
    ),
    "month.plan_figures": (
        "预计全年入企次数：各自单独 {alone}；联合任务各在一月 {joint}；月份统一选择后 {months}；"
        "任何月份安排都不会低于 {bound}",
        "Expected doors a year: alone {alone}; joint tasks, each in a month of its own {joint}; months chosen together "
        "{months}; no choice of months goes below {bound}",
    ),
    "month.plan_scores": (
        "各类别户数取自轮次 {round} 的评分（证据截至 {on}）；要取别的轮次，用 --scores 指定后重新归并",
        "Units of each class are those of the scores of round {round} (evidence of {on}); for another round merge "
        "again with --scores",
    ),
    "month.plan_loads": (
        "机构最高月负荷为预警线内可用人力的 {peak}",
        "The busiest office's month takes {peak} of what it has below the warning line",
    ),
    "month.plan_excess": (
        "有 {excess} 人·半天超出机构可用人力或单月工作量上限：请增加计划月份、减少比例或批次",
        "{excess} inspector-half-days are beyond what offices have, or beyond a month's ceiling: name more "
        "months, lower "
        "ratios, or plan fewer batches",
    ),
    "month.plan_workbook": (
        "建议表已写入 {file}；还有 {undecided} 行待各部门表态",
        "Wrote the workbook {file}; {undecided} lines wait for a yes or no",
    ),
    "month.plan_decided_alone": (
        "读回意见（--decided）时不能再给 --from 或 --scores，以归并时为准。请去掉，或重新归并。",
        "With --decided, --from and --scores are those of the merge. Leave them out, or merge again.",
    ),
    "month.plan_decided": (
        "读回 {lines} 行意见：同意 {yes}，不同意 {no}",
        "Read {lines} lines: {yes} yes, {no} no",
    ),
    "month.plan_refused": ("  {plan} 不同意联合：{reason}", "  {plan} does not join: {reason}"),
    "month.plan_line_unknown": (
        "{file} 第 {line} 行：建议 {proposal} 中没有计划 {plan}。请用最近一次归并写出的建议表。",
        "{file}, line {line}: proposal {proposal} has no plan {plan}. Take the workbook of the latest merge.",
    ),
    "month.plan_line_missing": (
        "{file} 缺少建议 {proposal} 的计划 {plan} 一行。请补上，或重新取用建议表。",
        "{file} lacks the line of plan {plan} in proposal {proposal}. Put it back, or take the workbook anew.",
    ),
    "month.plan_undecided": (
        "{year} 年计划还有部门没有表态：{plans}。请在建议表中填写“意见”，再用 annual merge --decided 读回。",
        "Plans of {year} wait for a yes or no: {plans}. Fill the workbook and read it with annual merge --decided.",
    ),
    "month.plan_filing": (
        "备案（{filed_on}）要写明向谁备案（--filed-with），日期不得早于批准日期 {on}。",
        "A filing ({filed_on}) names the body it was filed with (--filed-with) and is not before the approval on {on}.",
    ),
    "month.plan_approval_blank": (
        "批准登记缺少 {field}。请写明。",
        "The approval lacks {field}. Say it.",
    ),
    "month.plan_approved_later": (
        "批准或备案日期 {day} 晚于今天 {today}。请核对日期。",
        "The approval or filing of {day} is later than today, {today}. Check the day.",
    ),
    "month.plan_approved_before": (
        "批准日期 {day} 不晚于上一次批准 {last}，任务登记表无法更新。请核对日期。",
        "The approval of {day} is not later than the one before, {last}; the tasks cannot be renewed. Check the day.",
    ),
    "month.plan_task_rejected": (
        "由计划生成的任务不合登记表规则（“{value}”：{reason}）。请改正计划后重新归并。",
        'A task that follows from the plan is rejected ("{value}": {reason}). Correct the plan and merge again.',
    ),
    "month.plan_task_conflict": (
        "{day} 已登记过 {tasks} 项同编号、内容不同的任务。请核对计划编号，或用另一批准日期。",
        "{tasks} tasks of these ids stand already with other values, known on {day}. Check the plans' ids, or the day.",
    ),
    "month.plan_begun": (
        "年度计划的轮次 {round} 已经承诺，计划不能整体改批。请对以后的月份单独导入任务。",
        "Round {round} of the plan is committed; the plan cannot be approved anew. Import tasks for later months.",
    ),
    "month.plan_approved": (
        "{year} 年度计划由 {by} 于 {on} 批准（{number}）：生成任务 {tasks} 项，{first} 至 {last}",
        "The plan of {year} was approved by {by} on {on} ({number}): {tasks} tasks, {first} to {last}",
    ),
    "month.plan_withdrawn": ("撤销上一次批准的任务：{tasks}", "Withdrew tasks of the approval before: {tasks}"),
    "month.plan_not_filed": (
        "还没有登记备案；应于 {last} 前备案",
        "No filing is on record yet; it is due by {last}",
    ),
    "month.plan_filed_late": ("备案日期 {on} 晚于期限 {last}", "Filed on {on}, later than {last}"),
    "month.plan_approved_other": (
        "{year} 年的计划在批准之后有改动。请重新 annual merge、annual approve，再公布。",
        "The plan of {year} was changed after its approval. Merge and approve it again, then publish.",
    ),
    "month.plan_published": (
        "{year} 年度计划公告已写入 {folder}：{tasks} 项任务，公布日期 {on}",
        "Wrote the notice of the plan of {year} to {folder}: {tasks} tasks, published on {on}",
    ),
    "month.plan_published_late": (
        "公布日期 {on} 晚于期限 {last}（规则 shared/plan_dates），公告中已注明",
        "Published on {on}, later than {last} (rule shared/plan_dates); the notice says so",
    ),
    "month.plan_progress": (
        "{department}：计划 {planned} 批，已开始 {begun} 批；应抽 {sample:,}，已抽 {drawn:,}，已检查 {held:,}，"
        "已公示 {published:,}",
        "{department}: {planned} batches planned, {begun} begun; {sample:,} to draw, {drawn:,} drawn, {held:,} held, "
        "{published:,} published",
    ),
    "month.plan_special": (
        "{department}：专项检查 {many} 项（每年至多 {most} 项），上级部署 {ordered} 项",
        "{department}: {many} special checks (at most {most} a year), {ordered} ordered by a superior",
    ),
    "month.plan_late": (
        "任务 {task} 应在 {month} 开展，尚未抽取。请补办，或调整计划",
        "Task {task} was due in {month} and is not drawn. Hold it, or change the plan",
    ),
}
