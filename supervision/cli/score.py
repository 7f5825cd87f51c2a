"""Command `score` (评分分类)."""

from datetime import date

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, rehearsal_option, round_argument, settings


@click.command("score")
@round_argument
@rehearsal_option
@click.option("--on", type=DAY, help="证据截止日 / evidence known on this day.")
@common
def command(round_id: str, rehearsal: bool, on: date | None) -> int:
    """按月初前一日的证据给每个对象评分分类 / score and class everybody.

    \b
    Example: supervision score 2026-12
    """
    from supervision.month.city import City
    from supervision.month.line import score

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = score(city, round_id, on=on, rehearsal=rehearsal)
    return echo_report("score", report, round_id=round_id, rehearsal=rehearsal)
