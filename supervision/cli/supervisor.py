"""Command `supervisor` (上级监督机关)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common


@click.command("supervisor")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.argument("commitment", required=False, type=click.Path(path_type=Path, dir_okay=False))
@common
def command(folder: Path, commitment: Path | None) -> int:
    """上级机关收讫承诺：每机关每序号只收一份 / the supervising body's side: one digest for each agency and sequence.

    不带承诺文件时建立清单与密钥。 / Without a commitment the list and its key are made.

    \b
    Example: supervision supervisor received
    Example: supervision supervisor received out/public/2026-12/commitment.json
    """
    from supervision.month.city import beijing_now
    from supervision.month.supervising import open_list, receive

    if commitment is None:
        return echo_report("supervisor", open_list(folder))
    return echo_report("supervisor", receive(folder, commitment, now=beijing_now()))
