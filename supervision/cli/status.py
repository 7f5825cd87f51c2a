"""Command `status` (待办)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, settings


@click.command("status")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="每日提醒文件 / write a reminder (text).")
@click.option(
    "--within",
    type=click.IntRange(0, 366),
    default=3,
    show_default=True,
    help="提醒几天之内的 / days ahead that the reminder covers.",
)
@common
def command(out: Path | None, within: int) -> int:
    """各轮在等什么、谁办、何时前办、用哪条命令 / what every round waits for, who must act by when, next command.

    \b
    Example: supervision status
    Example: supervision status --out reminder.txt --within 5
    """
    from supervision.month.agenda import status
    from supervision.month.city import City

    now = settings()
    return echo_report("status", status(City.open(now.store, who=now.who), within=within, out=out))
