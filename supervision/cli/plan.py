"""Command `plan` (编排日程)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("plan")
@round_argument
@rehearsal_option
@common
def command(round_id: str, rehearsal: bool) -> int:
    """编排联合检查日程及其证明 / the joint calendar and its certificate.

    \b
    Example: supervision plan 2026-12
    """
    from supervision.month.city import City
    from supervision.month.planning import plan

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = plan(city.round(round_id, rehearsal=rehearsal))
    return echo_report("plan", report, round_id=round_id, rehearsal=rehearsal)
