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
@click.option("--before", is_flag=True, help="改写上一个月（任务少、规模小）的文件 / the smaller month before instead.")
@click.option(
    "--results-of",
    "results_of",
    type=click.Path(path_type=Path, file_okay=False),
    help="替检查人员写出 OUT 中该月的检查结果 / the month's results instead, made from the workbooks in OUT.",
)
@common
def command(
    folder: Path,
    entities: int,
    month_id: str,
    all_regimes: bool,
    county: str,
    before: bool,
    results_of: Path | None,
) -> int:
    """写出一座合成城市的输入文件 / write the input files of a synthetic city.

    \b
    Example: supervision demo demo-city --entities 5000
    Example: supervision demo demo-city --entities 3000 --all-regimes
    Example: supervision demo demo-county --county 320505
    Example: supervision demo demo-before --before --month 2026-12
    Example: supervision demo demo-results --results-of out --month 2026-11
    """
    from supervision.errors import UsageError
    from supervision.month.starting import write_demo, write_demo_results, write_earlier_demo

    if sum(map(bool, (all_regimes, county, before, results_of))) > 1:
        raise UsageError("month.demo_one_kind")
    if results_of is not None:
        return echo_report("demo", write_demo_results(folder, results_of, month_id=month_id))
    with Progress() as progress:
        if before:
            report = write_earlier_demo(folder, entities=entities, month_id=month_id, progress=progress)
            return echo_report("demo", report)
        report = write_demo(
            folder, entities=entities, month_id=month_id, all_regimes=all_regimes, county=county, progress=progress
        )
    return echo_report("demo", report)
