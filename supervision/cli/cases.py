"""Commands `cases make|list|order|tell|follow|reinspect|close` (后续处置台账)."""

from datetime import date

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, number_argument, on_option, round_argument, settings


@click.group("cases")
@common
def command() -> None:
    """后续处置台账：立项、责令改正、抄告移送、复查、办结 / follow-up cases, from the problem found to its end.

    \b
    Example: supervision cases make 2026-12
    """


@command.command("make")
@round_argument
@on_option
@common
def make_command(round_id: str, on: date | None) -> int:
    """为发现的问题和差评立项，期限依规则 / open a case for each problem and bad rating, due by rule.

    \b
    Example: supervision cases make 2026-12
    """
    from supervision.month.case_making import make_cases
    from supervision.month.city import City

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = make_cases(city.round(round_id), on=on)
    return echo_report("cases make", report)


@command.command("list")
@click.option("--office", default="", metavar="OFFICE", help="某机构的 / of one office.")
@click.option("--overdue", is_flag=True, help="只列逾期的 / overdue ones alone.")
@on_option
@common
def list_command(office: str, overdue: bool, on: date | None) -> int:
    """未办结的台账、承办机构和期限，逾期的在前 / what is open, whose, until when; overdue ones first.

    \b
    Example: supervision cases list --office market-320505
    """
    from supervision.month.city import City
    from supervision.month.open_cases import list_cases

    now = settings()
    city = City.open(now.store, who=now.who)
    return echo_report("cases list", list_cases(city, on=on, office=office, overdue=overdue))


@command.command("order")
@number_argument
@click.option("--until", type=DAY, required=True, help="改正期限 / the last day.")
@click.option("--document", required=True, help="责令改正文书号 / number of the order.")
@click.option("--text", default="", help="说明 / what it orders.")
@on_option
@common
def order_command(number: str, until: date, document: str, text: str, on: date | None) -> int:
    """登记责令改正及期限 / put an order to correct on record, with its last day.

    \b
    Example: supervision cases order WT2026-12-0001 --until 2027-01-08 --document 苏市监责改〔2026〕118号
    """
    from supervision.month.casework import order
    from supervision.month.city import City

    city = City.open(settings().store, who=settings().who)
    report = order(city, number, due=until, document=document, text=text, on=on)
    return echo_report("cases order", report)


@command.command("tell")
@number_argument
@click.option("--to", required=True, metavar="DEPARTMENT", help="部门代码 / code of the department.")
@click.option("--document", required=True, help="函号 / number of the letter.")
@click.option("--text", required=True, help="事由 / what about.")
@click.option("--transfer", is_flag=True, help="移送（不加为抄告） / hand the case over, not only inform.")
@on_option
@common
def tell_command(number: str, to: str, document: str, text: str, transfer: bool, on: date | None) -> int:
    """登记抄告或移送：给谁、何时、函号 / tell another department, or hand it over: to whom, when, by which letter.

    \b
    Example: supervision cases tell WT2026-12-0001 --to fire --document 抄告2026-31 --text 疏散通道堵塞
    """
    from supervision.month.casework import tell
    from supervision.month.city import City

    city = City.open(settings().store, who=settings().who)
    report = tell(city, number, to=to, document=document, text=text, transfer=transfer, on=on)
    return echo_report("cases tell", report)


@command.command("follow")
@number_argument
@click.option("--done", required=True, help="做了什么 / what was done.")
@on_option
@common
def follow_command(number: str, done: str, on: date | None) -> int:
    """登记处置进展 / put on record what was done so far.

    \b
    Example: supervision cases follow WT2026-12-0001 --done 企业已提交整改报告
    """
    from supervision.month.casework import follow
    from supervision.month.city import City

    city = City.open(settings().store, who=settings().who)
    return echo_report("cases follow", follow(city, number, text=done, on=on))


@command.command("reinspect")
@number_argument
@click.option("--result", required=True, metavar="CODE", help="复查结果代码 / result code.")
@click.option("--text", required=True, help="复查情况 / what was found.")
@click.option("--off-site", is_flag=True, help="非现场复查 / nobody went there.")
@on_option
@common
def reinspect_command(number: str, result: str, text: str, off_site: bool, on: date | None) -> int:
    """登记复查：随机计划之外的个案检查，记入历次检查 / a re-inspection, a check for cause outside the random plan.

    \b
    Example: supervision cases reinspect WT2026-12-0001 --result 1 --text 已改正 --on 2027-01-09
    """
    from supervision.month.casework import reinspect
    from supervision.month.city import City

    city = City.open(settings().store, who=settings().who)
    return echo_report(
        "cases reinspect", reinspect(city, number, result=result, text=text, on_site=not off_site, on=on)
    )


@command.command("close")
@number_argument
@click.option("--outcome", required=True, metavar="CODE", help="办结结论 / corrected, not_corrected, …")
@click.option("--done", required=True, help="办结情况 / what came of it.")
@on_option
@common
def close_command(number: str, outcome: str, done: str, on: date | None) -> int:
    """办结；已改正或逾期未改正的记入信用记录 / close it; corrected or not, it becomes a credit event of the unit.

    \b
    Example: supervision cases close WT2026-12-0001 --outcome corrected --done 复查已改正
    """
    from supervision.month.casework import close
    from supervision.month.city import City

    city = City.open(settings().store, who=settings().who)
    return echo_report("cases close", close(city, number, outcome=outcome, text=done, on=on))
