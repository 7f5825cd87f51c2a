"""Messages of the month (各步骤的提示文字)."""

from supervision.month.annual_texts import TEXTS as ANNUAL
from supervision.month.browse_texts import TEXTS as BROWSE
from supervision.month.case_texts import TEXTS as CASES
from supervision.month.coverage_texts import TEXTS as COVERAGE
from supervision.month.explaining_texts import TEXTS as EXPLAINING
from supervision.month.export_texts import TEXTS as EXPORT
from supervision.month.law_watch_texts import TEXTS as LAW_WATCH
from supervision.month.ledger_texts import TEXTS as LEDGER
from supervision.month.off_site_texts import TEXTS as OFF_SITE
from supervision.month.operation_texts import TEXTS as OPERATION
from supervision.month.oversight_texts import TEXTS as OVERSIGHT
from supervision.month.part_texts import TEXTS as PARTS
from supervision.month.province_texts import TEXTS as PROVINCE
from supervision.month.regime_texts import TEXTS as REGIMES
from supervision.month.review_texts import TEXTS as REVIEW
from supervision.month.warning_texts import TEXTS as WARNINGS

TEXTS: dict[str, tuple[str, str]] = {
    **ANNUAL,
    **EXPLAINING,
    **EXPORT,
    **LAW_WATCH,
    **COVERAGE,
    **BROWSE,
    **LEDGER,
    **OVERSIGHT,
    **WARNINGS,
    **REVIEW,
    **CASES,
    **REGIMES,
    **PARTS,
    **OFF_SITE,
    **OPERATION,
    **PROVINCE,
    # the desk
    "month.round_unknown": (
        "数据库中没有轮次 {round}。请先运行 supervision train {round}（或 month）。",
        "The store has no round {round}. Run supervision train {round} (or month) first.",
    ),
    "month.round_differs": (
        "轮次 {round} 已建立，证据截止 {on}，不能改变。",
        "Round {round} stands already with the evidence of {on}; that cannot change.",
    ),
    "month.step_missing": (
        "轮次 {round} 还没有完成 {step}。请先运行 supervision {command} {round}。",
        "Round {round} has not finished {step}. Run supervision {command} {round} first.",
    ),
    # intake
    "month.kind_unknown": ("没有登记表“{kind}”。可用：{kinds}。", 'There is no register "{kind}". There are: {kinds}.'),
    "month.file_missing": ("找不到文件 {file}。请核对路径。", "File {file} is not there. Check the path."),
    "month.inputs_unread": (
        "输入文件夹中没有用到的文件：{files}；登记表的文件名须以种类开头（{kinds}），信源数值只读 sources.csv",
        "Files of the input folder that were not read: {files}; a register's name begins with its kind ({kinds}), and "
        "values of sources are read from sources.csv alone",
    ),
    "month.source_row": (
        "“{row}”缺少名称或数值。请补全该行或删除。",
        "'{row}' lacks a name or values. Complete the row or delete it.",
    ),
    "month.source_again": (
        "信源 {name} 在第 {before} 行已经给过。每个信源只能给一次。",
        "Source {name} is given in row {before} already. Give each source once.",
    ),
    "month.source_in_row": ("第 {row} 行：{reason}", "row {row}: {reason}"),
    "month.sources_refused": (
        "{file} 有 {count} 处问题（见上），没有采用其中的数值。请改正后再运行。",
        "{file} has {count} faults (above); none of its values were taken. Correct them and run this again.",
    ),
    "month.file_is_folder": (
        "{file} 是文件夹，不是文件。请写出其中登记表的文件名。",
        "{file} is a folder, no file. Name the register's file in it.",
    ),
    "month.file_is_device": (
        "{file} 不是普通文件（管道、设备或循环链接）。请先存成文件再导入。",
        "{file} is no plain file but a pipe, a device or a circle of links. Save it as a file first.",
    ),
    "month.inputs_missing": ("找不到输入文件夹 {folder}。", "Input folder {folder} is not there."),
    "month.inputs_empty": (
        "输入文件夹 {folder} 中没有登记表文件（如 entities.csv、tasks.xlsx）。",
        "Input folder {folder} holds no register file (such as entities.csv, tasks.xlsx).",
    ),
    "month.files_contradict": (
        "输入文件夹中两个 {kind} 文件互相矛盾：{file} 与 {other} 对同一条记录（如 {key}）说法不同，共 {rows:,} 条。"
        "这类文件一条也没有入库。请只留下应当使用的一个。",
        "Two files of {kind} contradict each other: {file} and {other} say different things of {rows:,} records, such "
        "as {key}. Nothing of this kind was stored. Leave only the one that is meant.",
    ),
    "month.rules_differ": (
        "{given} 与数据库旁的 {own} 不一致（{files}）：两个规则文件夹就是两部规则。"
        "请改成一致，或删去输入文件夹中的 rules/。",
        "{given} differs from the store's own {own} ({files}): two folders of rules would be two laws. Make them "
        "equal, or leave rules/ out of the input folder.",
    ),
    "month.template_written": ("空白模板已写入 {file}", "Wrote the blank workbook {file}"),
    "month.imported": (
        "导入 {kind}（{file}）：新增 {inserted:,} 行，已有 {unchanged:,} 行，退回 {rejected:,} 行",
        "Imported {kind} ({file}): {inserted:,} new, {unchanged:,} there already, {rejected:,} rejected",
    ),
    "month.checked": (
        "{file}：{good:,} 行可以导入（其中新增 {new:,}），{rejected:,} 行会被退回。未写入数据库。",
        "{file}: {good:,} rows could go in ({new:,} new), {rejected:,} would be rejected. Nothing was stored.",
    ),
    "month.cell": ("第 {line} 行 {column} “{value}”：{reason}", 'Row {line} {column} "{value}": {reason}'),
    "month.cells_more": ("……另有 {more:,} 处。", "… and {more:,} more."),
    "month.rejects_written": (
        "{rejected:,} 行被退回，逐格原因见 {file}；改正后可直接再次导入该文件。",
        "{rejected:,} rows were rejected; {file} gives each cell's reason. Correct that file and import it again.",
    ),
    "month.note": ("说明：{note}", "Note: {note}"),
    # risk
    "month.card_learned": (
        "评分卡：由 {rows:,} 次检查结果训练（发现问题 {found:,} 次），{way}；较晚四分之一上的平均精度：岭回归 {ridge}、"
        "提升树 {boosted}、过往发现率规则 {past_rate}",
        "Scorecard: learned from {rows:,} inspections ({found:,} with problems), {way}; average precision on the later "
        "quarter: stepped ridge {ridge}, boosted trees {boosted}, past-rate rule {past_rate}",
    ),
    "month.card_challenger": (
        "对照：不受限的梯度提升模型（指标可相互作用、不限方向）在同一部分上的平均精度 {challenger}，与所用评分卡相差 "
        "{given_up}；它说不出理由，不用于评分",
        "For comparison: an unrestricted boosting model (interactions, no signs) has an average precision of "
        "{challenger} on the same part, {given_up} against the card in use; it gives no reasons and scores nobody",
    ),
    "month.card_ridge": ("采用阶梯岭回归", "by the stepped ridge"),
    "month.card_boosted": ("采用提升树", "by boosted trees"),
    "month.card_past_rate": (
        "采用过往发现率规则，因为其他评分卡没有胜过它",
        "by the past-rate rule, which no other card beat",
    ),
    "month.card_untestable": (
        "评分卡：采用专家卡，因为 {rows:,} 次检查结果中较早或较晚的部分结果全部相同，无法检验",
        "Scorecard: the expert card, for among {rows:,} inspections the earlier or the later ones are all alike",
    ),
    "month.card_expert": (
        "评分卡：采用专家卡，因为检查结果只有 {rows:,} 次（需 {need_rows:,}）、"
        "发现问题 {found:,} 次（需 {need_found:,}）",
        "Scorecard: the expert card, for there are only {rows:,} inspections (needed {need_rows:,}) and {found:,} with "
        "problems (needed {need_found:,})",
    ),
    "month.own_card_used": (
        "行业评分卡：{industry}用自己的卡（检查 {rows:,} 次，发现问题 {found:,} 次）；"
        "在其较晚检查上的平均精度 {own}，通用卡 {general}，过往发现率规则 {past_rate}；"
        "重抽中 {sure}% 胜过通用卡（需 {need}%）",
        "Card of an industry: {industry} has its own ({rows:,} inspections, {found:,} with problems); average "
        "precision on its later ones {own}, general card {general}, past-rate rule {past_rate}; ahead of the general "
        "card in {sure}% of redraws (needed {need}%)",
    ),
    "month.own_card_lost": (
        "行业评分卡：{industry}仍用通用卡（检查 {rows:,} 次，发现问题 {found:,} 次）；"
        "在其较晚检查上，自己的卡平均精度 {own}，通用卡 {general}，过往发现率规则 {past_rate}；"
        "重抽中 {sure}% 胜过通用卡（需 {need}%）",
        "Card of an industry: {industry} stays with the general one ({rows:,} inspections, {found:,} with problems); "
        "average precision on its later ones: its own card {own}, general card {general}, past-rate rule {past_rate}; "
        "ahead of the general card in {sure}% of redraws (needed {need}%)",
    ),
    "month.own_card_few": (
        "行业评分卡：{many} 个行业检查结果不足（需 {need_rows:,} 次，其中两种结果各 {need_found:,} 次），"
        "用通用卡：{industries}",
        "Card of an industry: {many} have too few inspections (needed {need_rows:,}, and {need_found:,} of both "
        "results) and use the general card: {industries}",
    ),
    "month.own_card_alike": (
        "行业评分卡：{many} 个行业较早或较晚的检查结果全部相同，无法检验，用通用卡：{industries}",
        "Card of an industry: of {many} the earlier or the later inspections are all alike; they use the general card: "
        "{industries}",
    ),
    "month.own_cards_off": (
        "行业评分卡：本市规则 {rule} 定为不设，全部用通用卡",
        "Card of an industry: none by the city's rule {rule}; the general card scores everybody",
    ),
    "month.scored_general": ("  按通用卡评分 {units:,} 户", "  scored by the general card: {units:,} units"),
    "month.scored_own": (
        "  按行业卡评分，{industry}：{units:,} 户",
        "  scored by the card of {industry}: {units:,} units",
    ),
    "month.no_units": (
        "截至 {on}，检查对象登记表中一户也没有，轮次 {round} 无法评分。请先导入 entities（知悉日期不晚于 {on}）。",
        "As of {on} the register of units is empty and round {round} cannot be scored. Import entities first (known on "
        "{on} at the latest).",
    ),
    "month.scored": ("评分分类 {units:,} 户：{classes}", "Scored and classed {units:,} units: {classes}"),
    "month.classes_anew": (
        "与 {round} 轮相比{event}：各类别全部重新划分，不沿用上期类别。",
        "Since round {round} {event}: everybody is classed anew, nobody keeps a class.",
    ),
    "month.class_moves": (
        "与 {round} 轮相比：没有新情况的 {nothing_new:,} 户中 {changed:,} 户（{share}）变更类别；另有 {waiting:,} 户"
        "得分已越界，因本月变更上限暂不变更",
        "Since round {round}: of {nothing_new:,} units with nothing new known {changed:,} ({share}) changed class; "
        "{waiting:,} more are beyond a bound and wait, for no more may change in one month",
    ),
    "month.class_moved": (
        "类别变动，{cause}：{units:,} 户（{ways}）",
        "Class changed, {cause}: {units:,} units ({ways})",
    ),
    "month.move_new_unit": ("新纳入", "new in the register"),
    "month.move_gone": ("已不在登记表", "no longer in the register"),
    "month.move_statutory": ("法定情形", "statutory"),
    "month.move_new_evidence": ("有新情况", "new evidence"),
    "month.move_new_rule": ("分类规则改变", "the rule of classes changed"),
    "month.move_new_card": ("评分卡改变", "the scorecard changed"),
    "month.move_none": ("没有新情况，得分明显变动", "nothing new, but the score moved clearly"),
    "month.professional": (
        "专业类别，{field}：{units:,} 户；各户取用的类别 {classes}；由专业类别决定 {professional:,} 户、"
        "由通用类别决定 {general:,} 户、两者一致 {both:,} 户",
        "Professional classes, {field}: {units:,} units; what counts for its items is {classes}; decided by the "
        "professional class {professional:,}, by the general one {general:,}, both alike {both:,}",
    ),
    "month.professional_short": (
        "{field}专业类别 {professional} 每年至少检查 {per_year} 次：{units:,} 户中 {short:,} 户今年尚未达到",
        "{field}, class {professional}: at least {per_year} inspections a year; {short:,} of {units:,} units have had "
        "fewer so far this year",
    ),
    "month.off_scale": (
        "不在该领域的等次之内；规则 {rule} 规定的等次为 {known}",
        "not on the scale of the field; by the rule {rule} its classes are {known}",
    ),
    # nouns
    "month.no_tasks": (
        "截至 {on}，任务登记表中没有轮次 {round} 的任务。请导入 tasks（轮次列填 {round}，知悉日期不晚于 {on}）。",
        "As of {on} the tasks register has no task of round {round}. Import tasks (round {round}, known on {on} at the "
        "latest).",
    ),
    # commitment
    "month.committed": (
        "承诺 {round}：{tasks} 个任务，抽样框 {units:,} 个对象，抽取 {sample:,} 个\n  承诺摘要 {digest}",
        "Committed {round}: {tasks} tasks, {units:,} units in frames, {sample:,} to draw\n  commitment {digest}",
    ),
    "month.waits_for": (
        "  信源 {name}（第 {issue} 期，{shape}）：{at} 公开产生",
        "  source {name} (issue {issue}, {shape}): public at {at}",
    ),
    "month.key_in_real_round": (
        "真实轮次的抽样框密钥由系统随机产生，不能指定。",
        "A real round makes its own frame key; it cannot be given.",
    ),
    "month.key_malformed": (
        "演练的抽样框密钥应为 64 位十六进制数（frame_key.hex 或 --key）。",
        "A rehearsal's frame key is 64 hex digits (frame_key.hex or --key).",
    ),
    "month.already_committed": (
        "轮次 {round} 已经承诺，分数和类别已固定，不能再训练或评分。",
        "Round {round} is committed: scores and classes are fixed, nobody trains or scores again.",
    ),
    "month.cause_missing": (
        "轮次 {round} 是同月加抽，必须写明事由（--cause 或任务的 cause 列）。",
        "Round {round} is an extra one in its month and must name its cause (--cause or the tasks' cause column).",
    ),
    "month.framed_again": (
        "任务 {task} 的抽样框中有 {units} 个对象（如 {unit}）已在轮次 {round} 的任务 {other} 中，且事项相同；"
        "同月同一事项不得重复抽取。请改写对象范围，排除这些对象。",
        "{units} units of task {task} (such as {unit}) are framed by task {other} of round {round}, which shares "
        "an item; a month draws them once. Word the population so that it leaves them out.",
    ),
    "month.too_late_to_abandon": (
        "轮次 {round} 的第一个信源在 {at} 已经产生，名单即成立，不能再放弃。",
        "The first source of round {round} had its value at {at}: the list stands and cannot be given up.",
    ),
    "month.already_drawn": (
        "轮次 {round} 已经抽取，名单成立，不能放弃。",
        "Round {round} is drawn: the list stands and cannot be given up.",
    ),
    "month.os_error": (
        "不能读写 {path}：{reason}。请检查路径和权限后再运行。",
        "{path} cannot be read or written: {reason}. Check the path and its permissions, then run this again.",
    ),
    "month.no_folder_of": (
        "不能读写 {path}：文件夹 {folder} 不存在，或不是文件夹。请核对路径，或先建立它。",
        "{path} cannot be read or written: there is no folder {folder}. Check the path, or make it first.",
    ),
    "month.no_folder": ("找不到文件夹 {folder}。请核对路径。", "Folder {folder} is not there. Check the path."),
    "month.abandoned": ("轮次 {round} 已公开放弃：{reason}", "Round {round} was given up in public: {reason}"),
    "month.was_abandoned": ("轮次 {round} 已放弃，不能抽取。", "Round {round} was given up and cannot be drawn."),
    # draw
    "month.source_malformed": (
        "信源“{value}”格式不对：应为 名称=数值，如 ssq-blue=11。",
        'Source "{value}" is malformed: write NAME=VALUES, such as ssq-blue=11.',
    ),
    "month.sources_file": (
        "sources.csv 的表头应为 name,values（信源,数值），现在是“{header}”。请改正第一行。",
        "The header of sources.csv is name,values (信源,数值); it has '{header}'. Correct its first row.",
    ),
    "month.values_missing": (
        "还缺信源 {names} 的数值（{at} 以后公布）。公布后请带 --source 名称=数值 再次运行。",
        "The values of sources {names} are missing (public after {at}). Run again with --source NAME=VALUES then.",
    ),
    "month.values_early": (
        "信源 {name} 要到 {at} 才产生，现在不可能有数值。",
        "Source {name} happens at {at}; it cannot have a value yet.",
    ),
    "month.values_differ": (
        "信源 {name} 与 {who} 录入的不一致（{values}）。未抽取。请两人核对公告后重新录入。",
        "Source {name} differs from what {who} entered ({values}). Nothing was drawn. Check the announcement together.",
    ),
    "month.one_person": (
        "{who} 在轮次 {round} 已做过 {step}；同一人不得兼任两职，请由另一人（--as 姓名）操作。",
        "{who} did {step} of round {round}; one person must not hold both roles. Somebody else does this (--as NAME).",
    ),
    "month.drawn": (
        "抽取 {round}：{places:,} 个任务名额，{units:,} 户\n  种子 {seed}",
        "Drew {round}: {places:,} task places, {units:,} units\n  seed {seed}",
    ),
    # calendar
    "month.preview_head": (
        "预计入企 {visits:,} 次；负荷超过 {limit} 的机构 {over} 个；各机构合计平均至少 {lost:.1f} 项任务排不下。"
        "负荷最高的机构和时段（括号内为 95% 区间）：",
        "Expected visits {visits:,}; offices above {limit} load: {over}; at least {lost:.1f} duties lost on average "
        "over all offices. Busiest offices and stretches of days (95 % intervals in brackets):",
    ),
    "month.preview_over": (
        "  超载 {office} {start} 至 {end}（{days} 个工作日）：预计 {duties:.1f}（{duties_low}–{duties_high}）"
        "项任务，需 {needed:.1f}（{low}–{high}）人·半天，可用 {available} 人·半天，"
        "负荷 {load}，平均至少 {lost:.1f} 项排不下",
        "  OVER {office} {start} to {end} ({days} working days): {duties:.1f} ({duties_low}–{duties_high}) duties "
        "expected, {needed:.1f} ({low}–{high}) inspector-half-days needed, {available} available, load {load}, at "
        "least {lost:.1f} lost on average",
    ),
    "month.preview_line": (
        "  {office} {start} 至 {end}（{days} 个工作日）：预计 {duties:.1f}（{duties_low}–{duties_high}）"
        "项任务，需 {needed:.1f}（{low}–{high}）人·半天，可用 {available} 人·半天，"
        "负荷 {load}，平均至少 {lost:.1f} 项排不下",
        "  {office} {start} to {end} ({days} working days): {duties:.1f} ({duties_low}–{duties_high}) duties expected, "
        "{needed:.1f} ({low}–{high}) inspector-half-days needed, {available} available, load {load}, at least "
        "{lost:.1f} lost on average",
    ),
    "month.planned": (
        "日程 {round}：应检 {duties:,} 项任务，排定 {held:,} 项，入企 {doors:,} 次；"
        "未排定 {unheld:,} 项（已证明至少 {proven:,} 项无法排定）",
        "Calendar {round}: {duties:,} duties, {held:,} held in {doors:,} visits; {unheld:,} not held ({proven:,} "
        "proven impossible)",
    ),
    "month.calendar_broken": (
        "日程未通过独立检查：{violation}。未保存。请报告此问题。",
        "The calendar fails its independent check: {violation}. It was not kept. Please report this.",
    ),
    "month.office_hours": (
        "规则 shared/office_hours 的值 {value} 不是上午（T1）和下午（T2）各一对先后时刻。"
        '请在本市规则目录改为如 {{T1: ["09:00", "12:00"], T2: ["13:00", "17:00"]}}。',
        "the value {value} of rule shared/office_hours is not two times in order for morning (T1) and afternoon (T2); "
        'write {{T1: ["09:00", "12:00"], T2: ["13:00", "17:00"]}} or the like in the city\'s rules folder',
    ),
    "month.calendar_too_early": (
        "日程从 {first} 开始，但第二次抽取的信源要到 {last} 才产生，按规则 shared/visit_lead_time，"
        "{until} 之后才能检查。"
        "请再运行 supervision plan {round} 重排。",
        "The calendar begins on {first}, but the sources of the second draw happen at {last}; by the rule "
        "shared/visit_lead_time nobody goes before {until} is over. Run supervision plan {round} again.",
    ),
    "month.roster_committed": (
        "第二次承诺 {round}：{visits:,} 次入企，{places:,} 个岗位，{people:,} 名检查人员\n  承诺摘要 {digest}",
        "Second commitment {round}: {visits:,} visits, {places:,} places, {people:,} inspectors\n  commitment {digest}",
    ),
    "month.matched": (
        "检查人员 {round}：{filled:,} 个岗位已抽定（候选少于三人的 {few:,} 个），{back} 次入企因岗位空缺退回日程",
        "Inspectors {round}: {filled:,} places filled ({few:,} with fewer than three candidates), {back} visits "
        "sent back for an open place",
    ),
    "month.sent_back": (
        "  {visit} {half_day} {office}：无人可派：{reason}",
        "  {visit} {half_day} {office}: nobody can go: {reason}",
    ),
    "month.unheld": ("  {units:,} 户：{reason}", "  {units:,} unit(s): {reason}"),
    "month.checkins": (
        "{round} 轮次：{visits:,} 次入企（按机构），已签发入企码 {codes:,} 个，扫码登记 {checkins:,} 条",
        "Round {round}: {visits:,} visits (an office each), {codes:,} codes issued, {checkins:,} check-ins",
    ),
    "month.checkins_no_codes": (
        "本轮还没有签发入企码：papers 加 --key 签发",
        "No code of this round was issued yet: papers --key does that",
    ),
    "month.checkins_cause": ("{cause}：{count:,}", "{cause}: {count:,}"),
    "month.checkins_line": (
        "  {cause}　{unit_id} {name}　{office_name}　{date} {time}　{visit_id} {number}",
        "  {cause}: {unit_id} {name}, {office_name}, {date} {time} {visit_id} {number}",
    ),
    "month.checkins_agree": ("全部相符", "Everything fits"),
    "month.checkins_workbook": ("核对表已写到 {file}", "The workbook stands in {file}"),
    "month.more": ("  ……另有 {more:,} 条，见工作簿或 --json", "  … and {more:,} more, see the workbook or --json"),
    # publication and results
    "month.notice_pattern": (
        "规则 {rule} 不全：文号式样 pattern“{pattern}”须含 {fields}，words 须列各部门的代字。请在本市规则目录中改正，"
        "再行公示。",
        'Rule {rule} is not whole: its pattern "{pattern}" needs {fields}, and words the word of each department. '
        "Correct it in the city's own rules, then publish again.",
    ),
    "month.published": (
        "已写出：\n  公示网站 {site}\n  各机构工作簿 {internal}\n  审计包 {audit}\n  清单序号 {sequence}",
        "Written:\n  public site {site}\n  offices' workbooks {internal}\n  audit bundle {audit}\n"
        "  manifest number {sequence}",
    ),
    "month.kept": (
        "{path} 是发布后被改动的文件（如已填写的工作簿），已移到此处，没有覆盖。",
        "{path} was changed after it was published (a filled workbook?); it was moved here, not overwritten.",
    ),
    "month.papers_made": (
        "文书已写到 {folder}：{visits:,} 次入企，Word {word:,} 份，PDF {pdf:,} 份，手机检查表 {forms:,} 份",
        "Papers written to {folder}: {visits:,} visits, {word:,} Word files, {pdf:,} PDF files, {forms:,} phone forms",
    ),
    "month.papers_codes": (
        "已为 {codes:,} 次入企签发入企码，其中 {new:,} 个是新的；收回的扫码登记用 checkins 核对",
        "{codes:,} visits carry a signed entry code, {new:,} of them new; check-ins are matched by checkins",
    ),
    "month.papers_no_codes": (
        "未签发入企码：需要时请加 --key 私钥文件",
        "No entry codes were signed: give --key FILE for them",
    ),
    "month.papers_own": ("用了本市自己的模板：{files}", "Own templates were used: {files}"),
    "month.papers_own_pdf": (
        "用自己模板的文书只出 Word；需要 PDF 的，请用 Word 或 WPS 另存。",
        "Papers of own templates are made as Word files only; save them as PDF in Word or WPS.",
    ),
    "month.paper_lacking": ("{file} 没有出 PDF：{why}", "{file} was not made as PDF: {why}"),
    "month.paper_name": (
        "模板文件名 {file} 用不了：只能用汉字、字母、数字、“_”和“-”，不超过 40 个字。请改名后再运行。",
        "A template cannot be called {file}: use letters, digits, _ and -, at most 40 of them.",
    ),
    "month.paper_word_only": (
        "{name} 是本市自定的文书，只有 Word 模板，出不了 PDF。请下载 Word。",
        "{name} is a paper of the city's own with a Word template alone: there is no PDF of it. Take the Word file.",
    ),
    "month.templates_laid": (
        "文书模板在 {folder}：新写出 {count} 个，字段说明见其中的 {fields}。用 Word 或 WPS 改好后，"
        "再运行 papers 即按新模板出文书。"
        "放在以部门代码或机构编号命名的子文件夹里的，只用于该部门或机构；不改的模板请删去，仍用自带的，并照常出 PDF。",
        "The paper templates stand in {folder}: {count} were laid, {fields} lists the fields. Change them in Word or "
        "WPS, then run papers. In a subfolder named by a department or an office they are for it alone. Delete those "
        "that you do not change: ours are used, and make PDF as well.",
    ),
    "month.templates_kept": ("已有的没有改动：{names}", "Left as they are: {names}"),
    "month.office_unknown": (
        "没有编号为 {office} 的机构。请核对 offices 登记表。",
        "There is no office {office}. Check the register of offices.",
    ),
    "month.publish_other": (
        "预览之后轮次 {round} 将公示的内容有了变动。没有公示；请看新的预览再决定。",
        "What round {round} would make public has changed since the preview. Nothing was published; look at the new "
        "preview and decide again.",
    ),
    "month.published_same": (
        "内容没有变化，清单序号仍为 {sequence}。",
        "Nothing changed; the manifest stays number {sequence}.",
    ),
    "month.publish_again": (
        "这些轮次的公示页面有应停止公示或尚未显示的更正，请重新公示：{rounds}（supervision publish 轮次 --out …）",
        "The pages of these rounds show what must leave by now, or lack a correction; publish them again: {rounds} "
        "(supervision publish ROUND --out …)",
    ),
    "month.out_in_store": (
        "输出文件夹 {folder} 在数据库 {store} 旁的专用文件夹里（规则、打印模板、大文件……），会互相破坏；请放到别处。",
        "Output folder {folder} lies in what is kept beside the store {store} (rules, templates, large files …), and "
        "each would spoil the other; choose another place.",
    ),
    "month.out_foreign": (
        "输出文件夹 {folder} 里有不属于本系统的文件 {name}；请换一个空文件夹。",
        "Output folder {folder} holds {name}, which is not of this system; choose an empty folder.",
    ),
    "month.recorded": (
        "录入 {file}：新增 {inserted:,} 条结果，已有 {unchanged:,} 条，退回 {rejected:,} 条",
        "Recorded {file}: {inserted:,} new results, {unchanged:,} there already, {rejected:,} rejected",
    ),
    "month.results_by_record": (
        "检查结果只能用 record 录入（与机构交回的工作簿同样校验）：supervision record {file}",
        "Results are entered with record alone, with the checks of an office's workbook: supervision record {file}",
    ),
    "month.history_of_round": (
        "检查编号 {visit} 属于本系统的轮次；其结果由 record 录入，不从历次检查记录导入",
        "visit {visit} belongs to a round of this system; its result comes by record, not as a past inspection",
    ),
    "month.history_same_visit": (
        "{rows:,} 条与本系统已录入的检查为同一次（对象、机关、事项、日期相同，如 {visit}），不再入库，以录入的结果为准",
        "{rows:,} rows are inspections that were recorded here (same unit, agency, item and day, such as {visit}); the "
        "recorded result stands, they are not stored again",
    ),
    "month.repair_of_nothing": (
        "{rows:,} 条信用修复所修复的记录编号在库中查不到（如 {unit} 的 {number}），暂不起作用；"
        "请核对：信用记录写记录编号，检查结果写“轮次/检查编号”或“轮次/检查编号/事项编号”",
        "{rows:,} repairs name no record on file (such as {number} of {unit}) and end nothing yet; check them: an "
        "event is named by its number, a result by round/visit or round/visit/item",
    ),
    "month.listed_with_record": (
        "{list}中有 {units:,} 户存在仍在使用期内的失信记录（如 {unit}：{kind} {number}）；本轮仍按清单处理，请核对",
        "{units:,} units of the {list} have records that are still in use (such as {unit}: {kind} {number}); the list "
        "stands for this round, check it",
    ),
    "month.undrawn_beside": (
        "轮次 {round} 已承诺、尚未抽取，其抽样框与本轮有 {units:,} 户相同（如 {unit}），同一部门可能两次入企、"
        "超出频次上限；宜先完成该轮抽取再承诺本轮",
        "round {round} is committed and not drawn yet; {units:,} units (such as {unit}) stand in the frames of both, "
        "and one department could come twice, over its cap; better draw that round first",
    ),
    "month.history_withdrawn": (
        "轮次 {round}：另有 {rows:,} 条导入的历次检查记录与本次录入的检查为同一次，已撤下，以录入结果为准。",
        "Round {round}: {rows:,} imported past inspections are the same as what was recorded; they are withdrawn, the "
        "recorded result stands.",
    ),
    "month.same_visit": (
        "与本系统录入的检查 {visit} 为同一次，以录入结果为准",
        "the same inspection as {visit}, whose recorded result stands",
    ),
    "month.history_in_future": (
        "检查日期晚于知悉日期 {known_on}",
        "the inspection is later than the day it became known, {known_on}",
    ),
    "month.not_recorded": ("未读入 {file}：{error}", "{file} was not read: {error}"),
    "month.nothing_to_record": (
        "文件夹 {folder} 中没有工作簿或 CSV 文件。",
        "The folder {folder} holds no workbook and no CSV file.",
    ),
    "month.results_returned": (
        "{rejected:,} 条被退回，逐格原因见 {file}；在该工作簿中改正后可直接再次录入（supervision record）。",
        "{rejected:,} results were rejected; {file} gives each cell's reason. Correct it there and record that file.",
    ),
    "month.corrected": ("  其中更正 {count:,} 条", "  {count:,} of them are corrections"),
    "month.agreement_incomplete": (
        "更正须同时给出 --correct、--reason 和 --reviewed-by。",
        "A correction takes --correct, --reason and --reviewed-by together.",
    ),
    "month.reason.corrected": ("更正检查结果 {count} 项：{reasons}", "corrected {count} results: {reasons}"),
    "month.reason.removed": ("按规定停止公示检查结果 {count} 项", "{count} results left the page by rule"),
    "month.reason.unit": ("该单位", "the unit"),
    "month.as_of_in_real_round": (
        "真实轮次的结果以录入当天为知悉日期，不能用 --as-of 指定。",
        "Results of a real round are known on the day they are recorded; --as-of cannot change that.",
    ),
    "month.clock": (
        "{on}：应公示 {due:,} 条，已录入 {recorded:,} 条，未录入 {open:,} 条，逾期 {overdue:,} 条",
        "{on}: {due:,} results due, {recorded:,} recorded, {open:,} open, {overdue:,} overdue",
    ),
    "month.clock_line": (
        "  逾期：{visit} {agency}，应于 {due} 前公示",
        "  overdue: {visit} {agency}, to be public by {due}",
    ),
    "month.clock_awaits": (
        "  {rows:,} 条期限待 {year} 年安排公布",
        "  {rows:,} results: deadline waits for the announcement of {year}",
    ),
    # the whole month
    "month.waiting": (
        "下一步：等待信源。公布后由承诺人以外的另一人（--as 姓名）再次运行同一命令并带 --source，"
        "或写入 {folder}/sources.csv（name,values）。",
        "Next: the sources. Once they are public, somebody other than who committed (--as NAME) runs the same command "
        "again with --source, or writes "
        "{folder}/sources.csv (name,values).",
    ),
    "month.next": ("下一步：{command}", "Next: {command}"),
    "month.next_verify": ("核验：supervision verify {out}", "Check it: supervision verify {out}"),
    "month.store_made": ("已建立数据库 {path}", "Made the store {path}"),
    "month.store_there": ("数据库 {path} 已存在", "The store {path} is there already"),
    "month.rules_folder": ("本市规则文件夹 {path}", "The city's rules folder {path}"),
    "month.folder_not_empty": (
        "文件夹 {folder} 不为空，也不是演示城市；请换一个。",
        "Folder {folder} is neither empty nor a demo city; choose another.",
    ),
    "month.demo_written": (
        "演示城市写入 {folder}：检查对象 {entities:,}，检查人员 {inspectors:,}，任务 {tasks}。全部为合成数据。",
        "Wrote a demo city to {folder}: {entities:,} units, {inspectors:,} inspectors, {tasks} tasks. All synthetic.",
    ),
    "month.demo_one_kind": (
        "--all-regimes、--county、--before、--results-of 只能用一个，没有写出文件。",
        "Of --all-regimes, --county, --before and --results-of only one can be given; nothing was written.",
    ),
    "month.demo_no_workbooks": (
        "文件夹 {folder} 没有各机构的工作簿，没有写出检查结果。请先演练该月。",
        "Folder {folder} holds no office's workbook; no results were written. Rehearse the month first.",
    ),
    "month.demo_results": (
        "演示检查结果写入 {folder}：{results:,} 项，另有更正 {corrections} 项。全部为合成数据。",
        "Wrote results of a demo month to {folder}: {results:,}, and {corrections} correction(s). All synthetic.",
    ),
    "month.demo_step_in": (
        "任务 {task} 抽中的 {unit} 无法联系，可以递补。",
        "Unit {unit}, drawn for task {task}, cannot be reached; another may step in.",
    ),
    "month.demo_no_step_in": (
        "没有无法联系的对象（公开名单的任务没有入企检查）。",
        "No unit is out of reach: the open list has no visits.",
    ),
    "month.law_head": ("{on} 有效的规则：", "Rules in force on {on}:"),
    "month.law_line": (
        "{path}  {title} = {value}  自 {since}{mark}\n    {basis}",
        "{path}  {title} = {value}  since {since}{mark}\n    {basis}",
    ),
    "month.law_missing": (
        "{path}  （未设定：用到时会停下并说明如何填写）",
        "{path}  (not set: what needs it stops and says how to fill it)",
    ),
    "month.unverified": (
        "轮次 {round} 所依据的规则有 {count} 条未经核实：{rules}。真实轮次须由具名的人同意采用：请带 "
        "--accept-unverified 姓名 再次运行；或者核对依据后，在本市规则目录中写明 verified: true。",
        "{count} rules on which round {round} rests are not verified: {rules}. In a real round a named person answers "
        "for them: run this again with --accept-unverified NAME, or check them and write verified: true in the city's "
        "rules folder.",
    ),
    "month.preset_there": (
        "本市规则文件 {file} 已存在，没有照抄 {name} 的做法。请自行合并，或先移走该文件。",
        "The city's rule file {file} is there already; nothing of {name} was copied. Merge by hand, or move it away.",
    ),
    "month.preset_taken": (
        "已照抄{title}的做法：{file}。请核对依据，改成本市自己的决定。",
        "Copied the practice of {title}: {file}. Check its basis and make it the city's own decision.",
    ),
    # progress
    "month.write_demo": ("生成演示城市", "writing the demo city"),
    "month.train": ("训练评分卡", "training the scorecard"),
    "month.score": ("评分分类", "scoring"),
    "month.frames": ("生成抽样框", "building frames"),
    "month.roots": ("计算抽样框根", "hashing frames"),
    "month.draw": ("抽取", "drawing"),
    "month.plan": ("编排日程", "planning"),
    "month.check": ("检查日程", "checking the calendar"),
    "month.match": ("抽取检查人员", "drawing inspectors"),
    "month.pages": ("生成公示页面", "writing pages"),
    "month.papers": ("出具文书", "writing papers"),
    "month.workbooks": ("生成工作簿", "writing workbooks"),
    **{
        f"month.import_{kind}": (f"导入 {kind}", f"importing {kind}")
        for kind in (
            "calendar",
            "offices",
            "items",
            "inspectors",
            "leave",
            "tasks",
            "plans",
            "entities",
            "events",
            "relations",
            "licences",
            "history",
            "objections",
            "recusals",
            "blocked",
            "exemptions",
            "permits",
            "professional",
            "caps",
            "warnings",
            "feedback",
            "cases",
            "results",
            "checkins",
            "handed_down",
        )
    },
    "month.only_rehearsed": (
        "轮次 {round} 只有演练，没有真实轮次。操作演练请加 --rehearsal；开始真实轮次请用 month 或 commit。",
        "Round {round} is only rehearsed. Add --rehearsal for the rehearsal; month or commit begins the real one.",
    ),
    "month.only_real": (
        "轮次 {round} 没有演练。请去掉 --rehearsal，或先运行 month --rehearsal。",
        "Round {round} has no rehearsal. Leave --rehearsal out, or run month --rehearsal first.",
    ),
    "month.clock_back": (
        "时钟 {now} 早于日志最后一条 {last}：时钟不得倒退。请校准系统时间。",
        "The clock says {now}, before the last entry of the log, {last}. It may not go back; set the system's time.",
    ),
    "month.overdue": (
        "轮次 {round} 的最后信源（{at}）已过，尚未抽取也未放弃；在此之前不能作新的承诺。请先 draw 或 abandon。",
        "Round {round} is past its last source ({at}) and neither drawn nor abandoned; no other commitment may follow. "
        "Draw or abandon it first.",
    ),
    "month.source_twice": (
        "信源 {name} 给了两次。每个信源只能给一次。",
        "Source {name} is given twice. Give each source once.",
    ),
    "month.source_unknown": (
        "没有信源“{name}”。应为：{known}。请核对名称。",
        'There is no source "{name}". There are: {known}. Check the name.',
    ),
    "month.values_contradict": (
        "信源 {name} 的数值与 {file} 不一致。请更正其一。",
        "The values of source {name} contradict {file}. Correct one of them.",
    ),
    "month.values_entered": (
        "已由 {who} 录入信源数值；请另一人用 --as 再录入一次，一致后才抽取。",
        "{who} entered the values of the sources; a second person enters them again (--as), and only then is it drawn.",
    ),
    "month.roster_early": (
        "第一次抽取的最后信源到 {at} 才产生；第二次承诺不能早于它（现在 {now}）。请届时再运行。",
        "The last source of the draw before happens at {at}; the second commitment may not be earlier (now {now}). Run "
        "it then.",
    ),
    "month.roster_waits": (
        "日程已编好；第二次承诺要等到 {at} 之后。",
        "The calendar is planned; the second commitment waits until {at}.",
    ),
    "month.real_round_there": (
        "{folder} 中已有轮次 {round} 的真实公示，演练不能覆盖。请换一个输出文件夹。",
        "{folder} holds the real round {round}; a rehearsal cannot take its place. Choose another output folder.",
    ),
    "month.other_protocol": (
        "数据库中有旧规程的步骤“{step}”：请把该演练另存，用新的数据库。",
        'The store holds step "{step}" of an older protocol: set that rehearsal aside and use a new store.',
    ),
    "month.evidence_missing": ("找不到{what} {file}。请核对路径。", "{what} {file} is not there. Check the path."),
    "month.evidence_size": (
        "{what} {file} 有 {size:,} 字节，应在 1 至 {most:,} 之间。",
        "{what} {file} has {size:,} bytes; between 1 and {most:,} are taken.",
    ),
    "month.reason_not_could_not": (
        "结果代码“{reason}”不是无法检查的情形；可用：{known}。",
        'Result code "{reason}" does not say that nobody could inspect; there are: {known}.',
    ),
    "month.task_unknown": ("没有任务 {task}；本轮有：{known}。", "There is no task {task}; the round has: {known}."),
    "month.not_drawn": (
        "{unit} 在任务 {task} 中既未抽中也未递补，不能被递补。",
        "{unit} was neither drawn nor stepped in for task {task} and cannot be replaced.",
    ),
    "month.replaced_before": ("{unit} 在任务 {task} 中已被递补过。", "{unit} was replaced in task {task} before."),
    "month.stepin_proposed": (
        "已由 {who} 登记 {unit}（任务 {task}）无法检查；请另一人用 --confirm 复核，复核后才显示递补对象。",
        "{who} recorded that {unit} (task {task}) could not be inspected; a second person confirms with --confirm, and "
        "only then is the next unit shown.",
    ),
    "month.stepin_unknown": (
        "没有待复核的递补 {unit}。请先登记。",
        "No step-in for {unit} waits to be confirmed. Record it first.",
    ),
    "month.stepin_none": (
        "{unit}（任务 {task}）的备选已用完，无人递补；已记录。",
        "The reserve for {unit} (task {task}) is used up; nobody steps in. It is recorded.",
    ),
    "month.stepped_in": (
        "递补：{unit}（任务 {task}）。请运行 plan 安排补充检查。",
        "Steps in: {unit} (task {task}). Run plan for the supplement.",
    ),
    "month.leave_past": (
        "半天 {half_day} 已过（今天 {today}），不能再登记请假。",
        "Half-day {half_day} is past (today is {today}); leave cannot be entered for it.",
    ),
    "month.leave_proposed": (
        "已由 {who} 登记 {inspector} 请假（{half_days}）；请另一人用 --confirm 复核。",
        "{who} entered leave of {inspector} ({half_days}); a second person confirms with --confirm.",
    ),
    "month.leave_unknown": (
        "没有待复核的 {inspector} 请假。请先登记。",
        "No leave of {inspector} waits to be confirmed. Enter it first.",
    ),
    "month.substituted": (
        "{inspector} 请假：{places} 个岗位按签号替补，{open} 个无人可替。",
        "{inspector} is away: {places} places given by lot, {open} stay open.",
    ),
    "month.substitute_line": ("  {visit} {office} 第 {place} 位：{who}", "  {visit} {office} place {place}: {who}"),
    # change of a calendar
    "month.replan_one_event": (
        "一次只登记一种变更：--absent、--closed、--office、--blocked、--urgent 恰选其一（现有：{given}）。",
        "A change has one cause: exactly one of --absent, --closed, --office, --blocked, --urgent (given: {given}).",
    ),
    "month.replan_date": (
        "“{date}”不是日期或半天：应写作 2026-12-07，或 2026-12-07T1（上午）、2026-12-07T2（下午）。",
        '"{date}" is no date and no half-day: write 2026-12-07, or 2026-12-07T1 (morning), 2026-12-07T2 (afternoon).',
    ),
    "month.replan_span": (
        "结束 {until} 早于开始 {since}。请核对起止日期。",
        "The end {until} is before the beginning {since}. Check the dates.",
    ),
    "month.replan_month": (
        "{since} 至 {until} 不在轮次 {round} 的月份内。请核对日期。",
        "{since} to {until} is not in the month of round {round}. Check the dates.",
    ),
    "month.replan_past": (
        "变更日期 {since} 已过（今天 {today}）：已过的检查不再变更。请从今天或以后起登记。",
        "The change is dated {since}, which is past (today is {today}); past visits do not change. Begin it today.",
    ),
    "month.replan_begun": (
        "半天 {half_days} 已开始或在抽取之前；可变更的第一个半天是 {first}。当场有人不能到岗，请用 substitute 替补。",
        "The half-days {half_days} have begun or precede the draw; {first} is the first that may change. For somebody "
        "who cannot come right now use substitute.",
    ),
    "month.replan_office": (
        "没有机构 {office}；本轮有：{known}。",
        "There is no office {office}; the round has: {known}.",
    ),
    "month.replan_inspector": (
        "没有检查人员 {inspector}。请核对工号。",
        "There is no inspector {inspector}. Check the id.",
    ),
    "month.replan_not_in_roster": (
        "检查人员 {inspector} 不在轮次 {round} 的名册中，没有可变更的检查。",
        "Inspector {inspector} is not in the roster of round {round}; there is nothing to change.",
    ),
    "month.replan_not_drawn": (
        "{unit} 不在轮次 {round} 的名单中。请核对代码。",
        "{unit} is not on the lists of round {round}. Check the id.",
    ),
    "month.replan_no_visit": (
        "{unit} 在轮次 {round} 中没有尚未开始的检查，无需变更。",
        "{unit} has no visit ahead in round {round}; there is nothing to change.",
    ),
    "month.replan_nothing": (
        "轮次 {round} 的日程没有一次检查，无可变更。",
        "The calendar of round {round} holds no visit; there is nothing to change.",
    ),
    "month.leave_waits": (
        "轮次 {round}：{count} 名已承诺名册中的人员请假（{inspectors}）。请假已登记；抽取（{at}）仍按承诺的名册进行，"
        "match 之后即列出触及的检查和替补命令。",
        "Round {round}: {count} people of the committed roster are away ({inspectors}). The leave is on record; the "
        "draw ({at}) goes by the roster as committed, and match then names the visits it touches and the commands.",
    ),
    "month.replan_waits": (
        "轮次 {round} 的第二次承诺已公布、人员尚未抽取：抽取（{at}）之前日程与名册不得更改。请假请先用 import leave "
        "登记，match 之后即给出变更命令；其他变更请在 match 之后再运行本命令。",
        "Calendar and roster of round {round} are committed and inspectors not drawn yet; nothing may change before "
        "the draw ({at}). Record leave by import leave: after match the commands are given. For anything else run this "
        "command again after match.",
    ),
    "month.replan_differs": (
        "变更结果与规程重放不符（{visit} {office} 第 {place} 位：编排 {due}，规程 {got}）。未保存。请报告此问题。",
        "The change is not what the protocol gives ({visit} {office} place {place}: planned {due}, by the rule {got}). "
        "It was not kept. Please report this.",
    ),
    "month.replan_look": (
        "预览：如登记此事，日程将如下变更（尚未登记，没有任何改动）：",
        "Preview: were this entered, the calendar would change as follows (nothing is entered or changed yet):",
    ),
    "month.replan_other": (
        "预览之后轮次 {round} 有了变动，所预览的变更已不是现在会得到的变更。未登记；请看新的预览再决定。",
        "Round {round} changed after the preview: the change would now be another one. Nothing was entered; look at "
        "the new preview and decide again.",
    ),
    "month.replan_again": (
        "该变更已登记为变更单 {no}（{at}），本次没有改动：",
        "This change is on record as order {no} ({at}); nothing was changed now:",
    ),
    "month.replanned_anew": (
        "变更单 {no}：人员尚未抽取，日程已重排：{duties:,} 项检查任务，排定 {held:,} 项，{doors:,} 次入企",
        "Change order {no}: nobody is drawn yet, the calendar was planned anew: {held:,} of {duties:,} duties held in "
        "{doors:,} visits",
    ),
    "month.replanned": (
        "变更单 {no}（变更记录 {first}–{last} 号）：{substituted} 个岗位按签号替补，{moved} 次检查改期，"
        "{cancelled} 次取消，{lost} 次未能实施",
        "Change order {no} (rows {first}–{last}): {substituted} places given by lot, {moved} visits moved, "
        "{cancelled} cancelled, {lost} lost",
    ),
    "month.replan_frozen": (
        "  半天 {half_days} 已开始，不再变更；自 {first} 起生效。",
        "  The half-days {half_days} have begun and stay as they are; the change begins with {first}.",
    ),
    "month.replan_soon": (
        "  其中 {visits} 次原定在通知期内（{notice} 之前），已无法如期举行才变更：请立即当面或电话告知对象。",
        "  {visits} of them were due within the notice period (before {notice}) and could not be held as told: tell "
        "the units at once, in person or by phone.",
    ),
    "month.replan_taken": (
        "  抽调 {inspector}（{half_days}）参加紧急检查",
        "  {inspector} ({half_days}) is taken out for the urgent visit",
    ),
    "month.replan_moved": (
        "  改期 {visit}（{offices}）：{was} → {half_days}",
        "  moved {visit} ({offices}): {was} → {half_days}",
    ),
    "month.replan_hands": (
        "  替补 {visit_id} {office} 第 {place} 位：{out} → {into}",
        "  {visit_id} {office} place {place}: {out} → {into}",
    ),
    "month.replan_cancelled": (
        "  取消 {visit}（{half_days}）：对象已关闭；需递补的请用 stepin",
        "  cancelled {visit} ({half_days}): the unit closed; stepin reveals who replaces it",
    ),
    "month.replan_lost": (
        "  未能实施 {visit}（{half_days}）：{reason}",
        "  lost {visit} ({half_days}): {reason}",
    ),
    "month.earlier_finding": ("{date} {agency} {item}：{result}", "{date} {agency} {item}: {result}"),
    "month.earlier_more": ("另有 {count} 次", "{count} more"),
    "month.lost_by_change": ("变更单 {no} 后未能实施：{reason}", "lost by change order {no}: {reason}"),
    "month.replan_lost_moved_before": ("已改期一次，规程不许再改", "it was moved once, and may not be again"),
    "month.replan_lost_no_half_day": (
        "通知期之后、期限之内没有别的半天可供其全部机构到场",
        "no other half-day of its window after the notice period would do, even if nobody had anything else on",
    ),
    "month.replan_lost_nobody_free": (
        "期限内其他半天人手均已占用",
        "in every other half-day of its window the people are taken",
    ),
    "month.replan_proven": (
        "  最小变更证明：任何变更至少有 {least_lost} 次未能实施、{least_told} 户已知情的对象（名单已公开或在通知期内）"
        "改期、{least_moved} 次改期，本次恰为此数，已证明为最小；另换人 {people} 处，共移动 {days} 天。",
        "  Proof of least change: any change loses at least {least_lost} visits, moves {least_told} units that know "
        "(on public lists or within the notice period) and {least_moved} visits; this one does just that and is proven "
        "least. {people} places change hands, {days} days of shift.",
    ),
    "month.replan_bound": (
        "  最小变更证明：下界为 {least_lost} 次未能实施、{least_told} 户已知情的对象（名单已公开或在通知期内）改期、"
        "{least_moved} 次改期；本次为 {lost}、{told}、{moved}，未证明为最小。另换人 {people} 处，共移动 {days} 天。",
        "  Least change: the bounds are {least_lost} visits lost, {least_told} units moved that know (on public lists "
        "or within the notice period), {least_moved} visits moved; this change has {lost}, {told} and {moved} and is "
        "not proven least. {people} places change hands, {days} days of shift.",
    ),
    "month.replan_supplement": (
        "第 {number} 次日程（补充）尚未承诺，仍是变更前所编；其人员将按变更后的占用和请假抽定。",
        "Calendar {number}, a supplement, is not committed yet and was made before this change; its inspectors are "
        "drawn with what is held and who is away after it.",
    ),
    "month.replan_publish": (
        "请运行 publish：工作簿随之更新，变更通知写入各机构文件夹的 notices。",
        "Run publish: it renews the workbooks and writes the change notices into each office's folder notices.",
    ),
    "month.urgent_encoding": (
        "紧急检查表 {file} 不是 UTF-8 文本。请另存为 CSV（UTF-8）。",
        "The list of urgent visits {file} is not UTF-8. Save it as CSV (UTF-8).",
    ),
    "month.urgent_header": (
        "紧急检查表 {file} 的表头应为 {wanted}。",
        "The header of the urgent visits {file} should be {wanted}.",
    ),
    "month.urgent_row": (
        "紧急检查表 {file} 第 {line} 行 {column}“{value}”不对：visit 自编名称；office 本轮机构，同一检查不重复；"
        "half_days 当月同一天的半天；items 该机构部门的事项；people 人数，不少于规定人数；"
        "unit_id 名录中的对象，同一检查相同，只有个案检查可空；kind 检查类型代码：routine、special、"
        "superior、for_cause。",
        '{file} row {line}, {column} "{value}" cannot be: visit a name of your own; office one of the round, once a '
        "visit; half_days half-days of one day of the month; items of the office's department; people at least as many "
        "as the rule asks; unit_id one of the directory, the same for one visit, blank in a check for cause only; kind "
        "routine, special, superior or for_cause.",
    ),
    "month.urgent_empty": (
        "紧急检查表 {file} 没有一行。",
        "The list of urgent visits {file} holds no row.",
    ),
    "month.urgent_nobody": (
        "机构 {office} 在 {half_days} 抽不出足够的人参加紧急检查，未作变更。请改时间、减少人数或由其他机构前往。",
        "Office {office} has too few people for the urgent visit in {half_days}; nothing was changed. Choose another "
        "time, fewer people, or another office.",
    ),
    "month.leave_touches": (
        "轮次 {round}：{inspector} 的请假触及 {count} 次已排检查：{visits}",
        "Round {round}: the leave of {inspector} touches {count} planned visits: {visits}",
    ),
    "month.leave_short": (
        "轮次 {round}：机构 {office} 在 {day} 的日程人手不足（需 {needed}，有 {available}），触及 {visits}",
        "Round {round}: office {office} is short of people on {day} (needs {needed}, has {available}); it touches "
        "{visits}",
    ),
    "month.leave_offer": ("  请运行：{command}", "  Run: {command}"),
    "month.anchor_kind": ("--of 可为 {of}；--kind 可为 {kind}。", "--of is one of {of}; --kind one of {kind}."),
    "month.anchor_ending": (
        "锚定材料 {file} 的类型不收；可用：{known}。",
        "Evidence {file} is of a type that is not taken; there are: {known}.",
    ),
    "month.anchored": (
        "已登记 {of} 的锚定材料（{kind}，{at}）：{digest}。请再次 publish。",
        "Recorded evidence of {of} ({kind}, {at}): {digest}. Publish again.",
    ),
    "month.nothing_to_anchor": ("轮次 {round} 还没有 {of}。", "Round {round} has no {of} yet."),
    "month.receipt_other": (
        "收据上的摘要 {found} 不是 {wanted}。请核对收据。",
        "The receipt names {found}, not {wanted}. Check the receipt.",
    ),
    "month.tsa_unchecked": (
        "时间戳 {file} 需用 openssl 和 --roots 指定的根证书核对；现缺其一。",
        "Time stamp {file} is checked with openssl against the certificates of --roots; one of them is missing.",
    ),
    "month.tsa_wrong": ("时间戳 {file} 核对不通过：{reason}。", "Time stamp {file} does not verify: {reason}."),
    "month.supervisor_ready": (
        "收讫清单已建于 {folder}；公钥 {key}。请公布公钥，私钥只留本机。",
        "The list of the supervising body is in {folder}; public key {key}. Publish it; the private one stays here.",
    ),
    "month.supervisor_missing": (
        "{folder} 没有收讫清单的密钥。请先运行 supervisor init。",
        "{folder} holds no key of a supervising body. Run supervisor init first.",
    ),
    "month.key_readable": (
        "密钥 {file} 可被他人读取。请改为 chmod 600 后重试。",
        "Key {file} can be read by others. Make it chmod 600 and try again.",
    ),
    "month.no_commitment": ("{file} 不是承诺文件。", "{file} is no commitment."),
    "month.rehearsal_not_received": (
        "{file} 是演练的承诺，不收。",
        "{file} is a rehearsal's commitment and not taken.",
    ),
    "month.second_ticket": (
        "{agency} 的第 {sequence} 号承诺已收过另一份（{digest}），拒收第二份。",
        "Another commitment of {agency} number {sequence} was received ({digest}); a second one is refused.",
    ),
    "month.received": (
        "已收 {agency} 第 {sequence} 号承诺 {digest}；收据 {file}",
        "Received commitment {sequence} of {agency}: {digest}; receipt {file}",
    ),
    "month.receipt_fields": ("收据应恰有字段：{fields}。", "A receipt has exactly the fields {fields}."),
    "month.receipt_signature": (
        "{agency} 第 {sequence} 号收据的签名不对。",
        "The signature of receipt {sequence} of {agency} is wrong.",
    ),
    "month.proof_early": (
        "本单位证明要到 {last} 之后才能出具：此前会透露未完成的检查。",
        "A unit's own proof is given after {last}: before, it would tell of coming visits.",
    ),
    "month.no_proof": (
        "{unit} 不在轮次 {round} 任何任务的抽样框或排除名单中。",
        "{unit} stood in no frame and no excluded list of round {round}.",
    ),
    "month.proved": (
        "已为 {unit} 写出 {files} 份证明，说明页 {page}",
        "Wrote {files} proofs of {unit}; they are explained in {page}",
    ),
    "month.backtest": ("逐月回测", "testing month by month"),
    "month.backtest_nobody": (
        "{first} 至 {last} 没有可用的检查结果。请换一段月份，或先导入 history。",
        "From {first} to {last} there are no usable results of inspections. Choose other months, or import history.",
    ),
    "month.backtest_rejected": (
        "{file} 有 {rows} 行不能用，第一处在第 {line} 行：{reason}。"
        "请先用 check 看全部原因并改正，或加 --partial 不计这些行。",
        "{file} has {rows} rows that cannot be used, the first in line {line}: {reason}. "
        "See all with check, or add --partial to leave them out.",
    ),
    "month.backtest_files": (
        "用文件回测时须同时给出 --history 和 --entities。",
        "To test on files, give both --history and --entities.",
    ),
    "month.backtested": (
        "回测 {units} 户次（发现问题 {found} 户次），报告与预测在 {folder}",
        "Tested on {units} visited units ({found} with problems); report and predictions in {folder}",
    ),
    "month.backtest_card": (
        "  评分卡：AUC {auc}，平均精度 {ap}，最高十分之一每百次发现 {hits}",
        "  scorecard: AUC {auc}, average precision {ap}, found per 100 of the highest tenth {hits}",
    ),
    "month.backtest_past_rate": (
        "  过往发现率规则：AUC {auc}，平均精度 {ap}，每百次 {hits}",
        "  past-rate rule: AUC {auc}, average precision {ap}, per 100 {hits}",
    ),
    "month.backtest_longest_since": (
        "  最久未查规则：AUC {auc}，平均精度 {ap}，每百次 {hits}",
        "  longest since the last visit: AUC {auc}, average precision {ap}, per 100 {hits}",
    ),
    "month.backtest_random": (
        "  随机：AUC {auc}，平均精度 {ap}，每百次 {hits}",
        "  at random: AUC {auc}, average precision {ap}, per 100 {hits}",
    ),
    "month.monitor": ("评分监测", "monitoring the scorecard"),
    "month.monitor_base": (
        "{base} 的证据截止日不早于 {round}，不能作为基准。请用 --base 指定更早的轮次。",
        "The evidence of {base} is not older than that of {round}, so it cannot be the base. Name an earlier round.",
    ),
    "month.monitor_rule": (
        "规则 shared/monitor_limits 的值“{value}”写法不对，应有正整数 {want}。请改正该规则文件。",
        'The value "{value}" of the rule shared/monitor_limits is not of the right shape; wanted are whole numbers '
        "above 0 for {want}. Correct the rule file.",
    ),
    "month.monitored": (
        "{round} 评分监测（证据截止 {on}，基准轮次 {base}），内部资料：",
        "Monitoring of {round} (evidence of {on}, base {base}), internal:",
    ),
    "month.monitor_part": (
        "  {part}：正常 {fine}，留意 {watch}，异常 {alarm}，数据不足 {few}",
        "  {part}: fine {fine}, to watch {watch}, alarm {alarm}, not enough data {few}",
    ),
    "month.monitor_nothing": ("  {part}：数据不足", "  {part}: not enough data"),
    "month.monitor_stability": ("稳定性", "stability"),
    "month.monitor_outside": ("超出训练范围", "outside what was learned"),
    "month.monitor_calibration": ("校准与基准率", "calibration and base rate"),
    "month.monitor_selection": ("分组抽中情况", "selection by group"),
    "month.monitor_training": ("近半年训练样本", "the training rows of half a year"),
    "month.monitor_watch": ("留意", "watch"),
    "month.monitor_alarm": ("异常", "alarm"),
    "month.monitor_came": (
        "    {label}：不可比，有关登记表自 {since} 起归集，此前无值",
        "    {label}: not comparable, its register came in on {since} and nothing was known before",
    ),
    "month.monitor_row_stability": (
        "    {state}：{label} 相对{against}的稳定性指数 {psi}（偶然可达 {chance}）",
        "    {state}: {label}, stability index {psi} against {against} (chance alone up to {chance})",
    ),
    "month.monitor_row_outside": (
        "    {state}：{label} 有 {units} 个单位（{share}）的值未曾训练",
        "    {state}: {label}, {units} units ({share}) with values never learned from",
    ),
    "month.monitor_row_calibration": (
        "    {state}：{month} {class}，检查 {visits} 次，估计 {estimated}，实际 {observed}",
        "    {state}: {month} {class}, {visits} visits, estimated {estimated}, observed {observed}",
    ),
    "month.monitor_row_selection": (
        "    {state}：{dimension} {label}，抽中 {drawn}，期望 {expected}（{low}–{high}）",
        "    {state}: {dimension} {label}, drawn {drawn}, expected {expected} ({low}–{high})",
    ),
    "month.monitor_by_region": ("区", "district"),
    "month.monitor_by_type": ("主体类别", "type"),
    "month.monitor_by_capital": ("注册资本", "registered capital"),
    "month.monitor_by_class": ("信用风险类别", "class"),
    "month.monitor_moves": (
        "  类别迁移：{both} 个单位，变差 {worse}，变好 {better}；新增 {new}，退出 {gone}",
        "  class moves: {both} units, {worse} worse, {better} better; {new} new, {gone} gone",
    ),
    "month.monitor_no_base": (
        "  类别迁移：没有更早的已评分轮次，数据不足",
        "  class moves: no earlier round was scored, not enough data",
    ),
    "month.monitor_page": ("  内部网页 {page}", "  internal page {page}"),
    "month.not_a_month": ("“{text}”不是月份。请写成 2026-03。", '"{text}" is no month. Write it as 2026-03.'),
    "month.deposit_public": (
        "登记表不能写到 {out} 之内的 {folder}：那里的文件会公示。请另选文件夹。",
        "The registers cannot be written to {folder} inside {out}, whose files are published. Choose another folder.",
    ),
    "month.deposited": (
        "已寄存 {registers} 份登记表和 {rules} 份规则：{folder}。审计方用 "
        "supervision verify {{OUT}} --registers {folder} 核验。",
        "Deposited {registers} registers and {rules} rules: {folder}. The auditor runs supervision verify {{OUT}} "
        "--registers {folder}.",
    ),
    "month.deposit_differs": (
        "这些登记表已与承诺时不同（之后补录了此前的记录）：{registers}。核验将指出；请用承诺时的备份寄存。",
        "These registers are no longer as committed (rows known before were entered since): {registers}. The verifier "
        "will name them; deposit from a backup of that time.",
    ),
    "month.roster_abandoned": (
        "轮次 {round} 的第 {number} 次名册承诺已公开放弃，不再抽取。请重新编排：supervision plan {round}，"
        "再 commit --roster。",
        "Roster commitment {number} of round {round} was given up and is not drawn. Plan again (supervision plan "
        "{round}), then commit --roster.",
    ),
    "month.already_matched": (
        "轮次 {round} 的第 {number} 次人员抽取已完成，不能放弃；名单有效，人员变动用 substitute。",
        "Draw {number} of inspectors of round {round} is done and cannot be given up; use substitute for changes.",
    ),
    "month.values_known": (
        "轮次 {round} 的信源数值已有人录入，此时放弃等于挑选结果，不予办理。请由第二人录入，完成抽取。",
        "Somebody has entered the values of round {round}; to give it up now would be to choose. Let a second person "
        "enter them and draw.",
    ),
    "month.cancelled_missing": (
        "放弃 {round} 的第二次承诺须写明主办方取消的信源：--cancelled NAME。其他理由不能放弃。",
        "A roster commitment of {round} is given up only because an issue was cancelled: name it with --cancelled.",
    ),
    # estimates
    "month.no_results": (
        "轮次 {round} 还没有检查结果，不能推断。请先运行 supervision record。",
        "Round {round} has no results yet, so nothing can be estimated. Run supervision record first.",
    ),
    "month.estimates": ("推断", "Estimating"),
    "month.estimate_base": (
        "抽中 {drawn:,} 个（对象·任务），已录入结果 {reported:,} 个，缺 {missing:,} 个；以下只就已录入结果的而言",
        "{drawn:,} units drawn (of each task), {reported:,} with results, {missing:,} missing: figures are of those "
        "with results alone",
    ),
    "month.estimate_left_out": (
        "{count} 项不得公开（分类别，或对象、问题太少），未列出；内部使用请加 --internal",
        "{count} figures are not for the public (by class, or on too few units or findings); --internal shows them",
    ),
    "month.estimate_line": (
        "{kind} {name}：问题发现率 {share:.1f}%（95% 区间 {low:.1f}–{high:.1f}%），已检查 {reported:,} 个，"
        "发现问题 {found:,} 个，不能检查 {could_not_share:.1f}%",
        "{kind} {name}: {share:.1f} % with a problem (95 % limits {low:.1f}–{high:.1f} %), {reported:,} inspected, "
        "{found:,} with a problem, {could_not_share:.1f} % could not be inspected",
    ),
    "month.estimate_none": (
        "{kind} {name}：抽中 {drawn:,} 个，都还没有结果",
        "{kind} {name}: {drawn:,} drawn, none with a result yet",
    ),
    "month.estimate_error": (
        "  标准误 {error:.2f}%，有效样本量 {effective:.0f}",
        "  standard error {error:.2f} %, effective sample size {effective:.0f}",
    ),
    "month.estimate_design": ("  设计效应 {design:.2f}", "  design effect {design:.2f}"),
    "month.estimate_yield": (
        "  发现 {found:,} 个；同样多的等概率抽查可发现 {equal:.1f} 个（{low:.1f}–{high:.1f}），即 {times:.1f} 倍",
        "  found {found:,}; as many units drawn with equal chances would give {equal:.1f} ({low:.1f}–{high:.1f}): "
        "{times:.1f} times",
    ),
    # the report of the lottery
    "month.simulated": ("模拟人员抽取", "Drawing with simulated seeds"),
    "month.lottery_seeds": (
        "模拟次数 {seeds} 须为正整数。请改正 --seeds。",
        "The number of seeds must be positive, not {seeds}. Correct --seeds.",
    ),
    "month.lottery_report": (
        "轮次 {round} 的人员抽取报告：模拟 {seeds:,} 次，{days:,} 个机构工作日，候选人少于 3 人的岗位 {few:,} 个，"
        "两人同组两次以上的 {pairs:,} 对；下次 publish 时列入审计包 {file}",
        "Report of the lottery of round {round}: {seeds:,} simulated seeds, {days:,} office-days, {few:,} places with "
        "fewer than 3 candidates, {pairs:,} pairs that go together more than once; publish puts it into the audit "
        "bundle as {file}",
    ),
    "month.mapping_results": (
        "检查结果由 record 录入，不能用映射导入；其他单位的检查请按 history 导入。",
        "Results come by `record`, not through a mapping; inspections of others are imported as history.",
    ),
    "month.mapping_other_kind": (
        "映射 {mapping} 是 {kind} 的，不能用于 {asked}。请换映射，或改种类。",
        "Mapping {mapping} is for {kind}, not {asked}. Choose another mapping or kind.",
    ),
    "month.mapping_kind_twice": (
        "{mappings} 都是 {kind} 的映射。每种文件请只给一个。",
        "{mappings} are both mappings for {kind}. Give one for each kind of file.",
    ),
    "month.mapping_used": ("按映射 {mapping} 读取：", "Read through the mapping {mapping}:"),
    "month.mapping_column": ("“{header}” → {title} {field} {unit}", '"{header}" → {title}, {field} {unit}'),
    "month.mapping_set": ("各行 {title} {field} = {value}", "all rows: {title}, {field} = {value}"),
    "month.mapping_words": ("{title} {field} 的写法：{words}", "words of {title}, {field}: {words}"),
    "month.mapping_units": ("人工确认的单位名称 {count} 个", "{count} names of units decided by a person"),
    "month.mapping_no_code": (
        "{title}：这些写法没有代码，所在行退回：{words}。请用 {way} 指明。",
        "{title}: words without a code, whose rows are rejected: {words}. Say what they are by {way}.",
    ),
    "month.units_matched": (
        "按名称匹配 {rows} 行、{units} 户：名称一字不差 {written} 行，"
        "只差全半角、括号、空格或“有限责任公司”写法 {tidied} 行，"
        "同名按地址区分 {address} 行，人工确认 {table} 行",
        "{rows} rows of {units} units found by name: {written} letter for letter, {tidied} but for width, brackets, "
        "space or the form of 有限公司, {address} told apart by address, {table} decided by a person",
    ),
    "month.units_tidied": (
        "整理写法后匹配的名称，请抽看：{names}",
        "names matched after tidying, look at some: {names}",
    ),
    "month.units_unmatched": (
        "{rows} 行（{names} 个名称）没有匹配到主体，已退回，不按近似名称匹配",
        "{rows} rows of {names} names have no unit and are rejected: names that only resemble are never matched",
    ),
    "month.units_once": (
        "同一主体的后续 {rows} 行不再读：以首行为准",
        "{rows} later rows of units were not read: the first counts",
    ),
    "month.unmatched_written": (
        "未匹配名单：{file}。填好统一社会信用代码后，用 --units 该文件（或映射的 units）重新导入。",
        "Unmatched names: {file}. Fill in the ids and import again with --units FILE, or as units of the mapping.",
    ),
    "month.backtest_mapping_alone": (
        "给了 {kind} 的映射，却没有 --{kind} 文件。请补上文件，或去掉映射。",
        "There is a mapping for {kind} but no file --{kind}. Add the file or take the mapping out.",
    ),
    "month.backtest_which_file": (
        "“{text}”没有说是哪个文件的。请以 {kinds} 之一开头，如 history:检查日期=date。",
        '"{text}" does not say which file it is about. Begin with one of {kinds}, as in history:检查日期=date.',
    ),
    "month.backtest_left_out": (
        "{file}：{rows} 行退回，未参加回测：{reasons}",
        "{file}: {rows} rows were rejected and left out: {reasons}",
    ),
    "month.draft_exists": (
        "{file} 已存在，未改写。请换一个 --out，或先移走它。",
        "{file} is there already and was left as it is. Give another --out or move it away.",
    ),
    "month.draft_kind": ("{file}：{rows} 行，按 {kind}（{title}）", "{file}: {rows} rows, as {kind} ({title})"),
    "month.draft_guessed": (
        "{file}：{rows} 行，猜测为 {kind}（{title}）；不对请用 --kind",
        "{file}: {rows} rows, guessed to be {kind} ({title}); say --kind if it is not",
    ),
    "month.draft_column": ("  “{header}” → {field}  例：{examples}", '  "{header}" → {field}  e.g. {examples}'),
    "month.draft_set": ("  各行 {field} = {value}", "  all rows: {field} = {value}"),
    "month.draft_unread": ("未对应的列：{headers}", "columns not read: {headers}"),
    "month.draft_missing": (
        "缺必填字段 {field}（{title}）：请在 columns 或 set 中补上",
        "needed and not there: {field} ({title}): add it under columns or set",
    ),
    "month.draft_unknown": (
        "{field} 中没有代码的写法：{words}",
        "words of {field} without a code: {words}",
    ),
    "month.draft_written": (
        "草案已写入 {file}，请核对；试用：supervision check {kind} {source} --mapping {file}",
        "Draft written to {file}: read it; try it with supervision check {kind} {source} --mapping {file}",
    ),
    "month.mapping_kept": ("已存入映射“{name}”（{kind}）", 'Mapping "{name}" is kept ({kind})'),
    "month.mapping_there": ("映射“{name}”（{kind}）没有变化", 'Mapping "{name}" ({kind}) stands there already'),
    "month.mapping_listed": ("{name}（{kind}）", "{name} ({kind})"),
    "month.mapping_none": ("库中没有映射", "no mapping is kept"),
    "month.mapping_text": ("{text}", "{text}"),
    "month.mapping_removed": (
        "已删除映射“{name}”；用它导入过的记录和当时的映射仍在册",
        'Mapping "{name}" is removed; what was imported by it, and the mapping as it was then, stay on record',
    ),
    "month.map_one_thing": (
        "请给一个文件（拟草案，或加 --keep 保存），或 --list、--show、--remove 之一。",
        "Give a file (to draft its mapping, or to keep with --keep), or one of --list, --show, --remove.",
    ),
}
