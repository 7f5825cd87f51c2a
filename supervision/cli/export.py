"""Command `export` (移交国家平台)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, rehearsal_option, round_argument, settings


@click.command("export")
@round_argument
@rehearsal_option
@click.option(
    "--to",
    "target",
    type=click.Choice(["gsxt", "jianguan"]),
    required=True,
    help="国家企业信用信息公示系统，或“互联网+监管”系统 / the publicity system, or Internet+Supervision.",
)
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), required=True, help="文件夹 / the folder.")
@click.option("--again", is_flag=True, help="重写最近一批 / write the last batch once more.")
@common
def command(round_id: str, rehearsal: bool, target: str, out: Path, again: bool) -> int:
    """检查结果移交国家平台：逐列校验，只交新增、更正和撤下的 / hand results over to a national system, checked.

    What was handed over is remembered: later exports hold what is new (i), changed (u) or removed (d).

    \b
    Example: supervision export 2026-12 --to jianguan --out handover
    """
    from supervision.month.city import City
    from supervision.month.exporting import export

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress)
        report = export(city.round(round_id, rehearsal=rehearsal), target=target, out=out, again=again)
    return echo_report("export", report)
