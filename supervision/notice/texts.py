"""Messages and words of the notice stage (公示用语)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
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
    "notice.columns": (
        "{table} 缺少列：{missing}。请补齐后再公示。",
        "{table} lacks the columns {missing}. Supply them before publishing.",
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
    "notice.count.joint": ("其中部门联合检查", "of them joint visits"),
    "notice.count.unheld": ("未能安排", "could not be held"),
    "notice.count.inspectors": ("参加检查人员", "inspectors sent"),
    "notice.count.results": ("已公示结果", "results published"),
    "notice.half.all": ("全天", "whole day"),
    "notice.half.1": ("上午", "morning"),
    "notice.half.2": ("下午", "afternoon"),
    "notice.people": ("{count} 人（待抽取）", "{count} people (to be drawn)"),
    "notice.state.recorded": ("已录入 {day}", "recorded {day}"),
    "notice.state.corrected": ("{day} 录入，{last} 更正", "recorded {day}, corrected {last}"),
    "notice.state.missing": ("未录入", "not recorded"),
    "notice.correction.category": ("检查结果", "result"),
    "notice.correction.inspected_on": ("检查日期", "day of inspection"),
    "notice.correction.not_public": ("不列入公示结果", "not among the published results"),
    "notice.correction.words": (
        "{day} 更正：{field}由“{old}”更正为“{new}”",
        '{day} corrected: {field} from "{old}" to "{new}"',
    ),
    "notice.reason_missing": (
        "公示内容有更正或撤下，请用 --reason 写明理由：{path}",
        "A published file was corrected or withdrawn; give the reason with --reason: {path}",
    ),
    "notice.stage_reason": ("本轮进展：{stage}", "The round went on: {stage}"),
    "notice.home_reason": ("轮次更新", "rounds were updated"),
    "notice.posted_first": ("随机抽取承诺公告", "Notice of a commitment to a random draw"),
    "notice.posted_second": ("检查人员抽取承诺公告", "Notice of a commitment to a draw of inspectors"),
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
        "公告 PDF 的字体没有“{character}”字（{where}：{text}）。请改用常用写法（GB/T 2312 内的字），或只张贴网页版。",
        'The font of the PDF notice has no "{character}" ({where}: {text}). Write it with characters of GB/T 2312.',
    ),
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
