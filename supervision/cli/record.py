"""Command `record` (录入结果)."""

from datetime import datetime
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings


@click.command("record")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="知悉日期 / known on (default today).")
@common
def command(files: tuple[Path, ...], as_of: datetime | None) -> int:
    """收回填好的工作簿，结果入库 / take filled workbooks back.

    \b
    Example: supervision record out/internal/market-320505/market-320505.xlsx
    """
    from supervision.month.city import City
    from supervision.month.recording import record

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = record(city, list(files), as_of=as_of.date() if as_of else None)
    return echo_report("record", report)
