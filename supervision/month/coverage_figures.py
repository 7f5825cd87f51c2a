"""What falls due (到期情况): per month and office, for the preview of a round and for the certificate of a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from supervision.domain.people import Office
from supervision.messages import Message
from supervision.month.report import Report
from supervision.sampling.frame.due_dates import Coverage

SHOWN, MONTHS = 10, 12
NOWHERE = "–"  # units without a region


def say_due(report: Report, table: pd.DataFrame, coverage: Coverage, offices: Mapping[str, Office]) -> None:
    """Put what falls due per duty, month and office into a report (报告到期户数).

    `table`: duty, unit_id, region, by, month. A unit falls due in the last month in which it can be drawn.
    """
    rows = [row for duty in coverage.duties for row in _rows(table, duty.name, coverage, offices)]
    report.facts["coverage"] = rows
    for duty in sorted({row["duty"] for row in rows}):
        own = [row for row in rows if row["duty"] == duty]
        busiest = sorted(own, key=lambda row: (-max(row["months"].values()), row["office"]))
        for row in busiest[:SHOWN]:
            first = list(row["months"].items())[:MONTHS]
            told = [Message.of("month.coverage_due_month", month=month, units=units) for month, units in first]
            report.say("month.coverage_due", duty=duty, office=row["office"], units=row["units"], months=tuple(told))
        if len(own) > SHOWN:
            report.say("month.more", more=len(own) - SHOWN)


def _rows(table: pd.DataFrame, duty: str, coverage: Coverage, offices: Mapping[str, Office]) -> list[dict[str, Any]]:
    """One row an office: how many units fall due in each month, months in order."""
    own = table[table["duty"] == duty]
    departments = coverage.departments[duty]
    found: list[dict[str, Any]] = []
    for name, part in own.groupby("region", sort=True):
        region, counts = str(name), part["month"].value_counts().sort_index()
        months = {str(month): int(units) for month, units in counts.items()}
        here = sorted(o.office_id for o in offices.values() if o.department in departments and o.region == region)
        shared = {"duty": duty, "units": len(part), "months": months}
        found.extend({**shared, "office": office} for office in here or [region or NOWHERE])
    return found
