"""Command `draw` (抽取)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, held_option, rehearsal_option, round_argument, settings


@click.command("draw")
@round_argument
@rehearsal_option
@click.option("--source", "sources", multiple=True, metavar="NAME=VALUES", help="信源数值 / values of a source.")
@held_option
@common
def command(round_id: str, rehearsal: bool, sources: tuple[str, ...], held: tuple[str, ...]) -> int:
    """用公开信源的数值抽取名单 / draw the lists from the sources' values.

    \b
    Example: supervision draw 2026-12 --source "dlt-front=02 08 11 19 35" --source "dlt-back=07 12" \\
             --source "ssq-red=06 09 14 20 27 31" --source ssq-blue=11
    """
    from supervision.month.city import City
    from supervision.month.drawing import draw
    from supervision.month.source_values import held_times, source_values

    now, values = settings(), source_values(sources)
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = draw(city.round(round_id, rehearsal=rehearsal), values=values, held=held_times(held))
    return echo_report("draw", report, round_id=round_id, rehearsal=rehearsal)
