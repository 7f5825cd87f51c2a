"""Messages of early warning and proportion (风险预警与过罚相当的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.warning_signals": ("查找预警信号", "looking for signals"),
    "month.warnings_no_rule": (
        "规则 {rule} 写明 {on} 不设预警，没有生成",
        "Rule {rule} says that there are no warnings on {on}; none was made",
    ),
    "month.warnings_made": ("{on} 新发预警 {count:,} 件", "{on}: {count:,} new warnings"),
    "month.warning_opened": (
        "  {number} {signal}：{unit} {name}，承办 {office}",
        "  {number} {signal}: {unit} {name}, office {office}",
    ),
    "month.warning_without_office": (
        "  没有承办机构：{signal}，{unit} {name}（{agency}，区划 {region}）没有发出。请在机构登记表中补入该机构后重做",
        "  No office: {signal}, {unit} {name} ({agency}, district {region}) was not opened. Add the office to the "
        "register of offices and make the warnings again",
    ),
    "month.warnings_compared": (
        "评分上升比较了 {rounds}（同一评分卡）",
        "Scores were compared between {rounds} (by one scorecard)",
    ),
    "month.warnings_not_compared": (
        "没有两个已评分的正式轮次，未比较评分上升",
        "There are no two scored real rounds; jumps in score were not looked for",
    ),
    "month.warning_unknown": (
        "没有预警 {number}。请用 supervision warnings list 核对编号。",
        "There is no warning {number}. See supervision warnings list.",
    ),
    "month.warning_meanwhile": (
        "预警 {number} 的步骤 {step} 刚由他人登记。请重新查看后再办。",
        "Step {step} of warning {number} was just entered by somebody else. Look at it again.",
    ),
    "month.warning_signal_unknown": (
        "没有预警信号“{signal}”。可用：{known}。请核对。",
        'There is no signal "{signal}". There are: {known}. Check it.',
    ),
    "month.warning_signal_by_rule": (
        "信号“{signal}”由 supervision warnings make 按规则生成，不能人工发出。人工发出请用 --signal referred。",
        'Signal "{signal}" is found by supervision warnings make alone. By hand use --signal referred.',
    ),
    "month.warning_unit_unknown": (
        "检查对象登记表中没有 {unit}。请核对统一社会信用代码。",
        "The register of units has no {unit}. Check the id.",
    ),
    "month.warning_no_office": (
        "{unit} 的预警没有承办机构，没有发出。请用 --office 指明；所在区的机构：{near}。",
        "The warning of {unit} names no office and was not opened. Give --office; offices of its district: {near}.",
    ),
    "month.warning_office_unknown": (
        "机构登记表中没有 {office}（{unit}）。请核对机构编号，例如：{near}。",
        "The register of offices has no {office} ({unit}). Check the id; there are for instance: {near}.",
    ),
    "month.warning_same_office": (
        "预警 {number} 已由 {office} 承办，无需移交。请核对接办机构。",
        "Warning {number} is with {office} already. Check whom it goes to.",
    ),
    "month.warning_no_words": (
        "没有写明处置内容或依据，没有登记。请写明后再办。",
        "Nothing is said of what was done or on what it rests; nothing was stored. Say it.",
    ),
    "month.warning_step": (
        "预警 {number}：{action}，承办 {office}，经办 {by}",
        "Warning {number}: {action}, office {office}, by {by}",
    ),
    "month.warning_event": (
        "已记入 {unit} 的信用记录：预警办结 {number}（{office}），不计分",
        "An event of {unit} is on record: warning {number} dealt with ({office}); it carries no points",
    ),
    "month.warning_event_missing": (
        "  {number} 已办结，但没有信用记录。请用同样的处置内容再运行一次 warnings close",
        "  {number} is closed but its event is missing. Run warnings close again with the same words",
    ),
    "month.warnings_open": (
        "{on}：未办结预警 {count:,} 件，其中逾期 {overdue:,} 件；已办结 {closed:,} 件",
        "{on}: {count:,} warnings are open, {overdue:,} of them overdue; {closed:,} closed",
    ),
    "month.warning_line": (
        "  {number} {signal}：{unit} {name}，{office}，{due} 前办结",
        "  {number} {signal}: {unit} {name}, {office}, due {due}",
    ),
    "month.warning_line_overdue": (
        "  逾期 {number} {signal}：{unit} {name}，{office}，应于 {due} 前办结",
        "  OVERDUE {number} {signal}: {unit} {name}, {office}, was due {due}",
    ),
    "month.warning_due_awaits": ("（待 {year} 年安排公布）", "(waits for the calendar of {year})"),
    "month.warning_files": (
        "{count:,} 个机构的预警通知已写入 {folder}（内部，不公开）",
        "The files of {count:,} offices stand in {folder} (internal, never public)",
    ),
    "month.warning_text_head": (
        "【内部】{office} 风险预警 {on}：未办结 {count} 件，逾期 {overdue} 件",
        "[internal] {office}, warnings of {on}: {count} open, {overdue} overdue",
    ),
    "month.warning_text_line": (
        "{place}. {number} {signal}：{name}（{unit}），{mark}",
        "{place}. {number} {signal}: {name} ({unit}), {mark}",
    ),
    "month.warning_text_due": ("{due} 前办结", "due {due}"),
    "month.warning_text_overdue": ("已逾期（应于 {due} 前办结）", "overdue (was due {due})"),
    "month.warning_text_do": ("   要求：{text}。依据：{records}", "   To do: {text}. Records: {records}"),
    "month.warning_text_hand_over": (
        "   查实后移交：{department}",
        "   Where it is borne out, hand over to: {department}",
    ),
    "month.warning_text_done": ("   已办：{done}", "   Done so far: {done}"),
    "month.advice_head": (
        "{count:,} 项发现的问题有可参考的清单（只作提示，不作处罚决定，不公开）：",
        "For {count:,} findings there are lists that may apply (advice, never a penalty, never public):",
    ),
    "month.advice_line": (
        "  {visit} {item}：{advice}〔{basis}〕",
        "  {visit} {item}: {advice} [{basis}]",
    ),
    "month.advice_if_corrected": ("{advice}（按期改正的）", "{advice} (once corrected in time)"),
    "month.advice_first": ("初次", "first time"),
    "month.advice_again": ("非初次", "not the first time"),
    "month.advice_unknown": (
        "规则没有写明结果“{result}”的轻重，请人工查对",
        'the rule does not say how grave result "{result}" is; look yourself',
    ),
}
