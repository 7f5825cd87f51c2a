"""Command `checkins` (扫码登记核对)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import as_of_option, common, rehearsal_option, round_argument, settings


@click.command("checkins")
@round_argument
@rehearsal_option
@as_of_option
@click.option(
    "--workbook",
    type=click.Path(path_type=Path, dir_okay=False),
    help="写出核对表 / write what does not fit as a workbook.",
)
@common
def command(round_id: str, rehearsal: bool, on: date | None, workbook: Path | None) -> int:
    """核对扫码登记：有检查没有码、有码没有检查、没有抽中也没有事由 / check-ins beside visits, draws and causes.

    扫码登记用 import checkins 导入。 / Check-ins come in by `import checkins`.

    \b
    Example: supervision checkins 2026-12 --workbook checkins.xlsx
    """
    from supervision.month.checkin_matching import match
    from supervision.month.city import City

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    report = match(round, on=on, workbook=workbook)
    return echo_report("checkins", report, round_id=round_id, rehearsal=rehearsal)
