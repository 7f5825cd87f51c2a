"""What offices and coordinators get (内部文件): workbooks, pages of the calendar, calendar files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from functools import partial
from typing import Any

import pandas as pd

from supervision.domain.visits import PARTS, VisitId
from supervision.errors import SupervisionError
from supervision.messages import Message
from supervision.month import round_files as files
from supervision.month.calendar_entries import entry_versions, withdrawn_entries
from supervision.month.calendars import chosen_units, standing
from supervision.month.change_effects import change_orders
from supervision.month.change_order import ChangeOrder
from supervision.month.changed_places import CHANGED, changed_places, teams_after
from supervision.month.notice_numbers import numbered
from supervision.month.off_site_duties import off_site_duties
from supervision.month.office_loads import office_loads
from supervision.month.office_notes import advice_notes, warning_notes
from supervision.month.page_heading import heading
from supervision.month.result_review import recorded_versions
from supervision.month.round import Round
from supervision.month.round_files import Step
from supervision.month.round_people import people_day, units_of
from supervision.month.visit_ledger import used_words
from supervision.month.visit_particulars import particulars
from supervision.notice.calendar_pages import OFFICE_PAGE, calendar_pages, office_page
from supervision.notice.certificate_words import certificate_words
from supervision.notice.change_notice import Changes, change_notices
from supervision.notice.formats import ics, workbook
from supervision.notice.office_content import UNHELD_COLUMNS, Month, OfficeContent, form_choices, office_contents
from supervision.notice.public_content import Heading
from supervision.notice.recorded_answers import answers
from supervision.processes import results
from supervision.tables import tuples

CHOSEN = ("result", "method", "follow_up", "item_result")
NAMES = ("office", "item", "region", "department")
PROCESSES = 2
ALONE = 1000  # visits of offices that are written before a second process has begun


def internal_files(round: Round, heading: Heading) -> Iterator[tuple[str, bytes]]:
    """Yield what each office carries and what coordinates them (内部文件) by its path; none before a calendar."""
    if not round.planned_numbers:
        return
    lists, month = round.code_lists, office_month(round)
    contents: list[OfficeContent] = []
    visits = len(month.calendar[["visit_id", "office"]].drop_duplicates())
    coming = _kept(office_months(round, heading, month), contents)
    regions = {region: lists.label("region", region, "zh") for region in lists.codes("region")}
    work = partial(_office_files, regions=regions)
    for made in results(work, coming, processes=PROCESSES if visits > ALONE else 1):
        yield from made
    yield from change_notices(heading, _changes(round, month))
    yield from calendar_pages(heading, month, contents, regions).items()


def _kept(coming: Iterator[OfficeContent], kept: list[OfficeContent]) -> Iterator[OfficeContent]:
    """What comes, and keep it: an office is being written while the next one is put together."""
    for one in coming:
        kept.append(one)
        yield one


def _office_files(one: OfficeContent, *, regions: Mapping[str, str]) -> list[tuple[str, bytes]]:
    """The workbook, the page and the calendar files of an office, by their paths."""
    office = one.office.office_id
    found = [(f"{office}/{office}.xlsx", workbook.write(one)), (f"{office}/{OFFICE_PAGE}", office_page(one, regions))]
    for who, book in ics.calendar_files(one):
        found.append((f"{office}/inspectors/{who}.ics" if who else f"{office}/{office}.ics", book))
    return found


def office_months(round: Round, heading: Heading, month: Month) -> Iterator[OfficeContent]:
    """Yield what each office carries (各机构当月安排), by office_id."""
    lists, law = round.code_lists, round.law
    yield from office_contents(
        heading,
        month,
        choices=form_choices(lists, {name: lists.codes(name) for name in CHOSEN}),
        publication_days=int(law.value("shared/publication_deadline")["working_days"]),
        hours=office_hours(law.value("shared/office_hours")),
    )


def office_hours(value: Any) -> dict[str, list[str]]:
    """Return the rule's first and last minute of morning and afternoon (办公时间); any other value is refused."""
    try:
        hours = {half: [time.fromisoformat(text).strftime("%H:%M") for text in value[half]] for half in PARTS}
        (begin, noon), (after, end) = (hours[half] for half in PARTS)
    except (KeyError, TypeError, ValueError) as error:
        raise SupervisionError("month.office_hours", value=value) from error
    if not begin < noon <= after < end:
        raise SupervisionError("month.office_hours", value=value)
    return hours


def office_month(round: Round) -> Month:
    """Return what all offices' months are made from (当月安排的来源), with a calendar."""
    places, units, changed = standing(round), chosen_units(round), changed_places(round)
    names = {key: item.name for key, item in round.items.items()}
    certificates = {number: round.read(files.CERTIFICATE, number) for number in round.planned_numbers}
    return Month(
        calendar=places,
        assignments=places.dropna(subset=["inspector_id"]) if round.has(Step.MATCH) else None,
        inspectors=round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "name"]),
        entities=units_of(round, units["unit_id"], ["name", "address", "street"]),
        drawn=units,
        tasks={task.task_id: task for task in numbered(round)},
        items=round.items,
        offices=round.offices,
        answers=answers(recorded_versions(round), round.code_lists),
        loads=office_loads(round, places),
        unheld=unheld_rows(round, certificates),
        certificate=certificate_words(list(certificates.values()), names),
        versions=entry_versions(round),
        changes=changed if len(changed) else None,
        used=used_words(round),
        withdrawn=withdrawn_entries(round, places),
        warnings=warning_notes(round),
        advice=advice_notes(round),
        particulars=particulars(round, units["unit_id"]),
        off_site=_off_site(round),
    )


def _off_site(round: Round) -> pd.DataFrame:
    """The round's off-site duties, with their items' methods in words."""
    duties, lists = off_site_duties(round), round.code_lists
    words = {
        key: "、".join(lists.label("method", one, "zh") for one in item.method) for key, item in round.items.items()
    }
    return duties.assign(method=duties["item_id"].map(words).astype("str"))


def notices_of_order(round: Round, number: int) -> dict[str, bytes]:
    """Return the notices of one change order (变更单的通知): path below the internal folder → page, for printing."""
    order, changed = round.read(files.CHANGE_ORDER, number), changed_places(round)
    rows = changed[changed["no"].between(*order.rows)].reset_index(drop=True)
    units = units_of(round, rows["unit_id"], ["name", "address"])
    people = round.city.register("inspectors", on=people_day(round), columns=["inspector_id", "name"])
    return dict(change_notices(heading(round), _told(round, rows, units, people)))


def _changes(round: Round, month: Month) -> Changes:
    """What changed, as notices tell it."""
    rows = pd.DataFrame(columns=CHANGED) if month.changes is None else month.changes
    return _told(round, rows, month.entities, month.inspectors)


def _told(round: Round, rows: pd.DataFrame, entities: pd.DataFrame, inspectors: pd.DataFrame) -> Changes:
    return Changes(
        rows=rows,
        units={unit: (name, place) for unit, name, place in tuples(entities.fillna(""), "unit_id", "name", "address")},
        people=dict(tuples(inspectors, "inspector_id", "name")),
        offices={office.office_id: office.name for office in round.offices.values()},
        teams=teams_after(round),
    )


def unheld_rows(round: Round, certificates: Mapping[int, Mapping[str, Any]]) -> pd.DataFrame:
    """Return what no calendar of the round holds (未排定的检查), `UNHELD_COLUMNS`, reasons in words with names."""
    rows = []
    for number, certificate in certificates.items():
        words = [_words(round, cause) for cause in certificate["causes"]]
        table = round.table(files.UNHELD_ROWS, ["unit_id", "region", "office", "items", "cause"], number=number)
        for unit, region, office, items, cause in tuples(table):
            rows.append((office, region, unit, items, *words[cause]))
    for order in change_orders(round):
        rows += _lost(round, order)
    return pd.DataFrame(rows, columns=list(UNHELD_COLUMNS), dtype="str")


def _lost(round: Round, order: ChangeOrder) -> Iterator[tuple[str, str, str, str, str, str]]:
    """What a change order left without a half-day (变更后未能实施), a row an office, as `UNHELD_COLUMNS`."""
    for one in round.planned_numbers if order.aims is not None else ():
        table = round.read(files.CALENDAR, one)
        own = table[table["visit_id"].isin(order.lost)]
        for visit, office in sorted(set(tuples(own, "visit_id", "office"))):
            places = own[(own["visit_id"] == visit) & (own["office"] == office)]
            items = " ".join(sorted({item for text in places["items"] for item in text.split()}))
            reason = Message.of(f"month.replan_lost_{order.lost[visit]}")
            said = Message.of("month.lost_by_change", no=order.no, reason=reason)
            unit, region = VisitId.parse(visit).unit_id, round.offices[office].region
            yield office, region, unit, items, said.text("zh"), said.text("en")


def _words(round: Round, cause: Mapping[str, Any]) -> tuple[str, str]:
    named = dict(cause["params"])
    for kind in NAMES:
        if kind in named:
            named[kind] = _name(round, kind, str(named[kind]))
    said = Message.of(f"planner.{cause['code']}", **named)
    return said.text("zh"), said.text("en")


def _name(round: Round, kind: str, code: str) -> str:
    if kind == "office":
        return round.offices[code].name
    return round.items[code].name if kind == "item" else round.code_lists.label(kind, code, "zh")
