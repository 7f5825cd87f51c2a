"""Commands `annual import|merge|approve|publish|progress` (年度抽查计划)."""

from datetime import date
from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import DAY, common, settings

year_argument = click.argument("year", type=click.IntRange(2000, 2999))
file_type = click.Path(path_type=Path, dir_okay=False)


@click.group("annual")
@common
def command() -> None:
    """年度抽查计划：部门计划归并为联合任务，批准、公布、按月生成任务 / the yearly plan: merged, approved, public.

    \b
    Example: supervision annual merge 2026 --out annual-2026.xlsx
    """


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="知悉日期 / known on (for rows without the column).")
@common
def import_command(files: tuple[Path, ...], as_of: date | None) -> int:
    """导入各部门计划，并初步核对 / departments' plans in, with what is wrong with them at first sight.

    \b
    Example: supervision annual import plans-market.xlsx plans-fire.xlsx
    """
    from supervision.month.annual_merging import early_problems
    from supervision.month.city import City
    from supervision.month.importing import import_files

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = import_files(city, "plans", list(files), as_of=as_of)
        report.join("check", early_problems(city))
    return echo_report("annual import", report)


@command.command("merge")
@year_argument
@click.option("--out", type=file_type, required=True, help="写出建议表 / the workbook for the departments.")
@click.option("--decided", type=file_type, help="各部门填好的建议表 / the workbook, filled.")
@click.option("--from", "first", type=click.IntRange(1, 12), help="可选的第一个月 / first month that may be chosen.")
@click.option("--scores", metavar="ROUND", default="", help="取用哪一轮的信用风险类别 / whose classes are used.")
@common
def merge_command(year: int, out: Path, decided: Path | None, first: int | None, scores: str) -> int:
    """归并计划，提出联合任务和月份；读回各部门意见 / joint tasks and months proposed; the departments' yes or no.

    \b
    Example: supervision annual merge 2026 --out annual-2026.xlsx
    Example: supervision annual merge 2026 --decided filled.xlsx --out annual-2026.xlsx
    """
    from supervision.errors import UsageError
    from supervision.month.annual_merging import decide, merge
    from supervision.month.city import City

    if decided is not None and (first or scores):
        raise UsageError("month.plan_decided_alone")
    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        if decided is None:
            report = merge(city, year, out, first=first, scores=scores)
        else:
            report = decide(city, year, decided, out)
    return echo_report("annual merge", report)


@command.command("approve")
@year_argument
@click.option("--by", required=True, help="批准机关 / who approved it.")
@click.option("--on", type=DAY, required=True, help="批准日期 / day of the approval.")
@click.option("--number", required=True, help="批准文号 / number of the document.")
@click.option("--filed-with", default="", help="备案机关 / with whom it is filed.")
@click.option("--filed-on", type=DAY, help="备案日期 / day of the filing.")
@common
def approve_command(year: int, by: str, on: date, number: str, filed_with: str, filed_on: date | None) -> int:
    """登记批准与备案，生成各月任务 / approval and filing; the months' tasks go into the register.

    \b
    Example: supervision annual approve 2026 --by 市人民政府 --on 2025-12-20 --number 苏府办〔2025〕99号
    """
    from supervision.month.annual_approving import Approval, approve
    from supervision.month.city import City

    now = settings()
    city = City.open(now.store, who=now.who)
    approval = Approval(by=by, on=on, number=number, filed_with=filed_with, filed_on=filed_on)
    return echo_report("annual approve", approve(city, year, approval))


@command.command("publish")
@year_argument
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="输出文件夹 / folder.")
@common
def publish_command(year: int, out: Path) -> int:
    """公布年度计划 / the public notice: OUT/public/annual/YEAR/.

    \b
    Example: supervision annual publish 2026 --out out
    """
    from supervision.month.annual_publishing import publish_plan
    from supervision.month.city import City

    now = settings()
    return echo_report("annual publish", publish_plan(City.open(now.store, who=now.who), year, out))


@command.command("progress")
@year_argument
@click.option("--rehearsal", is_flag=True, help="看各月的演练 / of the months' rehearsals.")
@common
def progress_command(year: int, rehearsal: bool) -> int:
    """各部门执行进度与专项检查数 / drawn, held and published against the plan, and special checks.

    \b
    Example: supervision annual progress 2026
    """
    from supervision.month.annual_progress import progress
    from supervision.month.city import City

    now = settings()
    return echo_report("annual progress", progress(City.open(now.store, who=now.who), year, rehearsal=rehearsal))
