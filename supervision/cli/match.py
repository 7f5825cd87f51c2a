"""Command `match` (抽取检查人员)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, held_option, rehearsal_option, round_argument, settings


@click.command("match")
@round_argument
@rehearsal_option
@click.option("--source", "sources", multiple=True, metavar="NAME=VALUES", help="信源数值 / values of a source.")
@held_option
@common
def command(round_id: str, rehearsal: bool, sources: tuple[str, ...], held: tuple[str, ...]) -> int:
    """第二次抽取：检查人员 / the lottery of inspectors.

    \b
    Example: supervision match 2026-12 --source "dlt-front=05 14 16 30 33" --source "dlt-back=01 09" \\
             --source "ssq-red=01 14 19 27 30 33" --source ssq-blue=5
    """
    from supervision.month.assigning import match
    from supervision.month.city import City
    from supervision.month.source_values import held_times, source_values

    now, values = settings(), source_values(sources)
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = match(city.round(round_id, rehearsal=rehearsal), values=values, held=held_times(held))
    return echo_report("match", report, round_id=round_id, rehearsal=rehearsal)
