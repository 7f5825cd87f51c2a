"""Whom coverage duties keep out of a task (因覆盖要求不抽取): beyond a maximum, or kept for the duty itself.

Kept for the duty: where a cap leaves a department one visit to a unit this year, and the unit's last occasion for a
duty of this department lies in the year, other tasks of the department leave it alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

import numpy as np

from supervision.domain.items import Task
from supervision.sampling.frame.caps import Hit, Usage
from supervision.sampling.frame.due_dates import Coverage, Dates, counted_visits, occasion_months
from supervision.sampling.frame.past_visits import ALL, Past


def maximum_hits(task: Task, coverage: Coverage, past: Past, units: int) -> Iterator[Hit]:
    """Yield (rule, units) whose inspections of these years have used up a duty's maximum (达到上限): bool (N,) each."""
    for duty in coverage.duties:
        if duty.most is None or not set(duty.items) & set(task.items):
            continue
        first = np.datetime64(date(task.start.year - duty.most_years + 1, 1, 1), "s")
        counted = counted_visits(duty, past, kinds=coverage.kinds, could_not=coverage.could_not)
        yield duty.rule, past.visits_of(counted & (past.date >= first), units) >= duty.most


def kept_hits(
    task: Task, coverage: Coverage, dates: Mapping[str, Dates], usage: Collection[Usage], visiting: Collection[str]
) -> Iterator[Hit]:
    """Yield (rule, units) whose last visit of the year is kept for a duty (为覆盖要求保留): bool (N,) each."""
    for duty in coverage.duties:
        own = coverage.departments.get(duty.name, frozenset()) & set(visiting)
        if not own or not duty.years or duty.asks_of(task.items):
            continue
        asked = dates[duty.name]
        months = occasion_months(duty, task.start.replace(day=1), until=date(task.start.year, 12, 31))
        needed = asked.asked & (asked.occasion < len(months))
        for one in usage:
            if one.cap.agency == ALL or one.cap.agency in own:
                yield duty.rule, needed & one.units & (one.left == 1)
