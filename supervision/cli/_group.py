"""The group of commands (命令组): a module here is a command, but `texts` and those with a leading underscore."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

import supervision.cli
from supervision import __version__
from supervision.cli import _options
from supervision.cli._console import let_go_of_output, ready_console
from supervision.cli._echo import echo_error
from supervision.cli._journal import journal, log_begin, log_error
from supervision.cli._usage import asked_language, system_error, usage_error
from supervision.errors import SupervisionError
from supervision.processes import standing


class Commands(click.Group):
    """Finds commands by their file names, and loads only the one that is called (按文件名找命令)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands (全部命令), sorted."""
        names = (m.name for m in pkgutil.iter_modules(supervision.cli.__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_") and name != "texts")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None where there is no such file (取一条命令)."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"supervision.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that a line calls (解析命令), and tell the operations log which it is."""
        name, command, rest = super().resolve_command(ctx, args)
        if name is not None:
            part = next((one for one in rest if isinstance(command, click.Group) and one in command.commands), "")
            log_begin(f"{name} {part}".strip(), rest)
        return name, command, rest


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="supervision")
@_options.common
def group() -> None:
    """双随机、一公开：从登记表到公示页，每月一条直线。/ Draw, plan, match and publish a city's inspections."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (运行命令行)."""
    ready_console()
    with journal() as entries:
        code = _run(sys.argv[1:] if arguments is None else arguments)
        entries.end(code)
    sys.exit(code)


def _run(told: list[str]) -> int:
    """Run one command line and return its exit code; what it could not do is said."""
    try:
        with standing():
            code = group.main(args=told, prog_name="supervision", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        return int(error.exit_code)
    except click.ClickException as error:
        _options.settings().lang = asked_language(told) or _options.settings().lang
        return _say(usage_error(error, group.list_commands(click.Context(group))))
    except SupervisionError as error:
        return _say(error)
    except BrokenPipeError:
        let_go_of_output()
        return 1
    except OSError as error:
        let_go_of_output()
        return _say(system_error(error))
    except MemoryError:
        return _say(SupervisionError("cli.memory"))
    except (click.Abort, KeyboardInterrupt):
        return 130
    return code if isinstance(code, int) else 0


def _say(error: SupervisionError) -> int:
    log_error(error.code)
    echo_error(error)
    return error.exit_code
