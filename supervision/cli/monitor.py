"""Command `monitor` (评分监测)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("monitor")
@round_argument
@rehearsal_option
@click.option("--base", "base_id", metavar="ROUND", help="基准轮次 / the earlier round (default: the last one scored).")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="输出文件夹 / write OUT/internal/monitor-ROUND.html.",
)
@common
def command(round_id: str, rehearsal: bool, base_id: str | None, out: Path | None) -> int:
    """监测评分：稳定性、校准、越界、迁移、抽中情况（内部） / how the scorecard still stands (internal).

    \b
    Example: supervision monitor 2026-12 --out OUT
    """
    from supervision.month.city import City
    from supervision.month.monitoring import monitor

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        base = city.round(base_id, rehearsal=rehearsal) if base_id else None
        report = monitor(city.round(round_id, rehearsal=rehearsal), base=base, out=out)
    return echo_report("monitor", report)
