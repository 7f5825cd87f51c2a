"""The change order (变更单): what happened after a calendar was made, who entered and who reviewed it, what came of it.

Its digest is the evidence of its rows in changes.json.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from supervision.canonical import canonical_json, parse_canonical

ABSENT, CLOSED, OFFICE, BLOCKED, URGENT = KINDS = ("absent", "closed", "office", "blocked", "urgent")
SAID_SINCE = ("unit_id", "kind")  # orders from before these were asked for keep their digests


@dataclass(frozen=True, kw_only=True)
class UrgentPlace:
    """One place of an urgent visit (紧急检查的一个名额): who goes is taken out of the office's day by lot.

    `unit_id` and `kind` of inspection say whose yearly caps it uses up; "" where the unit is in no directory.
    """

    visit: str
    office: str
    place: int
    half_days: tuple[str, ...]
    items: tuple[str, ...]
    unit_id: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What happened (变更事由): `subject` is an inspector, unit or office, "" for urgent visits.

    `half_days` that it concerns, as they were asked for; `evidence`: digest of a paper that was handed in, or None.
    """

    kind: str
    subject: str
    half_days: tuple[str, ...]
    ground: str
    by: str
    reviewed_by: str
    evidence: str | None
    urgent: tuple[UrgentPlace, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Aims:
    """What a change comes to (变更代价), the first weighs most.

    Visits newly lost, told units moved, visits moved, people changed, days of shift.
    """

    lost: int
    told: int
    moved: int
    people: int
    days: int


@dataclass(frozen=True, kw_only=True)
class ChangeOrder:
    """A change order on record (变更单).

    `first`: the first half-day that it could change, `notice`: the first one after the notice period, "" where
    inspectors were not drawn yet; `leave`: inspector → half-days that he is out; `rows`: first and
    last `no` in changes.json, (0, 0) where inspectors were not drawn yet and the calendar was made anew; `aims` and
    `least`, the (lost, told, moved) below which no change is, are None then; `lost`: visit → why it has no half-day
    left, then unit → why the calendar does not hold it any more; `frozen`: half-days asked for that had begun.
    """

    asked: Asked
    at: str
    first: str
    no: int
    notice: str = ""
    frozen: tuple[str, ...] = ()
    leave: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: tuple[int, int] = (0, 0)
    aims: Aims | None = None
    least: tuple[int, int, int] | None = None
    lost: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The order's evidence (变更单摘要): SHA-256 of what was asked, by whom and when, hex."""
        asked = asdict(self.asked)
        for place in asked["urgent"]:
            for name in [name for name in SAID_SINCE if not place[name]]:
                del place[name]
        return hashlib.sha256(canonical_json({"asked": asked, "at": self.at, "no": self.no})).hexdigest()

    def to_bytes(self) -> bytes:
        """Return the file's bytes (文件字节)."""
        return canonical_json(asdict(self))

    @classmethod
    def from_bytes(cls, source: bytes) -> ChangeOrder:
        """Read the file (读取文件)."""
        raw = _tuples(parse_canonical(source))
        asked = _tuples(raw["asked"])
        asked["urgent"] = tuple(UrgentPlace(**_tuples(one)) for one in asked["urgent"])
        raw["asked"] = Asked(**asked)
        raw["aims"] = None if raw["aims"] is None else Aims(**raw["aims"])
        raw["leave"] = _tuples(raw["leave"])
        return cls(**raw)


def _tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in raw.items()}
