"""Command `coverage` (覆盖证明)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import as_of_option, common, settings


@click.command("coverage")
@as_of_option
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="逐户清单 CSV / every unit as CSV.")
@click.option("--rehearsal", is_flag=True, help="计入演练各轮 / with the rehearsed rounds.")
@common
def command(on: date | None, out: Path | None, rehearsal: bool) -> int:
    """覆盖证明：每户是否在期限前查到，未查到的原因，各机构各月到期户数 / is every unit reached by its date, if not why.

    \b
    Example: supervision coverage --on 2026-12-01
    Example: supervision coverage --out coverage.csv
    """
    from supervision.month import covering
    from supervision.month.city import City

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = covering.coverage_report(city, on=on, rehearsal=rehearsal, out=out)
    return echo_report("coverage", report)
