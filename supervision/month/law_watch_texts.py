"""Messages of the law watch and of what-if (规则监测与假设的提示文字)."""

TEXTS: dict[str, tuple[str, str]] = {
    "month.rules_one_of": (
        "--due、--used、--what-if、--items、--gaps、--preset 只能选一样。请去掉其余。",
        "--due, --used, --what-if, --items, --gaps, --preset: choose one. Leave the others out.",
    ),
    "month.rules_only_with": (
        "{option} 只能与 {with_option} 一起用。请补上或去掉。",
        "{option} goes with {with_option} alone. Add that, or leave it out.",
    ),
    "month.due_head": (
        "{on} 有效的规则中，应复核而已过期 {passed} 条，{months} 个月内到期 {near} 条：",
        "Of the rules in force on {on}, {passed} are overdue for review and {near} due within {months} months:",
    ),
    "month.due_passed": (
        "  已过期 {days} 天 {rule}（{title}），复核期限 {review_by}{mark}\n    {basis}",
        "  OVERDUE by {days} days {rule} ({title}), review by {review_by}{mark}\n    {basis}",
    ),
    "month.due_near": (
        "  还有 {days} 天 {rule}（{title}），复核期限 {review_by}{mark}\n    {basis}",
        "  in {days} days {rule} ({title}), review by {review_by}{mark}\n    {basis}",
    ),
    "month.due_verified": ("（已核实）", " (verified)"),
    "month.due_unverified": ("（未经核实）", " (not verified)"),
    "month.used_head": (
        "轮次 {round} 以 {on} 有效的 {read} 条规则为依据，其中未经核实 {unverified} 条，复核已过期 {overdue} 条：",
        "Round {round} rested on {read} rules in force on {on}; {unverified} not verified, {overdue} overdue:",
    ),
    "month.used_accepted": (
        "  {who} 在承诺时同意采用未经核实的 {count} 条",
        "  {who} accepted {count} unverified rules at the commitment",
    ),
    "month.used_rehearsal": (
        "  演练不需要任何人同意采用；真实轮次需要 --accept-unverified 姓名",
        "  a rehearsal needs nobody's acceptance; a real round needs --accept-unverified NAME",
    ),
    "month.used_unverified": (
        "  未经核实 {rule}（{title}），复核期限 {review_by}\n    {basis}",
        "  not verified: {rule} ({title}), review by {review_by}\n    {basis}",
    ),
    "month.used_overdue": (
        "  复核已过期 {rule}（{title}），复核期限 {review_by}{mark}\n    {basis}",
        "  overdue for review: {rule} ({title}), review by {review_by}{mark}\n    {basis}",
    ),
    "month.used_changed": (
        "  此后已改变 {rule}（{title}）：本轮 {then}，现在的规则文件 {now}；已作出的决定不变",
        "  changed since: {rule} ({title}): {then} for this round, {now} in today's files; what was decided stands",
    ),
    "month.what_if_same": (
        "假设的规则与轮次 {round} 现行的规则没有差别。请用 --set 或 --under 写出不同的值。",
        "The assumed rules do not differ from those of round {round}. Give another value with --set or --under.",
    ),
    "month.assumed_unsaved": (
        "轮次 {round} 的 {step} 是在假设的规则下做的，不能保存。请用现行规则运行。",
        "Step {step} of round {round} was made under assumed rules and cannot be saved. Run it under the law in force.",
    ),
    "month.what_if_unset": ("未设定", "not set"),
    "month.what_if_rule": ("假设 {rule}（{title}）：{now} → {then}", "What if {rule} ({title}): {now} → {then}"),
    "month.what_if_own": ("假设 {rule} = {then}", "What if {rule} = {then}"),
    "month.what_if_alike": (
        "两栏相同：任务自己写明的比例、频次上限登记表中的各行都先于共享规则。"
        "可改用 --set tasks/任务.D=50% 或 --set caps/….per_year=2（编号见 ledger）",
        "Both columns are alike: a ratio that a task states itself and the rows of the register caps come before "
        "shared rules. Try --set tasks/TASK.D=50% or --set caps/….per_year=2 (ids as in ledger)",
    ),
    "month.assumed_task": (
        "本轮没有任务 {task}。任务有：{known}；* 表示全部。",
        "The round has no task {task}. Its tasks: {known}; * is all of them.",
    ),
    "month.assumed_class": (
        "任务 {task} 没有按类别写明 {name} 类的比例，只能假设整个比例，如 tasks/{task}.ratio=3%。",
        "Task {task} states no ratio of class {name}. Assume its whole ratio, as in tasks/{task}.ratio=3%.",
    ),
    "month.assumed_cap": (
        "频次上限登记表中没有 {cap}。现有：{known}。",
        "The register caps has no {cap}. There are: {known}.",
    ),
    "month.assumed_cap_field": (
        "{cap} 的“{field}”不能是 {value}：请写 per_year 或 min_interval_days 和一个不小于 0 的整数。",
        'The "{field}" of {cap} cannot be {value}: give per_year or min_interval_days, a whole number of at least 0.',
    ),
    "month.what_if_head": ("各行：现行 → 假设（差别）", "Each line: as it is → as assumed (difference)"),
    "month.what_if_line": ("  {label}：{now} → {then}（{difference}）", "  {label}: {now} → {then} ({difference})"),
    "month.what_if_framed": ("进入抽样框的户数", "units in the frames"),
    "month.what_if_capped": ("因频次上限不抽的户数", "units left out by a cap"),
    "month.what_if_expected_visited": ("预计抽中户数（期望值）", "units drawn, expected"),
    "month.what_if_coverage": ("覆盖率（期望值）", "coverage, expected"),
    "month.what_if_coverage_by_class": ("  其中 {name} 类", "  of class {name}"),
    "month.what_if_capped_by_rule": ("  其中依 {name}", "  by {name}"),
    "month.what_if_expected_finds": ("预计发现问题户数（期望值）", "units with a problem, expected"),
    "month.what_if_overloaded": ("预计超载的机构", "offices over the load limit"),
    "month.what_if_drawn": ("一次抽取：抽中户数", "one draw: units drawn"),
    "month.what_if_duties": ("一次抽取：应检任务", "one draw: duties"),
    "month.what_if_held": ("一次抽取：排定任务", "one draw: duties held"),
    "month.what_if_unheld": ("一次抽取：未排定项", "one draw: not held"),
    "month.what_if_doors": ("一次抽取：入企次数", "one draw: doors"),
    "month.what_if_moved": (
        "注意：承诺时样本共 {committed:,}，按今天的登记表和同年其他轮次重算为 {today:,}；两栏都是重算的数",
        "Note: the commitment has a sample of {committed:,}; by today's registers and other rounds of the year it is "
        "{today:,}. Both columns are computed anew",
    ),
    "month.what_if_no_finds": (
        "注意：专家评分卡只分先后，不知道发现问题的概率，因此没有预计发现数",
        "Note: an expert card ranks and does not know how likely a problem is, so no finds are expected",
    ),
    "month.what_if_not_a_draw": (
        "以上只是比较：没有保存任何内容，签号由轮次名称得出而不是本轮的种子，不能用来抽取，也看不出谁会被抽中",
        "This is a comparison alone: nothing was saved, its numbers come from the round's name and not from the "
        "round's seed; it cannot be drawn by, and tells nobody who is drawn",
    ),
    "month.items_days": (
        "--items 的两个日期须先后有序：{start} 不早于 {end}。请调换或改正。",
        "--items needs the earlier day first: {start} is not before {end}. Mend it.",
    ),
    "month.items_head": (
        "事项清单 {start} 有效 {was} 项，{end} 有效 {items} 项：新增 {added}，取消 {removed}，修改 {changed}",
        "List of items: {was} in force on {start}, {items} on {end}: {added} added, {removed} gone, {changed} changed",
    ),
    "month.items_none_before": (
        "  注意：数据库在 {start} 还没有清单，以下“新增”是首次登记",
        "  Note: the store had no list on {start}; what is added here was entered for the first time",
    ),
    "month.items_added": ("  新增 {item} {name}", "  added {item} {name}"),
    "month.items_removed": ("  取消 {item} {name}", "  removed {item} {name}"),
    "month.items_changed": ("  修改 {item} {name}", "  changed {item} {name}"),
    "month.items_field": ("    {column}：{was} → {now}", "    {column}: {was} → {now}"),
    "month.items_unused_head": (
        "{years} 年（自 {since}）没有使用的有效事项 {items} 项",
        "Items in force that nobody used for {years} years (since {since}): {items}",
    ),
    "month.items_short_records": (
        "  注意：检查记录自 {begin} 起，不足 {years} 年；更早的使用无从得知",
        "  Note: records of visits begin on {begin}, less than {years} years ago; earlier use is not known",
    ),
    "month.items_no_records": ("（没有记录）", "(there are none)"),
    "month.items_never": ("从未", "never"),
    "month.items_unused": (
        "  长期未使用 {item} {name}，最后使用：{last}；请研究保留或取消",
        "  unused {item} {name}, last used: {last}; keep it or strike it off",
    ),
    "month.items_young": (
        "  实施未满年限 {item} {name}，最后使用：{last}",
        "  in force for less long {item} {name}, last used: {last}",
    ),
    "month.items_unknown": (
        "  记录不足，不能判断 {item} {name}，最后使用：{last}",
        "  not to be told from the records {item} {name}, last used: {last}",
    ),
}
