"""Command `follow-up` (公示期限)."""

from datetime import datetime
from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("follow-up")
@round_argument
@rehearsal_option
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天 / as of this day (default today).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="写出各机构督办清单和当日文件 / write each office's workbook of what it owes, and the day's file.",
)
@common
def command(round_id: str, rehearsal: bool, on: datetime | None, out: Path | None) -> int:
    """20 个工作日公示期限：哪些已公示、未录入、待审核、逾期 / the publication clock and what is overdue.

    \b
    Example: supervision follow-up 2026-12
    Example: supervision follow-up 2026-12 --out out
    """
    from supervision.month.city import City
    from supervision.month.following_up import follow_up

    now = settings()
    city = City.open(now.store, who=now.who)
    round, day = city.round(round_id, rehearsal=rehearsal), on.date() if on else None
    return echo_report("follow-up", follow_up(round, on=day, out=out))
