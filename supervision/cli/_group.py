"""The group of commands (命令组): every module of this folder without a leading underscore is a command."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

import supervision.cli
from supervision import __version__
from supervision.cli import _options
from supervision.cli._echo import echo_error
from supervision.errors import SupervisionError


class Commands(click.Group):
    """Finds commands by their file names, and loads only the one that is called (按文件名找命令)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands (全部命令), sorted."""
        names = (m.name for m in pkgutil.iter_modules(supervision.cli.__path__))
        return sorted(name.replace("_", "-") for name in names if not name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, or None where there is no such file (取一条命令)."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"supervision.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="supervision")
@_options.common
def group() -> None:
    """双随机、一公开：从登记表到公示页，每月一条直线。/ Draw, plan, match and publish a city's inspections."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (运行命令行)."""
    try:
        code = group.main(args=arguments, prog_name="supervision", standalone_mode=False)
    except SupervisionError as error:
        echo_error(error)
        sys.exit(error.exit_code)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            sys.exit(1)
        failed = SupervisionError("month.os_error", path=error.filename or "-", reason=error.strerror or str(error))
        echo_error(failed)
        sys.exit(failed.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)
