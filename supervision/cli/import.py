"""Command `import` (导入)."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._mapping import asked, reading_options
from supervision.cli._options import DAY, common, ids_option, settings


@click.command("import")
@click.argument("kind")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="知悉日期 / known on (for rows without the column).")
@reading_options
@ids_option
@common
def command(kind: str, files: tuple[Path, ...], as_of: date | None, ids: str, **mapped: Any) -> int:
    """导入登记表：好行入库，坏行写入退回表 / good rows go in, bad ones to FILE.rejected.xlsx.

    \b
    Example: supervision import entities entities.csv --as-of 2026-11-30
    Example: supervision import events penalties.xlsx --mapping penalties.yaml --as-of 2026-11-30
    """
    from supervision.month.city import City
    from supervision.month.importing import import_files

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress, own_ids=ids == "own")
        reading = asked(**mapped)
        report = import_files(city, kind, list(files), as_of=as_of, asked=reading)
    return echo_report("import", report)
