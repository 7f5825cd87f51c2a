"""Review of rules (规则复核): which rules in force are due to be looked at again, and how far away that is."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from supervision.law.rules import Entry, Law

MONTHS_A_YEAR = 12


@dataclass(frozen=True, kw_only=True)
class Due:
    """A rule in force to be reviewed (待复核的规则): `passed` where its day has gone by, `days` from the day asked."""

    entry: Entry
    days: int

    @property
    def passed(self) -> bool:
        """Tell whether the day of its review has gone by (是否已过期)."""
        return self.days < 0


def due(law: Law, *, months: int) -> list[Due]:
    """Return the rules to be reviewed within months (待复核的规则): by day of review, then by path.

    The last day counts as the same day of the month, or the month's last one.
    """
    until = later(law.on, months)
    found = [Due(entry=entry, days=(entry.review_by - law.on).days) for entry in law.entries()]
    return sorted(
        (one for one in found if one.entry.review_by <= until), key=lambda one: (one.entry.review_by, one.entry.path)
    )


def later(day: date, months: int) -> date:
    """Return the same day some months later (若干月之后), or the last day of a shorter month.

    >>> from datetime import date
    >>> later(date(2026, 11, 30), 3), later(date(2026, 2, 28), -60)
    (datetime.date(2027, 2, 28), datetime.date(2021, 2, 28))
    """
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
