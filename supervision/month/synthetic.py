"""A synthetic city to rehearse with (演示城市)."""

from __future__ import annotations

from pathlib import Path

from supervision.demo.city import write_city
from supervision.errors import UsageError
from supervision.month.desk import Progress, first_day
from supervision.month.report import Report


def write_demo(folder: Path, *, entities: int, month_id: str, progress: Progress) -> Report:
    """Write the input files of a synthetic city (演示城市); a folder that holds other files is left alone."""
    first_day(month_id)
    if folder.exists() and any(folder.iterdir()) and not (folder / "sources.csv").exists():
        raise UsageError("month.folder_not_empty", folder=folder)
    progress("month.write_demo", 0, 0)
    summary = write_city(folder, entities=entities, month=month_id)
    report = Report(facts={"folder": str(folder), "rows": dict(summary.rows)})
    report.say(
        "month.demo_written",
        folder=folder,
        entities=entities,
        inspectors=summary.rows["inspectors"],
        tasks=summary.rows["tasks"],
    )
    return report
