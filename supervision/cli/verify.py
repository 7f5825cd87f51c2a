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
    from supervision.errors import UsageError
    from supervision.month.signing import check_signatures
    from supervision.sampling.protocol.verifier import verify

    now = settings()
    if not folder.is_dir():
        raise UsageError("month.no_folder", folder=folder)
    report = verify(folder, history=history, registers=registers)
    if report.difference is None:
        told = check_signatures(folder, signers)
        report.remarks.extend((line.text("zh"), line.text("en")) for line in told.lines)
    if now.json:
        echo_json({"version": 1, "command": "verify", **report.as_json()})
    else:
        for line in report.lines(now.lang):
            click.echo(line)
    return report.code
