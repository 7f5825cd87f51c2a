"""Command `stepin` (递补)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, needed, rehearsal_option, round_argument, settings


@click.command("stepin")
@round_argument
@click.argument("unit", metavar="UNIT")
@rehearsal_option
@click.option("--task", "task_id", metavar="TASK", help="任务编号 / the task.")
@click.option(
    "--reason", metavar="CODE", help="结果代码，如 6、7、9 / result code of the unit that could not be inspected."
)
@click.option("--evidence", type=click.Path(path_type=Path, dir_okay=False), help="证据文件 / evidence.")
@click.option("--confirm", "confirmed", is_flag=True, help="第二人复核 / confirm as a second person.")
@common
def command(
    round_id: str,
    unit: str,
    rehearsal: bool,
    task_id: str | None,
    reason: str | None,
    evidence: Path | None,
    confirmed: bool,
) -> int:
    """登记无法检查的对象，复核后按次序递补 / record a unit not inspectable; the next steps in once confirmed.

    \b
    Example: supervision --as li stepin 2026-12 91320505YY0000001P --task T01-food --reason 6 --evidence photo.jpg
    Example: supervision --as wang stepin 2026-12 91320505YY0000001P --confirm
    """
    from supervision.month.city import City
    from supervision.month.stepping_in import confirm, propose

    now = settings()
    round = City.open(now.store, who=now.who).round(round_id, rehearsal=rehearsal)
    if confirmed:
        return echo_report("stepin", confirm(round, unit), round_id=round_id, rehearsal=rehearsal)
    report = propose(
        round,
        unit,
        task_id=needed("task_id", task_id),
        reason=needed("reason", reason),
        evidence=needed("evidence", evidence),
    )
    return echo_report("stepin", report, round_id=round_id, rehearsal=rehearsal)
