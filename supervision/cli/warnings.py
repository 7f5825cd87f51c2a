"""Commands `warnings make|list|open|follow|hand-over|close` (风险预警)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, number_argument, on_option, settings

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="写出各机构当日通知 / write each office's file of the day.",
)


@click.group("warnings")
@common
def command() -> None:
    """风险预警协同处置：生成、清单、跟进、移交、办结 / early warnings: made, listed, followed up, handed over, closed.

    \b
    Example: supervision warnings make --out out
    """


@command.command("make")
@on_option
@out_option
@common
def make_command(on: date | None, out: Path | None) -> int:
    """按规则 shared/early_warning 查找信号，发出预警 / open a warning for each signal that the rule names.

    \b
    Example: supervision warnings make --out out
    """
    from supervision.month.city import City
    from supervision.month.warning_list import list_warnings
    from supervision.month.warning_making import make_warnings

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = make_warnings(city, on=on)
        if out is not None:
            report.join("list", list_warnings(city, on=on, out=out))
    return echo_report("warnings make", report)


@command.command("list")
@click.option("--office", default="", metavar="OFFICE", help="某机构的 / of one office.")
@click.option("--overdue", is_flag=True, help="只列逾期的 / overdue ones alone.")
@on_option
@out_option
@common
def list_command(office: str, overdue: bool, on: date | None, out: Path | None) -> int:
    """未办结的预警、承办机构和期限，逾期的在前 / what is open, whose, until when; overdue ones first.

    \b
    Example: supervision warnings list --office market-320505
    Example: supervision warnings list --overdue
    """
    from supervision.month.city import City
    from supervision.month.warning_list import list_warnings

    now = settings()
    city = City.open(now.store, who=now.who)
    report = list_warnings(city, on=on, office=office, overdue=overdue, out=out)
    return echo_report("warnings list", report)


@command.command("open")
@click.argument("unit")
@click.option("--signal", default="referred", show_default=True, help="预警信号 / the signal.")
@click.option("--office", default="", metavar="OFFICE", help="承办机构 / the office that takes it.")
@click.option("--text", required=True, help="要做什么 / what is to be done.")
@click.option("--evidence", required=True, help="依据什么记录 / the records it rests on.")
@click.option("--days", type=click.IntRange(1, 250), required=True, help="办理期限（工作日） / working days.")
@on_option
@common
def open_command(unit: str, signal: str, office: str, text: str, evidence: str, days: int, on: date | None) -> int:
    """人工发出预警（其他部门移送、上级交办） / open one by hand, such as another body sent on.

    \b
    Example: supervision warnings open 91320505MA1EXAMP07 --office market-320505 --days 5
      --text 核实无证经营 --evidence "12345 工单 118"
    """
    from supervision.month.city import City
    from supervision.month.warning_handling import open_warning

    now = settings()
    city = City.open(now.store, who=now.who)
    given = {"signal": signal, "office": office, "text": text, "evidence": evidence}
    return echo_report("warnings open", open_warning(city, unit, **given, working_days=days, on=on))


@command.command("follow")
@number_argument
@click.option("--done", required=True, help="做了什么 / what was done.")
@on_option
@common
def follow_command(number: str, done: str, on: date | None) -> int:
    """登记处置进展 / put on record what was done so far.

    \b
    Example: supervision warnings follow YJ20261118-0001 --done 已约谈企业负责人
    """
    from supervision.month.city import City
    from supervision.month.warning_handling import follow

    now = settings()
    return echo_report("warnings follow", follow(City.open(now.store, who=now.who), number, done=done, on=on))


@command.command("hand-over")
@number_argument
@click.option("--to", required=True, metavar="OFFICE", help="接办机构 / the office that takes it.")
@click.option("--reason", required=True, help="移交理由 / why.")
@on_option
@common
def hand_over_command(number: str, to: str, reason: str, on: date | None) -> int:
    """移交给另一机构，期限不变 / hand it to another office; the deadline stays.

    \b
    Example: supervision warnings hand-over YJ20261118-0001 --to fire-320505 --reason 属消防职责
    """
    from supervision.month.city import City
    from supervision.month.warning_handling import hand_over

    now = settings()
    city = City.open(now.store, who=now.who)
    return echo_report("warnings hand-over", hand_over(city, number, to=to, reason=reason, on=on))


@command.command("close")
@number_argument
@click.option("--done", required=True, help="做了什么、结论如何 / what was done, and what came of it.")
@on_option
@common
def close_command(number: str, done: str, on: date | None) -> int:
    """办结，并记入该户的信用记录 / close it into an event of the unit.

    \b
    Example: supervision warnings close YJ20261118-0001 --done 投诉属实，已责令改正
    """
    from supervision.month.city import City
    from supervision.month.warning_handling import close

    now = settings()
    return echo_report("warnings close", close(City.open(now.store, who=now.who), number, done=done, on=on))
