"""The notice of a year's holidays (放假安排通知): whether an arrangement is whole.

Every statutory holiday is named, and its days off are those of the law: rest days from Monday to Friday less make-up
days on Saturday and Sunday are the days of the rule shared/statutory_holidays, for a statutory day that falls on a
weekend is made up for in the week. Holidays that the notice joins ("国庆节、中秋节") are counted together, days under
another name, such as one day of remembrance, by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervision.errors import SupervisionError
from supervision.law.code_lists import normal
from supervision.messages import Message

RULE = "shared/statutory_holidays"
_SATURDAY = 5
_APART = re.compile("[、,，;；/ ]+|和|与|及")
_KEYS = {"name", "days", "on", "aliases"}


@dataclass(frozen=True, kw_only=True)
class NamedDay:
    """One day of a notice (通知中的一天): whether people work on it, and the name of its holiday as written."""

    works: bool
    name: str


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A statutory holiday (法定节日): its `days` off a year, the days of every year among them, its writings."""

    name: str
    days: int
    on: tuple[tuple[int, int], ...]
    writings: frozenset[str]


def statutory_holidays(value: Any) -> tuple[Holiday, ...]:
    """Read the value of the rule shared/statutory_holidays (读取法定节日); another shape raises."""
    entries: list[Any] = value if isinstance(value, list) else [None]
    if not all(isinstance(one, dict) and set(one) == _KEYS and type(one["days"]) is int for one in entries):
        raise SupervisionError("law.holiday_notice.rule", rule=RULE, value=value)
    return tuple(
        Holiday(
            name=str(one["name"]),
            days=one["days"],
            on=tuple((int(day[:2]), int(day[3:])) for day in one["on"]),
            writings=frozenset(normal(word) for word in (one["name"], *one["aliases"])),
        )
        for one in entries
    )


def shortcomings(
    year: int,
    days: Mapping[date, NamedDay],
    holidays: Collection[Holiday],
    *,
    special: Mapping[str, int] | None = None,
) -> tuple[Message, ...]:
    """Return what a year's arrangement lacks (安排不完整之处), nothing where it is whole.

    `days`: every rest day and make-up day of the arrangement; weekends may stand among the rest days or not.
    `special`: holiday → days off beyond the statutory ones, by a notice of its own.
    """
    return (*_nameless(days), *_days_off(days, holidays, special or {}), *_at_work(year, days, holidays))


def _nameless(days: Mapping[date, NamedDay]) -> Iterator[Message]:
    for day in sorted(days):
        if not days[day].name.strip():
            yield Message.of("law.holiday_notice.no_name", date=day)


def _days_off(
    days: Mapping[date, NamedDay], holidays: Collection[Holiday], special: Mapping[str, int]
) -> Iterator[Message]:
    """Holidays that are missing or have too many or too few days off, joined ones together."""
    meant = {day: _meant(one.name, holidays) for day, one in days.items()}
    for group in _groups(meant.values(), holidays):
        own = [one for one in holidays if one.name in group]
        names, wanted = "、".join(one.name for one in own), sum(one.days + special.get(one.name, 0) for one in own)
        listed = {day: one for day, one in days.items() if meant[day] & group}
        off = sum(not one.works and day.weekday() < _SATURDAY for day, one in listed.items())
        off -= sum(one.works and day.weekday() >= _SATURDAY for day, one in listed.items())
        if all(one.works for one in listed.values()):
            yield Message.of("law.holiday_notice.missing", name=names, days=wanted)
        elif off != wanted:
            yield Message.of("law.holiday_notice.days_off", name=names, days=wanted, found=off)


def _at_work(year: int, days: Mapping[date, NamedDay], holidays: Collection[Holiday]) -> Iterator[Message]:
    """Statutory days of every year on which people would work."""
    for holiday in holidays:
        for month, number in holiday.on:
            day = date(year, month, number)
            if days[day].works if day in days else day.weekday() < _SATURDAY:
                yield Message.of("law.holiday_notice.works", name=holiday.name, date=day)


def _meant(text: str, holidays: Collection[Holiday]) -> frozenset[str]:
    """The statutory holidays that a name as written means."""
    words = {normal(word) for word in (text, *_APART.split(text))}
    return frozenset(holiday.name for holiday in holidays if words & holiday.writings)


def _groups(meant: Collection[frozenset[str]], holidays: Collection[Holiday]) -> list[frozenset[str]]:
    """Holidays that no day joins stand alone, others together; in the order of the rule."""
    groups = [frozenset([holiday.name]) for holiday in holidays]
    for joined in meant:
        touched = [group for group in groups if group & joined]
        if len(touched) > 1:
            groups[groups.index(touched[0])] = frozenset().union(*touched)
            groups = [group for group in groups if group not in touched[1:]]
    return groups
