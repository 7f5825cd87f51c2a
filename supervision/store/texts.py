"""Messages of the store (存储)."""

from __future__ import annotations

from supervision.store.backup_texts import TEXTS as BACKUP

TEXTS: dict[str, tuple[str, str]] = {
    **BACKUP,
    "store.exists": (
        "{path} 已存在，不会覆盖。请直接使用它，或另选 --store。",
        "{path} is already there and is not overwritten. Use it, or choose another --store.",
    ),
    "store.missing": (
        "找不到数据文件 {path}。请先运行 supervision init，或用 --store 指明位置。",
        "There is no store at {path}. Run `supervision init` first, or say where it is with --store.",
    ),
    "store.not_a_store": (
        "{path} 不是本程序的数据文件，或者已损坏得认不出来（{reason}）。请检查 --store；路径没有错的，"
        "请从备份恢复（supervision restore）。",
        "{path} is not a store of this program, or is damaged past recognition ({reason}). Check --store; if the path "
        "is right, restore a backup (supervision restore).",
    ),
    "store.newer": (
        "数据文件 {path} 的版本是 {found}，本程序只认识到 {known}。请升级程序，不要用旧版本打开。",
        "The store {path} has version {found}; this program knows versions up to {known}. Upgrade the program.",
    ),
    "store.busy": (
        "{path}：另一个命令正在使用数据文件，等了 {seconds} 秒仍未结束。请等它结束后重新运行。",
        "{path}: another command is working on the store and did not end within {seconds} seconds. "
        "Wait for it, then run this again.",
    ),
    "store.read_only": (
        "不能写入 {path}（{reason}）。请检查文件夹权限，或把数据文件放到可写的位置。",
        "{path} cannot be written ({reason}). Check the folder's permissions, or keep the store where you may write.",
    ),
    "store.no_folder": (
        "不能写 {path}：文件夹 {folder} 不存在，或不是文件夹。请先建立它，或换一个位置。",
        "{path} cannot be written: there is no folder {folder}. Make it first, or choose another place.",
    ),
    "store.disk_full": (
        "磁盘已满，{path} 未作改动（{reason}）。请腾出空间后重新运行，已完成的步骤不受影响。",
        "The disk is full; {path} was left unchanged ({reason}). Free some space and run this again; "
        "finished steps are not touched.",
    ),
    "store.failed": (
        "读写 {path} 时出错：{reason}。已完成的步骤不受影响；请重新运行，仍不行则从备份恢复。",
        "Reading or writing {path} failed: {reason}. Finished steps are not touched; run this again, "
        "and restore a backup if it persists.",
    ),
    "store.step_open": (
        "步骤“{step}”尚未结束，不能同时开始“{wanted}”。请先结束前一步。",
        'Step "{step}" is still open, so "{wanted}" cannot begin. Finish the first one.',
    ),
    "store.unknown_kind": (
        "没有名为“{kind}”的登记表；可用的有：{known}。",
        'There is no register "{kind}"; there are: {known}.',
    ),
    "store.unknown_column": (
        "“{table}”没有列“{column}”；可用的有：{known}。",
        '"{table}" has no column "{column}"; there are: {known}.',
    ),
    "store.missing_column": (
        "“{table}”缺少列“{column}”，无法写入。请先检查文件（supervision check）。",
        '"{table}" lacks the column "{column}" and cannot be stored. Check the file first (supervision check).',
    ),
    "store.blank_cell": (
        "“{table}”的列“{column}”有 {rows} 行空白，而它用来识别记录。请先检查文件（supervision check）。",
        'Column "{column}" of "{table}" is blank in {rows} rows, but it identifies the rows. '
        "Check the file first (supervision check).",
    ),
    "store.repeated_row": (
        "“{table}”中有 {rows} 行与另一行主键和知悉日期相同，例如 {key}。请先检查文件（supervision check）。",
        '{rows} rows of "{table}" have the key and known_on of another one, for example {key}. '
        "Check the file first (supervision check).",
    ),
    "store.repeated_column": (
        "“{table}”的列名重复（不分大小写），或使用了保留名 _round、_row：{columns}。请改名。",
        'Columns of "{table}" have the same name (capitals make no difference) or a reserved one, _round or _row: '
        "{columns}. Rename them.",
    ),
    "store.cell_type": (
        "“{table}”的列“{column}”不能按 {dtype} 存入：{reason}。请改正该列。",
        'Column "{column}" of "{table}" cannot be stored as {dtype}: {reason}. Correct the column.',
    ),
    "store.name": (
        "“{value}”不能用作{what}的名称；只可用字母、数字和 . _ -，最长 {longest} 个字符。",
        '"{value}" cannot name a {what}; letters, digits and . _ - are allowed, at most {longest} characters.',
    ),
    "store.path": (
        "“{path}”不能用作批次文件的路径；应是用 / 分隔的相对路径，不含 . 或 .. 。",
        '"{path}" cannot be the path of a file of the round; it must be relative, parted by /, without . or .. .',
    ),
    "store.no_file": (
        "批次 {round} 中没有文件 {path}。请先运行产生它的步骤；已完成的步骤：{steps}。",
        "Round {round} has no file {path}. Run the step that makes it first; finished steps: {steps}.",
    ),
    "store.no_table": (
        "批次 {round} 中没有表 {table}。请先运行产生它的步骤；已完成的步骤：{steps}。",
        "Round {round} has no table {table}. Run the step that makes it first; finished steps: {steps}.",
    ),
    "store.file_changed": (
        "批次 {round} 的文件 {path} 与记录的摘要不符（{where}）。它被改动或丢失，请从备份恢复。",
        "File {path} of round {round} does not have the digest on record ({where}). It was changed or lost; "
        "restore a backup.",
    ),
    "store.no_rules_folder": (
        "{path} 不是文件夹。请用文件夹存放本市规则（rules/），或删除它。",
        "{path} is not a folder. Keep the city's rules in a folder (rules/), or remove it.",
    ),
    "store.mapping_name": (
        "“{name}”不能作映射名称：用 1–60 个文字、数字或 . _ -，不带 .yaml。",
        '"{name}" cannot name a mapping: 1–60 letters, digits or . _ -, without .yaml.',
    ),
    "store.mapping_unknown": (
        "库中没有名为“{name}”的映射；已有：{known}。映射文件请写出 .yaml 文件名。",
        'There is no mapping "{name}" in the store; kept: {known}. A file of one ends in .yaml.',
    ),
}
