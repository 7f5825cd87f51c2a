"""Command `abandon` (放弃一轮)."""

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("abandon")
@round_argument
@rehearsal_option
@click.option("--reason", required=True, help="公开的理由 / the public reason.")
@click.option("--cancelled", metavar="NAME", help="主办方取消的信源 / the source whose issue was cancelled.")
@click.option(
    "--roster",
    is_flag=True,
    help="放弃第二次承诺，须写 --cancelled；之后重新编排并承诺 / the roster commitment, to be made again.",
)
@common
def command(round_id: str, rehearsal: bool, reason: str, cancelled: str | None, roster: bool) -> int:
    """在第一个信源有数值之前公开放弃一轮 / give a round up, publicly, before its first source has a value.

    \b
    Example: supervision abandon 2026-12 --reason "抽样框有误，改期重办"
    Example: supervision abandon 2026-12 --roster --cancelled ssq-red --reason "该期开奖取消"
    """
    from supervision.errors import UsageError
    from supervision.month.city import City
    from supervision.month.committing import abandon, abandon_roster

    now = settings()
    if roster and cancelled is None:
        raise UsageError("month.cancelled_missing", round=round_id)
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    if roster and cancelled:
        return echo_report("abandon --roster", abandon_roster(round, reason=reason, cancelled=cancelled))
    return echo_report("abandon", abandon(round, reason=reason, cancelled=cancelled))
