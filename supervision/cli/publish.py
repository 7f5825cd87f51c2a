"""Command `publish` (公示)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("publish")
@round_argument
@rehearsal_option
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="输出文件夹 / output folder."
)
@click.option("--reason", default=None, help="更正理由 / reason of a correction.")
@click.option(
    "--registers",
    type=click.Path(path_type=Path, file_okay=False),
    help="另写出寄存的登记表与规则，供审计核验 / deposit registers and rules there, for the auditor.",
)
@common
def command(round_id: str, rehearsal: bool, out: Path, reason: str | None, registers: Path | None) -> int:
    """写出公示网站、各机构工作簿、审计包和清单 / public site, workbooks, audit bundle, manifests.

    \b
    Example: supervision publish 2026-12 --out out
    Example: supervision publish 2026-12 --out out --registers deposited
    """
    from supervision.month.city import City
    from supervision.month.depositing import deposit
    from supervision.month.publishing import publish

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = publish(city.round(round_id, rehearsal=rehearsal), out, reason=reason)
        if registers:
            report.join("registers", deposit(city.round(round_id, rehearsal=rehearsal), registers, out=out))
    return echo_report("publish", report, round_id=round_id, rehearsal=rehearsal)
