"""Messages of follow-up cases and feedback (后续处置与一次一评的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.cases_of_rehearsal": (
        "演练轮次 {round} 的结果不立项：演练不产生后续处置。",
        "Results of the rehearsal {round} open no cases: nothing follows from a rehearsal.",
    ),
    "month.cases_made": (
        "轮次 {round}：新立项，问题 {problems:,} 件，差评 {ratings:,} 件",
        "Round {round}: opened {problems:,} cases of problems, {ratings:,} of bad ratings",
    ),
    "month.case_opened": (
        "  {number} {unit}，承办 {office}，期限 {due}",
        "  {number} {unit}, office {office}, due {due}",
    ),
    "month.case_step": (
        "{number}：{action}，已登记（{by}），期限 {due}",
        "{number}: {action}, on record (by {by}), due {due}",
    ),
    "month.case_ordered_text": ("责令改正，文书 {document}", "ordered to correct, document {document}"),
    "month.case_trigger": ("复查（台账 {number}）", "re-inspection (case {number})"),
    "month.case_in_ledger": (
        "  {unit} {day} 的复查已按个案检查记入历次检查记录，不占计划检查次数",
        "  the re-inspection of {unit} on {day} stands in the ledger as a check for cause, outside the caps",
    ),
    "month.case_event": ("  已在 {unit} 的信用记录中登记：{kind}", "  credit event of {unit}: {kind}"),
    "month.case_meanwhile": (
        "台账 {number} 的步骤 {step} 刚由他人登记。请重新查看（supervision cases list）后再办。",
        "Step {step} of case {number} was put on record by somebody else just now. See supervision cases list.",
    ),
    "month.case_unknown": (
        "没有台账 {number}。请用 supervision cases list 核对编号。",
        "There is no case {number}. See supervision cases list.",
    ),
    "month.case_no_unit": (
        "台账 {number} 是差评整改，没有可复查的检查对象。",
        "Case {number} is about a rating: there is no unit to inspect again.",
    ),
    "month.case_no_words": ("请写明处置内容或文书号。", "Say what was done, or the document's number."),
    "month.case_result_unknown": (
        "没有检查结果代码 {result}。可用：{known}",
        "There is no result code {result}. There are: {known}",
    ),
    "month.case_outcome_unknown": (
        "没有办结结论 {outcome}。可用：{known}",
        "There is no outcome {outcome}. There are: {known}",
    ),
    "month.case_department_unknown": (
        "没有部门 {department}。可用：{known}",
        "There is no department {department}. There are: {known}",
    ),
    "month.case_office_unknown": (
        "没有机构 {office}。现有如：{known}",
        "There is no office {office}. There are such as: {known}",
    ),
    "month.case_office_gone": (
        "台账 {number} 的承办机构 {office} 不在机构登记表中，复查无从登记检查机关。请补入该机构后重做。",
        "Office {office} of case {number} is not in the register of offices, so nobody can be named who inspected. "
        "Add it and do this again.",
    ),
    "month.cases_open": (
        "{on}：未办结 {count:,} 件，逾期 {overdue:,} 件；已办结 {closed:,} 件",
        "{on}: {count:,} cases open, {overdue:,} overdue; {closed:,} closed",
    ),
    "month.case_line": (
        "  {state} {due} {number} {matter}：{name} {item}，承办 {office}",
        "  {state} {due} {number} {matter}: {name} {item}, office {office}",
    ),
    "month.objection_matter": ("企业异议", "objection of the enterprise"),
    "month.step_in_matter": ("无法检查待递补", "could not be inspected: to be replaced"),
    "month.step_in_text": (
        "{reason}：附证据登记 stepin（任务 {task}），复核后按次序递补",
        "{reason}: record `stepin` with evidence (task {task}); the next of the order steps in once confirmed",
    ),
    "month.step_in_waits": ("{who} 已登记，待第二人复核", "recorded by {who}, waits for a second person"),
    "month.step_ins_due": (
        "无法检查而尚未递补 {count:,} 户次，见督办清单“后续处置督办”；用 stepin 登记",
        "{count:,} could not be inspected and were not replaced yet: see the follow-up list; record with `stepin`",
    ),
    "month.case_state_late": ("逾期", "overdue"),
    "month.case_state_open": ("办理中", "open"),
    "month.feedback_unknown": (
        "没有这个评价码；请照检查文书上的数字核对",
        "there is no such token; compare it with the paper of the visit",
    ),
    "month.feedback_early": (
        "评价日期早于这次检查（计划 {day}）",
        "the answer is earlier than the visit, planned for {day}",
    ),
    "month.feedback_spent": (
        "这个评价码已经用过，内容不同；一次检查只评一次，以先收到的为准",
        "this token was used with another answer; a visit is rated once, and what came first stands",
    ),
}
