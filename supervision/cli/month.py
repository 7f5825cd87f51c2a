"""Command `month` (一个月)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, ids_option, round_argument, settings


@click.command("month")
@round_argument
@click.option(
    "--inputs", required=True, type=click.Path(path_type=Path, file_okay=False), help="输入文件夹 / input folder."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="输出文件夹 / output folder."
)
@click.option("--source", "sources", multiple=True, metavar="NAME=VALUES", help="信源数值 / values of a source.")
@click.option(
    "--rehearsal", is_flag=True, help="演练：无需等待信源，可逐字节重复 / needs no ceremony, repeats to the byte."
)
@ids_option
@common
def command(round_id: str, inputs: Path, out: Path, sources: tuple[str, ...], rehearsal: bool, ids: str) -> int:
    """从登记表到公示页，一条命令 / from the registers to the public page with one command.

    真实轮次走到承诺为止，说明在等什么；信源产生后带 --source 再次运行即继续。
    A real round goes as far as its commitment, says what it waits for, and goes on when run again.

    \b
    Example: supervision month 2026-12 --rehearsal --inputs demo-city --out demo-out
    """
    from supervision.month.line import run
    from supervision.month.source_values import source_values

    now = settings()
    with Progress() as progress:
        report = run(
            now.store,
            round_id,
            inputs=inputs,
            out=out,
            values=source_values(sources),
            rehearsal=rehearsal,
            own_ids=ids == "own",
            who=now.who,
            progress=progress,
        )
    return echo_report("month", report)
