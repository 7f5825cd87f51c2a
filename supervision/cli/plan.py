"""Command `plan` (编排日程)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, round_argument, settings


@click.command("plan")
@round_argument
@common
def command(round_id: str) -> int:
    """编排联合检查日程及其证明 / the joint calendar and its certificate.

    \b
    Example: supervision plan 2026-12
    """
    from supervision.month.calendar import plan
    from supervision.month.desk import Desk

    now = settings()
    with Progress() as progress:
        desk = Desk.open(now.store, who=now.who, progress=progress)
        report = plan(desk, round_id)
    return echo_report("plan", report, round_id=round_id)
