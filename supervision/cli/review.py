"""Command `review` (审核结果)."""

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("review")
@round_argument
@rehearsal_option
@click.option("--accept", multiple=True, metavar="VISIT[/ITEM]", help="审核通过 / say yes to these results.")
@click.option("--accept-all", is_flag=True, help="待审核的全部通过 / say yes to all that wait.")
@click.option("--send-back", multiple=True, metavar="VISIT[/ITEM]", help="退回 / send these results back.")
@click.option("--reason", default="", help="退回理由 / why they are sent back.")
@click.option("--office", default="", metavar="OFFICE", help="只限某机构 / of one office alone.")
@common
def command(
    round_id: str,
    rehearsal: bool,
    accept: tuple[str, ...],
    accept_all: bool,
    send_back: tuple[str, ...],
    reason: str,
    office: str,
) -> int:
    """由录入人以外的人审核结果：待审核清单、通过、退回 / a second person's yes: what waits, accept, send back.

    Where rule shared/result_review asks for it, a result is shown and counts as evidence once somebody accepted it who
    neither entered it nor went there. First results and corrections alike; what is sent back stays on record.

    \b
    Example: supervision review 2027-01
    Example: supervision --as qian-06 review 2027-01 --accept-all --office market-320505
    Example: supervision --as qian-06 review 2027-01 --send-back 91320505MA1EXAMP07~1 --reason 检查日期有误
    """
    from supervision.errors import UsageError
    from supervision.month.city import City
    from supervision.month.reviewing import list_unreviewed, review
    from supervision.results.review import ACCEPTED, SENT_BACK

    if sum(map(bool, (accept, accept_all, send_back))) > 1:
        raise UsageError("month.review_one_thing")
    now = settings()
    with Progress() as progress:
        round = City.open(now.store, who=now.who, progress=progress).round(round_id, rehearsal=rehearsal)
        if accept or accept_all:
            report = review(round, accept, everything=accept_all, office=office, decision=ACCEPTED)
        elif send_back:
            report = review(round, send_back, office=office, decision=SENT_BACK, reason=reason)
        else:
            report = list_unreviewed(round, office=office)
    return echo_report("review", report, round_id=round_id, rehearsal=rehearsal)
