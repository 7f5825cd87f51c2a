"""What is asked of a replanning (变更申请): read from words and a file, and checked before anything moves."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

from supervision.domain.visits import AFTERNOON, MORNING, PARTS, HalfDay
from supervision.errors import SupervisionError, UsageError
from supervision.month.change_order import ABSENT, BLOCKED, CLOSED, OFFICE, URGENT, Asked, UrgentPlace
from supervision.month.evidence import content_of, digest_of
from supervision.month.round import Round
from supervision.month.round_people import people_day
from supervision.sampling.bytes.identifiers import check_name, check_text

URGENT_COLUMNS = ("visit", "office", "half_days", "items", "people", "unit_id", "kind")
FOR_CAUSE = "for_cause"
LARGEST_TEAM = 20
NOBODY = "-"  # who approved what is only looked at


def read_request(
    round: Round,
    *,
    kind: str,
    subject: str = "",
    since: str = "",
    until: str = "",
    by: str,
    ground: str,
    urgent: Path | None = None,
    evidence: Path | None = None,
    look: bool = False,
) -> Asked:
    """Return what happened, as a change order has it (读取变更事由).

    With `look` nothing is approved yet: who entered it may see what it would come to.
    `since` and `until`: dates or half-days of leave, of a blocked unit or a closed office; `urgent`: a CSV file with
    `URGENT_COLUMNS`. A date that is none or not of the round's month, an office that is not there, a file of another
    form: UsageError.
    """
    check_name(by, what="by")
    check_text(ground, what="ground")
    if by == round.city.who and not look:
        raise SupervisionError("sampling.one_person", who=by)
    if kind == OFFICE:
        _known_office(round, subject)
    paper = urgent or evidence
    places = tuple(urgent_places(round, urgent)) if kind == URGENT and urgent is not None else ()
    halves = {half_day for place in places for half_day in place.half_days}
    begins = since if kind in (ABSENT, OFFICE, BLOCKED) else min(halves, default="")
    if begins and not round.is_rehearsal:
        _refuse_past(round, begins)
    return Asked(
        kind=kind,
        subject=subject,
        half_days=tuple(sorted(halves)) if kind in (URGENT, CLOSED) else span(round, since, until),
        ground=ground,
        by=by,
        reviewed_by=NOBODY if look else round.city.who,
        evidence=None if paper is None else digest_of(paper),
        urgent=places,
    )


def span(round: Round, since: str, until: str) -> tuple[str, ...]:
    """Return the half-days of the round's month from a date or half-day to another (起止半天)."""
    first, last = _half_day(since, MORNING), _half_day(until, AFTERNOON)
    if last < first:
        raise UsageError("month.replan_span", since=since, until=until)
    start, end = max(first.day, round.name.first_day), min(last.day, round.name.last_day)
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    found = [HalfDay(day=day, part=part) for day in days for part in PARTS]
    halves = tuple(str(one) for one in found if first <= one <= last)
    if not halves:
        raise UsageError("month.replan_month", since=since, until=until, round=round.id)
    return halves


def urgent_places(round: Round, path: Path) -> Iterator[UrgentPlace]:
    """Yield the places of a file's urgent visits (紧急检查的名额): a row a visit and office, `people` places each."""
    try:
        text = content_of(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("month.urgent_encoding", file=path) from error
    reader = csv.DictReader(StringIO(text))
    if tuple(reader.fieldnames or ()) != URGENT_COLUMNS:
        raise UsageError("month.urgent_header", file=path, wanted=",".join(URGENT_COLUMNS))
    rows, seen = list(reader), dict[tuple[str, str], tuple[str, str]]()
    named = {row["unit_id"] for row in rows}
    known = set(round.city.register("entities", on=people_day(round), columns=["unit_id"], of=named)["unit_id"])
    for line, row in enumerate(rows, start=2):
        fault = _fault(round, row, seen, known)
        if fault:
            raise UsageError("month.urgent_row", file=path, line=line, column=fault, value=row.get(fault) or "")
        seen[row["visit"], row["office"]] = row["unit_id"], row["kind"]
        for place in range(1, int(row["people"]) + 1):
            yield UrgentPlace(
                visit=row["visit"],
                office=row["office"],
                place=place,
                half_days=tuple(sorted(row["half_days"].split())),
                items=tuple(sorted(row["items"].split())),
                unit_id=row["unit_id"],
                kind=row["kind"],
            )
    if not seen:
        raise UsageError("month.urgent_empty", file=path)


def _fault(round: Round, row: dict[str, str], seen: Mapping[tuple[str, str], tuple[str, str]], known: set[str]) -> str:
    """The first column of a row that cannot be: "" where all are well."""
    try:
        check_name(row["visit"] or "", what="visit")
    except SupervisionError:
        return "visit"
    office = round.offices.get(row["office"])
    if office is None or (row["visit"], row["office"]) in seen:
        return "office"
    if not _one_day(round, (row["half_days"] or "").split()):
        return "half_days"
    items = (row["items"] or "").split()
    if not items or any(name not in round.items or round.items[name].department != office.department for name in items):
        return "items"
    least = int(round.law.value("shared/minimum_inspectors"))
    people = row["people"] or ""
    if not (people.isascii() and people.isdecimal() and least <= int(people) <= LARGEST_TEAM):
        return "people"
    if row["kind"] not in round.code_lists.codes("inspection_kind"):
        return "kind"
    for (visit, _), (unit, kind) in seen.items():
        if visit == row["visit"] and (unit, kind) != (row["unit_id"], row["kind"]):
            return "unit_id" if unit != row["unit_id"] else "kind"
    in_no_directory = row["unit_id"] == "" and row["kind"] == FOR_CAUSE
    return "" if row["unit_id"] in known or in_no_directory else "unit_id"


def _one_day(round: Round, halves: Sequence[str]) -> bool:
    """Whether half-days are of one day of the month, each once."""
    try:
        found = {HalfDay.parse(half_day) for half_day in halves}
    except SupervisionError:
        return False
    days = {one.day for one in found}
    in_month = all(round.name.first_day <= day <= round.name.last_day for day in days)
    return len(found) == len(halves) and len(days) == 1 and in_month


def _half_day(text: str, part: str) -> HalfDay:
    """A half-day from its name or from a date."""
    try:
        return (
            HalfDay.parse(text) if len(text) > len("2026-12-03") else HalfDay(day=date.fromisoformat(text), part=part)
        )
    except (SupervisionError, ValueError) as error:
        raise UsageError("month.replan_date", date=text) from error


def _refuse_past(round: Round, since: str) -> None:
    today = round.city.now().date()
    if _half_day(since, AFTERNOON).day < today:
        raise UsageError("month.replan_past", since=since, today=today)


def _known_office(round: Round, office: str) -> None:
    if office not in round.offices:
        raise UsageError("month.replan_office", office=office, known=" ".join(sorted(round.offices)))
