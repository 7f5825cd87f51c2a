"""Messages and words of the notice stage (公示用语)."""

from __future__ import annotations

from supervision.notice.report_texts import TEXTS as REPORT

TEXTS: dict[str, tuple[str, str]] = {
    "notice.rule_shape": (
        "规则 {rule} 的值 {value} 不合要求：每一项应有且只有 {fields}，都是文字，不得为空，"
        "号码要加引号。请改正该规则文件。",
        "The value {value} of rule {rule} has another shape: each entry has {fields} and nothing else, all of them "
        "texts (numbers in quotes). Put the rule's file right.",
    ),
    "notice.news.committed_units": ("{round} 轮次公布抽取承诺", "Round {round}: commitment to the draw of units"),
    "notice.news.committed_roster": (
        "{round} 轮次公布检查人员抽取承诺",
        "Round {round}: commitment to the draw of inspectors",
    ),
    "notice.news.drawn_units": ("{round} 轮次抽取检查对象", "Round {round}: units drawn"),
    "notice.news.drawn_roster": ("{round} 轮次抽取检查人员", "Round {round}: inspectors drawn"),
    "notice.news.results": ("{round} 轮次公示检查结果 {count} 项", "Round {round}: {count} results published"),
    "notice.news.corrections": ("{round} 轮次更正检查结果 {count} 处", "Round {round}: {count} corrections"),
    "notice.due.draw_units": (
        "{round} 轮次检查对象待抽取（信源公布后）",
        "Round {round}: units to be drawn, as announced",
    ),
    "notice.due.draw_roster": (
        "{round} 轮次检查人员待抽取（信源公布后）",
        "Round {round}: inspectors to be drawn, as announced",
    ),
    "notice.due.visits": (
        "{round} 轮次的检查自 {start} 起、至 {end} 止，结果随后公示",
        "Round {round}: inspections from {start} to {end}, results follow",
    ),
    "notice.due.pending": ("{round} 轮次期限内待公示结果 {count} 项", "Round {round}: {count} results not due yet"),
    "notice.due.overdue": ("{round} 轮次逾期未公示结果 {count} 项", "Round {round}: {count} results overdue"),
    **REPORT,
    "notice.plan_workbook": (
        "{file} 不是联合任务建议表：没有工作表“{sheet}”或其表头。请用 annual merge 写出的文件。",
        '{file} is no workbook of proposed joint tasks: it lacks the sheet "{sheet}" or its header. Take the file that '
        "annual merge wrote.",
    ),
    "notice.plan_decision": (
        "{file} 第 {line} 行：意见“{word}”看不懂。请从下拉列表选“同意”或“不同意”。",
        '{file}, line {line}: "{word}" is neither yes nor no. Choose 同意 or 不同意.',
    ),
    "notice.plan_reason": (
        "{file} 第 {line} 行：计划 {plan} 不同意联合而没有写理由。请写明理由。",
        "{file}, line {line}: plan {plan} does not join and says no reason. Say why.",
    ),
    "notice.plan_twice": (
        "{file} 第 {line} 行：计划 {plan} 在同一建议中出现两次。请只留一行。",
        "{file}, line {line}: plan {plan} stands twice in one proposal. Leave one line.",
    ),
    "notice.plan_locked": (
        "{file} 工作表“{sheet}”第 {line} 行 {cell} {title}：现为“{value}”，写出时是“{written}”。锁定栏的改动不起作用，"
        "没有读回。月份由程序选择：要改，请改计划 {plan} 的“计划开展月份”再归并；较早的建议表，请换最近一次写出的。",
        '{file}, sheet "{sheet}", line {line}, {cell} {title}: "{value}" was written as "{written}". A locked cell '
        "cannot be changed, and nothing was read. Months are chosen by the program: change those of plan {plan} and "
        "merge again, or take the workbook that was written last.",
    ),
    "notice.annual.months": ("{months}月", "month {months}"),
    "notice.annual.column.name": ("抽查任务", "Task"),
    "notice.annual.column.kind": ("检查类型", "Kind"),
    "notice.annual.column.lead": ("牵头部门", "Lead"),
    "notice.annual.column.partners": ("同月联合部门", "Held together with"),
    "notice.annual.column.items": ("抽查事项", "Items"),
    "notice.annual.column.population": ("抽查对象范围", "Population"),
    "notice.annual.column.regime": ("抽查方式", "Regime"),
    "notice.annual.column.ratio": ("抽查比例（每批）", "Ratio of each batch"),
    "notice.annual.column.months": ("开展月份", "Months"),
    "notice.stage_unknown": (
        "阶段“{stage}”不存在；公示阶段只有 {known}。",
        'There is no stage "{stage}"; a notice is at one of {known}.',
    ),
    "notice.proof_unknown": (
        "文件“{path}”不属于可公开的抽取凭证。只公开 commitment、reveal、result（含第二次抽取的同类文件）和 abandoned。",
        'The file "{path}" is no public proof of a draw. Only commitment, reveal, result and abandoned files are '
        "published.",
    ),
    "notice.rehearsal_differs": (
        "轮次 {round}：承诺文件写明 rehearsal={committed}，公示内容却不同。请按承诺文件的写法公示。",
        "Round {round}: the commitment says rehearsal={committed}, the notice says otherwise. Follow the commitment.",
    ),
    "notice.round_differs": (
        "{path} 写的是轮次 {found}，公示的是轮次 {round}。请核对文件。",
        "{path} is of round {found}, the notice is of round {round}. Check the file.",
    ),
    "notice.sealed_list": (
        "任务 {task_id} 为密封抽取（disclosure={disclosure}），本阶段不得公开其名单，result.json 中却有名单。"
        "请重新生成 result.json，该任务只写摘要。",
        "Task {task_id} is sealed (disclosure={disclosure}); its list may not be public at this stage, yet result.json "
        "has it. Write result.json again with the digest only.",
    ),
    "notice.frame_not_open": (
        "任务 {task_id} 的抽样框不能公开：{reason}。只有公开任务（单层、等概率、无盐值）的抽样框可以公开。",
        "The frame of task {task_id} cannot be public: {reason}. Only an open task (one stratum, equal sizes, no salt) "
        "has a public frame.",
    ),
    "notice.denied": (
        "{path} 含有不得公示的字段 {field}（{why}），未写出任何文件。这是程序缺陷，请勿手工绕过，并请报告。",
        "{path} has the field {field}, which may never be public ({why}); nothing was written. The program is at "
        "fault: do not work round it, report it.",
    ),
    "notice.columns": (
        "{table} 缺少列：{missing}。请补齐后再公示。",
        "{table} lacks the columns {missing}. Supply them before publishing.",
    ),
    "notice.manifest_form": (
        "{file} 不是发布清单：字段或类型不对。请使用发布的原始文件。",
        "{file} is no manifest: its fields are not those of one. Use the file as it was published.",
    ),
    "notice.path": (
        "清单中的路径“{path}”不合规定：须为相对路径，用“/”分隔，不含“..”，且不是清单自身。",
        'The path "{path}" cannot stand in a manifest: it must be relative, with "/" between folders, without "..", '
        "and not the manifest itself.",
    ),
    "notice.task_missing": (
        "{path} 中的任务 {task_id} 不在本轮任务表内。请核对任务登记表。",
        "Task {task_id} in {path} is not among the round's tasks. Check the register of tasks.",
    ),
    "notice.item_missing": (
        "任务或日程引用的抽查事项 {item_id} 不在事项清单内。未列入清单的事项不得检查。",
        "Item {item_id}, named by a task or a calendar, is not in the list of items. Unlisted items are not inspected.",
    ),
    "notice.office_missing": (
        "日程中的执法机构 {office_id} 不在机构名录内。请核对机构登记表。",
        "The office {office_id} of the calendar is not in the register of offices. Check the register.",
    ),
    "notice.unit_missing": (
        "日程中的检查对象 {unit_id} 不在检查对象名录内。请核对名录。",
        "The unit {unit_id} of the calendar is not in the register of entities. Check the register.",
    ),
    "notice.stage.committed": ("已承诺，待抽取", "committed, not yet drawn"),
    "notice.stage.abandoned": ("已放弃", "given up"),
    "notice.stage.drawn": ("已抽取检查对象", "units drawn"),
    "notice.stage.planned": ("已编排检查日程", "calendar made"),
    "notice.stage.matched": ("已抽取检查人员", "inspectors drawn"),
    "notice.stage.results": ("公示检查结果", "results published"),
    "notice.regime.random": ("随机抽查", "random"),
    "notice.regime.full": ("全覆盖检查（抽签确定批次）", "full coverage, order by lot"),
    "notice.regime.reduced": ("减少检查", "reduced contact"),
    "notice.regime.observation": ("观察期", "observation period"),
    "notice.access.open": ("检查前公开名单", "list public before the visits"),
    "notice.access.sealed.after_visit": ("检查后公开名单", "list public after the visits"),
    "notice.access.sealed.before": ("检查前公开名单", "list public before the visits"),
    "notice.access.sealed.never": ("名单不公开，只公开摘要", "digest only"),
    "notice.kind.general": ("一般检查事项", "general item"),
    "notice.kind.key": ("重点检查事项", "key item"),
    "notice.ratio.by_class": ("按分类监管要求差异化抽取", "differs as the rules on classified supervision say"),
    "notice.ratio.count": ("{count} 户", "{count} units"),
    "notice.population.all": ("全部检查对象", "everybody"),
    "notice.population.tags": ("标签", "tags"),
    "notice.population.type": ("主体类型", "type"),
    "notice.population.region": ("行政区划", "region"),
    "notice.population.industry": ("行业代码", "industry"),
    "notice.population.above_scale": ("规模以上", "above scale"),
    "notice.population.established": ("成立日期", "established"),
    "notice.population.capital": ("注册资本（万元）", "capital"),
    "notice.population.employees": ("从业人数", "employees"),
    "notice.population.street": ("街道", "street"),
    "notice.population.=": ("{column}为{values}", "{column} is {values}"),
    "notice.population.!=": ("{column}不为{values}", "{column} is not {values}"),
    "notice.population.^=": ("{column}以{values}开头", "{column} begins with {values}"),
    "notice.population.>=": ("{column}不低于{values}", "{column} at least {values}"),
    "notice.population.<=": ("{column}不高于{values}", "{column} at most {values}"),
    "notice.source.dlt-front": ("超级大乐透前区", "Super Lotto, front numbers"),
    "notice.source.dlt-back": ("超级大乐透后区", "Super Lotto, back numbers"),
    "notice.source.ssq-red": ("中国福利彩票双色球红球", "Shuangseqiu lottery, red balls"),
    "notice.source.ssq-blue": ("中国福利彩票双色球蓝球", "Shuangseqiu lottery, blue ball"),
    "notice.sourcekind.set": ("{low}–{high} 中 {count} 个，升序", "{count} of {low}–{high}, sorted"),
    "notice.sourcekind.sequence": (
        "{count} 个 {low}–{high} 的数，按开出顺序",
        "{count} numbers {low}–{high}, in order",
    ),
    "notice.sourcekind.number": ("{low}–{high} 中 1 个", "one number {low}–{high}"),
    "notice.count.tasks": ("抽查任务", "tasks"),
    "notice.count.units": ("抽样框内检查对象", "units in the frames"),
    "notice.count.drawn": ("抽中检查对象", "units drawn"),
    "notice.count.visits": ("入企检查", "visits"),
    "notice.count.office_visits": ("各机构单独入企时的次数", "visits if each office went alone"),
    "notice.count.joint": ("其中部门联合检查", "of them joint visits"),
    "notice.count.off_site": ("非现场检查对象", "units checked off site"),
    "notice.count.unheld": ("未能安排", "could not be held"),
    "notice.count.inspectors": ("参加检查人员", "inspectors sent"),
    "notice.count.results": ("已公示结果", "results published"),
    "notice.change.moved": ("改期通知", "Notice of another date"),
    "notice.change.moved_text": (
        "因检查工作安排有变，原定对你单位的检查改期如下，特此通知。",
        "The visit to your premises is moved as follows.",
    ),
    "notice.change.cancelled": ("取消检查通知", "Notice that a visit is cancelled"),
    "notice.change.cancelled_text": (
        "原定对你单位的下列检查本轮不再进行，特此通知。",
        "The following visit to your premises is not held in this round.",
    ),
    "notice.change.substituted": ("检查人员变更通知", "Notice of other inspectors"),
    "notice.change.substituted_text": (
        "原定对你单位的检查时间不变，检查人员变更如下，特此通知。",
        "The visit to your premises stays at its time; other inspectors come.",
    ),
    "notice.change.person": ("检查安排变更通知", "Notice of changes in your visits"),
    "notice.change.to.leave": ("不参加本轮检查", "out of this round's visits"),
    "notice.change.to.cancelled": ("检查取消", "the visit is cancelled"),
    "notice.change.to.moved": ("改期，仍由你承担", "moved, still yours"),
    "notice.change.to.takes": ("改由你承担", "yours now"),
    "notice.change.to.leaves": ("不再由你承担", "not yours any more"),
    "notice.change.kind.leave": ("请假或抽调", "leave"),
    "notice.change.kind.substituted": ("换人", "substituted"),
    "notice.change.kind.moved": ("改期", "moved"),
    "notice.change.kind.cancelled": ("未能实施", "not held"),
    "notice.estimate.kind.all": ("全部任务", "all tasks"),
    "notice.estimate.kind.task": ("任务", "task"),
    "notice.estimate.kind.class": ("信用风险类别", "class of credit risk"),
    "notice.estimate.kind.region": ("区域", "district"),
    "notice.estimate.kind.industry": ("行业", "industry"),
    "notice.estimate.kind.item": ("抽查事项", "item"),
    "notice.estimate.all": ("全市", "the whole city"),
    "notice.estimate.unsaid": ("（未填）", "(not said)"),
    "notice.half.all": ("全天", "whole day"),
    "notice.half.1": ("上午", "morning"),
    "notice.half.2": ("下午", "afternoon"),
    "notice.people": ("{count} 人（待抽取）", "{count} people (to be drawn)"),
    "notice.state.recorded": ("已录入 {day}", "recorded {day}"),
    "notice.state.corrected": ("{day} 录入，{last} 更正", "recorded {day}, corrected {last}"),
    "notice.handover_reason": ("退回原因", "reasons"),
    "notice.state.missing": ("未录入", "not recorded"),
    "notice.correction.category": ("检查结果", "result"),
    "notice.correction.inspected_on": ("检查日期", "day of inspection"),
    "notice.correction.not_public": ("不列入公示结果", "not among the published results"),
    "notice.correction.words": (
        "{day} 更正：{field}由“{old}”更正为“{new}”",
        '{day} corrected: {field} from "{old}" to "{new}"',
    ),
    "notice.certificate.supplement": ("第 {number} 次补排：", "Supplement {number}:"),
    "notice.certificate.of_district": (
        "日程证明（除写明“本机构”的以外，为所在区各机构合计）：",
        "What is proven, of all offices of the district together unless it says this office:",
    ),
    "notice.certificate.all_held": (
        "应检 {units:,} 户、{duties:,} 项任务（一户一机构为一项），全部排定（{held:,} 项）。",
        "{duties:,} duties (a unit and an office each) of {units:,} units, all of them held ({held:,}).",
    ),
    "notice.certificate.least_lost": (
        "应检 {duties:,} 项任务（一户一机构为一项），排定 {held:,} 项，涉及 {units:,} 户；{lost:,} 项未排定，"
        "{incomplete:,} 户因此未查全。已证明：任何日程都至少有这么多项排不下。",
        "{held:,} of {duties:,} duties are held at {units:,} units; {lost:,} are not, which leaves {incomplete:,} "
        "units incomplete. Proven: no calendar loses fewer.",
    ),
    "notice.certificate.least_computed": (
        "应检 {duties:,} 项任务（一户一机构为一项），排定 {held:,} 项，涉及 {units:,} 户；{lost:,} 项未排定，"
        "{incomplete:,} 户因此未查全。已证明至少 {proven:,} 项排不下；求解器算得任何日程都至少有 {lost:,} 项"
        "排不下（算得，未证明）。",
        "{held:,} of {duties:,} duties are held at {units:,} units; {lost:,} are not, which leaves {incomplete:,} "
        "units incomplete. Proven: at least {proven:,} are lost in any calendar; a solver computed "
        "{lost:,} (computed, not proven).",
    ),
    "notice.certificate.lost": (
        "应检 {duties:,} 项任务（一户一机构为一项），排定 {held:,} 项，涉及 {units:,} 户；{lost:,} 项未排定，"
        "{incomplete:,} 户因此未查全。已证明至少 {proven:,} 项排不下，求解器算得至少 {computed:,} 项"
        "（算得，未证明）；其余是否必然排不下，没有证明。",
        "{held:,} of {duties:,} duties are held at {units:,} units; {lost:,} are not, which leaves {incomplete:,} "
        "units incomplete. Proven: at least {proven:,} are lost in any calendar; computed by a solver: "
        "{computed:,}; of the rest nothing is proven.",
    ),
    "notice.certificate.impossible": (
        "另有 {items:,} 项检查内容任何日程都无法安排（见“未能安排的检查”中的原因）。",
        "Besides, {items:,} items cannot be held by any calendar (for the reasons told below).",
    ),
    "notice.certificate.least_doors": (
        "进门 {doors:,} 次（{units:,} 户）。已证明：查这些内容，进门次数不能再少。",
        "{doors:,} doors for {units:,} units. Proven: what is held needs no fewer.",
    ),
    "notice.certificate.doors": (
        "进门 {doors:,} 次（{units:,} 户）。已证明至少要 {least:,} 次；多出的 {more:,} 次是为了不落下任务，"
        "是否必需，没有证明。",
        "{doors:,} doors for {units:,} units. Proven: at least {least:,}; the {more:,} more hold duties that would be "
        "lost, which is not proven to be needed.",
    ),
    "notice.certificate.least_team_days": (
        "派组 {days:,} 组·天（同一机构同一天在同一街道的检查为一组）。已证明：不能再少。",
        "{days:,} team-days (visits of an office in one street on one day are one). Proven: no fewer.",
    ),
    "notice.certificate.team_days": (
        "派组 {days:,} 组·天（同一机构同一天在同一街道的检查为一组）。已证明至少 {least:,} 组·天，相差 {gap}。",
        "{days:,} team-days (visits of an office in one street on one day are one). Proven: at least {least:,}; the "
        "gap is {gap}.",
    ),
    "notice.certificate.even": (
        "均衡：各机构各半天超出平均数的共 {uneven:,} 人次（算得，未证明最少）。",
        "Even load: {uneven:,} people above their office's even share over all half-days (computed, not proven least).",
    ),
    "notice.certificate.office": (
        "本机构：已证明至少 {proven:,} 项任务任何日程都排不下；求解器算得至少 {computed:,} 项。",
        "This office: proven that at least {proven:,} duties are lost in any calendar; computed by a solver: "
        "{computed:,}.",
    ),
    "notice.certificate.specialists": (
        "本机构能查“{item}”的人员：已证明至少 {proven:,} 项任务任何日程都排不下；求解器算得至少 {computed:,} 项。",
        'This office\'s people for "{item}": proven that at least {proven:,} duties are lost in any calendar; computed '
        "by a solver: {computed:,}.",
    ),
    "notice.certificate.terms": (
        "“已证明”的数由 certificate.json 中的整数价格得出，不用求解器就能复算；“算得”的是求解器的结果。"
        "日程不看风险类别和分数，日期由任务时间、人员和抽签序号决定。",
        'What is "proven" follows from integer prices in certificate.json and can be computed again without a solver; '
        'what is "computed" is a solver\'s result. The calendar knows neither class nor score.',
    ),
    "notice.weekday": ("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun"),
    "notice.ics.rehearsal": ("【演练】", "[REHEARSAL] "),
    "notice.ics.name": ("{mark}{whose} {round} 检查日程", "{mark}{whose}, inspections {round}"),
    "notice.ics.summary": ("{mark}入企检查：{name}", "{mark}Inspection: {name}"),
    "notice.ics.cancelled": ("{mark}已取消，不入企：{name}", "{mark}Cancelled, not held: {name}"),
    "notice.ics.released": ("{mark}不再由你承担：{name}", "{mark}No longer yours: {name}"),
    "notice.ics.none": ("无", "none"),
    "notice.ics.description": (
        "检查事项：{items}\n同行部门：{joint}\n牵头机构：{lead}\n检查人员：{inspectors}\n任务：{tasks}\n检查编号：{visit_id}",
        "Items: {items}\nWith: {joint}\nLead: {lead}\nInspectors: {inspectors}\nTasks: {tasks}\nVisit: {visit_id}",
    ),
    "notice.warning_terms": (
        "本表为内部资料，不得公开。到期未办结的期限以红底显示。跟进、移交、办结由承办机构用 supervision warnings 登记；"
        "办结后记入该户的信用记录，不计分。",
        "Internal, never public. A deadline that has passed is red. The office enters what it does by supervision "
        "warnings; a closed warning becomes an event of the unit, without points.",
    ),
    "notice.advice_terms": (
        "本表为内部资料，只提示可能适用的免罚轻罚清单和裁量基准，不作处罚决定；是否适用由承办机构查明事实后依法决定。",
        "Internal: lists of leniency and discretion that may apply. Advice, no penalty; the office decides by law on "
        "the facts.",
    ),
    "notice.off_site_waits": ("待次年放假安排公布", "when next year's working days are announced"),
    "notice.follow_up_none": ("无", "none"),
    "notice.item_by_method": ("{item}（{method}）", "{item} ({method})"),
    "notice.off_site_terms": (
        "本表的检查不入企：请把检查内容和自查自纠截止日期告知企业；企业自查自纠、报送材料后，由本机构按所列方式核查，"
        "结果填在“结果录入”，检查方式照实填写，人员为本机构人员，仍须另一人审核。核查发现须到现场的，"
        "作为后续处置或专项检查另行安排，不得借此再作一次随机检查。",
        "Nobody enters for the checks of this sheet: tell the enterprise what is looked at and by when it corrects "
        "itself; then check its papers by the methods named and put the result into the form, with people of this "
        "office and another who reviews. What must be seen on site follows as follow-up or special check, never as a "
        "second random visit.",
    ),
    "notice.everything_held": ("没有：全部检查任务都已排定。", "Nothing: everything is held."),
    "notice.some_units": (
        "{names}等 {units} 户，全部名称见 calendar.html",
        "{names} and more, {units} in all; see calendar.html",
    ),
    "notice.reason_missing": (
        "公示内容有更正或撤下，请用 --reason 写明理由：{path}",
        "A published file was corrected or withdrawn; give the reason with --reason: {path}",
    ),
    "notice.stage_reason": ("本轮进展：{stage}", "The round went on: {stage}"),
    "notice.home_reason": ("轮次更新", "rounds were updated"),
    "notice.posted_first": ("随机抽取承诺公告", "Notice of a commitment to a random draw"),
    "notice.posted_second": ("检查人员抽取承诺公告", "Notice of a commitment to a draw of inspectors"),
    "notice.key_needs_passphrase": ("密钥 {file} 需要口令。", "Key {file} needs a passphrase."),
    "notice.passphrase_empty": ("口令不能为空。请另设口令。", "The passphrase is empty. Choose one."),
    "notice.key_not_encrypted": (
        "密钥 {file} 没有口令保护，不用来签名。请用 keys 另建一把。",
        "Key {file} is not protected by a passphrase and signs nothing. Make one with keys.",
    ),
    "notice.key_not_read": (
        "密钥 {file} 打不开：口令不对，或不是 PEM 私钥。请核对口令与文件。",
        "Key {file} does not open: a wrong passphrase, or no private key in PEM form. Check both.",
    ),
    "notice.key_kind": (
        "密钥 {file} 不是 Ed25519 私钥。请用 keys 建立。",
        "Key {file} is not Ed25519. Make one with keys.",
    ),
    "notice.key_not_public": ("{file} 不是 Ed25519 公钥（PEM）。", "{file} is no public key of Ed25519 in PEM form."),
    "notice.key_there": (
        "{file} 已存在，不会覆盖。请另取文件名。",
        "{file} is there already and is not overwritten. Choose another name.",
    ),
    "notice.key_made": (
        "签名密钥已建于 {file}（仅本人可读）；公钥 {public}，指纹 {fingerprint}。请另行公布公钥和指纹。",
        "The signing key is {file} (for yourself alone); the public key {public}, fingerprint {fingerprint}. Make the "
        "public key and its fingerprint known outside this site, too.",
    ),
    "notice.no_public_folder": (
        "{folder} 不是公示文件夹（缺首页或清单）。请指向 publish 的 --out。",
        "{folder} is no public folder (its home page or manifest is missing). Name the --out of publish.",
    ),
    "notice.no_round_to_sign": (
        "{folder} 没有轮次 {round}。请先 publish。",
        "{folder} has no round {round}. Publish it first.",
    ),
    "notice.not_signed": (
        "{folder} 核验不一致，不予签名：{difference}",
        "{folder} does not verify and is not signed: {difference}",
    ),
    "notice.signed": (
        "{round}：{files} 个文件已由 {key} 签名（新签 {new} 个）。",
        "{round}: {files} files are signed by {key} ({new} anew).",
    ),
    "notice.signatures_form": (
        "{file} 不是签名清单：字段、次序或取值不符。",
        "{file} is no list of signatures: its fields, order or values are not those of one.",
    ),
    "notice.signature_wrong": (
        "{file} 的签名不是密钥 {key} 对该摘要所签。",
        "The signature of {file} is not that of key {key} over this digest.",
    ),
    "notice.part_bytes": (
        "{file} 不是原样的名单文件（{reason}）：没有接收。请重新索取。",
        "{file} is not a list as it was written ({reason}); nothing was taken. Ask for it again.",
    ),
    "notice.part_form": (
        "{file} 不是下达名单，或字段不对（{field}）：没有接收。请重新索取。",
        "{file} is no list that was handed down, or its fields are not as they should be ({field}); nothing was taken. "
        "Ask for it again.",
    ),
    "notice.part_changed": (
        "{file} 的内容与密钥 {key} 的签名不符，已被改动：没有接收。请向下达机关重新索取。",
        "{file} is not as key {key} signed it: it was changed. Nothing was taken; ask the body above for it again.",
    ),
    "notice.part_other_key": (
        "{file} 由密钥 {key} 签名，不是所给的 {trusted}：没有接收。请核对下达机关的公钥。",
        "{file} is signed with key {key}, not with the one given, {trusted}. Nothing was taken; check the public key "
        "of the body above.",
    ),
    "notice.signature_of_nothing": (
        "轮次 {round} 有一个签名（{of}，{file}）所签摘要不是任何公示文件的。",
        "Round {round} has a signature ({of}, {file}) over a digest that no published file shows.",
    ),
    "notice.key_missing": ("缺公钥 {file}（指纹 {key}）。", "The public key {file} is missing (fingerprint {key})."),
    "notice.signed_by_no_signer": (
        "轮次 {round} 的现行清单没有所指公钥（{signers}）的签名。",
        "The latest manifest of round {round} is not signed by the keys that were named ({signers}).",
    ),
    "notice.unsigned": ("签名：{round} 没有签名。", "Signatures: {round} has none."),
    "notice.signature_right": ("签名：{round} {state}，密钥指纹 {key}。", "Signatures: {round} {state}, key {key}."),
    "notice.signed_whole": ("签名无误，至现行清单", "is rightly signed up to its latest manifest"),
    "notice.signed_earlier": ("签名无误，但现行清单尚未签名", "is rightly signed, its latest manifest not yet"),
    "notice.compare_fingerprint": (
        "请把指纹与机关在别处公布的核对，或用 --signer 指定公钥。",
        "Compare the fingerprint with what the agency made known elsewhere, or name the public key with --signer.",
    ),
    "notice.paper.partner": ("{office}：{names}", "{office}: {names}"),
    "notice.paper.certified": ("{name}（执法证 {number}）", "{name} (certificate {number})"),
    "notice.paper.no_findings": ("未见检查发现问题的记录", "no problem found by inspections on record"),
    "notice.no_visits": ("本机构本轮没有入企检查。", "This office has no visits in this round."),
    "notice.posted.lead": (
        "{city} {round} 轮次“双随机、一公开”抽查，在随机信源产生之前，已将全部抽样框、中签机会、规则与名录固定。"
        "下列摘要即为凭据：任何改动都会使摘要不符。",
        "Round {round} of randomly drawn inspections in {city}: frames, chances, rules and registers are fixed before "
        "any random source exists. The digest below is the proof: whatever is changed later gives another digest.",
    ),
    "notice.posted.lead2": (
        "{city} {round} 轮次“双随机、一公开”抽查的检查日程与人员名册，在随机信源产生之前已经固定。"
        "下列摘要即为凭据：任何改动都会使摘要不符。",
        "Round {round} of randomly drawn inspections in {city}: calendar and roster are fixed before any random source "
        "of their draw exists. The digest below is the proof: whatever is changed later gives another digest.",
    ),
    "notice.posted.sequence": ("承诺序号", "Sequence"),
    "notice.posted.unnumbered": ("演练，不编号", "a rehearsal, not numbered"),
    "notice.posted.committed_at": ("承诺时间（北京时间）", "Committed at (Beijing)"),
    "notice.posted.drawn_after": ("首个信源开奖时间", "First source held at"),
    "notice.posted.last_source": ("末个信源开奖时间", "Last source held at"),
    "notice.posted.digest": (
        "承诺摘要（{hash}，{groups} 组，每组 {group} 位）",
        "Digest ({hash}, {groups} groups of {group})",
    ),
    "notice.posted.qr": (
        "二维码：机关、轮次、序号、算法与摘要",
        "QR code: agency, round, sequence, hash and digest",
    ),
    "notice.posted.column.name": ("信源", "Source"),
    "notice.posted.column.issue": ("期号", "Issue"),
    "notice.posted.column.shape": ("取数", "Numbers"),
    "notice.posted.column.at": ("开奖时间（北京时间）", "Held at (Beijing)"),
    "notice.posted.column.organiser": ("主办方", "Organiser"),
    "notice.posted.rule": (
        "抽取以上述各期公布的号码为准，由公开的抽取规程算出名单；一轮只抽一次。开奖后，公示网站公布号码、种子与结果，"
        "任何人可下载核验程序自行核对。",
        "The numbers of these issues decide by a public protocol, once. Afterwards numbers, seed and result stand on "
        "the public site, and anybody can check them with the published verifier.",
    ),
    "notice.posted.keep": (
        "请在张贴后拍照留存；本公告不含任何企业的信用风险分类。",
        "Photograph the posted notice and keep the picture. No enterprise's risk class is in this notice.",
    ),
    "notice.posted.rehearsal": ("演练，不产生任何效力", "REHEARSAL, of no effect"),
    "notice.posted.no_glyph": (
        "文书字体里没有“{character}”（{point}）这个字，所在文字：“{text}”。请把有这个字的字体文件放进业务记录库旁的 "
        "paper_templates/fonts 文件夹；Word 文书不受影响。",
        'The font lacks "{character}" ({point}), in "{text}". Lay a font that has it into paper_templates/fonts beside '
        "the store; Word papers are not affected.",
    ),
    "notice.no_font": (
        "找不到自带字体 {font}，无法生成 PDF。请重新安装本软件；Word 文书不受影响。",
        "The font {font} that comes along is not there, so that no PDF can be made. Install the software anew.",
    ),
    "notice.typeset": ("PDF 排版失败：{why}。请报告给维护者。", "The PDF cannot be typeset: {why}. Report this."),
    "notice.paper.no_code": ("本份文书未签发入企码", "this paper carries no signed code"),
    "notice.paper.no_cap": ("规则未设年度上限", "no yearly cap by rule"),
    "notice.paper.no_word": (
        "{file} 不是 Word 文件（.docx）或已损坏。请用 Word 或 WPS 另存为 .docx，"
        "或从 paper-templates 写出的模板重新开始。",
        "{file} is no Word file (.docx) or damaged. Save it as .docx, or start anew from paper-templates.",
    ),
    "notice.paper.too_large": (
        "{file} 解开后超过 {most} MB，不像模板。请去掉大图片后再放进来。",
        "{file} is larger than {most} MB when unpacked. Take large pictures out.",
    ),
    "notice.paper.broken": (
        "{file} 的 {part} 无法读取：模板标记写乱了版式。请检查 {{%tr … %}}、{{%p … %}} 是否各占一行、成对出现。",
        "{part} of {file} cannot be read: tags broke its structure. Check that {{%tr … %}} and {{%p … %}} come in "
        "pairs, each in a row or paragraph of its own.",
    ),
    "notice.paper.syntax": (
        "{file} 的模板标记有误，在“{near}”附近：{why}。请改正标记，或从 paper-templates 写出的模板重新开始。",
        '{file}: a tag near "{near}" is wrong: {why}. Mend it, or start anew from paper-templates.',
    ),
    "notice.paper.field": (
        "{file} 用了不存在的字段“{field}”。可用的相近字段：{known}。全部字段见 paper-templates 写出的 fields.txt。",
        '{file} names a field "{field}" that does not exist. Close to it: {known}. fields.txt, which paper-templates '
        "writes, lists them all.",
    ),
    "notice.paper.fields_head": (
        "文书模板字段说明：在 Word 模板里写 {{{{ 字段 }}}}，打印时换成当次检查的内容；"
        "表格中逐行重复的内容按清单字段的写法。",
        "Fields of paper templates: write {{{{ field }}}} in a Word template.",
    ),
    "notice.paper.fields_of": ("{kind}：{forms}", "{kind}: {forms}"),
    "notice.paper.kind.visit": ("每次入企的文书", "papers of a visit"),
    "notice.paper.kind.day": ("每天的文书", "papers of a day"),
    "notice.paper.kind.task": ("每个任务的文书", "papers of a task"),
    "notice.kind_unknown": (
        "监督计数的种类“{kind}”不存在；只有 {known}。",
        'There is no kind of count "{kind}"; there are {known}.',
    ),
    "notice.oversight.stepped_in": ("递补", "stepped in for"),
    "notice.oversight.could_not": ("未能检查", "could not inspect"),
    "notice.oversight.unheld": ("未能排定", "not in the calendar"),
    "notice.oversight.sent_back": ("退回重排", "sent back"),
    "notice.oversight.changed": ("抽取后变更", "changed later"),
    "notice.oversight.few_candidates": ("候选不足三人", "under three candidates"),
    "notice.oversight.abandoned": ("放弃的轮次", "rounds abandoned"),
    "notice.oversight.abandoned_roster": ("放弃的第二次承诺", "second commitments abandoned"),
    "notice.oversight.about.stepped_in": (
        "牵头机构的应查户次（任务×检查对象，含递补）中，因无法检查而由备选递补的（备选用尽的也计入）。",
        "Of the units of tasks that the office leads, those replaced because they could not be inspected.",
    ),
    "notice.oversight.about.could_not": (
        "已录入结果的检查中，结果为关闭、注销、迁出等而未能检查的（结果代码 7、9–12）。",
        "Of the visits with results, those where nothing could be inspected (closed, deregistered, moved away …).",
    ),
    "notice.oversight.about.unheld": (
        "应由该机构检查的对象中，全部或部分事项未能排入日程的。",
        "Of the units that the office should visit, those left out of the calendar in whole or in part.",
    ),
    "notice.oversight.about.sent_back": (
        "进入检查人员抽取的检查中，因岗位无人可派而退回重排的。",
        "Of the visits in a draw of inspectors, those sent back because a place stayed open.",
    ),
    "notice.oversight.about.changed": (
        "已抽取检查人员的检查中，之后替换人员、改期或取消的。",
        "Of the visits with drawn inspectors, those substituted, moved or cancelled afterwards.",
    ),
    "notice.oversight.about.few_candidates": (
        "抽取的岗位中，当时可选人员不足三人的。",
        "Of the places drawn, those with fewer than three candidates.",
    ),
}
