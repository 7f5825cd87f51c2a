"""Messages of the library (函数库)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "library.no_file": (
        "找不到文件 {file}。请检查路径。",
        "There is no file {file}. Check the path.",
    ),
    "library.no_folder": (
        "找不到规则目录 {folder}。请检查路径，或不给出 rules，只用随附规则。",
        "There is no rules folder {folder}. Check the path, or leave out `rules` to use the shipped law alone.",
    ),
    "library.seed_length": (
        "{name} 应为 {wanted} 字节，现为 {found} 字节。请给出 32 字节，例如一个 SHA-256 摘要。",
        "{name} must have {wanted} bytes, but has {found}. Give 32 bytes, such as a SHA-256 digest.",
    ),
    "library.id_twice": (
        "编号 {id} 给了两次。每个事项、任务和机构只给一次。",
        "The id {id} is given twice. Give each item, task and office once.",
    ),
    "library.no_tasks": (
        "没有任务，无从得知哪些半天可用。请给出 tasks 或 half_days。",
        "There is no task, so the half-days are not known. Give tasks, or half_days.",
    ),
    "library.calendar_broken": (
        "日程未通过独立复核：{violation}。请不要使用，并报告这一错误。",
        "The calendar does not pass its independent check: {violation}. Do not use it, and report this.",
    ),
}
