"""Calendar file (日历文件): the visits of an office or of one inspector, for the calendar of a phone or of Outlook.

RFC 5545. A visit keeps its UID for ever; its SEQUENCE grows when its day is set anew, so that a calendar that has the
old file moves the entry. The same content gives the same bytes: every stamp is the month's first moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneStandard

from supervision.messages import say
from supervision.notice.office_content import OfficeContent

NAME = "ics"
ZONE = ZoneInfo("Asia/Shanghai")
MAKER = "-//shuangsuiji//supervision//ZH"


def write(content: OfficeContent, inspector: str | None = None) -> bytes:
    """Return the calendar file of an office, or of one of its inspectors (生成日历文件)."""
    heading = content.heading
    book = Calendar()
    book.add("prodid", MAKER)
    book.add("version", "2.0")
    book.add("calscale", "GREGORIAN")
    names = dict(zip(content.people["inspector_id"], content.people["name"], strict=True))
    whose = content.office.name if inspector is None else f"{content.office.name} {names[inspector]}"
    mark = say("notice.ics.rehearsal") if heading.rehearsal else ""
    book.add("x-wr-calname", say("notice.ics.name", mark=mark, whose=whose, round=heading.round))
    book.add("x-wr-timezone", str(ZONE))
    book.add_component(_timezone())
    for row, half_days in _own(content, inspector):
        book.add_component(_event(content, row, half_days, mark))
    return bytes(book.to_ical())


def _own(content: OfficeContent, inspector: str | None) -> Iterator[tuple[Mapping[str, str], str]]:
    """The rows of visits with the half-days in which the office, or the inspector, is there."""
    mine = content.people[content.people["inspector_id"] == inspector]
    there = dict(zip(mine["visit_id"], mine["half_days"], strict=True))
    for row in content.visits.to_dict("records"):
        texts = {str(name): str(text) for name, text in row.items()}
        if inspector is None:
            yield texts, texts["half_days"]
        elif texts["visit_id"] in there:
            yield texts, there[texts["visit_id"]]


def _event(content: OfficeContent, row: Mapping[str, str], half_days: str, mark: str) -> Event:
    heading, first, last = content.heading, half_days.split(" ", maxsplit=1)[0], half_days.rsplit(" ", maxsplit=1)[-1]
    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_URL, f"{heading.key}/{content.office.office_id}/{row['visit_id']}")))
    event.add("dtstamp", datetime(int(heading.round[:4]), int(heading.round[5:7]), 1, tzinfo=ZONE).astimezone(UTC))
    event.add("sequence", int(row["version"]))
    event.add("dtstart", _moment(content, first, 0))
    event.add("dtend", _moment(content, last, 1))
    event.add("summary", say("notice.ics.summary", mark=mark, name=row["name"]))
    street = "" if row["street"] in row["address"] else row["street"]
    event.add("location", f"{street}{row['address']}")
    told = {name: row[name] or say("notice.ics.none") for name in ("joint", "lead")}
    words = {name: row[name] for name in ("items", "inspectors", "tasks", "visit_id")}
    event.add("description", say("notice.ics.description", **told, **words))
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
