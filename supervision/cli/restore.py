"""Command `restore` (恢复)."""

from pathlib import Path

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings
from supervision.cli._passphrase import passphrase


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--check", "only_check", is_flag=True, help="只检查备份，什么都不写 / read and check it, write nothing.")
@common
def command(file: Path, *, only_check: bool) -> int:
    """把备份恢复到新的位置，不覆盖任何文件 / restore a backup into a new place; nothing is overwritten.

    全部读完并核对摘要之后才放到 --store 的位置。口令取自 SUPERVISION_PASSPHRASE，否则询问。
    Everything is read and checked before anything is put at --store. The passphrase is that of SUPERVISION_PASSPHRASE,
    else asked for.

    \b
    Example: supervision restore 2026-12-01.age --check
    Example: supervision --store new/supervision.db restore 2026-12-01.age
    """
    from supervision.month.backing_up import check, restore

    with Progress() as progress:
        if only_check:
            return echo_report("restore --check", check(file, passphrase=passphrase(), progress=progress))
        report = restore(file, settings().store, passphrase=passphrase(), progress=progress)
    return echo_report("restore", report)
