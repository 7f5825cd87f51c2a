"""Messages of `explain` (评分说明的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.explain": ("逐项说明", "explaining"),
    "month.nobody_scored": (
        "还没有评过分的轮次。请先运行 supervision score 轮次。",
        "No round was scored yet. Run supervision score ROUND first.",
    ),
    "month.explain_head": (
        "评分明细（内部，不公开）：{unit} {name}，证据截至 {on}，评分卡取自轮次 {round}",
        "Sheet of a score (internal, never public): {unit} {name}, evidence of {on}, card of round {round}",
    ),
    "month.explain_sum": (
        "基础分 {base} + 各项分值合计 {points} = {total}，评分 {score}（限于 0–1000）",
        "base {base} + points {points} = {total}, score {score} (cut to 0–1000)",
    ),
    "month.explain_own_card": (
        "所用评分卡：行业自己的（{industry}，由 {rows:,} 次检查训练，发现问题 {found:,} 次），分值已换算到通用卡的尺度",
        "card: the industry's own ({industry}, learned from {rows:,} inspections, {found:,} with problems), on the "
        "scale of the general card",
    ),
    "month.explain_general_card": ("所用评分卡：通用的", "card: the general one"),
    "month.explain_class": (
        "类别 {final}；按分数为 {by_score}",
        "class {final}; by the score alone {by_score}",
    ),
    "month.explain_override": (
        "类别由法定情形确定：{event}，{reason}（规则 {rule}；依据：{basis}）",
        "the class is set by statute: {event}, {reason} (rule {rule}; basis: {basis})",
    ),
    "month.explain_differs": (
        "轮次 {round} 评分之后登记表有变化：本明细按现有登记，与该轮所存评分不同。",
        "The registers have changed since round {round} was scored: this sheet is of the registers as they are now.",
    ),
    "month.explain_raises": ("升分理由：{words}（{above}）", "raises the score: {words} ({above})"),
    "month.explain_lowers": ("降分理由：{words}（{above}）", "lowers the score: {words} ({above})"),
    "month.explain_indicator": ("{points} 分　{words}", "{points} points: {words}"),
    "month.explain_others": (
        "　　由其他单位的登记和检查算得，无本单位记录",
        "    computed from other units; no record of its own",
    ),
    "month.explain_licences": ("　　由许可证登记算得", "    computed from the register of licences"),
    "month.explain_bound": (
        "按本轮界限为 {kept} 类：没有新情况的单位沿用上一轮类别、占去名额，界限随之移动，"
        "与单按得分名次（{by_score} 类）不同（规则 shared/class_change）",
        "class {kept} by this round's bounds: units with nothing new keep their classes and take places, so the bounds "
        "moved; its score's rank alone: {by_score} (rule shared/class_change)",
    ),
    "month.explain_field": (
        "{field}领域的事项取 {class} 类：专业类别 {professional}，相当于通用 {compares} 类；通用 {general} 类；{by}；"
        "{duty}（规则 {rule}、{resolves}）",
        "items of {field}: class {class}; professional class {professional}, which compares with {compares}; general "
        "class {general}; {by}; {duty} (rules {rule}, {resolves})",
    ),
    "month.field_by_professional": ("{way}，由专业类别决定", "{way}: decided by the professional class"),
    "month.field_by_general": ("{way}，由通用类别决定", "{way}: decided by the general class"),
    "month.field_by_both": ("两者一致", "both are alike"),
    "month.field_stricter": ("两类不一致时从严", "the stricter counts"),
    "month.field_professional": ("两类不一致时取专业类别", "the professional one counts"),
    "month.field_general": ("两类不一致时取通用类别", "the general one counts"),
    "month.field_duty": ("每年至少检查 {many} 次", "at least {many} inspections a year"),
    "month.field_no_duty": ("未规定年检查次数", "no number of inspections a year is issued"),
    "month.explain_stays": (
        "没有新情况，类别沿用上一轮的 {kept} 类（按本轮分数为 {by_score} 类；规则 shared/class_change）",
        "nothing new is known: class {kept} of the last round stays (its score alone: {by_score}; rule"
        " shared/class_change)",
    ),
    "month.explain_registered": ("　　登记事项，{known} 起所知", "    as registered, known since {known}"),
    "month.explain_row": (
        "　　{date} {kind} {number}，来源 {source}，{known} 知悉；使用至 {until}，本指标计至 {leaves}（不含当日）",
        "    {date} {kind} {number}, source {source}, known on {known}; used until {until}, in this indicator until "
        "{leaves} (that day excluded)",
    ),
    "month.explain_left_out": (
        "未计入：{date} {kind} {number}，来源 {source}：{why}",
        "left out: {date} {kind} {number}, source {source}: {why}",
    ),
    "month.explain_objection": (
        "异议 {number}：{filed} 提出，{state}，办结 {decided}",
        "objection {number}: filed {filed}, {state}, decided {decided}",
    ),
    "month.objection_of_nothing": (
        "{rows} 条异议所指的记录没有找到（如 {unit} 的异议 {number}）：类型、日期、编号须与记录一致，否则没有"
        "记录因异议暂停使用。请核对后重新导入。",
        "{rows} objections name no record (such as {number} of {unit}): kind, day and number must be those of the "
        "record, or nothing rests because of them. Check and import them again.",
    ),
    "month.explain_next": ("将退出：{day} {number}（{name}）", "leaves next: {day} {number} ({name})"),
    "month.explained_all": (
        "已写出 {units} 户的理由及依据：{file}（内部文件，不得公开）",
        "Reasons of {units} units with their records: {file} (internal, never public)",
    ),
    "month.explained_differ": (
        "其中 {units} 户的分数与轮次 {round} 所存的不同：评分之后登记表有变化，本表按现有登记。",
        "The scores of {units} of them are not those of round {round}: the registers have changed since; the table is "
        "of the registers as they are now.",
    ),
    "month.receipt_written": (
        "已出具 {unit} 的告知回执：{file}；申请人 {who}，已记入日志",
        "Receipt of {unit}: {file}; asked for by {who}, which stands in the log",
    ),
    "month.receipt_nobody": (
        "没有写明谁申请回执。请用 --asked-by 写明，如 企业、法定代表人。",
        "Who asks for the receipt is not said. Name them with --asked-by, such as the enterprise.",
    ),
    "month.receipt_kind": (
        "规则 {rule} 的 withheld 写有“{kind}”，没有这种记录，回执没有写出。请改为：{known}。",
        "{rule}: withheld has '{kind}', which no record is; no receipt was written. Use one of {known}.",
    ),
    "month.receipt_format": (
        "回执写为网页文件，{file} 的扩展名应为 .html。",
        "A receipt is a page: the name {file} should end in .html.",
    ),
}
