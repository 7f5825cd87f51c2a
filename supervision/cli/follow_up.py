"""Command `follow-up` (公示期限)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import as_of_option, common, rehearsal_option, round_argument, settings


@click.command("follow-up")
@round_argument
@rehearsal_option
@as_of_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="写出各机构督办清单和当日文件 / write each office's workbook of what it owes, and the day's file.",
)
@common
def command(round_id: str, rehearsal: bool, on: date | None, out: Path | None) -> int:
    """20 个工作日公示期限：哪些已公示、未录入、待审核、逾期 / the publication clock and what is overdue.

    \b
    Example: supervision follow-up 2026-12
    Example: supervision follow-up 2026-12 --out out
    """
    from supervision.month.city import City
    from supervision.month.following_up import follow_up

    now = settings()
    city = City.open(now.store, who=now.who)
    return echo_report("follow-up", follow_up(city.round(round_id, rehearsal=rehearsal), on=on, out=out))
