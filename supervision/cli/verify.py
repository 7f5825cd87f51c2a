"""Command `verify` (核验)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_json
from supervision.cli._options import common, settings


@click.command("verify")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--history",
    multiple=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="以往轮次的文件夹 / folders of earlier rounds.",
)
@click.option(
    "--registers", type=click.Path(path_type=Path, file_okay=False), help="寄存的登记表 / the deposited registers."
)
@click.option(
    "--signer",
    "signers",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="机关公布的公钥 / a public key that the agency made known.",
)
@common
def command(folder: Path, history: tuple[Path, ...], registers: Path | None, signers: tuple[Path, ...]) -> int:
    """从文件重新核验全部抽取 / check everything again from the files: 0 agrees, 6 agrees but not anchored, 5 differs.

    \b
    Example: supervision verify out
    Example: supervision verify out/public/2026-12
    Example: supervision verify out --signer agency.pub.pem
    """
    from supervision.month.verification import verified

    now = settings()
    report = verified(folder, history=history, registers=registers, signers=signers)
    if now.json:
        echo_json({"version": 1, "command": "verify", **report.as_json()})
    else:
        for line in report.lines(now.lang):
            click.echo(line)
    return report.code
