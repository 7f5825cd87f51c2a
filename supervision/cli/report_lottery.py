"""Command `report-lottery` (人员抽取报告)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("report-lottery")
@round_argument
@rehearsal_option
@click.option("--seeds", type=int, help="模拟次数 / how many simulated seeds (default: as publish).")
@common
def command(round_id: str, rehearsal: bool, seeds: int | None) -> int:
    """人员抽取报告：最可能的检查组、两人、负荷，列入审计包 / what the lottery left to chance, for the audit bundle.

    `publish` makes one by itself: of 10,000 seeds up to 2,000 places to fill, of fewer beyond, never under 300; this
    takes another number. Six thousand places and 10,000 seeds take about half a minute.

    \b
    Example: supervision report-lottery 2026-12 --seeds 1000
    """
    from supervision.month.city import City
    from supervision.month.reporting_lottery import report_lottery

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = report_lottery(city.round(round_id, rehearsal=rehearsal), seeds=seeds)
    return echo_report("report-lottery", report)
