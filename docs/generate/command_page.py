"""The page of commands (命令), from the commands themselves."""

from __future__ import annotations

import inspect

import click

from supervision.cli._group import group

HEAD = """# 命令 Commands

一步一条命令，可以重复执行，每条都说明下一步。每条命令都有 `--help`；下列通用选项放在命令名前后都可以。
Each step is a command, can be repeated without harm, and says what comes next.

{common}

## 退出码 Exit codes

| 退出码 | 意思 | meaning |
|---|---|---|
| 0 | 完成 | done |
| 1 | 出错，用一句话说明 | an error, in a clear sentence |
| 2 | 用法不对 | wrong usage |
| 3 | 有行被退回；体检发现故障 | rows were rejected; a fault of the installation |
| 4 | 有检查排不下，或岗位无人；有过期或需注意的 | something cannot be held or filled, is overdue or to be looked at |
| 5 | 核验不通过 | does not verify |
| 6 | 核验一致，但没有外部存证，不能证明只有这一份 | verifies, but nothing outside shows that it is the only one |
"""


def command_page() -> str:
    """Return the page of all commands (全部命令) as markdown."""
    context = click.Context(group, info_name="supervision")
    shared = {option.name for option in group.params if isinstance(option, click.Option)}
    common = [option for option in group.params if isinstance(option, click.Option)]
    parts = [HEAD.format(common=options_table(common, context))]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None:
            parts.append(section(name, command, shared))
    return "\n".join(parts)


def section(name: str, command: click.Command, shared: set[str | None]) -> str:
    """Return one command's section (一条命令): purpose, usage, options of its own, examples."""
    context = click.Context(command, info_name=f"supervision {name}")
    words, _, examples = inspect.cleandoc(command.help or "").partition("\b\n")
    first, *rest = [paragraph.replace("\n", "<br>\n") for paragraph in words.strip().split("\n\n")]
    zh, _, en = first.partition(" / ")
    usage = " ".join([f"supervision {name}", *command.collect_usage_pieces(context)])
    parts = [f"## {name}", f"{zh}<br>\n{en}", *rest, f"    {usage}"]
    own = [p for p in command.params if isinstance(p, click.Option) and p.name not in shared]
    if own:
        parts.append(options_table(own, context))
    if examples:
        lines = [line.removeprefix("Example: ") for line in examples.strip().splitlines()]
        parts.append("例 Example:\n\n```sh\n" + "\n".join(lines) + "\n```")
    return "\n\n".join(parts) + "\n"


def options_table(options: list[click.Option], context: click.Context) -> str:
    """Return a table of options (选项表)."""
    rows = ["| 选项 option | 意思 | meaning |", "|---|---|---|"]
    for option in options:
        names, text = option.get_help_record(context) or ("", "")
        zh, parted, en = text.partition(" / ")
        zh, en = (zh, en) if parted else ("", text)
        rows.append(f"| `{names}` | {cell(zh)} | {cell(en)} |")
    return "\n".join(rows)


def cell(text: str) -> str:
    """Return a text that may stand in a table's cell (表格文字)."""
    return " ".join(text.split()).replace("|", "\\|")
