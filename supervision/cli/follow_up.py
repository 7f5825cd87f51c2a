"""Command `follow-up` (公示期限)."""

from datetime import datetime

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, round_argument, settings


@click.command("follow-up")
@round_argument
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天 / as of this day (default today).")
@common
def command(round_id: str, on: datetime | None) -> int:
    """20 个工作日公示期限：哪些已公示、未录入、逾期 / the publication clock and what is overdue.

    \b
    Example: supervision follow-up 2026-12
    """
    from supervision.month.city import City
    from supervision.month.following_up import follow_up

    now = settings()
    city = City.open(now.store, who=now.who)
    return echo_report("follow-up", follow_up(city.round(round_id), on=on.date() if on else None))
