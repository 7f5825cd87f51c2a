"""Rounds (轮次): a month's draw, and an extra one in the same month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from supervision.errors import UsageError

REHEARSED = ".rehearsal"
_ROUND = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-([a-z]))?", re.ASCII)


@dataclass(frozen=True, kw_only=True, order=True)
class RoundId:
    """The name of a round (轮次编号): `2026-12`, an extra one of the month `2026-12-b` (`extra` = "b").

    >>> RoundId.parse("2026-12-b").month, str(RoundId.parse("2026-12"))
    ('2026-12', '2026-12')
    """

    year: int
    number: int
    extra: str = ""

    @classmethod
    def parse(cls, text: str) -> RoundId:
        """Read a round's name (读取轮次编号); a malformed one is refused."""
        match = _ROUND.fullmatch(text)
        if match is None:
            raise UsageError("domain.round_malformed", round=text)
        return cls(year=int(match[1]), number=int(match[2]), extra=match[3] or "")

    @property
    def month(self) -> str:
        """The month that the round belongs to (所属月份), such as 2026-12."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        """The first day of the month (当月第一天)."""
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        """The last day of the month (当月最后一天)."""
        after = date(self.year + self.number // 12, self.number % 12 + 1, 1)
        return after - timedelta(days=1)

    @property
    def day_before(self) -> date:
        """The day before the month (上月最后一天), whose evidence a round uses."""
        return self.first_day - timedelta(days=1)

    def key(self, *, rehearsal: bool) -> str:
        """Return the name under which the round, or its rehearsal, is kept (存名): `2026-12`, `2026-12.rehearsal`."""
        return f"{self}{REHEARSED}" if rehearsal else str(self)

    def __str__(self) -> str:
        return f"{self.month}-{self.extra}" if self.extra else self.month
