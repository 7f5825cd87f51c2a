"""Command `backup` (备份)."""

from pathlib import Path

import click

from supervision import __version__
from supervision.cli._echo import Progress, echo_report
from supervision.cli._options import common, settings
from supervision.cli._passphrase import new_passphrase


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@common
def command(file: Path) -> int:
    """把数据库、大文件、规则和文书模板备份成一个加密文件 / back up store, rules and templates in one encrypted file.

    其他命令可以同时读写数据库。口令取自 SUPERVISION_PASSPHRASE，否则询问；至少 12 个字符。
    Other commands may work meanwhile. The passphrase is that of SUPERVISION_PASSPHRASE, else asked for: 12 characters
    or more.

    \b
    Example: supervision backup 2026-12-01.age
    """
    from supervision.month.backing_up import backup

    with Progress() as progress:
        report = backup(settings().store, file, passphrase=new_passphrase(), program=__version__, progress=progress)
    return echo_report("backup", report)
