"""Command `demo` (演示城市)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common


@click.command("demo")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--entities",
    default=50_000,
    show_default=True,
    type=click.IntRange(500, 10_000_000),
    help="检查对象数 / number of units.",
)
@click.option("--month", "month_id", default="2026-12", show_default=True, help="月份 / the month.")
@click.option("--all-regimes", is_flag=True, help="另写各监管方式的事项和任务 / an item and task of every regime too.")
@click.option(
    "--county", default="", metavar="REGION", help="只写一个县区自己的文件 / the files of one district's store."
)
@common
def command(folder: Path, entities: int, month_id: str, all_regimes: bool, county: str) -> int:
    """写出一座合成城市的输入文件 / write the input files of a synthetic city.

    \b
    Example: supervision demo demo-city --entities 5000
    Example: supervision demo demo-city --entities 3000 --all-regimes
    Example: supervision demo demo-county --county 320505
    """
    from supervision.month.starting import write_demo

    with Progress() as progress:
        report = write_demo(
            folder, entities=entities, month_id=month_id, all_regimes=all_regimes, county=county, progress=progress
        )
    return echo_report("demo", report)
