"""Messages of lists handed down to counties (市抽县查：名单下达与接收的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    # the city's side
    "month.part_county_unknown": (
        "本轮没有区划 {county} 的执法机构。可用：{known}。请核对 --county。",
        "The round has no office in {county}. There are: {known}. Check --county.",
    ),
    "month.part_empty": (
        "轮次 {round} 没有抽中区划 {county} 的对象，没有名单可下达",
        "Round {round} drew nobody in {county}: there is nothing to hand down",
    ),
    "month.part_handed_down": (
        "轮次 {round} 区划 {county} 的名单（版本 {version}）：{units:,} 户，已排期 {visits:,} 次，已签名写入 {file}",
        "Round {round}, county {county}, version {version}: {units:,} units, {visits:,} visits planned; signed in "
        "{file}",
    ),
    "month.part_commitment": (
        "所依承诺 {commitment}",
        "Under commitment {commitment}",
    ),
    # the county's side
    "month.part_by_take_part": (
        "下达名单只能用 take-part 接收（核验签名）：supervision take-part FILE --key PUB；没有导入 {file}",
        "A list handed down is taken by take-part, which checks its signature: supervision take-part FILE --key "
        "PUB; {file} was not imported",
    ),
    "month.part_in_future": (
        "收到日期 {day} 晚于今天（{today}）。请核对 --as-of。",
        "The list cannot have come on {day}, after today ({today}). Check --as-of.",
    ),
    "month.part_other_county": (
        "名单属于区划 {county}，本库的执法机构属于 {own}：没有接收。请向下达机关索取本县区的名单，或先导入本县区机构。",
        "The list is for {county}; the offices of this store are in {own}. Nothing was taken: ask for this "
        "county's own list, or import its offices first.",
    ),
    "month.part_cell": (
        "{file} 第 {line} 条 {column} “{value}”：{reason}。名单整份没有接收；请与下达机关核对。",
        '{file}, entry {line}, {column} "{value}": {reason}. Nothing of the list was taken; ask the body above.',
    ),
    "month.part_rows": (
        "{file} 有 {rows} 条，能读入的只有 {read} 条（重复或空白），名单整份没有接收；请与下达机关核对。",
        "{file} has {rows} entries, of which {read} can be read (others are repeated or blank); nothing was taken. "
        "Ask the body above.",
    ),
    "month.part_taken": (
        "轮次 {round} 的名单（版本 {version}）已经接收过，没有变动",
        "Version {version} of the list of round {round} was taken already; nothing changed",
    ),
    "month.part_older": (
        "轮次 {round} 的名单版本 {version} 不新于已接收的版本 {newest}：没有接收。请索取最新版本。",
        "Version {version} of the list of round {round} is not later than version {newest}, which was taken. Ask "
        "for the newest one.",
    ),
    "month.part_other_commitment": (
        "轮次 {round} 版本 {version} 写明的承诺是 {commitment}，已接收版本的承诺是 {other}：一轮只有一次承诺，没有"
        "接收。请与下达机关及其公示核对。",
        "Version {version} of round {round} names commitment {commitment}, the one taken before {other}. A round "
        "has one commitment; nothing was taken. Compare with what was published.",
    ),
    "month.part_name_gone": (
        "轮次 {round} 版本 {version} 少了版本 {before} 中任务 {task} 的 {unit}：抽中名单不得更换，没有接收。请与下"
        "达机关核对。",
        "Version {version} of round {round} lacks {unit} of task {task}, which version {before} has. What was "
        "drawn stays; nothing was taken. Ask the body above.",
    ),
    "month.part_name_new": (
        "轮次 {round} 版本 {version} 在任务 {task} 中多出版本 {before} 没有的 {unit}，且不是递补：抽中名单不得更换"
        "，没有接收。请与下达机关核对。",
        "Version {version} of round {round} has {unit} in task {task}, which version {before} lacks and which did "
        "not step in. What was drawn stays; nothing was taken. Ask the body above.",
    ),
    "month.part_taken_in": (
        "已接收 {sender} 轮次 {round} 的名单（版本 {version}）：{units:,} 户，已排期 {visits:,} 次，不再安排 "
        "{free:,} 户；计入本库频次上限",
        "Taken: list of {sender}, round {round}, version {version}: {units:,} units, {visits:,} visits planned, "
        "{free:,} units with none any more; the caps of this store count them",
    ),
    "month.part_unpublished": (
        "没有给出公示文件夹（--published）：承诺 {commitment} 未与公示核对",
        "No published folder (--published): commitment {commitment} was not compared with what was published",
    ),
    "month.part_published": (
        "与公示相符：承诺 {commitment}；{tasks} 项任务中名单已公开的 {compared} 项逐户相符，其余公开后可再核对",
        "Agrees with what was published: commitment {commitment}; of {tasks} tasks the lists of {compared} are "
        "open and agree unit by unit, the others can be compared once they are",
    ),
    "month.part_round_missing": (
        "{folder} 中没有轮次 {round} 的公示。请给出下达机关的公示文件夹。",
        "There is no published round {round} in {folder}. Give the published folder of the body above.",
    ),
    "month.part_public_differs": (
        "{folder} 的公示自身不能通过核验（{difference}）：没有接收",
        "What stands in {folder} does not verify itself ({difference}); nothing was taken",
    ),
    "month.part_not_committed": (
        "名单写明的承诺 {commitment} 不是轮次 {round} 公示的承诺 {published}：没有接收。请与下达机关核对。",
        "The list names commitment {commitment}, published for round {round} is {published}. Nothing was taken; "
        "ask the body above.",
    ),
    "month.part_other_agency": (
        "名单的下达机关 {agency} 与公示的机关 {published} 不符，或一为演练一为真实轮次：没有接收",
        "The list is of {agency}, what was published of {published}, or one of them is a rehearsal; nothing was taken",
    ),
    "month.part_not_drawn": (
        "{folder} 中轮次 {round} 已放弃或尚未公示抽取结果：没有接收",
        "Round {round} in {folder} was given up, or its result is not published; nothing was taken",
    ),
    "month.part_task_unknown": (
        "轮次 {round} 公示的任务中没有名单所列的 {task}：没有接收",
        "The published round {round} has no task {task}, which the list names; nothing was taken",
    ),
    "month.part_not_drawn_unit": (
        "任务 {task} 公示的抽中名单里没有 {unit} {name}：没有接收。请与下达机关核对。",
        "The published list of task {task} does not have {unit} {name}; nothing was taken. Ask the body above.",
    ),
    "month.part_unknown": (
        "名单中 {units:,} 户不在本库检查对象名录（如 {unit}）：请补录，否则其频次无处计算",
        "{units:,} units of the list are not in this store's directory (such as {unit}); add them, or no cap can "
        "count them",
    ),
    "month.part_other_name": (
        "  名称不一致：{unit} 名单为“{name}”，本库为“{own}”，请核实",
        '  Another name: {unit} is "{name}" in the list and "{own}" in this store; look into it',
    ),
    "month.two_offices": (
        "区划 {region} 的部门 {department} 有几个机构：检查由 {sends} 承担，{others} 不派人。同一系统只由一级入企；"
        "如应由其他机构承担，请只保留一个。",
        "District {region} has several offices of department {department}: {sends} holds the visits, {others} sends "
        "nobody. One level of a system comes; keep the one that should.",
    ),
    "month.part_beside": (
        "  两级同月入企：{unit}（{department}），{sender} 安排在 {date}，本级轮次 {round} 也已抽中（{visit}）",
        "  Two levels in one month: {unit} ({department}), {sender} comes on {date}, the own round {round} drew "
        "it, too ({visit})",
    ),
    "month.part_beside_what": (
        "规则 shared/merge_duty：同一系统只由一级入企。尚未编排的，plan 不再安排；已编排的，用 replan --closed "
        "UNIT 取消本级检查或与下达机关商定合并。",
        "Rule shared/merge_duty: one level of a system at a door. What is not planned yet, plan leaves out; cancel "
        "what is planned with replan --closed UNIT, or agree with the body above to merge the two.",
    ),
}
