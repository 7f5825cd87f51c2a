"""Command `report` (督查考核报告)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings


@click.command("report")
@click.option("--month", "round_id", metavar="ROUND", help="一个轮次 / of a round, such as 2026-12.")
@click.option("--year", type=click.IntRange(2000, 2999), help="全年各轮 / of all rounds of a year.")
@click.option("--rehearsal", is_flag=True, help="演练轮次 / of rehearsals.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="写出网页、工作簿、Word 和公开摘要 / write page, workbook, Word file and the extract for the public.",
)
@common
def command(round_id: str | None, year: int | None, rehearsal: bool, out: Path | None) -> int:
    """督查考核报告：完成、联合、命中、公示、上限、负荷、公平 / the report a leader reads, of a month or a year.

    The report is internal. With --out what of it may be public stands apart, without classes.

    \b
    Example: supervision report --month 2026-12 --out out
    Example: supervision report --year 2026 --out out
    """
    from supervision.errors import UsageError
    from supervision.month.city import City
    from supervision.month.overseeing import oversee_month, oversee_year

    if (round_id is None) == (year is None):
        raise UsageError("month.report_one_of")
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        if year is None:
            report = oversee_month(city, str(round_id), rehearsal=rehearsal, out=out)
        else:
            report = oversee_year(city, year, rehearsal=rehearsal, out=out)
    return echo_report("report", report)
