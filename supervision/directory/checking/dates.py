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
    r"(0{1,4}([-/.]0{1,2}){0,2}|0{8}|1900-0?1-0?[01]|1899-12-3[01]|0001-01-01|1753-01-01)([ T]0?0:00(:00(\.0+)?)?Z?)?"
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
_DAY = (
    r"(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})\.?"
    r"| ?年 ?(?P<m2>\d{1,2}) ?月 ?(?P<d2>\d{1,2}) ?[日号]?)"
)
_TIME = r"(?P<h>\d{1,2})[:时](?:(?P<min>\d{2})(?:[:分](?P<s>\d{2})(?:\.\d+)?秒?|分)?)?"
_HALF = r"(?P<half>凌晨|早上|上午|中午|下午|晚上|AM|PM)"
_ZONE = r"(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)"
_WEEKDAY = r"(?P<week>(?:星期|周|礼拜)[一二三四五六日天])"
_WRITTEN = re.compile(
    rf"{_DAY}(?:[ ,]*\(?{_WEEKDAY}\)?)?(?:[ T]*{_HALF}? ?{_TIME} ?(?P<after>AM|PM)? ?{_ZONE}?)?", re.IGNORECASE
)
_PLAIN = re.compile(r"(19[1-9]|20[0-9])[0-9]-[0-9]{2}-[0-9]{2}")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_COMPACT_TIME = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})[ T]?(?P<h>\d{2})(?P<min>\d{2})(?P<s>\d{2})")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_ENGLISH = re.compile(
    r"(?:[a-z]{3},? )?(?:(?P<mon>[a-z]{3}) (?P<d>\d{1,2})|(?P<d2>\d{1,2}) (?P<mon2>[a-z]{3})) (?P<y>\d{4}) "
    rf"{_TIME} {_ZONE}(?: ?\(.*\))?",
    re.IGNORECASE,
)
_ENGLISH_DAY = re.compile(
    r"(?:(?P<mon>[a-z]{3,9})\.? (?P<d>\d{1,2}),?|(?P<d2>\d{1,2})[- ](?P<mon2>[a-z]{3,9}))[- ](?P<y>\d{4})",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5,7}(\.\d+)?")
_NUMBERS = ((10_000, 99_999), (2_958_101, 2_958_465))
_UNCERTAIN = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(\d{2}|\d{4})( .*)?|\d{1,2}-[a-z]{3}-\d{2}", re.IGNORECASE)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_AFTERNOON = ("下午", "晚上", "pm")
_MORNING = ("凌晨", "早上", "上午", "am")


def plain_day(text: str) -> date | None:
    """Return the day of a text like 2026-01-05 within living memory (通常写法), None for all others.

    What it gives is what `read_date` gives; it only saves the time of asking what else the text might be.
    """
    if not _PLAIN.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_date(text: str, *, endless: bool) -> date | Noted | None:
    """Return the day that a text in NFKC means (读日期), or None for a day that is none, with a note.

    `endless`: the column may say that something never ends. Raises SupervisionError with the reason.
    """
    text = text.translate(_DASHES)
    if NO_DAY.fullmatch(text):
        return Noted(None, "directory.note_no_day")
    if text.casefold() in FOREVER_WORDS:
        return _bounded(FOREVER, endless=endless)
    try:
        found = _read(text)
    except ValueError as error:
        raise SupervisionError("directory.no_such_day") from error
    if found is None:
        raise SupervisionError("directory.date_order" if _UNCERTAIN.fullmatch(text) else "directory.bad_date")
    day = found.value if isinstance(found, Noted) else found
    if isinstance(day, date):
        _bounded(day, endless=endless)
    return found


def _read(text: str) -> date | Noted | None:
    if found := _WRITTEN.fullmatch(text):
        day = date(int(found["y"]), int(found["m"] or found["m2"]), int(found["d"] or found["d2"]))
        if found["week"] and "一二三四五六日".index(found["week"][-1].replace("天", "日")) != day.weekday():
            raise SupervisionError("directory.weekday_differs", weekday=found["week"])
        half = found["half"] or found["after"]
        return day if found["h"] is None else _moment(day, _clock(found, half), found["zone"])
    if found := _COMPACT.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _COMPACT_TIME.fullmatch(text):
        return _moment(date(int(found["y"]), int(found["m"]), int(found["d"])), _clock(found), None)
    if found := _ENGLISH.fullmatch(text):
        day = date(int(found["y"]), _month(found["mon"] or found["mon2"]), int(found["d"] or found["d2"]))
        return _moment(day, _clock(found), found["zone"])
    if found := _ENGLISH_DAY.fullmatch(text):
        return date(int(found["y"]), _month(found["mon"] or found["mon2"]), int(found["d"] or found["d2"]))
    if _NUMBER.fullmatch(text):
        number = int(text.partition(".")[0])
        if any(low <= number <= high for low, high in _NUMBERS):
            return Noted(DAY_ZERO + timedelta(days=number), "directory.note_day_number")
    return None


def _month(word: str) -> int:
    """Return the number of an English month, whole or short (英文月份), 0 for another word."""
    return next((at for at, name in enumerate(_MONTHS, start=1) if name.startswith(word.casefold())), 0)


def _clock(found: re.Match[str], half: str | None = None) -> time:
    """Return the time of day that was written (时刻), of 12 hours where it says which half of the day."""
    hour, minute, second = int(found["h"]), int(found["min"] or 0), int(found["s"] or 0)
    if hour == 24 and not minute and not second:
        raise SupervisionError("directory.hour_24")
    word = (half or "").casefold()
    if word in _AFTERNOON and hour < 12:
        hour += 12
    elif word in _MORNING and hour == 12:
        hour = 0
    return time(hour, minute, second)


def _moment(day: date, clock: time, zone: str | None) -> date | Noted:
    """Return the day in Beijing of a day with a time (带时刻的日期)."""
    at = datetime.combine(day, clock)
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
