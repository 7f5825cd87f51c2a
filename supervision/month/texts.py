"""Messages of the month (各步骤的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    # the desk
    "month.round_unknown": (
        "数据库中没有轮次 {round}。请先运行 supervision train {round}（或 month）。",
        "The store has no round {round}. Run supervision train {round} (or month) first.",
    ),
    "month.round_differs": (
        "轮次 {round} 已建立：演练={rehearsal}，证据截止 {on}，不能改变。演练请用另一个数据库或另一个轮次号。",
        "Round {round} stands already: rehearsal={rehearsal}, evidence of {on}; that cannot change. Rehearse in "
        "another store or another round.",
    ),
    "month.step_missing": (
        "轮次 {round} 还没有完成 {step}。请先运行 supervision {command} {round}。",
        "Round {round} has not finished {step}. Run supervision {command} {round} first.",
    ),
    # intake
    "month.kind_unknown": ("没有登记表“{kind}”。可用：{kinds}。", 'There is no register "{kind}". There are: {kinds}.'),
    "month.file_missing": ("找不到文件 {file}。请核对路径。", "File {file} is not there. Check the path."),
    "month.inputs_missing": ("找不到输入文件夹 {folder}。", "Input folder {folder} is not there."),
    "month.inputs_empty": (
        "输入文件夹 {folder} 中没有登记表文件（如 entities.csv、tasks.xlsx）。",
        "Input folder {folder} holds no register file (such as entities.csv, tasks.xlsx).",
    ),
    "month.template_written": ("空白模板已写入 {file}", "Wrote the blank workbook {file}"),
    "month.imported": (
        "导入 {kind}（{file}）：新增 {inserted:,} 行，已有 {unchanged:,} 行，退回 {rejected:,} 行",
        "Imported {kind} ({file}): {inserted:,} new, {unchanged:,} there already, {rejected:,} rejected",
    ),
    "month.checked": (
        "{file}：{good:,} 行可以导入，{rejected:,} 行会被退回。未写入数据库。",
        "{file}: {good:,} rows could go in, {rejected:,} would be rejected. Nothing was stored.",
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
        "评分卡：由 {rows:,} 次检查结果训练（需 {need_rows:,}），其中发现问题 {found:,} 次（需 {need_found:,}）",
        "Scorecard: learned from {rows:,} inspections (needed {need_rows:,}), {found:,} with problems (needed "
        "{need_found:,})",
    ),
    "month.card_expert": (
        "评分卡：采用专家卡，因为检查结果只有 {rows:,} 次（需 {need_rows:,}）、"
        "发现问题 {found:,} 次（需 {need_found:,}）",
        "Scorecard: the expert card, for there are only {rows:,} inspections (needed {need_rows:,}) and {found:,} with "
        "problems (needed {need_found:,})",
    ),
    "month.no_units": (
        "截至 {on}，检查对象登记表中一户也没有，轮次 {round} 无法评分。请先导入 entities（知悉日期不晚于 {on}）。",
        "As of {on} the register of units is empty and round {round} cannot be scored. Import entities first (known on "
        "{on} at the latest).",
    ),
    "month.scored": ("评分分类 {units:,} 户：{classes}", "Scored and classed {units:,} units: {classes}"),
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
        "  信源 {name}（{kind}，{count} 个，{low}–{high}）：{at} 公开产生，截止 {deadline}",
        "  source {name} ({kind} of {count}, {low}–{high}): public at {at}, until {deadline}",
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
    "month.population_repeated": (
        "任务 {task} 与轮次 {round} 的任务 {other} 范围和事项相同；同月不得对同一范围重复抽取。",
        "Task {task} repeats population and items of task {other} of round {round}; a month draws them once.",
    ),
    "month.too_late_to_abandon": (
        "轮次 {round} 的第一个信源在 {at} 已经产生，名单即成立，不能再放弃。",
        "The first source of round {round} had its value at {at}: the list stands and cannot be given up.",
    ),
    "month.already_drawn": (
        "轮次 {round} 已经抽取，名单成立，不能放弃。",
        "Round {round} is drawn: the list stands and cannot be given up.",
    ),
    "month.reason_empty": ("请写明公开的理由（--reason）。", "Give the public reason (--reason)."),
    "month.os_error": (
        "不能读写 {path}：{reason}。请检查路径和权限后再运行。",
        "{path} cannot be read or written: {reason}. Check the path and its permissions, then run this again.",
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
        "sources.csv 的表头应为 name,values，现在是 {header}。",
        "The header of sources.csv is name,values; it has {header}.",
    ),
    "month.values_missing": (
        "还缺信源 {names} 的数值（{at} 以后公布）。公布后请带 --source 名称=数值 再次运行。",
        "The values of sources {names} are missing (public after {at}). Run again with --source NAME=VALUES then.",
    ),
    "month.values_early": (
        "信源 {name} 要到 {at} 才产生，现在不可能有数值。",
        "Source {name} happens at {at}; it cannot have a value yet.",
    ),
    "month.values_late": (
        "信源 {name} 的数值应在 {at} 之前登记，现在已晚：最后一个信源已经产生，不能再补。"
        "轮次 {round} 只能公开放弃后另行办理。",
        "The value of source {name} had to be put on record before {at}; the last source is known by now and it is too "
        "late. Round {round} can only be given up in public and held anew.",
    ),
    "month.values_differ": (
        "信源 {name} 已登记为 {values}，不能更改。",
        "Source {name} is on record as {values}; that cannot change.",
    ),
    "month.announced": ("已登记信源 {names} 的数值", "Put the values of {names} on record"),
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
        "预计入企 {visits:,} 次；负荷超过 {limit} 的机构 {over} 个",
        "Expected visits {visits:,}; offices above {limit} load: {over}",
    ),
    "month.preview_line": (
        "  {office}：预计 {visits:.1f} 次，需 {needed:.1f} 人·半天，可用 {available} 人·半天，负荷 {load:.0%}",
        "  {office}: {visits:.1f} visits expected, {needed:.1f} inspector-half-days needed, {available} available, "
        "load {load:.0%}",
    ),
    "month.planned": (
        "日程 {round}：应检 {visits:,} 次，排定 {held:,} 次，未排定 {unheld:,} 次（已证明至少 {proven:,} 次无法排定）",
        "Calendar {round}: {visits:,} visits, {held:,} held, {unheld:,} not held ({proven:,} proven impossible)",
    ),
    "month.calendar_broken": (
        "日程未通过独立检查：{violation}。未保存。请报告此问题。",
        "The calendar fails its independent check: {violation}. It was not kept. Please report this.",
    ),
    "month.calendar_too_early": (
        "日程从 {first} 开始，但第二次抽取的信源要到 {last} 才产生；人员抽定之前不能检查。"
        "请再运行 supervision plan {round} 重排。",
        "The calendar begins on {first}, but the sources of the second draw happen at {last}; nobody goes before "
        "that. Run supervision plan {round} again.",
    ),
    "month.roster_committed": (
        "第二次承诺 {round}：{visits:,} 次入企，{places:,} 个岗位，{people:,} 名检查人员\n  承诺摘要 {digest}",
        "Second commitment {round}: {visits:,} visits, {places:,} places, {people:,} inspectors\n  commitment {digest}",
    ),
    "month.matched": (
        "检查人员 {round}：{filled:,} 个岗位已抽定，{back} 次入企因岗位空缺退回日程",
        "Inspectors {round}: {filled:,} places filled, {back} visits sent back for an open place",
    ),
    "month.sent_back": (
        "  {visit} {half_day} {office}：无人可派：{reason}",
        "  {visit} {half_day} {office}: nobody can go: {reason}",
    ),
    "month.unheld": ("  {unit}：{reason}", "  {unit}: {reason}"),
    "month.more": ("  ……另有 {more:,} 条，见工作簿或 --json", "  … and {more:,} more, see the workbook or --json"),
    # publication and results
    "month.published": (
        "已写出：\n  公示网站 {site}\n  各机构工作簿 {internal}\n  审计包 {audit}\n  清单序号 {sequence}",
        "Written:\n  public site {site}\n  offices' workbooks {internal}\n  audit bundle {audit}\n"
        "  manifest number {sequence}",
    ),
    "month.kept": (
        "{path} 是发布后被改动的文件（如已填写的工作簿），已移到此处，没有覆盖。",
        "{path} was changed after it was published (a filled workbook?); it was moved here, not overwritten.",
    ),
    "month.published_same": (
        "内容没有变化，清单序号仍为 {sequence}。",
        "Nothing changed; the manifest stays number {sequence}.",
    ),
    "month.out_foreign": (
        "输出文件夹 {folder} 里有不属于本系统的文件 {name}；请换一个空文件夹。",
        "Output folder {folder} holds {name}, which is not of this system; choose an empty folder.",
    ),
    "month.recorded": (
        "录入 {file}：新增 {inserted:,} 条结果，已有 {unchanged:,} 条，退回 {rejected:,} 条",
        "Recorded {file}: {inserted:,} new results, {unchanged:,} there already, {rejected:,} rejected",
    ),
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
            "entities",
            "events",
            "history",
            "recusals",
            "exemptions",
            "caps",
            "results",
        )
    },
}
