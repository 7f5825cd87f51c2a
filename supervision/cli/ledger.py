"""Command `ledger` (入企检查台账)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings


@click.command("ledger")
@click.argument("unit", required=False)
@click.option("--office", metavar="OFFICE", help="某机构辖区各户 / the units of an office's district.")
@click.option("--over", is_flag=True, help="超出上限的检查、个案频繁的户 / beyond a cap, or often checked for cause.")
@click.option("--year", type=click.IntRange(2000, 2999), help="年度 / the year (default: this one).")
@click.option("--rehearsal", is_flag=True, help="计入演练各轮 / with the rehearsed rounds.")
@common
def command(unit: str | None, office: str | None, over: bool, year: int | None, rehearsal: bool) -> int:
    """入企检查台账：谁、何时、依哪条规则，已用和剩余次数 / every visit of the year, what is used and left of each cap.

    \b
    Example: supervision ledger --over --year 2026
    Example: supervision ledger 91320505MA1EXAMP07
    """
    from supervision.errors import UsageError
    from supervision.month import ledger_report
    from supervision.month.city import City

    if sum((unit is not None, office is not None, over)) > 1:
        raise UsageError("month.ledger_one_of")
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        when = year or city.now().year
        if unit is not None:
            report = ledger_report.ledger_of_unit(city, unit, when, rehearsal=rehearsal)
        elif office is not None:
            report = ledger_report.ledger_of_office(city, office, when, rehearsal=rehearsal)
        else:
            asked = ledger_report.ledger_over if over else ledger_report.ledger_of_year
            report = asked(city, when, rehearsal=rehearsal)
    return echo_report("ledger", report)
