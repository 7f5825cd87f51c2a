"""Messages of a province's month (各机构一并运行)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    # the plan of work
    "month.province_refused": (
        "工作计划 {file} 有 {count} 处问题（见上），没有运行任何机构。请改正后再运行。",
        "The plan {file} has {count} faults (above); no agency was run. Correct them and run it again.",
    ),
    "month.province_empty": (
        "工作计划 {file} 没有一行机构。请每个机构填一行：机构、数据库、数据目录、公示目录。",
        "The plan {file} has no agency. Fill in a row for each: agency, store, inputs, out.",
    ),
    "month.province_same_agency": (
        "与第 {other} 行是同一机构；每个机构只能有一行，请删去一行或改名",
        "row {other} names the same agency; each has one row: delete one or give it another name",
    ),
    "month.province_same_store": (
        "与第 {other} 行（{agency}）是同一个数据库；每个机构有自己的库，请改正路径",
        "row {other} ({agency}) has the same store; each agency has its own: correct the path",
    ),
    "month.province_same_inputs": (
        "与第 {other} 行（{agency}）是同一个数据目录；每个机构有自己的登记表，请改正路径",
        "row {other} ({agency}) has the same inputs; each agency has its own registers: correct the path",
    ),
    "month.province_same_out": (
        "与第 {other} 行（{agency}）是同一个公示目录；每个机构有自己的公示目录，请改正路径",
        "row {other} ({agency}) has the same output folder; each agency has its own: correct the path",
    ),
    "month.province_stores_beside": (
        "与第 {other} 行的数据库在同一文件夹 {folder}；本机构的 rules/ 放在库旁，两个机构会共用规则，请各放一个文件夹",
        "the store of row {other} stands in the same folder {folder}; an agency's rules/ stand beside its store, and "
        "two would share them: give each store a folder of its own",
    ),
    "month.province_in_out": (
        "在第 {other} 行的公示目录 {folder} 里；公示目录只放公示的文件，请放到别处",
        "lies in the output folder {folder} of row {other}, which is for what is published: put it elsewhere",
    ),
    "month.province_in_inputs": (
        "在第 {other} 行的数据目录 {folder} 里；写出的文件会混入登记表，请放到别处",
        "lies in the inputs {folder} of row {other}; what is written would mix with registers: put it elsewhere",
    ),
    "month.province_in_own": (
        "在 {folder} 里，那是程序放在第 {other} 行的数据库或公示目录旁的（规则、打印模板、大文件……）；会互相破坏，"
        "请放到别处",
        "lies in {folder}, which the program keeps beside the store or output folder of row {other} (rules, templates, "
        "large files …): each would spoil the other, put it elsewhere",
    ),
    "month.province_new_beside": (
        "还没有 {path}，而同一文件夹里已有数据库 {names}；多半是文件名写错，请改正。确要新建的，请另放一个文件夹",
        "there is no {path}, but beside it is the store {names}: the name is probably mistyped, correct it. If a new "
        "store is wanted, give it a folder of its own",
    ),
    "month.province_new_published": (
        "还没有 {path}，而公示目录里已有正式轮次 {rounds}；多半是数据库的路径写错，请改正。确要从头开始的，先用"
        " supervision --store 该路径 init 建库",
        "there is no {path}, but the output folder already publishes the rounds {rounds}: the store's path is probably "
        "mistyped, correct it. To begin anew on purpose, make the store first: supervision --store PATH init",
    ),
    "month.province_unreachable": (
        "系统不能读取这个位置（{reason}）；请核对路径和权限",
        "the system cannot look there ({reason}): check the path and its permissions",
    ),
    "month.province_result_in_own": (
        "结果目录 {path} 在 {folder} 里，那是程序放在第 {other} 行的数据库或公示目录旁的。请用 --out 换一个目录。",
        "The folder of results {path} lies in {folder}, which the program keeps beside the store or output folder of "
        "row {other}. Choose another with --out.",
    ),
    "month.province_result_inside": (
        "结果目录 {path} 在第 {place} 行的{column} {folder} 里。请用 --out 换一个目录。",
        "The folder of results {path} lies in row {place}'s {column} {folder}. Choose another with --out.",
    ),
    "month.province_no_inputs": (
        "没有文件夹 {path}；请核对路径，或确认磁盘已挂载",
        "there is no folder {path}: check the path, and that its disk is mounted",
    ),
    "month.province_no_parent": (
        "没有文件夹 {path}；请先建立，或确认磁盘已挂载",
        "there is no folder {path}: make it first, or see that its disk is mounted",
    ),
    "month.province_store_folder": (
        "{path} 不是文件；数据库是一个文件，例如 agency.db",
        "{path} is no file; a store is one, such as agency.db",
    ),
    "month.province_out_store": (
        "里面有数据库 {store}；公示目录只放公示的文件，请换一个文件夹",
        "the store {store} lies in it; an output folder is for what is published: choose another",
    ),
    "month.province_out_file": ("{path} 是文件，应为文件夹", "{path} is a file where a folder is wanted"),
    "month.province_real_row": (
        "本行写明不是演练，命令却带 --rehearsal；请去掉 --rehearsal，或把本行留空",
        "this row says it is no rehearsal, the command says --rehearsal: leave out the option, or the cell blank",
    ),
    # values of sources
    "month.province_issue_unnamed": (
        "没有一家机构的承诺书里有信源 {name} 的第 {issue} 期（有的期：{known}）。请核对期号。",
        "No agency's commitment names issue {issue} of source {name} (issues named: {known}). Check the issue.",
    ),
    "month.province_source_unnamed": (
        "没有一家机构的承诺书里有信源 {name}。请核对名称；机构还没有承诺的，先不带 --source 运行。",
        "No agency's commitment names the source {name}. Check the name; before agencies have committed, run this "
        "without --source.",
    ),
    "month.province_values_refused": (
        "信源数值有 {count} 处问题（见上），没有运行 {file} 的任何机构。请改正 --source 或数据目录里的 sources.csv，"
        "再运行。",
        "Values of sources have {count} faults (above); no agency of {file} was run. Correct --source, or sources.csv "
        "in the inputs, and run it again.",
    ),
    "month.province_value_wrong": (
        "--source {value}（第 {rows} 行的机构）：{reason}",
        "--source {value} (agencies of rows {rows}): {reason}",
    ),
    "month.province_issues": (
        "各机构等的不是信源 {name} 的同一期：{issues}。请写明期号，每期各写一次，例如 --source {example}=…",
        "Agencies do not wait for the same issue of {name}: {issues}. Say whose values they are, once for each issue, "
        "such as --source {example}=…",
    ),
    "month.province_issue": ("{issue} 期 {count} 家（{names}）", "issue {issue}: {count} ({names})"),
    "month.province_values_would": (
        "信源 {name} 的数值运行时将交给 {count} 家在等它的机构",
        "Values of {name} would be handed to {count} agencies that wait",
    ),
    "month.province_values_unseen": (
        "有旧版或打不开的数据库：信源 {name} 的数值交给谁，到运行时才能核对",
        "Some stores are of an older version or cannot be opened: to whom values of {name} go is checked when it is "
        "run",
    ),
    "month.province_values": (
        "信源 {name} 的数值交给了 {count} 家在等它的机构；是否已录入、是否合格，见各机构的进度",
        "Values of {name} were handed to {count} agencies that wait; where each stands says whether it took them",
    ),
    # one agency
    "month.province_store_gone": (
        "在做这项工作的机器上找不到数据库 {store}，没有新建。请确认各机器以同一路径挂载了共享存储。",
        "The machine that does this work has no store {store}, and made none. See that all machines mount the shared "
        "storage under one path.",
    ),
    "month.province_threads": (
        "计算进程没有设 {variable}=1，求和结果可能因核数而异，没有运行。请带此环境变量启动 dask worker。",
        "The worker was started without {variable}=1: sums might depend on its cores, so nothing was run. Start the "
        "dask worker with it.",
    ),
    "month.province_broke": (
        "程序意外中断（{kind}：{reason}），已完成的步骤不受影响。请单独运行 supervision month 查看详情，并报告此问题。",
        "The program broke off unexpectedly ({kind}: {reason}); finished steps stand. Run supervision month for this "
        "agency to see more, and report it.",
    ),
    "month.province_running": ("各机构运行", "Running the agencies"),
    "month.province_looking": ("查看各机构进度", "Looking how far the agencies are"),
    # the result
    "month.province_line": (
        "{agency}：{step}；主体 {units:,}，抽中 {drawn:,}，检查 {visits:,} 次，未排定 {unheld:,}",
        "{agency}: {step}; {units:,} units, {drawn:,} drawn, {visits:,} visits, {unheld:,} not held",
    ),
    "month.province_line_idle": ("{agency}：{step}", "{agency}: {step}"),
    "month.province_line_waits": (
        "{agency}：{step}；主体 {units:,}，抽中 {drawn:,}，检查 {visits:,} 次，未排定 {unheld:,}；下一步：{waits}",
        "{agency}: {step}; {units:,} units, {drawn:,} drawn, {visits:,} visits, {unheld:,} not held; next: {waits}",
    ),
    "month.province_line_since": (
        "{agency}：{step}；主体 {units:,}，抽中 {drawn:,}，检查 {visits:,} 次，未排定 {unheld:,}；{since} 起：{waits}",
        "{agency}: {step}; {units:,} units, {drawn:,} drawn, {visits:,} visits, {unheld:,} not held; from {since}: "
        "{waits}",
    ),
    "month.province_line_failed": (
        "{agency}：失败（{step}）：{error}",
        "{agency}: failed ({step}): {error}",
    ),
    "month.province_totals": (
        "合计 {agencies:,} 家：完成 {finished:,}，等待 {waiting:,}，失败 {failed:,}；主体 {units:,}，抽中 {drawn:,}，"
        "检查 {visits:,} 次，未排定 {unheld:,}",
        "{agencies:,} agencies: {finished:,} finished, {waiting:,} waiting, {failed:,} failed; {units:,} units, "
        "{drawn:,} drawn, {visits:,} visits, {unheld:,} not held",
    ),
    "month.province_written": ("结果：{files}", "Results: {files}"),
    "month.province_checked": (
        "工作计划没有问题：{agencies:,} 家，没有运行任何机构。",
        "The plan has no faults: {agencies:,} agencies. None was run.",
    ),
    "month.province_again": (
        "有机构在等或失败：办好后再运行同一条命令，各机构从停下的地方继续。",
        "Some wait or failed: run the same command again when that is done; each goes on where it stands.",
    ),
    "month.province_stores": (
        "数据库：{there:,} 家已有，{new:,} 家还没有，运行时新建",
        "Stores: {there:,} are there, {new:,} are not and would be made when it is run",
    ),
    "month.province_stores_made": ("新建了 {new:,} 家的数据库", "Stores were made for {new:,} agencies"),
    "month.province_store": ("  第 {row} 行 {agency}：{store}", "  row {row}, {agency}: {store}"),
    "month.province_step_new": ("尚未开始，还没有数据库", "not begun, no store yet"),
    "month.province_step_none": ("尚未开始", "not begun"),
    "month.province_step_older": ("旧版数据库，运行时升级", "store of an older version, brought up when run"),
    "month.province_step_open": ("已导入", "imported"),
    "month.province_step_score": ("已评分", "scored"),
    "month.province_step_commit": ("已承诺", "committed"),
    "month.province_step_abandon": ("已放弃", "given up"),
    "month.province_step_draw": ("已抽取", "drawn"),
    "month.province_step_plan": ("已排日程", "planned"),
    "month.province_step_commit_roster": ("已第二次承诺", "roster committed"),
    "month.province_step_match": ("已抽取人员", "inspectors drawn"),
    "month.province_step_done": ("已完成", "finished"),
    "month.province_finished": ("完成", "finished"),
    "month.province_waiting": ("等待", "waiting"),
    "month.province_failed": ("失败", "failed"),
    "month.province_rehearsal": ("演练", "rehearsal"),
    "month.province_real": ("正式", "real"),
    "month.province_agency": ("机构", "agency"),
    "month.province_kind": ("类别", "kind"),
    "month.province_state": ("状态", "state"),
    "month.province_step": ("进度", "step"),
    "month.province_units": ("主体数", "units"),
    "month.province_drawn": ("抽中户数", "drawn"),
    "month.province_visits": ("检查次数", "visits"),
    "month.province_unheld": ("未排定", "not held"),
    "month.province_waits": ("在等什么", "waits for"),
    "month.province_until": ("起止时间", "from or until"),
    "month.province_exit": ("退出码", "exit"),
    "month.province_seconds": ("秒", "seconds"),
}
