"""Command `replan` (日程变更)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, needed, rehearsal_option, round_argument, settings


@click.command("replan")
@round_argument
@rehearsal_option
@click.option("--absent", metavar="ID", help="请假的检查人员 / an inspector who is away (--from, --until).")
@click.option("--from", "since", default="", metavar="DATE[T1|T2]", help="请假起 / first day or half-day.")
@click.option(
    "--until", default="", metavar="DATE[T1|T2]", help="请假止，缺省为同日 / last one (default: the same day)."
)
@click.option("--closed", metavar="UNIT", help="已关闭的对象 / a unit that closed: its visits are cancelled.")
@click.option("--office", nargs=2, metavar="OFFICE DATE", help="当日不能出检的机构 / an office that cannot come.")
@click.option("--blocked", nargs=2, metavar="UNIT DATE", help="当日不能入企的对象 / a unit nobody can visit then.")
@click.option(
    "--urgent",
    type=click.Path(path_type=Path, dir_okay=False),
    help="紧急检查表 CSV / urgent visits: visit,office,half_days,items,people,unit_id,kind.",
)
@click.option("--by", required=True, metavar="NAME", help="登记人 / who entered it; --as reviews, another person.")
@click.option("--reason", required=True, help="事由 / the ground, kept in the record.")
@click.option("--evidence", type=click.Path(path_type=Path, dir_okay=False), help="证明材料 / a paper that shows it.")
@common
def command(
    round_id: str,
    rehearsal: bool,
    absent: str | None,
    since: str,
    until: str,
    closed: str | None,
    office: tuple[str, str] | None,
    blocked: tuple[str, str] | None,
    urgent: Path | None,
    by: str,
    reason: str,
    evidence: Path | None,
) -> int:
    """日程变更：先按签号替补，再移动最少的检查，并证明不能更少 / change a drawn calendar as little as can be.

    Begun half-days stay; within the notice period (rule shared/change_notice) a visit leaves only when it cannot be
    held, and nothing moves there. Before inspectors are drawn the calendar is planned anew. One of --absent, --closed,
    --office, --blocked and --urgent; --as reviews what --by entered.

    \b
    Example: supervision --as wang replan 2026-12 --absent 0010 --from 2026-12-07 --by li --reason 病假
    Example: supervision --as wang replan 2026-12 --office market-320505 2026-12-09 --by li --reason 全员培训
    """
    from supervision.errors import UsageError
    from supervision.month.change_request import read_request
    from supervision.month.city import City
    from supervision.month.replanning import replan

    named = {"absent": absent, "closed": closed, "office": office, "blocked": blocked, "urgent": urgent}
    given = [name for name, value in named.items() if value]
    if len(given) != 1:
        raise UsageError("month.replan_one_event", given=" ".join(f"--{name}" for name in given) or "-")
    kind = given[0]
    if absent:
        subject, first, last = absent, needed("since", since), until or since[:10]
    else:
        subject, day = office or blocked or (closed or "", "")
        first, last = day, day
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        round = city.round(round_id, rehearsal=rehearsal)
        asked = read_request(
            round,
            kind=kind,
            subject=subject,
            since=first,
            until=last,
            by=by,
            ground=reason,
            urgent=urgent,
            evidence=evidence,
        )
        report = replan(round, asked)
    return echo_report("replan", report, round_id=round_id, rehearsal=rehearsal)
