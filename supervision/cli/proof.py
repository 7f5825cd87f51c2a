"""Command `proof` (本单位证明)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("proof")
@round_argument
@click.argument("unit", metavar="UNIT")
@rehearsal_option
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="文件夹 / folder.")
@common
def command(round_id: str, unit: str, rehearsal: bool, out: Path) -> int:
    """给一个企业出具它自己的抽查证明 / write a unit's own proof, for the unit alone.

    \b
    Example: supervision proof 2026-12 91320505YY0000001P --out proofs
    """
    from supervision.month.city import City
    from supervision.month.proving import proof

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    return echo_report("proof", proof(round, unit, out), round_id=round_id, rehearsal=rehearsal)
