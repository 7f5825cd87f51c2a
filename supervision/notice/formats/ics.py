"""Calendar file (日历文件): the visits of an office or of one inspector, for the calendar of a phone or of Outlook.

RFC 5545. A visit keeps its UID for ever; its SEQUENCE grows with every change, so that a calendar that has the old file
moves the entry. What holds no more comes again as cancelled, as a calendar would keep it otherwise. The same content
gives the same bytes: every stamp is the month's first moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from supervision.messages import say
from supervision.notice.office_content import OfficeContent
from supervision.notice.public_content import tuples
from supervision.notice.site.data import records

NAME = "ics"
ZONE = ZoneInfo("Asia/Shanghai")
END = b"END:VCALENDAR\r\n"
MAKER = "-//shuangsuiji//supervision//ZH"


def write(content: OfficeContent) -> bytes:
    """Return the calendar file of an office (生成机构日历文件)."""
    return next(calendar_files(content))[1]


def calendar_files(content: OfficeContent) -> Iterator[tuple[str, bytes]]:
    """Yield the calendar file of an office under "", then one of each inspector under the id (机构与人员日历文件).

    Who is sent to a visit has the office's entry: it is put into bytes once, most of the work.
    """
    rows = {row["visit_id"]: row for row in records(content.visits)}
    entry = cache(lambda visit, half_days: _event(content, rows[visit], half_days).to_ical())
    office = content.office.name
    gone: dict[str, list[bytes]] = {}
    for row in records(content.withdrawn):
        event = _withdrawn(content, row, stands=row["visit_id"] in rows)
        gone.setdefault(row["inspector_id"], []).append(event.to_ical())
    yield (
        "",
        _book(content, office, [*(entry(visit, row["half_days"]) for visit, row in rows.items()), *gone.pop("", ())]),
    )
    names = dict(
        [*tuples(content.people, "inspector_id", "name"), *tuples(content.withdrawn, "inspector_id", "inspector")]
    )
    for who in sorted({*content.people["inspector_id"], *gone}):
        own = content.people[content.people["inspector_id"] == who]
        entries = [entry(visit, half_days) for visit, half_days in tuples(own, "visit_id", "half_days")]
        yield who, _book(content, f"{office} {names[who]}", [*entries, *gone.get(who, ())])


def _book(content: OfficeContent, whose: str, entries: Sequence[bytes]) -> bytes:
    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    name = say("notice.ics.name", mark=_mark(content), whose=whose, round=content.heading.round)
    book.add("x-wr-calname", name)
    book.add("x-wr-timezone", str(ZONE))
    book.add_component(_timezone())
    return b"".join([book.to_ical().removesuffix(END), *entries, END])


def _mark(content: OfficeContent) -> str:
    return say("notice.ics.rehearsal") if content.heading.rehearsal else ""


def _withdrawn(content: OfficeContent, row: Mapping[str, str], *, stands: bool) -> Event:
    """An entry that holds no more; `stands`: the visit is held, by others."""
    event = _entry(content, row, row["half_days"])
    event.add("status", "CANCELLED")
    code = "notice.ics.released" if stands else "notice.ics.cancelled"
    event.add("summary", say(code, mark=_mark(content), name=row["name"]))
    return event


def _event(content: OfficeContent, row: Mapping[str, str], half_days: str) -> Event:
    event = _entry(content, row, half_days)
    event.add("summary", say("notice.ics.summary", mark=_mark(content), name=row["name"]))
    street = "" if row["street"] in row["address"] else row["street"]
    event.add("location", f"{street}{row['address']}")
    told = {name: row[name] or say("notice.ics.none") for name in ("joint", "lead")}
    words = {name: row[name] for name in ("items", "inspectors", "tasks", "visit_id")}
    event.add("description", say("notice.ics.description", **told, **words))
    return event


def _entry(content: OfficeContent, row: Mapping[str, str], half_days: str) -> Event:
    """What every entry says: which visit, as of which change, from when to when."""
    heading, first, last = content.heading, half_days.split(" ", maxsplit=1)[0], half_days.rsplit(" ", maxsplit=1)[-1]
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{heading.key}/{content.office.office_id}/{row['visit_id']}")))
    event.add("dtstamp", datetime(int(heading.round[:4]), int(heading.round[5:7]), 1, tzinfo=ZONE).astimezone(UTC))
    event.add("sequence", int(row["version"]))
    event.add("dtstart", _moment(content, first, 0))
    event.add("dtend", _moment(content, last, 1))
    event.add("class", "CONFIDENTIAL")
    return event


def _moment(content: OfficeContent, half_day: str, end: int) -> datetime:
    """The first or last moment of a half-day, by the city's office hours."""
    day, half = half_day[:10], half_day[10:]
    return datetime.fromisoformat(f"{day}T{content.hours[half][end]}").replace(tzinfo=ZONE)


def _timezone() -> Timezone:
    """Beijing time without the summer times of 1986–1991."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", str(ZONE))
    standard.add("dtstart", datetime(1992, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=8))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone
