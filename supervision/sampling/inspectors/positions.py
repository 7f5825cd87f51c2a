"""What the second draw starts from (人员抽取的起点): places, inspectors, recusals; draw protocol 2, section 7."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from supervision.domain.visits import PARTS, HalfDay, VisitId
from supervision.errors import SupervisionError
from supervision.tables import TableSchema, tuples

CALENDAR = TableSchema(
    name="calendar.csv",
    columns={"visit_id": "str", "office": "str", "place": "int64", "half_days": "str", "items": "str"},
    units={"place": "from 1 in each visit and office", "half_days": "joined by a space", "items": "joined by a space"},
)
ROSTER = TableSchema(
    name="roster.csv",
    columns={
        **dict.fromkeys(("inspector_id", "office", "from", "until", "scopes"), "str"),
        "daily_limit": "int64",
        "absent": "str",
    },
    units={"daily_limit": "half-days", "absent": "half-days joined by a space"},
)
RECUSALS = TableSchema(name="recusals.csv", columns=dict.fromkeys(("inspector_id", "unit_id", "ground"), "str"))


@dataclass(frozen=True, kw_only=True)
class Place:
    """One inspector's place in a visit (检查岗位): `half_days` in time order, `items` it must be able to check."""

    visit_id: str
    office: str
    place: int
    half_days: tuple[str, ...]
    items: frozenset[str]

    @property
    def key(self) -> tuple[str, str, int]:
        """Visit, office and place number (岗位标识)."""
        return self.visit_id, self.office, self.place

    @cached_property
    def unit_id(self) -> str:
        """The unit that is visited (检查对象)."""
        return VisitId.parse(self.visit_id).unit_id

    @property
    def label(self) -> bytes:
        """The bytes of the place under P and R (岗位字节)."""
        return f"{self.visit_id}\x1f{self.office}\x1f{self.place}\x1f".encode()

    @property
    def day(self) -> str:
        """The day of the place (检查日期), as 2026-12-03."""
        return self.half_days[0][:10]

    @property
    def is_whole_day(self) -> bool:
        """Tell whether the place takes both half-days (是否全天)."""
        return len(self.half_days) == 2


@dataclass(frozen=True, kw_only=True)
class Inspector:
    """An inspector of the roster (执法检查人员): on duty from `first` to `last` but in `absent` half-days."""

    inspector_id: str
    office: str
    first: str
    last: str
    scopes: frozenset[str]
    daily_limit: int
    absent: frozenset[str]

    def on_duty(self, half_days: Iterable[str]) -> bool:
        """Return whether the inspector can come in all these half-days (是否在岗)."""
        return all(self.first <= one[:10] <= self.last and one not in self.absent for one in half_days)


def places_of(calendar: pd.DataFrame) -> list[Place]:
    """Return the places of a calendar (日程中的岗位): columns visit_id, office, place, half_days, items (texts joined).

    All places of a visit are on one day and begin in its first half-day; a place takes that one or, from the morning,
    both. None may stand twice. Otherwise SupervisionError names the place.
    """
    found = [
        Place(
            visit_id=row[0],
            office=row[1],
            place=int(row[2]),
            half_days=tuple(sorted(_words(row[3]))),
            items=frozenset(_words(row[4])),
        )
        for row in tuples(calendar, *CALENDAR.names)
    ]
    first: dict[str, str] = {}
    seen: set[tuple[str, str, int]] = set()
    for place in found:
        if place.key in seen or not _is_one_day(place.half_days):
            raise SupervisionError("sampling.place", visit=place.visit_id, office=place.office, place=place.place)
        seen.add(place.key)
        if first.setdefault(place.visit_id, place.half_days[0]) != place.half_days[0]:
            raise SupervisionError("sampling.place_begins", visit=place.visit_id, half_day=place.half_days[0])
    return found


def _is_one_day(half_days: tuple[str, ...]) -> bool:
    if len(half_days) == 1:
        HalfDay.parse(half_days[0])
        return True
    day = half_days[0][:10] if half_days else ""
    return bool(day) and half_days == tuple(str(HalfDay(day=date.fromisoformat(day), part=part)) for part in PARTS)


def inspectors_of(roster: pd.DataFrame) -> list[Inspector]:
    """Return the inspectors of a roster (人员名录): the columns of roster.csv, lists as texts joined by one space."""
    found = [
        Inspector(
            inspector_id=row[0],
            office=row[1],
            first=str(row[2])[:10],
            last=str(row[3])[:10],
            scopes=frozenset(_words(row[4])),
            daily_limit=int(row[5]),
            absent=frozenset(_words(row[6])),
        )
        for row in tuples(roster, *ROSTER.names)
    ]
    if len({one.inspector_id for one in found}) != len(found):
        twice = roster["inspector_id"][roster["inspector_id"].duplicated()].iloc[0]
        raise SupervisionError("sampling.inspector_twice", inspector=twice)
    return sorted(found, key=lambda one: one.inspector_id)


def roster_changes(before: pd.DataFrame, now: pd.DataFrame) -> list[tuple[str, str, str, str]]:
    """Return what differs between two rosters (名册变动), section 3: inspector_id, field, was, is; sorted.

    Field `inspector_id` stands for one who is new or gone.
    """
    old, new = (_rows_by_id(one) for one in (before, now))
    rows = [(who, "inspector_id", "", who) for who in new.keys() - old.keys()]
    rows += [(who, "inspector_id", who, "") for who in old.keys() - new.keys()]
    for who in old.keys() & new.keys():
        pairs = zip(ROSTER.names[1:], old[who], new[who], strict=True)
        rows += [(who, name, was, now_is) for name, was, now_is in pairs if was != now_is]
    return sorted(rows)


def _rows_by_id(roster: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    cells = ROSTER.from_csv(ROSTER.to_csv(roster)).astype("str")
    return {row[0]: row[1:] for row in tuples(cells)}


def recusal_pairs(recusals: pd.DataFrame) -> frozenset[tuple[str, str]]:
    """Return who is recused from which unit (回避关系): pairs (inspector_id, unit_id)."""
    return frozenset(zip(recusals["inspector_id"].tolist(), recusals["unit_id"].tolist(), strict=True))


def offices(people: Iterable[Inspector]) -> Mapping[str, list[Inspector]]:
    """Return the inspectors of each office (各机构人员), sorted by inspector_id."""
    found: dict[str, list[Inspector]] = {}
    for one in people:
        found.setdefault(one.office, []).append(one)
    return found


def _words(value: Any) -> list[str]:
    return value.split() if isinstance(value, str) else []
