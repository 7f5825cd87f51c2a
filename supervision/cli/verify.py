"""Command `verify` (核验)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_json
from supervision.cli._options import common, settings


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@common
def command(folder: Path) -> int:
    """从文件重新核验一轮：清单、承诺、种子、名单、人员 / check everything again from files.

    \b
    Example: supervision verify out
    Example: supervision verify out/public
    """
    from supervision.errors import UsageError
    from supervision.sampling.protocol.verifier import verify

    now = settings()
    if not folder.is_dir():
        raise UsageError("month.no_folder", folder=folder)
    outcome = verify(folder)
    if now.json:
        body = {
            "version": 1,
            "command": "verify",
            "exit": 5 if outcome.difference else 0,
            "ok": outcome.difference is None,
            "checked": outcome.done,
            "remarks": outcome.remarks,
            "difference": outcome.difference,
        }
        echo_json(body)
    else:
        for line in outcome.lines(now.lang):
            click.echo(line)
    return 0 if outcome.difference is None else 5
