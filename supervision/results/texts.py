"""Messages of the results stage (检查结果)."""

from __future__ import annotations

from supervision.results.handover_texts import TEXTS as HANDOVER

TEXTS: dict[str, tuple[str, str]] = {
    **HANDOVER,
    "results.checkin.no_code": ("有检查，没有扫码", "an inspection without a scanned code"),
    "results.checkin.not_held": ("扫了码，没有检查结果", "a scanned code without a result"),
    "results.checkin.unknown_code": ("码不是本轮签发的", "a code that this round did not issue"),
    "results.checkin.other_unit": ("码是给另一单位的", "a code for another unit"),
    "results.checkin.superseded": ("码已被新码取代", "a code that a newer one replaced"),
    "results.checkin.other_day": ("扫码不在检查当天", "a code scanned on another day"),
    "results.checkin.came_without_code": ("来人没有码，也没有事由", "somebody came without code or cause"),
    "results.checkin.undrawn": ("检查未经抽取", "an inspection that no draw ordered"),
    "results.checkin.no_ground": ("个案检查没有写明事由", "a check for cause that names no cause"),
    "results.form_unreadable": (
        "{name} 不是手机检查表的结果文件：{reason}。请交回检查表“保存结果文件”存下的 .json，不要改名改格式。",
        "{name} is no result file of the phone form: {reason}. Hand back the .json that the form saved, as it is.",
    ),
    "results.form_digest": (
        "{name} 保存以后被改动过：所写摘要 {said}，实际 {found}。什么也没有录入。请在手机检查表上改好再保存一次，"
        "已录入的请用工作簿更正。",
        "{name} was changed after it was saved: its digest says {said}, it is {found}. Nothing was taken. Change it on "
        "the phone form and save again; what is on record is corrected by workbook.",
    ),
    "results.form_read": (
        "手机检查表：{office} {day}，{saved} 保存，摘要相符",
        "Phone form: {office} {day}, saved {saved}, its digest is right",
    ),
    "results.form_failed": ("不符合：{points}", "not in order: {points}"),
    "results.form_refused": ("拒绝签名：{why}", "did not sign: {why}"),
    "results.unreadable": (
        "{name} 不是可读取的工作簿：{reason}。请交回发出的 .xlsx 工作簿，不要另存为别的格式。",
        "{name} is no workbook that can be read: {reason}. Hand back the .xlsx that was sent, in its own format.",
    ),
    "results.no_sheet": (
        "{name} 没有“{sheet}”工作表，或该表缺少表头 {headers}。请使用本轮发出的工作簿。",
        '{name} has no sheet "{sheet}", or that sheet lacks the headers {headers}. Use the workbook of this round.',
    ),
    "results.columns": (
        "{table} 缺少列：{missing}。请补齐。",
        "{table} lacks the columns {missing}. Supply them.",
    ),
    "results.code_unknown": (
        "检查结果代码“{result}”不在代码表内。请按代码表填写。",
        'The result code "{result}" is not in the code list. Use one of its codes.',
    ),
    "results.contradict": (
        "{unit} 的事项 {item} 的几次检查（{visits}）结果互相矛盾。请先更正错误的一次（supervision record --correct）。",
        "Visits {visits} say different things of item {item} at {unit}. Correct the wrong one first "
        "(supervision record --correct).",
    ),
    "results.warning_rule": (
        "规则 {rule} 的值 {value} 不是信号到要求的对照。请按随附规则的形式改正。",
        "Rule {rule} has the value {value}, no table of signals. Write it as the shipped rule has it.",
    ),
    "results.warning_rule_unknown": (
        "规则 {rule} 中没有信号“{signal}”。可用：{known}。请核对信号名称。",
        'Rule {rule} names a signal "{signal}" that there is not. There are: {known}. Check the name.',
    ),
    "results.warning_rule_field": (
        "规则 {rule} 的信号 {signal} 缺少：{fields}。请补入。",
        "Rule {rule}, signal {signal}, lacks: {fields}. Add them.",
    ),
    "results.warning_there": (
        "预警 {number} 已经发出；新的情况请另发预警",
        "warning {number} is open or closed already; what is new is a new warning",
    ),
    "results.warning_unknown": (
        "没有预警 {number}；请用 supervision warnings list 核对编号",
        "there is no warning {number}; see supervision warnings list",
    ),
    "results.warning_closed": (
        "预警 {number} 已于 {day} 由 {by} 办结，不能再办；新的情况请另发预警",
        "warning {number} was closed on {day} by {by}; what is new is a new warning",
    ),
    "results.warning_step": (
        "预警 {number} 的步骤 {step} 不是下一步 {next}；步骤逐一登记，只增不改",
        "step {step} of warning {number} is not the next one, {next}; steps are added one by one, never changed",
    ),
    "results.warning_before": (
        "早于预警 {number} 的上一步（{last}）；请核对日期",
        "before the last step of warning {number} ({last}); check the day",
    ),
    "results.warning_other": (
        "与预警 {number} 发出时不符（{value}）",
        "not what warning {number} was opened with ({value})",
    ),
    "results.proportion_rule": (
        "规则 {rule} 缺少：{fields}。请按随附规则的形式补入。",
        "Rule {rule} lacks: {fields}. Add them as the shipped rule has them.",
    ),
    "results.note_blank": ("{count} 行没有填检查结果，未读入", "{count} rows have no result and were left out"),
    "results.note_started": (
        "第 {lines} 行填了其他内容而没有检查结果，未读入；请补填后再次交回",
        "rows {lines} are filled in but for the result and were left out; complete them and hand them in again",
    ),
    "results.not_in_calendar": (
        "本轮日程中没有这次检查或没有事项 {item}；请勿改动灰底的编号列",
        "the round's calendar has no such visit, or not with item {item}; leave the grey id columns as they are",
    ),
    "results.off_site_unsaid": (
        "非现场检查须写明检查方式",
        "an off-site check says by which method it was done",
    ),
    "results.off_site_method": (
        "非现场检查的方式只能是事项所列的（{known}）；需要到现场的，选后续处置另行安排，不记在这次检查里",
        "an off-site check is done by one of its item's methods ({known}); what must be seen on site follows as a "
        "check of its own and is not recorded here",
    ),
    "results.off_site_stranger": (
        "{who} 不是承办机构可办理这次非现场检查的人员（他机构人员或须回避）",
        "{who} may not do this off-site check: of another office, or recused",
    ),
    "results.off_site_person": (
        "{who}（{office}）不是承办机构可办理这次非现场检查的人员（他机构人员或须回避）",
        "{who} ({office}) may not do this off-site check: of another office, or recused",
    ),
    "results.off_site_time": (
        "非现场检查没有入企，不能填入企时间；检查日期只填日期",
        "nobody enters for an off-site check, so it has no time of entry; give the day alone",
    ),
    "results.in_future": (
        "检查日期在今天之后（演练：在本月之后）",
        "the day of inspection is in the future, or after a rehearsal's month",
    ),
    "results.before_month": ("检查日期早于本轮月份", "the day of inspection is before the round's month"),
    "results.unreviewed": (
        "没有审核人；结果须由检查人员以外的另一人审核后才能公示",
        "no reviewer; a result is published only after another person than the inspectors has reviewed it",
    ),
    "results.reviewer_ambiguous": (
        "审核人“{who}”有同名人员，其中一人参加了本次检查；请填审核人的工号",
        'several people are called "{who}", one of them an inspector of this visit; give the reviewer\'s id',
    ),
    "results.too_few": (
        "填写的本次检查人员只有 {count} 人，少于 {least} 人",
        "only {count} of the inspectors of this visit are named, fewer than {least}",
    ),
    "results.not_drawn": (
        "{who} 不是本机构本次检查抽取的检查人员；确需更换的，按规程另行抽取后再录入",
        "{who} was not drawn for this visit of this office; whoever replaces an inspector is drawn first",
    ),
    "results.person_not_drawn": (
        "“{who}”（{office}）不是本机构本次检查抽取的检查人员；确需更换的，按规程另行抽取后再录入",
        '"{who}" ({office}) was not drawn for this visit of this office; whoever replaces an inspector is drawn first',
    ),
    "results.person_unknown": (
        "检查人员名录中没有“{who}”；请填日程表上的姓名或工号",
        'the register of inspectors has no "{who}"; write a name or id as on the calendar sheet',
    ),
    "results.person_ambiguous": (
        "本次检查有同名的“{who}”（工号 {ids}）；请填工号",
        'this visit has several people called "{who}" (ids {ids}); give the id',
    ),
    "results.status_unknown": (
        "登记表和信用记录中没有该单位已注销、吊销、撤销或迁出的记载；请先导入最新登记信息，现场关门停业的请选 7",
        "the registers do not know that the unit was deregistered, revoked, annulled or moved; import their latest "
        "state first, or choose 7 where it was found closed",
    ),
    "results.round_unknown": (
        "没有轮次 {round}；请核对轮次列，只退回本行",
        "there is no round {round}; check the column of the round: only this row is rejected",
    ),
    "results.round_not_matched": (
        "轮次 {round} 尚未抽取检查人员，不应有检查结果；只退回本行",
        "the inspectors of round {round} are not drawn yet, so it has no results: only this row is rejected",
    ),
    "results.code_and_words": (
        "代码 {picked} 是“{name}”，与所写“{text}”不一致；请从下拉列表中选取",
        'code {picked} is "{name}", not "{text}"; pick it from the list',
    ),
    "results.merged": (
        "单元格 {cells} 已合并，看不出各行的结果；请取消合并并逐行填写",
        "the cells {cells} are merged, so that each row's answer cannot be told; unmerge them and fill in every row",
    ),
    "results.corrected_since": (
        "打开录入页之后，这个事项已另有更正；没有覆盖。请对照现在已录入的结果，仍须更正的再提交",
        "since the form was opened this item was corrected otherwise; nothing was overwritten. Compare it with what is "
        "on record now, and send what must still be corrected",
    ),
    "results.note_known_on": (
        "知悉日期列未采用：结果以录入当天为知悉日期",
        "the column known_on was not used: a result is known on the day it is entered",
    ),
    "results.own_reviewer": (
        "审核人与检查人员是同一人；须由另一人审核",
        "the reviewer is an inspector of this visit; another person reviews",
    ),
    "results.review_unsubmitted": (
        "{visit}/{item} 没有登记录入人，无从判断是否由另一人审核；请再次录入原文件（supervision record）后审核。",
        "Nobody is on record as having entered {visit}/{item}, so nobody can be the second person; record the file "
        "once more.",
    ),
    "results.review_own": (
        "{visit}/{item} 由 {who} 录入；须由另一人（--as 姓名）审核。",
        "{visit}/{item} was entered by {who}; somebody else reviews it (--as NAME).",
    ),
    "results.review_inspector": (
        "{who} 可能是 {visit}/{item} 的检查人员（姓名或工号相同）；须由检查人员以外的人审核。",
        "{who} may be an inspector of {visit}/{item} (the same name or id); somebody who did not go there reviews it.",
    ),
    "results.case_there": (
        "台账 {number} 已经立项；新的问题请另立",
        "case {number} is open or closed already; what is new is a new case",
    ),
    "results.case_unknown": (
        "没有台账 {number}；请用 supervision cases list 核对编号",
        "there is no case {number}; see supervision cases list",
    ),
    "results.case_closed": (
        "台账 {number} 已于 {day} 由 {by} 办结，不能再办；再发现问题请另立",
        "case {number} was closed on {day} by {by} and is not opened again; what is new is a new case",
    ),
    "results.case_step": (
        "台账 {number} 的步骤 {step} 不是下一步 {next}；步骤逐一登记，只增不改",
        "step {step} of case {number} is not the next one, {next}; steps are added one by one, never changed",
    ),
    "results.case_before": (
        "早于台账 {number} 的上一步（{last}）；请核对日期",
        "before the last step of case {number} ({last}); check the day",
    ),
    "results.case_before_visit": (
        "早于台账 {number} 所依据的检查（{day}）；请核对日期",
        "before the inspection that case {number} rests on ({day}); check the day",
    ),
    "results.case_due_before": (
        "台账 {number} 的期限 {due} 早于登记之日 {day}；请核对",
        "case {number} would be due on {due}, before the day of the step, {day}; check it",
    ),
    "results.case_other": (
        "与台账 {number} 立项时不符（{value}）",
        "not what case {number} was opened with ({value})",
    ),
}
