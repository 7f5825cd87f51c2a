"""Options that every command takes (通用选项), before or after its name."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from supervision.cli._console import shows

V = TypeVar("V")


@dataclass
class Settings:
    """What the common options say (通用设置); one for the whole call."""

    lang: str = "zh"
    json: bool = False
    store: Path = Path("supervision.db")
    who: str = ""
    log: Path | None = None


def _from_environment() -> Settings:
    """Return the settings before any option (初始设置): LANG, SUPERVISION_STORE and the system's user.

    A console that cannot show Chinese gets English, unless LANG asks for Chinese.
    """
    language = (os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "").lower()
    english = language.startswith("en") or not (language.startswith("zh") or shows("双随机"))
    return Settings(
        lang="en" if english else "zh",
        store=Path(os.environ.get("SUPERVISION_STORE") or "supervision.db"),
        who=_system_user(),
        log=Path(log) if (log := os.environ.get("SUPERVISION_LOG")) else None,
    )


def _system_user() -> str:
    """Return who is logged in (系统用户): the name, or the number where the system knows no name for it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return f"uid-{os.getuid()}" if hasattr(os, "getuid") else "-"


_settings = _from_environment()


def settings() -> Settings:
    """Return the settings of this call (本次调用的设置)."""
    return _settings


def reset() -> None:
    """Forget the last call's options (清除上次设置); for callers that run several commands in one process."""
    for name, value in vars(_from_environment()).items():
        setattr(_settings, name, value)


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def callback(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        if value is not None:
            setattr(_settings, name, value)

    return callback


_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--store",
        type=click.Path(path_type=Path, dir_okay=False),
        expose_value=False,
        callback=_remember("store"),
        help="数据库文件 / the store (default supervision.db).",
    ),
    click.option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        expose_value=False,
        callback=_remember("lang"),
        help="提示语言 / language of messages.",
    ),
    click.option(
        "--json",
        is_flag=True,
        default=None,
        expose_value=False,
        callback=_remember("json"),
        help="输出 JSON / print JSON.",
    ),
    click.option(
        "--as",
        metavar="NAME",
        expose_value=False,
        callback=_remember("who"),
        help="经办人 / who does this (default: the system's user).",
    ),
    click.option(
        "--log",
        type=click.Path(path_type=Path, dir_okay=False),
        expose_value=False,
        callback=_remember("log"),
        help="运行日志 / append JSON lines about this call (default SUPERVISION_LOG).",
    ),
)


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the common options to a command (加上通用选项)."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


class _Day(click.DateTime):
    """A day, such as 2026-12-01, as a date (日期)."""

    def convert(  # type: ignore[override]  # a day has no time
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day that was typed (转换为日期)."""
        return super().convert(value, param, ctx).date()


DAY = _Day(["%Y-%m-%d"])
on_option = click.option("--on", type=DAY, help="哪一天 / on this day (default today).")
number_argument = click.argument("number")
as_of_option = click.option("--on", type=DAY, help="哪一天 / as of this day (default today).")
ids_option = click.option(
    "--ids",
    type=click.Choice(["codes", "own"]),
    default="codes",
    help="主体代码：只收统一社会信用代码和注册号，或也收自编号 / ids: codes and old numbers only, or own ones, too.",
)
round_argument = click.argument("round_id", metavar="ROUND")
rehearsal_option = click.option(
    "--rehearsal",
    is_flag=True,
    help="该轮的演练（与真实轮次互不影响） / the round's rehearsal, apart from the real one.",
)
held_option = click.option(
    "--held",
    "held",
    multiple=True,
    metavar="NAME=TIME",
    help="推迟开奖的实际时间 / when an issue was held, where later than announced.",
)


def needed(name: str, value: V | None) -> V:
    """Return an option's value (必需选项), or stop as for any missing option: only this use of a command needs it."""
    if value:
        return value
    context = click.get_current_context()
    raise click.MissingParameter(ctx=context, param=next(one for one in context.command.params if one.name == name))
