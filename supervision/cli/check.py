"""Command `check` (试导入)."""

from datetime import date
from pathlib import Path
from typing import Any

import click

from supervision.cli._echo import Progress, echo_report
from supervision.cli._mapping import asked, reading_options
from supervision.cli._options import DAY, common, ids_option, settings


@click.command("check")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as-of", type=DAY, help="知悉日期 / known on (for rows without the column).")
@reading_options
@ids_option
@common
def command(kind: str, file: Path, as_of: date | None, ids: str, **mapped: Any) -> int:
    """试导入：只检查，不入库 / dry run of an import.

    \b
    Example: supervision check entities entities.xlsx --as-of 2026-11-30
    Example: supervision check history visits.csv --mapping visits.yaml --set item_id=food-01 --as-of 2026-11-30
    """
    from supervision.month.city import City
    from supervision.month.importing import RESULTS, check_report, dry_run
    from supervision.month.recording import check

    now = settings()
    with Progress() as progress:
        city = City.open(now.store, who=now.who, progress=progress, own_ids=ids == "own")
        reading = asked(**mapped)
        if kind == RESULTS and not reading:
            received = check(city, file, as_of=as_of)
            new = sum(len(one.news) for one in received)
            report = check_report(file.name, [one.checked for one in received], new=new)
        else:
            report = dry_run(city, kind, file, as_of=as_of, asked=reading)
    return echo_report("check", report)
