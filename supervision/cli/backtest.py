"""Command `backtest` (回测)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._mapping import map_option, result_option, set_option
from supervision.cli._options import common, ids_option, settings

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("backtest")
@click.option("--from", "first", required=True, help="起始月份 / first month, 2026-01.")
@click.option("--to", "last", required=True, help="终止月份 / last month, 2026-10.")
@click.option(
    "--step",
    type=click.Choice(["month"]),
    default="month",
    expose_value=False,
    help="证据按月冻结 / evidence frozen each month.",
)
@click.option("--history", type=FILE, help="历次检查文件（不用库内登记表）/ a file of past inspections.")
@click.option("--entities", type=FILE, help="主体文件 / a file of units.")
@click.option("--events", type=FILE, help="信用信息文件 / a file of credit events.")
@click.option("--relations", type=FILE, help="关联关系文件 / a file of relations.")
@click.option("--licences", type=FILE, help="许可证文件 / a file of licences.")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="结果文件夹 / folder of the results."
)
@click.option(
    "--mapping",
    "mappings",
    multiple=True,
    metavar="NAME|FILE.yaml",
    help="各文件的来源映射（按其 kind 对应）/ mappings of the files, each by its kind.",
)
@map_option
@set_option
@result_option
@click.option("--partial", is_flag=True, help="退回的行不计，注明行数 / go on without rejected rows, and say how many.")
@ids_option
@common
def command(
    first: str,
    last: str,
    out: Path,
    mappings: tuple[str, ...],
    maps: tuple[str, ...],
    sets: tuple[str, ...],
    results: tuple[str, ...],
    partial: bool,
    ids: str,
    **given: Path | None,
) -> int:
    """逐月回测评分卡：证据截至月初，与简单规则比较 / try the scorecard on later months, beside plain rules.

    \b
    Example: supervision backtest --from 2026-01 --to 2026-10 --out backtest
    Example: supervision backtest --from 2026-01 --to 2026-10 --history visits.csv --entities units.csv --out backtest
    Example: supervision backtest --from 2026-01 --to 2026-10 --history v.csv --entities v.csv --mapping v.yaml --out b
    (--map history:COLUMN=FIELD, --set entities:FIELD=VALUE: KIND: 指明文件 / says which file)
    """
    from supervision.errors import UsageError
    from supervision.month.backtest_files import asked_by_kind
    from supervision.month.backtesting import backtest, month_of
    from supervision.month.city import City

    now = settings()
    files = {kind: path for kind, path in given.items() if path is not None}
    if files and not {"history", "entities"} <= set(files):
        raise UsageError("month.backtest_files")
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress, own_ids=ids == "own")
        reading = asked_by_kind(city, mappings, maps, sets, results)
        report = backtest(
            city, first=month_of(first), last=month_of(last), out=out, files=files, asked=reading, partial=partial
        )
    return echo_report("backtest", report)
