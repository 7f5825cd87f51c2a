"""Command `template` (空白模板)."""

from pathlib import Path

import click

from supervision.cli._echo import echo_report
from supervision.cli._options import common, settings


@click.command("template")
@click.argument("kind")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="文件名 / file name (default KIND.xlsx).")
@common
def command(kind: str, out: Path | None) -> int:
    """写出登记表的空白工作簿 / write a register's blank workbook, with pick-lists and notes.

    \b
    Example: supervision template inspectors --out inspectors.xlsx
    """
    from supervision.month.importing import write_blank

    now = settings()
    report = write_blank(kind, out or Path(f"{kind}.xlsx"), lang=now.lang, rules=now.store.parent / "rules")
    return echo_report("template", report)
