"""Command `preview` (预估工作量)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("preview")
@round_argument
@rehearsal_option
@common
def command(round_id: str, rehearsal: bool) -> int:
    """承诺之前：各机构预计检查数与人力 / expected visits and load per office, before anything is committed.

    \b
    Example: supervision preview 2026-12
    """
    from supervision.month.city import City
    from supervision.month.line import preview

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = preview(city, round_id, rehearsal=rehearsal)
    return echo_report("preview", report, round_id=round_id, rehearsal=rehearsal)
