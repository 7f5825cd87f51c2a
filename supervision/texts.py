"""Messages of canonical bytes (规范字节)."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, str]] = {
    "canonical.value": (
        "{value} 不能写入规范 JSON（位置 {place}）：只收文字、±(2^53−1) 以内的整数、空值、列表和对象。"
        "更大的整数请写成文字。",
        "{value} cannot stand in canonical JSON (at {place}): only texts, integers within ±(2^53-1), null, lists "
        "and objects can. Write a larger integer as a text.",
    ),
    "canonical.bytes": (
        "不是规范 JSON：{reason}。请使用发布的原始文件，不要用编辑器另存。",
        "This is not canonical JSON: {reason}. Use the file as it was published, not a copy saved by an editor.",
    ),
    "canonical.hash": (
        "摘要算法“{name}”不可用；本规程只用 {known}。请换用，或安装带该算法的 OpenSSL。",
        'The hash "{name}" is not available; the protocol uses {known}. Use another, or an OpenSSL that has it.',
    ),
    "tables.column_missing": (
        "{table} 缺少列“{column}”。请使用程序写出的文件。",
        'Table {table} has no column "{column}". Use the file as the program wrote it.',
    ),
    "tables.dtype": (
        "{table} 的列“{column}”应为 {dtype}，实为 {found}。",
        'Column "{column}" of {table} should be {dtype} and is {found}.',
    ),
    "tables.header": (
        "{table} 的表头应为 {wanted}，实为 {header}。请使用程序写出的文件。",
        "The header of {table} should be {wanted} and is {header}. Use the file as the program wrote it.",
    ),
    "tables.cell": (
        "{table} 中有无法读取的单元格：{reason}。请使用程序写出的文件。",
        "{table} has a cell that cannot be read: {reason}. Use the file as the program wrote it.",
    ),
}
