"""Command `commit` (承诺)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("commit")
@round_argument
@rehearsal_option
@click.option("--roster", is_flag=True, help="第二次承诺：日程与人员名册 / second commitment: calendar and roster.")
@click.option("--cause", default="", help="加抽事由 / why an extra round is held.")
@click.option("--key", "key", metavar="HEX", default="", help="演练用抽样框密钥 / frame key of a rehearsal.")
@click.option(
    "--accept-unverified",
    metavar="NAME",
    default="",
    help="由谁同意采用未经核实的规则 / who answers for rules that nobody has verified.",
)
@common
def command(round_id: str, rehearsal: bool, roster: bool, cause: str, key: str, accept_unverified: str) -> int:
    """在信源产生之前公开承诺抽样框 / commit the frames in public before any source exists.

    \b
    Example: supervision commit 2026-12
    Example: supervision commit 2026-12 --roster
    Example: supervision commit 2026-12 --accept-unverified 张三
    """
    from supervision.month.assigning import commit_roster
    from supervision.month.city import City
    from supervision.month.line import commit

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        if roster:
            report = commit_roster(city.round(round_id, rehearsal=rehearsal))
        else:
            given = {"cause": cause, "key": key, "accept_unverified": accept_unverified}
            report = commit(city, round_id, rehearsal=rehearsal, **given)
    return echo_report("commit --roster" if roster else "commit", report, round_id=round_id, rehearsal=rehearsal)
