"""Command `rules` (有效规则)."""

from datetime import datetime
from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, settings


@click.command("rules")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="哪一天 / in force on this day (default today).")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="城市规则文件夹 / the city's folder.",
)
@click.option("--preset", metavar="NAME", help="照抄一地的做法 / copy the rules of another place, such as suzhou.")
@click.option("--gaps", is_flag=True, help="监管空白：无监管措施的许可等 / what has no supervision.")
@common
def command(on: datetime | None, folder: Path | None, preset: str | None, gaps: bool) -> int:
    """列出某日有效的规则及其依据 / the law in force on a day, with its basis.

    \b
    Example: supervision rules --on 2026-12-01
    Example: supervision rules --preset henan
    Example: supervision rules --gaps --on 2026-12-01
    """
    from supervision.month.starting import law_in_force, take_preset

    now = settings()
    if gaps:
        from supervision.month.city import City, beijing_now
        from supervision.month.supervision_gaps import gaps_on

        city = City.open(now.store, who=now.who, rules=folder)
        return echo_report("rules", gaps_on(city, on.date() if on else beijing_now().date()))
    if preset:
        return echo_report("rules", take_preset(folder or now.store.parent / "rules", preset))
    return echo_report(
        "rules", law_in_force(folder or now.store.parent / "rules", on=on.date() if on else None, lang=now.lang)
    )
