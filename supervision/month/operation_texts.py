"""Messages of operation (运行维护): backups, the state of the installation, what rounds wait for."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "month.log_broken": (
        "  日志 {scope}：第 {line:,} 行起链条断开，共 {count:,} 条。请保留原文件并告知管理员。",
        "  Log {scope}: the chain is broken from line {line:,} of {count:,}. Keep the file as it is and tell IT.",
    ),
    "month.log_sound": (
        "  日志 {scope}：{count:,} 条，链条完好",
        "  Log {scope}: {count:,} entries, the chain is sound",
    ),
    "month.verified_line": ("{said}", "{said}"),
    "month.backup_made": (
        "已备份到 {file}：{size:,} 字节，SHA-256 {digest}。",
        "Backed up to {file}: {size:,} bytes, SHA-256 {digest}.",
    ),
    "month.backup_holds": (
        "  备份时间 {made}，{files} 个文件，轮次：{rounds}。",
        "  Made at {made}, {files} files, rounds: {rounds}.",
    ),
    "month.backup_passphrase": (
        "没有口令打不开备份，谁也不能找回口令：请与备份分开保管。输出文件夹和签名密钥不在其中。",
        "Without the passphrase the backup does not open and nobody can bring it back: keep it, apart from the file. "
        "The output folder and signing keys are not in it.",
    ),
    "month.backup_whole": (
        "备份 {file} 完整，口令正确，各文件与清单相符。",
        "Backup {file} is whole: it opens, and every file is as its list says.",
    ),
    "month.restored": (
        "已把 {file} 恢复到 {store}，规则在其旁的 rules/。",
        "Restored {file} to {store}, rules beside it.",
    ),
    # condition
    "month.examined": ("{state}  {said}", "{state}  {said}"),
    "month.examined_ok": ("正常", "OK     "),
    "month.examined_warning": ("注意", "WARNING"),
    "month.examined_fault": ("故障", "FAULT  "),
    "month.examined_all": (
        "共 {ok} 项正常，{warning} 项注意，{fault} 项故障。",
        "{ok} in order, {warning} to look at, {fault} at fault.",
    ),
    "month.examined_stopped": ("{said}因此未能检查：{checks}。", "{said} Not examined because of it: {checks}."),
    "month.examined_of_versions": ("依赖版本", "versions of packages"),
    "month.examined_of_fonts": ("字体", "fonts"),
    "month.examined_of_programs": ("openssl 程序", "the program openssl"),
    "month.examined_of_disk": ("磁盘", "the disk"),
    "month.examined_of_readers": ("文件权限", "permissions"),
    "month.examined_of_store": ("数据文件", "the store"),
    "month.examined_of_database": ("SQLite 完整性", "integrity of the database"),
    "month.examined_of_files": ("批次文件", "files of rounds"),
    "month.examined_of_tables": ("批次表", "tables of rounds"),
    "month.examined_of_registers": ("登记表", "registers"),
    "month.examined_of_logs": ("日志", "logs"),
    "month.examined_of_left": ("残留文件", "remains of killed commands"),
    "month.examined_of_desk": ("工作台记录", "the desk's file"),
    "month.examined_of_rounds": ("各轮次", "rounds"),
    "month.examined_of_clock": ("时钟", "the clock"),
    "month.examined_of_calendar": ("工作日历", "working days"),
    "month.examined_of_committed": ("承诺时的登记表", "registers as committed"),
    "month.examined_of_manifests": ("清单", "manifests"),
    "month.examined_of_published": ("公示文件", "published files"),
    "month.examined_unreadable": (
        "不能读取 {path}：{reason}。请检查路径和权限。",
        "{path} cannot be read: {reason}. Check the path and its permissions.",
    ),
    "month.examined_versions": (
        "Python {python}，本程序 {version}，{count} 个依赖的版本都符合要求。",
        "Python {python}, this program {version}; all {count} packages it needs have the versions it asks for.",
    ),
    "month.examined_version": (
        "依赖 {name} 的版本为 {found}，应为 {wanted}。请重新安装本程序（pip install）。",
        "Package {name} has version {found}, wanted is {wanted}. Install this program again (pip install).",
    ),
    "month.examined_uninstalled": (
        "Python {python}，本程序 {version} 不是用 pip 安装的，无法核对依赖版本。请安装后再查。",
        "Python {python}; this program, {version}, was not installed by pip: versions cannot be compared. Install it.",
    ),
    "month.examined_fonts": (
        "随附字体可用，公告和文书能排成 PDF。",
        "The font is there: notices and papers can be typeset.",
    ),
    "month.examined_openssl": (
        "openssl 在 {path}，可核验时间戳。",
        "openssl is at {path}: time stamps can be checked.",
    ),
    "month.examined_no_openssl": (
        "没有 openssl，anchor --tsa 的时间戳无法核验；不用时间戳则不需要。请安装 openssl。",
        "There is no openssl: time stamps of anchor cannot be checked. Install it where you use them.",
    ),
    "month.examined_disk": (
        "磁盘剩余 {free:,} MB，数据占 {used:,} MB。",
        "{free:,} MB of the disk are free, the store has {used:,} MB.",
    ),
    "month.examined_disk_little": (
        "磁盘只剩 {free:,} MB（数据占 {used:,} MB，导入和备份宜有 {wanted:,} MB）。请腾出空间。",
        "Only {free:,} MB of the disk are free (the store has {used:,} MB; imports and backups want {wanted:,} MB). "
        "Make room.",
    ),
    "month.examined_readable": (
        "{path} 对本机其他用户可读，其中有抽样框密钥。请运行 chmod o-rwx {path}。",
        "{path}, which holds frame keys, is open to other users of this machine. Run chmod o-rwx {path}.",
    ),
    "month.examined_database": (
        "数据文件 {path} 完好，结构版本 {version}。",
        "The store {path} is sound, version {version}.",
    ),
    "month.examined_damaged": (
        "数据文件 {path} 已损坏（{tables}；SQLite：{reason}）。请把它和旁边的文件移到别处保存，再从备份恢复"
        "（supervision restore）。",
        "The file {path} is damaged ({tables}; SQLite: {reason}). Move it and what stands beside it aside, and restore "
        "a backup (supervision restore).",
    ),
    "month.examined_hit": ("受损的表：{tables}", "damaged tables: {tables}"),
    "month.examined_hit_all": ("看不出哪些表受损", "which tables cannot be told"),
    "month.examined_links": (
        "数据文件 {path} 中有 {count:,} 行所指的行不存在（{rows}）：有人直接改动过。请从备份恢复，并查明原因。",
        "{count:,} rows of {path} name rows that are not there ({rows}): somebody changed the file itself. Restore a "
        "backup, and find out who did it.",
    ),
    "month.examined_older": (
        "数据文件的结构版本是 {found}，本程序为 {known}：下一条命令会升级它。请先备份。",
        "The store has version {found}, this program {known}: the next command brings it up. Back it up before.",
    ),
    "month.examined_desk": (
        "工作台记录 {path} 完好，操作日志 {count:,} 条，逐条相扣。",
        "The desk's file {path} is sound; the chain of its {count:,} acts is whole.",
    ),
    "month.examined_sent": (
        "工作台收到的 {count:,} 份结果尚未录入，最早 {since}：请启动工作台（supervision desk），并看其输出中的错误。",
        "{count:,} entries sent at the desk are not on record, the first since {since}: start the desk (supervision "
        "desk) and read what it prints.",
    ),
    "month.examined_files": (
        "{count:,} 个批次文件都与记录的摘要相符。",
        "All {count:,} files of rounds are as recorded.",
    ),
    "month.examined_tables": (
        "{count:,} 个批次表的各行都与记录的摘要相符。",
        "The rows of all {count:,} tables of rounds are as recorded.",
    ),
    "month.examined_table_differs": (
        "批次 {round} 的表 {table} 的数据与记录的摘要不符，有人直接改过数据文件。请从备份恢复，并查明原因。",
        "The rows of table {table} of round {round} are not those recorded: somebody changed the store itself. Restore "
        "a backup, and find out who did it.",
    ),
    "month.examined_undigested": (
        "多次导入、不能与日志中某一次导入的摘要相比的登记表：{kinds}。其改动和删除的行由触发器记下，行数与累计导入数相比，"
        "最近一轮承诺时的摘要另作核对。",
        "Registers that were imported more than once, so that no digest of the log is theirs: {kinds}. Triggers note "
        "rows that are changed or removed, rows are counted against the imports, and the newest commitment's digests "
        "are compared.",
    ),
    "month.examined_file_lost": (
        "批次 {round} 的 {path} 不在库中：步骤存放过它，记录被删。请从备份恢复，并查明原因。",
        "{path} of round {round} is not in the store: a step put it there, and its row was deleted. Restore a backup, "
        "and find out who did it.",
    ),
    "month.examined_file_other": (
        "批次 {round} 的 {path} 不是步骤存放的那一份：内容与摘要一起被换过。请从备份恢复，并查明原因。",
        "{path} of round {round} is not what the step put there: its content and digest were both replaced. Restore a "
        "backup, and find out who did it.",
    ),
    "month.examined_more": (
        "{folder}：还有 {more:,} 项同样的情况，未列出。",
        "{folder}: {more:,} more of the same, not listed.",
    ),
    "month.examined_log_lost": (
        "日志 {scope} 缺少条目，库中却有这些步骤的记录：{steps}。条目被删除或改过，请从备份恢复，并查明原因。",
        "The log of {scope} lacks entries of steps that are on record: {steps}. They were deleted or rewritten. "
        "Restore a backup, and find out who did it.",
    ),
    "month.examined_log_published": (
        "轮次 {round} 的日志不再含有第 {number} 份审计清单所列的条目，公示之后被删改过。请从备份恢复，并查明原因。",
        "The log of round {round} no longer begins with the entries that manifest {number} of its audit bundle lists: "
        "it was cut or rewritten since. Restore a backup, and find out who did it.",
    ),
    "month.examined_round_lost": (
        "批次 {round} 有日志或文件，却不在批次清单中。请从备份恢复，并查明原因。",
        "Round {round} has a log or files and is not in the list of rounds. Restore a backup, and find out who did it.",
    ),
    "month.examined_registers": (
        "{count:,} 个保存的登记表摘要都与表中各行相符；{proved:,} 张登记表与日志所记的导入相符。",
        "All {count:,} digests kept of registers are those of their rows; {proved:,} registers are as the log says.",
    ),
    "month.examined_register_changed": (
        "登记表“{kind}”被直接改动过：改 {updated:,} 行、删 {deleted:,} 行（{first}–{last}，UTC），"
        "累计导入 {imported:,} 行，现有 {there:,} 行。本程序只增加行。请从改动之前的备份恢复，并查明原因。",
        "The register {kind} was changed in the store itself: {updated:,} rows updated, {deleted:,} deleted "
        "({first}–{last}, UTC); {imported:,} rows were imported, {there:,} stand. This program only adds rows. Restore "
        "a backup of before, and find out who did it.",
    ),
    "month.examined_register_since": (
        "登记表“{kind}”与轮次 {round} 承诺时的摘要不符，其后没有导入过：有人直接改动过。请从备份恢复，并查明原因。",
        "The register {kind} is not as round {round} was committed with, and was not imported since: somebody changed "
        "it. Restore a backup, and find out who did it.",
    ),
    "month.examined_registers_older": (
        "与轮次 {round} 承诺时的摘要不符的登记表：{kinds}。其后导入过这些表，补录承诺之前已知的情况会如此；"
        "没有补录过的，请查明原因。",
        "Registers that are not as round {round} was committed with: {kinds}. They were imported since; rows known "
        "before the commitment do that. Where none were brought, find out why.",
    ),
    "month.examined_committed": (
        "{count} 张登记表截至 {on} 的内容与轮次 {round} 承诺时的摘要相符。",
        "All {count} registers as known on {on} are those that round {round} was committed with.",
    ),
    "month.examined_register_differs": (
        "登记表“{kind}”的数据与保存的摘要或日志中唯一一次导入的摘要不符：有人绕过本程序改动过，或删了导入的日志。"
        "请从备份恢复，并查明原因。",
        "The rows of the register {kind} are not those of the digest kept of it or of the only import in the log: "
        "they were changed around this program, or an import's entry was deleted. Restore a backup, and find out who "
        "did it.",
    ),
    "month.examined_logs": ("日志 {count:,} 条，逐条相扣。", "The chain of {count:,} log entries is whole."),
    "month.examined_log_broken": (
        "日志 {scope} 第 {line} 条起不相扣，有人改动过。请从备份恢复，并查明原因。",
        "The log of {scope} is broken at entry {line}: it was changed. Restore a backup, and find out who did it.",
    ),
    "month.examined_left": (
        "{path} 是被中断的命令留下的。下一条写入命令或备份会清理它；仍在则可删除。",
        "{path} was left by a killed command. The next one that writes, or backup, removes it; else remove it.",
    ),
    "month.examined_clock": (
        "时钟 {now}，不早于真实轮次最后的记录（{last}）。",
        "The clock says {now}, not before the last entry of a real round ({last}).",
    ),
    "month.examined_calendar": ("工作日历到 {until} 已齐备。", "The working days are known until {until}."),
    "month.none": ("尚无", "none yet"),
    "month.examined_manifests_alone": (
        "{count} 份清单逐份相扣；没有给出 --out，未核对公示文件。",
        "The chain of {count} manifests is whole; without --out, published files were not compared.",
    ),
    "month.examined_manifests": (
        "{count} 份清单逐份相扣，公示文件（{out}）与清单相符。",
        "The chain of {count} manifests is whole; files published in {out} are as listed.",
    ),
    "month.examined_manifest_chain": (
        "轮次 {round} 的清单（{part}）前后不相扣。请从备份恢复。",
        "The manifests of round {round} ({part}) do not follow each other. Restore a backup.",
    ),
    "month.examined_publish": (
        "{folder} 不是最近一次公示的内容。请再次运行 supervision publish {round} --out。",
        "{folder} does not hold what was published last. Run supervision publish {round} --out again.",
    ),
    "month.examined_published_home": (
        "首页文件 {file} 与首页清单不符或已丢失。请对任一轮次再次运行 supervision publish --out，首页会重写。",
        "{file} of the home page is not as its manifest says, or lost. Run supervision publish --out again for any "
        "round: the home page is written anew.",
    ),
    "month.examined_stranger": (
        "{file} 不在任何清单中，不是本程序公示的。请查明是谁放的并移走；轮次文件夹里的，再次 publish 会移到 OUT-kept。",
        "{file} is in no manifest: this program did not publish it. Find out who put it there and take it away; "
        "publishing again moves what stands in a round's folder to OUT-kept.",
    ),
    "month.examined_empty": (
        "文件夹 {folder} 中没有任何文件，不是本程序公示的。请查明是谁建的并移走。",
        "The folder {folder} holds no file: this program did not publish it. Find out who made it and take it away.",
    ),
    "month.examined_published": (
        "{file} 与清单不符或已丢失。请再次运行 supervision publish {round} --out，改动的文件会另存。",
        "{file} is not as the manifest says, or lost. Run supervision publish {round} --out again; a changed file "
        "is kept aside.",
    ),
    # agenda
    "month.agenda_head": (
        "{on}：{rounds} 个轮次，{count} 件待办，其中 {overdue} 件已过期。",
        "{on}: {rounds} rounds, {count} things to be done, {overdue} of them overdue.",
    ),
    "month.agenda_line": (
        "  {when}  {round}：{what}。{who}；{command}",
        "  {when}  {round}: {what}. {who}; {command}",
    ),
    "month.agenda_city": ("全市", "the city"),
    "month.agenda_idle": ("没有待办的轮次：{rounds}。", "Rounds that wait for nothing: {rounds}."),
    "month.agenda_written": (
        "{within} 天内的 {count} 件已写入 {file}。",
        "What is to be done within {within} days ({count}) was written to {file}.",
    ),
    "month.agenda_reminder": (
        "【内部】{on} 待办提醒：{within} 天内 {count} 件",
        "[internal] To be done, {on}: {count} within {within} days",
    ),
    "month.agenda_by": ("{due} 前", "by {due}"),
    "month.agenda_late": ("已过期（{due}）", "overdue ({due})"),
    "month.agenda_from": ("{since} 起", "from {since}"),
    "month.agenda_now": ("现在", "now"),
    "month.agenda_score": ("评分，然后承诺", "score, then commit"),
    "month.agenda_commit": ("承诺抽样框", "commit the frames"),
    "month.agenda_values": ("录入信源 {names} 的数值", "enter the values of {names}"),
    "month.agenda_values_again": ("再次录入信源 {names} 的数值", "enter the values of {names} a second time"),
    "month.agenda_plan": ("编排日程", "plan the calendar"),
    "month.agenda_roster": ("第二次承诺（日程与人员名册）", "commit calendar and roster"),
    "month.agenda_publish": ("公示最近的步骤", "publish what was done since"),
    "month.agenda_publish_again": (
        "重新公示：有结果到期撤下或更正",
        "publish again: results are to leave the page or were corrected",
    ),
    "month.agenda_anchor": ("保存外部存证", "keep evidence from outside"),
    "month.agenda_stepin": ("复核递补", "confirm a step-in"),
    "month.agenda_leave": ("复核请假", "confirm an inspector's leave"),
    "month.agenda_results": (
        "录入检查结果 {count:,} 条，其中 {overdue:,} 条逾期",
        "record {count:,} results, {overdue:,} of them overdue",
    ),
    "month.agenda_warnings": ("办结预警 {count:,} 件", "close {count:,} warnings"),
    "month.agenda_rules": ("复核规则 {count} 条", "review {count} rules"),
    "month.agenda_anybody": ("经办人", "whoever does the round"),
    "month.agenda_committer": ("承诺人（不录入数值）", "who commits and enters no values"),
    "month.agenda_not_committer": ("承诺人以外的人", "anybody but who committed"),
    "month.agenda_other_than": ("{who} 和承诺人以外的人", "anybody but {who} and who committed"),
    "month.agenda_department": ("{name}", "{name}"),
    "month.agenda_lawyer": ("法制人员", "the lawyers"),
}
