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
from supervision.cli._usage import asked_language, system_error, usage_error
from supervision.errors import SupervisionError


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


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="supervision")
@_options.common
def group() -> None:
    """双随机、一公开：从登记表到公示页，每月一条直线。/ Draw, plan, match and publish a city's inspections."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code (运行命令行)."""
    told = sys.argv[1:] if arguments is None else arguments
    ready_console()
    try:
        code = group.main(args=arguments, prog_name="supervision", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _options.settings().lang = asked_language(told) or _options.settings().lang
        sys.exit(_say(usage_error(error, group.list_commands(click.Context(group)))))
    except SupervisionError as error:
        sys.exit(_say(error))
    except BrokenPipeError:
        let_go_of_output()
        sys.exit(1)
    except OSError as error:
        let_go_of_output()
        sys.exit(_say(system_error(error)))
    except MemoryError:
        sys.exit(_say(SupervisionError("cli.memory")))
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


def _say(error: SupervisionError) -> int:
    echo_error(error)
    return error.exit_code
