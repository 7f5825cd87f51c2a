"""Command `estimate` (抽查推断)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("estimate")
@round_argument
@rehearsal_option
@click.option("--task", metavar="ID", help="只看一个任务 / one task alone.")
@click.option("--internal", is_flag=True, help="含类别和小组，不得公开 / with classes and small groups.")
@click.option("--step-ins", "with_step_ins", is_flag=True, help="按门槛规则计入递补 / step-ins enter, by thresholds.")
@common
def command(round_id: str, rehearsal: bool, task: str | None, internal: bool, with_step_ins: bool) -> int:
    """由抽查结果推断全部对象的问题发现率及区间 / what the results say about everybody: shares with their limits.

    \b
    Example: supervision estimate 2026-12 --internal
    """
    from supervision.month.city import City
    from supervision.month.estimating import estimate

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        round = city.round(round_id, rehearsal=rehearsal)
        report = estimate(round, task=task, internal=internal, with_step_ins=with_step_ins)
    return echo_report("estimate", report)
