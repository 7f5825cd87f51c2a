"""The page of registers (登记表), from their definitions."""

from __future__ import annotations

from supervision.directory.register import Column, Register, kinds, register

HEAD = """# 登记表 Registers

`supervision template KIND` 给出带下拉选项的空白工作簿，`supervision check KIND FILE` 只检查、不入库。列名可以用中文、
英文或下列别名，也可以缺少非必填的列。每种登记表的最后一列都是“知悉日期”，它和主键一起标识一行的一个版本。

`supervision template KIND` writes a blank workbook, `supervision check KIND FILE` is a dry run. Headers may be Chinese,
English or an alias.
"""
TYPES = {
    "text": "文字 text",
    "list": "多个值 list",
    "date": "日期 date",
    "integer": "整数 integer",
    "number": "数 number",
    "boolean": "是否 yes/no",
    "code": "代码 code",
    "ratio": "比例 ratio",
    "allocation": "比例或数量 allocation",
    "unit_id": "统一社会信用代码或编号 unit id",
    "population": "条件 condition",
}
ALIASES = 3


def register_page() -> str:
    """Return the page of all registers (全部登记表) as markdown."""
    return "\n".join([HEAD, *(section(register(kind)) for kind in kinds())])


def section(found: Register) -> str:
    """Return one register's section (一种登记表)."""
    zh, en = found.title
    rows = ["| 列 column | 表头 header | 类型 type | 必填 | 说明 note |", "|---|---|---|---|---|"]
    rows += [row(column, found.key) for column in found.columns]
    parts = [
        f"## {found.kind} · {zh} {en} {{ #{found.kind} }}",
        f"主键 key: {', '.join(f'`{name}`' for name in found.key)}",
        "\n".join(rows),
    ]
    if found.private:
        names = "、".join(column.zh for column in found.private)
        parts.append(f"认得而不保存的列 recognised and never kept：{names}")
    return "\n\n".join(parts) + "\n"


def row(column: Column, key: tuple[str, ...]) -> str:
    """Return one column's row (一列)."""
    headers = [column.zh, column.en, *column.aliases[:ALIASES]]
    more = len(column.aliases) - ALIASES
    header = f"**{headers[0]}**<br>{'、'.join(headers[1:])}" + (f" …（另 {more} 个）" if more > 0 else "")
    needed = "是 yes" if column.required else ""
    name = f"`{column.name}`" + (" 主键" if column.name in key else "")
    return f"| {name} | {cell(header)} | {TYPES[column.dtype]} | {needed} | {cell(note(column))} |"


def note(column: Column) -> str:
    """Return what else is to be known of a column (说明)."""
    parts = [column.note[0], column.form[0]]
    if column.unit:
        parts.append(f"单位 unit：{column.unit}")
    if column.low is not None or column.high is not None:
        parts.append(f"{_bound(column.low)} … {_bound(column.high)}")
    if column.default is not None:
        parts.append(f"空白即 blank means `{column.default}`")
    if column.link:
        parts.append(f"→ [{column.link}](#{column.link})" if column.link in kinds() else f"→ {column.link}")
    if column.code_list:
        parts.append(f"代码表 code list：[{column.code_list}](rules.md#{column.code_list})")
    return "；".join(part for part in parts if part)


def cell(text: str) -> str:
    """Return a text that may stand in a table's cell (表格文字)."""
    return " ".join(text.split()).replace("|", "\\|")


def _bound(value: float | None) -> str:
    return "" if value is None else f"{value:g}"
