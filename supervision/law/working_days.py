"""Working days (工作日): a year's notice of holidays and make-up days, the calendar register, and quiet days.

A year is known when its whole notice is here: a file `<year>.yaml` (shipped, or the city's own, which replaces the
shipped one whole), or register rows for everywhere that are a whole arrangement as `holiday_notice` says, never less.
In a known year Monday to Friday are working days but for the holidays, and make-up days are too. Register rows
override day by day, and a region's row overrides the row for everywhere. Any other year is refused: nobody can know
it before the notice is out.

Quiet days (企业安静日) are working days without visits: deadlines count them, half-days leave them out. They come from
the rule shared/quiet_days and from register rows of kind quiet, and never make a year known. A row of kind workday on
a day that works anyway is an exception from the rule's quiet days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pandas as pd

from supervision.errors import SupervisionError
from supervision.law.holiday_notice import NamedDay, shortcomings, statutory_holidays
from supervision.law.rules import CALENDAR_FOLDER
from supervision.law.strict_yaml import check_keys, read_yaml, typed
from supervision.messages import Message

EVERYWHERE = ""
_SATURDAY = 5
_LONGEST_MONTH = 31
_ONE_DAY = timedelta(days=1)
_NOTHING = Message("law.holiday_notice.nothing")

Row = tuple[str, date, str, str]  # region, day, kind, name of the holiday


@dataclass(frozen=True, kw_only=True)
class Workdays:
    """The working days of the known years (工作日历).

    `announced`: day → does it work, where the notice departs from the week; `register`: (region, day) → kinds of the
    calendar register, region "" = everywhere; `quiet`: days of the month on which nobody is visited; `lacking`: year →
    what the register's rows lack to make it known.
    """

    years: frozenset[int]
    announced: Mapping[date, bool]
    register: Mapping[tuple[str, date], str]
    quiet: frozenset[int]
    lacking: Mapping[int, tuple[Message, ...]] = field(default_factory=dict)

    @classmethod
    def read(
        cls,
        files: Mapping[str, bytes],
        register: pd.DataFrame | None,
        quiet: Any,
        *,
        city: Mapping[str, bytes] | None = None,
        statutory: Callable[[int], Any] | None = None,
    ) -> Workdays:
        """Read the working days (读取工作日历).

        `files`: file name → bytes of one YAML a year; `register`: the calendar register with columns date
        (datetime64[s]), kind (workday, holiday, quiet), name (of the holiday), region (missing = everywhere); `quiet`:
        value of the rule shared/quiet_days, None or {"days": [1, …]}; `city`: the city's rule folder, of which
        `calendar/<year>.yaml` replace shipped years; `statutory`: year → value of the rule shared/statutory_holidays,
        without which no register row makes a year known and the city's files are taken as they are. Malformed files
        and rows, and a city's file that is no whole arrangement, raise SupervisionError naming file, date and what is
        missing.
        """
        own = {path: source for path, source in (city or {}).items() if path.startswith(CALENDAR_FOLDER)}
        notices = _read_years(files, None) | _read_years(own, statutory)
        rows = list(_register_rows(register))
        lacking = lacking_years(rows, notices, statutory)
        named = {day.year for _, day, kind, _ in rows if kind != "quiet"}
        return cls(
            years=frozenset((named - lacking.keys()) | notices.keys()),
            announced={day: works for notice in notices.values() for day, works in notice.items()},
            register={(region, day): kind for region, day, kind, _ in rows},
            quiet=_quiet_days(quiet),
            lacking=lacking,
        )

    def is_workday(self, day: date, region: str | None = None) -> bool:
        """Tell whether people work on a day (是否工作日), in a region where one is given.

        A year that is not known raises `workdays.year_not_announced`.
        """
        if day.year not in self.years:
            missing = self.lacking.get(day.year, (_NOTHING,))
            raise SupervisionError("law.working_days.year_not_announced", year=day.year, date=day, missing=missing)
        for kind in self._kinds(day, region):
            if kind != "quiet":
                return kind == "workday"
        return self._works_by_notice(day)

    def workdays(self, start: date, end: date, region: str | None = None) -> list[date]:
        """Return the working days from `start` to `end`, both included (期间的工作日)."""
        return [day for day in _days(start, end) if self.is_workday(day, region)]

    def half_days(self, start: date, end: date, region: str | None = None) -> list[str]:
        """Return the half-days for visits from `start` to `end` (可入企的半日), such as "2026-12-03T1", in order.

        Working days without the quiet ones; T1 is the morning, T2 the afternoon. Without a region only what holds
        everywhere counts.
        """
        days = (day for day in self.workdays(start, end, region) if not self.is_quiet(day, region))
        return [f"{day.isoformat()}T{half}" for day in days for half in (1, 2)]

    def is_quiet(self, day: date, region: str | None = None) -> bool:
        """Tell whether a day is kept free of visits (是否安静日), by the register first, then by the rule."""
        kinds = self._kinds(day, region)
        if kinds:
            excepted = kinds[0] == "workday" and self._works_by_notice(day)
            return kinds[0] == "quiet" or (not excepted and day.day in self.quiet)
        return day.day in self.quiet

    def add(self, day: date, working_days: int) -> date:
        """Return the day on which a period of working days ends (期限届满日).

        The count starts on the day after `day`: add(Friday, 1) is Monday. 0 gives `day` itself; a negative number
        raises `workdays.negative`, a year that is not known `workdays.year_not_announced`.
        """
        if working_days < 0:
            raise SupervisionError("law.working_days.negative", days=working_days)
        left = working_days
        while left:
            day += _ONE_DAY
            left -= self.is_workday(day)
        return day

    def _works_by_notice(self, day: date) -> bool:
        return self.announced.get(day, day.weekday() < _SATURDAY)

    def _kinds(self, day: date, region: str | None) -> list[str]:
        places = (EVERYWHERE,) if region is None else (region, EVERYWHERE)
        return [self.register[place, day] for place in places if (place, day) in self.register]


def _days(start: date, end: date) -> Iterator[date]:
    return (start + timedelta(days=number) for number in range((end - start).days + 1))


def lacking_years(
    rows: list[Row], known: Mapping[int, Any], statutory: Callable[[int], Any] | None
) -> dict[int, tuple[Message, ...]]:
    """Return what the register's rows lack (登记的安排不完整之处), for each year with rows that they do not make known.

    `known`: years that a file announces, of which rows may be as few as they like.
    """
    found: dict[int, tuple[Message, ...]] = {}
    for year in sorted({day.year for _, day, _, _ in rows} - known.keys()):
        days = {
            day: NamedDay(works=kind == "workday", name=name)
            for region, day, kind, name in rows
            if day.year == year and kind != "quiet" and region == EVERYWHERE
        }
        if not days or statutory is None:
            found[year] = (_NOTHING,)
        elif missing := shortcomings(year, days, statutory_holidays(statutory(year))):
            found[year] = missing
    return found


def _read_years(files: Mapping[str, bytes], statutory: Callable[[int], Any] | None) -> dict[int, dict[date, bool]]:
    years: dict[int, dict[date, bool]] = {}
    for file in sorted(files):
        year, days, special = _read_year(file, files[file])
        if year in years:
            raise SupervisionError("law.working_days.year_twice", file=file, year=year)
        years[year] = {day: one.works for day, one in days.items()}
        if statutory is not None:
            missing = shortcomings(year, days, statutory_holidays(statutory(year)), special=special)
            if missing:
                raise SupervisionError("law.working_days.notice_incomplete", file=file, year=year, missing=missing)
    return years


def _read_year(file: str, source: bytes) -> tuple[int, dict[date, NamedDay], Mapping[str, int]]:
    raw = read_yaml(file, source)
    check_keys(raw, ("year", "source", "verified", "holidays", "make_up"), ("special",), file=file)
    year: int = typed(raw["year"], int, file=file, place="", key="year")
    typed(raw["source"], list, file=file, place="", key="source")
    typed(raw["verified"], bool, file=file, place="", key="verified")
    special = typed(raw.get("special", {}), dict, file=file, place="", key="special")
    for name, more in special.items():
        typed(more, int, file=file, place="special", key=str(name))
    days: dict[date, NamedDay] = {}
    for key, works in (("holidays", False), ("make_up", True)):
        for day, name in typed(raw[key], dict, file=file, place="", key=key).items():
            typed(day, date, file=file, place=key, key=key)
            typed(name, str, file=file, place=key, key=str(day))
            if day.year != year:
                raise SupervisionError("law.working_days.other_year", file=file, date=day, year=year)
            if day in days:
                raise SupervisionError("law.working_days.day_twice", file=file, date=day)
            days[day] = NamedDay(works=works, name=name)
    return year, days, special


def _register_rows(register: pd.DataFrame | None) -> Iterator[Row]:
    if register is None:
        return
    names = register["name"] if "name" in register.columns else pd.Series("", index=register.index)
    for day, kind, region, name in zip(register["date"], register["kind"], register["region"], names, strict=True):
        if kind not in ("workday", "holiday", "quiet"):
            raise SupervisionError("law.working_days.kind", date=day.date(), kind=kind)
        place = EVERYWHERE if pd.isna(region) else str(region)
        yield place, day.date(), str(kind), "" if pd.isna(name) else str(name)


def _quiet_days(value: Any) -> frozenset[int]:
    if value is None:
        return frozenset()
    days = value.get("days") if isinstance(value, dict) and set(value) == {"days"} else None
    if not isinstance(days, list) or not all(type(day) is int and 1 <= day <= _LONGEST_MONTH for day in days):
        raise SupervisionError("law.working_days.quiet_days", value=value)
    return frozenset(days)
