"""Wrong usage and refusals of the system (用法错误与系统错误), as sentences in the language asked for."""

from __future__ import annotations

import errno
import re
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import click
from click.exceptions import NoSuchCommand

from supervision.errors import SupervisionError, UsageError
from supervision.messages import Message

PROGRAM = "supervision"
_REASONS = {
    errno.ENOSPC: "cli.disk_full",
    errno.EDQUOT: "cli.disk_full",
    errno.EACCES: "cli.not_allowed",
    errno.EPERM: "cli.not_allowed",
    errno.EROFS: "cli.read_only",
    errno.ENAMETOOLONG: "cli.name_too_long",
    errno.ENOENT: "cli.not_there",
    errno.EISDIR: "cli.is_folder",
    errno.ENOTDIR: "cli.is_file",
    errno.EEXIST: "cli.in_the_way",
    errno.EFBIG: "cli.too_large",
    errno.EIO: "cli.device",
}


def asked_language(arguments: Sequence[str]) -> str:
    """Return the language that a command line asks for (命令行指定的语言), the last time; "" where it does not."""
    asked = ""
    for place, argument in enumerate(arguments):
        value = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and place + 1 < len(arguments):
            value = arguments[place + 1]
        if value in ("zh", "en"):
            asked = value
    return asked


def usage_error(error: click.ClickException, names: Sequence[str]) -> SupervisionError:
    """Return what click says of a command line as an error of ours (转换用法错误); `names` are all commands."""
    usage = _usage(error)
    if isinstance(error, click.MissingParameter):
        option = isinstance(error.param, click.Option)
        code = "cli.missing_option" if option else "cli.missing_argument"
        return UsageError(code, name=_name(error.param), usage=usage)
    if isinstance(error, click.NoSuchOption):
        return _no_option(error.option_name, "、".join(error.possibilities or ()), usage)
    if isinstance(error, NoSuchCommand):
        return _no_command(error.command_name, "、".join(get_close_matches(error.command_name, names)), usage)
    if isinstance(error, click.BadOptionUsage):
        code = "cli.no_value_wanted" if "not take" in error.message else "cli.no_value"
        return UsageError(code, name=error.option_name, usage=usage)
    if isinstance(error, click.BadParameter):
        value = _value(error.message)
        told = {"name": _name(error.param), "value": value, "wanted": _wanted(error)}
        return UsageError("cli.bad_value", **told, usage=usage)
    if found := re.search(r"unexpected extra arguments? \((.*)\)", error.message):
        return UsageError("cli.too_many", values=found.group(1), usage=usage)
    return UsageError("cli.bad_usage", detail=error.message, usage=usage)


def system_error(error: OSError) -> SupervisionError:
    """Return what the system refused as an error of ours (转换系统错误)."""
    code = _REASONS.get(error.errno or 0)
    asked = _asked(str(error.filename or ""))
    path = asked or Message.of("cli.output")
    if error.errno in (errno.ENOENT, errno.ENOTDIR) and asked and not Path(asked).parent.is_dir():
        return SupervisionError("month.no_folder_of", path=path, folder=Path(asked).parent)
    return SupervisionError(
        "month.os_error", path=path, reason=Message.of(code) if code else error.strerror or str(error)
    )


def _asked(path: str) -> str:
    """Return the path that a user gave: a file is written beside it first, as .NAME.part (用户所给的路径)."""
    place = Path(path)
    written = place.name.startswith(".") and place.suffix == ".part"
    return str(place.with_name(place.stem.removeprefix("."))) if written else path


def _usage(error: click.ClickException) -> Message:
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is None:
        return Message.of("cli.usage", usage=f"{PROGRAM} [OPTIONS] COMMAND [ARGS]...", command=PROGRAM)
    line = " ".join(context.get_usage().split()).partition(": ")[2]
    return Message.of("cli.usage", usage=line, command=context.command_path)


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return parameter.make_metavar(click.Context(click.Command(""))) if parameter else ""


def _no_option(name: str, close: str, usage: Message) -> UsageError:
    """Return the error for an option that is not there (没有的选项), with those close to it."""
    if close:
        return UsageError("cli.no_option_close", name=name, close=close, usage=usage)
    return UsageError("cli.no_option", name=name, usage=usage)


def _no_command(name: str, close: str, usage: Message) -> UsageError:
    """Return the error for a command that is not there (没有的命令), with those close to it."""
    if close:
        return UsageError("cli.no_command_close", name=name, close=close, usage=usage)
    return UsageError("cli.no_command", name=name, usage=usage)


def _value(message: str) -> str:
    """Return the value that click's message begins with (取出所填的值), in quotes or not."""
    found = re.search(r"'([^']*)'", message) or re.match(r"(\S+)", message)
    return found.group(1) if found else ""


def _bound(value: float | None) -> object:
    return "…" if value is None else value


def _wanted(error: click.BadParameter) -> Message:
    """Return what a value should have been (应填什么)."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return Message.of("cli.wants_choice", choices="、".join(str(choice) for choice in kind.choices))
    if isinstance(kind, click.DateTime):
        return Message.of("cli.wants_day")
    if isinstance(kind, click.Path) and "is a directory" in error.message:
        return Message.of("cli.wants_file")
    if isinstance(kind, click.Path) and "is a file" in error.message:
        return Message.of("cli.wants_folder")
    if isinstance(kind, click.Path) and "does not exist" in error.message:
        return Message.of("cli.wants_there")
    if isinstance(kind, click.Path) and "not readable" in error.message:
        return Message.of("cli.wants_readable")
    if isinstance(kind, click.IntRange | click.FloatRange):
        return Message.of("cli.wants_range", low=_bound(kind.min), high=_bound(kind.max))
    if isinstance(kind, click.types.IntParamType):
        return Message.of("cli.wants_number")
    return Message.of("cli.wants_other", detail=error.message)
