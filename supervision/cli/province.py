"""Command `province` (各机构一并运行)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, ids_option, needed, round_argument, settings
from supervision.cli.scale import engine_options


@click.command("province")
@round_argument
@click.argument("plan", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="结果表的文件夹 / where results go.")
@click.option("--check", "only_check", is_flag=True, help="只核对计划，不运行 / check the plan, run nothing.")
@click.option(
    "--source", "sources", multiple=True, metavar="NAME[@ISSUE]=VALUES", help="各机构共用的信源数值 / values for all."
)
@click.option("--rehearsal", is_flag=True, help="全部演练 / a rehearsal of all agencies.")
@click.option("--accept-unverified", metavar="NAME", default="", help="同 month，行内另有的依行 / as `month` takes it.")
@ids_option
@engine_options[0]
@engine_options[1]
@engine_options[2]
@common
def command(
    round_id: str, plan: Path, out: Path | None, only_check: bool, sources: tuple[str, ...], rehearsal: bool,
    accept_unverified: str, ids: str, scheduler: str, workers: int, memory: str,
) -> int:  # fmt: skip
    """按一份工作计划运行各机构的一个月 / the month of every agency of a plan of work, one row an agency.

    一家失败不影响其他家；再次运行即各自从停下的地方继续。计划的列：机构、数据库、数据目录、公示目录（可加：是否演练）。
    One that fails stops no other; run again, each goes on where it stands. Columns: agency, store, inputs, out.

    \b
    Example: supervision province 2026-12 agencies.xlsx --check
    Example: supervision --as wang province 2026-12 agencies.xlsx --out province-out --workers 4
    """
    from supervision.month.agency_plans import AskedOfAll
    from supervision.month.provinces import run_province, say_standing
    from supervision.month.source_values import source_values
    from supervision.scale.engine import engine

    now = settings()
    asked = AskedOfAll(
        round_id=round_id,
        rehearsal=rehearsal,
        own_ids=ids == "own",
        accept_unverified=accept_unverified,
        who=now.who,
    )
    values = source_values(sources)
    if only_check:
        return echo_report("province", say_standing(plan, asked, values=values, result=out))
    folder = needed("out", out)
    with Progress() as progress, engine(scheduler=scheduler, workers=workers, memory=memory) as calculator:
        report = run_province(plan, asked, folder, values=values, apart=calculator.apart, progress=progress)
    return echo_report("province", report)
