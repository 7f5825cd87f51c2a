"""Command `doctor` (体检)."""

from pathlib import Path

import click

from supervision import __version__
from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings


@click.command("doctor")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="一并核对输出文件夹 / look at it, too.")
@common
def command(out: Path | None) -> int:
    """检查程序、机器、数据库和公示文件是否完好，并说明怎么办 / say what is in order, what is not, and what to do.

    退出码：0 正常，4 有需注意的，3 有故障。 / Exit code 0: all in order, 4: something to look at, 3: a fault.

    \b
    Example: supervision doctor
    Example: supervision doctor --out out
    """
    from supervision.month.condition import examine

    with Progress() as progress:
        report = examine(settings().store, out=out, program=__version__, progress=progress)
    return echo_report("doctor", report)
