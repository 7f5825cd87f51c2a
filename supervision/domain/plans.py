"""Plans of departments (年度抽查计划): what each department means to inspect in a year, and in which months."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from supervision.errors import SupervisionError

SPECIAL, SUPERIOR = "special", "superior"
ALL_MONTHS = tuple(range(1, 13))
_PART = re.compile(r"(\d{1,2})(?:-(\d{1,2}))?", re.ASCII)
_DASHES = re.compile("[~–—－至到]")


@dataclass(frozen=True, kw_only=True)
class DepartmentPlan:
    """One line of a department's yearly plan (部门年度抽查计划).

    `months` are those in which it may be held, `batches` how many of them it takes, each with the whole `ratio`.
    `kind` is routine, special, or superior (a special check that a higher level ordered). The other fields are those
    of a task (`supervision.domain.items.Task`).
    """

    plan_id: str
    year: int
    name: str
    department: str
    items: tuple[str, ...]
    population: str
    regime: str
    ratio: str
    months: tuple[int, ...] = ALL_MONTHS
    batches: int = 1
    kind: str = "routine"
    by_region: bool = False
    reserve: str = ""
    group: str = "joint"
    access: str = "sealed"
    disclosure: str = "after_visit"
    level: str = ""
    approval: str = ""
    approved_on: date | None = None

    @property
    def apart(self) -> bool:
        """Whether its lists are drawn by numbers of their own (单独抽签), which meet others by chance only."""
        return self.access == "open" or self.group == "own"

    @property
    def terms(self) -> tuple[object, ...]:
        """What two plans must have in common to be held as one task (同一任务的条件)."""
        drawn = (self.population, self.regime, self.ratio, self.by_region, self.reserve, self.group)
        return (*drawn, self.access, self.disclosure, self.level, self.batches)


def parse_months(text: str) -> tuple[int, ...]:
    """Return the months that a text names (计划月份), sorted; anything else raises `domain.months_malformed`.

    >>> parse_months("3-5月、9月"), parse_months("11")
    ((3, 4, 5, 9), (11,))
    """
    found: set[int] = set()
    for part in re.split(r"[,，、;；\s]+", _DASHES.sub("-", text.replace("月", "")).strip()):
        match = _PART.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not 1 <= first <= last <= 12:
            raise SupervisionError("domain.months_malformed", text=text)
        found.update(range(first, last + 1))
    return tuple(sorted(found))


def months_text(months: Iterable[int]) -> str:
    """Return months as people write them (月份文字), which `parse_months` reads.

    >>> months_text((3, 4, 5, 9)), months_text([11])
    ('3-5、9', '11')
    """
    runs: list[list[int]] = []
    for month in sorted(set(months)):
        if runs and month == runs[-1][-1] + 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
