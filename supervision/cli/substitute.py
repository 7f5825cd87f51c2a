"""Command `substitute` (替补)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, needed, rehearsal_option, round_argument, settings


@click.command("substitute")
@round_argument
@click.argument("inspector", metavar="INSPECTOR")
@rehearsal_option
@click.option(
    "--half-day", "half_days", multiple=True, metavar="HALF_DAY", help="如 2026-12-07T2 / such as 2026-12-07T2."
)
@click.option("--ground", default="", help="事由 / why.")
@click.option("--evidence", type=click.Path(path_type=Path, dir_okay=False), help="证据文件 / evidence.")
@click.option("--confirm", "confirmed", is_flag=True, help="第二人复核 / confirm as a second person.")
@common
def command(
    round_id: str,
    inspector: str,
    rehearsal: bool,
    half_days: tuple[str, ...],
    ground: str,
    evidence: Path | None,
    confirmed: bool,
) -> int:
    """抽取后请假，岗位按签号替补 / leave after the lottery: places go to the least lot once a second person confirms.

    \b
    Example: supervision --as li substitute 2026-12 0010 --half-day 2026-12-07T2 --ground 病假 --evidence leave.pdf
    Example: supervision --as wang substitute 2026-12 0010 --confirm
    """
    from supervision.month.city import City
    from supervision.month.substituting import confirm, propose

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    if confirmed:
        return echo_report("substitute", confirm(round, inspector), round_id=round_id, rehearsal=rehearsal)
    report = propose(
        round,
        inspector,
        half_days=needed("half_days", half_days),
        ground=needed("ground", ground),
        evidence=needed("evidence", evidence),
    )
    return echo_report("substitute", report, round_id=round_id, rehearsal=rehearsal)
