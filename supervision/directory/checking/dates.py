"""Dates (日期): what a written day means, in Beijing.

A time with a zone is a moment, and its day is the day in Beijing (UTC+8, and UTC+9 in the summers of 1986 to 1991).
23:59:17 is midnight less the 43 seconds by which Shanghai's local mean time differs from UTC+8: browsers that take the
one for the other write it for the day that follows. A number counts days as a spreadsheet of the 1900 system does;
workbooks of the other system are brought to it when they are read.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, timezone

from supervision.directory.checking.conventions import Noted
from supervision.errors import SupervisionError

DAY_ZERO = date(1899, 12, 30)
BEIJING = timedelta(hours=8)
FOREVER = date(9999, 9, 9)
FOREVER_WORDS = frozenset({"长期", "长期有效", "永久", "永久有效", "无期限", "无固定期限", "long term", "permanent"})
FIRST_YEAR, LAST_YEAR = 1800, 9998
NO_DAY = re.compile(
    r"(0{1,4}([-/.]0{1,2}){0,2}|0{8}|1900-0?1-0?0|1899-12-3[01]|0001-01-01)([ T]0?0:00(:00(\.0+)?)?Z?)?"
)
SHORT = (time(23, 59, 17), time(23, 59, 18))
SUMMERS = {  # tz database, rules PRC: from 2 o'clock on the first day to 2 o'clock (summer time) on the second
    1986: (date(1986, 5, 4), date(1986, 9, 14)),
    1987: (date(1987, 4, 12), date(1987, 9, 13)),
    1988: (date(1988, 4, 17), date(1988, 9, 11)),
    1989: (date(1989, 4, 16), date(1989, 9, 17)),
    1990: (date(1990, 4, 15), date(1990, 9, 16)),
    1991: (date(1991, 4, 14), date(1991, 9, 15)),
}
_DAY = r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})|年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日?)"
_TIME = r"(?P<h>\d{1,2})[:时](?P<min>\d{2})(?:[:分](?P<s>\d{2})(?:\.\d+)?秒?|分)?"
_ZONE = r"(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)"
_WRITTEN = re.compile(rf"{_DAY}(?:[ T]*{_TIME} ?{_ZONE}?)?", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTHS = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = re.compile(
    r"(?:[a-z]{3},? )?(?:(?P<mon>[a-z]{3}) (?P<d>\d{1,2})|(?P<d2>\d{1,2}) (?P<mon2>[a-z]{3})) (?P<y>\d{4}) "
    rf"{_TIME} {_ZONE}(?: ?\(.*\))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5,7}(\.\d+)?")
_NUMBERS = ((10_000, 99_999), (2_958_101, 2_958_465))


def read_date(text: str, *, endless: bool) -> date | Noted | None:
    """Return the day that a text in NFKC means (读日期), or None for a day that is none, with a note.

    `endless`: the column may say that something never ends. Raises SupervisionError with the reason.
    """
    if NO_DAY.fullmatch(text):
        return Noted(None, "directory.note_no_day")
    if text.casefold() in FOREVER_WORDS:
        return _bounded(FOREVER, endless=endless)
    try:
        found = _read(text)
    except ValueError as error:
        raise SupervisionError("directory.no_such_day") from error
    if found is None:
        raise SupervisionError("directory.bad_date")
    day = found.value if isinstance(found, Noted) else found
    if isinstance(day, date):
        _bounded(day, endless=endless)
    return found


def _read(text: str) -> date | Noted | None:
    if found := _WRITTEN.fullmatch(text):
        day = date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
        return day if found["h"] is None else _moment(day, found)
    if found := _COMPACT.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _ENGLISH.fullmatch(text):
        month = _MONTHS.index((found["mon"] or found["mon2"]).casefold())
        return _moment(date(int(found["y"]), month, int(found["d"] or found["d2"])), found)
    if _NUMBER.fullmatch(text):
        number = int(text.partition(".")[0])
        if any(low <= number <= high for low, high in _NUMBERS):
            return Noted(DAY_ZERO + timedelta(days=number), "directory.note_day_number")
    return None


def _moment(day: date, found: re.Match[str]) -> date | Noted:
    """Return the day in Beijing of a day with a time (带时刻的日期)."""
    clock = time(int(found["h"]), int(found["min"]), int(found["s"] or 0))
    at = datetime.combine(day, clock)
    zone = found["zone"]
    if zone is not None:
        at = _in_beijing(at - _offset(zone))
    if SHORT[0] <= at.time() < SHORT[1]:
        return Noted(at.date() + timedelta(days=1), "directory.note_short_day")
    if at.date() != day:
        return Noted(at.date(), "directory.note_zoned")
    return day if at.time() == time() else Noted(day, "directory.note_time")


def _offset(zone: str) -> timedelta:
    digits = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if digits is None:
        return timedelta()
    size = timedelta(hours=int(digits[2]), minutes=int(digits[3] or 0))
    timezone(size)  # refuses 24 hours and more
    return -size if digits[1] == "-" else size


def _in_beijing(moment: datetime) -> datetime:
    """Return a moment of UTC as Beijing's clocks showed it (北京时间)."""
    there = moment + BEIJING
    if there.year in SUMMERS:
        first, last = SUMMERS[there.year]
        begins, ends = datetime.combine(first, time(2)), datetime.combine(last, time(1))
        there += timedelta(hours=1) if begins <= there < ends else timedelta()
    return there


def _bounded(day: date, *, endless: bool) -> date:
    """Refuse a day that cannot be meant (检查日期范围): a year before 1800, or no end where there must be one."""
    if day.year > LAST_YEAR and not endless:
        raise SupervisionError("directory.no_end_here")
    if day.year < FIRST_YEAR:
        raise SupervisionError("directory.bad_date")
    return day
