"""Command `init` (建库)."""

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, settings


@click.command("init")
@common
def command() -> int:
    """建立数据库和城市规则文件夹 / make the store and the city's rules folder.

    \b
    Example: supervision --store suzhou.db init
    """
    from supervision.month.starting import make_store

    return echo_report("init", make_store(settings().store))
