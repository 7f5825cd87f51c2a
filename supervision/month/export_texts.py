"""Messages of the hand-over to national systems (移交国家平台的提示)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "month.exported": (
        "{title}：写出 {count} 条（新增 {inserted}，修改 {updated}，删除 {deleted}），批次 {batch}：{folder}",
        "{title}: {count} records written ({inserted} new, {updated} changed, {deleted} removed), "
        "batch {batch}: {folder}",
    ),
    "month.export_nothing": (
        "{title}：没有需要移交的新内容。",
        "{title}: there is nothing new to hand over.",
    ),
    "month.export_waiting": (
        "另有 {count} 条尚缺检查结果，录入齐全后再移交。",
        "{count} more wait for results; they go when all are recorded.",
    ),
    "month.export_rejected": (
        "{count} 条未通过校验，未写入文件；原因见 {file} 的标色单元格。",
        "{count} records were refused and are in no file; the reasons stand at the coloured cells of {file}.",
    ),
    "month.export_unverified": (
        "此格式（{lists}）尚未与平台核对：接入前请按本省的数据规范核对，代码表可由 rules/code_lists/ 替换。",
        "This format ({lists}) was not checked against the platform: compare it with your province's specification; "
        "files in rules/code_lists/ replace code lists.",
    ),
    "month.export_public": (
        "{folder} 在公示文件夹内，移交文件含检查人员姓名和执法证号。请换一个文件夹。",
        "{folder} lies in a public folder, and the files name inspectors and certificates. Choose another folder.",
    ),
    "month.export_no_batch": (
        "轮次 {round} 还没有移交过，没有可重写的批次。请去掉 --again。",
        "Nothing of round {round} was handed over yet, so no batch can be written again. Leave out --again.",
    ),
    "month.export_no_results": (
        "轮次 {round} 还没有检查结果。请先用 supervision record 录入。",
        "Round {round} has no results yet. Record them first (supervision record).",
    ),
}
