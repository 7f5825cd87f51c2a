"""Strata (分层): classes of credit risk, and the key of a stratum, written and read in this one place."""

from __future__ import annotations

from dataclasses import dataclass

CLASSES = ("A", "B", "C", "D")
DUE, AHEAD = "due", "ahead"  # who must be drawn by a date, now or before long, whatever the class
_SEPARATOR = "-"


@dataclass(frozen=True, kw_only=True, order=True)
class StratumId:
    """What a stratum is made of (层的构成): `classes` as "D", merged "ABC", or DUE, AHEAD; a region, "*" or nothing.

    >>> str(StratumId(classes="D", region="320505")), StratumId.parse("AB").region
    ('D-320505', '')
    """

    classes: str
    region: str = ""

    @classmethod
    def parse(cls, text: str) -> StratumId:
        """Read a stratum's key (读取层的名称)."""
        classes, _, region = text.partition(_SEPARATOR)
        return cls(classes=classes, region=region)

    @property
    def names_a_class(self) -> bool:
        """Tell whether the key gives one class away (是否含类别)."""
        return self.classes in CLASSES

    def __str__(self) -> str:
        return f"{self.classes}{_SEPARATOR}{self.region}" if self.region else self.classes
