"""Command `abandon` (放弃一轮)."""

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("abandon")
@round_argument
@rehearsal_option
@click.option("--reason", required=True, help="公开的理由 / the public reason.")
@click.option("--cancelled", metavar="NAME", help="主办方取消的信源 / the source whose issue was cancelled.")
@common
def command(round_id: str, rehearsal: bool, reason: str, cancelled: str | None) -> int:
    """在第一个信源有数值之前公开放弃一轮 / give a round up, publicly, before its first source has a value.

    \b
    Example: supervision abandon 2026-12 --reason "抽样框有误，改期重办"
    """
    from supervision.month.city import City
    from supervision.month.committing import abandon

    now = settings()
    return echo_report(
        "abandon",
        abandon(
            City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal), reason=reason, cancelled=cancelled
        ),
    )
