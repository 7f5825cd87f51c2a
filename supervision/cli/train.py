"""Command `train` (训练评分卡)."""

from datetime import date

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, rehearsal_option, round_argument, settings


@click.command("train")
@round_argument
@rehearsal_option
@click.option("--on", type=DAY, help="证据截止日 / evidence known on this day.")
@common
def command(round_id: str, rehearsal: bool, on: date | None) -> int:
    """用历次检查结果训练评分卡；结果不足时用专家卡 / scorecard from outcomes, or the expert card.

    \b
    Example: supervision train 2026-12
    """
    from supervision.month.city import City
    from supervision.month.scoring import train

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = train(city.begin(round_id, rehearsal=rehearsal, on=on))
    return echo_report("train", report, round_id=round_id, rehearsal=rehearsal)
