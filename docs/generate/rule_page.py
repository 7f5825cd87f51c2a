"""The page of rules (规则), from the shipped rule files, calendars and lists of codes."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

from supervision.law.code_lists import CodeLists
from supervision.law.rules import Entry, Rule, Rules
from supervision.law.strict_yaml import read_yaml
from supervision.store import shipped_files

HEAD = """# 规则 Rules

法律是数据：来自文件的每个数字都写在规则文件里，带生效日期、依据、是否与原文核对过（verified）和复核期限（review by）。
没有值的规则要由城市自己决定：在 `rules/` 文件夹里同一路径写一条，日期晚者优先。`supervision rules --on 日期` 列出当日
有效的规则。

Law is data: every number that comes from a document stands in a rule file, with its date, basis, whether somebody
compared it with the document, and a day of review. A rule without a value is the city's to decide.
"""
LONGEST = 400


def rule_page() -> str:
    """Return the page of the shipped law (随附规则) as markdown."""
    rules = Rules.read(shipped_files.shipped_rules()).rules
    parts = [HEAD, *(section(rules[path]) for path in sorted(rules))]
    return "\n".join([*parts, calendars(), code_lists()])


def section(rule: Rule) -> str:
    """Return one rule's section (一条规则): all its dated values."""
    zh, en = rule.title
    head = f"## {rule.path}\n\n**{zh}** · {en}。单位 unit：{rule.unit}\n"
    if not rule.entries:
        example = f"，例如 for example：{words(rule.example)}" if rule.example is not None else ""
        return f"{head}\n没有随附的值，由城市决定 the city decides{example}\n"
    rows = ["| 自 from | 值 value | 依据 basis | 核对 verified | 复核 review by |", "|---|---|---|---|---|"]
    rows += [row(entry) for entry in rule.entries]
    return head + "\n" + "\n".join(rows) + "\n"


def row(entry: Entry) -> str:
    """Return one dated value's row (一条值)."""
    value = "（决定为无 decided that there is none）" if entry.value is None else words(entry.value)
    verified = "是 yes" if entry.verified else "否 no"
    return f"| `{entry.since}` | {value} | {cell(entry.basis)} | {verified} | `{entry.review_by}` |"


def words(value: Any) -> str:
    """Return a rule's value as one line (一行文字); a long one is cut and says so."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} …（全文见规则文件）"
    return f'<code class="value">{cell(escape(cut, quote=False))}</code>'


def calendars() -> str:
    """Return the years whose working days are shipped (随附工作日历)."""
    rows = ["## 工作日历 Working days", "", "| 年 year | 通知 notice | 放假日 | 调休上班日 |", "|---|---|---|---|"]
    for name, source in shipped_files.shipped_calendar().items():
        year = read_yaml(name, source)
        off, on = (year.get(key) or {} for key in ("holidays", "workdays"))
        rows.append(f"| {year['year']} | {cell('；'.join(year['source']))} | {len(off)} | {len(on)} |")
    return "\n".join(rows) + "\n"


def code_lists() -> str:
    """Return the lists of codes (代码表)."""
    lists = CodeLists.read(shipped_files.shipped_code_lists()).by_name
    parts = ["## 代码表 Lists of codes\n"]
    for name in sorted(lists):
        zh, en = lists[name].title
        rows = [
            f"### {name} · {zh} {en} {{ #{name} }}\n",
            cell(lists[name].basis),
            "",
            "| 代码 code | 中文 | English | 其他写法 also written |",
            "|---|---|---|---|",
        ]
        rows += [
            f"| `{code}` | {cell(row.label.zh)} | {cell(row.label.en)} | {cell('、'.join(row.aliases))} |"
            for code, row in lists[name].codes.items()
        ]
        parts.append("\n".join(rows) + "\n")
    return "\n".join(parts)


def cell(text: str | date) -> str:
    """Return a text that may stand in a table's cell (表格文字)."""
    return " ".join(str(text).split()).replace("|", "\\|")
