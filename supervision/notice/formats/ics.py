"""Calendar file (日历文件): the visits of an office or of one inspector, for the calendar of a phone or of Outlook.

RFC 5545. A visit keeps its UID for ever; its SEQUENCE grows with every change, so that a calendar that has the old file
moves the entry. What holds no more comes again as cancelled, as a calendar would keep it otherwise. The same content
gives the same bytes: every stamp is the month's first moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneStandard, vDatetime, vText
from icalendar.parser import Contentline

from supervision.messages import say
from supervision.notice.office_content import OfficeContent
from supervision.notice.site.data import records
from supervision.tables import tuples

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
    entry = cache(lambda visit, half_days: _event(content, rows[visit], half_days))
    office = content.office.name
    gone: dict[str, list[bytes]] = {}
    for row in records(content.withdrawn):
        gone.setdefault(row["inspector_id"], []).append(_withdrawn(content, row, stands=row["visit_id"] in rows))
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


def _withdrawn(content: OfficeContent, row: Mapping[str, str], *, stands: bool) -> bytes:
    """An entry that holds no more; `stands`: the visit is held, by others."""
    code = "notice.ics.released" if stands else "notice.ics.cancelled"
    summary = _line("SUMMARY", say(code, mark=_mark(content), name=row["name"]))
    return _entry(content, row, row["half_days"], summary, _line("STATUS", "CANCELLED"))


def _event(content: OfficeContent, row: Mapping[str, str], half_days: str) -> bytes:
    street = "" if row["street"] in row["address"] else row["street"]
    told = {name: row[name] or say("notice.ics.none") for name in ("joint", "lead")}
    words = {name: row[name] for name in ("items", "inspectors", "tasks", "visit_id")}
    summary = _line("SUMMARY", say("notice.ics.summary", mark=_mark(content), name=row["name"]))
    description = _line("DESCRIPTION", say("notice.ics.description", **told, **words))
    return _entry(content, row, half_days, summary, description + _line("LOCATION", f"{street}{row['address']}"))


def _entry(content: OfficeContent, row: Mapping[str, str], half_days: str, summary: bytes, more: bytes) -> bytes:
    """What every entry says: which visit, as of which change, from when to when; `more` are its other lines.

    Only what is an entry's own is put into lines anew, for an office has hundreds of entries and its inspectors, too.
    """
    heading, first, last = content.heading, half_days.split(" ", maxsplit=1)[0], half_days.rsplit(" ", maxsplit=1)[-1]
    uid = uuid5(NAMESPACE_URL, f"{heading.key}/{content.office.office_id}/{row['visit_id']}")
    lines = (
        b"BEGIN:VEVENT\r\n",
        summary,
        _moment("DTSTART", first[:10], content.hours[first[10:]][0]),
        _moment("DTEND", last[:10], content.hours[last[10:]][1]),
        _stamp(heading.round),
        f"UID:{uid}\r\nSEQUENCE:{int(row['version'])}\r\nCLASS:CONFIDENTIAL\r\n".encode(),
        more,
        b"END:VEVENT\r\n",
    )
    return b"".join(lines)


def _line(name: str, text: str) -> bytes:
    """One line of an entry, with the library's marks and folds."""
    return _content_line(name, vText(text))


def _content_line(name: str, value: Any) -> bytes:
    line: bytes = Contentline.from_parts(name, value.params, value).to_ical()
    return line + b"\r\n"


@cache
def _stamp(round_id: str) -> bytes:
    first = datetime(int(round_id[:4]), int(round_id[5:7]), 1, tzinfo=ZONE).astimezone(UTC)
    return _content_line("DTSTAMP", vDatetime(first))


@cache
def _moment(name: str, day: str, clock: str) -> bytes:
    """The first or last moment of a half-day, by the city's office hours."""
    return _content_line(name, vDatetime(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)))


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
