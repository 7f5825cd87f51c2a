"""Visits and half-days (入企检查与半天): how they are named in files, written and read in this one place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from supervision.errors import SupervisionError

SEPARATOR = "~"
OFF_SITE = "0"  # the ordinal of an off-site check; visits count from 1
MORNING, AFTERNOON = "T1", "T2"
PARTS = (MORNING, AFTERNOON)
_ORDINAL = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, kw_only=True, order=True)
class VisitId:
    """The name of a visit (检查编号): a unit's id and which of its visits of the round this is, from 1.

    >>> str(VisitId(unit_id="91320505YY0000001P", ordinal=2))
    '91320505YY0000001P~2'
    >>> VisitId.parse("91320505YY0000001P~2").ordinal
    2
    """

    unit_id: str
    ordinal: int

    @classmethod
    def parse(cls, text: str) -> VisitId:
        """Read a visit's name (读取检查编号); a malformed one is refused."""
        unit_id, sign, ordinal = text.rpartition(SEPARATOR)
        if not sign or not unit_id or not _ORDINAL.fullmatch(ordinal):
            raise SupervisionError("domain.visit_malformed", visit=text)
        return cls(unit_id=unit_id, ordinal=int(ordinal))

    def __str__(self) -> str:
        return f"{self.unit_id}{SEPARATOR}{self.ordinal}"


def off_site_id(unit_id: str) -> str:
    """Return the name of a unit's off-site check in a round (非现场检查编号): ordinal 0, which no visit has.

    >>> off_site_id("91320505YY0000001P")
    '91320505YY0000001P~0'
    """
    return f"{unit_id}{SEPARATOR}{OFF_SITE}"


def is_off_site(visit_id: str) -> bool:
    """Tell whether a name is that of an off-site check (是否非现场检查编号)."""
    return visit_id.endswith(f"{SEPARATOR}{OFF_SITE}")


def units_of_visits(visit_ids: pd.Series[str]) -> pd.Series[str]:
    """Return the unit of each visit of a column (检查对象编号), str."""
    return visit_ids.str.rsplit(SEPARATOR, n=1).str[0].astype("str")


def days_of_half_days(half_days: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the day of each cell of half-days joined by a space (检查日期): the first one's, datetime64[s]."""
    return pd.to_datetime(half_days.str.slice(0, 10)).astype("datetime64[s]")


@dataclass(frozen=True, kw_only=True, order=True)
class HalfDay:
    """A morning or an afternoon (半天): `part` is "T1" or "T2".

    >>> str(HalfDay.parse("2026-12-03T1")), HalfDay.parse("2026-12-03T2").is_morning
    ('2026-12-03T1', False)
    """

    day: date
    part: str

    @classmethod
    def parse(cls, text: str) -> HalfDay:
        """Read a half-day's name (读取半天)."""
        day, part = text[:10], text[10:]
        try:
            found = cls(day=date.fromisoformat(day), part=part)
        except ValueError as error:
            raise SupervisionError("domain.half_day_malformed", half_day=text) from error
        if part not in PARTS or str(found) != text:
            raise SupervisionError("domain.half_day_malformed", half_day=text)
        return found

    @property
    def is_morning(self) -> bool:
        """Tell whether it is a morning (是否上午)."""
        return self.part == MORNING

    def __str__(self) -> str:
        return f"{self.day.isoformat()}{self.part}"
