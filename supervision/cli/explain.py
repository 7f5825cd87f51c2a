"""Command `explain` (评分说明)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, needed, rehearsal_option, settings
from supervision.errors import UsageError


@click.command("explain")
@click.argument("unit", metavar="[UNIT]", required=False)
@click.option(
    "--round", "round_id", default="", help="轮次（默认最近评分的一轮） / round (default: the latest scored)."
)
@rehearsal_option
@click.option("--on", type=DAY, help="按此日已知的证据 / on what was known that day.")
@click.option("--receipt", type=click.Path(path_type=Path, dir_okay=False), help="告知回执（.html） / receipt.")
@click.option("--asked-by", default="", help="回执的申请人 / who asked for the receipt.")
@click.option(
    "--all", "all_to", type=click.Path(path_type=Path, dir_okay=False), help="全体理由（.csv） / everybody's."
)
@common
def command(unit: str | None, round_id: str, rehearsal: bool, on: date | None, receipt: Path | None,
            asked_by: str, all_to: Path | None) -> int:  # fmt: skip
    """说明一个对象为何是这个分数（内部），或出具给企业本身的回执 / say why a unit has its score, or write its receipt.

    \b
    Example: supervision explain 91320505YY0000001P --round 2026-12
    Example: supervision explain 91320505YY0000001P --receipt receipt.html --asked-by 企业
    Example: supervision explain --all reasons.csv --round 2026-12
    """
    from supervision.month.city import City
    from supervision.month.explaining import reasons_of_all, scored_round, sheet, sheet_of
    from supervision.month.receipts import receipt_of

    _look_at(unit, on, receipt, asked_by, all_to)
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        named = "" if all_to else needed("unit", unit)
        if all_to is not None:
            report = reasons_of_all(scored_round(city, round_id, rehearsal=rehearsal), all_to)
        elif receipt is None:
            report = sheet(city, str(named), round_id=round_id, rehearsal=rehearsal, on=on)
        else:
            given = sheet_of(city, str(named), round_id=round_id, rehearsal=rehearsal, on=on)
            report = receipt_of(city, given, receipt, asked_by=asked_by)
    return echo_report("explain", report)


def _look_at(unit: str | None, on: date | None, receipt: Path | None, asked_by: str, all_to: Path | None) -> None:
    """Refuse options that would be ignored: who asked for a receipt must never be handed the internal sheet."""
    given = {"UNIT": unit, "--on": on, "--receipt": receipt, "--asked-by": asked_by}
    if all_to is not None and any(given.values()):
        raise UsageError("cli.not_together", names="、".join(["--all", *(name for name in given if given[name])]))
    if asked_by:
        needed("receipt", receipt)
